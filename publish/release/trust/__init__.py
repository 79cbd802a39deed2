"""Which release is the newest and which keys count: two small documents of TUF.

`canonical.py`: JSON in the one form that is signed
`documents.py`: the root (keys of a publisher) and the timestamp (number of a release)
`signing.py`: signatures of documents, and chains of roots
`files.py`: the documents of a release, read and verified
`publisher.py`: the roots and release numbers that a publisher keeps beside the key
`changing.py`: roots with a key more, less or another
`cosigning.py`: the second signature of a release
`publishers.py`: the publishers that a reader has met
`meeting.py`: a release beside what is remembered of its publisher
"""

"""Keys and signatures, of releases and of reviews, and the names of those who sign reviews.

- `keyfiles.py`: the files of keys: their paths, written and read
- `minisign.py`: keys and signatures in minisign's formats
- `reviewers.py`: the names that a reviewer may have
"""

"""Read and write zip archives and XML within limits; the files read may come from anybody.

- `zipfiles.py`: zip archives: written with the same bytes for the same content, read within limits
- `bundle.py`: archives of releases, uncompressed
- `xmlreading.py`: reads XML without document types into elements that know their line
- `xmltrees.py`: reads XML into lxml trees, and finds entities, declarations and instructions
- `xmlcharacters.py`: the characters that XML cannot contain
- `xmlwriting.py`: writes XML elements as text
- `refusing.py`: the error for a file that is rejected
"""

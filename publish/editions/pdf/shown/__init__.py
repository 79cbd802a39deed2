"""What finished pages show: their lines, the boxes of their sentences, and pictures of them.

- `unittexts.py`: which sentences each text of an edition belongs to.
- `shownlines.py`: the lines of pages as plain data.
- `unitboxes.py`: the boxes of every sentence on the pages.
- `pageimages.py`: pictures of pages.
"""

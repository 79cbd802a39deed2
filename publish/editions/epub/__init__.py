"""Makes an EPUB from the XHTML tree of an edition.

- `book.py`: the tree cut into pages, with nav, landmarks and page list.
- `splitting.py`: sections too large for one page.
- `parts.py`: the types of the parts of a book.
- `metadata.py`: the metadata of a book, and the words of its cover.
- `cover.py`: the picture of the cover.
- `embedding.py`: fonts inside a book.
- `loadable.py`: checks that no part loads anything from outside, or runs code.
- `container.py`: the package file, the NCX and the zip.
"""

"""The tag tree of a PDF, which screen readers use, and the marks on its pages.

- `tagtree.py`: the tag tree of a document, which screen readers use.
- `linklabels.py`: what is read aloud for a link.
- `marks.py`: what the laid-out pages show of each element, read before painting.
- `tagging.py`: the marks written while WeasyPrint paints.
- `tagfile.py`: the tag tree written into the file.
"""

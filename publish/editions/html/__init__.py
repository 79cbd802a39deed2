"""Makes one HTML file from the XHTML tree of an edition: nothing is loaded, nothing runs.

- `webpage.py`: the tree as a page, with its style sheet, images and fonts inside.
- `switch.py`: the links to the other languages, put into a finished page.
"""

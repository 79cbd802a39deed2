"""Makes one HTML file from the XHTML tree of an edition: nothing is loaded, nothing runs.

- `webpage.py`: the tree as a page, with its style sheet, images and fonts inside.
- `together.py`: the parts of a page with all languages, and their ids.
- `tidying.py`: what a page of HTML has of the tree, or of a part of it.
- `pieces.py`: the blocks of a page one by one, for a page that changes while it is read.
- `scoping.py`: a style sheet confined to one element.
- `images.py`: images as data; one that several languages show is there once.
- `switch.py`: the links to the other languages, put into a finished page.
"""

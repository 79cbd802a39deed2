"""Renders an XHTML document as tagged PDF with WeasyPrint.

- `rendering.py`: the whole way from a document to the bytes of a PDF.
- `document.py`: the input of a PDF, and its laid-out pages.
- `engine.py`: WeasyPrint itself, shut off from files, addresses and fonts of the machine.
- `deferring.py`: modules that WeasyPrint imports and hardly ever uses.
- `complaints.py`: errors of what the renderer was refused, and of what it logs.
- `pinning.py`: fast static fonts from variable ones.
- `quickstyles.py`: values of styles, found in fewer steps.
- `fitting/`: what a PDF has elsewhere than an EPUB, and what makes it fit its pages.
- `tags/`: the tag tree, and the marks on pages that belong to it.
- `letters/`: what a line of text shows, and the codes and fonts that say it again.
- `objects/`: objects of a file as bytes.
- `metadata.py`: what completes a file: metadata, and what a press needs.
- `standards.py`: PDF/A, PDF/UA and PDF/X, and the metadata that claims them.
- `press/`: booklets, and files for a printing house.
- `parts/`: long documents laid out in parts, and joined.
- `shown/`: the lines of finished pages, the boxes of their sentences, and pictures of them.
- `pagedigests.py`: which pages look the same as before.
"""

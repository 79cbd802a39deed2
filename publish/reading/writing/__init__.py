"""Documents written as Markdown sources, in the form that reading gives back.

Law: `read_document(write_document(d)) == d` for every document that reading gives, apart from the
lines that its blocks stand on.

- `frontlines.py`: the front matter
- `blockwriter.py`: blocks
- `tablewriter.py`: tables, in Markdown or, where cells are merged, in HTML
- `htmlwriter.py`: the text of a block as HTML, for cells and terms
- `sourcemarks.py`: the text of a block, with no more backslashes than reading it back needs
- `trying.py`: reads a written text back, to see whether it says the same
- `document.py`: a whole document
"""

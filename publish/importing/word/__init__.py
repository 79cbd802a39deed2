"""Word files (`.docx`) as pages of HTML, with their pictures and what is not in them.

- `documents.py`: a file as a document; `reading.py`: a file as a page: `read_word`
- `sentencemarks.py`: an edition that came back: where its sentences begin and end
- `package.py`: opens the file within limits and finds its parts
- `ownfile.py`: what only an edition has, in files that `publish build` wrote
- `properties.py`: title, authors, date
- `preparing.py`: tracked changes, contents that are there twice, content controls
- `styles.py`: styles of paragraphs and how runs look; `numbering.py`: numbers of paragraphs
- `book.py`: what is known while a file is read
- `blocks.py`: paragraphs and boxes as blocks; `tables.py`: tables; `headlines.py`: headings by look
- `lines.py`: the text of a paragraph, in the pieces of `atoms.py`
- `fields.py`, `links.py`, `pictures.py`, `formulas.py`, `symbols.py`: what stands in it
- `assembling.py`: blocks as HTML: lists, captions, quotations; `markup.py`: marks within a line
- `names.py`: names of elements
"""

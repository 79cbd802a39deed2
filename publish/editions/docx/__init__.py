"""Makes Word files (`.docx`) from the XHTML tree of an edition.

- `wordfile.py`: the whole file and its parts: `make_word_file`
- `word.py`: what its parts share: bookmarks, places, looks; `names.py`: names of elements
- `front.py`: cover, imprint, contents; `pages.py`: page size, heads, feet, settings
- `blocks.py`: blocks of all kinds, boxes, two languages; `lists.py`: the numbering of lists
- `paragraphs.py`: one paragraph; `tables.py`: tables; `figures.py`: both with their captions
- `runs.py`: text with its marks, languages, links and bookmarks
- `footnotes.py`: notes; `drawings.py`, `rasters.py`: pictures; `formulas.py`: formulas
- `styles.py`: all styles
- `properties.py`: what the file says of itself and of its sentences; `shown.py`: their texts
"""

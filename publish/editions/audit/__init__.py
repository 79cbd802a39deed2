"""Checks a finished EPUB against the text it was made from.

- `books.py`: all audits; those of container, metadata, state, languages, links, contents, images.
- `texts.py`: the audits of the words and the paragraph numbers.
- `opened.py`: an EPUB file that has been opened, with its parsed parts.
"""

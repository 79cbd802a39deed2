"""What is known about each sentence of a text, and what can be done with it.

- `rows.py`: one row for each sentence, with its state and what it needs
- `details.py`: all that is known about one sentence; `remembered.py`: what memory and glossary say
- `past.py`: earlier versions of a sentence, and what changed since a revision
- `saving.py`: save the text of one sentence; `writing.py`: change entries of the file on disk
- `deciding.py`: approve, reject, accept and ask
- `proposing.py`: propose a text, take it or drop it
"""

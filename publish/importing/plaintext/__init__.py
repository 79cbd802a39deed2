"""Plain text read as a document: files without marks, and what was copied from a web page.

- `chunks.py`: a text cut into chunks at its blank lines, and lines that were broken by width joined
- `capitals.py`: headings in capitals, written as the text writes its words
- `chrome.py`: what pasted pages have around their text: repeated titles, menus, latest news
- `runs.py`: lists, also those within one line, tables with tabs, and notes
- `textreader.py`: `read_text`
"""

"""`.po` files read, written, wrapped and merged as gettext does, without changing other bytes.

Files:

- `pofile.py`: `PoFile`: a file read, changed and written; untouched entries keep their bytes
- `scanning.py`: the grammar of `.po` text: from characters to entries
- `rereading.py`: a file of which an earlier version is known, read again in a tenth of the time
- `syntaxerrors.py`: errors for damaged files: what is wrong, on which line, and how to fix it
- `formatting.py`: entries as `.po` text, as `msgcat` writes them
- `linebreaking.py`: where lines may break and how wide text is (Unicode Annex 14)
- `secondreader.py`: what was written, read back by polib to find bugs of ours
- `splicing.py`: one record exchanged in the bytes of a file, without writing the others anew
- `merging.py`: the three-way merge of two versions of a file
- `corrections.py`: a correction that follows its sentence to a new wording
"""

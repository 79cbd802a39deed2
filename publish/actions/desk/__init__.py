"""Everything the review desk can do: values in, frozen results out, no HTTP.

What is open stays in the classes here; one thread uses them at a time.

- `opened.py`: the open workspace: its texts, their versions, and what changes
- `opentext.py`: one document in one language, kept open
- `summary.py`: which documents there are and how far each is
- `journal.py`: what is typed and not saved yet
- `watching.py`: what changed on disk
- `page/`: the page of a text, of which only what changed is composed again
- `pdf/`: the real pages of a PDF, with the place of every sentence on them
- `sentences/`: what is known about each sentence, and what can be done with it
- `findings/`: what is wrong in a text, by sentence
- `jobs/`: builds, kits, imports and the like, one after another
"""

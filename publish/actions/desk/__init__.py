"""Everything the review desk can do: values in, frozen results out, no HTTP.

What is open stays in the classes here; one thread uses them at a time.

- `opened.py`: the open workspace: its texts, their versions, and what changes
- `opentext.py`: one document in one language, kept open
- `summary.py`: which documents there are and how far each is
- `jobs.py`: builds, kits, imports, updates, a look before a release, one after another
- `joborders.py`: what is sent to their process, and what it answers
- `jobprocess.py`: the process that does one; `jobwork.py`: what each does
- `received.py`: files that people send; `downloads.py`: files to take away
- `journal.py`: what is typed and not saved yet
- `judged.py`: the findings in a text, by sentence; `wholejudging.py`: those of a long one, aside
- `watching.py`: what changed on disk
- `livepage.py`: the page of a text, of which only what changed is composed again
- `liveblocks.py`: the blocks of a text; `livepieces.py`: the pieces of a page, composed one by one
- `livetext.py`: one language of a page, composed text by text
- `livefront.py`: cover, imprint and contents of a page
- `pagestyle.py`: the style sheet of a page; `images.py`: its images
- `rows.py`: one row for each sentence of a text, with its state and what it needs
- `details.py`: all that is known about one sentence; `remembered.py`: what memory and glossary say
- `saving.py`: save the text of one sentence; `writing.py`: change entries of the file on disk
- `deciding.py`: approve, reject, accept and ask
- `proposing.py`: propose a text, take it or drop it
- `past.py`: earlier versions of a sentence, and what changed since a revision
- `pdfpages.py`: the real pages of a PDF, with the place of every sentence on them
- `pdfwork.py`: what is sent to their process, and what it answers
- `pdfprocess.py`: the process that lays them out and draws them
"""

"""Work on the sentences of a workspace that is kept open, as the review desk does.

Values in, frozen results out, as everywhere in `actions`; what is open stays in the classes here.
One thread uses them at a time.

- `opened.py`: the open workspace: its texts, their versions, and what changes
- `opentext.py`: one document in one language, kept open
- `summary.py`: which documents there are and how far each is
"""

"""Lays out a long document in parts and joins them to one file.

A chapter is the unit of layout: each part is laid out by itself, in any process, and becomes plain
data, so that no process holds the boxes of all pages.  A document that is one part goes another
way, and so does one with any fault, which is laid out whole to say what is wrong.

- `errors.py`: the reasons to lay out a document whole, or all its parts again.
- `stylerules.py`: whether a style sheet lets a document be in parts.
- `splitting.py`: where a document is cut, and the tree of each part.
- `masking.py`: numbers of the whole document, such as those of notes, which a part has none of.
- `digits.py`: whether its digits can be put in afterwards; `filling.py` does it.
- `counters.py`: counters and quotations that go on from part to part.
- `counting.py`: the counters that each part begins with, found before it is laid out.
- `edges.py`: that a part begins a page, and that nothing shows around it.
- `laying.py`: one part laid out and painted, as plain data.
- `placing.py`: all parts in their order: on which side each begins, and blank pages between them.
- `sentences.py`: the sentences of each part, by names of its own, and their places.
- `turning.py`: a part on the other sides of its leaves.
- `recording.py`: painted pages as plain data.
- `furniture.py`: heads and feet of pages, once it is known how many there are.
- `pagecontents.py`: the texts of pages: what their fonts must say, and their finished streams.
- `pagefronts.py`: streams cut before their first numbers, so that others cost what follows only.
- `keeping.py`: what was found for parts, kept by keys.
- `layering.py`: a part with its layers: its text, and its heads and feet.
- `numbering.py`: page numbers in the contents.
- `bookletters.py`: the letters of all parts, read once: their fonts, and the codes they use.
- `mergedfonts.py`: the fonts of all parts as one of each, and their codes.
- `pagewriting.py`: pages written into the file, each as soon as its turn comes.
- `parttags.py`: the tags of one part after another.
- `joining.py`: the one file.
- `book.py`: the whole way from a document in parts to its file.
- `onepart.py`: the work for the one part that an edit changes, done in this process.
- `recalling.py`: what was found for parts, kept as it is for the next look at the desk.
- `viewing.py`: its pages as they are shown at the desk.
"""

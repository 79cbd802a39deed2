"""Align an existing translation with its source, sentence by sentence, and fill a catalog from it.

Nothing here reads or writes a file.  The order: sentences become pieces with their place in the
structure; `align_texts` groups them; `fill_entries` puts the groups into entries.

- `pieces.py`: the types of sentences to align and of groups of them.
- `sourcepieces.py`: makes pieces of a document.
- `clues.py`: finds lengths, numbers, names and signs of a sentence.
- `wordtable.py`: learns from pairs of sentences which words translate which (IBM model 1).
- `scoring.py`: weighs what speaks for a group.
- `corridor.py`: finds the line through two texts along what both have.
- `lattice.py`: finds the groups, and how probable each is.
- `texts.py`: aligns two texts; the door of the above.
- `foreign.py`: the sentences of an imported document, aligned with the source.
- `paragraphs.py`: those of a catalog of another program.
- `marktexts.py`: a sentence as text and marks, and back.
- `markplaces.py`: finds where marked words are in a translation.
- `fitting.py`: gives a translation the marks of its source.
- `clauses.py`: cuts a sentence of a translation where several of its source end.
- `filling.py`: fills the entries.
- `results.py`: the type of what an import gives.
"""

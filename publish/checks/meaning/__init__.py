"""Rules of translations that say something else: another sentence's, half of it, two in one.

No dictionary is used: what shows in both languages (length, numbers, names, marks), and which words
the catalog itself uses for which, tell more the more entries there are.

- `wordlinks.py`: learns which words go with which.
- `signals.py`: what of a sentence shows in its translation, too.
- `texts.py`: the texts of a catalog, and how well any two agree.
- `vectors.py`: compares vectors of a model, if the workspace asks for it.
- `misplaced.py`: finds translations that stand beside another sentence.
- `endings.py`: learns how sentences of a language end.
- `omissions.py`: finds translations that were cut, or that hold two sentences.
- `meaning_rules.py`: the rules.
"""

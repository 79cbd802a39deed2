"""Keep catalogs up to date with their sources, reuse translations, and compare versions.

The `.po` files themselves are read and written in `publish/po/`.

- `differences.py`: what changed in a source, sentence by sentence.
- `doubts.py`: finds comments `# reviewer:`, which say what a native reader should decide.
- `entries.py`: makes the entries of a catalog from the units of a source.
- `glossary.py`: reads `locales/glossary.csv`.
- `comparing.py`: tells typographic changes of a text from others; finds changed numbers.
- `matching.py`: pairs new sentences with the old ones that they are reworded from.
- `memory.py`: the translation memory of a language, from all catalogs of a workspace.
- `mergeloss.py`: finds translations that a merge lost.
- `origins.py`: comments on where a translation was imported from, and how sure it is.
- `othertexts.py`: another text for the earlier wording of a fuzzy sentence, kept under `#~`.
- `proposed.py`: reads and writes comments `# proposed by ROLE:`, with texts that readers propose.
- `questions.py`: finds comments `# question:`, which translators ask.
- `reuse.py`: puts an old translation under a new sentence.
- `statistics.py`: counts translated, fuzzy and untranslated entries.
- `updating.py`: updates a catalog to its source.
- `wordindex.py`: an index of sentences by their words and neighbours, for `matching.py`.
- `wordmarks.py`: marks the words that differ between two versions of a sentence.
"""

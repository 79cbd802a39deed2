"""Hold the words of the sentence splitter for languages that have no other rules of their own.

A language here gets all else from its tag, as in `publish.languages.neutral`.  To add one, write
its module and its line in `table.py`, with cases in `tests/cases/sentences/`.

- `table.py`: finds the rules of a language and script
- `de.py`, `nl.py`: German and Dutch
- `es.py`, `fr.py`, `it.py`, `pt.py`: Spanish, French, Italian and Portuguese
- `be.py`, `pl.py`, `uk.py`: Belarusian, Polish and Ukrainian
- `az.py`, `kk.py`, `ky.py`, `tr.py`, `uz.py`: Azerbaijani, Kazakh, Kyrgyz, Turkish and Uzbek
- `fa.py`, `tg.py`: Persian and Tajik
- `ar.py`, `hi.py`, `hy.py`, `ka.py`: Arabic, Hindi, Armenian and Georgian
- `ja.py`, `zh.py`: Japanese and Chinese
"""

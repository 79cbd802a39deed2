"""Hold the words that count, by language: numbers, units, currencies, months, shares.

- `words.py`: the type of these words, and what a written word means
- `finding.py`: the words of a language: its own, and the names of CLDR
- `scripts.py`: how a list is written in another script
- `english.py`, `slavic.py`, `turkic.py`, `kazakh.py`, `iranian.py`, `romance.py`, `german.py`,
  `semitic.py`, `indic.py`: the words of languages that add endings, as beginnings of words
"""

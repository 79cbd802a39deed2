"""Hold all that differs by language: sentences, typography, hyphenation, dates, digits, names.

Call `publish.languages.registry.find` to get a language.  A language has a module here, and a
line in the registry, only if it has rules of its own; all others are made from their tag.

- `language.py`: the type of a language and of its sentence rules
- `registry.py`: finds a language by tag or name
- `en.py`, `ru.py`, `tk.py`: the rules of English, Russian and Turkmen
- `neutral.py`: makes a language without a module of its own from its tag
- `sentencerules/`: where sentences end in more languages
- `names.py`: reads and writes BCP 47 tags and gettext names
- `cldr.py`: dates, numbers, sizes and names from CLDR; the only import of Babel
- `detecting.py`: tells in which language a text is; the only import of pycld2
- `identifier.py`: the model that `detecting.py` asks; the only import of py3langid and NumPy
- `ownwords.py`: frequent words that only one language has
- `writtendates.py`: reads dates as people write them
- `scripts.py`: which texts are written from right to left
- `skeletons.py`: words of any script in Latin letters, to find names
- `figures.py`: numbers, amounts and shares, read in one language and written in another
- `finalmarks.py`: the marks with which sentences end, in all scripts
- `quotes.py`: the quotation marks of all languages, from CLDR
- `lastwords.py`: which words sentences end with: finite verbs, or no prepositions
- `counting/`: the words that count, by language: numbers, units, currencies, months
- `keyboard.py`: quotation marks, dashes and ellipses for those that keyboards have
- `spacing.py`: rules for spaces and tokens that must not break
- `hyphenation.py`: hyphenation dictionaries, and Turkmen patterns; the only import of Pyphen
- `hyphenpatterns.py`: patterns of a dictionary, parsed as they are needed
- `data/`: the generated Turkmen dictionary
"""

"""Rules of numbers: what the source counts, the translation must count too.

- `number_rules.py`: the rows of the table of checks; `problems.py`: what they say
- `digits.py`: reads digits by the signs of their language, with times and dates
- `amounts.py`: what an amount is; `reading.py`: reads those of a text, with what stands beside them
- `links.py`: numbers that share a unit; `months.py`: names of months; `measures.py`: converted ones
- `spelled.py`: numbers in words, and Roman numerals
- `sounds.py`: words by their consonants, in any script, so that names can be compared
- `plainly.py`: numbers that a quick look finds to be the same
- `comparing.py`: which numbers only one text has
- `doubting.py`: which of the lost numbers may be told in another way
- `beside.py`: other units, currencies and months
- `places.py`: numbers that changed places; `context.py`: what stands around a number
"""

"""Rules of numbers: what the source counts, the translation must count too.

`digits.py`: reading the numbers that a text has in digits, with times and measures.
`number_rules.py`: the rows of the table of checks, and the comparison of both texts.
`spelled.py`: number words in Russian, Turkmen and English, and Roman numerals.
"""

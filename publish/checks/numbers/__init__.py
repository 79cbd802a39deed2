"""Rules of numbers.

`digits.py` reads the numbers of a text that are written in digits, `spelled.py` those in words;
`number_rules.py` compares them and has the rows of the table.
"""

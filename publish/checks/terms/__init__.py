"""Rules of names and terms.

`needles.py` has what of a glossary is looked for, `wordforms.py` the forms that words take,
`traps.py` the words that are wrong for a term; `term_rules.py` has the rows of the table.
"""

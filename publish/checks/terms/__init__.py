"""Rules of names and terms: the glossary, and words known to be wrong.

`lookup.py`: the terms and acronyms of a glossary, and looking for them in a sentence.
`term_rules.py`: the rows of the table of checks.
`traps.py`: the table of words that are wrong for a term.
`wordforms.py`: comparing words in any inflected form.
"""

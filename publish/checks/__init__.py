"""The checks of translations and documents, as rows of one table.

`accepting.py`: comments `# ok: CODE`, by which a translator accepts a finding.
`addresses.py`: the rule of web and mail addresses in the text.
`documents.py`: rules for a whole document (front matter, images) and for the fonts of an edition.
`doubling.py`: doubled words, and what languages double on purpose.
`explaining.py`: the explanation of each finding, as interface strings.
`findings.py`: making findings at an entry or at the top of a catalog.
`fixing.py`: safe fixes of a translation: spaces, quotation marks, composed letters.
`gates.py`: which findings keep an edition from being a draft, reviewed or approved.
`health.py`: rules of a catalog's header, missing or corrected sentences, fuzzy entries.
`joining.py`: rules of `{joined}`.
`letters.py`: rules of scripts, look-alikes and invisible characters.
`small_words.py`: rules of negations and hedges.
`measure.py`: rules of length, doubled words, text left in English, lower case at a beginning.
`pairedmarks.py`: rules of quotation marks, brackets and other marks in pairs.
`othertongue.py`: the rule of texts in another language than their catalog's.
`punctuation.py`: rules of final marks, and of spaces before commas.
`references.py`: the rule of numbers of figures and tables.
`repetition.py`: rules of repeated sentences and translations.
`rule.py`: the types of a rule, of its runner, and of what a sentence rule sees and reports.
`engine.py`: the engine, which runs the rules on a catalog or a document.
`spelling_tk.py`: rules of Turkmen letters and suffixes.
`structure.py`: rules of marks, links, HTML, placeholders and direction.
`table.py`: the table of all rules.
`typedmarks.py`: the rule of marks of other programs.
`views.py`: a catalog or a document as the rules see it, each text read once.
`widths.py`: the length of a text, comparable between scripts.
`wordpatterns.py`: patterns of words that are found fast in a long text.

`meaning/`: rules of translations that say something else than their source.
`numbers/`: rules of numbers.
`terms/`: rules of names and terms.
"""

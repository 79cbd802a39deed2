"""Braille editions, as files in Braille Ready Format (BRF) for embossers and braille displays.

`louis.py`: asks liblouis, a program that is installed apart; the only door to it
`tables.py`: the braille table of a language
`signs.py`: what is written for a sign that a table does not know
`cells.py`: texts in cells, each run in the table of its language
`parts.py`: what a part of the book is: a paragraph, a heading, a line of contents
`bookparts.py`: all parts of the XHTML tree in the order of reading: front, contents, text, notes
`blockparts.py`: blocks as parts: paragraphs, headings, lists, boxes
`runs.py`: the text of one paragraph, in runs of one language
`tableparts.py`: tables as lists, row by row
`pages.py`: lines and pages, running heads, page numbers, contents
`book.py`: the whole file
"""

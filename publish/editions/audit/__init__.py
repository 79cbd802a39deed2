"""Checks finished files against the text they were made from.

- `books.py`: all audits of an EPUB; those of container, metadata, state, links, contents, images.
- `texts.py`: the audits of the words and the paragraph numbers.
- `comparing.py`: all parts of an EPUB beside those that source and templates make today.
- `webpages.py`: all audits of a page of HTML.
- `wordfiles.py`: all audits of a Word file.
- `braillefiles.py`: all audits of a braille file.
- `opened.py`: an EPUB file that has been opened, with its parsed parts.
- `pdfs.py`: all audits of a PDF.
- `pdfreading.py`: a PDF as a screen reader hears it, beside what it must say.
- `expected.py`: what a PDF must say, read from the tree of its edition.
- `pdffile.py`: a PDF file that has been opened.
- `unfolding.py`: the pages of a booklet taken off their sheets.
- `lineorder.py`: lines of a page that programs cannot put in order.
- `objectstreams.py`: the objects in the object streams of a PDF, read at once.
- `streams.py`: what a page of a PDF shows, and what it hides.
- `graphics.py`, `strings.py`: what hides a text on a page; the strings of a PDF.
- `pictures.py`: the pixels of images; the only import of Pillow besides the cover's.
- `pdffonts.py`: the fonts of a PDF, and what is wrong with them.
- `fontfile.py`: the widths in a font file.
- `pdfvalues.py`: the values of dictionaries and arrays of a PDF.
- `forbidden.py`: what no PDF of an edition may have.
"""

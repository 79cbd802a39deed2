"""Writes a manuscript as one XHTML tree with its style sheets, which PDF and EPUB start from.

- `edition.py`: the manuscript, and the whole tree of an edition in one language.
- `bilingual.py`: the tree of a bilingual edition, joined from two.
- `twins.py`: the ids and images of the second language.
- `blocks.py`: sections, paragraphs, lists, figures and notes as XHTML.
- `chapters.py`: the body of an edition by chapters, which can be kept.
- `tables.py`: tables as XHTML, with captions and cells that reach over several rows.
- `columns.py`: columns of numbers, aligned at the decimal mark.
- `addresses.py`: where an address may break.
- `formulas.py`: formulas as MathML and as pictures.
- `captions.py`: the numbers in captions, and what links without a text say.
- `shownlists.py`: the lists of figures and of tables.
- `lists.py`: the element of a list, and how its items are counted.
- `boxes.py`: the words of boxes and tasks.
- `inlines.py`: text, links, note marks and passages in other languages as XHTML.
- `bidirectional.py`: the direction of passages that run against their text.
- `textdirection.py`: texts that run against the text around them as a whole.
- `pictures.py`: images with their names and sizes, and what is read aloud for them.
- `xhtml.py`: elements of XHTML, their namespaces and languages.
- `typesetting.py`: the typography of a language, applied to the text of a block.
- `interface.py`: the words that editions add to a text, and their translations.
- `templates.py`: Jinja templates and style sheet files.
- `covers.py`: the size of the words on a cover.
- `style.py`: the whole style sheet of a PDF or an EPUB.
- `large.py`: the style sheets of A4 enlarged to large print.
- `theme.py`: colour, typefaces and logo of an organisation.
- `lengths.py`: how long a text is on pages, and the form that fits it.
- `materials.py`: what an edition is made of besides its text, and how a PDF is laid out.
"""

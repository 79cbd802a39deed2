"""Writes editions: a finished text becomes a PDF, an EPUB, HTML, a Word file, braille.

- `writers.py`: the table of formats, and the function that writes an edition.
- `runners.py`: work for many parts of an edition, here or in other processes.
- `recentresults.py`: what was made for one edit, kept in memory for the next.
- `privateparts.py`: private parts of WeasyPrint, replaced for a while.
- `textplaces.py`: the lines of a text that a writer cannot write.
- `dates.py`: the dates of a document as editions write them.
- `fonts.py`: fonts from font packages and workspaces, missing letters, subsets.
- `fontfiles.py`: font files, collections of fonts, and fonts cut to some letters.
- `glyphnumbers.py`: glyphs of Chinese characters, numbered as a PDF takes them to be.
- `harfbuzz.py`: the library that cuts fonts.
- `fontsources.py`: the packages and files that cover a script.
- `pagination.py`: where the pages of a PDF begin in the text, for the page list of an EPUB.
- `page/`: the XHTML tree and the style sheets that all formats start from.
- `lines/`: the best line breaks of whole paragraphs, for PDF.
- `pdf/`: the renderer of PDF, its tags and its metadata.
- `epub/`: the pages, metadata, fonts and container of an EPUB.
- `html/`: one page of HTML with all that it needs, and its links to other languages.
- `docx/`: Word files, with a bookmark around each sentence.
- `braille/`: braille files, through liblouis.
- `images/`: image files, their sizes, and the removal of their metadata.
- `audit/`: checks of finished files against the text they were made from.
"""

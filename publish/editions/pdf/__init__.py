"""Renders an XHTML document as tagged PDF with WeasyPrint.

- `rendering.py`: the whole way from a document to the bytes of a PDF.
- `engine.py`: WeasyPrint itself, shut off from files, addresses and fonts of the machine.
- `shaping.py`: what a PDF has elsewhere than an EPUB: briefs, contents, notes.
- `contents.py`: contents that fit two pages.
- `footnotes.py`: notes at the foot of the page.
- `notebreaks.py`, `notefoot.py`: long notes that break over pages.
- `overflow.py`: text that runs off its page.
- `rows.py`: high rows of tables, which break, and high heads.
- `gaps.py`: pictures that leave much of a page empty.
- `floats.py`: pictures that let the text after them fill the page before.
- `wraps.py`: lines of code that go on below, and lines torn by addresses.
- `covers.py`: covers with long titles.
- `tagtree.py`: the tag tree of a document, which screen readers use.
- `marks.py`: what the laid-out pages show of each element, read before painting.
- `tagging.py`: the marks written while WeasyPrint paints.
- `glyphs.py`: which glyphs a painted line shows, and the text of each.
- `codes.py`: the codes of glyphs in fonts and streams, one for each text that a glyph shows.
- `cells.py`: lines in which each letter has its own place, in the order of reading.
- `fontglyphs.py`: new glyphs in the file of a font, made of others.
- `textorder.py`: whether programs find the letters of a line in that order.
- `tagfile.py`: the tag tree written into the file.
- `standards.py`: PDF/A, PDF/UA and PDF/X, and the metadata that claims them.
- `sheets.py`: the order of a booklet's pages on its sheets.
- `imposing.py`: pages put on the sheets of a booklet.
- `press.py`: marks for trimming, boxes and colours for a printing house.
- `pressprofile.py`: the colour profile of a printing condition.
- `pinning.py`: fast static fonts from variable ones.
"""

"""What a PDF has elsewhere than an EPUB, and what makes it fit its pages.

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
"""

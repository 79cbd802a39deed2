"""Finds the best lines of a paragraph: all its line breaks together, before it is laid out.

WeasyPrint fills one line after the other, which leaves wide spaces where a long word does not fit.
Here all ways to break a paragraph are compared, and WeasyPrint gets the places where lines end.

- `breaking.py`: the breaks with the least demerits, as numbers alone.
- `measuring.py`: widths of text and places where lines may break, as the renderer has them.
- `paragraphs.py`: a paragraph of the renderer's boxes as widths, and its breaks as characters.
- `evening.py`: lines at even distances whatever their fonts, and full lines without spaces.
- `fitting.py`: the renderer's step that lays out a paragraph, with our breaks.
"""

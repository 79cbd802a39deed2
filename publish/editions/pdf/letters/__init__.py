"""Lines of text: the glyphs that show them, and the text that programs take from these.

A line is painted with glyphs, which are numbers in a font.  A PDF also says which text each of them
is, so that it can be searched, copied and read aloud.

- `drawing.py`: a line of text painted, its glyphs read at once.
- `wordshapes.py`: the glyphs of words, which Pango sets once.
- `glyphs.py`: which glyphs a painted line shows, and the text of each.
- `codes.py`: the codes of glyphs in fonts and streams, one for each text that a glyph shows.
- `cells.py`: lines in which each letter has its own place, in the order of reading.
- `cellwriting.py`: these letters written into a stream.
- `fontglyphs.py`: new glyphs in the file of a font, made of others.
- `textorder.py`: whether programs find the letters of a line in that order.
"""

"""The blocks of a source: the rules of the parser, and what its tokens become.

- `anchors.py`: anchors: `<a id="x"></a>`, `<a name="x"></a>` and `[]{#x}`, which name a place for
  links
- `blockreader.py`: what reading a block needs to know, and the text of one block
- `boxes.py`: boxes and definition lists
- `boxmarks.py`: rules for boxes as dialects write them: `!!! note`, `::: warning`, `> [!TIP]`
- `captions.py`: captions of tables: a paragraph `Table: …` or `: …` before or after a table, as
  pandoc has it
- `celltext.py`: the text of a table cell: a cell is one text, so several blocks in it become its
  lines
- `comments.py`: rules for blocks that begin with HTML which is no block: comments, and lines of
  text
- `drawntables.py`: tables that are drawn with characters: their columns, and the tokens made of
  them
- `figurelinks.py`: a change of every figure of a document, or of all blocks that hold no others
- `figures.py`: cells of tables that hold only a number: which each edition writes by its
  language's rules
- `formulablocks.py`: formulas that are blocks of their own
- `gridtables.py`: grid tables, whose cells are drawn with lines and may cover several rows and
  columns
- `headinglinks.py`: links to headings by their text
- `headings.py`: headings and the ids that they have by their own text
- `htmlblocks.py`: HTML between blocks of Markdown, made into the tokens that Markdown would have
  given
- `htmlinlines.py`: text with marks in blocks of HTML, made into the tokens that Markdown would
  have given
- `htmlpieces.py`: pieces of HTML between blocks of Markdown: from the tag that opens an element
  to its end
- `htmltables.py`: tables written in HTML, made into the tokens of a table in Markdown
- `imagechecks.py`: checks of the images of a document that need no file: descriptions, and
  pictures on the web
- `letterlists.py`: a rule for ordered lists that count with letters, roman numerals or `#`, or
  have brackets
- `literal.py`: errors for links, images and tables that are not valid Markdown and would be
  printed as typed
- `pandoctables.py`: pandoc's simple and multiline tables, whose columns are drawn with dashes
- `parser.py`: the Markdown parser of sources: CommonMark with our block rules
- `parsenotes.py`: what parsing some lines of a file found that concerns its other lines
- `pictures.py`: images that are blocks of their own: one with its caption, or several in a row
- `plainlines.py`: a rule for paragraphs that can be nothing else, which spares them all other rules
- `tablerules.py`: the block rules for tables: GitHub's with bars, pandoc's with dashes, and grids
- `tables.py`: tables
- `tokens.py`: tokens to blocks
"""

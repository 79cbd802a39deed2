"""Markdown sources read as documents and cut into sentences, and translations read back.

Files:

- `sourcefile.py`: the text of source files, with checks of encoding and characters
- `markdown.py`: source files to `Document`
- `faults.py`: what is wrong with a source, collected so that one run tells everything
- `parser.py`: the Markdown parser of sources
- `blockreader.py`: what reading a block needs to know, and the text of one block
- `blocks.py`: tokens to blocks
- `boxes.py`: boxes and definition lists
- `boxmarks.py`: the marks of boxes in Markdown's dialects
- `letterlists.py`: lists that count with letters or roman numerals
- `htmlblocks.py`, `htmlpieces.py`, `htmlinlines.py`: HTML made into tokens of Markdown
- `headings.py`: headings and the ids that they have by their own text
- `outline.py`: the level and the id of every heading of a document
- `anchors.py`: anchors of HTML and empty spans, which name a place for links
- `targets.py`: where links within a document lead
- `chapters.py`: the chapters of a folder in order, from `SUMMARY.md` or by name
- `titles.py`: titles of documents and chapters that have none
- `pictures.py`: images that are blocks of their own
- `imagemarks.py`: how images are written, with their sizes; `sizes.py`: sizes put as CSS has them
- `imagechecks.py`: images without a description, and images on the web
- `formulas.py`: formulas in TeX, read as MathML
- `formulablocks.py`: formulas that are blocks of their own
- `fronttext.py`: what stands at the top of a source, as keys and values; reads YAML and TOML
- `frontmatter.py`: the keys at the top of a source: fields and facts
- `tables.py`: tokens of tables to tables; `celltext.py`: the text of a cell
- `tablerules.py`: the rules of the parser for tables: with bars, with dashes
  (`pandoctables.py`) and grids (`gridtables.py`), which share `drawntables.py`
- `captions.py`: captions of tables
- `htmltables.py`: tables of HTML as tokens
- `figures.py`: cells that are only a number, which editions write by their language's rules
- `attributes.py`: block attributes such as `{#id ctx="…" note="…" whole verbatim}`
- `inline.py`: inline Markdown to inline trees, for sources, msgids and msgstrs
- `inlinerules.py`: marks of catalogs and sources that Markdown lacks: styles, formulas, notes
- `dialects.py`, `htmlmarks.py`, `comments.py`: marks of dialects and HTML, in sources only
- `sourcetext.py`: what only the text of sources has: what is passed over, notes inside a text
- `bareaddresses.py`: addresses in running text as links; `addresses.py`: which are allowed
- `typedmarks.py`: straight quotes and dashes set by the rules of the source's language
- `canonical.py`: inline trees back to Markdown: the text of msgids
- `literal.py`: errors for text that looks like Markdown but would be printed as typed
- `references.py`: checks of section ids, footnotes, links and images
- `directions.py`: the check for characters that change the direction of text
- `sentences.py`: the sentence splitter
- `segmenting.py`: blocks cut into units, one for each sentence
- `locations.py`: paragraph numbers, note numbers and the location of every sentence
- `locationwords.py`: locations put into words, in any interface language
- `source.py`: `Source`, a document with all its sentences and their locations
- `msgstr.py`: msgstrs read as inline trees
"""

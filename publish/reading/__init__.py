"""Markdown sources read as documents and cut into sentences, and translations read back.

Files:

- `chapters.py`: the chapters of a folder in order, from `SUMMARY.md` or by name
- `chunkparsing.py`: one chunk of a file parsed and read, apart or with what is around it
- `chunkreading.py`: long files read by their chunks, those that changed only
- `chunks.py`: a long file cut where the parser has nothing open
- `chunkstores.py`: where chunks are kept: in memory, or pickled in a store of results
- `deadlinks.py`: links that lead nowhere in the document, made into text
- `directions.py`: the check for characters that change the direction of text
- `divisions.py`: the parts of a book, and the chapters in them
- `faults.py`: what is wrong with a source, collected so that one run tells everything
- `filereading.py`: one source file read as blocks
- `frontmatter.py`: the keys at the top of a source: fields and facts
- `fronttext.py`: what stands at the top of a source, as keys and values
- `locations.py`: paragraph numbers, note numbers and the location of every sentence
- `locationwords.py`: locations put into words, in any interface language
- `markdown.py`: source files to `Document`
- `msgstr.py`: msgstrs read as inline trees
- `numbering.py`: the ids and the numbers of figures and tables
- `outline.py`: the level and the id of every heading of a document
- `references.py`: checks of section ids, footnotes, links and images
- `segmenting.py`: blocks cut into units, one for each sentence
- `sentences.py`: the sentence splitter
- `sentencewide.py`: ends of sentences in Chinese and Japanese
- `sentencewords.py`: abbreviations, initials and numbers before a full stop
- `source.py`: `Source`, a document with all its sentences and their locations
- `sourcefile.py`: the text of source files, with checks of encoding and characters
- `targets.py`: where links within a document lead
- `titles.py`: titles of documents and chapters that have none
- `marks/`: the marks within a text
- `blocks/`: the blocks of a source
- `writing/`: documents written as sources
"""

"""Show results of actions as HTML pages, as JSON and as lines of text; nothing here prints.

- `changeshtml.py`: changes of a source as an HTML page
- `archivehtml.py`: all documents in all languages on one page
- `changesdata.py`: changes of a source as JSON
- `changestext.py`: changes of a source as lines of text
- `findingshtml.py`: findings as an HTML page
- `findingsdata.py`: findings as JSON and as SARIF
- `findingstext.py`: findings and errors as lines of text
- `importtext.py`: what an import of a translation filled, as lines of text and as JSON
- `losstext.py`: what an import of a source made and what it lacks, as lines of text and as JSON
- `places.py`: places of sentences in HTML pages
- `plandata.py`: a plan of a build as JSON
- `reviewsdata.py`: the state of reviews as JSON
- `reviewstext.py`: the state of reviews as lines of text
- `shell.py`: fills in the template of an HTML page
- `statusdata.py`: how far translations are, as JSON
- `statustext.py`: how far translations are, as a table of text
- `updatetext.py`: what an update did to a catalog, as lines of text
"""

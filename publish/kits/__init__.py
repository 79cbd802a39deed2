"""Kits for translators: write them in several formats, and read what comes back.

`catalogfile.py`: catalogs (`.po`) that remember what was sent
`celltext.py`: escapes of text in spreadsheet cells
`comments.py`: what a kit leaves out of the comments of translators
`editionwords.py`: the words of editions that a language lacks, sent and returned
`items.py`: the sentences that are exchanged, with their ids and fingerprints
`kitpages.py`: the HTML pages of a kit: side-by-side reader, guide, texts that were not taken
`pagenumbers.py`: the page of each sentence in the PDF of the original
`packing.py`: a whole kit as an archive, and XLIFF alone
`returnedfiles.py`: what a returned file is, and the texts in it
`editedfile.py`: an edited Word edition: compared with the one that would be made now
`editedwork.py`, `editedtexts.py`: its texts, each with its sentence, and what is not taken
`editedbases.py`: which texts it was sent with, if it does not say
`wordpieces.py`: the text of a Word edition as pieces
`wordpairs.py`, `wordlikeness.py`: which piece is which, by bookmarks, by likeness and place
`wordcuts.py`, `wordloose.py`: pieces cut as the edition's are, and joined with what belongs to them
`wordtexts.py`: the text of a piece as a translator's text
`returnedtexts.py`: a text that came back, and one that was not taken
`shifts.py`: texts that came back beside another sentence
`returning.py`: returned texts merged into a catalog, or rejected with a reason
`workbookcells.py`: the cells of a returned workbook
`returnedsheets.py`: the texts of a returned workbook
`proposals.py`: what a translator would change in the glossary
`odscells.py`: the cells of a returned OpenDocument sheet
`csvcells.py`: the rows of a returned CSV or TSV table
`sheetcolumns.py`: the columns of a workbook
`spreadsheet.py`: a workbook for a translator, written with openpyxl
`suggestions.py`: what the memory suggests, and where the sentences differ
`termfiles.py`: the glossary as TBX and CSV, and its unverified terms
`tmx.py`: translation memories (TMX), written, read and used to fill a catalog
`xliff.py`: XLIFF files, written and read
`oldxliff.py`: XLIFF 1.2, for older programs
`xlifftext.py`: the marks of a sentence as inline codes of XLIFF
`xliffnotes.py`: the notes of XLIFF, sent and returned
"""

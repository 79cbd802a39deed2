"""Measure the figures of docs/performance.md and docs/accuracy.md.

Run `python -m benchmarks.NAME`.

Speed:

- `archive.py`: 150 documents in 24 languages and three formats; `archivetexts.py` makes them
- `auditing.py`: `check --built` against the build
- `catalogs.py`: reading and writing a large catalog
- `chain.py`: all editions against po4a, pandoc and WeasyPrint
- `checks.py`: all checks on many sentences
- `edits.py`: one changed word of a long book, built anew and at the desk
- `formats.py`: every format against the PDF, and against those of pandoc
- `matching.py`: finding the old translations of edited sentences
- `pdf.py`: a PDF against other programs
- `segmenting.py`: the sentence splitter
- `series.py`: whole builds, of one document and of many
- `status.py`: `publish status` on many catalogs
- `updating.py`: a whole update of a catalog
- `where.py`: the stages of a build

Quality:

- `mutations.py`: how much of the damage to good translations the checks find
- `numbers.py`: the same for numbers alone, in thirteen languages; `numberdamage.py` has the ways
- `typesetting.py`: how well the lines of a PDF are set

Shared by several: `damage.py` (ways to damage a translation), `pagelines.py` (lines of a PDF),
`prose.py` (English sentences).
"""

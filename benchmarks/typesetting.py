"""Measure how well the text of finished PDFs is set.

Run `python -m benchmarks.typesetting build/*/NAME.pdf`, with Poppler's `pdftotext` installed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.pagelines import figures_of, lines_of, paragraphs_of


def main() -> None:
    print("lines  spread  hyphenated  ladders (longest)  loosest  loose  stranded")
    for name in sys.argv[1:]:
        found = figures_of(paragraphs_of(lines_of(Path(name))))
        print(
            f"{found.lines:5}  {found.spread:4.2f}pt  {found.hyphenated:10.1%}"
            f"  {found.ladders:7} ({found.longest_ladder})      {found.loosest:5.1f}pt"
            f"  {found.loose:5.1%}  {found.stranded:8}  {name}"
        )


if __name__ == "__main__":
    main()

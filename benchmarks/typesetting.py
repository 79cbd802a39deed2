"""Measure how well the text of finished PDFs is set.

Run `python -m benchmarks.typesetting build/*/NAME.pdf`, with Poppler's `pdftotext` installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pagelines import figures_of, lines_of, paragraphs_of


def main() -> None:
    print_figures([Path(name) for name in sys.argv[1:]])


def print_figures(pdfs: Sequence[Path]) -> None:
    """Print one line of figures for each PDF."""
    print("lines  spread  hyphenated  ladders (longest)  loosest  loose  stranded")
    for pdf in pdfs:
        found = figures_of(paragraphs_of(lines_of(pdf)))
        print(
            f"{found.lines:5}  {found.spread:4.2f}pt  {found.hyphenated:10.1%}"
            f"  {found.ladders:7} ({found.longest_ladder})      {found.loosest:5.1f}pt"
            f"  {found.loose:5.1%}  {found.stranded:8}  {pdf}"
        )


if __name__ == "__main__":
    main()

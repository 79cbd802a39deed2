"""Put pictures of pages on one sheet in few colours: `make-sheet.py TARGET COLUMNS PICTURE …`."""

from __future__ import annotations

import sys

from PIL import Image  # noqa: TID251 - a script that makes pictures, no part of the program

GAP = 6
BETWEEN = "#888"


def main(target: str, columns: str, *names: str) -> None:
    pages = [Image.open(name) for name in names]
    across = int(columns)
    rows = [pages[start : start + across] for start in range(0, len(pages), across)]
    width = max(page.width for page in pages)
    height = max(page.height for page in pages)
    size = across * (width + GAP) - GAP, len(rows) * (height + GAP) - GAP
    sheet = Image.new("RGB", size, BETWEEN)
    for down, row in enumerate(rows):
        for along, page in enumerate(row):
            sheet.paste(page, (along * (width + GAP), down * (height + GAP)))
    sheet.quantize(32).save(target, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

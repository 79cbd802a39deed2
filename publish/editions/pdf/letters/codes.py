"""Gives each glyph of a PDF the text that it really shows.

A font of a PDF has one text for each code in a stream (ISO 32000-1 §9.10.3), and WeasyPrint takes
a glyph for a code and the first text for all.  But a glyph may show several: ’ and ʼ, the letters
of scripts that join them, the dots that cut a title short; and several glyphs may show one letter.
So what each shows is noted while pages are painted.  Where it shows another text than elsewhere, it
gets a code of its own, which stands for the same glyph or for one made of several.  A font that can
have no such codes is named again, with other texts for its glyphs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat
from operator import eq
from typing import Any, cast

from publish.editions.pdf.letters.cells import Cell, Part, Shape, lay_cells, lay_signs
from publish.editions.pdf.letters.cellwriting import write_cells, write_soft_end
from publish.editions.pdf.letters.fontglyphs import add_glyphs
from publish.editions.pdf.letters.glyphs import (
    SIGNS,
    Cluster,
    PlainRun,
    Run,
    guard,
    join_numbers,
    list_clusters,
)
from publish.editions.pdf.letters.textorder import count_rightward, finds_order, has_rightward

__all__ = [
    "Codes",
    "FontCodes",
    "LetterCounts",
    "PaintedText",
    "add_codes",
    "choose_counted",
    "choose_letters",
    "count_letters",
    "find_odd",
    "guard_pages",
    "is_plain",
    "lay_text",
    "write_codes",
]

_PART = "\u200b"
"""The text of a glyph that shows a part of a letter only; a font must have one for each."""

SOFT_HYPHEN = "\u00ad"

_MARGIN = 8
"""So many signs of direction are added more than needed: programs differ in how they count."""


@dataclass(slots=True)
class PaintedText:
    """A text as painted: its stream, the first and last item in it, its runs in their order.

    A text that is `spaced` needs a space at its end.  `rightward` says that it runs from left to
    right, and later that its page does; `extra` signs at its end say so.  `cells` are those of a
    line that is written anew in any case, if they are laid already.  `number` is the place of a
    number among those for which its part shows zeros; other texts have none.
    """

    stream: list[Any]
    begin: int
    end: int
    runs: Sequence[Run]
    spaced: bool = False
    rightward: bool = True
    extra: int = 0
    cells: list[Cell] | None = None
    number: int = -1

    @property
    def clusters(self) -> list[Cluster]:
        """The clusters of the text, which may be changed."""
        if not isinstance(self.runs, list) or any(isinstance(run, PlainRun) for run in self.runs):
            self.runs = list_clusters(self.runs)
        return cast(list[Cluster], self.runs)


@dataclass(slots=True)
class FontCodes:
    """The codes of one font, by what they show and say; `fonts` is how often WeasyPrint has it.

    `letters` has the text of each glyph whose code is its number.  `added` are codes that are no
    glyphs.  `others` has the texts of glyphs where the font is named again.
    """

    fonts: list[Any]
    letters: dict[int, str]
    widths: dict[int, float]
    composed: bool
    added: dict[tuple[Shape, str], int] = field(default_factory=dict)
    others: list[dict[int, str]] = field(default_factory=list)
    free: Iterator[int] = field(default_factory=lambda: iter(()))

    def find(self, shape: Shape, text: str) -> tuple[str, int, float]:
        """Return the name of the font, the code and its width for a shape that shows a text."""
        name, text = self.fonts[0].hash, text or _PART
        if isinstance(shape, int) and self.letters.get(shape) == text:
            return name, shape, self.widths[shape]
        code = self.added.get((shape, text))
        if code is None and self.composed:
            code = next(self.free, None)
            if code is not None:
                self.added[shape, text] = code
                self.widths[code] = self.widths[shape] if isinstance(shape, int) else shape[0]
        if code is not None:
            return name, code, self.widths[code]
        glyph = shape if isinstance(shape, int) else shape[1][0][0]
        for number, known in enumerate(self.others):
            if known.setdefault(glyph, text) == text:
                return f"{name}{number + 2}", glyph, self.widths[glyph]
        self.others.append({glyph: text})
        return f"{name}{len(self.others) + 1}", glyph, self.widths[glyph]


Codes = dict[str, FontCodes]
"""The codes of each font, by its name."""


def choose_letters(fonts: Iterable[Any], painted: Sequence[PaintedText]) -> Codes:
    """Give each glyph of WeasyPrint's fonts its most frequent text; return all codes."""
    guard_pages(painted)
    return choose_counted(fonts, count_letters(painted))


LetterCounts = Counter[tuple[str, int, str]]
"""How often a glyph of a font shows a text."""


def count_letters(painted: Iterable[PaintedText]) -> LetterCounts:
    """Count the texts of glyphs that stand alone."""
    counts: LetterCounts = Counter()
    for text in painted:
        for run in text.runs:
            if isinstance(run, PlainRun):
                shown = zip(repeat(run.font), run.glyphs, run.texts)
                counts.update(shown if all(run.texts) else (one for one in shown if one[2]))
            elif len(run.glyphs) == 1 and run.text:
                counts[run.font, run.glyphs[0], run.text] += 1
    return counts


def choose_counted(fonts: Iterable[Any], pairs: LetterCounts) -> Codes:
    """Give each glyph of WeasyPrint's fonts its most frequent text; return all codes."""
    counts: defaultdict[str, defaultdict[int, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for (name, glyph, letters), count in pairs.items():
        counts[name][glyph][letters] += count
    faces: defaultdict[str, list[Any]] = defaultdict(list)
    for font in fonts:
        faces[font.hash].append(font)
    return {name: _choose(alike, counts[name]) for name, alike in faces.items()}


def guard_pages(painted: Iterable[PaintedText]) -> None:
    """Put signs of direction into the texts of pages that have letters from right to left."""
    pages: defaultdict[int, list[PaintedText]] = defaultdict(list)
    for text in painted:
        pages[id(text.stream)].append(text)
    for texts in pages.values():
        turned = {at: one for at, one in enumerate(texts) if any(run.turned for run in one.runs)}
        if not turned:
            continue
        more = count_rightward(cluster.text for one in texts for cluster in one.clusters)
        mixed = [
            one for one in turned.values() if not all(cluster.turned for cluster in one.clusters)
        ]
        # One without letters to the right looks alike in both directions: `صفحة 3 من 4`.
        told = [one for one in mixed if not one.rightward or has_rightward(one.clusters)]
        votes = sum(1 if one.rightward else -1 for one in told)
        rightward = votes > 0 or (votes == 0 and more >= 0)
        if rightward != (more >= 0):
            # Such programs look at the whole page, so it gets signs that tell them better.
            edges = _find_edges(texts, rightward)
            rightward = rightward if edges else more >= 0
            for one in edges:
                one.extra = (abs(more) + abs(more) // 10) // len(edges) + _MARGIN
        # A name in bold is a text of its own, without turned letters.
        for at, one in enumerate(texts):
            if at in turned or not (rightward or one.rightward):
                one.rightward = rightward
                one.runs = clusters = join_numbers(one.clusters)
                guard(clusters, rightward)


def _find_edges(texts: Iterable[PaintedText], rightward: bool) -> list[PaintedText]:
    """Return the texts with turned letters that stand at the ends of their lines."""
    found: dict[bytes, tuple[float, PaintedText]] = {}
    for one in texts:
        for item in one.stream[one.begin : one.end]:
            if one.runs and isinstance(item, bytes) and item.endswith(b" Tm"):
                *_, x, y, _ = item.split()
                place = float(x) if rightward else -float(x)
                if y not in found or found[y][0] < place:
                    found[y] = place, one
                break
    return [one for _, one in found.values() if any(part.turned for part in one.clusters)]


def _choose(alike: list[Any], counts: Mapping[int, Counter[str]]) -> FontCodes:
    """Choose the texts of one font; WeasyPrint may have it several times, and writes the last."""
    heard = {glyph: text for font in reversed(alike) for glyph, text in font.to_unicode.items()}
    widths = {glyph: width for font in reversed(alike) for glyph, width in font.widths.items()}
    for glyph, letters in heard.items():
        known = counts.get(glyph)
        heard[glyph] = known.most_common(1)[0][0] if known else letters.replace("\u00ad", "")
        heard[glyph] = heard[glyph] or _PART
    for font in alike:
        font.to_unicode.clear()
        font.to_unicode.update(heard)
        font.widths.update(widths)
    composed = "glyf" in alike[0].tables and not alike[0].bitmap
    free = (code for code in range(1, 0x10000) if code not in heard)
    return FontCodes(alike, heard, widths, composed, free=free)


def add_codes(pdf: Any, references: dict[str, bytes], codes: Codes) -> None:
    """Write the codes that are no glyphs into the fonts of a file (§9.7.4.2)."""
    for name, known in sorted(codes.items()):
        if known.added:
            _add_codes(pdf, _object(pdf, references[name]), known)
        for number, letters in enumerate(known.others):
            again = f"{name}{number + 2}"
            references[again] = _name_again(pdf, _object(pdf, references[name]), letters)


def _add_codes(pdf: Any, written: Any, known: FontCodes) -> None:
    import pydyf  # type: ignore[import-untyped]

    _add_letters(
        _object(pdf, written["ToUnicode"]).stream,
        {code: text for (_, text), code in known.added.items()},
    )
    inner = _object(pdf, written["DescendantFonts"][0])
    shapes = dict.fromkeys(shape for shape, _ in known.added if not isinstance(shape, int))
    glyphs: dict[Shape, int] = {}
    if shapes:
        made: list[tuple[int, tuple[Part, ...]]] = list(shapes)
        described = _object(pdf, inner["FontDescriptor"])
        file = _object(pdf, described["FontFile2"])
        data, first = add_glyphs(file.stream[0], made)
        file.stream, file.extra["Length1"] = [data], len(data)
        glyphs = {shape: first + number for number, shape in enumerate(made)}
    table = {
        code: shape if isinstance(shape, int) else glyphs[shape]
        for (shape, _), code in known.added.items()
    }
    missing = {code for font in known.fonts for code in font.missing.values()}
    table |= {code: 0 if code in missing else code for code in known.letters}
    table = {code: 0 if glyph in missing else glyph for code, glyph in table.items()}
    data = b"".join(table.get(code, 0).to_bytes(2) for code in range(max(table) + 1))
    stream = pydyf.Stream([data], compress=True)
    pdf.add_object(stream)
    inner["CIDToGIDMap"] = stream.reference
    inner["W"] = _widths(known.widths)


def _widths(widths: Mapping[int, float]) -> Any:
    """Return the table of widths of a font (§9.7.4.3)."""
    import pydyf

    table, row = pydyf.Array(), pydyf.Array()
    for code in sorted(widths):
        if code - 1 not in widths:
            row = pydyf.Array()
            table += [code, row]
        row.append(widths[code])
    return table


def _name_again(pdf: Any, written: Any, letters: Mapping[int, str]) -> bytes:
    """Add a font that has the glyphs of another one, with other texts; return its reference."""
    import pydyf

    known = _object(pdf, written["ToUnicode"])
    lines = [line for line in known.stream if not line.startswith(b"<") or b"ffff" in line]
    lines = [line for line in lines if not line.endswith((b"beginbfchar", b"endbfchar"))]
    _add_letters(lines, letters)
    stream = pydyf.Stream(lines, compress=known.compress)
    pdf.add_object(stream)
    font = pydyf.Dictionary({**written, "ToUnicode": stream.reference})
    pdf.add_object(font)
    return bytes(font.reference)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _add_letters(lines: list[bytes], added: Mapping[int, str]) -> None:
    """Add codes to a map to Unicode, which has at most a hundred in a block."""
    rows = (f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in added.items())
    while block := list(islice(rows, 100)):
        end = lines.index(b"endcmap")
        lines[end:end] = [
            line.encode() for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
        ]


# --------------------------------------------------------------------------- streams


def write_codes(painted: list[PaintedText], codes: Codes) -> list[str]:
    """Write lines anew in which a glyph does not say by itself what it shows.

    Returns the lines that some programs cannot find.
    """
    fonts = {name: known.fonts[0] for name, known in codes.items()}
    lost: list[str] = []

    def find_code(name: str, shape: Shape, text: str) -> tuple[str, int, float]:
        return codes[name].find(shape, text)

    for text in reversed(painted):  # The items before those of a text keep their places.
        if is_plain(text, codes):
            continue
        items = text.stream[text.begin : text.end]
        place = [item for item in items if isinstance(item, bytes) and item.endswith(b" Tm")]
        if not (text.spaced or text.extra or text.cells) and _is_plain_run(text.runs[0], codes):
            widths = fonts[text.runs[0].font].widths
            if written := write_soft_end(items, text.runs, widths, find_code):
                text.stream[text.begin : text.end] = [*place, *written]
                continue
        cells = lay_text(text, fonts) if text.cells is None else text.cells
        if cells is not None:
            text.stream[text.begin : text.end] = [*place, *write_cells(cells, find_code)]
        if cells is None or not _is_found(cells, text.rightward):
            lost.append(_read_text(text.clusters))
    return lost[::-1]


def lay_text(text: PaintedText, fonts: Mapping[str, Any]) -> list[Cell] | None:
    """Return the cells of a line; None if its letters cannot have such."""
    if any(fonts[cluster.font].bitmap for cluster in text.clusters):
        return None
    items = text.stream[text.begin : text.end]
    cells = lay_cells(items, text.clusters, fonts, text.spaced)
    return None if cells is None else cells + lay_signs(cells, text.extra, fonts, text.rightward)


def _is_found(cells: list[Cell], rightward: bool) -> bool:
    """Return whether programs find a line, in the order of the file and by places."""
    turned = any(cell.turned for cell in cells)
    if turned and any(not text for cell in cells for *_, text in cell.parts):
        return False  # A glyph of a turned letter would say that it is none.
    return not turned or finds_order(((cell.x, cell.text) for cell in cells), rightward)


def _read_text(clusters: list[Cluster]) -> str:
    text = "".join(one.text for one in sorted(clusters, key=lambda one: one.start))
    return text.translate(dict.fromkeys(map(ord, SIGNS))).strip()


def find_odd(letters: Iterable[tuple[str, int, str]], codes: Codes) -> set[tuple[str, int, str]]:
    """Return the glyphs that stand alone and show another text than their code says, with texts.

    Soft hyphens are left out: their lines are written anew in any case.
    """
    return {
        (font, glyph, text)
        for font, glyph, text in letters
        if codes[font].letters.get(glyph) != text and SOFT_HYPHEN not in text
    }


def is_plain(text: PaintedText, codes: Codes | None = None) -> bool:
    """Return whether all clusters of a text are one glyph whose code is its number.

    Without `codes` this holds as long as each glyph gets the text that it has here; a hyphen that
    is a soft one as well is rare.
    """
    return not text.extra and all(_is_plain_run(run, codes) for run in text.runs)


def _is_plain_run(run: Run, codes: Codes | None) -> bool:
    if isinstance(run, PlainRun):
        if codes is None:
            return not any(SOFT_HYPHEN in letters for letters in run.texts)
        known = codes[run.font].letters
        return all(map(eq, map(known.get, run.glyphs), run.texts))
    return (
        len(run.glyphs) == 1
        and not run.soft
        and not run.turned
        and (
            SOFT_HYPHEN not in run.text
            if codes is None
            else codes[run.font].letters.get(run.glyphs[0]) == run.text
        )
    )

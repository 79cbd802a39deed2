"""Puts numbers into what is known of a part that was laid out with zeros."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from publish.editions.pdf.letters.codes import PaintedText
from publish.editions.pdf.letters.glyphs import PlainRun
from publish.editions.pdf.parts.digits import GLYPHS, Digits
from publish.editions.pdf.parts.pagecontents import Inks, Layer, open_contents
from publish.editions.pdf.parts.recording import FontFacts, PageHead

__all__ = ["fill_fonts", "fill_heads", "fill_inks", "fill_layer", "hide_zeros"]


def fill_heads(heads: Iterable[PageHead], ids: Mapping[str, str]) -> tuple[PageHead, ...]:
    """Return pages with ids, and links to them, instead of their names in a part."""
    return tuple(
        replace(
            head,
            anchors={ids.get(name, name): at for name, at in head.anchors.items()},
            links=[(kind, ids.get(to, to), area, at) for kind, to, area, at in head.links],
        )
        for head in heads
    )


def fill_layer(layer: Layer, digits: Mapping[int, Digits], shown: Sequence[str]) -> Layer:
    """Return what the letters of pages need, with those of the numbers."""
    counts = layer.counts.copy()
    counts.update(one for at, own in digits.items() for one in own.list_letters(shown[at]))
    return replace(layer, counts=counts)


def fill_fonts(
    fonts: Iterable[FontFacts], digits: Mapping[int, Digits], shown: Sequence[str]
) -> tuple[FontFacts, ...]:
    """Return fonts with the digits that numbers show."""
    used: defaultdict[str, dict[int, tuple[float, str]]] = defaultdict(dict)
    for at, own in digits.items():
        for name, glyph, letter in own.list_letters(shown[at]):
            used[name][glyph] = own.width, letter
    found = []
    for font in fonts:
        more = used.get(font.hash, {})
        widths = {glyph: width for glyph, (width, _) in more.items()} | dict(font.widths)
        letters = {glyph: letter for glyph, (_, letter) in more.items()} | dict(font.to_unicode)
        found.append(replace(font, widths=widths, to_unicode=letters))
    return tuple(found)


def hide_zeros(
    fonts: Iterable[FontFacts], digits: Mapping[int, Digits], painted: Iterable[PaintedText]
) -> tuple[FontFacts, ...]:
    """Return fonts without the zeros that stand for numbers, unless another text shows them."""
    zeros = {(own.font, own.glyphs[0]) for own in digits.values()}
    for text in painted if zeros else ():
        if text.number < 0:
            for run in text.runs:
                zeros.difference_update((run.font, glyph) for glyph in run.glyphs)
    found = []
    for font in fonts:
        gone = {glyph for name, glyph in zeros if name == font.hash}
        widths = {glyph: one for glyph, one in font.widths.items() if glyph not in gone}
        letters = {glyph: one for glyph, one in font.to_unicode.items() if glyph not in gone}
        found.append(replace(font, widths=widths, to_unicode=letters))
    return tuple(found)


def fill_inks(inks: Inks, digits: Mapping[int, Digits], shown: Sequence[str]) -> Inks:
    """Return what pages show, with the numbers, not packed."""
    contents = open_contents(inks)
    for content in contents:
        for text in content.texts:
            if text.number >= 0:
                _fill(text, digits[text.number], shown[text.number])
    return contents, inks[1]


def _fill(text: PaintedText, digits: Digits, number: str) -> None:
    """Show a number in the place of zeros, as its digits would have been painted."""
    clusters, letters = text.clusters, digits.list_letters(number)
    pairs = [(one.glyphs[0], one.text) for one in clusters]
    pairs = [
        next((glyph, letter) for _, glyph, letter in letters) if own[1] == digits.zero else own
        for own in pairs
    ]
    glyphs = iter([glyph for glyph, _ in pairs])
    for at in range(text.begin, text.end):
        item = text.stream[at]
        if isinstance(item, bytes) and item.endswith(b"] TJ"):
            text.stream[at] = GLYPHS.sub(lambda found: _write(found[1], glyphs), item)
    starts = [one.start for one in clusters]
    shown, texts = [glyph for glyph, _ in pairs], [letter for _, letter in pairs]
    text.runs = [PlainRun(digits.font, shown, texts, starts)]
    text.number = -1


def _write(zeros: bytes, glyphs: Iterator[int]) -> bytes:
    return b"<%s>" % b"".join(b"%04x" % next(glyphs) for _ in range(len(zeros) // 4))

"""Gives each glyph of a PDF the text that it really shows.

A font of a PDF has one text for each code in a stream (ISO 32000-1 §9.10.3), and WeasyPrint takes
a glyph for a code and the first text for all.  But a glyph may show several: ’ and ʼ, the letters
of scripts that join them, the dots that cut a title short.  So what each shows is noted while
pages are painted.  Where it shows another text than elsewhere, it gets a code of its own, which
stands for the same glyph.  What is only a part of a letter is marked as such (`/ActualText`,
§14.9.4).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from publish.editions.pdf.glyphs import Cluster

__all__ = ["PaintedText", "add_codes", "choose_letters", "write_codes"]

_PART = "\u200b"
"""The text of a glyph that shows a part of a letter only; a font must have one for each."""

_SHOWN = re.compile(rb"\[(.*)\] TJ", re.S)
_TOKEN = re.compile(rb"<([0-9a-f]*)>|([^<>\[\]]+)")


@dataclass(frozen=True, slots=True)
class PaintedText:
    """A text as painted: its stream, the first and last item in it, its clusters in their order.

    The mark around a text that is `within` names the whole text for reading aloud.
    """

    stream: list[Any]
    begin: int
    end: int
    clusters: list[Cluster]
    within: bool = False


Codes = dict[str, dict[tuple[int, str], int]]
"""The code of each glyph and text in each font, by its name."""


def choose_letters(fonts: Iterable[Any], painted: Iterable[PaintedText]) -> Codes:
    """Give each glyph of WeasyPrint's fonts its most frequent text; return all codes."""
    counts: defaultdict[str, defaultdict[int, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    pairs = Counter(
        (cluster.font, *part)
        for text in painted
        for cluster in text.clusters
        for part in _parts(cluster)
    )
    for (name, glyph, letters), count in pairs.items():
        counts[name][glyph][letters] += count
    codes: Codes = {}
    faces: defaultdict[str, list[Any]] = defaultdict(list)
    for font in fonts:
        faces[font.hash].append(font)
    for name, alike in faces.items():
        codes[name] = _choose(alike, counts[name])
    return codes


def _choose(alike: list[Any], counts: Mapping[int, Counter[str]]) -> dict[tuple[int, str], int]:
    """Choose the texts of one font; WeasyPrint may have it several times, and writes the last."""
    heard = {glyph: text for font in reversed(alike) for glyph, text in font.to_unicode.items()}
    widths = {glyph: width for font in reversed(alike) for glyph, width in font.widths.items()}
    font = alike[0]
    unused = max(font.glyph_count, *heard) + 1 + len(font.missing)
    codes: dict[tuple[int, str], int] = {}
    for glyph, letters in heard.items():
        known = counts.get(glyph) or Counter({letters.replace("\u00ad", "") or _PART: 1})
        (first, _), *others = known.most_common()
        heard[glyph] = first
        codes[glyph, first] = glyph
        for other, _ in others if "glyf" in font.tables else ():
            codes[glyph, other], widths[unused] = unused, widths[glyph]
            unused += 1
    for font in alike:
        font.to_unicode.clear()
        font.to_unicode.update(heard)
        font.widths.update(widths)
    return codes


def _parts(cluster: Cluster) -> Iterator[tuple[int, str]]:
    """Yield the glyphs of a cluster with the text of each; its base has the whole text."""
    for number, glyph in enumerate(cluster.glyphs):
        yield glyph, cluster.text or _PART if number == cluster.base else _PART


def add_codes(
    pdf: Any, references: Mapping[str, bytes], fonts: Iterable[Any], codes: Codes
) -> None:
    """Write the codes that are no glyphs into the fonts of a file (§9.7.4.2)."""
    import pydyf  # type: ignore[import-untyped]

    for font in {font.hash: font for font in fonts}.values():
        added = {code: key for key, code in codes[font.hash].items() if key[0] != code}
        if not added:
            continue
        written = _object(pdf, references[font.hash])
        _add_letters(_object(pdf, written["ToUnicode"]).stream, added)
        glyphs = {code: glyph for code, (glyph, _) in added.items()}
        glyphs |= {code: 0 if code in font.missing.values() else code for code in font.to_unicode}
        table = b"".join(glyphs.get(code, 0).to_bytes(2) for code in range(max(glyphs) + 1))
        made = pydyf.Stream([table], compress=True)
        pdf.add_object(made)
        inner = _object(pdf, written["DescendantFonts"][0])
        inner["CIDToGIDMap"] = made.reference


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _add_letters(lines: list[bytes], added: Mapping[int, tuple[int, str]]) -> None:
    """Add codes to a map to Unicode, which has at most a hundred in a block."""
    rows = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, (_, text) in added.items()]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        end = lines.index(b"endcmap")
        lines[end:end] = [
            line.encode() for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
        ]


# --------------------------------------------------------------------------- streams


def write_codes(painted: Iterable[PaintedText], codes: Codes) -> None:
    """Write the codes into the streams, and marks around soft hyphens and parts of letters.

    The first glyph of a text that is named whole has a mark of its own.  Poppler then drops the
    whole text, which it would turn around, and takes the glyphs.
    """
    for text in painted:
        if not text.within and all(_is_plain(cluster, codes) for cluster in text.clusters):
            continue
        shown: list[int] = []
        named: dict[int, tuple[int, str]] = {}
        for word in _words(text.clusters):
            whole = word[0].soft or any(len(c.glyphs) > 1 and not c.turned for c in word)
            if whole:
                end = len(shown) + sum(len(cluster.glyphs) for cluster in word)
                named[len(shown)] = (end, "".join(cluster.text for cluster in word))
            for font, glyph, letters in ((c.font, *part) for c in word for part in _parts(c)):
                code = codes[font].get((glyph, letters))
                first = text.within and not shown
                if not whole and (first or code is None or letters == _PART):
                    named[len(shown)] = (len(shown) + 1, letters.replace(_PART, ""))
                shown.append(glyph if code is None else code)
        if named or shown != [glyph for one in text.clusters for glyph in one.glyphs]:
            _rewrite(text, shown, named)


def _is_plain(cluster: Cluster, codes: Codes) -> bool:
    """Return whether a cluster is one glyph whose code is its number."""
    first = cluster.glyphs[0]
    known = codes[cluster.font].get((first, cluster.text))
    return known == first and len(cluster.glyphs) == 1 and not cluster.soft


def _words(clusters: list[Cluster]) -> Iterator[list[Cluster]]:
    """Yield clusters one by one, but words together in which a cluster has several glyphs.

    Words from right to left are in the order of the eye and stay apart.
    """
    for joined, group in groupby(clusters, key=lambda one: _is_joined(one)):
        word = list(group)
        if joined and any(len(cluster.glyphs) > 1 for cluster in word):
            yield word
        else:
            yield from ([cluster] for cluster in word)


def _is_joined(cluster: Cluster) -> bool:
    return not (cluster.turned or cluster.soft or cluster.text.isspace())


@dataclass(slots=True)
class _Writer:
    """The items of a stream that are written anew, with what is in the array of glyphs."""

    items: list[bytes] = field(default_factory=list)
    array: list[bytes] = field(default_factory=list)

    def show(self, code: int) -> None:
        if self.array and self.array[-1].endswith(b">"):
            self.array[-1] = self.array[-1][:-1] + b"%04x>" % code
        else:
            self.array.append(b"<%04x>" % code)

    def move(self, number: bytes) -> None:
        # Two numbers in a row must not become one.
        apart = b" " if self.array and not self.array[-1].endswith(b">") else b""
        self.array.append(apart + number)

    def close(self) -> None:
        if self.array:
            self.items.append(b"[" + b"".join(self.array) + b"] TJ")
            self.array = []


def _rewrite(text: PaintedText, shown: list[int], named: Mapping[int, tuple[int, str]]) -> None:
    """Put codes in the place of glyphs, and marks around some; the list stays as long as it is."""
    at, end = 0, -1
    for number in range(text.begin, text.end):
        item = text.stream[number]
        found = _SHOWN.fullmatch(item) if isinstance(item, bytes) else None
        if found is None:
            continue
        writer = _Writer()
        for glyphs, other in _TOKEN.findall(found[1]):
            if other:
                writer.move(other)
            for _ in range(0, len(glyphs), 4):
                if at in named and end < 0:
                    writer.close()
                    end, actual = named[at]
                    writer.items.append(_open(actual))
                writer.show(shown[at])
                at += 1
                if at == end:
                    writer.close()
                    writer.items.append(b"EMC")
                    end = -1
        writer.close()
        text.stream[number] = b"\n".join(writer.items)


def _open(text: str) -> bytes:
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC".encode()

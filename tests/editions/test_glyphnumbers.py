"""Glyphs of CID-keyed fonts, numbered by their places in the bytes of the table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from fontTools.cffLib import parseCharset, parseCharset0  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

import publish.editions.fontfiles as fontfiles
from publish.editions.fontfiles import FontFace, read_face
from publish.editions.glyphnumbers import number_glyphs

CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def index(*objects: bytes) -> bytes:
    ends = [1 + sum(map(len, objects[:number])) for number in range(len(objects) + 1)]
    head = len(objects).to_bytes(2) + (b"\x02" if objects else b"")
    return head + b"".join(end.to_bytes(2) for end in ends if objects) + b"".join(objects)


def long(number: int) -> bytes:
    return b"\x1d" + number.to_bytes(4)


def list_numbers(form: int, runs: Sequence[tuple[int, int]]) -> bytes:
    """A charset of a format, of runs of numbers from the first to the last."""
    if form == 0:
        every = (number for first, last in runs for number in range(first, last + 1))
        return b"\0" + b"".join(number.to_bytes(2) for number in every)
    pairs = (first.to_bytes(2) + (last - first).to_bytes(form) for first, last in runs)
    return bytes([form]) + b"".join(pairs)


def make_table(glyphs: int, charset: bytes, *, keyed: bool = True) -> tuple[bytes, int]:
    """A table `CFF ` without outlines, and where its charset is."""
    collection = b"\x8b\x8c\x8b\x0c\x1e" if keyed else b""
    before = b"\x1e\x12\x3f\x1c\x00\x05\xf7\x00\xfb\x00\x05"  # A real number and three others.
    size = len(collection) + len(before) + 12
    place = 4 + len(index(b"name")) + 7 + size + 4
    facts = collection + before + long(place) + b"\x0f" + long(place + len(charset)) + b"\x11"
    head = b"\x01\x00\x04\x02" + index(b"name") + index(facts) + index() + index()
    assert len(head) == place
    return head + charset + index(*[b"\x0e"] * glyphs), place


def read_numbers(table: bytes, place: int, glyphs: int) -> list[str]:
    form, file = table[place], io.BytesIO(table[place + 1 :])
    if form == 0:
        return list(parseCharset0(glyphs, file, None, True))
    return list(parseCharset(glyphs, file, None, True, form))


@pytest.mark.parametrize("form", [0, 1, 2])
@pytest.mark.parametrize(
    "runs",
    [
        [(7, 7)],
        [(7, 8)],
        [(5, 100)],
        [(3, 3), (90, 92), (5000, 5200)],
        [(9, 200), (1000, 1255), (60000, 60200)],
        [(1, 255), (300, 300)],
        [(1, 256)],
        [(2, 257)],
    ],
)
def test_glyphs_are_numbered_without_gaps(form: int, runs: list[tuple[int, int]]) -> None:
    charset = list_numbers(form, runs)
    glyphs = 1 + sum(last - first + 1 for first, last in runs)
    table, place = make_table(glyphs, charset)
    numbered = number_glyphs(table)
    assert len(numbered) == len(table)
    assert numbered[:place] == table[:place]
    after = place + len(charset)
    assert numbered[after:] == table[after:]
    wanted = [".notdef", *(f"cid{number:05}" for number in range(1, glyphs))]
    assert read_numbers(numbered, place, glyphs) == wanted


def test_a_font_with_names_stays_and_a_damaged_one_is_told() -> None:
    charset = list_numbers(1, [(5, 100)])
    named, _ = make_table(97, charset, keyed=False)
    assert number_glyphs(named) == named
    table, place = make_table(97, charset)
    for wrong in (table[:30], table[:place] + b"\x07" + table[place + 1 :]):
        with pytest.raises((ValueError, IndexError)):
            number_glyphs(wrong)
    known = table.replace(long(place), long(1))
    with pytest.raises(ValueError, match="every program knows"):
        number_glyphs(known)


@pytest.mark.full
@pytest.mark.skipif(not CJK.is_file(), reason=f"{CJK} is not there")
def test_a_font_is_the_same_as_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the size of its largest glyph, which is then looked for among those that are left."""
    quick = TTFont(io.BytesIO(read_face(FontFace("A", 400, "normal", CJK, letters="中国人民"))))
    monkeypatch.setattr(fontfiles, "number_glyphs", lambda table: table[len(table)])
    fontfiles._cut.cache_clear()
    slow = TTFont(io.BytesIO(read_face(FontFace("A", 400, "normal", CJK, letters="中国人民"))))
    tops = [font["CFF "].cff.topDictIndex[0] for font in (quick, slow)]
    assert tops[0].charset == tops[1].charset
    assert len(tops[0].charset) > 4
    for name in tops[0].charset:
        one, other = (top.CharStrings[name] for top in tops)
        one.decompile()
        other.decompile()
        assert one.program == other.program
    assert {tag for tag in quick.reader.tables if quick.reader[tag] != slow.reader[tag]} == {
        "CFF ",
        "head",
    }

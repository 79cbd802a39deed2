"""Documents from right to left, and seeded damage to the words of their PDFs."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from damages import text
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

CASES = Path(__file__).parent / "cases/right-to-left"
LANGUAGES = ("ar", "fa")


def write_document(root: Path, language: str) -> None:
    (root / "source").mkdir(parents=True)
    shutil.copy(CASES / f"{language}.md", root / "source/text.md")
    fonts = f'fonts.{language} = ["Noto Sans Arabic"]\n'
    settings = f'source-language = "{language}"\nlanguages = ["{language}"]\n{fonts}'
    (root / "publish.toml").write_text(settings, encoding="utf-8")


Damage = Callable[[PdfWriter, random.Random], None]

MARK = re.compile(rb"/Span <</MCID \d+ /ActualText <[0-9A-Fa-f]+>>> BDC\n(?:.*?)\nET\nEMC", re.S)
SPOKEN = re.compile(rb"(/MCID \d+ /ActualText <)([0-9A-Fa-f]+)(>)")
COPIED = re.compile(rb"(/Span <</ActualText <)([0-9A-Fa-f]+)(>>> BDC)")
SHOWN = re.compile(rb"\[[^\]]*\] TJ")
ALL_SHOWN = re.compile(rb"(?<= Tm\n).*(?=\nET)", re.S)
SPACE = b"0003"
"""The glyph of a space in the font of these documents."""


def _content(writer: PdfWriter, number: int) -> bytes:
    page: Any = writer.pages[number]
    return bytes(page["/Contents"].get_object().get_data())


def _write(writer: PdfWriter, number: int, data: bytes) -> None:
    stream = DecodedStreamObject()
    stream.set_data(data)
    writer.pages[number][NameObject("/Contents")] = writer._add_object(stream)


def _texts(data: bytes) -> list[re.Match[bytes]]:
    """The marks with several words from right to left."""

    def words(found: re.Match[bytes]) -> str:
        hidden = SPOKEN.search(found[0])
        assert hidden
        return bytes.fromhex(hidden[2].decode()).decode("utf-16")

    return [
        one for one in MARK.finditer(data) if len(re.findall("[\u0620-\u06ff]{2,}", words(one))) > 1
    ]


def _page(writer: PdfWriter) -> int:
    return max(range(len(writer.pages)), key=lambda n: len(_texts(_content(writer, n))))


def _two(writer: PdfWriter, chance: random.Random) -> tuple[int, bytes, Any, Any]:
    number = _page(writer)
    data = _content(writer, number)
    one, other = sorted(chance.sample(_texts(data), 2), key=lambda found: found.start())
    return number, data, one, other


def _exchange(data: bytes, one: Any, other: Any, pattern: re.Pattern[bytes], group: int) -> bytes:
    """The part that a pattern finds, exchanged between two marks."""
    places = []
    for mark in (one, other):
        found = pattern.search(mark[0])
        assert found
        places.append([mark.start() + place for place in found.span(group)])
    (begin, end), (start, stop) = places
    return data[:begin] + data[start:stop] + data[end:start] + data[begin:end] + data[stop:]


def swapped(writer: PdfWriter, chance: random.Random) -> None:
    """Two texts change places, for eye and ear."""
    number, data, one, other = _two(writer, chance)
    ids = [re.search(rb"/MCID \d+", found[0])[0] for found in (one, other)]  # type: ignore[index]
    first = other[0].replace(ids[1], ids[0], 1)
    second = one[0].replace(ids[0], ids[1], 1)
    changed = data[: one.start()] + first + data[one.end() : other.start()] + second
    _write(writer, number, changed + data[other.end() :])


def swapped_for_the_ear(writer: PdfWriter, chance: random.Random) -> None:
    number, data, one, other = _two(writer, chance)
    _write(writer, number, _exchange(data, one, other, SPOKEN, 2))


def swapped_for_the_eye(writer: PdfWriter, chance: random.Random) -> None:
    number, data, one, other = _two(writer, chance)
    _write(writer, number, _exchange(data, one, other, ALL_SHOWN, 0))


def _change(writer: PdfWriter, chance: random.Random, change: Callable[[bytes], bytes]) -> None:
    number = _page(writer)
    data = _content(writer, number)
    one = chance.choice(_texts(data))
    changed = change(one[0])
    assert changed != one[0]
    _write(writer, number, data[: one.start()] + changed + data[one.end() :])


def lost(writer: PdfWriter, chance: random.Random) -> None:
    """A mark with its text is gone."""
    _change(writer, chance, lambda mark: b"")


def lost_for_the_ear(writer: PdfWriter, chance: random.Random) -> None:
    _change(writer, chance, lambda mark: SPOKEN.sub(rb"\1FEFF\3", mark))


def lost_for_the_eye(writer: PdfWriter, chance: random.Random) -> None:
    _change(writer, chance, lambda mark: SHOWN.sub(b"", mark))


def added(writer: PdfWriter, chance: random.Random) -> None:
    """The same text is there once more."""
    _change(writer, chance, lambda mark: mark + b"\n" + mark)


def added_for_the_ear(writer: PdfWriter, chance: random.Random) -> None:
    _change(writer, chance, lambda mark: SPOKEN.sub(rb"\1\2\2\3", mark))


def added_for_the_eye(writer: PdfWriter, chance: random.Random) -> None:
    _change(writer, chance, lambda mark: SHOWN.sub(rb"\g<0> \g<0>", mark))


def another_language(writer: PdfWriter, chance: random.Random) -> None:
    """An element with a text of its own is set under another language."""
    elements: list[Any] = [one for one in writer._objects if isinstance(one, DictionaryObject)]
    kinds = ("/P", "/H1", "/H2", "/TD", "/LBody", "/Span")
    with_text = [
        one
        for one in elements
        if one.get("/S") in kinds and any(isinstance(kid, int) for kid in one["/K"])
    ]
    chance.choice(with_text)[NameObject("/Lang")] = text(chance.choice(("ur", "fr", "he")))


def a_word_for_the_ear(writer: PdfWriter, chance: random.Random) -> None:
    """A word is read aloud as another one."""

    def change(mark: bytes) -> bytes:
        def other(found: re.Match[bytes]) -> bytes:
            words = bytes.fromhex(found[2].decode()).decode("utf-16")
            places = list(re.finditer("[\u0620-\u06ff]{2,}", words))
            place = chance.choice(places)
            new = words[: place.start()] + "دروغ" + words[place.end() :]
            return found[1] + b"FEFF" + new.encode("utf-16-be").hex().encode() + found[3]

        return SPOKEN.sub(other, mark)

    _change(writer, chance, change)


def a_letter_for_those_who_copy(writer: PdfWriter, chance: random.Random) -> None:
    """A glyph says another letter to programs that take texts out."""
    _change(writer, chance, lambda mark: COPIED.sub(rb"\1FEFF0064\3", mark, count=1))


def a_word_for_the_eye(writer: PdfWriter, chance: random.Random) -> None:
    """A word is shown as another word of the page, of the same font."""
    number = _page(writer)
    data = _content(writer, number)
    words = [word for mark in _texts(data) for word in _words(data, mark)]
    font, begin, end = chance.choice(words)
    others = {data[b:e] for f, b, e in words if f == font} - {data[begin:end]}
    _write(writer, number, data[:begin] + chance.choice(sorted(others)) + data[end:])


def _words(data: bytes, mark: re.Match[bytes]) -> list[tuple[bytes, int, int]]:
    """The font, begin and end of each word of one font that a mark shows."""
    found: list[tuple[bytes, int, int]] = []
    fonts = set(re.findall(rb"/(\S+) [\d.]+ Tf", mark[0]))
    if len(fonts) > 1:
        return []
    word: list[int] = []
    for shown in SHOWN.finditer(mark[0]):
        for glyphs in re.finditer(rb"(?<=<)[0-9a-f]+(?=>)", shown[0]):
            for offset in range(0, len(glyphs[0]), 4):
                at = mark.start() + shown.start() + glyphs.start() + offset
                if data[at : at + 4] != SPACE:
                    word.append(at)
                    continue
                if len(word) > 2:
                    found.append((next(iter(fonts)), word[0], word[-1] + 4))
                word = []
    return found


DAMAGES: dict[str, Damage] = {
    "two texts swapped": swapped,
    "two texts swapped for the ear": swapped_for_the_ear,
    "two texts swapped for the eye": swapped_for_the_eye,
    "a text lost": lost,
    "a text lost for the ear": lost_for_the_ear,
    "a text lost for the eye": lost_for_the_eye,
    "a text added": added,
    "a text added for the ear": added_for_the_ear,
    "a text added for the eye": added_for_the_eye,
    "another language": another_language,
    "another word for the ear": a_word_for_the_ear,
    "another word for the eye": a_word_for_the_eye,
    "another letter for those who copy": a_letter_for_those_who_copy,
}
"""Damage to the words of a PDF from right to left, by what it does."""

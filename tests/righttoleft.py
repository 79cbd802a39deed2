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

from publish.languages.scripts import has_right_to_left

CASES = Path(__file__).parent / "cases/right-to-left"
LANGUAGES = ("ar", "fa")


def write_document(root: Path, language: str) -> None:
    (root / "source").mkdir(parents=True)
    shutil.copy(CASES / f"{language}.md", root / "source/text.md")
    fonts = f'fonts.{language} = ["Noto Sans Arabic"]\n'
    settings = f'source-language = "{language}"\nlanguages = ["{language}"]\n{fonts}'
    (root / "publish.toml").write_text(settings, encoding="utf-8")


Damage = Callable[[PdfWriter, random.Random], None]

MARK = re.compile(rb"/Span <</MCID \d+>> BDC\n(?:.*?)\nET\nEMC", re.S)
BODY = re.compile(rb"(?<= Tf\n).*(?=\nET)", re.S)
CODE = re.compile(rb"<([0-9a-f]{4})>\] TJ")


def _content(writer: PdfWriter, number: int) -> bytes:
    page: Any = writer.pages[number]
    return bytes(page["/Contents"].get_object().get_data())


def _write(writer: PdfWriter, number: int, data: bytes) -> None:
    stream = DecodedStreamObject()
    stream.set_data(data)
    writer.pages[number][NameObject("/Contents")] = writer._add_object(stream)


def _letters(writer: PdfWriter) -> dict[bytes, dict[bytes, str]]:
    """The letters of each code of each font."""
    page: Any = writer.pages[0]
    found = {}
    for name, font in page["/Resources"]["/Font"].items():
        written = font.get_object()["/ToUnicode"].get_object().get_data()
        pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", written)
        found[name[1:].encode()] = {
            code: bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in pairs
        }
    return found


def _words(writer: PdfWriter, data: bytes) -> list[tuple[bytes, list[re.Match[bytes]]]]:
    """The codes of each word from right to left, with its font."""
    known, found, font = _letters(writer), [], b""
    word: list[re.Match[bytes]] = []
    for item in re.finditer(rb"/(\w+) \S+ Tf|<([0-9a-f]{4})>\] TJ|ET", data):
        letters = known[font].get(item[2], "") if item[2] else ""
        if letters and has_right_to_left(letters):
            word.append(item)
            continue
        if len(word) > 2:
            found.append((font, word))
        word = []
        font = item[1] or font
    return found


def _texts(writer: PdfWriter, data: bytes) -> list[re.Match[bytes]]:
    """The marks with several words from right to left."""
    starts = [word[0].start() for _, word in _words(writer, data)]
    return [
        one
        for one in MARK.finditer(data)
        if sum(one.start() < start < one.end() for start in starts) > 1
    ]


def _page(writer: PdfWriter) -> int:
    return max(range(len(writer.pages)), key=lambda n: len(_texts(writer, _content(writer, n))))


def _exchange(data: bytes, one: tuple[int, int], other: tuple[int, int]) -> bytes:
    (begin, end), (start, stop) = sorted((one, other))
    return data[:begin] + data[start:stop] + data[end:start] + data[begin:end] + data[stop:]


def _swap(writer: PdfWriter, chance: random.Random, pattern: re.Pattern[bytes]) -> None:
    """Exchange what a pattern finds in two marks."""
    number = _page(writer)
    data = _content(writer, number)
    places = []
    for mark in chance.sample(_texts(writer, data), 2):
        found = pattern.search(mark[0])
        assert found
        places.append((mark.start() + found.start(), mark.start() + found.end()))
    _write(writer, number, _exchange(data, *places))


def swapped(writer: PdfWriter, chance: random.Random) -> None:
    """Two texts change places in the order of reading."""
    _swap(writer, chance, re.compile(rb"/MCID \d+"))


def swapped_on_the_page(writer: PdfWriter, chance: random.Random) -> None:
    _swap(writer, chance, BODY)


def _change(writer: PdfWriter, chance: random.Random, change: Callable[[bytes], bytes]) -> None:
    number = _page(writer)
    data = _content(writer, number)
    one = chance.choice(_texts(writer, data))
    changed = change(one[0])
    assert changed != one[0]
    _write(writer, number, data[: one.start()] + changed + data[one.end() :])


def lost(writer: PdfWriter, chance: random.Random) -> None:
    """A mark with its text is gone."""
    _change(writer, chance, lambda mark: b"")


def emptied(writer: PdfWriter, chance: random.Random) -> None:
    _change(writer, chance, lambda mark: CODE.sub(rb"] TJ", mark))


def added(writer: PdfWriter, chance: random.Random) -> None:
    """The same text is there once more."""
    _change(writer, chance, lambda mark: mark + b"\n" + mark)


def doubled(writer: PdfWriter, chance: random.Random) -> None:
    _change(writer, chance, lambda mark: BODY.sub(rb"\g<0>\n\g<0>", mark))


def another_text_read_aloud(writer: PdfWriter, chance: random.Random) -> None:
    named = "دروغ".encode("utf-16-be").hex().encode()
    _change(
        writer,
        chance,
        lambda mark: mark.replace(b">> BDC", b" /ActualText <FEFF%s>>> BDC" % named, 1),
    )


def a_letter_named_otherwise(writer: PdfWriter, chance: random.Random) -> None:
    """A mark within a text names another letter to programs that take texts out."""

    def change(mark: bytes) -> bytes:
        found = chance.choice(list(re.finditer(rb"\[[^\]]*\] TJ", mark)))
        named = b"/Span <</ActualText <FEFF0064>>> BDC\n%s\nEMC" % found[0]
        return mark[: found.start()] + named + mark[found.end() :]

    _change(writer, chance, change)


def a_word_as_another(writer: PdfWriter, chance: random.Random) -> None:
    """A word is shown as another word of the page, of the same font and length."""
    number = _page(writer)
    data = _content(writer, number)
    words = _words(writer, data)
    pairs = [
        (one, other)
        for font, one in words
        for name, other in words
        if font == name and len(one) == len(other) and [c[2] for c in one] != [c[2] for c in other]
    ]
    one, other = chance.choice(pairs)
    for code, new in zip(one, other, strict=True):
        data = data[: code.start(2)] + new[2] + data[code.end(2) :]
    _write(writer, number, data)


def two_letters_swapped(writer: PdfWriter, chance: random.Random) -> None:
    number = _page(writer)
    data, known = _content(writer, number), _letters(writer)
    # Two shapes of one letter that change places are no other text.
    unlike = [
        word
        for font, word in _words(writer, data)
        if known[font][word[0][2]] != known[font][word[1][2]]
    ]
    word = chance.choice(unlike)
    _write(writer, number, _exchange(data, word[0].span(2), word[1].span(2)))


def a_code_says_another_letter(writer: PdfWriter, chance: random.Random) -> None:
    """The map from codes to letters says one letter for another."""
    data = _content(writer, _page(writer))
    font, word = chance.choice(_words(writer, data))
    page: Any = writer.pages[0]
    stream: Any = page["/Resources"]["/Font"][f"/{font.decode()}"]["/ToUnicode"].get_object()
    written = stream.get_data()
    changed = re.sub(rb"(<%s> )<[0-9a-f]+>" % word[0][2], rb"\1<0064>", written)
    assert changed != written
    stream.set_data(changed)


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


DAMAGES: dict[str, Damage] = {
    "two texts swapped": swapped,
    "two texts swapped on the page": swapped_on_the_page,
    "a text lost": lost,
    "a text emptied": emptied,
    "a text added": added,
    "a text doubled": doubled,
    "another language": another_language,
    "another text read aloud": another_text_read_aloud,
    "a letter named otherwise": a_letter_named_otherwise,
    "a word shown as another": a_word_as_another,
    "two letters of a word swapped": two_letters_swapped,
    "a code that says another letter": a_code_says_another_letter,
}
"""Damage to the words of a PDF from right to left, by what it does."""

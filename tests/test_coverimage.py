"""The picture of a cover: few colours, the theme's among them, the same each time."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from publish.editions.epub.cover import HEIGHT, WIDTH, CoverText, cover_png
from publish.editions.fonts import font_faces

ACCENT = (10, 60, 90)
WORDS = CoverText(
    title="Türkmenistan: обзор",
    subtitle="A chapter",
    author="The authors",
    date="24 June 2024",
    language="Türkmençe",
    state="Draft, not reviewed",
    direction="ltr",
    accent=ACCENT,
)


def picture(words: CoverText) -> Image.Image:
    return Image.open(io.BytesIO(cover_png(words, font_faces())))


def colours(image: Image.Image) -> set[object]:
    found = image.convert("RGB").getcolors(256)
    assert found is not None
    return {colour for _, colour in found}


def drawn(image: Image.Image, top: int, bottom: int) -> tuple[int, int, int, int]:
    """The box of all that is not paper between two rows."""
    part = image.convert("L").point([255] * 250 + [0] * 6).crop((0, top, WIDTH, bottom))
    box = part.getbbox()
    assert box is not None
    return box


def test_a_cover_has_its_size_and_no_more_than_sixteen_colours() -> None:
    image = picture(WORDS)
    assert image.size == (WIDTH, HEIGHT)
    found = colours(image)
    assert {(255, 255, 255), (26, 26, 26), (96, 96, 96), ACCENT} <= found
    assert len(found) <= 16
    assert len(cover_png(WORDS, font_faces())) < 20_000


def test_only_the_accent_changes_with_the_accent() -> None:
    other = picture(replace(WORDS, accent=(90, 60, 10)))
    assert ACCENT not in colours(other)
    assert other.tobytes() == picture(WORDS).tobytes(), "the same steps of the palette"


def test_without_a_state_there_is_no_frame() -> None:
    assert (
        drawn(picture(WORDS), 80, 290)[1] < drawn(picture(replace(WORDS, state="")), 80, 290)[1] + 9
    )
    assert cover_png(WORDS, font_faces()) != cover_png(replace(WORDS, state=""), font_faces())


def test_letters_begin_at_the_side_that_a_language_begins_at() -> None:
    left = drawn(picture(WORDS), 300, 700)
    right = drawn(picture(replace(WORDS, direction="rtl")), 300, 700)
    assert left[0] < 100
    assert right[2] > WIDTH - 100


@pytest.mark.parametrize("title", ["A", "word " * 60, "x" * 300, "—"])
def test_any_title_can_be_drawn(title: str) -> None:
    assert picture(replace(WORDS, title=title)).size == (WIDTH, HEIGHT)


def test_the_same_words_give_the_same_bytes() -> None:
    assert cover_png(WORDS, font_faces()) == cover_png(WORDS, font_faces())

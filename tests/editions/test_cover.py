"""The picture of a cover: few colours, the theme's among them, the same each time."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from publish.editions.epub.cover import HEIGHT, WIDTH, CoverText, draw_cover
from publish.editions.fonts import HEADING_FAMILY, TEXT_FAMILY, FontFace, find_font_faces

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
    return Image.open(io.BytesIO(draw_cover(words, find_font_faces())))


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
    assert len(draw_cover(WORDS, find_font_faces())) < 20_000


def test_only_the_accent_changes_with_the_accent() -> None:
    other = picture(replace(WORDS, accent=(90, 60, 10)))
    assert ACCENT not in colours(other)
    assert other.tobytes() == picture(WORDS).tobytes(), "the same steps of the palette"


def test_without_a_state_there_is_no_frame() -> None:
    assert (
        drawn(picture(WORDS), 80, 290)[1] < drawn(picture(replace(WORDS, state="")), 80, 290)[1] + 9
    )
    assert draw_cover(WORDS, find_font_faces()) != draw_cover(
        replace(WORDS, state=""), find_font_faces()
    )


def test_letters_begin_at_the_side_that_a_language_begins_at() -> None:
    left = drawn(picture(WORDS), 300, 700)
    right = drawn(picture(replace(WORDS, direction="rtl")), 300, 700)
    assert left[0] < 100
    assert right[2] > WIDTH - 100


def static(weight: int, family: str, style: str = "normal", name: str = "F") -> FontFace:
    """A face that says it has one weight, drawn with the letters of another family."""
    (face,) = (
        one for one in find_font_faces((family,)) if one.style == style and one.weight is None
    )
    return replace(face, family=name, weight=weight, style="normal")


def test_each_text_is_set_in_the_nearest_weight_there_is() -> None:
    regular, bold = static(400, TEXT_FAMILY), static(700, HEADING_FAMILY)
    others = [static(weight, TEXT_FAMILY, "italic") for weight in (100, 200, 549, 551, 1000)]
    wanted = draw_cover(WORDS, [regular, bold])
    assert wanted != draw_cover(WORDS, [regular])
    assert wanted != draw_cover(WORDS, [bold])
    assert draw_cover(WORDS, [bold, regular]) == wanted
    assert draw_cover(WORDS, [*others, regular, bold]) == wanted
    assert draw_cover(WORDS, [regular, bold, *others]) == wanted


def test_headings_of_a_cover_are_set_in_the_second_family() -> None:
    plain, other = static(400, TEXT_FAMILY), static(400, HEADING_FAMILY, name="G")
    third = static(400, TEXT_FAMILY, "italic", name="H")
    words = replace(WORDS, subtitle="", state="", author="", date="")
    assert draw_cover(words, [plain, other]) == draw_cover(words, [plain, other, third])
    assert draw_cover(words, [plain, other]) != draw_cover(words, [other, plain])


@pytest.mark.parametrize("title", ["A", "word " * 60, "x" * 300, "—", "Two\nlines"])
def test_any_title_can_be_drawn(title: str) -> None:
    assert picture(replace(WORDS, title=title)).size == (WIDTH, HEIGHT)


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw_cover(WORDS, find_font_faces()) == draw_cover(WORDS, find_font_faces())

"""Sets the words of a cover in smaller type if they would not fit one page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publish.model import PageSize, Role, plain

if TYPE_CHECKING:
    from publish.editions.page.edition import Manuscript

__all__ = ["fit_cover", "fit_title"]

SCALES = (1.0, 0.88, 0.76, 0.66, 0.57, 0.5, 0.43, 0.37)
SMALLEST = 7.5
"""The smallest type of a cover, in points; that of large print is larger."""

LONG = 60.0
"""How wide a title of three lines above a brief is, in the size of its type."""

WIDE, LETTER = 1.0, 0.56
"""The width of a Chinese sign and of any other letter, in the size of the type."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The style of one text of a cover, in points; `below` is the space after it."""

    selector: str
    size: float
    leading: float
    below: float


@dataclass(frozen=True, slots=True)
class _Cover:
    """The width and height for the words, what else takes height, and the styles of the words."""

    width: float
    height: float
    taken: float
    words: Mapping[Role, _Words]


COVERS: Mapping[tuple[PageSize, bool], _Cover] = {
    ("a4", False): _Cover(
        392,
        674,
        200,
        {
            Role.PUBLISHER: _Words(".cover .cover-publisher", 11, 15, 0),
            Role.AUTHOR: _Words(".cover .cover-author", 11, 15, 30),
            Role.TITLE: _Words(".cover .cover-title", 34, 39, 15),
            Role.SUBTITLE: _Words(".cover .cover-subtitle", 16, 22.5, 30),
        },
    ),
    ("phone", False): _Cover(
        210,
        383,
        130,
        {
            Role.PUBLISHER: _Words(".cover .cover-publisher", 9.5, 12, 0),
            Role.AUTHOR: _Words(".cover .cover-author", 9.5, 12, 14),
            Role.TITLE: _Words(".cover .cover-title", 21, 25, 8),
            Role.SUBTITLE: _Words(".cover .cover-subtitle", 12, 16, 14),
        },
    ),
    ("large", False): _Cover(
        457,
        690,
        270,
        {
            Role.PUBLISHER: _Words(".cover .cover-publisher", 16, 24, 0),
            Role.AUTHOR: _Words(".cover .cover-author", 16, 24, 48),
            Role.TITLE: _Words(".cover .cover-title", 40, 48, 24),
            Role.SUBTITLE: _Words(".cover .cover-subtitle", 22, 30, 48),
        },
    ),
    ("booklet", False): _Cover(
        321,
        489,
        165,
        {
            Role.PUBLISHER: _Words(".cover .cover-publisher", 10, 13, 0),
            Role.AUTHOR: _Words(".cover .cover-author", 10, 13, 22),
            Role.TITLE: _Words(".cover .cover-title", 25, 29, 11),
            Role.SUBTITLE: _Words(".cover .cover-subtitle", 13, 18, 22),
        },
    ),
    ("a4", True): _Cover(
        475,
        680,
        270,
        {
            Role.PUBLISHER: _Words(".cover .cover-publisher", 9.5, 13, 0),
            Role.AUTHOR: _Words(".cover .cover-author", 9.5, 13, 15),
            Role.TITLE: _Words(".cover .cover-title", 24, 29, 9),
            Role.SUBTITLE: _Words(".cover .cover-subtitle", 13, 18, 15),
        },
    ),
}
"""The covers of `pdf.css`, `phone.css`, `large.css`, `booklet.css` and `bilingual.css`."""


def fit_cover(text: Manuscript, page: PageSize) -> str:
    """Return rules that make the words of a cover smaller; empty if they fit as they are."""
    size: PageSize = "a4" if page == "print" else page
    cover = COVERS.get((size, text.second is not None), COVERS["phone", False])
    for scale in SCALES:
        if _height(text, cover, scale) <= cover.height - cover.taken:
            break
    return "" if scale == 1 else "".join(_rules(cover, scale))


def fit_title(text: Manuscript) -> str:
    """Return a rule that makes a title of many lines smaller above the text of a brief."""
    titles = (one for half in text.both for one in half.document.front_text(Role.TITLE))
    if max((_width(plain(title)) for title in titles), default=0) <= LONG:
        return ""
    return ".cover .cover-title { font-size: 15pt; line-height: 20pt }\n"


def _height(text: Manuscript, cover: _Cover, scale: float) -> float:
    total = 0.0
    for half in text.both:
        for role, words in cover.words.items():
            if role is Role.PUBLISHER and half is not text:
                continue
            size, leading, below = _scaled(words, scale)
            shown = ", ".join(plain(content) for content in half.document.front_text(role))
            total += -(-_width(shown) * size // cover.width) * leading + below
    return total


def _width(text: str) -> float:
    """Return about how wide a text is, in the size of its type."""
    return sum(WIDE if unicodedata.east_asian_width(one) in "WF" else LETTER for one in text)


def _scaled(words: _Words, scale: float) -> tuple[float, float, float]:
    smaller = min(max(words.size * scale, SMALLEST), words.size)
    return smaller, words.leading * smaller / words.size, words.below * scale


def _rules(cover: _Cover, scale: float) -> Iterator[str]:
    for words in cover.words.values():
        size, leading, below = _scaled(words, scale)
        yield (
            f"{words.selector} {{ font-size: {size:.1f}pt; line-height: {leading:.1f}pt; "
            f"margin-bottom: {below:.1f}pt; height: auto }}\n"
        )
    yield ".cover .cover-rule { margin-top: 18pt; margin-bottom: 12pt }\n"

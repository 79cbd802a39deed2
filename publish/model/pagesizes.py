"""The kinds of pages of PDFs, and what every part of the program has to know of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["PAGES", "PageFacts", "PageSize"]

PageSize = Literal["a4", "phone", "large", "booklet", "print"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What is known of a kind of pages.

    A PDF with them takes `effort` times as long as one on A4.  They are `two_sided` if left and
    right pages always differ, `folded` if two of them stand on each side of a sheet that is
    folded, and `for_press` if a printing house gets them.  PDFs that are only printed have no
    links.
    """

    effort: float = 1.0
    two_sided: bool = False
    folded: bool = False
    for_press: bool = False

    @property
    def is_archival(self) -> bool:
        """Whether the file claims PDF/A, and PDF/UA if its lines allow it."""
        return self.claims and not self.for_press

    @property
    def claims(self) -> bool:
        """Whether the file claims to keep a standard."""
        return not self.folded

    @property
    def has_links(self) -> bool:
        """Whether the file has links that can be followed."""
        return not self.folded and not self.for_press


PAGES: Mapping[PageSize, PageFacts] = {
    "a4": PageFacts(),
    "phone": PageFacts(),
    "large": PageFacts(effort=1.2),
    "booklet": PageFacts(effort=1.1, two_sided=True, folded=True),
    "print": PageFacts(two_sided=True, for_press=True),
}
"""Every kind; `publish/editions/page/style.py` has the style sheets of each."""

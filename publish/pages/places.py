"""Places of sentences as HTML pages show them."""

from __future__ import annotations

from typing import NamedTuple

from publish.editions.page.interface import Interface
from publish.model import Location
from publish.reading.locationwords import describe_spot
from publish.visible import make_visible

__all__ = ["PlaceCells", "make_place_cells"]


class PlaceCells(NamedTuple):
    """The id of a section, which is in the source's language, and the place within it.

    `english` is set where the interface has no words for the place, so that it is in English.
    """

    section: str
    spot: str
    english: bool


def make_place_cells(location: Location, interface: Interface) -> PlaceCells:
    """Return a place in the interface's language, or all in English if it lacks a word."""
    asked: list[str] = []

    def translate(message: str) -> str:
        asked.append(message)
        return interface.text(message)

    spot = describe_spot(location, translate)
    english = not all(map(interface.knows, asked))
    section = make_visible(location.section)
    return PlaceCells(section, describe_spot(location) if english else spot, english)

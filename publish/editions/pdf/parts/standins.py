"""Stands in for the pages, boxes and streams of WeasyPrint while a file is written from parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.parts.pagecontents import FinishedPage
from publish.editions.pdf.parts.recording import PageHead

__all__ = ["StandInBox", "StandInPage", "make_stream"]


@dataclass(eq=False, slots=True)
class StandInBox:
    """An image or the area of a link; WeasyPrint sets `link_annotation`."""

    element: Element
    place: tuple[float, float, float, float] | None
    link_annotation: Any = None

    def content_box_x(self) -> float:
        """Return where an image begins, from the left of the page."""
        return self.place[0] if self.place else 0.0

    def content_box_y(self) -> float:
        """Return where an image begins, from the top of the page."""
        return self.place[1] if self.place else 0.0

    @property
    def width(self) -> float:
        """The width of an image."""
        return self.place[2] if self.place else 0.0

    @property
    def height(self) -> float:
        """The height of an image."""
        return self.place[3] if self.place else 0.0


@dataclass(slots=True)
class StandInPage:
    """A page that is painted already.

    `pieces` are its images and areas of links, by their numbers on it; a text is nothing but its
    number there.  `load` has the image of an address by its name in streams.
    """

    head: PageHead
    finished: FinishedPage
    pieces: Mapping[int, StandInBox]
    number: int
    load: Mapping[str, Any]
    links: list[Any] = field(default_factory=list)
    forms: dict[Any, list[Any]] = field(default_factory=lambda: {None: []})

    @classmethod
    def make(
        cls,
        head: PageHead,
        finished: FinishedPage,
        number: int,
        find: Callable[[int], Element],
        load: Mapping[str, Any],
    ) -> StandInPage:
        """Return the page of a number, from 0; `find` returns the element of a number."""
        pieces = {at: StandInBox(find(one.element), one.place) for at, one in head.pieces.items()}
        links = [(kind, target, area, pieces[at]) for kind, target, area, at in head.links]
        return cls(head, finished, pieces, number, load, links)

    @property
    def width(self) -> float:
        """The width of the page in CSS px."""
        return self.head.width

    @property
    def height(self) -> float:
        """Its height."""
        return self.head.height

    @property
    def bleed(self) -> Mapping[str, float]:
        """How far it goes over each edge."""
        return self.head.bleed

    @property
    def anchors(self) -> Mapping[str, Any]:
        """The places on it that links lead to."""
        return self.head.anchors

    @property
    def bookmarks(self) -> Sequence[Any]:
        """The headings on it."""
        return self.head.bookmarks

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Give a stream what the page shows."""
        finished = self.finished
        stream.packed = finished.packed
        pieces = self.pieces
        stream._tags.update((pieces.get(at, at), n) for n, at in enumerate(self.head.marks))
        for name, (smooth, ratios) in finished.images.items():
            known = stream._images.setdefault(
                name,
                {
                    "image": self.load[name],
                    "interpolate": smooth,
                    "dpi_ratios": set(),
                    "x_object": None,
                },
            )
            known["dpi_ratios"] |= ratios
        if finished.own is None:
            for name, state in finished.states.items():
                stream._resources["ExtGState"].setdefault(name, state)
            for name in finished.images:
                stream._resources["XObject"][name] = None


def make_stream(base: Any) -> Any:
    """Return a subclass of WeasyPrint's stream whose content is packed already."""
    import pydyf  # type: ignore[import-untyped]

    class Packed(base):  # type: ignore[misc]
        packed = b""

        @property
        def data(self) -> bytes:
            about = {**self.extra, "Filter": "/FlateDecode", "Length": len(self.packed)}
            head: bytes = pydyf.Dictionary(about).data
            return b"\n".join((head, b"stream", self.packed, b"endstream"))

    return Packed

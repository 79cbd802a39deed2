"""What reading a page needs to know, and its list of losses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from publish.importing.markup.pagetree import HtmlElement, show_text
from publish.importing.results import Loss
from publish.model import Block, Inlines, Prose, Role, Span
from publish.reading.marks.addresses import is_mail_address, is_web_address

__all__ = ["PageReading", "ReadParts", "note_anchor", "read_given_id"]

GIVEN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,60}")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """The state of reading a page.

    `sections` are the headings so far, as the losses name them, and `anchors` says in which of
    them, by number, each id of the page stands.  `marks` are the labels of the notes by the
    element of their mark, `skipped` the elements that are no text: marks, and links back to them.
    `pictures` are those that came with the page, `used` those that the document has.
    """

    file: str
    language: str
    base: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    used: dict[str, bytes] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    marks: dict[HtmlElement, str] = field(default_factory=dict)
    skipped: set[HtmlElement] = field(default_factory=set)
    numbers: list[str] = field(default_factory=list)
    """The numbers of items that were typed as text; each edition writes its own."""
    role: Role = Role.PARAGRAPH
    inside: bool = False
    """Whether blocks are in a list, a quotation, a box, a cell or a note."""

    def within(self, role: Role) -> PageReading:
        """Return the state for what is inside a block, with the role of its paragraphs."""
        return replace(self, role=role, inside=True)

    def span(self, element: HtmlElement) -> Span:
        """Return the line of an element."""
        line = element.sourceline if isinstance(element.sourceline, int) else 1
        return Span(self.file, line, line)

    def prose(self, content: Inlines, element: HtmlElement, role: Role | None = None) -> Prose:
        """Return a text with the notes to translators that its element has."""
        given = element.get("data-ctx")
        return Prose(
            content=content,
            role=role or self.role,
            span=self.span(element),
            context=_plain_value(given) if given is not None else None,
            note=_plain_value(element.get("data-note") or ""),
            whole=element.get("data-whole") is not None,
        )

    def place(self, element: HtmlElement | None = None) -> str:
        """Return where reading is, in words; an element may say it itself."""
        at = element
        while at is not None:
            if said := at.get("data-place") or at.get("data-moved"):
                return str(said)
            at = at.getparent()
        return f"in “{self.sections[-1]}”" if self.sections else "at the beginning"

    def lose(self, element: HtmlElement, kind: str, reason: str = "") -> None:
        """Note that an element is not in the document."""
        self.lose_text(
            show_text(element, frozenset(self.skipped)), kind, self.place(element), reason
        )

    def lose_text(self, text: str, kind: str, place: str = "", reason: str = "") -> None:
        """Note that some words, or a thing without words, are not in the document."""
        self.losses.append(Loss(kind=kind, text=text, place=place or self.place(), reason=reason))

    def resolve(self, href: str) -> str:
        """Return an address that an edition can contain, `#id` for one of the page; else empty."""
        written = "".join(href.split()) if "://" in href else href.strip()
        if self.base and not SCHEME.match(written) and not written.startswith("#"):
            written = urljoin(self.base, written)
        here, _, name = written.partition("#")
        if name and here and here == self.base.partition("#")[0]:
            written = f"#{name}"
        if written.startswith("#"):
            return written
        if written.startswith("//"):
            written = f"https:{written}"
        for address in (written, quote_odd(written)):
            if is_web_address(address) or is_mail_address(address):
                return address
        return ""


ReadParts = Callable[[Iterable[str | HtmlElement], HtmlElement, PageReading], tuple[Block, ...]]
"""Returns the blocks of some texts and elements, which stand in an element."""


def note_anchor(element: HtmlElement, reading: PageReading) -> None:
    """Note in which section the ids of an element stand."""
    for name in (element.get("id"), element.get("name")):
        if name:
            reading.anchors.setdefault(name, len(reading.sections) - 1)


def quote_odd(address: str) -> str:
    """Return an address with the characters percent-encoded that no address may have."""
    odd = re.compile(r"[^\w\-.~!$&'(*)+,;=:@/?#%]|%(?![0-9A-Fa-f]{2})", re.ASCII)
    return odd.sub(
        lambda found: (
            found[0]
            if ord(found[0]) > 0x9F
            else "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8"))
        ),
        address,
    )


def _plain_value(text: str) -> str:
    """Return a text as the value of an attribute in a source may be."""
    return " ".join(text.replace('"', "”").split())


def read_given_id(element: HtmlElement) -> str:
    """Return the id that a page wants its figure or table to have in the source, or nothing."""
    given = element.get("data-id") or ""
    return given if GIVEN_ID.fullmatch(given) else ""

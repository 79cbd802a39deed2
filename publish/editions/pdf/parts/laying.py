"""Lays out and paints one part of a document, as plain data: `lay_out_part`, `lay_out_blank`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import md5, sha256
from typing import Any
from xml.etree.ElementTree import Element

from publish.aside import Aside, AsideBytes
from publish.editions.pagination import PageStart, find_unfilled_starts
from publish.editions.pdf.complaints import find_bad_links
from publish.editions.pdf.document import PdfInput, lay_out_pages, open_images, setting_lines
from publish.editions.pdf.engine import Styles, address_images, capture_log, read_styles
from publish.editions.pdf.parts.counters import Counts, carrying
from publish.editions.pdf.parts.digits import (
    Digits,
    NumbersNeededError,
    check_names,
    find_digits,
    name_digits,
)
from publish.editions.pdf.parts.edges import Edges, Leaf, check_edges
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.filling import hide_zeros
from publish.editions.pdf.parts.furniture import (
    Folio,
    PageKind,
    paint_blank,
    paint_furniture,
    without_furniture,
)
from publish.editions.pdf.parts.masking import PartNumbers
from publish.editions.pdf.parts.numbering import fill_numbers, take_numbers
from publish.editions.pdf.parts.pagecontents import (
    Inks,
    Layer,
    has_turned,
    lay_over,
    make_inks,
    open_contents,
    settle,
)
from publish.editions.pdf.parts.recalling import Recalled
from publish.editions.pdf.parts.recording import (
    FontFacts,
    PageHead,
    PageSketch,
    pack,
    read_fonts,
    read_heads,
    read_inks,
    sketch_pages,
    unpack,
)
from publish.editions.pdf.parts.splitting import Part, Split, make_part
from publish.editions.pdf.shown.shownlines import read_shown_pages
from publish.editions.pdf.shown.unittexts import UnitTexts
from publish.editions.pdf.standards import choose_standard
from publish.editions.pdf.tags.marks import read_page_marks
from publish.editions.pdf.tags.tagging import record
from publish.errors import PublishError

__all__ = [
    "Furniture",
    "LaidPart",
    "Letters",
    "Setting",
    "add_furniture",
    "choose_styles",
    "hash_named_images",
    "lay_out_blank",
    "lay_out_part",
    "list_elements",
    "name_images",
    "open_part",
    "place_counts",
    "without_faults",
]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all parts of a document share: its input, its style sheets, and where it is cut.

    `texts` are its sentences, if their places on the pages are wanted.  `counts` are its counters,
    if it has any, before the element around all chapters, and before those that begin parts; the
    first part goes on from the former.  At the desk, what is `recalled` is not found again.
    """

    source: PdfInput
    styles: Styles
    split: Split
    texts: UnitTexts | None = None
    counts: Mapping[Element, Counts] = field(default_factory=dict)
    recalled: Recalled | None = None

    def describe_counts(self, number: int) -> str:
        """Return the counters that a part begins with; nothing if there are none."""
        names = (self.split.main, self.split.begin(number)) if number else ()
        found = [self.counts[one] for one in names if one in self.counts]
        return repr(found) if found else ""


@dataclass(frozen=True, slots=True)
class Letters:
    """What the letters of a part need: none if that is not settled yet; fonts, digits of numbers.

    The digits are by the places of numbers among those of the part.
    """

    layer: Layer | None
    fonts: tuple[FontFacts, ...]
    digits: Mapping[int, Digits] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LaidPart:
    """A part that is laid out and painted; `starts` say where its pages begin in the text.

    `packed_heads` are all of its `pages` but what they show and what is in these; `letters` are
    packed, too: a book has a hundred parts, and most is needed only when their turn comes.  Until
    then it can be set aside.
    It is not `settled` where letters run from right to left: then its inks are not.
    It must begin on the side `opens`; a blank page before it has one of the names in `frames`: the
    first if the front matter precedes it, the other if a chapter does.
    It shows zeros for numbers that go on through the document: `digits` take their places.  If they
    could move something, it has its numbers, which are `fixed`.
    """

    pages: tuple[PageSketch, ...]
    packed_heads: bytes | AsideBytes
    letters: bytes | AsideBytes
    settled: bool
    starts: tuple[PageStart | None, ...]
    opens: Leaf = ""
    frames: tuple[str, str] = ("", "")
    fixed: PartNumbers | None = None

    def open_heads(self) -> tuple[PageHead, ...]:
        """Return all of its pages but what they show."""
        found: tuple[PageHead, ...] = unpack(self.packed_heads)
        return found

    def open_letters(self) -> Letters:
        """Return what its letters need."""
        found: Letters = unpack(self.letters)
        return found

    def set_aside(self, file: Aside) -> LaidPart:
        """Return this part with what is packed of it in a temporary file."""
        packed = self.packed_heads, self.letters
        heads, letters = (file.add(one) if isinstance(one, bytes) else one for one in packed)
        return replace(self, packed_heads=heads, letters=letters)

    @property
    def runs_over(self) -> bool:
        """Whether its last page has notes only, which would go to the first page of the next."""
        return self.starts[-1] is None


def open_part(setting: Setting, number: int, pages: Mapping[str, int], side: Leaf = "") -> Part:
    """Return the tree of a part; `pages` are the numbers that its contents show, by ids.

    Its first page has a side, by default that of the first page of a document.
    """
    part = make_part(setting.split, number)
    if number == 0:
        fill_numbers(part.tree, setting.source.css, pages)
    if side == "verso":  # What the root begins on, WeasyPrint takes from there.
        style = filter(None, (part.tree.get("style"), "break-before: verso"))
        part.tree.set("style", "; ".join(style))
    return part


def list_elements(setting: Setting, number: int, pages: Mapping[str, int]) -> Iterator[Element]:
    """Return the elements of a part; of the front matter, those around it as well."""
    if number:
        return setting.split.list_masked(number)
    return open_part(setting, number, pages).tree.iter()


def lay_out_part(
    setting: Setting, pages: Mapping[str, int], sides: Mapping[int, Leaf], number: int
) -> tuple[LaidPart, Inks, bytes]:
    """Lay out and paint a part; `pages` are the numbers that its contents show, by ids.

    `sides` are those of first pages, by the numbers of parts.  Returns what is known of the part,
    what its pages show, and their lines, packed: a `ShownPages` by the numbers of elements in the
    part.  Raises WholeNeededError for a part with a fault, and for one that depends on others.
    """
    try:
        return _lay_out_part(setting, pages, sides, number)
    except NumbersNeededError:
        own = replace(setting, split=replace(setting.split, zeros=frozenset()))
    laid, inks, lines = _lay_out_part(own, pages, sides, number)
    return replace(laid, fixed=setting.split.find_numbers(number)), inks, lines


def _lay_out_part(
    setting: Setting, pages: Mapping[str, int], sides: Mapping[int, Leaf], number: int
) -> tuple[LaidPart, Inks, bytes]:
    """Lay out a part with zeros for numbers that go on through the document.

    Raises NumbersNeededError if they could move something.
    """
    gc.collect()  # The boxes of the part before, which refer to each other in circles.
    part = open_part(setting, number, pages, sides.get(number, ""))
    styles, source = choose_styles(setting, number), setting.source
    standard = choose_standard(source.variant, source.page)
    with without_faults() as refused, without_furniture(number > 0), _counting(setting, part):
        fetcher = open_images(source, refused)
        document = lay_out_pages(source, styles, part.tree, standard, fetcher)
        refused += find_bad_links(document)
        edges = check_edges(part, document)
        return _record(setting, part, document, edges)


def choose_styles(setting: Setting, number: int) -> Styles:
    """Return the style sheets of a part: contents take their numbers from an attribute."""
    if number:
        return setting.styles
    return read_styles(setting.styles.faces, take_numbers(setting.source.css))


def place_counts(setting: Setting, part: Part) -> dict[Element, Counts]:
    """Return the counters that a part goes on from, by the elements of its tree after them."""
    if part.first is None:
        return {}
    split = setting.split
    pairs = (part.around[-1], split.main), (part.first, split.begin(part.number))
    return {own: setting.counts[one] for own, one in pairs if one in setting.counts}


@contextmanager
def _counting(setting: Setting, part: Part) -> Iterator[None]:
    """Let a part go on from its counters; raise WholeNeededError if it changes the next one's."""
    if not setting.counts:
        yield
        return
    split, after = setting.split, part.number + 1
    following = split.begin(after) if 1 < after < split.count else split.main
    wanted = [setting.counts[following]] if after < split.count else []
    with carrying(place_counts(setting, part), part.last) as found:
        yield
    if wanted and found != wanted:
        raise WholeNeededError("a part that counts otherwise when it is laid out")


def lay_out_blank(setting: Setting, kind: PageKind) -> tuple[LaidPart, Inks]:
    """Return a blank page of a kind as a part, without its head and foot, and what it shows."""
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    with without_faults() as refused:
        fetcher = open_images(source, refused)
        root = setting.split.root
        document, streams, painted = paint_blank(root, setting.styles, standard, fetcher, kind)
        contents = read_inks(streams, painted, name_images(source))
    (page,) = document.pages
    head = PageHead(
        width=page.width,
        height=page.height,
        bleed=page.bleed,
        bookmarks=(),
        anchors={},
        links=(),
        pieces={},
        marks=(),
        steps=(),
    )
    letters = Letters(None, read_fonts(document.fonts))
    pages = (PageSketch(kind, (), ()),)
    laid = LaidPart(pages, pack((head,)), pack(letters), settled=False, starts=(None,))
    return laid, make_inks(contents)


@contextmanager
def without_faults() -> Iterator[list[str]]:
    """Yield a list for refused addresses; raise WholeNeededError if it is not empty, or for a log.

    Whatever WeasyPrint raises is a fault, too.
    """
    refused: list[str] = []
    with capture_log() as log:
        try:
            yield refused
        except (MemoryError, OSError, WholeNeededError, NumbersNeededError):
            raise
        except (PublishError, RecursionError) as error:
            raise WholeNeededError(str(error)) from error
    if refused or log:
        raise WholeNeededError("; ".join((*refused, *(one.getMessage() for one in log))))


def _record(
    setting: Setting, part: Part, document: Any, edges: Edges
) -> tuple[LaidPart, Inks, bytes]:
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    marks = read_page_marks(document, part.tree)
    digits = find_digits(marks, part.shown)
    boxes = [page._page_box for page in document.pages]
    check_names(boxes, part.shown)
    starts = find_unfilled_starts(boxes, part.tree, part.order)
    links = [page.links for page in document.pages]
    for page in document.pages:
        page.links = []  # Some lead to other parts.
    streams, painted = record(document, marks, standard.options)
    for page, own in zip(document.pages, links, strict=True):
        page.links = own
    heads = read_heads(document, marks, streams, part.numbers)
    contents = read_inks(streams, painted, name_images(source))
    digits = name_digits(digits, painted)
    fonts = hide_zeros(read_fonts(document.fonts), digits, painted)
    places = {one: part.numbers[one] for one in part.order.numbers}
    lines = pack(read_shown_pages(boxes, places))
    if has_turned(contents) or part.tree.get("dir") == "rtl":
        layer, inks = None, make_inks(contents)
    else:
        layer, inks = settle(contents, fonts)
    laid = LaidPart(
        pages=sketch_pages(document.pages),
        packed_heads=pack(heads),
        letters=pack(Letters(layer, fonts, digits)),
        settled=layer is not None,
        starts=starts,
        opens=edges.opens,
        frames=edges.frames,
    )
    return laid, inks, lines


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the letters of heads and feet need, or of all that pages show; its fonts."""

    layer: Layer
    fonts: tuple[FontFacts, ...]


def add_furniture(
    setting: Setting,
    unsettled: tuple[Letters, Inks] | None,
    folios: Sequence[Folio],
    before: Mapping[str, str],
    total: int,
) -> tuple[Furniture, Inks]:
    """Return the heads and feet of a part, or all it shows if that was `unsettled`.

    `before` are the texts for running heads that were set last before these pages, `total` is how
    many pages there are.  Raises WholeNeededError if heads or feet have a fault.
    """
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    with without_faults() as refused, setting_lines(source):
        document, streams, painted = paint_furniture(
            setting.split.root,
            setting.styles,
            standard,
            open_images(source, refused),
            folios,
            before,
            total,
        )
        fonts = read_fonts(document.fonts)
        contents = read_inks(streams, painted, name_images(source))
    if unsettled is not None:
        letters, shown = unsettled
        fonts, contents = (*letters.fonts, *fonts), lay_over(open_contents(shown), contents)
    elif has_turned(contents):
        raise WholeNeededError("letters from right to left in the head or foot only")
    layer, inks = settle(contents, fonts)
    return Furniture(layer, fonts), inks


def hash_named_images(source: PdfInput) -> dict[str, str]:
    """Return the digests of a document's images by the names that streams give them."""
    found = address_images(source.images)
    digests = {address: sha256(data).hexdigest() for address, data in found.items()}
    return {name: digests[address] for name, address in name_images(source).items()}


def name_images(source: PdfInput) -> dict[str, str]:
    """Return the addresses of a document's images by the names that streams give them."""
    return {
        f"i{md5(address.encode(), usedforsecurity=False).hexdigest()}{smooth}": address
        for address in address_images(source.images)
        for smooth in (0, 1)
    }

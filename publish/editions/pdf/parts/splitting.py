"""Cuts a long document into parts that begin pages anyway: its front matter, and its chapters.

A part has a tree of its own: the elements around it, and its siblings without what is in them, so
that each rule of a style sheet meets what it meets in the whole document.  Short chapters that
follow each other are one part.  A document is one part if it is short, or if a rule of its style
sheet needs to see all pages at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from publish.aside import Aside
from publish.editions.pagination import TextOrder
from publish.editions.pdf.document import PdfInput
from publish.editions.pdf.parts.masking import (
    PartNumbers,
    Zeros,
    find_masks,
    find_numbers,
    find_targets,
    find_zeros,
)
from publish.editions.pdf.parts.recording import pack, unpack
from publish.editions.pdf.parts.stylerules import (
    has_separable_rules,
    has_separable_styles,
    list_own_images,
)
from publish.editions.pdf.tags.linklabels import find_headings, map_parents
from publish.editions.runners import Runner

__all__ = [
    "LEAST_DOCUMENT",
    "LEAST_PART",
    "Part",
    "Split",
    "make_part",
    "may_split",
    "split_aside",
    "split_document",
]

LEAST_DOCUMENT = 120_000
"""The characters of text from which on a document is laid out in parts: about fifty pages."""

LEAST_PART = 15_000
"""The characters of text that a part has at least, unless it is the last."""

UNNUMBERED = 0xFFFFFFFF
"""The number of an element that has none in the text."""

HIDDEN = "display: none"


@dataclass(frozen=True, slots=True)
class _ContentsAside(Mapping[Element, bytes]):
    """What is in the chapters of a document, packed, in a temporary file: where each is there."""

    file: Aside
    places: Mapping[Element, tuple[int, int]]

    def __getitem__(self, one: Element) -> bytes:
        return self.file.find(*self.places[one]).read()

    def __iter__(self) -> Iterator[Element]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Split:
    """A document and its parts: what precedes its chapters, then groups of chapters.

    `root` is the tree of the document as it is laid out.  Its front matter and its chapters are
    hollow: `contents` has what is in them, packed, and `opened` the part that was opened last.
    `head` has what the metadata are read from, `headings` what those over targets of links say,
    `sizes` how many characters of text chapters have, `digest` that of the whole text.

    `numbers` has the number of each element in the text before any was moved, UNNUMBERED for one
    without, in the order of the tree; `moved` says by their places there which were.  `begins` says
    where those of the front matter, of each chapter, and of what is around chapters begin there.
    `zeros` can stand for numbers that go on through it.  `targets` are the ids of its figures and
    tables, `images` those that only elements name.
    """

    root: Element
    head: Element
    headings: Mapping[str, str]
    contents: Mapping[Element, bytes]
    sizes: Mapping[Element, int]
    digest: str
    numbers: array[int]
    moved: array[int]
    begins: Mapping[Element, int]
    front: tuple[Element, ...]
    main: Element
    groups: tuple[tuple[Element, ...], ...]
    zeros: Zeros = frozenset()
    targets: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    opened: dict[tuple[Element, ...], list[Element]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many parts there are, with the front matter, which is number 0."""
        return len(self.groups) + 1

    def list_tops(self, number: int) -> tuple[Element, ...]:
        """Return the hollow elements of a part."""
        return self.groups[number - 1] if number else self.front

    def begin(self, number: int) -> Element:
        """Return the first of the hollow elements of a part."""
        return self.list_tops(number)[0]

    @property
    def around(self) -> tuple[Element, Element, Element]:
        """The elements around chapters, from the outside in."""
        return self.root, next(one for one in self.root if one.tag == "body"), self.main

    def open(self, number: int) -> list[Element]:
        """Return the elements of a part with all that is in them, the same until another is open.

        They are only to be read.
        """
        tops = self.list_tops(number)
        if tops not in self.opened:
            self.opened.clear()
            self.opened[tops] = self.copy(number)
        return self.opened[tops]

    def copy(self, number: int) -> list[Element]:
        """Return other elements than these, which may be changed."""
        return [_fill(top, self.contents[top]) for top in self.list_tops(number)]

    def list_elements(self, number: int) -> Iterator[Element]:
        """Yield the elements of a part in their order, without those around it."""
        for one in self.open(number):
            yield from one.iter()

    def list_masked(self, number: int) -> Iterator[Element]:
        """Yield the elements of a part without the numbers that go on through the document."""
        masks = find_masks(self.list_elements(number), self.zeros, self.targets)
        for element in self.list_elements(number):
            yield masks[element].copy(element) if element in masks else element

    def find_numbers(self, number: int) -> PartNumbers:
        """Return the numbers in a part that go on through the document, and their ids."""
        return find_numbers(self.list_elements(number), self.zeros, self.targets)

    def list_numbers(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield the places of the elements of a part that have a number in its text, and these.

        Both are counted from the first.
        """
        begin = self.begins[self.begin(number)]
        first = self.numbers[begin]
        last = self.begins[self.list_tops(number)[-1]]
        end = min((at for at in self.begins.values() if at > last), default=len(self.numbers))
        for at in range(begin, end):
            if self.numbers[at] != UNNUMBERED:
                yield at - begin, self.numbers[at] - first

    def number_first(self, number: int) -> int:
        """Return the number of the first element of a part in the whole text."""
        return self.numbers[self.begins[self.begin(number)]]

    def describe_around(self, number: int) -> str:
        """Return what is around chapters in the tree of a part: the frame, and their siblings."""
        if not number:
            return ""
        body = next(one for one in self.root if one.tag == "body")
        frame = [(one.tag, one.text, one.items()) for one in (self.root, body, self.main)]
        siblings = [(one.tag, one.tail, one.items()) for one in (*self.root, *body, *self.main)]
        return repr((frame, siblings, list(self.main).index(self.begin(number))))

    def measure(self, number: int) -> int:
        """Return how many characters of text a part with chapters has."""
        return sum(self.sizes[one] for one in self.groups[number - 1])


def _fill(top: Element, content: bytes) -> Element:
    """Return a hollow element with what is in it."""
    made = Element(top.tag, top.attrib)
    made.text, made.tail = top.text, top.tail
    made.extend(unpack(content))
    return made


@dataclass(frozen=True, slots=True)
class Part:
    """The tree of a part with a number, and the numbers of its elements, counted from its first.

    What is around its chapters has numbers below 0.  `order` is that of its text, counted in the
    same way.  `first` begins a page; `last` is its last chapter, or what is last before chapters.
    `shown` are the elements that show zeros for numbers, with the places of these among those of
    the part.
    """

    number: int
    tree: Element
    numbers: Mapping[Element, int]
    order: TextOrder
    last: Element
    first: Element | None = None
    around: tuple[Element, ...] = field(default=())
    shown: Mapping[Element, int] = field(default_factory=dict)


def split_document(root: Element, order: TextOrder, source: PdfInput) -> Split | None:
    """Return a document as parts; None if it is one part."""
    body = root.find("body")
    if body is None or not len(body) or body[-1].tag != "main":
        return None
    if not may_split(source) or not has_separable_styles(root):
        return None
    *front, main = body
    if any(child.tag not in ("section", "nav") for child in front) or not front:
        return None
    if any(child.tag != "section" for child in main) or (main.text or "").strip():
        return None
    sizes = [sum(map(len, section.itertext())) for section in main]
    if sum(sizes) < LEAST_DOCUMENT:
        return None
    groups = _group(list(main), sizes)
    if len(groups) < 2:
        return None
    numbers, moved, tops = array("I"), array("I"), {root, body, *body, *main}
    begins: dict[Element, int] = {}
    for at, element in enumerate(root.iter()):
        numbers.append(order.numbers.get(element, UNNUMBERED))
        if element in tops:
            begins[element] = at
        if element in order.moved:
            moved.append(at)
    known: dict[Element, Element] = {}
    parents = map_parents(root)
    targets = find_targets(root, parents)
    hollow = _hollow(root, {*front, *main}, known)
    try:
        contents = {known[one]: pack(list(one)) for one in (*front, *main)}
    except RecursionError:
        return None  # Whoever lays it out says so.
    return Split(
        root=hollow,
        head=_take_head(root),
        headings=find_headings(root, parents),
        contents=contents,
        sizes={known[one]: size for one, size in zip(main, sizes, strict=True)},
        digest=order.digest,
        numbers=numbers,
        moved=moved,
        begins={known[one]: at for one, at in begins.items()},
        front=tuple(known[one] for one in front),
        main=known[main],
        groups=tuple(tuple(known[one] for one in group) for group in groups),
        zeros=find_zeros(root, source.css, targets),
        targets=targets,
        images=list_own_images(source, root),
    )


def split_aside(
    read: Callable[[], tuple[Element, TextOrder]], source: PdfInput, run: Runner
) -> Split | None:
    """Return a document as parts, as `split_document` does, with what is in them on the disk.

    Its tree, which is `read`, is in the memory of another process, if `run` has some: it is much of
    what is known of a long document, and what is freed of it is not free for all.
    """
    file = Aside()

    def work(_: int) -> tuple[Split, dict[Element, tuple[int, int]]] | None:
        split = split_document(*read(), source)
        if split is None:
            return None
        added = ((one, file.add(data)) for one, data in split.contents.items())
        places = {one: (its.begin, its.size) for one, its in added}
        return replace(split, contents={}), places

    (found,) = run(work, [0])
    if found is None:
        return None
    split, places = found
    return replace(split, contents=_ContentsAside(file, places))


def _hollow(
    element: Element, emptied: Collection[Element], known: dict[Element, Element]
) -> Element:
    """Return another tree with nothing in some elements; `known` gets its elements by the old.

    They are few, and nothing of the old tree is held.
    """
    made = known[element] = Element(element.tag, dict(element.attrib))
    made.text, made.tail = element.text, element.tail
    if element not in emptied:
        made.extend(_hollow(one, emptied, known) for one in element)
    return made


def _take_head(root: Element) -> Element:
    """Return the document with all that its metadata are read from, and nothing else."""
    bare = Element(root.tag, root.attrib)
    for child in root:
        if child.tag == "body":
            bare.extend(one for one in child.iter() if one.tag in ("title", "meta", "link"))
        else:
            bare.append(child)
    return bare


def may_split(source: PdfInput) -> bool:
    """Return whether a document can be one in parts, for all that is known before it is read."""
    return source.length >= LEAST_DOCUMENT and has_separable_rules(source)


def _group(sections: Sequence[Element], sizes: Sequence[int]) -> tuple[tuple[Element, ...], ...]:
    """Return chapters in groups of at least LEAST_PART; a heading alone goes with the next."""
    groups: list[list[Element]] = [[]]
    size = 0
    for section, own in zip(sections, sizes, strict=True):
        stays = groups[-1] and "bare" in groups[-1][-1].get("class", "").split()
        if size >= LEAST_PART and not stays:
            groups.append([])
            size = 0
        groups[-1].append(section)
        size += own
    return tuple(map(tuple, groups))


def make_part(split: Split, number: int) -> Part:
    """Return a part with a tree of its own, without numbers; the whole tree stays as it is."""
    frames = split.around if number else split.around[:2]
    opened = dict(zip(split.list_tops(number), split.copy(number), strict=True))
    known: dict[Element, Element] = {}

    def copy(original: Element) -> Element:
        if original in opened:
            return opened[original]
        made = Element(original.tag, dict(original.attrib))
        made.tail = original.tail
        if original in frames:
            known[original] = made
            made.text = original.text
            made.extend(map(copy, original))
        else:
            style = filter(None, (original.get("style"), HIDDEN))
            made.set("style", "; ".join(style))
        return made

    tree = copy(split.root)
    around = tuple(known[one] for one in frames)
    elements = [one for top in opened.values() for one in top.iter()]
    masks = find_masks(elements, split.zeros, split.targets)
    for one, mask in masks.items():
        mask.put_on(one)
    begin, first = split.begins[split.begin(number)], split.number_first(number)
    moved = frozenset(split.moved)
    places = {known[one]: split.numbers[split.begins[one]] - first for one in frames}
    places |= {elements[at]: its for at, its in split.list_numbers(number)}
    return Part(
        number=number,
        tree=tree,
        numbers={
            **{one: -1 - at for at, one in enumerate(around)},
            **{one: at for at, one in enumerate(elements)},
        },
        order=TextOrder(
            places,
            split.digest,
            frozenset(one for at, one in enumerate(elements, begin) if at in moved),
        ),
        last=opened[split.list_tops(number)[-1]],
        first=elements[0] if number else None,
        around=around,
        shown={one: at for at, one in enumerate(one for one in masks if masks[one].number)},
    )

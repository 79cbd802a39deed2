"""Read a page of HTML as a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from publish.containers.refusing import make_file_error
from publish.importing.accounting import name_missing
from publish.importing.markup.finishing import (
    connect,
    drop_ends,
    drop_marks,
    labels_in,
    take_title,
    used_notes,
)
from publish.importing.markup.pageblocks import read_flow
from publish.importing.markup.pagehead import PageHead, read_head, read_title_block
from publish.importing.markup.pagemain import (
    choose_main,
    describe_part,
    leave_out_regions,
    list_outside,
    select_parts,
)
from publish.importing.markup.pagemarks import find_formula, make_text
from publish.importing.markup.pagenotes import FoundNotes, find_notes
from publish.importing.markup.pagetree import (
    HtmlElement,
    list_parts,
    name_of,
    parse_html_page,
    show_text,
    texts_of,
)
from publish.importing.markup.reading import PageReading
from publish.importing.results import Imported, Loss
from publish.importing.words import list_words
from publish.languages.language import Language
from publish.languages.registry import find
from publish.languages.writtendates import Precision, read_written_date
from publish.model import (
    Block,
    Document,
    Facts,
    Field,
    Footnote,
    FootnoteMark,
    Inlines,
    Paragraph,
    Prose,
    Role,
    Span,
    Text,
    plain,
)
from publish.reading.frontmatter import TEXTS
from publish.reading.marks.inline import normalise

__all__ = ["read_html"]

SAVED = re.compile(r"<!-- saved from url=\(\d{1,6}\)(\S{1,2000}) -->")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page that is being read: its tree, its head, its notes, and the parts that are read."""

    root: HtmlElement
    body: HtmlElement
    head: PageHead
    notes: FoundNotes
    parts: tuple[HtmlElement, ...]
    reading: PageReading
    language: Language
    days: list[tuple[date, Precision]] = field(default_factory=list)
    """The date of a title block."""


def read_html(
    data: bytes | str,
    file: str,
    *,
    language: str = "en",
    name: str = "",
    select: str = "",
    whole: bool = False,
    pictures: Mapping[str, bytes] | None = None,
) -> Imported:
    """Return the document of a page of HTML, with its pictures and its losses.

    A page of the web is cut to its main part, or to what the CSS selector `select` chooses; with
    `whole`, all of it is text, as a converter wrote it (see `publish/importing/__init__.py`).
    `pictures` are those that the page may show, by what its `src` says.

    Law: the words of the page that are not in the document are those of the losses that are not
    `moved`.  Raises PublishError (code `kit-file`) for a page that is too large or has no text,
    UsageError for a selector that chooses nothing.
    """
    page = _open_page(data, file, language, select, whole, {} if pictures is None else pictures)
    reading = page.reading
    heading = _title_outside(page, whole)
    taken_block = _take_title_block(page)
    if not whole or select:
        list_outside(page.body, page.parts, reading)
        for part in page.parts if not select else ():
            leave_out_regions(part, reading)
    blocks = [block for part in page.parts for block in read_flow(part, reading)]
    title, body, first = _choose_title(blocks, page, taken_block, heading, name)
    notes = used_notes(body, _read_notes(page))
    body = drop_ends(body, notes, reading)
    if not body:
        hint = "choose another file" if whole else "choose another file, or --select"
        raise make_file_error(
            "the file has no text" if whole else "the page has no text", file, hint
        )
    document = Document(
        name=name,
        language=language,
        facts=_facts(page.head, page.days),
        front=_front(title.content, page, taken_block),
        body=tuple(body),
        notes=notes,
    )
    document = connect(document, reading, first)
    _lose_notes(page, notes)
    _lose_window_title(page, title)
    losses = name_missing(_words_of(page, title), document, reading.losses, reading.numbers)
    return Imported(
        document=document,
        pictures=dict(reading.used),
        losses=tuple(losses),
        part="" if whole and not select else describe_part(page.parts),
    )


def _open_page(
    data: bytes | str,
    file: str,
    language: str,
    select: str,
    whole: bool,
    pictures: Mapping[str, bytes],
) -> _Page:
    root = parse_html_page(data, file)
    body = next(iter(root.iter("body")), root)
    start = data[:4096].decode("utf-8", "replace") if isinstance(data, bytes) else data[:4096]
    saved = SAVED.search(start)
    head = read_head(root, language, saved[1] if saved else "")
    _shorten_own_links(body, {head.address, head.base} - {""})
    notes = find_notes(body)
    if select:
        parts = tuple(select_parts(root, select))
    else:
        parts = (body,) if whole else (choose_main(body),)
    reading = PageReading(
        file=file,
        language=language,
        base=head.base,
        pictures=pictures,
        marks=dict(notes.labels),
        skipped={*notes.skipped, *notes.notes.values()},
    )
    return _Page(
        root=root,
        body=body,
        head=head,
        notes=notes,
        parts=parts,
        reading=reading,
        language=find(language),
    )


def _shorten_own_links(body: HtmlElement, addresses: set[str]) -> None:
    """Make links to a place of the page itself, in which browsers write its address, `#id`."""
    own = {_bare(address) for address in addresses}
    for link in body.iter("a"):
        page, sign, name = (link.get("href") or "").partition("#")
        if sign and page and _bare(page) in own:
            link.set("href", f"#{name}")


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("://")[2].rstrip("/").lower()


# --------------------------------------------------------------------------- titles


@dataclass(frozen=True, slots=True)
class _Title:
    """The title, and whether it is that of the window."""

    content: Inlines
    from_head: bool = False


def _take_title_block(page: _Page) -> dict[Role, list[Inlines]]:
    """Return the fields of a title block, whose elements are then read."""
    roles = {"title": Role.TITLE, "subtitle": Role.SUBTITLE, "author": Role.AUTHOR}
    found: dict[Role, list[Inlines]] = {}
    for kind, element in read_title_block(page.body).items():
        if kind == "date" and (day := read_written_date(show_text(element), page.language)):
            page.days.append(day)
            page.reading.skipped.add(element)
            page.notes.skipped.add(element)
        if kind in roles:
            content = drop_marks(make_text(list_parts(element), page.reading))
            if content:
                found.setdefault(roles[kind], []).append(content)
                page.reading.skipped.add(element)
    return found


def _title_outside(page: _Page, whole: bool) -> HtmlElement | None:
    """Return the top heading of a page that stands outside of its main part."""
    if whole or any(name_of(one) == "h1" for part in page.parts for one in part.iter()):
        return None
    said = f"{page.head.title} {page.head.other_title}".casefold()
    for one in page.body.iter("h1"):
        text = show_text(one)
        if text and text.casefold() in said:
            page.reading.skipped.add(one)
            return one
    return None


def _choose_title(
    blocks: Sequence[Block],
    page: _Page,
    block: Mapping[Role, Sequence[Inlines]],
    heading: HtmlElement | None,
    name: str,
) -> tuple[_Title, list[Block], int]:
    """Return the title, the blocks without it, and how many headings were taken out."""
    if Role.TITLE in block:
        return _Title(block[Role.TITLE][0]), list(blocks), 0
    if heading is not None:
        return _Title(drop_marks(make_text(list_parts(heading), page.reading))), list(blocks), 0
    head = page.head
    taken = take_title(blocks, f"{head.title} {head.other_title}")
    if taken.content is not None:
        body = _keep_marks(taken.content, list(taken.blocks))
        return _Title(drop_marks(taken.content)), body, 1
    given = head.other_title if head.other_title in head.title else ""
    if not (given or head.title):
        reason = f"the file has none, so it is called “{name}”: write it into the front matter"
        page.reading.losses.append(Loss(kind="title", reason=reason))
    text = normalise((Text(given or head.title or name or "Untitled"),))
    return _Title(text, from_head=bool(head.title)), list(blocks), 0


def _keep_marks(title: Inlines, blocks: list[Block]) -> list[Block]:
    """Return blocks whose first paragraph has the marks of notes that the title had."""
    marks = tuple(FootnoteMark(label) for label in labels_in(title))
    for at, block in enumerate(blocks):
        if marks and isinstance(block, Paragraph):
            content = normalise((*block.prose.content, *marks))
            blocks[at] = Paragraph(replace(block.prose, content=content))
            break
    return blocks


def _lose_window_title(page: _Page, title: _Title) -> None:
    """Note a title of the window that says more than the title of the text; it is no text."""
    said = list_words(page.head.title)
    if set(said) - set(list_words(plain(title.content))):
        page.reading.losses.append(
            Loss(kind="window title", text=page.head.title, place="title of the page", moved=True,
                 reason="the title of the text is used")
        )  # fmt: skip


# --------------------------------------------------------------------------- the front


def _front(
    title: Inlines, page: _Page, block: Mapping[Role, Sequence[Inlines]]
) -> tuple[Field, ...]:
    texts: dict[Role, list[Inlines]] = {Role.TITLE: [title]}
    for role, text in page.head.fields:
        texts.setdefault(role, []).append(normalise((Text(text),)))
    texts |= {role: list(given) for role, given in block.items() if role is not Role.TITLE}
    span = Span(page.reading.file, 1, 1)
    return tuple(
        Field(Prose(content=content, role=role, span=span, whole=role is not Role.SUMMARY))
        for role in TEXTS.values()
        for content in texts.get(role, ())
        if content
    )


def _facts(head: PageHead, days: Sequence[tuple[date, Precision]]) -> Facts:
    published, precision = (head.published, head.precision)
    if published is None and days:
        published, precision = days[0]
    return Facts(
        published=published,
        precision=precision,
        revised=head.revised,
        source_url=head.address,
    )


# --------------------------------------------------------------------------- notes and words


def _read_notes(page: _Page) -> list[Footnote]:
    notes: list[Footnote] = []
    for label, element in page.notes.notes.items():
        inner = replace(page.reading.within(Role.FOOTNOTE), sections=[f"note {label}"], anchors={})
        children = read_flow(element, inner)
        notes.append(Footnote(label, children, page.reading.span(element)))
    return notes


def _lose_notes(page: _Page, used: Sequence[Footnote]) -> None:
    labels = {note.label for note in used}
    for label, element in page.notes.notes.items():
        if label not in labels:
            text = show_text(element, frozenset(page.notes.skipped))
            page.reading.lose_text(text, "note", f"note {label}", "its mark is not in the text")


def _words_of(page: _Page, title: _Title) -> Iterator[str]:
    """Yield the words of a page, without numbers of notes and formulas."""
    if title.from_head:
        yield from list_words(plain(title.content))
    formulas = {one for one in page.body.iter() if find_formula(one) is not None}
    structural = frozenset({*page.notes.skipped, *page.notes.labels, *formulas})
    for text in texts_of(page.body, structural):
        yield from list_words(text)

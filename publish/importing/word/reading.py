"""Read a Word file: its text as HTML, its pictures, and what is not in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from publish.containers.refusing import make_file_error
from publish.errors import UsageError
from publish.importing.results import Loss
from publish.importing.word.assembling import assemble
from publish.importing.word.atoms import Atom
from publish.importing.word.blocks import Block, read_blocks
from publish.importing.word.book import Book, Comments, Story
from publish.importing.word.fields import find_target
from publish.importing.word.headlines import find_headlines, find_title
from publish.importing.word.markup import clean_atoms, fill
from publish.importing.word.names import V, Xml, add_element, make_element, w, words_of, write_page
from publish.importing.word.numbering import read_numbering
from publish.importing.word.ownfile import clean_part, read_own_file
from publish.importing.word.package import Package, open_package
from publish.importing.word.pictures import read_text_width
from publish.importing.word.preparing import Changes, prepare_part
from publish.importing.word.properties import Properties, read_properties
from publish.importing.word.styles import read_styles
from publish.importing.words import list_words
from publish.languages.registry import find
from publish.languages.writtendates import read_written_date

__all__ = ["WordPage", "read_word", "read_word_package"]

NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}
MARGINS = {"header": "page header", "footer": "page footer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPage:
    """A Word file as a page of HTML (see `publish/importing/__init__.py`), with its pictures.

    `losses` are what is not in the page, or stands elsewhere in it.  `language` is the tag that
    most of the text has in Word, which is often wrong, or empty.
    """

    html: str
    language: str
    pictures: dict[str, bytes]
    losses: tuple[Loss, ...]


def read_word(
    data: bytes, file: str, *, changes: Changes = "accepted", comments: Comments = "dropped"
) -> WordPage:
    """Return a Word file as a page.

    Tracked changes are accepted or rejected as a whole.  Comments are dropped, or become notes to
    the translators.  Raises PublishError (code `kit-file`) for a file that cannot be read, is
    damaged, has a password, or is larger than the limits.
    """
    return read_word_package(open_package(data, file), changes=changes, comments=comments)


def read_word_package(
    package: Package,
    *,
    changes: Changes = "accepted",
    comments: Comments = "dropped",
    whole: bool = False,
) -> WordPage:
    """Return the parts of a Word file as a page; `read_word` says how.

    With `whole`, what only editions have is text as any other.
    """
    root = package.read_xml(package.main)
    bodies = root.findall(w("body")) if root is not None else []
    if root is None or not bodies:
        raise make_file_error("the file has no text: its main part is empty", package.file)
    prepare_part(root, changes)
    styles = read_styles(package.read_xml(package.find_part("styles")))
    counting = read_numbering(
        package.read_xml(package.find_part("numbering")),
        lambda name: styles.paragraph(name).numbering,
    )
    notes = {kind: _read_part(package, part, changes) for kind, part in NOTE_PARTS.items()}
    properties = read_properties(package)
    own = None if whole else read_own_file(package, styles, properties.language)
    for part in (root, *notes.values()) if own is not None else ():
        if part is not None and own is not None:
            clean_part(part, own)
    book = Book(
        package=package, styles=styles, counting=counting, changes=changes, comments=comments,
        targets=_find_targets([root, *(one for one in notes.values() if one is not None)]),
        remarks=_read_comments(package, changes), text_width=read_text_width(root),
        paged=next(root.iter(w("lastRenderedPageBreak")), None) is not None,
    )  # fmt: skip
    if own is not None:
        book.losses += own.list_losses()
        book.labels.update(own.notes)
        book.own = True
    story = Story(book=book, part=package.main, relations=package.relations(package.main))
    blocks = [block for body in bodies for block in read_blocks(body, story)]
    _end_fields(story)
    front = _take_title(blocks, properties, story)
    find_headlines(blocks)
    page = _make_page(properties, front, book)
    _tell_properties(properties, front, story)
    home = page[1]
    assemble(blocks, home, story)
    _add_notes(home, notes, book)
    _list_rest(book, package, notes, changes)
    for link in home.iter("a"):
        name = (link.get("href") or "").removeprefix("#")
        if name in book.anchors:
            link.set("href", f"#{book.anchors[name]}")
    html = write_page(page)
    return WordPage(
        html=html,
        language=page.get("lang") or "",
        pictures=book.pictures,
        losses=tuple(book.losses),
    )


def _read_part(package: Package, kind: str, changes: Changes) -> Xml | None:
    root = package.read_xml(package.find_part(kind))
    if root is not None:
        prepare_part(root, changes)
    return root


def _find_targets(roots: list[Xml]) -> frozenset[str]:
    """Return the bookmarks that links and references lead to."""
    there: set[str] = set()
    wanted: set[str] = set()
    for root in roots:
        for one in root.iter(w("bookmarkStart")):
            there.add(one.get(w("name")) or "")
        for one in root.iter(w("hyperlink")):
            wanted.add(one.get(w("anchor")) or "")
        for one in root.iter(w("fldSimple")):
            wanted.add(find_target(one.get(w("instr")) or ""))
        wanted |= {find_target(text) for text in _instructions(root)}
    return frozenset((there & wanted) - {""})


def _instructions(root: Xml) -> set[str]:
    """Return the instructions of fields, each whole; Word may cut them into several runs."""
    found: set[str] = set()
    open_ones: list[str] = []
    for one in root.iter(w("fldChar"), w("instrText")):
        if one.tag == w("instrText"):
            if open_ones:
                open_ones[-1] += one.text or ""
        elif one.get(w("fldCharType")) == "begin":
            open_ones.append("")
        elif open_ones:
            found.add(open_ones[-1])
            if one.get(w("fldCharType")) == "end":
                open_ones.pop()
    return found


def _read_comments(package: Package, changes: Changes) -> dict[str, str]:
    root = _read_part(package, "comments", changes)
    found = root.iterfind(w("comment")) if root is not None else ()
    return {one.get(w("id")) or "": words_of([one]) for one in found}


def _end_fields(story: Story) -> None:
    """List the words of fields that have no end."""
    for one in story.fields:
        if "".join(one.words).strip():
            story.lose(one.lost or "instructions of a field", "".join(one.words))


# --------------------------------------------------------------------------- title


@dataclass(frozen=True, slots=True)
class _Front:
    """What stands above a text: title, subtitle, author, date; and the title of its properties."""

    title: list[Block]
    subtitle: list[Block]
    given: str = ""
    author: list[Block] = field(default_factory=list)
    date: list[Block] = field(default_factory=list)


def _take_title(blocks: list[Block], properties: Properties, story: Story) -> _Front:
    """Take title and subtitle out of the blocks and return them, if other text is left."""
    titles = _leading(blocks, "title") or [one for one in find_title(blocks) if _is_plain(one)]
    subtitles = _leading([one for one in blocks if one not in titles], "subtitle") if titles else []
    front = _Front([], [], properties.title)
    if any(_has_content(one) and one not in (*titles, *subtitles) for one in blocks):
        front = _Front(titles, subtitles, properties.title)
        blocks[:] = [one for one in blocks if one not in (*titles, *subtitles)]
        if titles:
            _take_byline(blocks, properties, front)
    if story.book.own and blocks and blocks[0].kind == "date":
        story.lose("date on the cover", _plain(blocks.pop(0)), "it could not be read")
    for block in blocks:
        if block.kind in ("author", "date"):
            block.kind = "paragraph"
    said = " ".join(_plain(block) for block in front.title)
    if said and (again := _find_again(blocks, said)):
        story.lose("repeated title", _plain(again))
        blocks.remove(again)
    for block in blocks:
        if block.kind == "title":
            block.kind, block.level = "heading", 1
    return front


def _take_byline(blocks: list[Block], properties: Properties, front: _Front) -> None:
    """Take author and date from right below the title, where style or properties tell them.

    A short text that is a date and nothing else is the date, since no properties tell that of a
    text: theirs is of the file.
    """
    try:
        language = find(properties.language or "en")
    except UsageError:
        language = find("en")
    while blocks and _is_plain(blocks[0]):
        words = _plain(blocks[0])
        if blocks[0].kind == "author" or words in properties.authors:
            front.author.append(blocks.pop(0))
        elif blocks[0].kind in ("date", "paragraph") and read_written_date(words, language):
            front.date.append(blocks.pop(0))
        else:
            break


def _has_content(block: Block) -> bool:
    return bool(block.line.atoms) or block.kind in ("table", "box")


def _find_again(blocks: list[Block], title: str) -> Block | None:
    """Return the first text, if it says what the title says."""
    first = next((block for block in blocks if block.line.atoms), None)
    if first is None or not _is_plain(first):
        return None
    words = [list_words(text.casefold()) for text in (_plain(first), title)]
    return first if words[0] == words[1] else None


def _leading(blocks: list[Block], kind: str) -> list[Block]:
    """Return the blocks of a kind that stand together before other text."""
    found: list[Block] = []
    for block in blocks:
        if block.kind == kind and _is_plain(block):
            found.append(block)
        elif found or block.kind not in ("picture", "rule", "subtitle", "author"):
            break
    return found


def _is_plain(block: Block) -> bool:
    """Return whether a block is only text, so that it can be a title."""
    atoms = clean_atoms(block.line.atoms)
    return bool(atoms) and all(atom.kind in ("text", "break") for atom in atoms)


def _plain(block: Block) -> str:
    parts = [" " if one.kind == "break" else one.text for one in clean_atoms(block.line.atoms)]
    return " ".join("".join(parts).split())


def _tell_properties(properties: Properties, front: _Front, story: Story) -> None:
    """List what the properties of the file say: readers of the file hardly ever see it.

    Its comments and keywords may be for the eyes of the office alone, so they are not taken.
    """
    hidden = (("comments", properties.description), ("keywords", properties.keywords))
    for name, words in hidden:
        if words:
            story.lose(f"{name} in the file's properties", words, "not taken")
    if properties.authors and not front.author:
        said = ", ".join(properties.authors)
        why = "taken as the author: see that it may be published"
        story.lose("author in the file's properties", said, why, moved=True)
    if properties.date and not front.date:
        why = "taken as the date of publication: it is that of the file, see that it is right"
        story.lose("date in the file's properties", properties.date, why, moved=True)


def _make_page(properties: Properties, front: _Front, book: Book) -> Xml:
    """Return a page with its head, and the title above its text."""
    page = make_element("html")
    language = properties.language or _main_language(book)
    if language:
        page.set("lang", language)
    head = add_element(page, "head")
    body = add_element(page, "body")
    if front.title:
        above = add_element(body, "header", {"id": "title-block-header"})
        for tag, name, blocks in (
            ("h1", "title", front.title),
            ("p", "subtitle", front.subtitle),
            ("p", "author", front.author),
            ("p", "date", front.date),
        ):
            if blocks:
                atoms = [Atom(text=" ".join(_plain(block) for block in blocks))]
                fill(add_element(above, tag, {"class": name}), atoms)
    elif front.given:
        add_element(head, "title", text=front.given)
    metas = [("author", author) for author in properties.authors if not front.author]
    metas += [("date", "" if front.date else properties.date)]
    for name, content in metas:
        if content:
            add_element(head, "meta", {"name": name, "content": content})
    return page


def _main_language(book: Book) -> str:
    """Return the language of most of the text, as Word has marked it."""
    known = [(count, tag) for tag, count in book.languages.items() if tag]
    return max(known)[1] if known else ""


# --------------------------------------------------------------------------- notes and the rest


def _add_notes(home: Xml, notes: dict[str, Xml | None], book: Book) -> None:
    """Add the notes whose marks are in the text; a note may have marks of others in it."""
    done = 0
    relations = {
        kind: book.package.relations(book.package.find_part(part))
        for kind, part in NOTE_PARTS.items()
    }
    while done < len(book.notes):
        (kind, identifier), number = list(book.notes.items())[done]
        done += 1
        root = notes[kind]
        found = next(
            (one for one in (root if root is not None else ()) if one.get(w("id")) == identifier),
            None,
        )
        aside = add_element(home, "aside", {"class": "footnote", "id": f"note-{number}"})
        if identifier in book.labels:
            aside.set("data-label", book.labels[identifier])
        where = f"{kind} {number}"
        part = book.package.find_part(NOTE_PARTS[kind])
        story = Story(book=book, part=part, relations=relations[kind], where=where)
        if found is None:
            story.lose(kind, reason="its text is missing in the file")
        else:
            assemble(read_blocks(found, story), aside, story)
            _end_fields(story)
        if not len(aside):
            add_element(aside, "p", text="—")


def _list_rest(
    book: Book, package: Package, notes: dict[str, Xml | None], changes: Changes
) -> None:
    """List what stands in the file but not in its text: heads, feet, notes without marks."""
    for kind, root in notes.items():
        for one in root if root is not None else ():
            shown = (kind, one.get(w("id")) or "") in book.notes
            if not shown and one.tag == w(kind) and (words := words_of([one])):
                book.losses.append(Loss(kind=f"{kind} without a mark", text=words))
    book.losses += [Loss(kind="comment", text=text) for text in book.remarks.values() if text]
    seen: set[str] = set()
    for relation in package.relations(package.main).values():
        kind = MARGINS.get(relation.kind, "")
        if not kind or relation.external:
            continue
        root = package.read_xml(relation.target)
        if root is None:
            continue
        prepare_part(root, changes)
        words = words_of([root])
        drawn = " ".join(one.get("string") or "" for one in root.iter(f"{V}textpath"))
        if f"{words} {drawn}".strip() and words not in seen:
            seen.add(words)
            book.losses.append(Loss(kind=kind, text=f"{words} {drawn}".strip()))
    if package.has_macros:
        book.losses.append(Loss(kind="macros", reason="programs in the file; none was run"))
    if book.compound:
        first = book.compound[0]
        reason = f"{len(book.compound)} items numbered like {first} are numbered within their list"
        book.losses.append(Loss(kind="numbering", reason=reason, moved=True))

"""Read the text of one paragraph: runs, fields, links, notes, pictures, formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from publish.errors import PublishError
from publish.importing.word.atoms import Atom, Line
from publish.importing.word.book import Story
from publish.importing.word.fields import Field, begin_result, read_form
from publish.importing.word.formulas import write_tex
from publish.importing.word.links import choose_href
from publish.importing.word.names import (
    M,
    R,
    Xml,
    add_element,
    local_name,
    make_element,
    w,
    words_of,
)
from publish.importing.word.ownfile import TEX
from publish.importing.word.pictures import Box, Picture, Shown, read_drawing, read_vml
from publish.importing.word.preparing import LOST
from publish.importing.word.styles import Look, ParagraphStyle, change_look
from publish.importing.word.symbols import PRIVATE, is_symbol_font, read_symbols
from publish.reading.marks.formulas import check_formula

__all__ = ["read_line"]

CODE = frozenset(
    ("verbatim char", "html code", "html typewriter", "code", "code char", "inline code")
)
KEYS = frozenset(("html keyboard", "keyboard"))
LINKS = frozenset(("hyperlink", "followedhyperlink", "internet link", "visited internet link"))
CAPTIONED = "SEQ"


@dataclass(frozen=True, slots=True)
class _Reader:
    story: Story
    style: ParagraphStyle
    line: Line
    hidden: list[str] = field(default_factory=list)


def read_line(paragraph: Xml, style: ParagraphStyle, story: Story) -> Line:
    """Return the text of a paragraph; what is not taken is listed as lost."""
    reader = _Reader(story, style, Line())
    reader.line.ids += story.waiting
    story.waiting.clear()
    for one in story.fields:
        one.words.append(" ")
    _walk(reader, paragraph)
    if reader.hidden:
        story.lose("hidden text", "".join(reader.hidden))
    return reader.line


def _walk(reader: _Reader, parent: Iterable[Xml]) -> None:
    for child in parent:
        rule = _RULES.get(child.tag)
        if rule is not None:
            rule(reader, child)
        elif child.tag not in _PASSED:
            _walk(reader, child)


# --------------------------------------------------------------------------- runs


def _run(reader: _Reader, run: Xml) -> None:
    properties = run.find(w("rPr"))
    look = reader.style.look
    if properties is not None:
        look = change_look(look, properties, reader.story.book.styles)
        if look.leftward:
            look = replace(look, bold=look.complex_bold, italic=look.complex_italic)
    for child in run:
        tag = child.tag
        if tag == w("t"):
            _add_text(reader, (child.text or "").replace("\n", " "), look)
        elif tag == w("tab") or tag == w("ptab"):
            _add_text(reader, "\t", look)
        elif tag in _IN_RUN:
            _IN_RUN[tag](reader, child, look)
        elif tag in _RULES:
            _RULES[tag](reader, child)
        elif tag not in _PASSED:
            _walk(reader, child)


def _add_text(reader: _Reader, text: str, look: Look) -> None:
    if not text or not _is_shown(reader, text):
        return
    if look.hidden:
        reader.hidden.append(text)
        return
    story = reader.story
    if is_symbol_font(look.font) or PRIVATE.search(text):
        text, unknown = read_symbols(text, look.font)
        if unknown:
            story.lose("sign", reason=f"{unknown} of the font {look.font or 'Symbol'}")
    href = story.links[-1] if story.links else ""
    href = next((one.href for one in reversed(story.fields) if one.href), href)
    href = choose_href(href, story)
    marks = _marks(look, reader.style.look, bool(href))
    book = story.book
    book.languages[look.complex_language if look.leftward else look.language] += len(text)
    atoms = reader.line.atoms
    last = atoms[-1] if atoms else None
    if last is not None and last.kind == "text" and (last.marks, last.href) == (marks, href):
        last.text += text
        if text.strip():
            last.bold = last.bold and look.bold if last.text.strip() else look.bold
            last.capitals = last.capitals and look.capitals
        return
    atoms.append(
        Atom(
            text=text, marks=marks, href=href, bold=look.bold, capitals=look.capitals,
            size=look.size,
            language=look.language, font=look.font, exact=book.own,
        )
    )  # fmt: skip


def _is_shown(reader: _Reader, text: str) -> bool:
    """Return whether text is shown where the reader is; that of instructions never is."""
    for one in reader.story.fields:
        if not one.result or one.lost:
            one.words.append(text)
            return False
        one.text += text.strip()
    return True


@lru_cache(maxsize=4096)
def _marks(look: Look, base: Look, linked: bool) -> tuple[str, ...]:
    """Return the marks of a run: what differs from the rest of its paragraph."""
    names = frozenset(look.names)
    plain_link = linked or names & LINKS
    marks = {
        "strong": look.bold and not (base.complex_bold if look.leftward else base.bold),
        "em": look.italic and not (base.complex_italic if look.leftward else base.italic),
        "s": look.struck and not base.struck,
        "u": look.underlined and not base.underlined and not plain_link,
        look.vertical or "sup": look.vertical not in ("", base.vertical),
        "kbd": bool(names & KEYS),
        "code": bool(names & CODE),
    }
    if marks["code"]:
        return ("code",)
    return tuple(name for name, on in marks.items() if on)


def _symbol(reader: _Reader, element: Xml, look: Look) -> None:
    font = (element.get(w("font")) or "").lower()
    try:
        character = chr(int(element.get(w("char")) or "", 16))
    except (ValueError, OverflowError):
        return
    text, unknown = read_symbols(character, font)
    if unknown and _is_shown(reader, ""):
        reader.story.lose("sign", reason=f"{unknown} of the font {font}")
    _add_text(reader, text, look)


def _break(reader: _Reader, element: Xml, look: Look) -> None:
    kind = element.get(w("type"))
    book = reader.story.book
    if kind == "page" and not book.paged:
        book.page += 1
    if _is_shown(reader, " ") and not look.hidden:
        reader.line.atoms.append(Atom(kind="break"))


def _ruby(reader: _Reader, element: Xml, look: Look) -> None:
    """Write small letters over others in brackets after them, as in 漢字 (かんじ)."""
    for name, before, after in (("rubyBase", "", ""), ("rt", " (", ")")):
        _add_text(reader, before, look)
        for part in element.iterfind(w(name)):
            _walk(reader, part)
        _add_text(reader, after, look)


# --------------------------------------------------------------------------- notes, comments


def _note(kind: str) -> Callable[[_Reader, Xml, Look], None]:
    def read(reader: _Reader, element: Xml, look: Look) -> None:
        book = reader.story.book
        key = (kind, element.get(w("id")) or "")
        if not _is_shown(reader, ""):
            return
        number = book.notes.setdefault(key, len(book.notes) + 1)
        given = {"class": "footnote-ref", "href": f"#note-{number}"}
        mark = make_element("a", given, str(number))
        reader.line.atoms.append(Atom(kind="mark", node=mark))

    return read


def _comment(reader: _Reader, element: Xml, look: Look) -> None:
    reader.line.comments.append(element.get(w("id")) or "")


def _bookmark(reader: _Reader, element: Xml) -> None:
    name = element.get(w("name")) or ""
    if name in reader.story.book.targets:
        reader.line.ids.append(name)


def _lost(reader: _Reader, element: Xml) -> None:
    text = element.get("text") or ""
    if text:
        reader.story.lose(element.get("kind") or "text", text)


# --------------------------------------------------------------------------- fields and links


def _hyperlink(reader: _Reader, element: Xml) -> None:
    story = reader.story
    relation = story.relations.get(element.get(f"{R}id") or "")
    anchor = element.get(w("anchor"))
    href = relation.target if relation is not None and relation.external else ""
    story.links.append(f"{href}#{anchor}" if anchor else href)
    _walk(reader, element)
    story.links.pop()


def _field_mark(reader: _Reader, element: Xml, look: Look) -> None:
    fields = reader.story.fields
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        fields.append(Field(start=element))
    elif kind == "separate" and fields and not fields[-1].result:
        _begin(reader, fields[-1])
    elif kind == "end" and fields:
        one = fields.pop()
        if not one.result:
            _begin(reader, one)
        _end(reader, one, look)


def _begin(reader: _Reader, one: Field) -> None:
    begin_result(one)
    if one.name == CAPTIONED:
        parts = one.instructions.split()
        reader.line.sequence = parts[1] if len(parts) > 1 else "?"


def _end(reader: _Reader, one: Field, look: Look) -> None:
    if "".join(one.words).strip():
        reader.story.lose(one.lost or "instructions of a field", "".join(one.words))
    if not one.text and (shown := read_form(one.start, one.name)):
        _add_text(reader, shown, look)


def _instructions(reader: _Reader, element: Xml, look: Look) -> None:
    fields = reader.story.fields
    if fields and not fields[-1].result:
        fields[-1].instructions += element.text or ""


def _simple_field(reader: _Reader, element: Xml) -> None:
    one = Field(instructions=element.get(w("instr")) or "")
    _begin(reader, one)
    reader.story.fields.append(one)
    _walk(reader, element)
    reader.story.fields.pop()
    _end(reader, one, reader.style.look)


# --------------------------------------------------------------------------- drawings, formulas


def _drawing(read: Callable[[Xml, Story], list[Shown]]) -> Callable[[_Reader, Xml, Look], None]:
    def take(reader: _Reader, element: Xml, look: Look) -> None:
        story = reader.story
        if look.hidden or not _is_shown(reader, words_of([element])):
            if look.hidden:
                story.lose("hidden text", words_of([element]), "a hidden drawing")
            return
        link = story.links[-1] if story.links else ""
        for one in read(element, story):
            if isinstance(one, Picture):
                href = choose_href(one.href or link, story)
                atom = Atom(kind="picture", node=one.node, large=one.large, href=href)
                reader.line.atoms.append(atom)
            elif isinstance(one, Box):
                reader.line.boxes.append(one.content)
            else:
                _add_text(reader, one, look)

    return take


def _formula(reader: _Reader, element: Xml) -> None:
    _add_formula(reader, element, large=False)


def _displayed(reader: _Reader, element: Xml) -> None:
    for one in element.iterfind(f"{M}oMath"):
        if reader.story.cell:
            _formula(reader, one)
        else:
            _add_formula(reader, one, large=True)


def _add_formula(reader: _Reader, element: Xml, *, large: bool) -> None:
    if not _is_shown(reader, ""):
        return
    tex = element.get(TEX) or write_tex(element)
    if not tex:
        return
    try:
        check_formula(tex, None)
    except PublishError:
        text = "".join(one.text or "" for one in element.iter() if local_name(one) == "t")
        reader.story.lose("formula", reason=f"it is written as plain text: {text}")
        _add_text(reader, text, reader.style.look)
        return
    node = make_element("math", {"display": "block"} if large else {})
    add_element(node, "annotation", {"encoding": "application/x-tex"}, tex)
    reader.line.atoms.append(Atom(kind="formula", node=node, large=large))


# --------------------------------------------------------------------------- tables of rules


def _page(reader: _Reader, element: Xml, look: Look) -> None:
    reader.story.book.page += 1


def _text(text: str) -> Callable[[_Reader, Xml, Look], None]:
    return lambda reader, element, look: _add_text(reader, text, look)


def _sub_document(reader: _Reader, element: Xml) -> None:
    relation = reader.story.relations.get(element.get(f"{R}id") or "")
    reader.story.lose("part of another file", reason=relation.target if relation else "")


_RULES: dict[str, Callable[[_Reader, Xml], None]] = {
    w("r"): _run,
    w("hyperlink"): _hyperlink,
    w("fldSimple"): _simple_field,
    w("bookmarkStart"): _bookmark,
    w("subDoc"): _sub_document,
    LOST: _lost,
    f"{M}oMath": _formula,
    f"{M}oMathPara": _displayed,
}
_IN_RUN: dict[str, Callable[[_Reader, Xml, Look], None]] = {
    w("br"): _break,
    w("cr"): _break,
    w("noBreakHyphen"): _text("\u2011"),
    w("softHyphen"): _text(""),
    w("sym"): _symbol,
    w("ruby"): _ruby,
    w("footnoteReference"): _note("footnote"),
    w("endnoteReference"): _note("endnote"),
    w("commentReference"): _comment,
    w("fldChar"): _field_mark,
    w("instrText"): _instructions,
    w("drawing"): _drawing(read_drawing),
    w("pict"): _drawing(read_vml),
    w("object"): _drawing(read_vml),
    w("lastRenderedPageBreak"): _page,
}
_PASSED = frozenset(
    w(name)
    for name in (
        "pPr", "rPr", "proofErr", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
        "permStart", "permEnd", "footnoteRef", "endnoteRef", "annotationRef", "separator",
        "continuationSeparator", "delInstrText", "rubyPr",
    )
)  # fmt: skip

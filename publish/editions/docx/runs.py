"""Writes the text of a block as runs: marks, languages, links, bookmarks, note marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from publish.editions.docx.drawings import add_inline_picture
from publish.editions.docx.formulas import add_formula
from publish.editions.docx.names import find_classes, make, make_text
from publish.editions.docx.word import Look, Word, enclose, name_bookmark, name_note, name_sentence
from publish.editions.page.xhtml import UNIT, XHTML_NS, Element
from publish.languages.registry import find

__all__ = ["UPRIGHT", "add_field", "add_inlines", "add_run", "add_text", "make_run_properties"]

HTML = f"{{{XHTML_NS}}}"
MARKS = frozenset(("strong", "em", "s", "u", "sub", "sup", "kbd", "code"))
SPACES = re.compile(r"[ \t\r\n]+")
PIECES = re.compile(r"([\t\n\u00ad])")
STYLES = {"untranslated": "Untranslated", "fuzzy": "Fuzzy"}
LINES = {"Untranslated": "dotted", "Fuzzy": "wave"}
"""The lines below code in passages, since a run has one style."""
STYLED = {"code": "InlineCode", "kbd": "Key", "em": "Emphasis"}
"""The character styles of marks."""
UPRIGHT = frozenset((
    "am", "ar", "bn", "bo", "ckb", "dv", "dz", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km", "kn",
    "ko", "ks", "lo", "ml", "mr", "my", "ne", "or", "pa", "ps", "sd", "si", "ta", "te", "th", "ti",
    "ug", "ur", "yi", "yue", "zh",
))  # fmt: skip
"""Languages whose scripts have no italics: emphasis is bold, as in all editions."""


def add_inlines(parent: Element, element: Element, look: Look, word: Word) -> None:
    """Add the text of an element of XHTML to a paragraph or link."""
    add_text(parent, element.text, look, word)
    for child in element:
        if isinstance(child.tag, str):
            _add(parent, child, look.within(child), word)
        add_text(parent, child.tail, look, word)


def _add(parent: Element, child: Element, look: Look, word: Word) -> None:
    tag = child.tag.removeprefix(HTML)
    classes = find_classes(child)
    start = len(parent)
    if ids := child.get(UNIT):
        _add_sentence(parent, child, ids.split(), look, word)
    elif tag == "br":
        add_run(parent, make("w:br"), look, word)
    elif tag == "wbr":
        pass
    elif tag == "img":
        _add_image(parent, child, look, word)
    elif tag == "a":
        _add_link(parent, child, look, word)
    elif tag == "sup" and _find_mark(child) is not None:
        _add_note_mark(parent, child[0], look, word)
    elif tag in MARKS:
        add_inlines(parent, child, look.marked(tag), word)
    elif tag == "span" and "mark" in classes:
        add_inlines(parent, child, look.styled("EditionMark"), word)
        add_text(parent, child.tail, look.styled("EditionMark"), word)
        child.tail = None
    elif tag == "span" and "label" in classes:
        _add_label(parent, child, look.styled("EditionLabel"), word)
    elif tag == "span" and UNIT in child.attrib:
        whole = parent.tag.endswith("}hyperlink") and not len(parent) and not child.tail
        add_inlines(parent, child, look.styled("EditionName" if whole else "EditionCount"), word)
    else:
        style = next((STYLES[one] for one in sorted(classes) if one in STYLES), "")
        own = look.style.startswith("Edition")  # It says more: that this is no text of the source.
        add_inlines(parent, child, look.styled(style) if style and not own else look, word)
    if (name := child.get("id")) and name in word.targets:
        enclose(parent, [name], start, word)


NUMBER = re.compile(r"\d+")
"""A number in any digits."""


def _add_label(parent: Element, label: Element, look: Look, word: Word) -> None:
    """Add the number of a figure or table, as a field that lists of figures are made from."""
    shown = "".join(map(str, label.itertext()))
    found = NUMBER.search(shown)
    inner = next((one for one in label.iter(f"{HTML}span") if one.get("lang")), label)
    look = look.within(inner)
    if found is None:
        add_text(parent, shown, look, word)
        return
    add_text(parent, shown[: found.start()], look, word)
    around = {str(one.tag).removeprefix(HTML) for one in label.iterancestors()}
    kind = "Table" if "table" in around or "table" in _classes_around(label) else "Figure"
    add_field(parent, rf"SEQ {kind} \* ARABIC", found[0], look, word)
    add_text(parent, shown[found.end() :], look, word)


def _classes_around(element: Element) -> set[str]:
    return {name for one in element.iterancestors() for name in find_classes(one)}


def _add_sentence(parent: Element, child: Element, ids: list[str], look: Look, word: Word) -> None:
    """Add a sentence within a bookmark; sentences that are translated as one share the text."""
    names = [name_sentence(one) for one in ids]
    marks = [word.bookmark(name) for name in names if name not in word.sentences]
    parent.extend([begin for begin, _ in marks])
    before = len(parent)
    del child.attrib[UNIT]
    if child.tag == f"{HTML}span":
        add_inlines(parent, child, look, word)
    else:
        _add(parent, child, look, word)
    for name in names:
        word.sentences.setdefault(name, parent)
    if len(parent) == before and child.tag == f"{HTML}span":
        add_run(parent, make_text(""), look, word)
    parent.extend([end for _, end in reversed(marks)])


# --------------------------------------------------------------------------- runs


def add_text(parent: Element, text: str | None, look: Look, word: Word) -> None:
    """Add a text; its spaces are those of running text."""
    if text:
        for piece, rtl in _divide(SPACES.sub(" ", text), look):
            add_run(parent, make_text(piece), look, word, rtl=rtl)


def add_run(
    parent: Element, content: Element, look: Look, word: Word, *, rtl: bool | None = None
) -> None:
    """Add a run with one piece of content."""
    properties = make_run_properties(look, word, look.rtl if rtl is None else rtl)
    parent.append(make("w:r", properties if len(properties) else None, content))


def _divide(text: str, look: Look) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text with their directions.

    Word sets a run from right to left as a whole, so words from left to right are runs apart.
    """
    if not look.rtl:
        yield text, False
        return
    start, last = 0, -1
    for at, character in enumerate(text):
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            if last < 0:
                if start < at:
                    yield text[start:at], True
                start = at
            last = at
        elif kind in ("R", "AL") and last >= 0:
            yield text[start : last + 1], False
            start, last = last + 1, -1
    if last >= 0:
        yield text[start : last + 1], False
        start = last + 1
    if start < len(text):
        yield text[start:], True


def make_run_properties(look: Look, word: Word, rtl: bool) -> Element:
    """Return the properties of a run, in the order of the schema."""
    made = make("w:rPr")
    marks = set(look.marks)
    base = look.language.partition("-")[0]
    style = look.style or next((STYLED[one] for one in STYLED if one in marks), "")
    line = "single" if "u" in marks else ""
    if "code" in marks and style in LINES:
        style, line = STYLED["code"], LINES[style]
    if style:
        made.append(make("w:rStyle", val=style))
    upright = base in UPRIGHT
    if "strong" in marks or ("em" in marks and upright and style != "Emphasis"):
        made.extend((make("w:b"), make("w:bCs")))
    if "em" in marks and not upright and style != "Emphasis":
        made.extend((make("w:i"), make("w:iCs")))
    if "s" in marks:
        made.append(make("w:strike"))
    if style == "EditionNumber":  # LibreOffice passes over the size of such a style in cells.
        made.extend((make("w:sz", val=16), make("w:szCs", val=16)))
    if line:
        made.append(make("w:u", val=line))
    for mark, value in (("sub", "subscript"), ("sup", "superscript")):
        if mark in marks:
            made.append(make("w:vertAlign", val=value))
    if rtl:
        made.append(make("w:rtl"))
    if look.language and look.language != word.text.language.tag:
        made.append(make_language(look.language, word))
    return made


def make_language(language: str, word: Word) -> Element:
    """Return the language of a run: in the slot of its script, and for Latin words in it."""
    tag = word.office_tag(language)
    known = find(language)
    wide = language.partition("-")[0] in ("zh", "ja", "ko", "yue")
    return make(
        "w:lang", val=tag, eastAsia=tag if wide else None,
        bidi=tag if known.direction == "rtl" or language.partition("-")[0] in UPRIGHT else None,
    )  # fmt: skip


def add_field(parent: Element, instruction: str, shown: str, look: Look, word: Word) -> None:
    """Add a field with what it shows until it is updated."""
    for kind in ("begin", "", "separate"):
        content = make("w:fldChar", fldCharType=kind) if kind else None
        if content is None:
            content = make_text(f" {instruction} ", "w:instrText")
        add_run(parent, content, look, word, rtl=False)
    add_text(parent, shown, look, word)
    add_run(parent, make("w:fldChar", fldCharType="end"), look, word, rtl=False)


# --------------------------------------------------------------------------- links, notes


def _add_link(parent: Element, child: Element, look: Look, word: Word) -> None:
    href = child.get("href") or ""
    if href.startswith("#"):
        link = make("w:hyperlink", anchor=name_bookmark(href[1:]), history=1)
        add_inlines(link, child, look, word)
    else:
        relation = word.story.relate("hyperlink", href)
        link = make("w:hyperlink", given={"r:id": relation}, history=1)
        add_inlines(link, child, look if look.style else look.styled("Hyperlink"), word)
    parent.append(link)


def _find_mark(element: Element) -> Element | None:
    """Return the mark of a note in an element that has nothing else."""
    if len(element) == 1 and element[0].get("role") == "doc-noteref":
        return element[0]
    return None


def _add_note_mark(parent: Element, mark: Element, look: Look, word: Word) -> None:
    """Add the mark of a note: a footnote at its first mark, a reference to that at others.

    Word has no notes of notes; there, the mark is a link.
    """
    target = (mark.get("href") or "").removeprefix("#")
    shown = "".join(map(str, mark.itertext()))
    look = look.styled("FootnoteReference")
    name = name_note(target)
    if word.in_notes:
        link = make("w:hyperlink", anchor=name, history=1)
        add_text(link, shown, look, word)
        parent.append(link)
    elif target in word.shown:
        add_field(parent, rf"NOTEREF {name} \f \h", shown, look, word)
    else:
        word.shown[target] = len(word.shown) + 1
        begin, end = word.bookmark(name)
        parent.append(begin)
        own = shown != str(len(word.automatic) + 1)
        if not own:
            word.automatic.add(target)
        reference = make(
            "w:footnoteReference", customMarkFollows=1 if own else None, id=word.shown[target]
        )
        add_run(parent, reference, look, word, rtl=False)
        if own:
            parent[-1].append(make_text(shown))
        parent.append(end)


def _add_image(parent: Element, child: Element, look: Look, word: Word) -> None:
    if "formula" in find_classes(child):
        add_formula(parent, child, look, word)
    else:
        add_inline_picture(parent, child, look, word)

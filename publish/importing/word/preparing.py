"""Bring a part of a Word file into one form before it is read.

Of contents that stand there twice one is kept, tracked changes are accepted or rejected, and
wrappers go: content controls, smart tags.  What goes with words in it leaves an element `w:lost`
in its place, so that the words are listed with their place when the text is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from publish.importing.word.names import MC, W14, Xml, find_value, is_on, w, words_of

__all__ = ["LOST", "Changes", "prepare_part"]

Changes = Literal["accepted", "rejected"]

LOST = w("lost")
UNKNOWN_FORMS = ("http://schemas.microsoft.com/office/drawing/2014/chartex",)
KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")

INSERTED = (w("ins"), w("moveTo"))
DELETED = (w("del"), w("moveFrom"))
WRAPPERS = (w("smartTag"), w("customXml"), w("dir"), w("bdo"), w("sdt"))
NO_CONTENT = (w("sdtPr"), w("sdtEndPr"), w("smartTagPr"), w("customXmlPr"))
TRUNK = frozenset((w("p"), w("tbl"), w("sdt"), w("customXml")))
MARKS = frozenset(
    w(name)
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")
)
GALLERIES = {"table of contents": "table of contents", "table of figures": "table of contents"}


def prepare_part(root: Xml, changes: Changes) -> None:
    """Change a part in place, so that only what is shown is left in it, once."""
    _choose_alternates(root)
    _settle_changes(root, changes)
    _join_paragraphs(root, DELETED if changes == "accepted" else INSERTED)
    _settle_controls(root)


def _splice(element: Xml, children: Iterable[Xml]) -> None:
    """Put children in the place of an element."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(children)


def _lose(element: Xml, kind: str) -> None:
    """Put a note of the words of an element in its place."""
    words = words_of([element])
    lost = element.makeelement(LOST, {"kind": kind, "text": words})
    _splice(element, [lost])


# --------------------------------------------------------------------------- alternates


def _choose_alternates(root: Xml) -> None:
    """Keep the first choice that is known, or else what stands there for old programs."""
    for one in list(root.iter(f"{MC}AlternateContent")):
        chosen = next((c for c in one.iterfind(f"{MC}Choice") if _is_known(c)), None)
        if chosen is None:
            chosen = one.find(f"{MC}Fallback")
        _splice(one, () if chosen is None else chosen)


def _is_known(choice: Xml) -> bool:
    spaces = [choice.nsmap.get(prefix) or "" for prefix in (choice.get("Requires") or "").split()]
    return all(one.startswith(KNOWN) and not one.startswith(UNKNOWN_FORMS) for one in spaces)


# --------------------------------------------------------------------------- tracked changes


def _settle_changes(root: Xml, changes: Changes) -> None:
    taken, dropped = (INSERTED, DELETED) if changes == "accepted" else (DELETED, INSERTED)
    if changes == "rejected":
        _restore_properties(root)
    for row in list(root.iter(w("tr"))):
        properties = row.find(w("trPr"))
        if properties is not None and any(properties.find(name) is not None for name in dropped):
            _lose(row, _name_change(dropped[0]))
    for element in list(root.iter(*dropped)):
        if _is_content(element):
            _lose(element, _name_change(str(element.tag)))
    for element in list(root.iter(*taken)):
        if _is_content(element):
            _splice(element, element)
    for name, shown in ((w("delText"), w("t")), (w("delInstrText"), w("instrText"))):
        for element in root.iter(name):
            element.tag = shown
    for table in list(root.iter(w("tbl"))):
        if table.find(w("tr")) is None:
            _splice(table, table.iterchildren(LOST))


def _is_content(element: Xml) -> bool:
    """Return whether a change is one of text, not that of the mark of a paragraph or of a row."""
    parent = element.getparent()
    return parent is not None and parent.tag not in (w("rPr"), w("trPr"), w("numPr"), w("ctrlPr"))


def _name_change(tag: str) -> str:
    return {
        w("del"): "deleted text",
        w("moveFrom"): "moved text",
        w("ins"): "inserted text",
        w("moveTo"): "moved text",
    }[tag]


def _restore_properties(root: Xml) -> None:
    """Give runs and paragraphs back the properties that they had before they were changed."""
    for name in ("rPr", "pPr"):
        for change in list(root.iter(w(f"{name}Change"))):
            now = change.getparent()
            before = change.find(w(name))
            if now is None:
                continue
            kept = [one for one in now if one.tag in (*INSERTED, *DELETED, w("rPr"))]
            now[:] = [*(before if before is not None else ()), *kept]


def _join_paragraphs(root: Xml, gone: tuple[str, ...]) -> None:
    """Join each paragraph whose mark is gone with the one after it."""
    for one in list(root.iter(w("p"))):
        mark = one.find(f"{w('pPr')}/{w('rPr')}")
        if mark is None or all(mark.find(name) is None for name in gone):
            continue
        content = [child for child in one if child.tag != w("pPr")]
        after = one.getnext()
        while after is not None and after.tag in (*MARKS, LOST):
            after = after.getnext()
        if after is not None and after.tag == w("p"):
            start = 1 if len(after) and after[0].tag == w("pPr") else 0
            after[start:start] = content
            _splice(one, ())
        elif all(child.tag == LOST for child in content):
            _splice(one, content)


# --------------------------------------------------------------------------- content controls


def _settle_controls(root: Xml) -> None:
    for element in list(root.iter(*WRAPPERS)):
        if element.tag == w("sdt"):
            _settle_control(element)
        else:
            _splice(element, [child for child in element if child.tag not in NO_CONTENT])


def _settle_control(control: Xml) -> None:
    properties = control.find(w("sdtPr"))
    content = control.find(w("sdtContent"))
    gallery = (find_value(_find(properties, "docPartObj"), "docPartGallery") or "").lower()
    if content is None:
        _splice(control, ())
    elif gallery in GALLERIES:
        _lose(control, GALLERIES[gallery])
    elif is_on(_find(properties, "showingPlcHdr")) and not _is_box(properties):
        _lose_prompt(control, content)
    else:
        _splice(control, content)


def _find(parent: Xml | None, name: str) -> Xml | None:
    return None if parent is None else parent.find(w(name))


def _is_box(properties: Xml | None) -> bool:
    return properties is not None and properties.find(f"{W14}checkbox") is not None


def _lose_prompt(control: Xml, content: Xml) -> None:
    """Leave out the prompt of a control that nobody filled, but no picture and no cell of it."""
    if any(True for _ in content.iter(w("drawing"), w("pict"), w("object"))):
        _splice(control, content)
        return
    lost = control.makeelement(LOST, {"kind": "prompt", "text": words_of([content])})
    around = [one for one in content if one.tag in (w("tc"), w("tr"))]
    if around:
        for run in list(content.iter(w("r"))):
            _splice(run, ())
        paragraph = next(content.iter(w("p")), None)
        if paragraph is not None:
            paragraph.append(lost)
        _splice(control, content)
    else:
        _splice(control, [lost])

"""Files that `publish build` wrote: what only an edition has is taken out before a file is read.

Cover and imprint, numbers of paragraphs and captions, and marks of passages are known by their
styles, whose names begin with `Edition`.  No-break spaces that typography set become spaces again.
Names of notes and the TeX of formulas are in a part of the file that some programs drop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from publish.editions.docx.formulas import make_formula
from publish.editions.page.formulas import read_mathml
from publish.errors import PublishError, UsageError
from publish.importing.results import Loss
from publish.importing.word.names import WP, W, Xml, find_value, local_name, w, words_of
from publish.importing.word.package import Package
from publish.importing.word.styles import Styles
from publish.languages.language import Language
from publish.languages.registry import find
from publish.languages.spacing import fold_typography
from publish.model import make_fingerprint
from publish.reading.marks.formulas import check_formula

__all__ = ["EMPTY_LINK", "TEX", "WHOLE", "OwnFile", "clean_part", "read_own_file"]

SENT = "{urn:publish:edition:1}"
OWN = "edition "
IMPRINT = "edition imprint"
TEX = "tex"
"""The attribute of a formula with the TeX that it was made from."""

WHOLE = "whole"
"""The attribute of a paragraph that is one sentence, whatever is in it."""

EMPTY_LINK = "\ue0ff"
"""What a link shows whose text is the name of what it leads to: a character of private use."""

KINDS = {
    "edition number": "numbers of paragraphs",
    "edition label": "numbers of figures and tables",
    "edition mark": "marks of passages and notes",
    "edition name": "names in links",
    "edition count": "numbers in links",
}
UNDESCRIBED = "Undescribed"
NOTE = "_n."
"""What the bookmark of the mark of a note begins with."""
FRONT = "cover and imprint"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """What a file says that `publish build` wrote; `words` are those taken out, by their kind.

    `styles` are the names of styles by id, `labels` the labels of notes by the bookmark of their
    mark, `notes` the same by the ids of footnotes, `formulas` the text and
    TeX by bookmark, `wholes` the bookmarks of blocks that are one sentence.
    """

    language: Language
    styles: dict[str, str]
    labels: dict[str, str] = field(default_factory=dict)
    formulas: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    wholes: set[str] = field(default_factory=set)
    words: dict[str, list[str]] = field(default_factory=dict)

    def lose(self, kind: str, words: str) -> None:
        """Note words that are taken out."""
        if words.strip():
            self.words.setdefault(kind, []).append(words)

    def list_losses(self) -> Iterator[Loss]:
        """Yield a loss for each kind."""
        for kind, words in self.words.items():
            text = " ".join(" ".join(words).split())
            yield Loss(kind=kind, text=text, reason="publish build writes them anew")


def read_own_file(package: Package, styles: Styles, language: str) -> OwnFile | None:
    """Return what is known of an edition; None for any other file."""
    names = {
        key: (find_value(style, "name") or "").lower() for key, style in styles.elements.items()
    }
    if IMPRINT not in names.values():
        return None
    try:
        known = find(language or "en")
    except UsageError:
        known = find("en")
    made = OwnFile(language=known, styles=names)
    for relation in package.relations(package.main).values():
        if relation.kind == "customXml" and not relation.external:
            root = package.read_xml(relation.target)
            if root is not None and root.tag == f"{SENT}edition":
                _read_facts(root, made)
    return made


def _read_facts(root: Xml, own: OwnFile) -> None:
    for one in root.iter(f"{SENT}note"):
        own.labels[one.get("bookmark") or ""] = one.get("label") or ""
    for one in root.iter(f"{SENT}sentence"):
        if one.get("whole"):
            own.wholes.add(one.get("bookmark") or "")
    for one in root.iter(f"{SENT}formula"):
        found = one.get("shown") or "", one.get("tex") or ""
        own.formulas[one.get("bookmark") or ""] = found


def clean_part(root: Xml, own: OwnFile) -> None:
    """Take out of a part what only an edition has, and undo its typography."""
    for paragraph in list(root.iter(w("p"))):
        style = own.styles.get(find_value(paragraph.find(w("pPr")), "pStyle") or "", "")
        if style.startswith(OWN):
            own.lose(FRONT, words_of([paragraph]))
            _remove(paragraph)
        else:
            _fold(paragraph, own)
            _clean_runs(paragraph, own)
            names = {one.get(w("name")) for one in paragraph.iter(w("bookmarkStart"))}
            if names & own.wholes:
                paragraph.set(WHOLE, "1")
    for table in list(root.iter(w("tbl"))):
        if not words_of([table]) and next(table.iter(w("drawing")), None) is None:
            _remove(table)
    for picture in root.iter(f"{WP}docPr"):
        if (picture.get("name") or "").startswith(UNDESCRIBED):
            own.lose("words for pictures that nobody described", picture.get("descr") or "")
            picture.attrib.pop("descr", "")
    _restore_marks(root, own)
    _restore_formulas(root, own)


def _remove(element: Xml) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# --------------------------------------------------------------------------- runs


def _clean_runs(paragraph: Xml, own: OwnFile) -> None:
    for run in list(paragraph.iter(w("r"))):
        properties = run.find(w("rPr"))
        style = own.styles.get(find_value(properties, "rStyle") or "", "")
        if style == "emphasis" and properties is not None:
            _emphasise(properties)
        elif style == "footnote reference":
            for text in list(run.iter(w("t"))):
                own.lose(KINDS["edition mark"], text.text or "")
                _remove(text)
        elif style in KINDS:
            words = "".join(one.text or "" for one in run.iter(w("t")))
            if style == "edition number" and any(map(str.isalpha, words)):
                continue  # Somebody wrote on in the style of the number.
            own.lose(KINDS[style], words)
            if style == "edition name" and not _follows(run, own, style):
                _show(run, EMPTY_LINK)
            elif style == "edition count" and not _follows(run, own, style):
                _show(run, "{number}")
            else:
                _remove(run)


def _emphasise(properties: Xml) -> None:
    """Make a run in the style of emphasis an italic one, whatever that style looks like."""
    for one in list(properties):
        if local_name(one) == "rStyle":
            properties.remove(one)
    for name in ("i", "iCs"):
        properties.append(properties.makeelement(w(name), {}))


def _follows(run: Xml, own: OwnFile, style: str) -> bool:
    """Return whether the run before has the same style, so that both are one text."""
    before = run.getprevious()
    if before is None or before.tag != w("r"):
        return False
    shown = "".join(one.text or "" for one in before.iter(w("t")))
    return shown in (EMPTY_LINK, "{number}")


def _show(run: Xml, text: str) -> None:
    texts = list(run.iter(w("t")))
    for one in texts[1:]:
        _remove(one)
    if texts:
        texts[0].text = text
    properties = run.find(w("rPr"))
    if properties is not None:
        for one in list(properties):
            if local_name(one) == "rStyle":
                properties.remove(one)


# --------------------------------------------------------------------------- typography


def _fold(paragraph: Xml, own: OwnFile) -> None:
    """Undo in a paragraph what typography would do again, language by language."""
    texts = [one for one in paragraph.iter(w("t")) if one.text]
    for language, group in groupby(texts, lambda one: _find_language(one, own)):
        parts = list(group)
        whole = "".join(one.text or "" for one in parts)
        folded = undo_typography(whole, language)
        at = 0
        for one in parts:
            size = len(one.text or "")
            one.text = folded[at : at + size]
            at += size


def _find_language(text: Xml, own: OwnFile) -> Language:
    run = text.getparent()
    given = None if run is None else run.find(f"{w('rPr')}/{w('lang')}")
    if given is None:
        return own.language
    right = run is not None and run.find(f"{w('rPr')}/{w('rtl')}") is not None
    tag = (given.get(w("bidi")) if right else None) or given.get(w("val")) or ""
    try:
        return find(tag) if tag else own.language
    except UsageError:
        return own.language


def undo_typography(text: str, language: Language) -> str:
    """Return a text with plain spaces and hyphens where typography would change them again."""
    if text.isascii():
        return text
    plain = "".join(fold_typography(one) if fold_typography(one) in " -" else one for one in text)
    again = language.typeset(plain)
    if len(again) != len(text):
        return text
    return "".join(
        folded if made == one or (fold_typography(one) == " " != one and made == "\u00a0") else one
        for one, folded, made in zip(text, plain, again, strict=True)
    )


# --------------------------------------------------------------------------- notes, formulas


def _restore_marks(root: Xml, own: OwnFile) -> None:
    """Note the labels of notes, and make marks that refer to a mark those of the same note."""
    notes: dict[str, str] = {}
    for start in root.iter(w("bookmarkStart")):
        named = start.get(w("name")) or ""
        after = start.getnext()
        while after is not None and after.tag in (w("bookmarkStart"), w("bookmarkEnd")):
            after = after.getnext()
        mark = None if after is None else after.find(w("footnoteReference"))
        if mark is not None and named.startswith(NOTE):
            notes[named] = mark.get(w("id")) or ""
            own.notes[notes[named]] = own.labels.get(named, "")
    for code in list(root.iter(w("instrText"))):
        words = (code.text or "").split()
        if len(words) > 1 and words[0] == "NOTEREF" and words[1] in notes:
            run = code.getparent()
            if run is not None:
                _replace_field(run, notes[words[1]])


def _replace_field(run: Xml, identifier: str) -> None:
    """Put the mark of a note in the place of the field around a run."""
    first = run.getprevious()
    if first is None or first.find(w("fldChar")) is None:
        return
    last = run
    while (after := last.getnext()) is not None:
        last = after
        mark = last.find(w("fldChar"))
        if mark is not None and mark.get(w("fldCharType")) == "end":
            break
    at = first
    while at is not last:
        following = at.getnext()
        _remove(at)
        if following is None:
            return
        at = following
    last[:] = [last.makeelement(f"{{{W}}}footnoteReference", {w("id"): identifier})]


def _restore_formulas(root: Xml, own: OwnFile) -> None:
    """Give formulas their TeX, if nobody changed them."""
    for start in root.iter(w("bookmarkStart")):
        shown, tex = own.formulas.get(start.get(w("name")) or "", ("", ""))
        after = start.getnext()
        if not tex or after is None:
            continue
        formula = after if local_name(after) == "oMath" else next(iter(after), None)
        if formula is None or local_name(formula) != "oMath":
            continue
        if _read_letters(formula) == shown == _read_letters(_write_formula(tex)):
            formula.set(TEX, tex)


def _write_formula(tex: str) -> Xml | None:
    """Return a formula as an edition has it; None for one that cannot be read."""
    try:
        check_formula(tex, None)
        return make_formula(read_mathml(tex, display=False))
    except PublishError:
        return None


def _read_letters(formula: Xml | None) -> str:
    """Return the fingerprint of what a formula shows."""
    found = () if formula is None else (one for one in formula.iter() if local_name(one) == "t")
    return make_fingerprint("".join(one.text or "" for one in found), fuzzy=False)

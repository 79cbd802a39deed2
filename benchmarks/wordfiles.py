"""Measure what importing keeps of Word files, beside other programs.

Run `python -m benchmarks.wordfiles FOLDER…`.  For all Word files in the folders it prints what
they have, by a rough count that knows nothing of ours, and how much of it is there after importing
and after converting with pandoc, mammoth and markitdown, as far as these are installed: words (for
ours: kept or listed as lost), headings by style, list items, tables, marks of notes, pictures of
known kinds, descriptions.  Of each file and kind, no more is counted than is in the file.  The
table is in docs/compatibility.md.
"""

from __future__ import annotations

import io
import posixpath
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from lxml import etree

from publish.importing.word.documents import read_word_document
from publish.importing.word.reading import read_word
from publish.importing.words import list_document_words, list_words
from publish.model import Document, ListBlock, blocks
from publish.reading.markdown import SourceFile, read_document
from publish.reading.writing.blockwriter import count_in
from publish.reading.writing.document import write_document

__all__ = ["KINDS", "count_file", "main"]

KINDS = ("words", "headings", "items", "tables", "notes", "pictures", "descriptions")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BREAKS = frozenset(W + name for name in ("p", "tc", "tab", "br", "cr", "sym", "drawing", "pict"))
NOT_SHOWN = frozenset(W + name for name in ("pPr", "rPr", "del", "moveFrom", "instrText"))
READABLE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)
HEADING = re.compile(r"heading [1-9]$")
CONTENTS = re.compile(r"toc(?: \d| heading)|table of figures|index \d")
LETTERS = re.compile(r"[^\W\d_]|§")


class _Parts:
    """The parts of a Word file as trees."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        named = self.relations("").values()
        self.main = next(target for kind, target in named if kind == "officeDocument")
        self.related = self.relations(self.main)

    def read(self, name: str) -> etree._Element:
        data = self.archive.read(name)
        if b"purl.oclc.org" in data:
            raise ValueError("strict form")
        return etree.fromstring(data)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        folder, last = posixpath.split(name)
        try:
            root = self.read(posixpath.join(folder, "_rels", f"{last}.rels"))
        except KeyError:
            return {}
        return {
            one.get("Id") or "": (
                (one.get("Type") or "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.get("Target") or ""))[1:],
            )
            for one in root
        }

    def related_part(self, kind: str) -> etree._Element | None:
        names = (target for what, target in self.related.values() if what == kind)
        name = next(names, None)
        return self.read(name) if name in self.archive.namelist() else None


def count_file(data: bytes) -> tuple[Counter[str], Counter[str]]:
    """Return the words of a file, and how much it has of the other kinds."""
    parts = _Parts(data)
    root = parts.read(parts.main)
    words: Counter[str] = Counter()
    for part in (root, parts.related_part("footnotes"), parts.related_part("endnotes")):
        if part is not None:
            words.update(list_words("".join(_texts(part)).casefold()))
    found = _count_paragraphs(root, parts)
    found["tables"] = sum(1 for _ in root.iter(W + "tbl"))
    found["notes"] = sum(1 for _ in root.iter(W + "footnoteReference", W + "endnoteReference"))
    for picture in root.iter(PIC + "pic"):
        blip = next(picture.iter(A + "blip"), None)
        target = parts.related.get(blip.get(R + "embed") or "") if blip is not None else None
        if target and READABLE.search(target[1]) and target[1] in parts.archive.namelist():
            frame = next(picture.iterancestors(W + "drawing"))
            said = next(frame.iter(WP + "docPr"), etree.Element("x"))
            found["pictures"] += 1
            found["descriptions"] += bool((said.get("descr") or said.get("title") or "").strip())
    return words, found


def _texts(root: etree._Element) -> Iterator[str]:
    """Yield the texts of a part; of what stands there twice, the first."""
    for choice in list(root.iter(MC + "AlternateContent")):
        for fallback in choice.findall(MC + "Fallback") if len(choice) > 1 else ():
            choice.remove(fallback)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, one in walk:
        if event == "start" and one.tag in NOT_SHOWN:
            walk.skip_subtree()
        elif event == "start" and one.tag == W + "t":
            yield one.text or ""
        elif one.tag in BREAKS:
            yield " "


def _value(parent: etree._Element | None, *path: str) -> str | None:
    found = None if parent is None else parent.find("/".join(W + name for name in path))
    return None if found is None else found.get(W + "val")


def _count_paragraphs(root: etree._Element, parts: _Parts) -> Counter[str]:
    """Count headings and items of lists by their styles and numberings."""
    sheet, numbering = parts.related_part("styles"), parts.related_part("numbering")
    styles = {one.get(W + "styleId"): one for one in (sheet if sheet is not None else ())}
    usual = [name for name, one in styles.items() if one.get(W + "default") == "1"]
    parts_of = list(numbering) if numbering is not None else []
    lists = {one.get(W + "numId"): one for one in parts_of if one.tag == W + "num"}
    abstract = {
        one.get(W + "abstractNumId"): one for one in parts_of if one.tag == W + "abstractNum"
    }
    found: Counter[str] = Counter()
    for one in root.iter(W + "p"):
        if not "".join(_texts(one)).strip():
            continue
        properties = one.find(W + "pPr")
        chain = _chain(_value(properties, "pStyle") or (usual or [""])[0], styles)
        names = [(_value(style, "name") or "").lower() for style in chain]
        if any(CONTENTS.match(name) for name in names):
            continue
        held = {above.tag for above in one.iterancestors()} & {W + "tc", W + "txbxContent"}
        outlined = [_value(properties, "outlineLvl")]
        outlined += [_value(style, "pPr", "outlineLvl") for style in chain]
        depth = next((one for one in outlined if one is not None), "9")
        if any(HEADING.match(name) for name in names) or depth < "9":
            found["headings"] += not held and "title" not in names
            continue
        if any(name.startswith("code") for name in names):
            continue
        given = [_value(properties, "numPr", "numId")]
        given += [_value(style, "pPr", "numPr", "numId") for style in chain]
        number = lists.get(next((name for name in given if name is not None), "0"))
        levels = abstract.get(_value(number, "abstractNumId"))
        at = _value(properties, "numPr", "ilvl") or "0"
        wanted = [
            one for one in (levels if levels is not None else ()) if one.get(W + "ilvl") == at
        ]
        label = re.sub(r"%\d", "", _value(wanted[0], "lvlText") or "") if wanted else "x"
        kind = _value(wanted[0], "numFmt") if wanted else "none"
        found["items"] += kind == "bullet" or (kind != "none" and not LETTERS.search(label))
    return found


def _chain(name: str | None, styles: dict[str | None, etree._Element]) -> list[etree._Element]:
    chain: list[etree._Element] = []
    while name in styles and styles[name] not in chain:
        chain.append(styles[name])
        name = _value(chain[-1], "basedOn")
    return chain


# --------------------------------------------------------------------------- programs

Result = tuple[Counter[str], Counter[str]]


def _count_page(page: str) -> Result:
    """Count what a page of HTML has."""
    said = re.findall(r"<img\b[^>]*>", page)
    text = re.sub(r"<(?!/?(?:em|strong|span|a|u|s|sub|sup|b|i|code)\b)[^>]*>", " ", page)
    plain = re.sub(r"<[^>]*>", "", text)
    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("amp", "&")):
        plain = plain.replace(f"&{name};", sign)
    found = Counter(
        headings=len(re.findall(r"<h[1-6]\b", page)),
        items=len(re.findall(r"<li\b(?![^>]*note)", page)),
        tables=len(re.findall(r"<table\b", page)),
        notes=len(re.findall(r'footnote-ref|href="#(?:foot|end)note-\d', page)),
        pictures=len(said),
        descriptions=sum(1 for one in said if re.search(r'alt="[^"]', one)),
    )
    return Counter(list_words(plain.casefold())), found


def _count_markdown(text: str) -> Result:
    """Count what a text in Markdown has."""
    said = re.findall(r"!\[([^\]]*)\]\(", text)
    found = Counter(
        headings=len(re.findall(r"^#{1,6} ", text, re.MULTILINE)),
        items=len(re.findall(r"^\s*(?:[-*+]|\d+[.)]) ", text, re.MULTILINE)),
        tables=len(re.findall(r"^\|(?: ?-{3,} ?\|)+\s*$", text, re.MULTILINE)),
        notes=len(re.findall(r"\]\(#(?:foot|end)note-\d", text)),
        pictures=len(said),
        descriptions=sum(1 for alt in said if alt.strip()),
    )
    plain = re.sub(r"\]\([^)\s]*\)|[*\\]|</?\w+>", "", text)
    return Counter(list_words(plain.casefold())), found


def _ours(path: Path) -> Result:
    """Import a file, write it as a source and read that; words that are listed count as kept."""
    data = path.read_bytes()
    made = read_word_document(data, path.name, name="report")
    source = write_document(made.document)
    read_document("report", "en", [SourceFile("report.md", source)])
    _, found = _count_page(read_word(data, path.name).html)
    words = Counter(word.casefold() for word in list_document_words(made.document))
    words.update(_numbers_of_items(made.document))
    for loss in made.losses:
        if not loss.moved:
            words.update(list_words(loss.text.casefold()))
    return words, found


def _numbers_of_items(document: Document) -> Iterator[str]:
    """Yield the numbers of lists, which may have been typed as text."""
    for block in blocks(document):
        if isinstance(block, ListBlock) and block.start is not None:
            for at in range(len(block.items)):
                number = block.start + at
                plain = block.numbering == "1"
                yield str(number) if plain else count_in(number, block.numbering).casefold()


def _pandoc(path: Path) -> Result:
    command = ["pandoc", "-f", "docx", "-t", "html", "--wrap=none", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return _count_page(done.stdout)


def _mammoth(path: Path) -> Result:
    with path.open("rb") as file:
        return _count_page(import_module("mammoth").convert_to_html(file).value)


def _markitdown(path: Path) -> Result:
    return _count_markdown(import_module("markitdown").MarkItDown().convert(str(path)).markdown)


PROGRAMS: dict[str, Callable[[Path], Result]] = {
    "publish": _ours,
    "pandoc": _pandoc,
    "mammoth": _mammoth,
    "markitdown": _markitdown,
}


def _find(folders: list[str]) -> Iterator[tuple[Path, Counter[str], Counter[str]]]:
    """Yield the Word files that the count can read and that have words."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.docx")):
            try:
                words, found = count_file(path.read_bytes())
            except (OSError, ValueError, KeyError, StopIteration, SyntaxError, zipfile.BadZipFile):
                continue
            if words:
                yield path, words, found


def main(folders: list[str]) -> None:
    """Print the table for all Word files in some folders."""
    files = list(_find(folders))
    totals: Counter[str] = Counter()
    for _, words, found in files:
        totals += found + Counter(words=words.total())
    print(f"| {len(files)} files |", " | ".join(f"{kind} {totals[kind]:,}" for kind in KINDS), "|")
    for name, program in PROGRAMS.items():
        kept: Counter[str] = Counter()
        failed = 0
        begin = time.perf_counter()
        for path, words, found in files:
            try:
                their_words, theirs = program(path)
            except Exception as error:  # Each program has kinds of its own.
                failed += 1
                print(f"{name}: {path.name}: {error}", file=sys.stderr)
                continue
            kept += (found & theirs) + Counter(words=(words & their_words).total())
        shares = (f"{kept[kind] / max(totals[kind], 1):.2%}" for kind in KINDS)
        print(
            f"| {name} |", " | ".join(shares), f"| {failed} | {time.perf_counter() - begin:.0f} s"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

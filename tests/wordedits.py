"""Edits of Word editions as translators and their programs make them, on the XML of the file."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN, NOTES = "word/document.xml", "word/footnotes.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = Any


def read_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def edit(data: bytes, change: Callable[[Element], None], part: str = MAIN) -> bytes:
    """Return a file with a part that a function has changed."""
    parts = read_parts(data)
    root = etree.fromstring(parts[part])
    change(root)
    return write_parts({**parts, part: etree.tostring(root)})


def run(text: str, properties: str = "") -> Element:
    made = etree.Element(f"{W}r")
    if properties:
        etree.SubElement(etree.SubElement(made, f"{W}rPr"), f"{W}{properties}")
    shown = etree.SubElement(made, f"{W}t")
    shown.text = text
    shown.set(SPACE, "preserve")
    return made


def text_of(*elements: Element) -> str:
    return "".join(one.text or "" for element in elements for one in element.iter(f"{W}t"))


def remove(*elements: Element) -> None:
    for one in elements:
        one.getparent().remove(one)


def retype(old: str, new: str) -> Callable[[Element], None]:
    """Return an edit of words that stand in one run; a no-break space is as a space."""

    def change(root: Element) -> None:
        pattern = re.compile(re.escape(old).replace(r"\ ", "[ \u00a0]"))
        texts = [one for one in root.iter(f"{W}t") if pattern.search(one.text or "")]
        found = [one for one in texts if find_bookmark(one) is not None]
        assert found, f"no run has {old!r}"
        found[0].text = pattern.sub(lambda _: new, found[0].text, count=1)

    return change


def find_bookmark(text: Element) -> tuple[Element, Element] | None:
    """Return begin and end of the bookmark of the sentence that a text is in."""
    run_of = text.getparent()
    for start in run_of.itersiblings(f"{W}bookmarkStart", preceding=True):
        if start.get(f"{W}name").startswith("_s."):
            ends = run_of.itersiblings(f"{W}bookmarkEnd")
            end = next((one for one in ends if one.get(f"{W}id") == start.get(f"{W}id")), None)
            return None if end is None else (start, end)
    return None


def sentences(root: Element) -> list[tuple[str, Element, Element]]:
    """Return the bookmarks that begin and end in one paragraph: name, begin and end."""
    found = []
    for start in root.iter(f"{W}bookmarkStart"):
        ends = start.itersiblings(f"{W}bookmarkEnd")
        end = next((one for one in ends if one.get(f"{W}id") == start.get(f"{W}id")), None)
        if start.get(f"{W}name").startswith("_s.") and end is not None:
            found.append((start.get(f"{W}name"), start, end))
    return found


def inside(start: Element, end: Element) -> list[Element]:
    found = []
    one = start.getnext()
    while one is not None and one is not end:
        found.append(one)
        one = one.getnext()
    return found


def find_sentence(root: Element, words: str) -> tuple[Element, Element]:
    """Return the bookmark of the sentence that has these words."""
    plain = words.replace("\u00a0", " ")
    for _, start, end in sentences(root):
        if plain in text_of(*inside(start, end)).replace("\u00a0", " "):
            return start, end
    raise AssertionError(f"no sentence has {words!r}")


def replace_sentence(words: str, *runs: Element) -> Callable[[Element], None]:
    """Return an edit that types a sentence anew: as in Word, its bookmark goes."""

    def change(root: Element) -> None:
        start, end = find_sentence(root, words)
        for one in (*runs,):
            start.addprevious(one)
        remove(*inside(start, end), start, end)

    return change


def drop_bookmarks(data: bytes) -> bytes:
    """Return a file as Google Docs gives it back: its bookmarks and properties are gone."""
    parts = {
        name: part
        for name, part in read_parts(data).items()
        if not name.startswith(("customXml/", "docProps/"))
    }
    for name in (MAIN, NOTES):
        if name in parts:
            root = etree.fromstring(parts[name])
            remove(*root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))
            parts[name] = etree.tostring(root)
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        root = etree.fromstring(parts[name])
        for one in list(root):
            target = f"{one.get('PartName')}{one.get('Target')}"
            if "custom" in target or "docProps" in target:
                root.remove(one)
        parts[name] = etree.tostring(root)
    return write_parts(parts)


# --------------------------------------------------------------------------- at random


class RandomEdits:
    """Random edits of some sentences and paragraphs, and the texts that they should give.

    `expected` has the text of a sentence by its bookmark; None for one that was deleted.
    """

    def __init__(self, data: bytes, seed: int, count: int, words: list[str]) -> None:
        self.random = random.Random(seed)
        self.words = words
        self.expected: dict[str, str | None] = {}
        self.paragraphs = 0
        self.data = edit(data, lambda root: self._change(root, count))

    def _change(self, root: Element, count: int) -> None:
        every = [
            one for one in sentences(root) if len(text_of(*inside(one[1], one[2])).split()) > 4
        ]
        kinds = (
            self._reword, self._extend, self._begin_anew, self._type_anew, self._split,
            self._delete, self._add,
        )  # fmt: skip
        for name, start, end in self.random.sample(every, min(count, len(every))):
            self.random.choice(kinds)(name, start, end)
        for paragraph in list(root.iter(f"{W}p")):
            if sentences(paragraph) and self.random.random() < 0.5:
                self.paragraphs += self._cut(paragraph)

    def _word(self) -> str:
        return self.random.choice(self.words)

    def _texts(self, start: Element, end: Element) -> list[Element]:
        texts = [one for part in inside(start, end) for one in part.iter(f"{W}t")]
        return [one for one in texts if len((one.text or "").split()) > 2] or texts

    def _reword(self, name: str, start: Element, end: Element) -> None:
        one = self.random.choice(self._texts(start, end))
        words = one.text.split(" ")
        at = self.random.choice([at for at, word in enumerate(words) if word.isalpha()] or [0])
        old = words[at]
        words[at] = self._word().capitalize() if old[:1].isupper() else self._word()
        one.text = " ".join(words)
        self.expected[name] = text_of(*inside(start, end))

    def _extend(self, name: str, start: Element, end: Element) -> None:
        """Type something at the end of a sentence, which a program puts behind its bookmark."""
        last = inside(start, end)[-1]
        texts = list(last.iter(f"{W}t"))
        if not texts or not texts[-1].text.endswith("."):
            self._reword(name, start, end)
            return
        texts[-1].text = texts[-1].text[:-1]
        more = f", {self._word()} {self._word()}."
        self.expected[name] = text_of(*inside(start, end)) + more
        end.addnext(run(more))

    def _begin_anew(self, name: str, start: Element, end: Element) -> None:
        """Type the first words anew, which LibreOffice puts before the bookmark."""
        texts = [one for part in inside(start, end)[:1] for one in part.iter(f"{W}t")]
        words = (texts[0].text if texts else "").split(" ")
        if len(words) < 4:
            self._reword(name, start, end)
            return
        texts[0].text = f" {' '.join(words[2:])}"
        texts[0].set(SPACE, "preserve")
        more = f"{self._word().capitalize()} {self._word()}"
        self.expected[name] = more + text_of(*inside(start, end))
        start.addprevious(run(more))

    def _type_anew(self, name: str, start: Element, end: Element) -> None:
        words = text_of(*inside(start, end)).split()
        new = [self._word() if at % 3 == 1 and word.isalpha() else word
               for at, word in enumerate(words)]  # fmt: skip
        self.expected[name] = " ".join(new)
        start.addprevious(run(" ".join(new)))
        remove(*inside(start, end), start, end)

    def _split(self, name: str, start: Element, end: Element) -> None:
        one = self.random.choice(self._texts(start, end))
        words = one.text.split(" ")
        if len(words) < 4:
            self._reword(name, start, end)
            return
        at = len(words) // 2
        one.text = f"{' '.join(words[:at])}. {self._word().capitalize()} {' '.join(words[at:])}"
        self.expected[name] = text_of(*inside(start, end))

    def _delete(self, name: str, start: Element, end: Element) -> None:
        self.expected[name] = None
        remove(*inside(start, end), start, end)

    def _add(self, name: str, start: Element, end: Element) -> None:
        words = " ".join(self._word() for _ in range(6))
        end.addnext(run(f" {words.capitalize()}."))

    def _cut(self, paragraph: Element) -> bool:
        """Split a paragraph in two, or join it with the next one."""
        if self.random.random() < 0.5:
            starts = [start for _, start, _ in sentences(paragraph)][1:]
            if not starts:
                return False
            at = list(paragraph).index(self.random.choice(starts))
            made = etree.Element(f"{W}p")
            properties = paragraph.find(f"{W}pPr")
            made.extend([] if properties is None else [copy.deepcopy(properties)])
            made.extend(list(paragraph)[at:])
            paragraph.addnext(made)
            return True
        after = paragraph.getnext()
        if after is None or after.tag != f"{W}p" or _style(after) != _style(paragraph):
            return False
        paragraph.append(run(" "))
        paragraph.extend([one for one in after if one.tag != f"{W}pPr"])
        after.getparent().remove(after)
        return True


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))

"""Where links within a document lead: to the id of a heading, to an anchor, to another chapter."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import unquote

from publish.idsigns import join_words
from publish.model import (
    Document,
    Figure,
    FootnoteMark,
    Inline,
    Link,
    Prose,
    Table,
    Text,
    blocks,
    map_inlines,
    rebuild,
)
from publish.reading.blocks.figurelinks import map_figures
from publish.reading.outline import Placed

__all__ = ["Anchor", "is_local", "join_path", "list_shown_ids", "resolve_targets"]

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
NUMBERED = re.compile(r"(.+)[-_](\d{1,3})")
NOT_LETTERS = re.compile(r"[\W_]+")
FIRST_LETTER = re.compile(r"^[\0-@\[-`{-\x7f]+")
OPENERS = ("README", "readme", "index", "INDEX", "_index")
"""The chapter that a link to a folder leads to."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that HTML or an empty span names, in the section that its line belongs to."""

    file: str
    name: str
    line: int


def is_local(href: str) -> bool:
    """Return whether an address is a path, and not `https:…`, `mailto:…` or `#section`."""
    return bool(href) and not href.startswith("#") and not SCHEME.match(href)


def join_path(file: str, path: str) -> str:
    """Return a path as it is from the workspace, of one that is written in `file`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path))


def resolve_targets(
    document: Document,
    placed: Sequence[Placed],
    anchors: Iterable[Anchor],
    labels: Mapping[tuple[str, str], str],
    files: Sequence[str],
) -> Document:
    """Return the document with links to its chapters and anchors as links to section ids.

    Figures and tables with an id are targets, too.  A link that leads nowhere stays as it is.
    `labels` are new labels of footnotes, by file and label as typed.
    """
    targets = _Targets.of(placed, anchors, files, list_shown_ids(document))

    def change(prose: Prose) -> Prose:
        file = prose.span.file

        def swap(node: Inline) -> Inline:
            if isinstance(node, Link):
                return replace(node, href=targets.resolve(node.href, file))
            if isinstance(node, FootnoteMark):
                return FootnoteMark(labels.get((file, node.label), node.label))
            return node

        if all(isinstance(node, Text) for node in prose.content):
            return prose
        content = map_inlines(swap, prose.content)
        return prose if content == prose.content else replace(prose, content=content)

    notes = tuple(
        replace(note, label=labels.get((note.span.file, note.label), note.label))
        for note in document.notes
    )
    document = rebuild(replace(document, notes=notes), change)
    return map_figures(
        document, lambda one: replace(one, href=targets.resolve(one.href, one.span.file))
    )


@dataclass(frozen=True, slots=True)
class _Targets:
    """The ids that names stand for: by file and name, then by name in the whole document."""

    exact: Mapping[tuple[str, str], str]
    loose: Mapping[tuple[str, str], tuple[str, ...]]
    opening: Mapping[str, str]
    """The id of the first section of each file."""
    paths: Mapping[str, str]
    """The file for each path that may lead to it: with its suffix, without, its folder."""

    @classmethod
    def of(
        cls,
        placed: Sequence[Placed],
        anchors: Iterable[Anchor],
        files: Sequence[str],
        shown: Iterable[tuple[str, str]],
    ) -> _Targets:
        exact: dict[tuple[str, str], str] = {}
        loose: dict[tuple[str, str], list[str]] = {}
        opening: dict[str, str] = {}
        for one in placed:
            opening.setdefault(one.file, one.id)
            exact[one.file, one.id] = exact["", one.id] = one.id
        for own, name in shown:
            exact[own, name] = exact["", name] = name
            for file in (own, ""):
                for key in _list_keys(name):
                    loose.setdefault((file, key), []).append(name)
        for one in placed:
            exact.setdefault((one.file, one.typed), one.id)
            exact.setdefault(("", one.typed), one.id)
            for file in (one.file, ""):
                for key in _list_keys(one.typed, _pandoc(one.typed)):
                    loose.setdefault((file, key), []).append(one.id)
        for anchor in anchors:
            if found := _section_of(anchor, placed):
                exact.setdefault((anchor.file, anchor.name), found)
                exact.setdefault(("", anchor.name), found)
        empty = [file for file in files if file not in opening]
        after = dict(pairwise(files))
        for file in reversed(empty):
            if after.get(file) in opening:
                opening[file] = opening[after[file]]
        paths: dict[str, str] = {}
        for file in sorted(opening, key=lambda path: path.rpartition(".")[2] != "md"):
            paths.setdefault(file, file)
            paths.setdefault(file.rpartition(".")[0], file)
        return cls(exact, {key: tuple(ids) for key, ids in loose.items()}, opening, paths)

    def resolve(self, href: str, file: str) -> str:
        """Return the address as `#id`, or as it is if nothing in the document has this name."""
        if href.startswith("#"):
            found = self._named(href[1:], file) or self._named(href[1:], "")
            return f"#{found}" if found else href
        if not is_local(href):
            return href
        path, _, name = href.partition("#")
        chapter = self._chapter(path.partition("?")[0], file)
        if chapter is None:
            return href
        found = self._named(name, chapter) if name else self.opening.get(chapter)
        return f"#{found}" if found else href

    def _named(self, name: str, file: str) -> str | None:
        if not name:
            return None
        name = unquote(name)
        if found := self.exact.get((file, name)):
            return found
        if alike := self.loose.get((file, _fold(name))):
            return alike[0]
        if numbered := NUMBERED.fullmatch(name):
            alike = self.loose.get((file, _fold(numbered[1])), ())
            at = int(numbered[2])
            return alike[at] if at < len(alike) else None
        return None

    def _chapter(self, path: str, file: str) -> str | None:
        """Return the file that a path leads to: `a.md`, `a.html`, `a/`, `a` and `/a.md`."""
        path = unquote(path)
        bases = [join_path(file, path.lstrip("/"))] if not path.startswith("/") else []
        if path.startswith("/"):
            roots = dict.fromkeys(posixpath.dirname(known) for known in self.opening)
            bases = [posixpath.normpath(posixpath.join(root, path[1:])) for root in roots]
        for base in bases:
            stem = re.sub(r"\.(?:html?|md)$", "", base)
            wanted = [base, stem, *(f"{stem}/{name}" for name in OPENERS)]
            if stem.rpartition("/")[2] == "index":
                wanted += [f"{stem.rpartition('/')[0]}/{name}" for name in OPENERS]
            if known := next((self.paths[one] for one in wanted if one in self.paths), None):
                return known
        return None


def list_shown_ids(document: Document) -> list[tuple[str, str]]:
    """Return file and id of each figure and table that has one."""
    found = (block for block in blocks(document) if isinstance(block, Figure | Table))
    return [(block.span.file, block.id) for block in found if block.id]


def _section_of(anchor: Anchor, placed: Sequence[Placed]) -> str | None:
    """Return the id of the section with an anchor; before the first heading, that of this one."""
    here = [one for one in placed if one.file == anchor.file]
    above = [one for one in here if one.heading.prose.span.first <= anchor.line]
    return above[-1].id if above else here[0].id if here else None


def _list_keys(*names: str) -> list[str]:
    """Return what links to these names are looked up by: with marks of letters, and without any.

    Some makers of ids leave out the marks, and ours did.
    """
    near = list(map(_fold, names))
    return list(dict.fromkeys([*near, *(NOT_LETTERS.sub("", name) for name in near)]))


def _fold(name: str) -> str:
    """Return a name without what the makers of ids treat in different ways."""
    return join_words(unicodedata.normalize("NFKC", name).casefold()).replace("-", "")


def _pandoc(name: str) -> str:
    """Return a name as pandoc has it, without the number before its first letter."""
    return FIRST_LETTER.sub("", name)

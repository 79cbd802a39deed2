"""What a source keeps when its file is imported again: what people wrote into it.

That are the ids of its sections, its notes to translators, the labels of its footnotes, the
descriptions of its pictures, and its front matter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from publish.model import (
    Block,
    Document,
    Facts,
    Figure,
    Footnote,
    FootnoteMark,
    Heading,
    Inline,
    Link,
    Prose,
    Role,
    blocks,
    map_inlines,
    plain,
    proses,
    rebuild,
)
from publish.reading.blocks.figurelinks import map_figures

__all__ = ["keep_written"]

ALIKE = 0.6
"""The least similarity of two texts that are versions of one."""
MOST_PAIRS = 40_000
"""So many pairs of texts are compared; of more, only equal texts are the same."""

One = TypeVar("One", bound=Hashable)


def keep_written(old: Document, new: Document) -> Document:
    """Return a new version of a document with what people wrote into the old one."""
    new = _keep_labels(old, new)
    new = _keep_ids(old, new)
    new = _keep_notes(old, new)
    new = map_figures(new, _figure_keeper(old))
    fields = {one.prose.role for one in old.front}
    added = (one for one in new.front if one.prose.role not in fields)
    return replace(new, front=(*old.front, *added), facts=_keep_facts(old.facts, new.facts))


def _keep_facts(old: Facts, new: Facts) -> Facts:
    said = old.published is not None
    return Facts(
        published=old.published or new.published,
        precision=old.precision if said else new.precision,
        revised=old.revised or new.revised,
        source_url=old.source_url or new.source_url,
        republished_url=old.republished_url or new.republished_url,
        identifier=old.identifier or new.identifier,
        contact=old.contact or new.contact,
    )


def _pair(old: Sequence[One], new: Sequence[One], text: Callable[[One], str]) -> dict[int, int]:
    """Return which of the new things is which old one, by their numbers: equal, or alike."""
    before = [text(one) for one in old]
    after = [text(one) for one in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: dict[int, int] = {}
    for first, second, size in matcher.get_matching_blocks():
        found.update((second + at, first + at) for at in range(size))
    gone = [at for at in range(len(old)) if at not in found.values()]
    fresh = [at for at in range(len(new)) if at not in found]
    for at in list(fresh):
        same = next((one for one in gone if before[one] == after[at]), None)
        if same is not None:
            found[at] = same
            gone.remove(same)
            fresh.remove(at)
    if len(gone) * len(fresh) > MOST_PAIRS:
        return found
    scored = sorted(
        ((_likeness(before[a], after[b]), -a, -b) for a in gone for b in fresh), reverse=True
    )
    for score, a, b in scored:
        if score >= ALIKE and -b not in found and -a not in found.values():
            found[-b] = -a
    return found


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


# --------------------------------------------------------------------------- ids


def _headings(document: Document) -> list[Heading]:
    return [block for block in document.body if isinstance(block, Heading)]


def _keep_ids(old: Document, new: Document) -> Document:
    before, after = _headings(old), _headings(new)
    pairs = _pair(before, after, lambda one: plain(one.prose.content))
    kept = {before[a].id for a in pairs.values()}
    names: dict[str, str] = {}
    for at, heading in enumerate(after):
        names[heading.id] = before[pairs[at]].id if at in pairs else _free(heading.id, kept)
        kept.add(names[heading.id])
    body = tuple(
        replace(one, id=names[one.id]) if isinstance(one, Heading) else one for one in new.body
    )

    def change(node: Inline) -> Inline:
        if isinstance(node, Link) and node.href.startswith("#"):
            return replace(node, href=f"#{names.get(node.href[1:], node.href[1:])}")
        return node

    def renamed(prose: Prose) -> Prose:
        section = names.get(prose.section, prose.section)
        return replace(prose, section=section, content=map_inlines(change, prose.content))

    return rebuild(replace(new, body=body), renamed)


def _free(name: str, taken: Iterable[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


# --------------------------------------------------------------------------- notes


def _keep_notes(old: Document, new: Document) -> Document:
    """Return a document with the attributes of the old texts: `note`, `ctx` and `whole`."""
    before = [one for one in proses(old) if one.role not in FRONT]
    if not any(map(_has_attributes, before)):
        return new
    after = [one for one in proses(new) if one.role not in FRONT]
    pairs = _pair(before, after, lambda one: f"{one.role.value} {plain(one.content)}")
    given = {id(after[b]): before[a] for b, a in pairs.items() if _has_attributes(before[a])}

    def change(prose: Prose) -> Prose:
        found = given.get(id(prose))
        if found is None:
            return prose
        return replace(
            prose, note=found.note or prose.note, context=found.context, whole=found.whole
        )

    return rebuild(new, change)


def _has_attributes(prose: Prose) -> bool:
    return bool(prose.note or prose.whole or prose.context is not None)


FRONT = frozenset(
    (
        Role.TITLE, Role.SUBTITLE, Role.AUTHOR, Role.PUBLISHER, Role.REPUBLISHER, Role.RIGHTS,
        Role.SUMMARY, Role.KEYWORD,
    )
)  # fmt: skip


def _keep_labels(old: Document, new: Document) -> Document:
    """Return a document whose notes have the labels of the old ones that say the same."""
    pairs = _pair(old.notes, new.notes, _note_text)
    kept = {old.notes[a].label for a in pairs.values()}
    names: dict[str, str] = {}
    for at, note in enumerate(new.notes):
        names[note.label] = old.notes[pairs[at]].label if at in pairs else _free(note.label, kept)
        kept.add(names[note.label])

    def change(node: Inline) -> Inline:
        if isinstance(node, FootnoteMark):
            return FootnoteMark(names.get(node.label, node.label))
        return node

    new = rebuild(new, lambda p: replace(p, content=map_inlines(change, p.content)))
    notes = tuple(replace(note, label=names[note.label]) for note in new.notes)
    return replace(new, notes=notes)


def _note_text(note: Footnote) -> str:
    inner = Document(name="", language="", facts=Facts(), front=(), body=note.children)
    return " ".join(plain(prose.content) for prose in proses(inner))


# --------------------------------------------------------------------------- pictures


def _figure_keeper(old: Document) -> Callable[[Figure], Figure]:
    known: Mapping[str, Figure] = {
        one.src: one for one in _figures(blocks(old)) if one.alt.content or one.decorative
    }

    def keep(figure: Figure) -> Figure:
        before = known.get(figure.src)
        said = plain(figure.alt.content)
        caption = plain(figure.caption.content) if figure.caption else ""
        if before is None or (said and said != caption):
            return figure
        alt = replace(figure.alt, content=before.alt.content)
        width = figure.width or before.width
        return replace(figure, alt=alt, decorative=before.decorative, width=width)

    return keep


def _figures(found: Iterable[Block]) -> list[Figure]:
    return [block for block in found if isinstance(block, Figure)]

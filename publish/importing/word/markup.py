"""Write the pieces of a line as HTML: marks that nest, without marks on spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from publish.importing.word.atoms import Atom
from publish.importing.word.names import Xml, add_element

__all__ = ["clean_atoms", "fill"]

SPACES = re.compile(r"[ \t\r\n\f]+")
EDGES = re.compile(r"^([ \t]*)(.*?)([ \t]*)$", re.DOTALL)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\ufeff]")
BREAK = "\n"


def clean_atoms(atoms: Sequence[Atom], drop: frozenset[str] = frozenset()) -> list[Atom]:
    """Return the pieces of a line without spaces and breaks at its ends, and marks on spaces.

    `drop` are marks that the whole line has by its kind, such as those of a heading.
    """
    pieces: list[Atom] = []
    for atom in atoms:
        if atom.kind == "text":
            pieces += _split(atom, drop)
        else:
            pieces.append(atom)
    pieces = _trim(pieces)
    return _join(_settle_spaces(pieces))


def _split(atom: Atom, drop: frozenset[str]) -> list[Atom]:
    """Return a text as its spaces before, its words, and its spaces after."""
    text = SPACES.sub(" ", CONTROL.sub("", atom.text))
    marks = tuple(mark for mark in atom.marks if mark not in drop)
    found = EDGES.match(text)
    parts = found.groups() if found else (text,)
    return [replace(atom, text=part, marks=marks) for part in parts if part]


def _trim(atoms: list[Atom]) -> list[Atom]:
    """Return the pieces of a line without spaces and breaks at its ends, fixed spaces neither."""
    while atoms and _is_blank(atoms[0]):
        atoms = atoms[1:]
    while atoms and _is_blank(atoms[-1]):
        atoms = atoms[:-1]
    if atoms and atoms[0].kind == "text":
        atoms = [replace(atoms[0], text=atoms[0].text.lstrip()), *atoms[1:]]
    if atoms and atoms[-1].kind == "text":
        atoms = [*atoms[:-1], replace(atoms[-1], text=atoms[-1].text.rstrip())]
    return atoms


def _is_blank(atom: Atom) -> bool:
    return atom.kind == "break" or (atom.kind == "text" and not atom.text.strip())


def _settle_spaces(atoms: list[Atom]) -> list[Atom]:
    """Give each space the marks that both its neighbours have; one of several spaces is enough."""
    done: list[Atom] = []
    for at, atom in enumerate(atoms):
        if atom.kind == "text" and not atom.text.strip(" "):
            before = done[-1] if done else None
            after = next((one for one in atoms[at + 1 :] if not _is_space(one)), None)
            if before is None or _is_space(before) or before.kind == "break":
                continue
            if after is None or after.kind == "break":
                continue
            shared = tuple(mark for mark in before.marks if mark in after.marks)
            if "code" in shared:
                shared = ("code",)
            same = before.href == after.href
            if atom.exact:
                shared = tuple(mark for mark in shared if mark in atom.marks)
                same = same and atom.href == before.href
            done.append(replace(atom, marks=shared, href=before.href if same else ""))
        else:
            done.append(atom)
    return done


def _is_space(atom: Atom) -> bool:
    return atom.kind == "text" and not atom.text.strip(" ")


def _join(atoms: list[Atom]) -> list[Atom]:
    joined: list[Atom] = []
    for atom in atoms:
        last = joined[-1] if joined else None
        alike = (
            last is not None
            and last.kind == atom.kind == "text"
            and (last.marks, last.href) == (atom.marks, atom.href)
        )
        if last is not None and alike:
            joined[-1] = replace(last, text=last.text + atom.text)
        else:
            joined.append(atom)
    return joined


def fill(element: Xml, atoms: Sequence[Atom], drop: frozenset[str] = frozenset()) -> Xml:
    """Put the pieces of a line into an element and return it."""
    stack: list[tuple[str, Xml]] = []
    pieces = clean_atoms(atoms, drop)
    for at, atom in enumerate(pieces):
        wanted = [f"a {atom.href}"] if atom.href else []
        wanted += _nest(pieces, at, [name for name, _ in stack])
        same = 0
        while same < min(len(stack), len(wanted)) and stack[same][0] == wanted[same]:
            same += 1
        del stack[same:]
        for name in wanted[same:]:
            parent = stack[-1][1] if stack else element
            tag, _, href = name.partition(" ")
            stack.append((name, add_element(parent, tag, {"href": href} if href else {})))
        parent = stack[-1][1] if stack else element
        if atom.kind == "text":
            _add_text(parent, atom.text)
        elif atom.kind == "break":
            add_element(parent, "br")
        elif atom.node is not None:
            parent.append(atom.node)
    return element


def _nest(pieces: Sequence[Atom], at: int, open_ones: Sequence[str]) -> list[str]:
    """Return the marks of a piece, outer ones first: those open already, then those that go on.

    So text in italics with one bold word in it is one piece of italics.
    """
    marks = pieces[at].marks
    if len(marks) < 2:
        return list(marks)
    lasting = {mark: _count_pieces(pieces, at, mark) for mark in marks}
    kept = [mark for mark in open_ones if mark in marks]
    rest = sorted((mark for mark in marks if mark not in kept), key=lambda m: -lasting[m])
    return [*kept, *rest]


def _count_pieces(pieces: Sequence[Atom], at: int, mark: str) -> int:
    """Return over how many pieces from a place on a mark goes on, within its link."""
    count = 0
    for piece in pieces[at:]:
        if mark not in piece.marks or piece.href != pieces[at].href:
            break
        count += 1
    return count


def _add_text(parent: Xml, text: str) -> None:
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text

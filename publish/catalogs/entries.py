"""Make the entries of a catalog from the units of a source."""

from __future__ import annotations

from collections.abc import Iterable

from publish.model import Entry, Key, Unit

__all__ = ["make_entries"]


_REFERENCE = (
    "; editions write its name and number, or its title, between the empty brackets; "
    "where your language needs another form, write it with {number}, as in [figure {number}](1)"
)
"""What the note for translators says of a link without a text."""


def make_entries(units: Iterable[Unit]) -> tuple[Entry, ...]:
    """Return one untranslated entry for each different unit, in the order they first occur.

    Law (zero churn): references name files and sections, never lines, and only the links within
    a sentence are numbered.  An edit elsewhere in the source therefore changes no entry.
    """
    by_key: dict[Key, list[Unit]] = {}
    for unit in units:
        by_key.setdefault(unit.key, []).append(unit)
    return tuple(_entry(found) for found in by_key.values())


def _entry(units: list[Unit]) -> Entry:
    first = units[0]
    return Entry(
        msgid=first.msgid,
        context=first.context,
        extracted=_unique(line for unit in units for line in _explanations(unit)),
        references=_unique(_reference(unit) for unit in units),
    )


def _reference(unit: Unit) -> str:
    return f"{unit.span.file}#{unit.section}" if unit.section else unit.span.file


def _explanations(unit: Unit) -> Iterable[str]:
    """Yield the comments for translators: the role of a first unit, the note, link addresses."""
    if unit.opens:
        yield unit.role.value
    if unit.note:
        yield f"note: {unit.note}"
    for number, address in enumerate(unit.addresses, 1):
        empty = f"[]({number})" in unit.msgid
        yield f"({number}): {address}{_REFERENCE.replace('(1)', f'({number})') if empty else ''}"


def _unique(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(line.split()) for line in lines))

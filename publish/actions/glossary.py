"""Find unverified terms and export the glossary for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from publish.catalogs.glossary import Glossary
from publish.errors import UsageError
from publish.kits.termfiles import (
    UnverifiedTerm,
    find_unverified,
    list_glossary_rows,
    write_glossary_csv,
    write_tbx,
)
from publish.translation.loading import Loader
from publish.visible import make_visible

__all__ = [
    "ExportedGlossary",
    "GlossaryFormat",
    "GlossaryReport",
    "export_glossary",
    "find_unverified_terms",
]

GlossaryFormat = Literal["tbx", "csv"]

SHOWN = 5
"""How many places of a term are listed for people; JSON has them all."""


@dataclass(frozen=True, slots=True)
class ExportedGlossary:
    """The glossary as a TBX or CSV file, and its number of terms."""

    data: bytes
    terms: int


@dataclass(frozen=True, slots=True)
class GlossaryReport:
    """The glossary, and the terms that nobody verified, by language tag."""

    glossary: Glossary
    unverified: Mapping[str, tuple[UnverifiedTerm, ...]]

    def describe(self) -> Iterator[str]:
        """Yield the lines that say this."""
        yield f"{self.glossary.file}: {len(self.glossary.terms)} terms"
        for tag, terms in self.unverified.items():
            used = [one for one in terms if one.places]
            yield f"{tag}: {len(terms)} not verified, {len(used)} of them used in the source"
            yield from map(_describe_term, used)


def _describe_term(one: UnverifiedTerm) -> str:
    more = len(one.places) - SHOWN
    where = "; ".join(one.places[:SHOWN]) + (f"; {more} more" if more > 0 else "")
    term = make_visible(f"{one.term.source} → {one.rendering.text}")
    return f"  {one.term.span.first}: {term} ({one.rendering.status}): {where}"


def export_glossary(
    loader: Loader, languages: Iterable[str] = (), form: GlossaryFormat = "tbx"
) -> ExportedGlossary:
    """Return the terms in these languages; without names, in all of the glossary.

    Raises the errors of `find_unverified_terms`.
    """
    glossary = _read_terms(loader)
    tags = _known_tags(loader, glossary, languages)
    if form == "tbx":
        data = write_tbx(glossary, tags)
    else:
        data = write_glossary_csv(list_glossary_rows(glossary, tags))
    return ExportedGlossary(data, len(glossary.terms))


def find_unverified_terms(loader: Loader, languages: Iterable[str] = ()) -> GlossaryReport:
    """Return the terms that nobody verified, with the places where sources use them.

    Raises UsageError if there is no glossary, PublishError if it has errors.
    """
    glossary = _read_terms(loader)
    tags = _known_tags(loader, glossary, languages)
    sources = [loader.source(name) for name in loader.workspace.documents()]
    return GlossaryReport(glossary, {tag: find_unverified(glossary, tag, sources) for tag in tags})


def _read_terms(loader: Loader) -> Glossary:
    glossary = loader.glossary()
    if glossary is None:
        shown = loader.workspace.shown(loader.workspace.glossary)
        raise UsageError(
            f"there is no {shown}", hint="create it with the columns en, ru, status, note"
        )
    return glossary


def _known_tags(loader: Loader, glossary: Glossary, languages: Iterable[str]) -> list[str]:
    chosen = dict.fromkeys(one.tag for one in loader.workspace.languages(languages))
    return [tag for tag in chosen if tag in glossary.languages]

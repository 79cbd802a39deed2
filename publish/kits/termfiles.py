"""Write the glossary as TBX-Basic and CSV, and list its unverified terms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from publish.catalogs.glossary import VERIFIED, Glossary, Rendering, Term
from publish.checks.terms.lookup import Needle, find_terms, index_acronyms, index_terms
from publish.checks.terms.wordforms import english_base, split_tokens
from publish.containers.xmlwriting import DECLARATION, escape_characters, join_lines, write_element
from publish.model import Inlines, plain
from publish.reading.locationwords import describe_paragraph
from publish.reading.source import Source

__all__ = [
    "UnverifiedTerm",
    "find_unverified",
    "list_glossary_rows",
    "render_unverified_json",
    "write_glossary_csv",
    "write_tbx",
]

STATUS = {VERIFIED: "preferredTerm-admn-sts", "partly": "admittedTerm-admn-sts"}
"""The administrative status of a term in TBX-Basic; an unverified term has none."""


# --------------------------------------------------------------------------- tables


def list_glossary_rows(glossary: Glossary, languages: Iterable[str]) -> list[tuple[str, ...]]:
    """Return a table of the terms in some languages, heading first; `;` separates alternatives."""
    tags = [tag for tag in languages if tag in glossary.languages]
    heads = [name for tag in tags for name in (tag, f"status {tag}")]
    rows = [("en", *heads, "note")]
    for term in glossary.terms:
        by_tag = {one.language: one for one in term.renderings}
        renderings = [by_tag.get(tag, Rendering(tag, "", "")) for tag in tags]
        cells = [text for one in renderings for text in (one.text, one.status)]
        rows.append((term.source, *cells, term.note))
    return rows


def write_glossary_csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return a table as CSV (RFC 4180) with a byte order mark, which spreadsheets need for UTF-8.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([_inert(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


# --------------------------------------------------------------------------- TBX


def write_tbx(glossary: Glossary, languages: Iterable[str]) -> bytes:
    """Return the terms as TBX-Basic 2.1 (ISO 30042:2008), each a concept with its alternatives.

    A `verified` rendering is a preferred term, a `partly` verified one an admitted term.
    """
    tags = set(languages)
    entries = join_lines(*(_concept(n, term, tags) for n, term in enumerate(glossary.terms, 1)))
    source = write_element("sourceDesc", write_element("p", escape_characters(glossary.file)))
    header = write_element("martifHeader", write_element("fileDesc", source))
    text = write_element("text", join_lines(write_element("body", entries)))
    root = write_element("martif", join_lines(header, text), type="TBX-Basic", xml_lang="en")
    return f"{DECLARATION}\n{root}\n".encode()


def _concept(number: int, term: Term, tags: set[str]) -> str:
    sets = [_in_language("en", term.source, "")]
    sets += [
        _in_language(one.language, one.text, one.status)
        for one in term.renderings
        if one.language in tags
    ]
    note = write_element("note", escape_characters(term.note)) if term.note else ""
    return write_element("termEntry", join_lines(note, *sets), id=f"c{number}")


def _in_language(tag: str, text: str, status: str) -> str:
    alternatives = filter(None, (part.strip() for part in text.split(";")))
    terms = (_term(alternative, STATUS.get(status, "")) for alternative in alternatives)
    return write_element("langSet", join_lines(*terms), xml_lang=tag)


def _term(text: str, status: str) -> str:
    note = write_element("termNote", status, type="administrativeStatus") if status else ""
    return write_element("tig", write_element("term", escape_characters(text)) + note)


# --------------------------------------------------------------------------- unverified


@dataclass(frozen=True, slots=True)
class UnverifiedTerm:
    """A term with an unverified rendering, and its places in the sources: `NAME: section ¶3`."""

    term: Term
    rendering: Rendering
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What to look for: needles by their first word, and acronyms, each with its term."""

    needles: dict[str, tuple[Needle, ...]]
    terms: dict[Needle, Term]
    acronyms: dict[str, Term]


def find_unverified(
    glossary: Glossary, language: str, sources: Iterable[Source]
) -> tuple[UnverifiedTerm, ...]:
    """Return the unverified terms of a language in the order of the glossary, with their places."""
    wanted = _terms(glossary, language)
    found: dict[Term, list[str]] = {}
    for source in sources:
        for key, place in source.places.items():
            where = f"{source.name}: {describe_paragraph(place)}"
            for term in _terms_in(source.trees[key], wanted):
                found.setdefault(term, []).append(where)
    return tuple(
        UnverifiedTerm(term, one, tuple(dict.fromkeys(found.get(term, ()))))
        for term, one in _open(glossary, language)
    )


def _open(glossary: Glossary, language: str) -> Iterator[tuple[Term, Rendering]]:
    for term in glossary.terms:
        for one in term.renderings:
            if one.language == language and one.status != VERIFIED:
                yield term, one


def _terms(glossary: Glossary, language: str) -> _Terms:
    """Index the unverified terms, marked as verified, since the index leaves out all others."""
    needles: dict[str, list[Needle]] = {}
    terms: dict[Needle, Term] = {}
    short: dict[str, Term] = {}
    for term, one in _open(glossary, language):
        taken = replace(term, renderings=(replace(one, status=VERIFIED),))
        alone = Glossary(glossary.file, glossary.languages, (taken,))
        for first, group in index_terms(alone, language).items():
            needles.setdefault(first, []).extend(group)
            terms |= dict.fromkeys(group, term)
        short |= dict.fromkeys(index_acronyms(alone, language), term)
    ordered = {first: tuple(sorted(group, key=_longest)) for first, group in needles.items()}
    return _Terms(ordered, terms, short)


def _longest(needle: Needle) -> int:
    return -sum(map(len, needle.pieces))


def _terms_in(sentence: Inlines, wanted: _Terms) -> Iterator[Term]:
    words = split_tokens(plain(sentence))
    bases = [english_base(word) for word in words]
    yield from (wanted.terms[needle] for needle in find_terms(bases, words, wanted.needles))
    yield from (wanted.acronyms[word] for word in words if word in wanted.acronyms)


def render_unverified_json(
    glossary: Glossary, found: Mapping[str, Iterable[UnverifiedTerm]]
) -> str:
    """Return unverified terms by language's tag in version 1 of our schema.

    The line of a term is its line in the glossary.
    """
    rows = [
        {
            "language": tag,
            "term": one.term.source,
            "translation": one.rendering.text,
            "status": one.rendering.status,
            "line": one.term.span.first,
            "places": one.places,
        }
        for tag, terms in found.items()
        for one in terms
    ]
    listed = {"version": 1, "file": glossary.file, "unverified": rows}
    return json.dumps(listed, indent=2, ensure_ascii=False)

"""Catalogs of other programs: paragraphs, sentences, tags and other wordings of the source."""

from __future__ import annotations

import pytest

from publish.aligning.paragraphs import align_entries
from publish.aligning.wordtable import WordTable
from publish.languages.registry import find
from publish.model import Entry
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source

TEXT = """\
---
title: T
---
The court closed the camp in 2003. Nobody was charged.

The families of 40 prisoners wrote to the ministry. It never answered.

Nobody was charged.
"""


@pytest.fixture
def source() -> Source:
    document = read_document("a", "en", [SourceFile("source/a.md", TEXT)])
    return cut_source(document, find("en"))


def aligned(source: Source, *pairs: tuple[str, str], fuzzy: bool = False) -> list[tuple[str, str]]:
    flags = ("fuzzy",) if fuzzy else ()
    entries = [Entry(msgid=one, msgstrs=(other,), flags=flags) for one, other in pairs]
    foreign, groups = align_entries(source, entries, find("ru"), WordTable())
    assert sorted(at for one in groups for at in one.targets) == list(range(len(foreign)))
    return [
        (
            " ".join(source.every[at].unit.msgid for at in one.sources),
            " ".join(foreign[at].text for at in one.targets),
        )
        for one in groups
    ]


def test_a_paragraph_is_cut_into_its_sentences(source: Source) -> None:
    assert aligned(
        source,
        (
            "The court closed the camp in 2003.\nNobody was charged.",
            "Суд закрыл лагерь в 2003 году. Никого не обвинили.",
        ),
    ) == [
        ("The court closed the camp in 2003.", "Суд закрыл лагерь в 2003 году."),
        ("Nobody was charged.", "Никого не обвинили."),
    ]


def test_entries_that_are_sentences_are_taken_as_they_are(source: Source) -> None:
    assert aligned(source, ("It never answered.", "Оно не ответило. Никогда.")) == [
        ("It never answered.", "Оно не ответило. Никогда.")
    ]


def test_tags_and_another_wording_do_not_hide_a_paragraph(source: Source) -> None:
    assert aligned(
        source,
        (
            '<p class="x">The families of 41 prisoners wrote to this ministry. It never answered.',
            "<p>Семьи 41 заключённого написали в министерство. Оно не ответило.</p>",
        ),
    ) == [
        (
            "The families of 40 prisoners wrote to the ministry.",
            "Семьи 41 заключённого написали в министерство.",
        ),
        ("It never answered.", "Оно не ответило."),
    ]


def test_what_is_not_in_the_source_has_no_partner(source: Source) -> None:
    assert aligned(source, ("Contact us by mail today.", "Пишите нам.")) == [("", "Пишите нам.")]
    assert aligned(source, ("It never answered.", "")) == []


def test_another_wording_and_a_fuzzy_entry_are_less_sure(source: Source) -> None:
    def sure(msgid: str, *flags: str) -> float:
        entry = Entry(msgid=msgid, msgstrs=("Оно не ответило.",), flags=flags)
        _, groups = align_entries(source, [entry], find("ru"), WordTable())
        return groups[0].sureness

    whole = "The families of 40 prisoners wrote to the ministry. It never answered."
    assert sure("It never answered.") == 1
    assert sure("It never answered.", "fuzzy") < 1
    assert sure(whole.replace("40", "41")) < sure(whole)

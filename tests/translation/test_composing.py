"""Assembling: the fallback rule sentence by sentence, joined groups, identity, fixed spans."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translations import composed, translation

from publish.editions.recentresults import RecentResults
from publish.languages.registry import find
from publish.model import (
    Coverage,
    Document,
    Entry,
    FootnoteMark,
    Inlines,
    Key,
    Passage,
    Prose,
    Role,
    Table,
    Text,
    block_proses,
    plain,
    proses,
)
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.inline import normalise
from publish.reading.source import cut_source
from publish.reviews.ledger import Ledger
from publish.translation import composing
from publish.translation.composing import ComposedDocument, Composing, compose, compose_prose
from publish.translation.held import NOTHING_HELD, find_held
from publish.translation.translation import Translation

EN, RU, ZH = find("en"), find("ru"), find("zh-Hans")


def document(body: str) -> Document:
    return read_document("x", "en", [SourceFile("x.md", f"---\ntitle: T\n---\n{body}\n")])


def rich(repository: Path) -> Document:
    path = repository / "tests/cases/reading/rich.md"
    return read_document("rich", "en", [SourceFile("rich.md", path.read_text(encoding="utf-8"))])


def entries(*pairs: tuple[str, str], flags: tuple[str, ...] = ()) -> dict[Key, Entry]:
    return {
        (None, msgid): Entry(msgid=msgid, msgstrs=(msgstr,), flags=flags) for msgid, msgstr in pairs
    }


def body(assembled: ComposedDocument) -> Inlines:
    return next(p for b in assembled.document.body for p in block_proses(b)).content


# --------------------------------------------------------------------------- the fallback rule


def test_an_untranslated_sentence_stands_marked_in_its_place() -> None:
    ours = entries(("One.", "Раз."), ("Three.", "Три."))
    found = body(composed(document("One. Two. Three."), RU, ours))
    assert found == (
        Text("Раз. "),
        Passage((Text("Two."),), "en", "untranslated"),
        Text(" Три."),
    )


def test_neighbours_that_fall_back_make_one_passage() -> None:
    found = body(composed(document("One. Two. Three."), RU))
    assert found == (Passage((Text("One. Two. Three."),), "en", "untranslated"),)


def test_fuzzy_text_stands_only_on_request_and_marked() -> None:
    fuzzy = entries(("One.", "Раз."), flags=("fuzzy",))
    source = document("One.")
    assert body(composed(source, RU, fuzzy)) == (Passage((Text("One."),), "en", "untranslated"),)
    assert body(composed(source, RU, fuzzy, use_fuzzy=True)) == (
        Passage((Text("Раз."),), "ru", "fuzzy"),
    )


def test_coverage_counts_words_of_the_source_as_often_as_they_stand() -> None:
    source = document("Same words here.\n\nSame words here. Other.")
    found = composed(source, RU, entries(("Same words here.", "То же.")))
    assert (found.coverage.words, found.coverage.translated) == (8, 6)


def test_a_correction_of_the_source_shows_wherever_the_source_shows() -> None:
    fixed = entries(("Two.", "Two, mended."))
    source = document("One. Two.")
    english = composed(source, EN, {}, fixed)
    assert plain(body(english)) == "One. Two, mended."
    russian = composed(source, RU, entries(("One.", "Раз.")), fixed)
    assert body(russian) == (
        Text("Раз. "),
        Passage((Text("Two, mended."),), "en", "untranslated"),
    )


def test_the_space_between_sentences_follows_the_language() -> None:
    chinese = entries(("One.", "一。"), ("Two.", "二。"))
    found = body(composed(document("One. Two. Three."), ZH, chinese))
    assert plain(found) == "一。二。 Three."


def test_hard_breaks_stay() -> None:
    found = composed(document("One.\\\nTwo."), RU, entries(("One.", "Раз.")))
    assert plain(body(found)) == "Раз.\nTwo."


def test_link_numbers_become_the_addresses_of_the_source() -> None:
    source = document("See [a](https://a.b) and [c](https://c.d).")
    ours = entries(("See [a](1) and [c](2).", "См. [ц](2) и [а](1)."))
    found = composed(source, RU, ours).document
    assert [node.href for p in proses(found) for node in p.content if hasattr(node, "href")] == [
        "https://c.d",
        "https://a.b",
    ]


# --------------------------------------------------------------------------- joined sentences


@pytest.mark.parametrize(
    ("head", "follower", "flags", "shown"),
    [
        ("Раз и два.", "{joined}", (), "Раз и два. Три."),
        ("", "{joined}", (), "One. Two. Три."),
        ("Раз и два.", "{joined}", ("fuzzy",), "One. Two. Три."),
    ],
)
def test_a_joined_group_stands_or_falls_together(
    head: str, follower: str, flags: tuple[str, ...], shown: str
) -> None:
    ours = entries(("One.", head), ("Three.", "Три.")) | entries(("Two.", follower), flags=flags)
    found = composed(document("One. Two. Three."), RU, ours)
    assert plain(body(found)) == shown


def test_a_joined_sentence_counts_as_translated() -> None:
    ours = entries(("One.", "Раз и два."), ("Two.", "{joined}"))
    found = composed(document("One. Two."), RU, ours)
    assert (found.coverage.words, found.coverage.translated) == (3, 2)  # the title is not


# --------------------------------------------------------------------------- laws


def unmarked(found: Document) -> list[Inlines]:
    """The texts of a document without marks, but for cells that are numbers."""

    def lift(content: Inlines) -> Inlines:
        flat: list[object] = []
        for node in content:
            flat.extend(node.children if isinstance(node, Passage) else (node,))
        return normalise(tuple(flat))  # type: ignore[arg-type]

    return [lift(prose.content) for prose in proses(found) if not prose.figure]


def test_identity_without_entries(repository: Path) -> None:
    source = rich(repository)
    assert composed(source, EN).document == source
    assert unmarked(composed(source, RU).document) == unmarked(source)


def test_an_original_as_it_is_needs_no_sentences(repository: Path) -> None:
    cut = cut_source(rich(repository), EN, {})
    assert cut.words == sum(len(plain(one.tree).split()) for one in cut.every)
    fresh = cut_source(rich(repository), EN, {})
    original = Translation(
        source=fresh, language=EN, file="", po=None, corrections=None, ledger=Ledger("")
    )
    made = compose(original, NOTHING_HELD)
    assert made == ComposedDocument(fresh.document, Coverage(cut.words, cut.words))
    assert "texts" not in vars(fresh)
    compose(original, NOTHING_HELD, marked=True)
    assert fresh.texts == cut.texts


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_a_marked_original_has_the_marks_of_any_text(repository: Path, tag: str) -> None:
    """What is shown as it is takes a shorter way; the words are those of the source."""
    language = find(tag)
    broken = document("One. Two.\\\nThree [a](#b). Four[^1]. `code`.\n\n[^1]: A note. And more.")
    for source in (rich(repository), broken):
        cut = cut_source(replace(source, language=tag), language, {})
        original = Translation(
            source=cut, language=language, file="", po=None, corrections=None, ledger=Ledger("")
        )
        work = Composing.of(original, NOTHING_HELD, use_fuzzy=False, marked=True)
        texts = iter(cut.texts)
        wanted = [
            compose_prose(prose, next(texts), work) for prose in proses(original.source.document)
        ]
        made = compose(original, NOTHING_HELD, marked=True)
        assert list(proses(made.document)) == [prose for prose, _ in wanted]
        assert made.coverage.words == sum(coverage.words for _, coverage in wanted)
        assert made.coverage.translated == sum(coverage.translated for _, coverage in wanted)


def test_identity_with_every_msgstr_its_msgid(repository: Path) -> None:
    source = rich(repository)
    same = {
        u.key: Entry(msgid=u.msgid, msgstrs=(u.msgid,), context=u.context)
        for u in cut_source(source, EN).units
    }
    found = composed(source, RU, same)
    assert [p.content for p in proses(found.document) if not p.figure] == [
        p.content for p in proses(source) if not p.figure
    ]
    assert found.coverage.percent == 100


def test_numbers_of_tables_are_written_by_the_rules_of_the_language() -> None:
    text = (
        "---\ntitle: T\n---\n| Region | Freed | Rate | Year |\n|---|---:|---:|---|\n"
        "| Mary | 1,250 | 2.5% | 2019 |\n| Lebap | **$12,500**[^1] | 1,250 people | 2020 |\n"
        "| Ahal | {verbatim} 1,000 | `1,000` | – |\n\n1,250.\n\n[^1]: N.\n"
    )
    source = read_document("x", "en", [SourceFile("x.md", text)])

    def numbers(found: Document) -> list[str]:
        shown = (plain(prose.content) for prose in proses(found) if prose.role is Role.CELL)
        return [one for one in shown if any(letter.isdigit() for letter in one)]

    shown = ["1\u00a0250", "2,5\u00a0%", "2019", "12\u00a0500\u00a0$", "1,250 people", "2020"]
    assert numbers(composed(source, RU).document) == [*shown, "1,000", "1,000"]
    assert composed(source, EN).document == source
    table = next(one for one in composed(source, RU).document.body if isinstance(one, Table))
    assert isinstance(table.rows[1][1].content[-1], FootnoteMark)
    assert plain(next(p for p in proses(source) if p.number == 1).content) == "1,250."


TRANSLATIONS = st.lists(
    st.sampled_from(["", "Слово.", "{joined}", "Два *слова*.", "x"]), min_size=60
)


@given(TRANSLATIONS)
def test_no_span_moves(repository: Path, choices: list[str]) -> None:
    source = rich(repository)
    found = [unit for unit in cut_source(source, EN).units if not unit.addresses]
    ours = {
        unit.key: Entry(msgid=unit.msgid, msgstrs=(choice,), context=unit.context)
        for unit, choice in zip(found, choices, strict=False)
    }
    made = composed(source, RU, ours).document
    assert [(p.role, p.span, p.section) for p in proses(made)] == [
        (p.role, p.span, p.section) for p in proses(source)
    ]
    assert [type(block) for block in made.body] == [type(block) for block in source.body]


# --------------------------------------------------------------------------- what is known


def test_texts_that_are_known_are_composed_as_from_nothing() -> None:
    """After each change of texts, marks and places all is what it is without what is known."""
    table = "| A | N |\n|---|--:|\n| 1 | 1234 |\n| 2 | 12,345 |"
    rich = f"One, [law](https://a.org). Two.\n\n{table}\n\nTwo."
    ours = entries(("One, [law](1).", "Раз, [закон](1)."), ("Two.", "Два."))
    fuzzy, joined = entries(("Two.", "Два."), flags=("fuzzy",)), entries(("Two.", "^"))
    corrected = entries(("Two.", "2."), ("One, [law](1).", "1, [law](1)."))
    known = RecentResults()
    for text, found, corrections in (
        (rich, ours, corrected),
        (rich, {**ours, **fuzzy}, None),
        (rich, {**ours, **joined}, None),
        (rich, {}, None),
        (rich, {}, corrected),
        (rich.replace("a.org", "b.org"), ours, None),
        (rich.replace("12,345", "5,678"), ours, None),
        (rich.replace("12,345", "12"), ours, None),
        (f"Two.\n\n{rich}", ours, None),
        (rich.replace(". Two", ".\\\nTwo"), ours, None),
    ):
        for language, use_fuzzy, marked in product((EN, RU, ZH), (False, True), (False, True)):
            make = partial(compose, use_fuzzy=use_fuzzy, marked=marked)
            for one in (
                translation(document(rich), language, ours),
                translation(document(text), language, found, corrections),
            ):
                held = find_held(one)
                assert make(one, held, known=known) == make(one, held)
        known.end_run()


def test_only_a_changed_text_is_composed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def note(prose: Prose, *given: Any) -> Any:
        made.append(plain(prose.content))
        return compose_prose(prose, *given)

    monkeypatch.setattr(composing, "compose_prose", note)
    known = RecentResults()
    for words in ("Два.", "Двое."):
        made.clear()
        ours = entries(("One.", "Раз."), ("Two.", words))
        one = translation(document("One.\n\nTwo."), RU, ours)
        compose(one, NOTHING_HELD, known=known)
        known.end_run()
    assert made == ["Two."]

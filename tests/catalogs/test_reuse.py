"""Updates that reuse old translations: kinds of change, the memory, and that nothing is lost."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from publish.actions.update import update_catalogs
from publish.catalogs.entries import make_entries
from publish.catalogs.matching import match_in_index, match_sentences
from publish.catalogs.memory import TranslationMemory, build_memory
from publish.catalogs.updating import ReuseOptions, UpdateSummary, update_catalog
from publish.catalogs.wordindex import Candidate, index_candidates
from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import Catalog, Entry, Key
from publish.po.pofile import (
    PoFile,
    PoRecord,
    dump_po,
    extract_catalog,
    make_header,
    parse_po,
    read_po_file,
    replace_entry,
    write_po_file,
)
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import cut_source
from publish.translation.loading import Loader
from publish.translation.saving import save_catalog

EN, RU = find("en"), find("ru")
NAME = "tip-2024-turkmenistan"


def wanted(text: str) -> tuple[Entry, ...]:
    document = read_document("x", "en", [SourceFile("source/x.md", f"---\ntitle: T\n---\n{text}")])
    return make_entries(cut_source(document, EN).units)


def update(
    po: PoFile, text: str, reuse: ReuseOptions | None = None
) -> tuple[PoFile, UpdateSummary]:
    made, summary = update_catalog(po, wanted(text), reuse or ReuseOptions(source=EN, target=RU))
    return parse_po(dump_po(made), "ru.po"), summary


def started(text: str, **texts: str) -> PoFile:
    """A catalog of a text; `The_cat="Кот"` translates the entry that starts with `The cat`."""
    po, _ = update(PoFile(file="ru.po", header=make_header(RU, "x")), text)
    return filled(po, {start.replace("_", " "): msgstr for start, msgstr in texts.items()})


def filled(po: PoFile, texts: dict[str, str]) -> PoFile:
    def fill(record: PoRecord) -> PoRecord:
        entry = record.entry
        for start, msgstr in texts.items():
            if entry.msgid.startswith(start) and not entry.obsolete:
                return replace_entry(
                    record, replace(entry, msgstrs=(msgstr,), flags=(), previous=None)
                )
        return record

    made = replace(po, records=tuple(fill(record) for record in po.records))
    return parse_po(dump_po(made), "ru.po")


def entry(po: PoFile, start: str) -> Entry:
    return next(
        e for e in extract_catalog(po).entries if e.msgid.startswith(start) and not e.obsolete
    )


HARVEST = "The government forced teachers to pick cotton during the annual harvest in the fields."
ПОЛЯ = "Правительство заставляло учителей собирать хлопок."


WHOLE = "The government signed the roadmap in spring, and observers watched the harvest in fall."
PARTS = "The government signed the roadmap in spring. Observers watched the harvest in fall."


# --------------------------------------------------------------------------- kinds of change


def test_a_reworded_sentence_is_fuzzy_and_tells_its_old_wording() -> None:
    po = started(HARVEST, The_government=ПОЛЯ)
    made, summary = update(po, HARVEST.replace("annual", "yearly"))
    found = entry(made, "The government")
    assert (found.msgstr, found.fuzzy, found.previous) == (ПОЛЯ, True, HARVEST)
    assert (summary.reworded, summary.retired, summary.notices) == (1, 1, ())


def test_a_change_taken_back_takes_the_fuzzy_mark_back() -> None:
    po = started(HARVEST, The_government=ПОЛЯ)
    there, _ = update(po, HARVEST.replace("annual", "yearly"))
    back, _ = update(there, HARVEST)
    assert dump_po(back) == dump_po(po)


def test_a_second_rewording_tells_the_wording_that_was_translated() -> None:
    po = started(HARVEST, The_government=ПОЛЯ)
    once, _ = update(po, HARVEST.replace("annual", "yearly"))
    twice, _ = update(once, HARVEST.replace("annual", "yearly").replace("teachers", "all teachers"))
    assert entry(twice, "The government").previous == HARVEST
    obsolete = [e.msgid for e in extract_catalog(twice).entries if e.obsolete]
    assert obsolete == [HARVEST]


def test_typography_alone_touches_nothing() -> None:
    text = 'He called it "work" - and left... The rest stayed.'
    po = started(text, He_called="Он назвал это «работой» — и ушел…")
    made, summary = update(po, "He called it “work” – and left… The rest stayed.")
    found = entry(made, "He called")
    assert (found.msgstr, found.fuzzy, found.previous) == (
        "Он назвал это «работой» — и ушел…",
        False,
        None,
    )
    assert (summary.retyped, summary.retired) == (1, 0)
    assert not [e for e in extract_catalog(made).entries if e.obsolete]


def test_a_correction_the_editor_vouches_for_stays_confirmed() -> None:
    po = started(HARVEST, The_government=ПОЛЯ)
    made, summary = update(
        po, HARVEST.replace("pick", "harvest"), ReuseOptions(source=EN, target=RU, vouched=True)
    )
    assert not entry(made, "The government").fuzzy
    assert (summary.retyped, summary.reworded) == (1, 0)


def test_a_changed_number_is_never_swallowed() -> None:
    text = "Civil society organizations reported identifying and assisting 37 victims in all."
    po = started(text, Civil="НПО сообщили о 37 жертвах.")
    made, summary = update(
        po, text.replace("37", "73"), ReuseOptions(source=EN, target=RU, vouched=True)
    )
    assert entry(made, "Civil").fuzzy
    ((noticed, meaning),) = summary.notices
    assert (meaning.lost_numbers, meaning.gained_numbers) == (("37",), ("73",))
    assert noticed.msgid.startswith("Civil")


def test_a_changed_negation_is_never_swallowed() -> None:
    text = "The authorities did provide medical care to the victims of trafficking in the shelters."
    po = started(text, The_authorities="Власти помогали жертвам.")
    made, summary = update(
        po,
        text.replace("did provide", "did not provide"),
        ReuseOptions(source=EN, target=RU, vouched=True),
    )
    assert entry(made, "The authorities").fuzzy
    assert summary.notices[0][1].gained_negations == ("not",)


def test_a_sentence_cut_in_two_keeps_its_parts() -> None:
    po = started(WHOLE, The_government="Власти подписали карту весной. Осенью наблюдали за сбором.")
    made, summary = update(po, PARTS)
    assert entry(made, "The government").msgstr == "Власти подписали карту весной."
    assert entry(made, "Observers").msgstr == "Осенью наблюдали за сбором."
    assert entry(made, "Observers").fuzzy
    assert summary.split == 2


def test_a_cut_whose_translation_is_one_sentence_keeps_it_whole_in_the_first_part() -> None:
    po = started(WHOLE, The_government="Власти подписали карту, а наблюдатели следили за сбором.")
    made, _ = update(po, PARTS)
    assert entry(made, "The government").msgstr.endswith("следили за сбором.")
    assert entry(made, "Observers").msgstr == ""
    assert entry(made, "Observers").comments[0].startswith("the translation stands at: The gov")


def test_two_sentences_made_one_keep_both_translations() -> None:
    po = started(PARTS, The_government="Власти подписали.", Observers="Наблюдали осенью.")
    made, summary = update(po, WHOLE)
    found = entry(made, "The government")
    assert (found.msgstr, found.fuzzy) == ("Власти подписали. Наблюдали осенью.", True)
    assert summary.merged == 1


def test_a_catalog_by_paragraph_is_taken_over_by_sentence() -> None:
    text = "One thing happened. Then another thing happened. The third never did."
    po = started("{whole}\n" + text, One="Случилось одно. Затем другое. Третье — нет.")
    made, _ = update(po, text)
    assert [e.msgstr for e in extract_catalog(made).entries if e.fuzzy] == [
        "Случилось одно.",
        "Затем другое.",
        "Третье — нет.",
    ]


def test_a_moved_sentence_is_the_same_sentence() -> None:
    po = started(f"## A {{#a}}\n\n{HARVEST}\n\n## B {{#b}}\n\nOther.\n", The_government=ПОЛЯ)
    made, summary = update(po, f"## A {{#a}}\n\nOther.\n\n## B {{#b}}\n\n{HARVEST}\n")
    found = entry(made, "The government")
    assert (found.msgstr, found.fuzzy, found.references) == (ПОЛЯ, False, ("source/x.md#b",))
    assert summary.kept == 5


def test_a_joined_sentence_is_not_put_elsewhere() -> None:
    po = started(f"Before it. {HARVEST}", Before="До и после.", The_government="{joined}")
    made, _ = update(po, f"Before it. {HARVEST.replace('annual', 'yearly')}")
    assert entry(made, "The government").msgstr == ""
    assert "{joined}" in [e.msgstr for e in extract_catalog(made).entries if e.obsolete]


# --------------------------------------------------------------------------- the memory


def other(text: str, **texts: str) -> TranslationMemory:
    return build_memory([("brief-2023", extract_catalog(started(text, **texts)))])


def test_the_same_sentence_between_the_same_neighbours_is_filled() -> None:
    memory = other(f"Before it. {HARVEST} After it.", The_government=ПОЛЯ)
    po, summary = update(
        PoFile(file="ru.po", header=make_header(RU, "x")),
        f"Before it. {HARVEST} After it.",
        ReuseOptions(source=EN, target=RU, memory=lambda: memory),
    )
    found = entry(po, "The government")
    assert (found.msgstr, found.fuzzy, found.comments) == (ПОЛЯ, False, ("from brief-2023",))
    assert summary.recalled == 1


def test_the_same_sentence_elsewhere_is_offered_as_fuzzy() -> None:
    memory = other(HARVEST, The_government=ПОЛЯ)
    text = f"Something else. {HARVEST}"
    po, _ = update(
        PoFile(file="ru.po", header=make_header(RU, "x")),
        text,
        ReuseOptions(source=EN, target=RU, memory=lambda: memory),
    )
    found = entry(po, "The government")
    assert (found.msgstr, found.fuzzy, found.previous) == (ПОЛЯ, True, None)


def test_a_near_sentence_is_offered_with_its_wording() -> None:
    memory = other(HARVEST, The_government=ПОЛЯ)
    text = HARVEST.replace("annual", "yearly")
    po, _ = update(
        PoFile(file="ru.po", header=make_header(RU, "x")),
        text,
        ReuseOptions(source=EN, target=RU, memory=lambda: memory),
    )
    found = entry(po, "The government")
    assert (found.msgstr, found.fuzzy, found.previous) == (ПОЛЯ, True, HARVEST)
    assert found.comments == ("from brief-2023",)


def test_the_memory_leaves_out_what_is_no_translation_of_its_own() -> None:
    catalog = Catalog(
        "x",
        (),
        (
            Entry(msgid="Head.", msgstrs=("Голова и хвост.",)),
            Entry(msgid="Tail.", msgstrs=("{joined}",)),
            Entry(msgid="Unsure.", msgstrs=("Не точно.",), flags=("fuzzy",)),
            Entry(msgid="Gone.", msgstrs=("Ушло.",), obsolete=True),
        ),
    )
    assert [msgid for _, msgid in build_memory([("x", catalog)]).by_key] == ["Gone."]


# --------------------------------------------------------------------------- a real revision


def test_a_revision_of_the_briefing_keeps_nearly_all(workspace: Path) -> None:
    """A phrase edited, a paragraph split, two merged, two swapped, a sentence inserted."""
    path = workspace / f"locales/ru/LC_MESSAGES/{NAME}.po"
    po = parse_po(path.read_bytes(), "ru.po")
    full = tuple(
        replace_entry(r, replace(r.entry, msgstrs=(r.entry.msgstr or r.entry.msgid.upper(),)))
        for r in po.records
    )
    path.write_bytes(dump_po(replace(po, records=full)))
    before = sum(len(r.entry.msgstr) for r in full)
    source = workspace / f"source/{NAME}.md"
    source.write_text(revised(source.read_text(encoding="utf-8")), encoding="utf-8")
    update_catalogs(Loader(open_workspace(workspace)))
    entries = extract_catalog(parse_po(path.read_bytes(), "ru.po")).active().values()
    kept = sum(len(e.msgstr) for e in entries if e.translated)
    assert kept >= 0.95 * before
    fuzzy = [e for e in entries if e.fuzzy]
    assert len(fuzzy) == 1
    assert fuzzy[0].previous


def revised(text: str) -> str:
    def change(old: str, new: str) -> None:
        nonlocal text
        assert text.count(old) == 1, old
        text = text.replace(old, new)

    change(
        "to meet central government-imposed production quotas", "to fulfil state production quotas"
    )
    change(
        "victim identification and referral to care developed",
        "victim identification and referral to care developed",
    )
    change(" Observers noted that despite the lack", "\n\nObservers noted that despite the lack")
    change("reporting period.\n\nThe Prosecutor", "reporting period. The Prosecutor")
    change(
        "All victims were exploited", "A new sentence stands here now. All victims were exploited"
    )
    first = text.index("The government did not report efforts to hold accountable")
    second = text.index("\n\n## Trafficking profile")
    last = text[first:second]
    middle = text.index("International observers reported that the government continued")
    moved = text[middle:first]
    return f"{text[:middle]}{last}\n\n{moved.rstrip()}{text[second:]}"


# --------------------------------------------------------------------------- two at a time


def test_what_a_translator_saved_meanwhile_is_merged(tmp_path: Path) -> None:
    path = tmp_path / "ru.po"
    text = f"First one. {HARVEST} Last one."
    write_po_file(path, started(text, The_government=ПОЛЯ))
    before = read_po_file(path, "ru.po")
    after, _ = update_catalog(
        before, wanted(text.replace("annual", "yearly")), ReuseOptions(source=EN, target=RU)
    )
    write_po_file(path, filled(before, {"First": "Первое.", "Last": "Последнее."}))
    assert save_catalog(path, before, after)
    made = read_po_file(path, "ru.po")
    assert entry(made, "First").msgstr == "Первое."
    assert entry(made, "Last").msgstr == "Последнее."
    assert entry(made, "The government").fuzzy
    assert entry(made, "The government").previous == HARVEST


def test_what_a_translator_broke_meanwhile_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "ru.po"
    write_po_file(path, started(HARVEST))
    before = read_po_file(path, "ru.po")
    broken = path.read_bytes() + b'\nmsgid "x\n'
    path.write_bytes(broken)
    with pytest.raises(PublishError) as caught:
        save_catalog(
            path,
            before,
            update_catalog(before, wanted("New."), ReuseOptions(source=EN, target=RU))[0],
        )
    assert caught.value.code == "po-syntax"
    assert path.read_bytes() == broken


# --------------------------------------------------------------------------- nothing lost

WORDS = ["cotton", "harvest", "teachers", "pick", "fields", "government", "annual", "37", "not"]


class Life(RuleBasedStateMachine):
    """A source edited, translated and updated in any order; every human text stays findable."""

    def __init__(self) -> None:
        super().__init__()
        self.source = [HARVEST, "Other sentences stand here too."]
        self.po, _ = update(PoFile(file="ru.po", header=make_header(RU, "x")), self.text())
        self.written: set[str] = set()
        self.texts = 0

    def text(self) -> str:
        return " ".join(self.source) + "\n"

    @rule(at=st.integers(0, 9), word=st.sampled_from(WORDS), by=st.sampled_from([*WORDS, ""]))
    def reword(self, at: int, word: str, by: str) -> None:
        at %= len(self.source)
        self.source[at] = " ".join(self.source[at].replace(word, by, 1).split())

    @rule(at=st.integers(0, 9), number=st.integers(0, 3))
    def insert(self, at: int, number: int) -> None:
        self.source.insert(at % (len(self.source) + 1), f"Inserted sentence {number} is here.")

    @rule(at=st.integers(0, 9))
    def delete(self, at: int) -> None:
        if len(self.source) > 1:
            del self.source[at % len(self.source)]

    @rule(at=st.integers(0, 9))
    def swap(self, at: int) -> None:
        self.source.append(self.source.pop(at % len(self.source)))

    @rule(at=st.integers(0, 9))
    def join(self, at: int) -> None:
        at %= len(self.source)
        if at + 1 < len(self.source):
            second = self.source.pop(at + 1)
            first = self.source[at].removesuffix(".")
            self.source[at] = f"{first}, and {second[:1].lower()}{second[1:]}"

    @rule(vouched=st.booleans())
    def update(self, vouched: bool) -> None:
        reuse = ReuseOptions(source=EN, target=RU, vouched=vouched)
        self.po, _ = update(self.po, self.text(), reuse)
        again, _ = update(self.po, self.text(), reuse)
        assert dump_po(again) == dump_po(self.po)

    @rule(at=st.integers(0, 9), settle=st.booleans())
    def translate(self, at: int, settle: bool) -> None:
        alive = [r for r in self.po.records if not r.entry.obsolete]
        chosen = alive[at % len(alive)]
        old = chosen.entry.msgstr
        self.texts += 1
        text = old if settle and old else f"Перевод {self.texts}."
        entry = replace(chosen.entry, msgstrs=(text,), flags=(), previous=None)
        records = [replace_entry(chosen, entry) if r is chosen else r for r in self.po.records]
        self.po = parse_po(dump_po(replace(self.po, records=tuple(records))), "ru.po")
        self.written.add(text)
        self.replaced(old, text)

    def replaced(self, old: str, new: str) -> None:
        """A text the translator wrote over is theirs to give up, unless it stands elsewhere."""
        if old != new:
            self.written.discard(old)

    @invariant()
    def nothing_is_lost(self) -> None:
        kept = dump_po(self.po).decode()
        for text in self.written:
            assert text in kept, text


Life.TestCase.settings = settings(max_examples=some(60), stateful_step_count=25)
test_life = Life.TestCase


# --------------------------------------------------------------------------- many documents


def test_a_document_is_not_reminded_of_itself() -> None:
    """But of what it had once, and of what others have."""
    sentence = Candidate((None, "A sentence that is not long at all."))
    alive = Entry(msgid="A sentence that is not long at all.", msgstrs=("Фраза.",))
    memory = build_memory([("one", Catalog("one.po", (), (alive,)))])
    assert memory.exact(sentence, "one") is None
    assert memory.near([sentence], "one") == {}
    for asks in ("two", None):
        assert memory.exact(sentence, asks)
        assert memory.near([sentence], asks)
    past = build_memory([("one", Catalog("one.po", (), (replace(alive, obsolete=True),)))])
    assert past.exact(sentence, "one")
    both = build_memory([(name, Catalog(name, (), (alive,))) for name in ("one", "two")])
    found = both.exact(sentence, "one")
    assert found
    assert found[0].origin == "two"


@given(st.lists(st.text("ab ", min_size=4, max_size=9), max_size=30), st.integers(0, 2**30))
def test_a_few_are_found_in_many_as_in_all(texts: list[str], seed: int) -> None:
    """What words in common lead to is the same as where all that is known is looked through."""
    chance = random.Random(seed)
    keys: list[Key] = [(None, f"{text} number {at}") for at, text in enumerate(texts)]
    new = [Candidate((None, f"{key[1]} again")) for key in chance.sample(keys, min(3, len(keys)))]
    known = [Candidate(key) for key in keys]
    assert match_in_index(index_candidates(known), new, lambda key: True) == match_sentences(
        known, new
    )


def test_own_sentences_do_not_crowd_out_those_of_others() -> None:
    text = "The government reported that it trained {} officials in the provinces this year."
    own = tuple(Entry(msgid=text.format(number), msgstrs=("Своё.",)) for number in range(40))
    other = Entry(
        msgid="The government reported that it trained ten officials in provinces.",
        msgstrs=("Да.",),
    )
    memory = build_memory([("one", Catalog("", (), own)), ("two", Catalog("", (), (other,)))])
    new = Candidate((None, text.format(99)))
    found = memory.near([new], "one")
    assert [one.entry.msgid for one in found.values()] == [other.msgid]

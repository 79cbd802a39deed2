"""Saving one sentence: nothing that somebody wrote is lost, and every other byte stays."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from examples import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sentencecases import (
    EN,
    RU,
    TEXTS,
    details,
    edit,
    key_of,
    load,
    make_workspace,
    po,
    save,
    saved,
    sid_of,
)

from publish.actions.desk.sentences.saving import Conflict, Saved, save_text, undo_save
from publish.actions.desk.sentences.writing import (
    digest_entry,
    digest_sentence,
    find_sentence,
    update_text,
)
from publish.errors import PublishError
from publish.model import Entry
from publish.po.pofile import dump_po, parse_po, read_po_file
from publish.project.locking import hold_briefly
from publish.translation.loading import Loader

MSGID = "The trial was **long**."
BEFORE = "Процесс был **долгим**."
AFTER = "Суд шёл **долго**."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def entry_on_disk(root: Path, msgid: str = MSGID, name: str = "r", tag: str = "ru") -> Entry:
    path = po(root, name, tag)
    found = {one.entry.key: one.entry for one in read_po_file(path, path.name).records}
    return found[key_of(msgid)]


# --------------------------------------------------------------------------- what is written


def test_only_the_text_of_the_entry_changes(root: Path) -> None:
    before = po(root).read_bytes()
    loader, translation = load(root)
    done = saved(save(loader, translation, MSGID, AFTER))
    assert po(root).read_bytes() == before.replace(BEFORE.encode(), AFTER.encode())
    assert done.keys == {key_of(MSGID)}
    assert (done.before.text, done.before.fuzzy) == (BEFORE, False)
    assert loader.translation("r", RU) is done.translation
    assert done.digest == details(*load(root), MSGID).digest


def test_a_saved_text_is_the_base_of_the_next(root: Path) -> None:
    loader, translation = load(root)
    first = saved(save(loader, translation, MSGID, AFTER))
    again = save_text(loader, first.translation, first.sid, BEFORE, first.digest)
    assert saved(again).before.text == AFTER
    # The digest of before has become right again, since the text is the same.
    assert saved(again).digest == details(*load(root), MSGID).digest


def test_what_is_known_of_a_translation_after_a_save_is_what_is_read(root: Path) -> None:
    loader, translation = load(root)
    assert translation.texts
    assert translation.correction_texts == {}
    for msgid, text in ((MSGID, AFTER), ("See below.", ""), ("Courts", "*Суды*")):
        translation = saved(save(loader, translation, msgid, text)).translation
        _, read = load(root)
        assert translation.po == read.po
        assert translation.catalog == read.catalog
        assert translation.entries == read.entries
        assert translation.texts == read.texts
        assert translation.lacking == read.lacking
        assert list(translation.entries) == list(read.entries)


def test_after_longer_and_shorter_texts_every_line_is_found_again(root: Path) -> None:
    loader, translation = load(root)
    for msgid, text in (("Victims", "Слово " * 40 + "."), (MSGID, AFTER), ("Victims", "Они")):
        translation = saved(save(loader, translation, msgid, text)).translation
        edit(po(root), 'msgstr "Суды"', 'msgstr "Судьи"')
        translation = loader.renew(translation)
        found = [(one.entry.span, one.entry.msgstr_line) for one in translation.po.records]  # type: ignore[union-attr]
        read = load(root)[1]
        assert translation.po == read.po
        assert found == [(one.entry.span, one.entry.msgstr_line) for one in read.po.records]  # type: ignore[union-attr]
        edit(po(root), 'msgstr "Судьи"', 'msgstr "Суды"')
        translation = loader.renew(translation)


def test_saving_what_is_there_writes_nothing(root: Path) -> None:
    loader, translation = load(root)
    stamp = po(root).stat().st_mtime_ns
    done = saved(save(loader, translation, MSGID, BEFORE))
    assert (done.keys, po(root).stat().st_mtime_ns) == (frozenset(), stamp)


FUZZY = (
    "# from old.docx, ¶3\n# 87 % sure\n# a note of mine\n"
    '#, no-wrap, fuzzy\n#| msgid "The trial was long."\n'
)


@pytest.mark.parametrize(
    ("text", "fuzzy", "written"),
    [
        (BEFORE, False, ("# from old.docx, ¶3", "# a note of mine", "#, no-wrap")),
        (AFTER, False, ("# from old.docx, ¶3", "# a note of mine", "#, no-wrap")),
        (
            AFTER,
            True,
            (
                "# from old.docx, ¶3",
                "# a note of mine",
                "#, fuzzy, no-wrap",
                '#| msgid "The trial was long."',
            ),
        ),
        ("", False, ("# from old.docx, ¶3", "# a note of mine", "#, no-wrap")),
        (" \n", True, ("# from old.docx, ¶3", "# a note of mine", "#, no-wrap")),
    ],
)
def test_marks_of_an_unsure_text_end_with_it(
    root: Path, text: str, fuzzy: bool, written: tuple[str, ...]
) -> None:
    edit(po(root), f'msgid "{MSGID}"', f'{FUZZY}msgid "{MSGID}"')
    loader, translation = load(root)
    saved(save(loader, translation, MSGID, text, fuzzy=fuzzy))
    lines = po(root).read_text("utf-8").partition(f'msgid "{MSGID}"')[0].rstrip().split("\n\n")[-1]
    assert [one for one in lines.split("\n") if not one.startswith(("#.", "#:"))] == list(written)
    entry = entry_on_disk(root)
    assert (entry.msgstr, entry.fuzzy) == (text.strip() and text, fuzzy and bool(text.strip()))


def test_an_imported_text_that_stays_as_it_is_stays_imported(root: Path) -> None:
    edit(po(root), f'msgid "{MSGID}"', f'# 87 % sure\n#, fuzzy\nmsgid "{MSGID}"')
    before = po(root).read_bytes()
    loader, translation = load(root)
    assert details(loader, translation, MSGID).row.imported == 87
    saved(save(loader, translation, MSGID, BEFORE, fuzzy=True))
    assert po(root).read_bytes() == before


STRANGE = {
    "long lines": lambda data: data.replace(
        b'"' + TEXTS["The judges were new."].encode() + b'"',
        b'""\n"'
        + "Судьи были новыми, ".encode()
        + b'"\n"'
        + "и у них не было сотрудников.".encode()
        + b'"',
    ),
    "windows": lambda data: data.replace(b"\n", b"\r\n"),
    "no blank lines": lambda data: data.replace(b"\n\n", b"\n"),
    "blank lines": lambda data: data.replace(b"\n\n", b"\n\n\n \n"),
    "no end": lambda data: data.rstrip(b"\n"),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "tabs": lambda data: data.replace(b'msgstr "', b'msgstr\t "'),
    "obsolete": lambda data: (
        data + f'\n# old\n#~| msgid "The"\n#~ msgid "{MSGID}"\n#~ msgstr "Старое."\n'.encode()
    ),
    "a tail": lambda data: data + b"\n# the end\n",
    "unknown": lambda data: data.replace(
        f'msgid "{MSGID}"'.encode(), f'#= new\n#, c-format\nmsgid "{MSGID}"'.encode()
    ),
    "in a context": lambda data: data.replace(
        b"\n\n", f'\n\nmsgctxt "x"\nmsgid "{MSGID}"\nmsgstr "{BEFORE}"\n\n'.encode(), 1
    ),
    "cyrillic": lambda data: (
        data.replace(b"charset=UTF-8", b"charset=KOI8-R").decode().encode("koi8-r", "replace")
    ),
}


@pytest.mark.parametrize("layout", STRANGE)
def test_every_other_byte_of_a_strange_file_stays(root: Path, layout: str) -> None:
    po(root).write_bytes(STRANGE[layout](po(root).read_bytes()))
    before = po(root).read_bytes()
    loader, translation = load(root)
    done = saved(save(loader, translation, MSGID, AFTER))
    now = po(root).read_bytes()
    after = [one.entry for one in read_po_file(po(root), "r.po").records]
    old = [one.entry for one in parse_po(before, "r.po").records]
    expected = [
        replace(one, msgstrs=(AFTER,)) if one.key == key_of(MSGID) and not one.obsolete else one
        for one in old
    ]
    assert after == expected
    new = next(one.raw for one in done.translation.po.records if one.entry.msgstr == AFTER)  # type: ignore[union-attr]
    charset = "koi8-r" if layout == "cyrillic" else "utf-8"
    raw = done.before.record.raw
    assert raw is not None
    assert new is not None
    assert now == before.replace(raw.encode(charset), new.encode(charset), 1) or (
        layout == "in a context" and now.count(AFTER.encode()) == 1
    )
    undone = saved(undo_save(loader, done.translation, done.undo))
    assert po(root).read_bytes() == before
    assert undone.digest == details(*load(root), MSGID).digest


def test_a_letter_that_the_charset_lacks_is_refused(root: Path) -> None:
    po(root).write_bytes(STRANGE["cyrillic"](po(root).read_bytes()))
    before = po(root).read_bytes()
    loader, translation = load(root)
    with pytest.raises(PublishError) as refused:
        save(loader, translation, MSGID, "Суд шёл 長く")
    assert (refused.value.code, po(root).read_bytes()) == ("po-charset", before)


@pytest.mark.parametrize(
    "text",
    [
        "две\nстроки",
        "строка\r\nдругая\rещё",
        '\tтаб \\n "кавычки" \\',
        "\u202eсправа\u202c \u2066x\u2069 \u200f",
        "\u2028 \x85 \x0b \x7f \x01",
        "😀 \U000e0041",
        "\ufeff\u00ad\u200b",
        ("слово " * 2_000).strip(),
        pytest.param("x" * 1_000_000, marks=pytest.mark.full),
        pytest.param(("слово " * 170_000).strip(), marks=pytest.mark.full),
        '#~ msgid "x"\nmsgstr "y"',
        "{joined} и ещё",
        " пробел в начале и в конце ",
    ],
    ids=range(13),
)
def test_a_text_is_stored_exactly(root: Path, text: str) -> None:
    loader, translation = load(root)
    done = saved(save(loader, translation, MSGID, text))
    assert entry_on_disk(root).msgstr == text
    others = {one.key: one.msgstr for one in load(root)[1].entries.values()}
    assert {key for key, one in others.items() if TEXTS[key[1]] != one} == {key_of(MSGID)}
    assert details(*load(root), MSGID).digest == done.digest
    undo_save(loader, done.translation, done.undo)
    assert entry_on_disk(root).msgstr == BEFORE


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udfff"])
def test_a_text_that_no_file_can_have_is_refused(root: Path, text: str) -> None:
    before = po(root).read_bytes()
    loader, translation = load(root)
    with pytest.raises(PublishError) as refused:
        save(loader, translation, MSGID, text)
    assert refused.value.code == "text-unwritable"
    refused.value.message.encode()
    assert po(root).read_bytes() == before


# --------------------------------------------------------------------------- two at once


def poedit(root: Path, msgid: str, text: str) -> None:
    """Save a text in another program, which knows nothing of us."""
    edit(po(root), f'msgstr "{TEXTS[msgid]}"', f'msgstr "{text}"')


def test_a_text_that_another_program_changed_is_a_conflict(root: Path) -> None:
    loader, translation = load(root)
    base = details(loader, translation, MSGID).digest
    poedit(root, MSGID, "Иначе.")
    before = po(root).read_bytes()
    found = save_text(loader, translation, sid_of(translation, MSGID), AFTER, base)
    assert isinstance(found, Conflict)
    assert (found.mine, found.theirs, found.fuzzy) == (AFTER, "Иначе.", False)
    assert po(root).read_bytes() == before
    # The person has seen both and chooses the own one.
    again = save_text(loader, found.translation, found.sid, AFTER, found.digest)
    assert saved(again).before.text == "Иначе."
    assert entry_on_disk(root).msgstr == AFTER


def test_a_confirmation_on_the_other_side_is_a_conflict_too(root: Path) -> None:
    edit(po(root), f'msgid "{MSGID}"', f'#, fuzzy\nmsgid "{MSGID}"')
    loader, translation = load(root)
    base = details(loader, translation, MSGID).digest
    edit(po(root), "#, fuzzy\n", "")
    found = save_text(loader, translation, sid_of(translation, MSGID), AFTER, base)
    assert isinstance(found, Conflict)


def test_the_same_text_on_both_sides_is_none(root: Path) -> None:
    loader, translation = load(root)
    base = details(loader, translation, MSGID).digest
    poedit(root, MSGID, AFTER)
    saved(save_text(loader, translation, sid_of(translation, MSGID), AFTER, base))
    assert entry_on_disk(root).msgstr == AFTER


def test_what_another_program_changed_elsewhere_is_kept(root: Path) -> None:
    loader, translation = load(root)
    base = details(loader, translation, MSGID).digest
    poedit(root, "Courts", "Судьи")
    lines = f'#. list item\n#: source/r.md#victims\nmsgid "{MSGID}"'
    edit(po(root), lines, f"# theirs\n{lines}")
    before = po(root).read_bytes()
    saved(save_text(loader, translation, sid_of(translation, MSGID), AFTER, base))
    assert po(root).read_bytes() == before.replace(BEFORE.encode(), AFTER.encode())


def test_an_undo_keeps_what_was_added_meanwhile(root: Path) -> None:
    loader, translation = load(root)
    done = saved(save(loader, translation, MSGID, AFTER))
    edit(po(root), f'msgid "{MSGID}"', f'# theirs\nmsgid "{MSGID}"')
    saved(undo_save(loader, done.translation, done.undo))
    entry = entry_on_disk(root)
    assert (entry.msgstr, entry.comments) == (BEFORE, ("theirs",))
    edit(po(root), BEFORE, "Третий.")
    assert isinstance(undo_save(loader, done.translation, done.undo), Conflict)


def test_an_undo_restores_marks_and_comments(root: Path) -> None:
    edit(po(root), f'msgid "{MSGID}"', f'{FUZZY}msgid "{MSGID}"')
    before = po(root).read_bytes()
    loader, translation = load(root)
    done = saved(save(loader, translation, MSGID, AFTER))
    edit(po(root), f'msgid "{MSGID}"', f'# theirs\nmsgid "{MSGID}"')
    saved(undo_save(loader, done.translation, done.undo))
    kept = po(root).read_bytes().replace(b"# theirs\n", b"")
    assert parse_po(kept, "r.po").records == parse_po(before, "r.po").records or (
        entry_on_disk(root).comments
        == ("from old.docx, ¶3", "87 % sure", "a note of mine", "theirs")
    )
    assert entry_on_disk(root).previous == "The trial was long."


@pytest.mark.parametrize("moment", ["read", "checked", "written"])
@pytest.mark.parametrize("theirs", [MSGID, "Courts"])
def test_a_save_in_the_same_moment_loses_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, moment: str, theirs: str
) -> None:
    loader, translation = load(root)
    once = iter([True])

    def meanwhile() -> None:
        if next(once, False):
            poedit(root, theirs, "В тот же миг.")

    known, write, sync = Loader._is_known, Loader.save_records, os.fsync

    def is_known(self: Loader, *words: object) -> bool:
        found = known(self, *words)  # type: ignore[arg-type]
        if moment == "read":
            meanwhile()
        return found

    def save_records(self: Loader, *words: object) -> object:
        if moment == "checked":
            meanwhile()
        return write(self, *words)  # type: ignore[arg-type]

    def fsync(handle: int) -> None:
        sync(handle)
        if moment == "written":
            meanwhile()

    monkeypatch.setattr(Loader, "_is_known", is_known)
    monkeypatch.setattr(Loader, "save_records", save_records)
    monkeypatch.setattr(os, "fsync", fsync)
    found = save(loader, translation, MSGID, AFTER)
    assert next(once, False) is False
    assert isinstance(found, Conflict if theirs == MSGID else Saved)
    texts = [AFTER, "В тот же миг."] if theirs == "Courts" else ["В тот же миг."]
    data = po(root).read_text("utf-8")
    assert all(data.count(text) == 1 for text in texts)


def test_another_command_that_writes_is_waited_for(root: Path) -> None:
    with hold_briefly(root), pytest.raises(PublishError) as busy, hold_briefly(root, 0.05):
        raise AssertionError("the folder was held twice")
    assert busy.value.code == "workspace-busy"
    with hold_briefly(root, 0):
        pass


# --------------------------------------------------------------------------- files


def test_a_missing_catalog_is_created_as_update_does(root: Path) -> None:
    loader, translation = load(root, name="r")
    tk = loader.workspace.target_languages(["tk"])[0]
    translation = loader.translation("r", tk)
    assert translation.po is None
    done = saved(save(loader, translation, "Courts", "Kazyýetler"))
    assert entry_on_disk(root, "Courts", tag="tk").msgstr == "Kazyýetler"
    assert done.translation.lacking == frozenset()


def test_a_stale_catalog_is_told_and_can_be_updated(root: Path) -> None:
    edit(root / "source/r.md", "The judges were new.", "All judges were new.")
    loader, translation = load(root)
    before = po(root).read_bytes()
    with pytest.raises(PublishError) as stale:
        save(loader, translation, "All judges were new.", "Все судьи новые.")
    assert (stale.value.code, po(root).read_bytes()) == ("catalog-stale", before)
    saved(save(loader, translation, MSGID, AFTER))  # The others can be saved all the same.
    now = update_text(loader, translation)
    assert entry_on_disk(root).msgstr == AFTER
    found = details(loader, now, "All judges were new.")
    assert (found.fuzzy, found.old) == (True, "The judges were new.")
    saved(save(loader, now, "All judges were new.", "Все судьи новые."))
    assert entry_on_disk(root, "All judges were new.").previous is None


def test_plural_forms_are_refused(root: Path) -> None:
    edit(
        po(root),
        f'msgid "{MSGID}"\nmsgstr "{BEFORE}"',
        f'msgid "{MSGID}"\nmsgid_plural "x"\nmsgstr[0] "а"\nmsgstr[1] "б"\nmsgstr[2] "в"',
    )
    before = po(root).read_bytes()
    loader, translation = load(root)
    with pytest.raises(PublishError) as refused:
        save(loader, translation, MSGID, AFTER)
    assert (refused.value.code, po(root).read_bytes()) == ("plural-forms", before)


def test_a_damaged_file_is_told_and_left_alone(root: Path) -> None:
    loader, translation = load(root)
    base = details(loader, translation, MSGID).digest
    po(root).write_bytes(po(root).read_bytes()[:-40])
    before = po(root).read_bytes()
    with pytest.raises(PublishError):
        save_text(loader, translation, sid_of(translation, MSGID), AFTER, base)
    assert po(root).read_bytes() == before


def test_an_unknown_sentence_is_told(root: Path) -> None:
    loader, translation = load(root)
    with pytest.raises(PublishError):
        save_text(loader, translation, "u0", AFTER, "")


# --------------------------------------------------------------------------- groups, the original


def test_a_sentence_is_joined_and_told_apart_again(root: Path) -> None:
    loader, translation = load(root)
    done = saved(save(loader, translation, "They had no staff.", "У них не было сотрудников."))
    assert details(loader, done.translation, "The judges were new.").group == ()
    done = saved(save(loader, done.translation, "They had no staff.", "{joined}"))
    head = sid_of(translation, "The judges were new.")
    assert details(loader, done.translation, "The judges were new.").group == (head, done.sid)


@pytest.mark.parametrize(
    ("msgid", "code"),
    [("The judges were new.", "joined-first"), ("See below.", "joined-first")],
)
def test_a_first_sentence_is_not_joined(root: Path, msgid: str, code: str) -> None:
    loader, translation = load(root)
    with pytest.raises(PublishError) as refused:
        save(loader, translation, msgid, "{joined}")
    assert refused.value.code == code


def test_a_repeated_sentence_is_not_joined(root: Path) -> None:
    edit(root / "source/r.md", "They had no staff.", "They had no staff. They had no staff.")
    loader, translation = load(root)
    with pytest.raises(PublishError) as refused:
        save(loader, translation, "They had no staff.", " {joined}\n")
    assert refused.value.code == "joined-shared"


def test_the_source_is_corrected_in_its_own_catalog(root: Path) -> None:
    loader, translation = load(root, EN)
    assert translation.po is None
    done = saved(save(loader, translation, MSGID, "The trials were **long**."))
    assert entry_on_disk(root, tag="en").msgstr == "The trials were **long**."
    assert details(*load(root), MSGID).correction == "The trials were **long**."
    # The wording of the source itself ends the correction.
    done = saved(save_text(loader, done.translation, done.sid, MSGID, done.digest))
    assert entry_on_disk(root, tag="en").msgstr == ""
    with pytest.raises(PublishError) as refused:
        save_text(loader, done.translation, done.sid, "{joined}", done.digest)
    assert refused.value.code == "joined-source"


def test_a_correction_changes_what_a_decision_is_about_but_not_the_base_of_a_save(
    root: Path,
) -> None:
    loader, translation = load(root)
    before = details(loader, translation, MSGID).digest
    saved(save(loader, loader.translation("r", EN), MSGID, "The trials were **long**."))
    after = details(*load(root), MSGID).digest
    assert before != after
    assert before.partition("-")[0] == after.partition("-")[0]
    saved(save_text(loader, translation, sid_of(translation, MSGID), AFTER, before))


# --------------------------------------------------------------------------- any order

WORDS = ("один", "два", "**три**", "четыре\n", "", '"пять"', "# шесть")
SENTENCES = ("Courts", MSGID, "See below.", "He left the country.")


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=some(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_two_desks_and_another_program_do_no_text_is_lost(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    root = make_workspace(tmp_path_factory.mktemp("w"))
    loaders = [load(root)[0], load(root)[0]]
    desks = [loader.translation("r", RU) for loader in loaders]
    sids = {msgid: sid_of(desks[0], msgid) for msgid in SENTENCES}
    seen = [{m: digest_sentence(t, find_sentence(t, sids[m])) for m in SENTENCES} for t in desks]
    expected = {one.key: one for one in desks[0].entries.values()}
    last: list[Saved | None] = [None, None]
    for step in range(12):
        msgid, at = chance.choice(SENTENCES), chance.randrange(4)
        text = f"{chance.choice(WORDS)} {step}" if chance.random() < 0.9 else ""
        now = expected[key_of(msgid)]
        if at == 3:  # Another program saves, and breaks lines in its own way.
            path = po(root)
            file = parse_po(path.read_bytes(), "r.po")
            expected[now.key] = replace(now, msgstrs=(text,))
            records = tuple(
                replace(one, entry=replace(one.entry, msgstrs=(text,)), raw=None)
                if one.entry.key == now.key
                else one
                for one in file.records
            )
            path.write_bytes(dump_po(replace(file, records=records)))
            continue
        desk = at % 2
        base = seen[desk][msgid]
        done = last[desk] if at == 2 else None
        if done is not None:
            msgid, now = next((m, expected[key_of(m)]) for m in SENTENCES if sids[m] == done.sid)
            result = undo_save(loaders[desk], desks[desk], done.undo)
            text, base = done.before.text, done.digest
        else:
            result = save_text(loaders[desk], desks[desk], sids[msgid], text, base)
        same = base.partition("-")[0] == digest_entry(now)
        if same or text == now.msgstr:
            last[desk] = saved(result)
            expected[now.key] = replace(now, msgstrs=(text,), flags=())
        else:
            assert isinstance(result, Conflict)
            assert (result.mine, result.theirs) == (text, now.msgstr)
        desks[desk] = result.translation
        seen[desk][msgid] = result.digest
        assert {one.key: one for one in load(root)[1].entries.values()} == expected
    before = parse_po(po(root).read_bytes(), "r.po").records
    assert [one.entry for one in before] == list(expected.values())

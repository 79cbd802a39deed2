"""Merging two versions of a catalog: what each side did stays, and git can call it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.cli.main import main
from publish.model import Entry, Key
from publish.po.merging import merge_files
from publish.po.pofile import (
    PoFile,
    PoRecord,
    dump_po,
    extract_catalog,
    list_header_fields,
    parse_po,
)
from publish.po.scanning import unescape

HEADER = """\
msgid ""
msgstr ""
"PO-Revision-Date: {date}\\n"
"Last-Translator: {who}\\n"
"Language: tk\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def header(date: str = "2024-01-01 10:00+0000", who: str = "Base") -> str:
    return HEADER.format(date=date, who=who)


def po(*entries: str, top: str = header()) -> PoFile:
    return parse_po("\n".join([top, *entries]).encode(), "x.po")


def entry(msgid: str, msgstr: str = "", *notes: str, prefix: str = "") -> str:
    comments = "".join(f"{line}\n" for line in notes)
    return f'{comments}{prefix}msgid "{msgid}"\n{prefix}msgstr "{msgstr}"\n'


def gone(msgid: str, msgstr: str, *notes: str) -> str:
    return entry(msgid, msgstr, *notes, prefix="#~ ")


def both(base: PoFile, ours: PoFile, theirs: PoFile) -> tuple[str, tuple[str, ...]]:
    """The merged entries as text, without the header, and the msgids in conflict."""
    result, conflicts = merge_files(base, ours, theirs)
    text = dump_po(result).decode()
    return text.partition("\n\n")[2], tuple(msgid for _, msgid in conflicts)


# --------------------------------------------------------------------------- one entry


def test_each_side_translates_another_entry() -> None:
    base = po(entry("a"), entry("b"), entry("c", "C"))
    ours = po(entry("a", "A"), entry("b"), entry("c", "C"))
    theirs = po(entry("a"), entry("b", "B"), entry("c", "C"))
    text, conflicts = both(base, ours, theirs)
    assert text == "\n".join([entry("a", "A"), entry("b", "B"), entry("c", "C")])
    assert conflicts == ()


def test_what_one_side_changed_keeps_its_bytes() -> None:
    odd = 'msgid "b"\nmsgstr   ""\n"B"   "b"\n'
    base = po(entry("a"), entry("b"))
    text, _ = both(base, po(entry("a", "A"), entry("b")), po(entry("a"), odd))
    assert text == f"{entry('a', 'A')}\n{odd}"


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    base = po(entry("a"), entry("b"))
    ours = po(entry("a", "A"), entry("b", "B"))
    theirs = po(entry("a", "A"), entry("b"))
    assert both(base, ours, theirs) == (f"{entry('a', 'A')}\n{entry('b', 'B')}", ())


def test_two_translations_of_one_entry_both_stay_and_it_is_fuzzy() -> None:
    base = po(entry("a", "old"))
    ours = po(entry("a", "mine", "# mine too"))
    theirs = po(entry("a", "two\\nlines \\\\ here", "#, python-format"))
    text, conflicts = both(base, ours, theirs)
    assert text == entry(
        "a",
        "mine",
        "# mine too",
        r"# conflict: two\nlines \\ here",
        "#, fuzzy, python-format",
    )
    assert conflicts == ("a",)


def test_plural_forms_in_conflict_are_told_by_number() -> None:
    def forms(*texts: str) -> str:
        lines = [f'msgstr[{number}] "{text}"\n' for number, text in enumerate(texts)]
        return 'msgid "a"\nmsgid_plural "as"\n' + "".join(lines)

    text, conflicts = both(po(forms("", "")), po(forms("A", "B")), po(forms("A", "C")))
    assert text == f"# conflict[1]: C\n#, fuzzy\n{forms('A', 'B')}"
    assert conflicts == ("a",)


def test_different_fields_of_one_entry_are_both_taken_over() -> None:
    base = po(entry("a", "A", "# one", "#. paragraph", "#: x.md", "#, fuzzy", '#| msgid "was"'))
    ours = po(
        entry("a", "A", "# one", "# mine", "#. heading", "#: x.md", "#, fuzzy", '#| msgid "was"')
    )
    theirs = po(entry("a", "T", "# one", "# other", "#. paragraph", "#: x.md y.md"))
    text, conflicts = both(base, ours, theirs)
    assert text == entry("a", "T", "# one", "# mine", "# other", "#. heading", "#: x.md y.md")
    assert conflicts == ()


def test_a_confirmation_does_not_pass_to_another_text() -> None:
    base = po(entry("a", "A", "#, fuzzy"))
    text, conflicts = both(base, po(entry("a", "A")), po(entry("a", "T", "#, fuzzy")))
    assert text == entry("a", "A", "# conflict: T", "#, fuzzy")
    assert conflicts == ("a",)


def test_a_doubt_stays_with_the_text_that_was_changed_meanwhile() -> None:
    text, conflicts = both(
        po(entry("a", "A")), po(entry("a", "A", "#, fuzzy")), po(entry("a", "T", "# why"))
    )
    assert text == entry("a", "T", "# why", "#, fuzzy")
    assert conflicts == ()


def test_a_translation_wins_over_its_removal_but_is_doubted() -> None:
    base, empty, changed = po(entry("a", "A")), po(entry("a")), po(entry("a", "B"))
    wanted = (entry("a", "B", "#, fuzzy"), ("a",))
    assert both(base, empty, changed) == wanted
    assert both(base, changed, empty) == wanted


@pytest.mark.parametrize("swap", [False, True])
def test_removed_here_and_untouched_there_is_removed(swap: bool) -> None:
    base = po(entry("a", "A"), entry("b", "B"), entry("c"))
    one, other = (
        po(entry("b", "B"), entry("c")),
        po(entry("a", "A"), entry("b", "B"), entry("c", "C")),
    )
    text, conflicts = both(base, *((other, one) if swap else (one, other)))
    assert text == f"{entry('b', 'B')}\n{entry('c', 'C')}"
    assert conflicts == ()


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize(
    "late", [entry("a", "new", "#: x.md"), entry("a", "A", "# look", "#: x.md")]
)
def test_removed_here_and_worked_on_there_stays_obsolete(swap: bool, late: str) -> None:
    base = po(entry("a", "A", "#: x.md"), entry("b"))
    one, other = po(entry("b", "B")), po(late, entry("b"))
    text, _ = both(base, *((other, one) if swap else (one, other)))
    kept = late.replace("#: x.md\n", "").replace("msg", "#~ msg")
    assert text == f"{entry('b', 'B')}\n{kept}"


def test_obsolete_here_and_translated_there_is_obsolete_with_the_new_text() -> None:
    base = po(entry("a", "A", "#: x.md"), entry("b"))
    ours = po(entry("b", "B"), gone("a", "A"))
    theirs = po(entry("a", "T", "#: x.md y.md"), entry("b"))
    assert both(base, ours, theirs)[0] == f"{entry('b', 'B')}\n{gone('a', 'T')}"
    assert both(base, theirs, ours)[0] == f"{entry('b', 'B')}\n{gone('a', 'T')}"


def test_revived_here_and_changed_there_is_alive_with_the_new_text() -> None:
    base = po(entry("b"), entry("c"), gone("a", "A"))
    ours = po(entry("b"), entry("a", "A", "#: x.md"), entry("c"))
    theirs = po(entry("b"), entry("c", "C"), gone("a", "T"))
    wanted = "\n".join([entry("b"), entry("a", "T", "#: x.md"), entry("c", "C")])
    assert both(base, ours, theirs)[0] == wanted
    assert both(base, theirs, ours)[0] == wanted


def test_obsolete_here_and_dropped_there_stays_obsolete() -> None:
    base = po(entry("a", "A"), entry("b"))
    text, _ = both(base, po(entry("b"), gone("a", "A")), po(entry("b", "B")))
    assert text == f"{entry('b', 'B')}\n{gone('a', 'A')}"


def test_a_key_that_stands_twice_stands_once_and_loses_nothing() -> None:
    base = po(entry("a", "A"), entry("b"), gone("a", "early"), gone("a", "A"))
    ours = po(entry("a", "A"), entry("b", "B"), gone("a", "early"), gone("a", "A"))
    theirs = po(entry("a", "T"), entry("b"), gone("a", "early"), gone("a", "A"))
    text, _ = both(base, ours, theirs)
    kept = entry("a", "T", "# earlier: early", "# earlier: A")
    assert text == f"{kept}\n{entry('b', 'B')}"


def test_of_two_twins_the_living_one_stays() -> None:
    base = po(gone("a", "early"), entry("a", "A"), entry("b"))
    ours = po(gone("a", "early"), entry("a", "A"), entry("b", "B"))
    theirs = po(gone("a", "early"), entry("a", "A"), entry("b"), entry("c"))
    kept = entry("a", "A", "# earlier: early")
    assert both(base, ours, theirs)[0] == "\n".join([kept, entry("b", "B"), entry("c")])


def test_an_entry_one_side_only_wrapped_anew_keeps_the_bytes_of_the_other() -> None:
    odd = 'msgid   "a"\nmsgstr   "A"\n'
    wrapped = 'msgid ""\n"a"\nmsgstr ""\n'
    assert both(po(entry("a")), po(odd), po(wrapped))[0] == odd
    assert both(po(entry("a")), po(wrapped), po(odd))[0] == odd


def test_lines_of_unknown_meaning_stay() -> None:
    base = po(entry("a", "", "#= sticky"))
    text, _ = both(
        base, po(entry("a", "A", "#= sticky")), po(entry("a", "", "# note", "#= sticky", "#= two"))
    )
    assert text == entry("a", "A", "# note", "#= sticky", "#= two")


# --------------------------------------------------------------------------- order


def order(base: str, ours: str, theirs: str) -> str:
    """The order of the result; small letters are alive, capitals obsolete, all translated."""

    def file(names: str, mark: str) -> PoFile:
        lines = [entry(n, n) if n.islower() else gone(n.lower(), n.lower()) for n in names]
        return po(*lines, top=header(who=mark))

    result, _ = merge_files(file(base, "base"), file(ours, "ours"), file(theirs, "theirs"))
    entries = [record.entry for record in result.records]
    return "".join(e.msgid.upper() if e.obsolete else e.msgid for e in entries)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "wanted"),
    [
        ("abc", "abc", "axbc", "axbc"),
        ("abc", "abc", "xabc", "xabc"),
        ("abc", "abc", "abcx", "abcx"),
        ("abc", "aybc", "axbc", "ayxbc"),
        ("abc", "aybc", "axwbc", "ayxwbc"),
        ("abc", "yabc", "xabc", "yxabc"),
        ("abc", "abcy", "abcx", "abcyx"),
        ("abc", "acb", "axbc", "axcb"),
        ("abc", "abyc", "cab", "caby"),
        ("abc", "cab", "bac", "cab"),
        ("abc", "ac", "abxc", "axc"),
        ("abZ", "abZ", "abxZ", "abxZ"),
        ("abZ", "abYZ", "abxZ", "abxYZ"),
        ("ab", "abY", "abx", "abxY"),
        ("abc", "acB", "abxc", "axcB"),
        ("abcZ", "abcZ", "acZB", "acZB"),
        ("", "ab", "xb", "axb"),
        ("ab", "ab", "abxY", "abxY"),
        ("abZ", "abcZ", "abYZ", "abcZY"),
    ],
)
def test_entries_stand_where_their_side_has_them(
    base: str, ours: str, theirs: str, wanted: str
) -> None:
    assert order(base, ours, theirs) == wanted


# --------------------------------------------------------------------------- header and form


def test_the_later_date_wins_and_brings_its_translator() -> None:
    early = header("2024-03-01 12:00+0500", "Early")  # 07:00 in UTC
    late = header("2024-03-01 10:00+0000", "Late")
    for ours, theirs in ((early, late), (late, early)):
        result, _ = merge_files(po(), po(top=ours), po(top=theirs))
        fields = dict(list_header_fields(result))
        assert fields["PO-Revision-Date"] == "2024-03-01 10:00+0000"
        assert fields["Last-Translator"] == "Late"


def test_a_date_wins_over_a_placeholder() -> None:
    blank = header("YEAR-MO-DA HO:MI+ZONE", "FULL NAME <EMAIL@ADDRESS>")
    ours = blank.replace("Language: tk", "Language: ru")
    result, _ = merge_files(po(top=blank), po(top=ours), po(top=header()))
    assert dict(list_header_fields(result))["Last-Translator"] == "Base"
    assert dict(list_header_fields(result))["Language"] == "ru"


def test_other_fields_of_the_header_are_merged_each_and_ours_stands_in_doubt() -> None:
    base = header() + '"X-One: 1\\n"\n"X-Two: 2\\n"\n"X-Gone: 3\\n"\n'
    ours = header() + '"X-One: ours\\n"\n"X-Two: 2\\n"\n"X-Gone: 3\\n"\n"X-Mine: 1\\n"\n'
    theirs = header() + '"X-One: theirs\\n"\n"X-Two: theirs\\n"\n"X-Theirs: 1\\n"\n'
    result, _ = merge_files(po(top=base), po(top=ours), po(top=theirs))
    fields = [(name, value) for name, value in list_header_fields(result) if name.startswith("X-")]
    assert fields == [
        ("X-One", "ours"),
        ("X-Two", "theirs"),
        ("X-Mine", "1"),
        ("X-Theirs", "1"),
    ]


def test_both_added_the_file() -> None:
    nothing = parse_po(b"", "x.po")
    text, conflicts = both(nothing, po(entry("a", "A"), entry("b")), po(entry("b", "B")))
    assert text == f"{entry('a', 'A')}\n{entry('b', 'B')}"
    assert conflicts == ()


def test_the_line_ends_are_ours() -> None:
    base, ours = po(entry("a"), entry("b")), po(entry("a", "A"), entry("b"))
    theirs = parse_po(dump_po(po(entry("a"), entry("b", "B"))).replace(b"\n", b"\r\n"), "x.po")
    assert both(base, ours, theirs) == (f"{entry('a', 'A')}\n{entry('b', 'B')}", ())
    turned, _ = merge_files(base, theirs, ours)
    assert dump_po(turned).count(b"\r\n") == dump_po(turned).count(b"\n") > 10


def test_the_charset_is_ours() -> None:
    old = header().replace("UTF-8", "KOI8-R")
    base = parse_po(
        (old + '\nmsgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n').encode("koi8-r"), "x"
    )
    text = old + '\nmsgid "a"\nmsgstr "\\xc1\\xc2"\n\nmsgid "b"\nmsgstr ""\n'
    theirs = parse_po(text.encode("koi8-r"), "x")
    result, _ = merge_files(base, po(entry("a"), entry("b", "слово")), theirs)
    again = extract_catalog(parse_po(dump_po(result), "x.po"))
    assert again.header_field("Content-Type") == "text/plain; charset=UTF-8"
    assert [e.msgstr for e in again.entries] == ["аб", "слово"]


def test_a_charset_changed_on_their_side_only_is_not_taken_over() -> None:
    def encoded(name: str, *lines: str) -> PoFile:
        text = "\n".join([header().replace("UTF-8", name), *lines])
        return parse_po(text.encode(name), "x.po")

    base, ours = encoded("KOI8-R", entry("a"), entry("b")), encoded("KOI8-R", entry("a", "да"))
    result, _ = merge_files(base, ours, encoded("UTF-8", entry("a"), entry("b", "нет")))
    again = extract_catalog(parse_po(dump_po(result), "x.po"))
    assert again.header_field("Content-Type") == "text/plain; charset=KOI8-R"
    assert [e.msgstr for e in again.entries] == ["да", "нет"]


def test_comments_behind_the_last_entry_stay() -> None:
    base = po(entry("a"))
    ours = parse_po(dump_po(po(entry("a", "A"))) + b"\n# mine", "x.po")
    theirs = parse_po(dump_po(po(entry("a"), entry("b"))) + b"\n# other\n", "x.po")
    text, _ = both(base, ours, theirs)
    assert text == f"{entry('a', 'A')}\n{entry('b')}\n# mine\n# other\n"


# --------------------------------------------------------------------------- laws

TEXTS = st.lists(
    st.sampled_from(["söz", "слово", " ", "\n", "\\", '"', "\t", "\r", "\x85", "#", "国", "\x7f"]),
    max_size=4,
).map("".join)
NAMES = "abcdef"


@st.composite
def entries(draw: st.DrawFn, name: str) -> Entry:
    plural = draw(st.sampled_from([None, None, None, "many"]))
    forms = draw(st.lists(TEXTS, min_size=2, max_size=2)) if plural else [draw(TEXTS)]
    lines = st.lists(st.sampled_from(["one", "", "two", "conflict: x"]), max_size=2).map(tuple)
    return Entry(
        msgid=name,
        msgstrs=tuple(forms),
        plural=plural,
        flags=draw(st.sampled_from([(), (), ("fuzzy",), ("fuzzy", "no-wrap")])),
        comments=draw(lines),
        extracted=draw(lines),
        references=draw(st.sampled_from([(), ("x.md",), ("x.md", "y.md")])),
        previous=draw(st.sampled_from([None, None, "was"])),
        obsolete=draw(st.sampled_from([False, False, False, True])),
    )


def as_file(found: list[Entry], top: str) -> PoFile:
    head = parse_po(top.encode(), "x.po")
    return parse_po(dump_po(replace(head, records=tuple(map(PoRecord, found)))), "x.po")


HEADERS = st.sampled_from([header(), header("2025-01-01 10:00+0000", "B"), header(who="C")])


@st.composite
def three_versions(draw: st.DrawFn) -> tuple[PoFile, PoFile, PoFile]:
    """A file and two files that came of it by random edits; twins of an entry are obsolete."""
    base = [draw(entries(name)) for name in draw(st.permutations(NAMES))[:4]]
    base += [
        replace(draw(entries(one.msgid)), obsolete=True) for one in base[: draw(st.integers(0, 1))]
    ]
    sides = []
    for _ in range(2):
        side = list(base)
        for _ in range(draw(st.integers(0, 4))):
            edit(draw, side)
        sides.append(side)
    return (
        as_file(base, draw(HEADERS)),
        as_file(sides[0], draw(HEADERS)),
        as_file(sides[1], draw(HEADERS)),
    )


def edit(draw: st.DrawFn, side: list[Entry]) -> None:
    """One edit: an entry rewritten, retranslated, removed, moved, added, retired or revived."""
    names = {one.msgid for one in side}
    new = [name for name in NAMES if name not in names]
    kind = draw(st.sampled_from(["rewrite", "translate", "remove", "move", "add", "turn"]))
    place = draw(st.integers(0, max(0, len(side) - 1)))
    if kind == "add" and new:
        side.insert(place, draw(entries(new[0])))
    elif side and kind in ("rewrite", "translate"):
        fresh = draw(entries(side[place].msgid))
        if kind == "translate":
            fresh = replace(side[place], msgstrs=fresh.msgstrs, plural=fresh.plural)
        side[place] = replace(fresh, obsolete=side[place].obsolete)
    elif side and kind == "remove":
        del side[place]
    elif side and kind == "move":
        side.insert(draw(st.integers(0, len(side) - 1)), side.pop(place))
    elif side and kind == "turn":
        twins = [one for one in side if one.msgid == side[place].msgid]
        if len(twins) == 1:
            side[place] = replace(side[place], obsolete=not side[place].obsolete)


def texts(file: PoFile) -> set[tuple[Key, str]]:
    """Every msgstr of a file with its key, those told in comments too."""
    found = set()
    for record in file.records:
        one = record.entry
        found |= {(one.key, text) for text in one.msgstrs if text}
        told = [line.partition(": ") for line in one.comments]
        found |= {
            (one.key, unescape(text, "utf-8"))
            for word, _, text in told
            if word.partition("[")[0] in ("conflict", "earlier")
        }
    return found


@settings(max_examples=some(300))
@given(three_versions())
def test_nothing_is_lost_and_nothing_stands_twice(files: tuple[PoFile, PoFile, PoFile]) -> None:
    base, ours, theirs = files
    result, conflicts = merge_files(base, ours, theirs)
    again = parse_po(dump_po(result), "x.po")
    assert [r.entry for r in again.records] == [r.entry for r in result.records]
    written = {
        (r.entry.key, text)
        for file in (ours, theirs)
        for r in file.records
        for text in r.entry.msgstrs
    }
    old = {(r.entry.key, text) for r in base.records for text in r.entry.msgstrs}
    assert {pair for pair in written - old if pair[1]} <= texts(again)
    keys = [record.entry.key for record in again.records]
    if dump_po(result) not in (dump_po(ours), dump_po(theirs)):
        assert len(keys) == len(set(keys))
    fuzzy = {record.entry.key for record in again.records if record.entry.fuzzy}
    assert set(conflicts) <= fuzzy


@settings(max_examples=some(100))
@given(three_versions())
def test_where_one_side_did_nothing_the_other_is_the_result(
    files: tuple[PoFile, PoFile, PoFile],
) -> None:
    base, ours, theirs = files
    for versions, wanted in (
        ((ours, ours, ours), ours),
        ((base, ours, base), ours),
        ((base, base, theirs), theirs),
        ((base, ours, ours), ours),
    ):
        result, conflicts = merge_files(*versions)
        assert dump_po(result) == dump_po(wanted)
        assert conflicts == ()


@settings(max_examples=some(100))
@given(three_versions())
def test_an_entry_only_one_side_touched_is_as_that_side_has_it(
    files: tuple[PoFile, PoFile, PoFile],
) -> None:
    def raws(file: PoFile) -> dict[Key, list[str | None]]:
        found: dict[Key, list[str | None]] = {}
        for record in file.records:
            found.setdefault(record.entry.key, []).append(record.raw)
        return {key: lines for key, lines in found.items() if len(lines) == 1}

    base, ours, theirs = map(raws, files)
    result = raws(merge_files(*files)[0])
    for key in base.keys() & ours.keys() & theirs.keys():
        if ours[key] == base[key]:
            assert result[key] == theirs[key]
        elif theirs[key] == base[key]:
            assert result[key] == ours[key]


@settings(max_examples=some(100))
@given(three_versions())
def test_merging_the_result_again_changes_nothing(files: tuple[PoFile, PoFile, PoFile]) -> None:
    base, ours, theirs = files
    result, _ = merge_files(base, ours, theirs)
    assert dump_po(merge_files(theirs, result, theirs)[0]) == dump_po(result)
    assert dump_po(merge_files(ours, ours, result)[0]) == dump_po(result)


# --------------------------------------------------------------------------- git

Git = Callable[..., "subprocess.CompletedProcess[str]"]
CATALOG = "locales/tk/LC_MESSAGES/it's a report.po"
BASE = (entry("a", "A"), entry("b"), entry("c", "C"), entry("d"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new repository in a folder with a space in its name, with no settings but its own."""
    root = tmp_path / "a repository"
    root.mkdir()
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "T")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "t@example.org")
    monkeypatch.chdir(root)
    git("init", "-q", "-b", "main")
    return root


def git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=False)


def commit(text: str) -> None:
    path = Path(CATALOG)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    assert git("add", "-A").returncode == 0
    assert git("commit", "-q", "-m", "x").returncode == 0


def branches(base: str, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
    """A base and two branches that go on from it, merged by git with the driver set up."""
    assert main(["merge-po", "--install"]) == 0
    commit(base)
    assert git("checkout", "-q", "-b", "theirs").returncode == 0
    commit(theirs)
    assert git("checkout", "-q", "main").returncode == 0
    commit(ours)
    return git("merge", "--no-edit", "theirs")


def file(*lines: str, top: str = header()) -> str:
    return "\n".join([top, *lines])


def checked() -> str:
    """The catalog in the work tree, which msgfmt accepts."""
    done = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", CATALOG],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Path(CATALOG).read_bytes().decode()


@pytest.mark.usefixtures("folder")
def test_git_merges_two_translators_neighbouring_edits() -> None:
    trap = Path("publish") / "__init__.py"  # what stands in the tree is not run
    trap.parent.mkdir()
    trap.write_bytes(b"raise SystemExit(3)\n")
    late = header("2024-06-01 10:00+0000", "Late")
    early = header("2024-05-01 10:00+0000", "Early")
    done = branches(
        file(*BASE),
        file(entry("a", "A"), entry("b", "B"), entry("n", "N"), entry("c", "C"), top=late),
        file(entry("a", "A"), entry("b"), entry("c", "C2"), entry("d"), entry("z", "Z"), top=early),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert git("status", "--porcelain").stdout == ""
    assert checked() == file(
        entry("a", "A"),
        entry("b", "B"),
        entry("n", "N"),
        entry("c", "C2"),
        entry("z", "Z"),
        top=late,
    )


@pytest.mark.usefixtures("folder")
def test_git_merges_two_translations_of_one_entry_and_names_it() -> None:
    done = branches(
        file(*BASE),
        file(entry("a", "A"), entry("b", "ours"), *BASE[2:]),
        file(entry("a", "A"), entry("b", "theirs"), *BASE[2:]),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kept = entry("b", "ours", "# conflict: theirs", "#, fuzzy")
    assert checked() == file(BASE[0], kept, *BASE[2:])
    assert f"--> {CATALOG}:13\n   | b\n" in done.stdout + done.stderr


@pytest.mark.usefixtures("folder")
def test_git_reports_a_conflict_where_a_version_is_broken_and_shows_both() -> None:
    ours = file(entry("a", "ours"), *BASE[1:])
    broken = file(entry("a", "theirs"), *BASE[1:]) + '\nmsgid "e\n'
    done = branches(file(*BASE), ours, broken)
    assert done.returncode == 1
    assert f"theirs:{CATALOG}:22" in done.stdout + done.stderr
    assert git("status", "--porcelain").stdout == f'UU "{CATALOG}"\n'
    mine, other = in_conflict()
    assert 'msgstr "ours"' in mine
    assert 'msgstr "theirs"' in other


def in_conflict() -> tuple[str, str]:
    """Both sides of the first conflict in the catalog of the work tree."""
    text = Path(CATALOG).read_text("utf-8").partition("<<<<<<< ours\n")[2]
    mine, _, rest = text.partition("=======\n")
    return mine, rest.partition(">>>>>>> theirs\n")[0]


@pytest.mark.usefixtures("folder")
def test_git_shows_both_sides_if_this_program_cannot_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    ours = file(entry("a", "A"), entry("b", "ours"), *BASE[2:])
    done = branches(file(*BASE), ours, file(entry("a", "A"), entry("b", "theirs"), *BASE[2:]))
    assert done.returncode == 1
    assert git("status", "--porcelain").stdout == f'UU "{CATALOG}"\n'
    mine, other = in_conflict()
    assert 'msgstr "ours"' in mine
    assert 'msgstr "theirs"' in other


@pytest.mark.usefixtures("folder")
def test_lines_that_merge_without_this_program_are_a_conflict_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody looked at the entries."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    ours = file(entry("a", "ours"), *BASE[1:])
    done = branches(file(*BASE), ours, file(*BASE[:3], entry("d", "theirs")))
    assert done.returncode == 1
    assert checked() == file(entry("a", "ours"), *BASE[1:3], entry("d", "theirs"))


@pytest.mark.usefixtures("folder")
def test_git_merges_a_file_that_both_branches_added() -> None:
    assert main(["merge-po", "--install"]) == 0
    assert git("add", "-A").returncode == git("commit", "-q", "-m", "x").returncode == 0
    assert git("checkout", "-q", "-b", "theirs").returncode == 0
    commit(file(entry("a"), entry("b", "B")))
    assert git("checkout", "-q", "main").returncode == 0
    commit(file(entry("a", "A"), entry("b")))
    assert git("merge", "--no-edit", "theirs").returncode == 0
    assert checked() == file(entry("a", "A"), entry("b", "B"))


def test_installing_says_what_it_set(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge-po", "--install"]) == 0
    said = capsys.readouterr().err
    assert "git config merge.publish-po.name 'publish: merge catalogs by entry'\n" in said
    assert ".gitattributes: *.po merge=publish-po\n" in said
    assert main(["merge-po", "--install"]) == 0
    said = capsys.readouterr().err
    assert ".gitattributes already has: *.po merge=publish-po\n" in said


def test_without_git_there_is_nothing_to_set_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["merge-po", "--install"]) == 4
    assert capsys.readouterr() == ("", "error: git is not installed\n")
    assert list(tmp_path.iterdir()) == []


# --------------------------------------------------------------------------- by hand


def test_by_hand_conflicts_are_printed_and_a_broken_version_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, ("A", "A1", "A2"), strict=True):
        path.write_bytes(file(entry("a", text), *BASE[1:]).encode())
    assert main(["merge-po", *map(str, paths)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("warning[merge-conflict]: ")
    assert f"--> {paths[1]}:" in err
    with paths[2].open("ab") as stream:
        stream.write(b'\nmsgid "e\n')
    assert main(["merge-po", *map(str, paths), "x.po"]) == 1
    assert "--> theirs:x.po:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "merge-po needs three files"),
        (["a", "b"], "merge-po needs three files"),
        (["a", "b", "c"], "there is no file a"),
        (["--install", "a"], "--install takes no files"),
    ],
)
def test_what_is_missing_is_said(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["merge-po", *words]) == 2
    assert message in capsys.readouterr().err


def test_a_side_that_was_only_rewrapped_leaves_the_layout_of_ours() -> None:
    long = 'msgid "a"\nmsgstr ""\n"one "\n"two"\n'
    base = po(long, entry("b", "B"))
    ours = po(long, entry("b", "mine"))
    wide = header().replace("Last-Translator: ", '"\n"Last-Translator: ')
    theirs = po('msgid "a"\nmsgstr "one two"\n', entry("b", "B"), top=wide)
    assert merge_files(base, ours, theirs)[0] == ours
    assert merge_files(base, theirs, ours)[0].header == theirs.header

"""Reading a `.po` file, keeping its bytes, and saying what is wrong with a damaged one."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from examples import some
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publish.errors import FindingsError, PublishError
from publish.files import replace_atomic, write_atomic
from publish.model import Entry, Span
from publish.po.pofile import (
    PoFile,
    PoRecord,
    dump_po,
    extract_catalog,
    parse_file,
    parse_po,
    read_po_file,
    replace_entry,
    write_po_file,
)
from publish.po.rereading import parse_again
from publish.po.splicing import splice_record

CASES = Path(__file__).parents[1] / "cases" / "po"
FILES = sorted(CASES.glob("*.po"))
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

# --------------------------------------------------------------------------- law: round trip

LINE_END = st.sampled_from(["\n", "\n", "\r\n"])
BLANKS = st.sampled_from(["", "", "\n", "\n\n", "  \n\t\n", "\r\n"])
BODY = st.lists(
    st.sampled_from(
        [
            "ýaş ",
            "слово ",
            "a",
            " ",
            "\\n",
            '\\"',
            "\\\\",
            "\\t",
            "\\x41 ",
            "\\101",
            "\\a",
            "#",
            "国",
        ]
    ),
    max_size=6,
).map("".join)
STRINGS = st.lists(BODY.map('"{}"'.format), min_size=1, max_size=3)
COMMENTS = st.lists(
    st.sampled_from(
        [
            "# word",
            "#word",
            "#",
            "##",
            "#.",
            "#. ",
            "#. list item",
            "#: a.md#b c.md",
            "#, fuzzy",
            "#,fuzzy,x",
            "#= sticky",
            '#| msgid "old"',
            '#~| msgid "old"',
            "  # indented",
            "",
            "#~",
        ]
    ),
    max_size=4,
    unique=True,
).filter(lambda lines: sum("msgid" in line for line in lines) < 2)


@st.composite
def entry_texts(draw: st.DrawFn, number: int) -> str:
    """One entry in any form that gettext reads, with `number` in its msgid."""
    end = draw(LINE_END)
    prefix = draw(st.sampled_from(["", "", "", "#~ ", "#~"]))
    plural = draw(st.booleans())
    lines = []
    keywords = ["msgctxt"] * draw(st.booleans()) + ["msgid"]
    keywords += ["msgid_plural", "msgstr[0]", "msgstr[1]"] if plural else ["msgstr"]
    for keyword in keywords:
        strings = draw(STRINGS)
        if keyword == "msgid":
            strings = [f'"{number} "', *strings]
        joint = draw(st.sampled_from([f"{end}{prefix}", " "]))
        lines.append(f"{keyword}{draw(st.sampled_from([' ', '', '  ']))}{joint.join(strings)}")
    text = "".join(f"{prefix}{line}{end}" for line in lines)
    comments = "".join(line + end for line in draw(COMMENTS))
    return draw(BLANKS) + comments + text


@st.composite
def files(draw: st.DrawFn) -> bytes:
    parts = [draw(entry_texts(number)) for number in range(draw(st.integers(0, 6)))]
    tail = draw(st.sampled_from(["", "", "\n\n", "# orphan", "\n# orphan\n#. two\n", "  "]))
    text = (HEADER if draw(st.booleans()) else "") + "".join(parts) + tail
    if draw(st.booleans()) and not tail:
        text = text.removesuffix("\n").removesuffix("\r")
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


@settings(max_examples=some(100), deadline=None)
@given(files())
def test_what_was_just_read_is_written_byte_for_byte(data: bytes) -> None:
    assert dump_po(parse_po(data, "x.po")) == data


@settings(max_examples=some(50), deadline=None)
@given(files())
def test_written_anew_the_entries_are_the_same(data: bytes) -> None:
    po = parse_po(data, "x.po")
    anew = replace(po, records=tuple(replace(record, raw=None) for record in po.records))
    again = parse_po(dump_po(anew), "x.po")
    assert [record.entry for record in again.records] == [record.entry for record in po.records]
    assert [record.unknown for record in again.records] == [record.unknown for record in po.records]


@settings(max_examples=some(50), deadline=None)
@given(files())
def test_spans_name_the_lines_of_each_entry(data: bytes) -> None:
    po = parse_po(data, "x.po")
    lines = data.decode("utf-8-sig").split("\n")
    for record in po.records:
        span = record.entry.span
        assert "\n".join(lines[span.first - 1 : span.last]) == (record.raw or "").removesuffix("\n")
        assert "msgstr" in lines[record.entry.msgstr_line - 1]


@settings(max_examples=some(150), deadline=None)
@given(files(), st.data())
def test_a_file_read_again_is_what_it_is_when_read_for_the_first_time(
    data: bytes, draw: st.DataObject
) -> None:
    """Whatever was changed in it, where a record ends, and how many lines it has."""
    known = parse_po(data, "x.po")
    at = draw.draw(st.integers(0, len(data)))
    cut = draw.draw(st.sampled_from([0, 1, 2, 6, 40, len(data)]))
    put = draw.draw(
        st.sampled_from(
            [
                b"",
                b"a",
                b'"',
                b"\n",
                b"\n\n",
                b'"\n"b',
                b"# x\n",
                b"#~ ",
                b'msgid "n"\nmsgstr "m"\n',
            ]
        )
        | files()
    )
    now = data[:at] + put + data[at + cut :]
    assert _everything(lambda: parse_again(now, known)) == _everything(
        lambda: parse_file(now, "x.po")
    )


def _everything(read: Callable[[], PoFile]) -> object:
    try:
        po = read()
    except PublishError as error:
        return type(error), error.message, error.span, error.code
    # Spans are no part of what makes entries equal.
    places = [(one.entry.span, one.entry.msgstr_line) for one in po.records]
    return po, places, po.header and po.header.entry.span


@pytest.mark.parametrize("put", ['"more"\n', "x\n", 'msgid "0"\nmsgstr ""\n', "#~ ", "# a\n"])
def test_what_is_put_between_two_entries_is_read_with_the_one_before(put: str) -> None:
    parts = [HEADER, *(f'msgid "{n}"\nmsgstr "{n}"\n' for n in range(9))]
    known = parse_po("".join(parts).encode(), "x.po")
    now = "".join([*parts[:5], put, *parts[5:]]).encode()
    assert _everything(lambda: parse_again(now, known)) == _everything(
        lambda: parse_file(now, "x.po")
    )


@pytest.mark.parametrize("more", ["\n", '\nmsgid "b"\nmsgstr ""\n', "  \n# end\n"])
def test_what_follows_a_last_line_without_an_end_belongs_to_it(more: str) -> None:
    text = HEADER + 'msgid "a"\nmsgstr "a"'
    known, now = parse_po(text.encode(), "x.po"), (text + more).encode()
    assert _everything(lambda: parse_again(now, known)) == _everything(
        lambda: parse_file(now, "x.po")
    )


def test_a_file_read_again_keeps_what_did_not_change() -> None:
    parts = [HEADER, *(f'msgid "{n}"\nmsgstr "{n}"\n\n' for n in range(50))]
    known = parse_po("".join(parts).encode(), "x.po")
    parts[20] = 'msgid "x"\nmsgstr ""\n"y"\n\n'
    again = parse_again("".join(parts).encode(), known)
    kept = [new is old for new, old in zip(again.records, known.records, strict=True)]
    assert kept[:18] == [True] * 18
    assert [one.entry.msgid for one in again.records][19] == "x"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_of_other_tools_keep_every_byte(path: Path) -> None:
    assert dump_po(read_po_file(path, path.name)) == path.read_bytes()


# --------------------------------------------------------------------------- what is read


def test_an_odd_file_is_read_as_gettext_reads_it() -> None:
    po = read_po_file(CASES / "odd.po", "odd.po")
    first, second, third, *_ = (record.entry for record in po.records)
    assert first == Entry(
        msgid="oneandtwo",
        msgstrs=("\a A A ä \\n",),
        flags=("fuzzy", "no-wrap"),
        extracted=("", "", "tight"),
        references=("tight.md#a",),
        previous="before",
    )
    assert (first.span, first.msgstr_line) == (Span("odd.po", 8, 16), 16)
    assert po.records[0].unknown == ("#= kept: yes",)
    assert second == Entry(msgid="no blank line before", msgstrs=("after a blank line",))
    assert third == Entry(
        msgid="gone",
        msgstrs=("weg",),
        extracted=("obsolete but explained",),
        references=("old.md#x",),
        previous="older",
        obsolete=True,
    )
    assert po.records[-1].entry == Entry(
        msgid="", msgstrs=("an empty context is not the header",), context=""
    )
    assert po.tail == "\n# nobody's comment"


def test_the_view_of_the_rest_of_the_house() -> None:
    catalog = extract_catalog(read_po_file(CASES / "weblate.po", "locales/ru/weblate.po"))
    assert catalog.file == "locales/ru/weblate.po"
    assert catalog.header_field("language") == "ru"
    assert catalog.header[1] == ("Report-Msgid-Bugs-To", "")
    assert [entry.msgid[:7] for entry in catalog.entries] == ["The ins", "%(n)d w", "Shelter"]
    assert catalog.entries[1].msgstrs[2] == "Домой вернулось %(n)d рабочих."
    assert catalog.entries[2].context == "verb"


def test_a_file_name_with_spaces_is_one_reference() -> None:
    entry = read_po_file(CASES / "msgcat.po", "x").records[0].entry
    assert entry.references[-1] == "\u2068source/annex one.md\u2069"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("windows-1251", "Суды рассмотрели три дела № 5 — «все»."),
        ("koi8-r", "Суды рассмотрели три дела."),
    ],
)
def test_the_charset_of_the_header_counts(name: str, text: str) -> None:
    assert read_po_file(CASES / f"{name}.po", "x").records[0].entry.msgstr == text


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment", b"\xef\xbb\xbf"])
def test_a_file_without_entries(data: bytes) -> None:
    po = parse_po(data, "x.po")
    assert (po.header, po.records, dump_po(po)) == (None, (), data)


# --------------------------------------------------------------------------- changed entries


def change(po: PoFile, number: int, **fields: str) -> PoFile:
    """The file with another msgstr in one entry."""
    record = po.records[number]
    entry = replace(record.entry, msgstrs=(fields["msgstr"],))
    records = list(po.records)
    records[number] = replace_entry(record, entry)
    return replace(po, records=tuple(records))


def diff(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that went and the lines that came, in order."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_change_touches_its_own_entry_only() -> None:
    path = CASES / "poedit.po"
    after = dump_po(change(read_po_file(path, "x"), 1, msgstr="Penahanalar we gyzgyn liniýalar"))
    gone, come = diff(path.read_bytes(), after)
    assert [line.decode() for line in gone] == ['msgstr "Penahanalar"\n']
    assert [line.decode() for line in come] == ['msgstr "Penahanalar we gyzgyn liniýalar"\n']


def test_a_change_in_an_unwrapped_file_with_crlf_stays_so() -> None:
    path = CASES / "omegat.po"
    text = "Суды рассмотрели три дела о торговле людьми и ни одного дела о принудительном труде."
    gone, come = diff(path.read_bytes(), dump_po(change(read_po_file(path, "x"), 1, msgstr=text)))
    assert gone == []
    assert come == [f'msgstr "{text}"\r\n'.encode()]


def test_a_change_keeps_what_this_version_does_not_know() -> None:
    path = CASES / "odd.po"
    after = dump_po(change(read_po_file(path, "x"), 0, msgstr="täze"))
    assert b"#= kept: yes\n" in after
    assert after.startswith(path.read_bytes()[: path.read_bytes().index(b"#.\n")])
    assert after.endswith(path.read_bytes()[path.read_bytes().index(b'msgid "no blank') :])


def test_no_change_is_the_very_same_record() -> None:
    record = read_po_file(CASES / "poedit.po", "x").records[0]
    assert replace_entry(record, replace(record.entry, span=Span("", 0, 0))) is record


def test_an_entry_behind_a_file_without_a_last_line_end_starts_a_line() -> None:
    po = parse_po((HEADER + 'msgid "a"\nmsgstr "b"').encode(), "x.po")
    more = replace(po, records=(*po.records, PoRecord(Entry(msgid="c", msgstrs=("d",)))))
    assert dump_po(more).decode() == HEADER + 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'


def test_the_first_record_has_no_blank_line_before_it() -> None:
    assert (
        dump_po(PoFile(file="x.po", header=None, records=(PoRecord(Entry(msgid="a")),)))
        == b'msgid "a"\nmsgstr ""\n'
    )


def test_a_character_the_charset_lacks_is_refused() -> None:
    po = change(read_po_file(CASES / "windows-1251.po", "x.po"), 0, msgstr="ýaş")
    with pytest.raises(PublishError) as caught:
        dump_po(po)
    assert caught.value.span == Span("x.po", 1, 1)
    assert (caught.value.message, caught.value.code, caught.value.hint) == (
        "ý (U+00FD) cannot be written in CP1251",
        "po-charset",
        "convert the file to UTF-8: msgconv -t UTF-8 -o x.po x.po",
    )


# --------------------------------------------------------------------------- one record exchanged


@settings(max_examples=some(100), deadline=None)
@given(files(), st.data())
def test_a_record_exchanged_in_the_bytes_is_as_if_all_was_written_and_read(
    data: bytes, draw: st.DataObject
) -> None:
    po = parse_po(data, "x.po")
    assume(po.records)
    at = draw.draw(st.integers(0, len(po.records) - 1))
    entry = po.records[at].entry
    forms = [draw.draw(st.text(st.characters(exclude_characters="\0", codec="utf-8")))]
    comments = draw.draw(st.sampled_from([entry.comments, ("a", "b"), ()]))
    changed = replace(entry, msgstrs=(*forms, *entry.msgstrs[1:]), comments=comments)
    record = replace_entry(po.records[at], changed)
    written, read = splice_record(data, po, at, record)
    after = replace(po, records=(*po.records[:at], record, *po.records[at + 1 :]))
    top = (po.records[0].lead or "").encode() if at == 0 and po.header is None else b""
    bom = data[:3] if po.bom else b""
    assert written.removeprefix(bom).removeprefix(top) == dump_po(after).removeprefix(bom)
    again = parse_po(written, "x.po").records[at]
    assert read == again
    assert (read.entry.span, read.entry.msgstr_line) == (again.entry.span, again.entry.msgstr_line)
    now = replace(po, records=(*po.records[:at], read, *po.records[at + 1 :]))
    if data.endswith(b"\n"):
        assert splice_record(written, now, at, po.records[at])[0] == data


def test_a_record_whose_text_is_the_end_of_another_one_is_not_taken_for_it() -> None:
    text = 'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "b"\n'
    data = (HEADER + text).encode()
    po = parse_po(data, "x.po")
    record = change(po, 1, msgstr="c").records[1]
    written, read = splice_record(data, po, 1, record)
    assert written.decode() == HEADER + text.removesuffix('b"\n') + 'c"\n'
    assert read.entry.context is None


def test_a_record_with_a_character_that_the_charset_lacks_is_not_exchanged() -> None:
    path = CASES / "windows-1251.po"
    po = read_po_file(path, "x.po")
    record = change(po, 0, msgstr="ýaş").records[0]
    with pytest.raises(PublishError) as caught:
        splice_record(path.read_bytes(), po, 0, record)
    assert caught.value.code == "po-charset"


# --------------------------------------------------------------------------- writing files


def test_writing_what_was_read_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes((CASES / "odd.po").read_bytes())
    before = path.stat().st_mtime_ns
    assert write_po_file(path, read_po_file(path, "x.po")) is False
    assert path.stat().st_mtime_ns == before


def test_writing_keeps_the_mode_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes((CASES / "poedit.po").read_bytes())
    path.chmod(0o640)
    assert write_po_file(path, change(read_po_file(path, "x.po"), 1, msgstr="Başga")) is True
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["x.po"]  # noqa: PTH208
    assert read_po_file(path, "x.po").records[1].entry.msgstr == "Başga"


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"old")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no space left"):
        write_atomic(path, b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("x.po", b"old")]


@pytest.mark.parametrize("theirs", [b"theirs", None])
def test_a_file_is_replaced_only_if_it_is_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: bytes | None
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"old")
    path.chmod(0o640)
    assert replace_atomic(path, b"old", b"new") is True
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert replace_atomic(path, b"old", b"newer") is False
    sync = os.fsync

    def meanwhile(handle: int) -> None:
        sync(handle)
        path.write_bytes(theirs) if theirs else path.unlink(missing_ok=True)

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert replace_atomic(path, b"new", b"newer") is False
    found = [(one.name, one.read_bytes()) for one in tmp_path.iterdir()]
    assert found == ([("x.po", theirs)] if theirs else [])


def test_a_link_is_not_replaced_and_a_failure_names_the_file(tmp_path: Path) -> None:
    path, link = tmp_path / "x.po", tmp_path / "link.po"
    path.write_bytes(b"old")
    link.symlink_to(path)
    with pytest.raises(PublishError, match=r"link\.po is a link to .*x\.po"):
        replace_atomic(link, b"old", b"new")
    with pytest.raises(OSError, match=r"gone/x\.po"):
        replace_atomic(tmp_path / "gone" / "x.po", b"old", b"new")
    assert path.read_bytes() == b"old"


def test_a_new_file_gets_its_folders_and_a_link_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "locales" / "tk" / "x.po"
    assert write_atomic(path, b"a") is True
    link = tmp_path / "link.po"
    link.symlink_to(path)
    with pytest.raises(PublishError, match=r"link\.po is a link to .*x\.po"):
        write_atomic(link, b"b")
    assert (link.is_symlink(), path.read_bytes()) == (True, b"a")


# --------------------------------------------------------------------------- damaged files


@pytest.mark.parametrize(
    ("text", "code", "lines", "message", "hint"),
    [
        (
            'msgid "a\nmsgstr "b"\n',
            "po-syntax",
            (4, 4),
            'the closing quotation mark is missing: msgid "a',
            'end the line with "; inside a text write a quotation mark as \\"',
        ),
        (
            'msgid "say "yes" now"\nmsgstr "b"\n',
            "po-syntax",
            (4, 4),
            'text outside quotation marks: msgid "say "yes" now"',
            'put it between quotation marks; inside a text write a quotation mark as \\"',
        ),
        (
            'msgid "a"\nmsgstr ""\n"say "yes" now"\n"b"\n',
            "po-syntax",
            (6, 6),
            'text outside quotation marks: "say "yes" now"',
            'put it between quotation marks; inside a text write a quotation mark as \\"',
        ),
        (
            'msgid "a"\nmsgstr b\n',
            "po-syntax",
            (5, 5),
            "text outside quotation marks: msgstr b",
            'put it between quotation marks; inside a text write a quotation mark as \\"',
        ),
        (
            'msgid "a"\nmsgtsr "b"\n',
            "po-syntax",
            (5, 5),
            "unknown keyword msgtsr",
            "known: msgctxt, msgid, msgid_plural, msgstr, msgstr[0]",
        ),
        (
            'Hello there, friend\nmsgid "a"\nmsgstr ""\n',
            "po-syntax",
            (4, 4),
            "text outside quotation marks: Hello there, friend",
            "put it between quotation marks, or start the line with # if it is a comment",
        ),
        (
            'msgstr "b"\n',
            "po-syntax",
            (4, 4),
            "msgstr without a msgid before it",
            "write the msgid above it, or delete it if the entry already has a msgstr",
        ),
        (
            'msgid "a"\n\nmsgid "b"\nmsgstr ""\n',
            "po-syntax",
            (4, 4),
            "msgid without a msgstr",
            'add a line msgstr ""',
        ),
        ('msgid "a"\n', "po-syntax", (4, 4), "msgid without a msgstr", 'add a line msgstr ""'),
        (
            'msgid "a"\nmsgstr\n\nmsgid "b"\nmsgstr ""\n',
            "po-syntax",
            (5, 5),
            "msgstr without a text",
            'write it between quotation marks; msgstr "" is an empty text',
        ),
        (
            'msgid "a"\nmsgstr ""\n"fine\\n"\n"C:\\dir"\n',
            "po-syntax",
            (7, 7),
            "\\d is not a valid escape sequence",
            "write a backslash itself as \\\\",
        ),
        (
            'msgid "a\\000"\nmsgstr ""\n',
            "po-syntax",
            (4, 4),
            "\\000 is not a valid escape sequence",
            "write a backslash itself as \\\\",
        ),
        (
            'msgid "\\303"\nmsgstr ""\n',
            "po-syntax",
            (4, 4),
            "\\303 is not a valid escape sequence",
            "write a backslash itself as \\\\",
        ),
        (
            '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> theirs\n',
            "po-conflict",
            (4, 4),
            "the file contains an unresolved merge conflict: <<<<<<< HEAD",
            "keep one of the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>",
        ),
        (
            'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\n',
            "po-conflict",
            (5, 5),
            "the file contains an unresolved merge conflict: <<<<<<< HEAD",
            "keep one of the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>",
        ),
        (
            'msgid "a"\n# why\nmsgstr "b"\n',
            "po-syntax",
            (5, 5),
            "a comment inside an entry: # why",
            "move the comment above the entry",
        ),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n',
            "po-syntax",
            (6, 6),
            "msgstr without a number after a msgid_plural",
            "write msgstr[0], msgstr[1] and so on",
        ),
        (
            'msgid "a"\nmsgstr[0] "c"\n',
            "po-syntax",
            (5, 5),
            "msgstr[0] without a msgid_plural",
            "write msgstr without a number, or add a msgid_plural line",
        ),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n',
            "po-syntax",
            (4, 6),
            "msgstr[1] instead of msgstr[0]",
            "number the plural forms from 0",
        ),
        (
            'msgid "a"\nmsgstr "b"\nmsgstr "c"\n',
            "po-syntax",
            (6, 6),
            "msgstr without a msgid before it",
            "write the msgid above it, or delete it if the entry already has a msgstr",
        ),
        (
            '#| msgid "old\nmsgid "a"\nmsgstr "b"\n',
            "po-syntax",
            (4, 6),
            'the #| lines cannot be read: msgid "old',
            "delete the #| lines of this entry; they only keep the earlier source text",
        ),
        (
            'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
            "po-duplicate",
            (7, 8),
            '"a" occurs twice, on lines 4 and 7',
            "delete one of the two entries",
        ),
        (
            'msgid "a"\nmsgstr "b\x07"\n',
            "po-control",
            (5, 5),
            "the file contains the control character U+0007",
            "delete it; an editor shows it as a box or not at all",
        ),
        (
            'msgid "a"\nmsgstr "b\rc"\n',
            "po-control",
            (5, 5),
            "the file contains the control character U+000D",
            "delete it; an editor shows it as a box or not at all",
        ),
        (
            'msgid "a"\nmsgstr "b"\n' + "\0" * 512,
            "po-control",
            (6, 6),
            "the file contains the control character U+0000 512 times, first in this line",
            "restore the file from git or from a copy",
        ),
        (
            'msgid ""\nmsgstr ""\n',
            "po-duplicate",
            (4, 5),
            "the header occurs twice, on lines 1 and 4",
            "delete one of the two entries",
        ),
        (
            'msgid "a" msgstr "b" msgid "c" msgstr "d"\n',
            "po-syntax",
            (4, 4),
            "this entry cannot be read",
            "start each entry on a new line",
        ),
        (
            'msgctxt "a"\nmsgstr "b"\n',
            "po-syntax",
            (5, 5),
            "msgstr cannot follow msgctxt",
            "write them in this order: msgctxt, msgid, msgid_plural, msgstr",
        ),
        (
            '#~ msgid "a"\n#~ "b\n#~ msgstr "x"\n',
            "po-syntax",
            (5, 5),
            'the closing quotation mark is missing: #~ "b',
            'end the line with "; inside a text write a quotation mark as \\"',
        ),
        (
            '#~ msgid "a"\nmsgstr "x"\n',
            "po-syntax",
            (5, 5),
            "only some lines of this entry start with #~",
            "start every line of the entry with #~, or none",
        ),
        (
            'msgid "a"\n#~ msgstr "x"\n',
            "po-syntax",
            (5, 5),
            "only some lines of this entry start with #~",
            "start every line of the entry with #~, or none",
        ),
        (
            'msgid "a"\nmsgid_plural "b"\n\nmsgid "c"\nmsgstr ""\n',
            "po-syntax",
            (5, 5),
            "msgid_plural without a msgstr[0]",
            'add a line msgstr[0] ""',
        ),
    ],
)
def test_a_damaged_file_is_refused_with_the_place_and_the_way_out(
    text: str, code: str, lines: tuple[int, int], message: str, hint: str
) -> None:
    with pytest.raises(PublishError) as caught:
        parse_po((HEADER + text).encode(), "x.po")
    error = caught.value
    assert (error.message, error.hint, error.code) == (message, hint, code)
    assert error.span == Span("x.po", *lines)


MANY = """\
msgid "a
msgstr "1"

#: source/x.md#s
msgid "b"
msgstrr "2"

# a good one between
msgid "c"
msgstr "3"

<<<<<<< ours
msgid "d"
msgstr "4"
=======
msgid "d"
msgstr "5"
>>>>>>> theirs

msgid "e"
msgstr "6 \\q"

#~ msgid "f"
#~ msgstr "7

msgid "g"

msgid "h"
msgstr "8"
"""


def test_all_that_is_wrong_is_told_in_one_reading() -> None:
    with pytest.raises(FindingsError) as caught:
        parse_po((HEADER + MANY).encode(), "x.po")
    told = [(one.code, one.span, one.message) for one in caught.value.findings]
    assert [(code, span.first - 3, said) for code, span, said in told if span] == [
        ("po-syntax", 1, 'the closing quotation mark is missing: msgid "a'),
        ("po-syntax", 6, "unknown keyword msgstrr"),
        ("po-conflict", 12, "the file contains an unresolved merge conflict: <<<<<<< ours"),
        ("po-syntax", 21, "\\q is not a valid escape sequence"),
        ("po-syntax", 24, 'the closing quotation mark is missing: #~ msgstr "7'),
        ("po-syntax", 26, "msgid without a msgstr"),
    ]
    assert all(one.hint for one in caught.value.findings)
    assert caught.value.message == "x.po cannot be read: it has 6 errors"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_entry_broken_in_a_real_file_is_told(path: Path) -> None:
    text = path.read_bytes().decode("latin-1")
    lines = text.split("\n")
    live = [n for n, line in enumerate(lines) if re.match(r'msgstr(\[0\])? "', line)][1:]
    broken = live[:: max(1, len(live) // 5)]
    for number in broken:
        lines[number] = f"x{lines[number]}"
    with pytest.raises(PublishError) as caught:
        parse_po("\n".join(lines).encode("latin-1"), "x.po")
    error = caught.value
    told = error.findings if isinstance(error, FindingsError) else (error,)
    assert [one.span.first for one in told if one.span] == [number + 1 for number in broken]


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        ('msgid "{n}\nmsgstr ""\n\n', "po-syntax"),
        ('msgid "a"\nmsgstr "{n}"\n\n', "po-duplicate"),
        ('msgid "{n}"\nmsgstr "\\q"\n\n', "po-syntax"),
    ],
)
def test_no_more_than_twenty_errors_are_told(piece: str, code: str) -> None:
    text = "".join(piece.format(n=number) for number in range(50))
    with pytest.raises(FindingsError, match="it has at least 20 errors") as caught:
        parse_po((HEADER + text).encode(), "x.po")
    assert [one.code for one in caught.value.findings] == [code] * 20


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (HEADER.encode() + b'msgid "a"\nmsgstr "\xe4"\n', 5, "the byte 0xE4 is not valid UTF-8"),
        (HEADER.replace("UTF-8", "UTF-9").encode(), 2, "unknown charset UTF-9"),
        (HEADER.replace("UTF-8", "utf-16").encode(), 2, "unknown charset utf-16"),
        (HEADER.replace("UTF-8", "rot13").encode(), 2, "unknown charset rot13"),
        (HEADER.encode("utf-16"), 1, "the file is saved as UTF-16"),
        (b"\0" * 512, 1, "the file has only zero bytes: its content is lost"),
        (
            HEADER.encode() + 'msgid "a"\nmsgstr "ж'.encode()[:-1],
            5,
            "the file ends in the middle of a letter: it was cut short",
        ),
    ],
)
def test_a_charset_that_does_not_fit_is_refused(data: bytes, line: int, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        parse_po(data, "x.po")
    assert (caught.value.message, caught.value.code) == (message, "po-charset")
    assert caught.value.span == Span("x.po", line, line)


def test_a_header_below_other_entries_is_refused() -> None:
    with pytest.raises(PublishError) as caught:
        parse_po(('msgid "a"\nmsgstr ""\n\n' + HEADER).encode(), "x.po")
    assert (caught.value.code, caught.value.span) == ("po-header", Span("x.po", 4, 5))


@settings(max_examples=some(80), deadline=None)
@given(files(), st.data())
def test_a_damaged_file_never_raises_anything_else(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    cut = draw.draw(st.integers(0, 6))
    put = draw.draw(st.sampled_from([b"", b'"', b"\\", b"msgid", b"#~ ", b"\n", b"\x00", b"\xff"]))
    broken = data[:at] + put + data[at + cut :]
    result = parsed_or_refused(broken)
    if isinstance(result, PoFile):
        assert dump_po(result) == broken
        return
    several = result.findings if isinstance(result, FindingsError) else ()
    assert result.hint or several
    for span in [one.span for one in several] or [result.span]:
        assert span is not None
        assert 1 <= span.first <= span.last <= broken.count(b"\n") + 1


def parsed_or_refused(data: bytes) -> PoFile | PublishError:
    try:
        return parse_po(data, "x.po")
    except PublishError as error:
        return error


@pytest.mark.parametrize(
    "text",
    [
        "# x\n" * 100_000 + "x",
        "\n" * 100_000 + "x",
        'msgid "a"\n' + '"b"\n' * 100_000 + "x",
        'msgid "' + "\\n" * 100_000 + "\n",
        '#~ msgid "a"\n' + '#~ "b"\n' * 50_000 + "#~ x\n",
        '#| msgid "a"\n' + '#| "b"\n' * 50_000 + 'msgid "x"\n',
        " " * 200_000 + "x",
    ],
    ids=["comments", "blank lines", "strings", "escapes", "obsolete", "previous", "spaces"],
)
def test_a_long_damaged_file_is_refused_as_quickly_as_a_short_one(text: str) -> None:
    """Nothing is timed: matching that goes back and forth would not come to an end here."""
    with pytest.raises(PublishError) as caught:
        parse_po(text.encode(), "x.po")
    assert caught.value.code == "po-syntax"


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf\r\n"])
def test_an_emptied_file_is_not_taken_for_a_new_one(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(data)
    with pytest.raises(PublishError) as caught:
        read_po_file(path, "x.po")
    assert (caught.value.code, caught.value.span) == ("po-empty", Span("x.po", 1, 1))
    assert caught.value.hint == "restore it from git, or delete it to start again"


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_of_its_own_is_one_error(charset: str) -> None:
    with pytest.raises(PublishError) as caught:
        parse_po((HEADER + 'msgid "a"\nmsgstr "б"\n' * 30).encode(charset), "x.po")
    assert caught.value.message == "the file is saved as UTF-16"
    assert not isinstance(caught.value, FindingsError)


def test_line_ends_of_old_macs_are_one_error() -> None:
    text = HEADER + 'msgid "a"\nmsgstr "b"\n'
    with pytest.raises(PublishError) as caught:
        parse_po(text.replace("\n", "\r").encode(), "x.po")
    assert caught.value.message == "the file has old Mac line endings (CR)"
    assert caught.value.hint == "save it with Unix (LF) or Windows (CRLF) line endings"


def test_a_comment_of_an_obsolete_entry_may_be_obsolete_itself() -> None:
    text = f'{HEADER}\n#~ # mine\n#~#, fuzzy\n#~ msgid "a"\n#~ msgstr "b"\n'
    po = parse_po(text.encode(), "x.po")
    assert dump_po(po) == text.encode()
    entry = po.records[0].entry
    assert (entry.comments, entry.flags, entry.obsolete) == (("mine",), ("fuzzy",), True)
    assert (entry.msgid, entry.msgstr) == ("a", "b")

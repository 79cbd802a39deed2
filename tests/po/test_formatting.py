"""What we write for an entry is what msgcat writes, to the byte."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry
from publish.po.formatting import PoStyle, serialise_entry
from publish.po.linebreaking import count_columns, find_break_points, fold_lines
from publish.po.pofile import PoFile, PoRecord, dump_po, make_header, parse_po
from publish.po.secondreader import WrittenWrongError, confirm_written

TURKMEN = Language(tag="tk", folder="tk", locale="tk", plural_forms="nplurals=2; plural=(n != 1);")
needs_gettext = pytest.mark.skipif(
    shutil.which("msgcat") is None, reason="gettext's msgcat is not installed"
)

TOKENS = """
the authorities 37 1,200.50 well-known and/or (see below) [law](1) “quoted” «цитата» 50% $40 a\\b
https://example.org/a-b/c?d=e&f e.g. 3–5 § № +993-12 "x" 'y' ... … — %(n)d {name} т.е. что-либо
çärä ýyl Türkmenistanyň işgärleri принудительный труд 北京，你好。「引」 日本語テキスト 한국어
שלום א-ב العربية हिन्दी ไทย e\u0301 👩\u200d🚀 🇹🇲🇷🇺
"""
WORDS = st.one_of(
    st.sampled_from(TOKENS.split()),
    st.text(
        'abя -/"\\«»“”()[]{}!?.,:;—–…%$№\u00a0\u202f\u2011\u200b\u00ad\u2060国、。\t\n', max_size=9
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cn", "Co", "Cc")), max_size=5),
)
TEXTS = st.builds(
    lambda words, gap, end: gap.join(words) + end,
    st.lists(WORDS, max_size=40),
    st.sampled_from([" ", " ", " ", "", "  ", "\n"]),
    st.sampled_from(["", "", ".", "\n"]),
)
LINES = st.lists(st.text("abя .-#,", max_size=12).map(str.strip), max_size=2).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry msgcat keeps: fuzzy only with a translation, obsolete too, previous if fuzzy."""
    msgstr = draw(TEXTS)
    plural = draw(st.none() | TEXTS)
    fuzzy = bool(msgstr) and draw(st.booleans())
    return Entry(
        msgid=draw(TEXTS.filter(bool)),
        msgstrs=(msgstr,) if plural is None else (msgstr, draw(TEXTS)),
        plural=plural,
        flags=(("fuzzy",) if fuzzy else ()) + draw(st.sampled_from([(), ("no-wrap",)])),
        comments=draw(LINES),
        extracted=draw(LINES),
        references=tuple(
            draw(
                st.lists(st.text("abя/#-", max_size=60).map("a{}z".format), max_size=4, unique=True)
            )
        ),
        previous=draw(st.none() | TEXTS) if fuzzy else None,
        obsolete=bool(msgstr) and draw(st.booleans()),
    )


def catalog(some: list[Entry]) -> PoFile:
    """A file of these entries with a header, each in a context of its own, obsolete last."""
    told = [replace(entry, context=f"c{number}") for number, entry in enumerate(some)]
    ordered = sorted(told, key=lambda entry: entry.obsolete)
    return PoFile(
        file="x.po",
        header=make_header(TURKMEN, "x"),
        records=tuple(PoRecord(entry) for entry in ordered),
    )


def msgcat(data: bytes, *options: str) -> bytes:
    command = ["msgcat", *options, "-"]
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout


@needs_gettext
@settings(max_examples=some(40), deadline=None)
@given(st.lists(entries(), min_size=1, max_size=12))
def test_every_entry_is_written_as_msgcat_writes_it(some: list[Entry]) -> None:
    data = dump_po(catalog(some))
    assert msgcat(data).decode().split("\n\n") == data.decode().split("\n\n")


@needs_gettext
@settings(max_examples=some(15), deadline=None)
@given(st.lists(entries(), min_size=1, max_size=12))
def test_unwrapped_entries_are_written_as_msgcat_no_wrap_does(some: list[Entry]) -> None:
    unwrapped = [replace(entry, flags=()) for entry in some]
    po = replace(catalog(unwrapped), style=PoStyle(wrap=False))
    assert msgcat(dump_po(po), "--no-wrap") == dump_po(po)


@settings(max_examples=some(40), deadline=None)
@given(st.lists(entries(), max_size=8))
def test_what_is_written_reads_back_as_it_was(some: list[Entry]) -> None:
    po = catalog(some)
    again = parse_po(dump_po(po), "x.po")
    assert [record.entry for record in again.records] == [record.entry for record in po.records]
    assert dump_po(again) == dump_po(po)
    confirm_written([(record.entry, serialise_entry(record.entry)) for record in po.records])


@given(TEXTS, st.integers(5, 80), st.integers(0, 10))
def test_folded_lines_join_to_the_text_and_fit(text: str, width: int, first: int) -> None:
    lines = fold_lines(text, width, first)
    assert "".join(lines) == text
    for number, line in enumerate(lines):
        taken = 0 if number else first
        fits = count_columns(line) + taken <= width
        assert fits or not find_break_points(line) or "\u2028" in line or "\u2029" in line


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("well-known and/or", [5, 11, 15]),
        ("see  here", [5]),
        ("  indented text", [11]),
        ("«так» и (nbsp\u00a0holds)", [6, 8]),
        ("a — b", [2, 4]),
        ("a—b", [1, 2]),
        ("3–5 years", [2, 4]),
        ("国。国", [2]),
        ("🇹🇲🇷🇺", [2]),
        ("-5 and 1-5", [3, 7]),
    ],
)
def test_break_points(text: str, points: list[int]) -> None:
    assert find_break_points(text) == points


@pytest.mark.parametrize(("text", "width"), [("国国", 4), ("e\u0301", 1), ("ý", 1), ("\u200b", 0)])
def test_columns(text: str, width: int) -> None:
    assert count_columns(text) == width


def test_the_order_of_an_entrys_lines() -> None:
    entry = Entry(
        msgid="Text",
        msgstrs=("Tekst",),
        context="place",
        flags=("c-format", "fuzzy"),
        comments=("word", ""),
        extracted=("heading",),
        references=("a.md#one", "a.md#two"),
        previous="Old",
        obsolete=True,
    )
    assert serialise_entry(entry, unknown=("#= kept",)) == (
        "# word\n#\n#. heading\n#: a.md#one a.md#two\n#, fuzzy, c-format\n#= kept\n"
        '#~| msgid "Old"\n#~ msgctxt "place"\n#~ msgid "Text"\n#~ msgstr "Tekst"\n'
    )


def test_control_characters_are_written_as_escapes() -> None:
    entry = Entry(msgid='\x01\x1b\x7f\a\b\t\v\f\r"\\')
    assert serialise_entry(entry) == 'msgid "\\001\\033\\177\\a\\b\\t\\v\\f\\r\\"\\\\"\nmsgstr ""\n'


def test_format_directives_are_not_broken() -> None:
    flagged = Entry(msgid="x" * 70 + " %(a b)s", flags=("python-format",))
    assert '"%(a b)s"' in serialise_entry(flagged)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Entry(msgid="a\0b"), 'a .po file cannot contain a NUL character: "a\0b"'),
        (
            Entry(msgid="a", comments=("one\ntwo",)),
            'a .po file cannot contain a line break or control character in a comment: "a"',
        ),
    ],
)
def test_text_no_file_can_hold_is_refused(entry: Entry, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        serialise_entry(entry)
    assert (caught.value.message, caught.value.code) == (message, "po-syntax")


@pytest.mark.parametrize(
    "text",
    [
        'msgid "One"\nmsgstr "Iki"\n',
        'msgid "One"\nmsgstr "Bir"\n\nmsgid "Two"\nmsgstr "Iki"\n',
        'msgid "One\nmsgstr "Bir"\n',
    ],
)
def test_the_second_reader_refuses_what_was_written_wrong(text: str) -> None:
    with pytest.raises(WrittenWrongError):
        confirm_written([(Entry(msgid="One", msgstrs=("Bir",)), text)])


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext's msgfmt is not installed")
def test_msgfmt_accepts_a_new_header() -> None:
    po = PoFile(file="x.po", header=make_header(TURKMEN, "report", "2025-01-01 00:00+0000"))
    command = ["msgfmt", "--check", "-o", "/dev/null", "-"]
    subprocess.run(command, input=dump_po(po), check=True, capture_output=True)


def test_a_new_header_has_no_clock_in_it() -> None:
    assert dump_po(PoFile(file="x.po", header=make_header(TURKMEN, "report"))).decode() == (
        'msgid ""\nmsgstr ""\n'
        '"Project-Id-Version: report\\n"\n'
        '"Report-Msgid-Bugs-To: \\n"\n'
        '"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"\n'
        '"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"\n'
        '"Language-Team: LANGUAGE <LL@li.org>\\n"\n'
        '"Language: tk\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )

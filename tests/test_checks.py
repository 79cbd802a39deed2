"""Checks: what a translation may not hold, and what is plain text."""

from __future__ import annotations

import pytest

from publish.checks.joining import check_joined
from publish.checks.table import check_catalog, check_corrections, check_interface
from publish.languages.registry import find
from publish.model import Catalog, Document, Entry, Finding, Key, Level, Span
from publish.reading.markdown import SourceFile, read_document

EN = find("en")


def findings(msgid: str, msgstr: str) -> list[Finding]:
    entry = Entry(msgid, (msgstr,), span=Span("x.po", 4, 6), msgstr_line=6)
    source = read_document("x", "en", [SourceFile("x.md", "---\ntitle: T\n---\nText.\n")])
    return list(check_catalog(source, EN, Catalog("x.po", (), (entry,))))


@pytest.mark.parametrize(
    ("msgid", "msgstr", "code", "message"),
    [
        ("A *b*.", "А б.", "marks-differ", "missing *…*"),
        ("A b.", "А *б*.", "marks-differ", "too many *…*"),
        ("A `b`.", "А `в`.", "marks-differ", "missing `b`; too many `в`"),
        ("A.[^ilo]", "А.", "marks-differ", "missing [^ilo]"),
        ("A\\\nb", "А б", "marks-differ", "missing \\ (line break)"),
        ("[A](1).", "А.", "marks-differ", "missing […](1)"),
        ("[A](1).", "[А](2).", "link-number", "the source sentence has no link number 2"),
        ("A.", "[А](1).", "link-number", "the source sentence has no link number 1"),
        ("[A](1).", "[А](javascript:x).", "link-address", "address stands in the translation"),
        ("[A](1).", "[А](https://evil.example).", "link-address", "address stands"),
        ("A.", "<https://evil.example>", "link-address", "address stands in the translation"),
        ("A.", "&#32;", "translation-empty", "a translation that a reader cannot see"),
        ("A.", "\u200b\ufeff", "translation-empty", "a translation that a reader cannot see"),
        ("A.", "&shy;", "translation-empty", "a translation that a reader cannot see"),
        ("[A](1).", "[](1).", "translation-empty", "a link that a reader cannot see"),
        ("![A](1).", "![](1).", "translation-empty", "an image's description"),
        ("A.", "А <b>б</b>.", "raw-html", "raw HTML is not allowed: <b>"),
        ("A.", "А <!-- б -->.", "raw-html", "raw HTML is not allowed"),
        ("A.", "А\x00.", "control-character", "U+0000"),
        ("A.", "А\udc80.", "control-character", "U+DC80"),
        ("A.", "*" * 3000, "too-many-marks", "more than 2000"),
    ],
)
def test_refused(msgid: str, msgstr: str, code: str, message: str) -> None:
    (found,) = findings(msgid, msgstr)
    assert (found.code, found.level) == (code, Level.ERROR)
    assert message in found.message
    assert str(found.span) == "x.po:6"
    assert found.hint


@pytest.mark.parametrize(
    "msgstr",
    [
        "# А",
        "- А",
        "1. А",
        "а | б",
        "а * б",
        "5 < 6 & 7",
        "> а",
        "{#id} а",
        "a_b_c",
        "[sic]",
        "```",
    ],
)
def test_plain_text(msgstr: str) -> None:
    assert findings("A.", msgstr) == []


def test_a_blank_line_is_a_warning() -> None:
    (found,) = findings("A.", "А.\n\nБ.")
    assert (found.code, found.level) == ("blank-line", Level.WARNING)


def test_marks_may_change_places() -> None:
    assert findings("A *b* [c](1) [d](2).", "[д](2) [с](1) *б* а.") == []


def test_fuzzy_text_is_checked_only_when_it_is_shown() -> None:
    entry = Entry("A.", ("*А*.",), flags=("fuzzy",))
    source = read_document("x", "en", [SourceFile("x.md", "---\ntitle: T\n---\nText.\n")])
    catalog = Catalog("x.po", (), (entry,))
    assert list(check_catalog(source, EN, catalog)) == []
    assert len(list(check_catalog(source, EN, catalog, use_fuzzy=True))) == 1


def joined_findings(body: str, *joined: str) -> list[str]:
    source: Document = read_document(
        "x", "en", [SourceFile("x.md", f"---\ntitle: T\n---\n{body}\n")]
    )
    entries: dict[Key, Entry] = {(None, msgid): Entry(msgid, ("{joined}",)) for msgid in joined}
    return [finding.code for finding in check_joined(source, EN, entries)]


def test_joined_needs_a_sentence_before_it_and_a_place_of_its_own() -> None:
    assert joined_findings("One. Two.", "Two.") == []
    assert joined_findings("One. Two.", "One.") == ["joined-first"]
    assert joined_findings("One. Two.\n\nThree. Two.", "Two.") == ["joined-shared"]


def test_joined_has_no_meaning_in_the_sources_own_catalog() -> None:
    source = read_document("x", "en", [SourceFile("x.md", "---\ntitle: T\n---\nOne. Two.\n")])
    catalog = Catalog("en.po", (), (Entry("Two.", ("{joined}",)),))
    assert "joined-source" in {found.code for found in check_corrections(source, EN, catalog)}


def test_interface_placeholders() -> None:
    good = Entry("Page {page} of {pages}", ("{pages}: {page}",))
    bad = Entry("Page {page}", ("Стр. {pages}",))
    found = list(check_interface(Catalog("publish.po", (), (good, bad))))
    assert [finding.code for finding in found] == ["placeholders-differ"]
    assert "{page}, {pages}" in found[0].message

"""Checks: what a translation may not hold, and what is plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from publish.checks import structure, views
from publish.checks.documents import DOCUMENT_RULES
from publish.checks.engine import check_structure, judge_catalog, judge_document
from publish.checks.explaining import EXPLANATIONS, OTHERS
from publish.checks.findings import report_at_entry, report_at_top
from publish.checks.rule import CatalogRunner, DocumentRunner, Rule, SentenceRunner
from publish.checks.table import RULES
from publish.checks.views import CatalogView, DocumentView, ShownImage
from publish.languages.registry import find
from publish.model import Catalog, Entry, Finding, Level, Quoted, Span
from publish.reading.markdown import SourceFile, read_document
from publish.reading.msgstr import ReadMsgstr, read_msgstr
from publish.reading.source import Source, cut_source

EN, RU = find("en"), find("ru")


def source_of(body: str) -> Source:
    text = f"---\ntitle: T\n---\n{body}\n"
    return cut_source(read_document("x", "en", [SourceFile("x.md", text)]), EN)


def view(*entries: Entry, body: str = "Text.", use_fuzzy: bool = False) -> CatalogView:
    return CatalogView(
        source=source_of(body),
        catalog=Catalog("x.po", (), entries),
        language=RU,
        use_fuzzy=use_fuzzy,
    )


def findings(msgid: str, msgstr: str) -> list[Finding]:
    entry = Entry(msgid=msgid, msgstrs=(msgstr,), span=Span("x.po", 4, 6), msgstr_line=6)
    return list(check_structure(view(entry)))


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
        ("[A](1).", "[А](javascript:x).", "link-address", "translation contains an address"),
        (
            "[A](1).",
            "[А](https://evil.example).",
            "link-address",
            "translation contains an address",
        ),
        ("A.", "<https://evil.example>", "link-address", "translation contains an address"),
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
    entry = Entry(msgid="A.", msgstrs=("*А*.",), flags=("fuzzy",))
    assert list(check_structure(view(entry))) == []
    assert len(list(check_structure(view(entry, use_fuzzy=True)))) == 1


def joined_findings(body: str, *joined: str) -> list[str]:
    entries = [Entry(msgid=msgid, msgstrs=("{joined}",)) for msgid in joined]
    return [finding.code for finding in check_structure(view(*entries, body=body))]


def test_joined_needs_a_sentence_before_it_and_a_place_of_its_own() -> None:
    assert joined_findings("One. Two.", "Two.") == []
    assert joined_findings("One. Two.", "One.") == ["joined-first"]
    assert joined_findings("One. Two.\n\nThree. Two.", "Two.") == ["joined-shared"]


def test_joined_has_no_meaning_in_the_sources_own_catalog() -> None:
    entry = Entry(msgid="Two.", msgstrs=("{joined}",))
    own = replace(view(entry, body="One. Two."), kind="source", language=EN)
    assert [found.code for found in check_structure(own)] == ["joined-source"]
    assert list(check_structure(replace(own, kind="translation"))) == []


def interface(*entries: Entry) -> CatalogView:
    return CatalogView(kind="interface", catalog=Catalog("p.po", (), entries), language=RU)


def test_interface_placeholders() -> None:
    good = Entry(msgid="Page {page} of {pages}", msgstrs=("{pages}: {page}",))
    bad = Entry(msgid="Page {page}", msgstrs=("Стр. {pages}",))
    (found,) = check_structure(interface(good, bad))
    assert found.code == "placeholders-differ"
    assert "{page}, {pages}" in found.message
    assert list(check_structure(view(bad))) == []


def test_every_form_of_an_interface_string_is_looked_at() -> None:
    counted = Entry(msgid="one", msgstrs=("один", "\u202eдва"), plural="many")
    assert [found.code for found in check_structure(interface(counted))] == ["bidi-control"]


# --------------------------------------------------------------------------- the table


ALONE = [rule for rule in RULES if rule.structural and not rule.code.startswith("joined-")]
"""Rules of whole catalogs whose examples are one entry each."""


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: rule.code)
def test_a_rule_of_structure_finds_its_wrong_example_alone(rule: Rule) -> None:
    for (msgid, msgstr), codes in ((rule.right, []), (rule.wrong, [rule.code])):
        for kind in rule.kinds:
            work = replace(view(Entry(msgid=msgid, msgstrs=(msgstr,))), kind=kind)
            assert [found.code for found in check_structure(work)] == codes


def test_every_rule_is_told_in_full_and_no_code_stands_twice() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.code)
        assert all((rule.title, rule.why, rule.remedy, *rule.right, *rule.wrong, rule.kinds))
    assert {code for code in EXPLANATIONS if code not in {rule.code for rule in RULES}} == set(
        OTHERS
    )


def test_a_runner_of_sentences_serves_one_row() -> None:
    runners = [rule.runner for rule in RULES if isinstance(rule.runner, SentenceRunner)]
    assert len({runner.run for runner in runners}) == len(runners)


# --------------------------------------------------------------------------- the engine


def test_a_msgid_that_cannot_be_read_is_compared_with_nothing() -> None:
    assert findings("A <b>.", "А.") == []
    assert [found.code for found in findings("A <b>.", "А <i>.")] == ["raw-html"]


def row(code: str, run: Callable[[CatalogView], Iterator[Finding]]) -> Rule:
    return replace(RULES[0], code=code, family="letters", runner=CatalogRunner(run))


def at(entry: Entry, code: str, level: Level = Level.ERROR) -> Finding:
    return report_at_entry(entry, code, "odd", "", level)


SHOWN = Entry(
    msgid="One.", msgstrs=("Один.",), comments=("ok: odd",), span=Span("x.po", 1, 2), msgstr_line=2
)


def test_a_runner_of_several_rows_runs_once_and_has_no_other_codes() -> None:
    calls: list[str] = []

    def run(view: CatalogView) -> Iterator[Finding]:
        calls.append(view.catalog.file)
        yield from (at(SHOWN, code) for code in given)

    given = ["odd", "even"]
    rules = (row("odd", run), row("even", run))
    assert [one.code for one, _ in judge_catalog(view(SHOWN), rules)] == ["odd", "even"]
    assert calls == ["x.po"]
    given.append("strange")
    with pytest.raises(AssertionError, match="strange"):
        list(judge_catalog(view(SHOWN), rules))
    given[:] = ["odd"]
    with pytest.raises(AssertionError, match="error odd"):
        list(judge_catalog(view(SHOWN), (replace(rules[0], level=Level.ADVICE),)))


def test_a_finding_of_a_whole_catalog_has_its_place_and_is_accepted_as_any_other() -> None:
    def run(view: CatalogView) -> Iterator[Finding]:
        yield from (at(entry, "odd") for entry in view.active.values())
        yield report_at_top(view.catalog, "odd", "top", "", Level.ERROR)

    hidden = replace(SHOWN, msgid="Two.", flags=("fuzzy",), msgstr_line=9)
    work = view(SHOWN, hidden, body="One. Two.")
    (first, accepted), (top, nobody) = judge_catalog(work, (row("odd", run),))
    assert (accepted, nobody) == (True, False)
    assert first.location == work.find_location(SHOWN)
    assert first.location is not None
    assert first.quoted == Quoted(source="One.", translation="Один.", language="ru")
    assert (top.location, top.quoted) == (None, None)


def test_a_finding_in_the_document_has_nothing_of_the_entry_on_the_same_line() -> None:
    twin = ShownImage("a.png", Span("x.po", 2, 2), frozenset(("tk",)))
    other = ShownImage("a.png", Span("x.md", 2, 2), frozenset(("tk",)))
    for picture in (twin, other):
        seen = DocumentView(source=source_of("One."), language=RU, pictures=(picture,))
        (found,) = judge_document(seen)
        assert (found.code, found.quoted, found.location) == ("image-no-twin", None, None)


def test_rules_for_a_source_itself_are_among_those_for_documents() -> None:
    own = [rule for rule in RULES if "source" in rule.kinds]
    assert [one for one in own if isinstance(one.runner, DocumentRunner)] == [
        one for one in DOCUMENT_RULES if "source" in one.kinds
    ]


def test_each_kind_of_catalog_has_rules_of_its_own() -> None:
    whole = view(SHOWN, body="One.")
    codes = {
        kind: {found.code for found, _ in judge_catalog(replace(whole, kind=kind))}
        for kind in ("translation", "source", "interface")
    }
    header = {"header-charset", "header-language", "header-plural-forms"}
    assert codes["source"] == codes["interface"] == header
    assert codes["translation"] == header | {"catalog-stale", "accepted-unknown"}


def test_every_msgstr_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(msgstr: str, span: Span | None = None) -> ReadMsgstr:
        read.append(msgstr)
        return read_msgstr(msgstr, span)

    monkeypatch.setattr(views, "read_msgstr", counted)
    monkeypatch.setattr(structure, "read_msgstr", counted)
    texts = ("*Один* &amp; два.", "Три.", "<b>Пять</b>")
    entries = [
        Entry(msgid=msgid, msgstrs=(text,)) for msgid, text in zip("ABC", texts, strict=True)
    ]
    work = view(*entries, body="A\n\nB\n\nC")
    list(judge_catalog(work))
    assert sorted(read) == sorted(texts)
    del read[:]
    known = {entry.key: read_msgstr(entry.msgstr) for entry in entries}
    list(judge_catalog(replace(work, texts=known)))
    assert read == []


def test_entries_that_are_in_no_file_yet_are_told_apart() -> None:
    entries = [Entry(msgid=msgid, msgstrs=("<b>",)) for msgid in ("One.", "Two.")]
    work = view(*entries, body="One. Two.")
    found = list(check_structure(work))
    assert [work.find_entry(one) for one in found] == entries
    assert [one.location and one.location.number for one in found] == [1, 2]

"""`publish check` and `explain`, the table of checks, reports, and the gates of a build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from conftest import Golden

from publish.building.preparing import prepare
from publish.catalogs.glossary import read_glossary
from publish.catalogs.pofile import catalog_of, read
from publish.checks.check import Check, Pair, Problem
from publish.checks.explaining import WAYS_OUT, explained_strings, place_string
from publish.checks.gates import holding, weighed
from publish.checks.joining import seen_in_whole
from publish.checks.letters import mixed_scripts
from publish.checks.running import Checking, pairs, run_checks
from publish.checks.table import ACCEPTABLE, STRUCTURAL, TABLE, checks_with
from publish.cli.main import main
from publish.cli.printing import finding_text
from publish.cli.reports import findings_json, findings_sarif
from publish.editions.interface import extract_interface
from publish.errors import FindingsError, PublishError, UsageError
from publish.languages.registry import find
from publish.model import Catalog, Coverage, Entry, Family, Finding, Level, Quoted, Span, plain
from publish.reading.inline import parse_inline
from publish.reading.markdown import SourceFile, read_document
from publish.reading.translation import translation_tree
from publish.settings import Gate, read_settings
from publish.workspace import open_workspace

XHTML = "{http://www.w3.org/1999/xhtml}"

SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru"]\n'
SOURCE = """\
---
title: Report
revised: 2024-01-02
---

## Victims {#victims}

The police identified 37 victims in 2023. The court released the man.
"""
FORMS = find("ru").plural_forms
PO = f"""\
msgid ""
msgstr "Language: ru\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: {FORMS}\\n"

msgid "Report"
msgstr "Доклад"

msgid "Victims"
msgstr "Жертвы"

msgid "The police identified 37 victims in 2023."
msgstr "Полиция выявила 73 жертвы в 2023 году."

msgid "The court released the man."
msgstr "Суд освободил  этого \\"человека\\"."
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace of one document in two languages; one number in it is wrong."""
    (tmp_path / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "r.md").write_text(SOURCE, encoding="utf-8")
    catalog(tmp_path).parent.mkdir(parents=True)
    catalog(tmp_path).write_text(PO, encoding="utf-8")
    return tmp_path


def catalog(root: Path) -> Path:
    return root / "locales" / "ru" / "LC_MESSAGES" / "r.po"


def change(root: Path, before: str, after: str) -> None:
    text = catalog(root).read_text(encoding="utf-8")
    assert before in text
    catalog(root).write_text(text.replace(before, after), encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# --------------------------------------------------------------------------- the table


def pair_of(texts: tuple[str, str], language: str) -> Pair:
    entry = Entry(texts[0], (texts[1],))
    try:
        shown = plain(parse_inline(texts[0])), plain(translation_tree(texts[1]))
    except PublishError:
        shown = texts
    return Pair(entry, *shown, find(language))


SEEN_ALONE = [
    check
    for check in TABLE
    if check.run is not seen_in_whole and not re.match("term-|acronym-", check.code)
]


@pytest.mark.parametrize("check", SEEN_ALONE, ids=lambda check: check.code)
def test_every_row_passes_its_right_example_and_finds_its_wrong_one(check: Check) -> None:
    assert list(check.run(pair_of(check.right, check.language))) == []
    assert list(check.run(pair_of(check.wrong, check.language)))


def test_every_row_is_told_in_full_and_no_code_stands_twice() -> None:
    assert len({check.code for check in TABLE}) == len(TABLE)
    for check in TABLE:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", check.code)
        assert all((check.title, check.why, check.family, *check.right, *check.wrong))


def test_a_glossary_fills_the_rows_of_terms() -> None:
    glossary = read_glossary("en,ru,status,note\nthe court,суд,ru=verified,\n", "g.csv")
    assert {row.code for row in checks_with(glossary)} == {row.code for row in TABLE}
    found = {
        row.code
        for row in checks_with(glossary)
        for _ in row.run(pair_of(("The court ruled.", "Больница решила."), "ru"))
    }
    assert "term-missing" in found


# --------------------------------------------------------------------------- the command


def test_findings_are_told_with_place_texts_and_spot(
    small: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    code, out, _ = said(capsys, "check", "-l", "ru", "--level", "error", "-C", str(small))
    assert code == 1
    golden(Path("cases/checks/text.txt"), out)


def test_a_sound_catalog_is_quiet_and_exit_code_is_0(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "73", "37")
    before = catalog(small).read_bytes()
    code, out, _ = said(capsys, "check", "-l", "ru", "--level", "error", "-C", str(small))
    assert code == 0
    assert out.startswith("ru: 0 errors, ")
    assert catalog(small).read_bytes() == before


def test_the_level_hides_findings_but_not_the_exit_code(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    levels = {}
    for level in Level:
        code, out, _ = said(capsys, "check", "--json", "--level", level, "-C", str(small))
        assert code == 1
        levels[level] = {found["level"] for found in json.loads(out)["findings"]}
    assert levels[Level.ERROR] == {"error"}
    assert levels[Level.WARNING] <= {"error", "warning"}


def test_what_is_accepted_gets_its_digest_and_lapses_with_the_text(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = 'msgid "The police identified'
    comments = "".join(
        f"# ok: {found['code']}\n"
        for found in json.loads(said(capsys, "check", "--json", "-C", str(small))[1])["findings"]
        if found["line"] == 11
    )
    change(small, sentence, comments + sentence)
    code, out, _ = said(capsys, "check", "--show-accepted", "-C", str(small))
    assert code == 0
    assert "accepted[number-" in out
    text = catalog(small).read_text(encoding="utf-8")
    assert re.search(r"^# ok: number-[a-z]+ [0-9a-f]{6}$", text, re.M)
    change(small, "Полиция выявила 73", "Полиция нашла 73")
    code, out, _ = said(capsys, "check", "--level", "advice", "-C", str(small))
    assert code == 1
    assert "advice[accepted-lapsed]" in out


def test_fix_repairs_says_what_and_does_it_once(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, err = said(capsys, "check", "--fix", "-C", str(small))
    assert "locales/ru/LC_MESSAGES/r.po:14: doubled spaces, straight quotes\n" in err
    assert catalog(small).read_text(encoding="utf-8") == PO.replace(
        'Суд освободил  этого \\"человека\\".', "Суд освободил этого «человека»."
    )
    _, _, err = said(capsys, "check", "--fix", "-C", str(small))
    assert err == ""


def test_a_source_a_catalog_or_a_glossary_that_cannot_be_read_is_an_error(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "locales" / "glossary.csv").write_bytes(b"\xff")
    code, out, _ = said(capsys, "check", "--json", "-C", str(small))
    assert (code, [f["code"] for f in json.loads(out)["findings"]]) == (1, ["charset"])
    catalog(small).write_text('msgid "a\n', encoding="utf-8")
    code, out, _ = said(capsys, "check", "--json", "-C", str(small))
    assert (code, [f["code"] for f in json.loads(out)["findings"]]) == (1, ["po-syntax"])
    catalog(small).unlink()
    code, out, _ = said(capsys, "check", "--json", "-C", str(small))
    assert (code, [f["code"] for f in json.loads(out)["findings"]]) == (1, ["catalog-missing"])
    (small / "source" / "r.md").write_text("no front matter\n", encoding="utf-8")
    code, out, _ = said(capsys, "check", "--json", "-C", str(small))
    assert (code, [f["code"] for f in json.loads(out)["findings"]]) == (1, ["front-matter"])


def test_explain(capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    for check in TABLE:
        code, out, _ = said(capsys, "explain", check.code)
        assert code == 0
        assert out.startswith(f"{check.code}: {check.title}\nlevel: {check.level}")
    golden(Path("cases/checks/explain.txt"), said(capsys, "explain", "marks-differ")[1])
    code, _, err = said(capsys, "explain", "mark-differs")
    assert code == 2
    assert "did you mean marks-differ?" in err


# --------------------------------------------------------------------------- reports

HOSTILE = Finding(
    "number-missing",
    Level.ERROR,
    '"<37>" is missing',
    Span("locales/ru/LC_MESSAGES/a b.po", 4, 5),
    "add it",
    "",
    "victims, sentence 1",
    Quoted("<script>alert(1)</script>", "до\u202e<b>середина\x1b[31m</b> после", "ru", (3, 6)),
)


def test_json_and_sarif() -> None:
    row = json.loads(findings_json([HOSTILE], []))["findings"][0]
    assert (row["file"], row["line"], row["spot"]) == ("locales/ru/LC_MESSAGES/a b.po", 4, [3, 6])
    log = json.loads(findings_sarif([HOSTILE]))
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert result["ruleId"] in rules
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "locales/ru/LC_MESSAGES/a%20b.po"
    assert place["region"]["startLine"] == 4


def test_the_terminal_is_not_steered_by_a_translation() -> None:
    lines = finding_text(HOSTILE, colour=False).splitlines()
    assert "\x1b" not in "".join(lines)
    assert "\u202e" not in "".join(lines)
    target, spot = lines[3], lines[4]
    assert target[spot.index("^") : spot.rindex("^") + 1] == "<b>"


@pytest.mark.parametrize("at", [0, 50, 150, 290])
def test_a_long_translation_is_shown_around_its_spot(at: int) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(300))
    quoted = Quoted("s", text, "ru", (at, at + 5))
    found = Finding("c", Level.ERROR, "m", quoted=quoted)
    *_, target, spot = finding_text(found, colour=False).splitlines()
    assert target[spot.index("^") : spot.rindex("^") + 1] == text[at : at + 5]
    assert len(target) < 110


def test_the_page_is_whole_in_the_translators_language_and_asks_for_nothing(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "Доклад", "<script src='https://e.example/x'></script>")
    page = small / "page.html"
    said(capsys, "check", "-l", "ru", "--html", str(page), "-C", str(small))
    text = page.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text.replace("<!DOCTYPE html>\n", ""))
    assert root.get("lang") == "ru"
    names = {element.tag.removeprefix(XHTML) for element in root.iter()}
    assert not names & {"script", "link", "img", "iframe", "a", "form", "object"}
    assert not re.search(r"(?:src|href|action|url)\s*=?\s*[(\"]", text)
    marked = ["".join(element.itertext()) for element in root.iter(f"{XHTML}mark")]
    assert {"37", "73"} <= set(marked)
    words = " ".join(root.itertext())
    assert "Исходный текст" in words
    assert "<script src='https://e.example/x'></script>" in words


def spoken(element: ElementTree.Element, language: str) -> Iterator[tuple[str, str]]:
    """Each piece of text with the language it is marked as."""
    own = element.get("lang", language)
    yield own, element.text or ""
    for child in element:
        yield from spoken(child, own)
        yield own, child.tail or ""


@pytest.mark.parametrize("tag", ["ru", "tk"])
def test_no_word_of_the_page_is_english_that_is_not_marked_so(
    tag: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "publish.toml").write_text(SETTINGS.replace("ru", tag), encoding="utf-8")
    text = catalog(small).read_text(encoding="utf-8").replace("Language: ru", f"Language: {tag}")
    folder = small / "locales" / tag / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "r.po").write_text(text.replace("Доклад", "Д <b>"), encoding="utf-8")
    page = small / "page.html"
    said(capsys, "check", "-l", tag, "--level", "advice", "--html", str(page), "-C", str(small))
    root = ElementTree.fromstring(page.read_text("utf-8").replace("<!DOCTYPE html>\n", ""))
    body = root.find(f"{XHTML}body")
    assert body is not None
    own = " ".join(text for language, text in spoken(body, tag) if language == tag)
    assert re.findall(r"\b(?:the|is|of|not|sentence|line|write|in)\b", own) == []
    assert own.count("…") == 0
    english = " ".join(text for language, text in spoken(body, tag) if language == "en")
    assert "is not in the translation" in english


def test_every_finding_of_the_table_says_what_to_do() -> None:
    assert WAYS_OUT.keys() == {check.code for check in TABLE}


@pytest.mark.parametrize("tag", ["ru", "tk"])
def test_every_word_of_the_page_is_translated(tag: str, repository: Path) -> None:
    path = repository / "locales" / tag / "LC_MESSAGES" / "publish.po"
    entries = catalog_of(read(path, path.name)).active()
    for text in explained_strings():
        entry = entries[None, text]
        assert entry.translated, text
        pair = Pair(entry, text, entry.msgstr, find(tag))
        assert [one.message for one in mixed_scripts(pair)] == []


def test_the_interface_template_has_every_string(repository: Path) -> None:
    more = {"x": explained_strings()}
    rooms = [repository / "publish" / room for room in ("editions", "kits", "release")]
    wanted = extract_interface(repository / "templates", rooms, more)
    pot = repository / "locales" / "publish.pot"
    assert {entry.msgid for entry in wanted} == {
        msgid for _, msgid in catalog_of(read(pot, pot.name)).active() if msgid
    }


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("a, sentence 3", ("a", "sentence {number}", "3")),
        ("a, table cell", ("a", "table cell", "")),
        ("title", ("", "title", "")),
        ("", ("", "", "")),
    ],
)
def test_a_place_is_taken_apart(place: str, found: tuple[str, str, str]) -> None:
    assert place_string(place) == found


def test_a_page_in_a_language_without_words_is_marked_english(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "publish.toml").write_text(SETTINGS.replace("ru", "fa"), encoding="utf-8")
    catalog(small).parent.parent.rename(small / "locales" / "fa")
    page = small / "page.html"
    said(capsys, "check", "-l", "fa", "--html", str(page), "-C", str(small))
    root = ElementTree.fromstring(page.read_text("utf-8").replace("<!DOCTYPE html>\n", ""))
    assert (root.get("lang"), root.get("dir")) == ("fa", "rtl")
    heading = root.find(f".//{XHTML}h1/{XHTML}span")
    assert heading is not None
    assert heading.get("lang") == "en"


# --------------------------------------------------------------------------- the engine


def odd(pair: Pair) -> Iterator[Problem]:
    yield Problem("odd", spot=(3, 900))


def test_a_spot_outside_the_text_is_no_spot() -> None:
    source = read_document("x", "en", [SourceFile("x.md", "---\ntitle: T\n---\nOne.\n")])
    row = Check("odd", "letters", Level.ADVICE, "t", "w", "ru", ("a", "b"), ("a", "c"), odd)
    one = Entry("One.", ("Один.",), span=Span("x.po", 1, 2), msgstr_line=2)
    work = Checking(source, find("en"), Catalog("x.po", (), (one,)), find("ru"), (row,))
    (found,) = run_checks(work)
    assert found.quoted
    assert found.quoted.spot is None
    assert [pair.target for pair in pairs(work)] == ["Один."]


def test_errors_of_structure_have_place_and_texts(small: Path) -> None:
    change(small, "Суд освободил", "Суд *освободил*")
    workspace = open_workspace(small)
    with pytest.raises(FindingsError) as error:
        prepare(workspace, "r", find("ru"), use_fuzzy=False)
    (found,) = error.value.findings
    assert (found.code, found.place) == ("marks-differ", "victims, sentence 2")
    assert found.quoted
    assert found.quoted.source == "The court released the man."


# --------------------------------------------------------------------------- gates


def gates(root: Path, lines: str) -> None:
    (root / "publish.toml").write_text(SETTINGS + lines, encoding="utf-8")


def test_a_draft_is_built_with_errors_but_says_so(small: Path) -> None:
    found = prepare(open_workspace(small), "r", find("ru"), use_fuzzy=False).warnings
    assert [(one.code, one.level) for one in found] == [
        ("catalog-errors", Level.WARNING),
        ("held-back", Level.ADVICE),
    ]


def test_a_gate_of_levels_holds_a_draft_back(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gates(small, '[gates.draft]\nlevels = ["error"]\n')
    code, _, err = said(capsys, "build", "-f", "epub", "-l", "ru", "-C", str(small))
    assert code == 1
    assert "error[gate]: r in ru is not built, held back at the gate of drafts: " in err
    assert "error[number-" in err
    assert not (small / "build" / "ru" / "r.epub").exists()


def test_a_gate_of_coverage_holds_a_draft_back(small: Path) -> None:
    gates(small, "[gates.draft]\ncoverage = 90\n")
    change(small, 'msgstr "Полиция выявила 73 жертвы в 2023 году."', 'msgstr ""')
    with pytest.raises(FindingsError, match=r"\d+ % translated, less than 90 %"):
        prepare(open_workspace(small), "r", find("ru"), use_fuzzy=False)


def test_what_holds_an_edition_back_from_a_higher_state_is_told(small: Path) -> None:
    gates(small, "[gates.reviewed]\n")
    found = prepare(open_workspace(small), "r", find("ru"), use_fuzzy=False).warnings
    (held,) = [one for one in found if one.code == "held-back"]
    wanted = r"r in ru cannot be called reviewed: \d+ errors?; no sentence is reviewed"
    assert re.fullmatch(wanted, held.message)


def test_a_gate_counts_levels_and_coverage() -> None:
    gate = Gate((Level.ERROR, Level.WARNING), 90)
    warning = Finding("c", Level.WARNING, "m")
    assert holding(gate, [warning, warning], Coverage(100, 89)) == [
        "2 warnings",
        "89 % translated, less than 90 %",
    ]
    assert holding(gate, [Finding("c", Level.ADVICE, "m")], Coverage(100, 90)) == []


def test_a_gate_weighs_its_families_alone() -> None:
    number, letter = (Finding(code, Level.ERROR, "m") for code in ("number-extra", "bidi-control"))
    odd = Finding("accepted-lapsed", Level.ERROR, "of no family")
    gate = Gate((Level.ERROR,), 0, ("letters", "structure"))
    assert weighed(gate, [number, letter, odd]) == [letter]
    assert holding(gate, [number, odd]) == []
    assert holding(replace(gate, families=()), [number, letter, odd]) == ["3 errors"]


def test_a_gate_of_families_lets_a_wrong_number_pass(small: Path) -> None:
    gates(small, '[gates.draft]\nlevels = ["error"]\nfamilies = ["letters"]\n')
    assert prepare(open_workspace(small), "r", find("ru"), use_fuzzy=False)
    gates(small, '[gates.draft]\nlevels = ["error"]\nfamilies = ["letters", "numbers"]\n')
    with pytest.raises(FindingsError, match="held back at the gate of drafts") as held:
        prepare(open_workspace(small), "r", find("ru"), use_fuzzy=False)
    assert {found.code for found in held.value.findings} == {"number-missing"}


def test_every_family_is_one_of_a_check_and_may_stand_in_a_gate() -> None:
    assert {check.family for check in TABLE} == set(get_args(Family))


FAMILIES_TWICE = """\
[gates.draft]
families = ["numbers"]

[gates.reviewed]
coverage = 90
families = [
    "numbers",
    "leters",
]
"""


def test_a_wrong_family_is_told_at_its_own_line_with_a_suggestion(tmp_path: Path) -> None:
    gates(tmp_path, FAMILIES_TWICE)
    with pytest.raises(UsageError) as caught:
        read_settings(tmp_path)
    before = SETTINGS.count("\n")
    assert caught.value.span == Span("publish.toml", before + 8, before + 8)
    assert caught.value.hint == "did you mean letters?"


def test_the_line_of_a_setting_is_that_of_its_own_table(tmp_path: Path) -> None:
    lines = "[project]\nlanguages = 3\n[tool.publish]\n[tool.publish.gates]\n" + (
        "draft.coverage = 1\nreviewed = { coverage = 101 }\n"
    )
    (tmp_path / "pyproject.toml").write_text(lines, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_settings(tmp_path)
    assert caught.value.span == Span("pyproject.toml", 6, 6)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[gates.final]\n", "gates names 'final', which is none"),
        ('[gates.draft]\nlevel = ["error"]\n', "a gate has no 'level'"),
        ('[gates.draft]\nlevels = ["fatal"]\n', "'fatal' is no value of levels"),
        ("[gates.draft]\ncoverage = 101\n", "coverage must be a percentage"),
        ("[gates.draft]\ncoverage = true\n", "coverage must be a percentage"),
        ("[gates]\ndraft = 1\n", "draft must be a table"),
        ('[gates.draft]\nfamilies = ["leters"]\n', "'leters' is no value of families"),
        ('[gates.draft]\nfamilies = "letters"\n', "families must be a list of texts"),
    ],
)
def test_gates_are_read_strictly(tmp_path: Path, lines: str, message: str) -> None:
    gates(tmp_path, lines)
    with pytest.raises(UsageError, match=re.escape(message)):
        read_settings(tmp_path)


def test_only_structure_cannot_be_accepted() -> None:
    assert {check.code for check in TABLE if check.family == "structure"} == STRUCTURAL
    assert not ACCEPTABLE & STRUCTURAL

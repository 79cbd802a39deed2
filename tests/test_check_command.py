"""`publish check` and `explain` as commands; the table of checks and its engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkcases import catalog, change, checked, loader, make_workspace
from conftest import Golden

from publish.catalogs.glossary import read_glossary
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.checks.running import check_catalog, pair_sentences
from publish.checks.table import ACCEPTABLE, RULES, STRUCTURAL, build_rules
from publish.checks.views import CatalogView
from publish.cli.main import main
from publish.cli.printing import finding_text
from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import Catalog, Entry, Finding, Level, Location, Quoted, Role, Span, plain
from publish.reading.inline import parse_inline
from publish.reading.markdown import SourceFile, read_document
from publish.reading.msgstr import translation_tree
from publish.reading.source import cut_source
from publish.translation.held import find_held


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace of one document in two languages; one number in it is wrong."""
    return make_workspace(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# --------------------------------------------------------------------------- the table


def pair_of(texts: tuple[str, str], language: str) -> Pair:
    entry = Entry(msgid=texts[0], msgstrs=(texts[1],))
    try:
        shown = plain(parse_inline(texts[0])), plain(translation_tree(texts[1]))
    except PublishError:
        shown = texts
    return Pair(entry, *shown, find(language))


SEEN_ALONE = [
    (rule, rule.runner)
    for rule in RULES
    if isinstance(rule.runner, SentenceRunner) and not re.match("term-|acronym-", rule.code)
]


@pytest.mark.parametrize(("rule", "runner"), SEEN_ALONE, ids=[one.code for one, _ in SEEN_ALONE])
def test_every_row_passes_its_right_example_and_finds_its_wrong_one(
    rule: Rule, runner: SentenceRunner
) -> None:
    assert list(runner.run(pair_of(rule.right, rule.language))) == []
    assert list(runner.run(pair_of(rule.wrong, rule.language)))


def test_every_row_is_told_in_full_and_no_code_stands_twice() -> None:
    assert len({check.code for check in RULES}) == len(RULES)
    for check in RULES:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", check.code)
        assert all((check.title, check.why, check.family, *check.right, *check.wrong))


def test_a_glossary_fills_the_rows_of_terms() -> None:
    glossary = read_glossary("en,ru,status,note\nthe court,суд,ru=verified,\n", "g.csv")
    assert {row.code for row in build_rules(glossary)} == {row.code for row in RULES}
    found = {
        row.code
        for row in build_rules(glossary)
        if isinstance(row.runner, SentenceRunner)
        for _ in row.runner.run(pair_of(("The court ruled.", "Больница решила."), "ru"))
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


def test_what_is_accepted_is_listed_on_request(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = 'msgid "The police identified'
    change(small, sentence, f"# ok: number-missing\n{sentence}")
    code, out, _ = said(capsys, "check", "-C", str(small))
    assert code == 0
    assert "accepted[" not in out
    assert out.endswith("ru: 0 errors, 0 warnings, 0 of advice, 1 accepted\n")
    code, out, _ = said(capsys, "check", "--show-accepted", "-C", str(small))
    assert "accepted[number-missing]: locales/ru/LC_MESSAGES/r.po:12: the number 37" in out
    _, out, _ = said(capsys, "check", "--show-accepted", "--json", "-C", str(small))
    assert [one["code"] for one in json.loads(out)["accepted"]] == ["number-missing"]
    _, out, _ = said(capsys, "check", "--json", "-C", str(small))
    assert json.loads(out)["accepted"] == []


def test_fix_repairs_says_what_and_does_it_once(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, err = said(capsys, "check", "--fix", "-C", str(small))
    assert err == "locales/ru/LC_MESSAGES/r.po:14: doubled spaces, straight quotes\n"
    _, _, err = said(capsys, "check", "--fix", "-C", str(small))
    assert err == ""


def test_documents_that_cannot_be_read_are_counted(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "source" / "r.md").write_text("no front matter\n", encoding="utf-8")
    code, out, _ = said(capsys, "check", "-l", "ru", "-C", str(small))
    assert code == 1
    assert "error[front-matter]" in out
    assert out.endswith("source: 1 error, 0 warnings, 0 of advice\nru: 1 document not checked\n")


def test_a_page_is_written(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = small / "page.html"
    code, out, err = said(capsys, "check", "-l", "ru", "--html", str(page), "-C", str(small))
    assert (code, out, err) == (1, "", f"wrote {page}\n")
    assert 'lang="ru"' in page.read_text(encoding="utf-8")


def test_finished_editions_are_checked(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("check", "--built", "-l", "ru", "-C", str(small))
    code, out, _ = said(capsys, *words)
    assert code == 1
    assert out.count("error[built-missing]") == 2
    code, out, _ = said(capsys, *words, "--json")
    assert {one["code"] for one in json.loads(out)["findings"]} == {"built-missing"}


def test_explain(capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    for check in RULES:
        code, out, _ = said(capsys, "explain", check.code)
        assert code == 0
        assert out.startswith(f"{check.code}: {check.title}\nlevel: {check.level}")
    golden(Path("cases/checks/explain.txt"), said(capsys, "explain", "marks-differ")[1])
    code, _, err = said(capsys, "explain", "mark-differs")
    assert code == 2
    assert "did you mean marks-differ?" in err


# --------------------------------------------------------------------------- lines

HOSTILE = Finding(
    code="number-missing",
    level=Level.ERROR,
    message='"<37>" is missing',
    span=Span("locales/ru/LC_MESSAGES/a b.po", 4, 5),
    hint="add it",
    location=Location(section="victims", kind=Role.PARAGRAPH, number=1, paragraph=1),
    quoted=Quoted(
        source="<script>alert(1)</script>",
        translation="до\u202e<b>середина\x1b[31m</b> после",
        language="ru",
        spot=(3, 6),
    ),
)


def test_the_terminal_is_not_steered_by_a_translation() -> None:
    lines = finding_text(HOSTILE, colour=False).splitlines()
    assert "\x1b" not in "".join(lines)
    assert "\u202e" not in "".join(lines)
    target, spot = lines[3], lines[4]
    assert target[spot.index("^") : spot.rindex("^") + 1] == "<b>"


@pytest.mark.parametrize("at", [0, 50, 150, 290])
def test_a_long_translation_is_shown_around_its_spot(at: int) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(300))
    quoted = Quoted(source="s", translation=text, language="ru", spot=(at, at + 5))
    found = Finding(code="c", level=Level.ERROR, message="m", quoted=quoted)
    *_, target, spot = finding_text(found, colour=False).splitlines()
    assert target[spot.index("^") : spot.rindex("^") + 1] == text[at : at + 5]
    assert len(target) < 110


# --------------------------------------------------------------------------- the engine


def odd(pair: Pair) -> Iterator[Problem]:
    yield Problem(message="odd", spot=(3, 900))


def test_a_spot_outside_the_text_is_no_spot() -> None:
    source = read_document("x", "en", [SourceFile("x.md", "---\ntitle: T\n---\nOne.\n")])
    row = Rule(
        code="odd",
        family="letters",
        level=Level.ADVICE,
        title="t",
        why="w",
        remedy="r",
        language="ru",
        right=("a", "b"),
        wrong=("a", "c"),
        runner=SentenceRunner(odd),
    )
    one = Entry(msgid="One.", msgstrs=("Один.",), span=Span("x.po", 1, 2), msgstr_line=2)
    view = CatalogView(
        source=cut_source(source, find("en")),
        catalog=Catalog("x.po", (), (one,)),
        language=find("ru"),
    )
    (found,) = check_catalog(view, (row,))
    assert found.quoted
    assert found.quoted.spot is None
    assert [pair.target for pair in pair_sentences(view)] == ["Один."]


def test_errors_of_structure_have_place_and_texts(small: Path) -> None:
    change(small, "Суд освободил", "Суд *освободил*")
    (found,) = find_held(loader(small).translation("r", find("ru"))).findings
    assert found.code == "marks-differ"
    (told,) = [one for one in checked(small, "ru").findings if one.code == "marks-differ"]
    assert told.location == Location(section="victims", kind=Role.PARAGRAPH, number=2, paragraph=1)
    assert told.quoted
    assert told.quoted.source == "The court released the man."


def test_findings_stand_at_the_places_of_the_source() -> None:
    table = "| H | 7 |\n|---|---|\n| C 4 | 5 |"
    body = f"# A {{#a}}\n\nOne 1. Two 2.\n\n- Three 3\n\n{table}\n\n37\n\nFour 4."
    document = read_document("r", "en", [SourceFile("r.md", f"---\ntitle: T\n---\n{body}\n")])
    source = cut_source(document, find("en"))
    entries = tuple(
        Entry(
            msgid=one.unit.msgid,
            msgstrs=("[х](9)",),
            span=Span("r.po", line, line),
            msgstr_line=line,
        )
        for line, one in enumerate(source.sentences, 1)
    )
    view = CatalogView(source=source, catalog=Catalog("r.po", (), entries), language=find("ru"))
    found = {one.span.first: one.location for one in check_catalog(view) if one.key and one.span}
    assert found == {line: one.location for line, one in enumerate(source.sentences, 1)}
    assert len(found) == 8


def test_only_structure_cannot_be_accepted() -> None:
    assert {check.code for check in RULES if check.family == "structure"} == STRUCTURAL
    assert not ACCEPTABLE & STRUCTURAL

"""`publish check` and `explain` as commands; the table of checks and its engine."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkcases import catalog, change, checked, loader, make_workspace
from conftest import Golden
from steady import steady

from publish.catalogs.glossary import read_glossary
from publish.checks.engine import check_catalog, pair_sentences
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.checks.table import ACCEPTABLE, RULES, STRUCTURAL, build_rules
from publish.checks.views import CatalogView
from publish.cli.main import main
from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import Catalog, Entry, Finding, Level, Location, Quoted, Role, Span, plain
from publish.pages.findingstext import render_finding_text
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import parse_msgstr
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
        shown = plain(parse_inline(texts[0])), plain(parse_msgstr(texts[1]))
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


def test_findings_are_told_to_programs_and_browsers(
    small: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    for kind in ("json", "sarif"):
        _, out, _ = said(capsys, "check", f"--{kind}", "--level", "advice", "-C", str(small))
        golden(Path(f"cases/checks/report.{kind}"), steady(out))
    page = small / "page.html"
    said(capsys, "check", "--html", str(page), "--level", "advice", "-C", str(small))
    golden(Path("cases/checks/report.html"), steady(page.read_text("utf-8")))


def test_what_is_known_of_a_workspace_is_told(
    small: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    """The commands that only tell: all that they say, in one file."""
    commands = [
        *(["status"], ["status", "--json"], ["plan"], ["review", "-l", "ru"]),
        *(["review", "-l", "ru", "--json"], ["diff", "-l", "ru"], ["diff", "-l", "ru", "--json"]),
        *(["update", "--dry-run"], ["check", "--show-accepted"]),
    ]
    told = []
    for words in commands:
        code, out, err = said(capsys, *words, "-C", str(small))
        told.append(f"$ publish {' '.join(words)}\n{out}{err}({code})\n")
    golden(Path("cases/checks/told.txt"), steady("\n".join(told)))


def test_a_sound_catalog_is_quiet_and_exit_code_is_0(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "73", "37")
    before = catalog(small).read_bytes()
    code, out, _ = said(capsys, "check", "-l", "ru", "--level", "error", "-C", str(small))
    assert code == 0
    assert out.startswith("source: 0 errors, ")
    assert "\nru: 0 errors, " in out
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
    assert "ru: 0 errors, 0 warnings, 0 pieces of advice, 1 accepted\n" in out
    assert out.endswith("publish check --level advice lists all of them\n")
    code, out, _ = said(capsys, "check", "--level", "advice", "-C", str(small))
    assert out.endswith("ru: 0 errors, 0 warnings, 0 pieces of advice, 1 accepted\n")
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
    (small / "source" / "r.md").write_text("---\npublished: soon\n---\na\n", encoding="utf-8")
    code, out, _ = said(capsys, "check", "-l", "ru", "-C", str(small))
    assert code == 1
    assert "error[front-matter]" in out
    assert out.endswith(
        "source: 1 error, 0 warnings, 0 pieces of advice\nru: 1 document not checked\n"
    )


def test_faults_of_what_a_source_shows_are_counted(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\npublished: 2024-01-31\n---\n![A map](missing.png)\n"
    (small / "source" / "r.md").write_text(text, encoding="utf-8")
    code, out, _ = said(capsys, "check", "-l", "ru", "-C", str(small))
    assert code == 1
    assert "error[image-missing]" in out
    assert "source: 1 error, " in out


def test_advice_on_sources_is_counted_though_it_is_not_listed(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build lists it, so "0 pieces of advice" alone would be wrong."""
    front = "title: T\npublished: 2024-01-31\nsummary: S\nrights: R"
    text = f"---\n{front}\n---\n![A map](Map.svg)\n"
    (small / "source" / "r.md").write_text(text, encoding="utf-8")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
    (small / "source" / "map.svg").write_text(drawing, encoding="utf-8")
    code, out, _ = said(capsys, "check", "-l", "en", "-C", str(small))
    assert code == 0
    assert out.startswith("source: 0 errors, 0 warnings, 1 piece of advice\nen: ")
    _, out, _ = said(capsys, "check", "-l", "en", "--level", "advice", "-C", str(small))
    assert out.startswith("advice[image-case]: source/r.md:7: the image Map.svg is in the file")


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


def quoted(source: str, translation: str, spot: tuple[int, int] | None) -> list[str]:
    """The lines of a finding that show its texts."""
    told = Quoted(source=source, translation=translation, language="ru", spot=spot)
    place = Location(section="a", kind=Role.HEADING, number=1)
    finding = Finding(
        code="x-y",
        level=Level.ADVICE,
        message="what",
        span=Span("a.po", 1, 1),
        hint="do",
        location=place,
        quoted=told,
    )
    head, where, *lines, hint = render_finding_text(finding, colour=False).split("\n")
    assert (head, where, hint) == ("advice[x-y]: what", "  --> a.po:1  (a, heading)", "  help: do")
    return lines


def test_a_sentence_of_96_characters_is_shown_whole() -> None:
    text = "s" * 96
    assert quoted(text, "t" * 96, None) == [f"   | {text}", f"   | {'t' * 96}"]
    assert quoted(f"{text}s", f"{'t' * 96}u", None) == [
        f"   | {'s' * 95}…",
        f"   | {'t' * 96}…",
    ]


def test_the_spot_of_a_long_sentence_is_in_sight() -> None:
    text = "".join(chr(ord("а") + at % 32) for at in range(300))
    assert quoted("s", text, (0, 1)) == ["   | s", f"   | {text[:96]}…", "   | ^"]
    assert quoted("s", text, (40, 43)) == [
        "   | s",
        f"   | …{text[8:104]}…",
        f"   | {' ' * 33}^^^",
    ]
    assert quoted("s", text, (299, 300)) == [
        "   | s",
        f"   | …{text[204:]}",
        f"   | {' ' * 96}^",
    ]
    assert quoted("s", text, (150, 300)) == [
        "   | s",
        f"   | …{text[118:214]}…",
        f"   | {' ' * 33}{'^' * 64}",
    ]
    assert quoted("s", text, (32, 32))[2] == f"   | {' ' * 32}^"


def test_an_excerpt_stands_where_no_texts_are_quoted() -> None:
    finding = Finding(
        code="x", level=Level.WARNING, message="what", span=None, hint="", excerpt="an\x1b excerpt"
    )
    assert render_finding_text(finding, colour=False) == "warning[x]: what\n   | an\ufffd excerpt"
    assert render_finding_text(finding, colour=True) == (
        "\x1b[33;1mwarning[x]\x1b[0m: what\n   | an\ufffd excerpt"
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("off", ["", "1"])
def test_a_terminal_has_colours_unless_nobody_wants_them(
    small: Path, off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", off)
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    main(["check", "--level", "error", "-l", "ru", "-C", str(small)])
    main(["buld"])
    red = "{}" if off else "\x1b[31;1m{}\x1b[0m"
    assert f"{red.format('error[number-missing]')}: the number 37" in out.getvalue()
    assert err.getvalue().startswith(f"{red.format('error')}: there is no command")


def test_a_terminal_shows_how_far_an_edition_is(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(small, 'msgstr "Суд освободил  этого \\"человека\\"."', 'msgstr ""')
    out = Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["status", "-C", str(small)]) == 0
    bars = [re.search("[█░]+ .*words", line) for line in out.getvalue().splitlines()[1:]]
    assert [bar and bar[0] for bar in bars] == [
        f"{'█' * 20} 100%  14 of 14 words",
        f"{'█' * 12}{'░' * 8}  64%  9 of 14 words",
    ]


def test_the_terminal_is_not_steered_by_a_translation() -> None:
    lines = render_finding_text(HOSTILE, colour=False).splitlines()
    assert "\x1b" not in "".join(lines)
    assert "\u202e" not in "".join(lines)
    target, spot = lines[3], lines[4]
    assert target[spot.index("^") : spot.rindex("^") + 1] == "<b>"


@pytest.mark.parametrize("at", [0, 50, 150, 290])
def test_a_long_translation_is_shown_around_its_spot(at: int) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(300))
    quoted = Quoted(source="s", translation=text, language="ru", spot=(at, at + 5))
    found = Finding(code="c", level=Level.ERROR, message="m", quoted=quoted)
    *_, target, spot = render_finding_text(found, colour=False).splitlines()
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

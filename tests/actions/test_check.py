"""Checking as an action: findings of every language, repairs, stamps, finished editions."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from checkcases import PO, RU, catalog, change, checked, loader, make_workspace

import publish.reading.source
import publish.translation.loading
import publish.translation.translation
from publish.actions.check import check_built, check_translations, make_findings_page, select_level
from publish.building.builds import build
from publish.model import Finding, Level, Location, Role, Span
from publish.po.pofile import parse_po

FOUND = "The police identified"
WRAPPED = 'msgstr ""\n"До"\n"клад"\n"  \\"о\\" деле"'
"""A translation cut into more lines than it has where it is written anew."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def codes(findings: tuple[Finding, ...], level: Level = Level.ERROR) -> list[str]:
    return [found.code for found in select_level(findings, level)]


def lines_are_those_of_the_file(root: Path, findings: tuple[Finding, ...]) -> int:
    """How many findings quote the entry that the file has at their line."""
    po = parse_po(catalog(root).read_bytes(), "r.po")
    entries = {record.entry.msgstr_line: record.entry for record in po.records}
    quoting = [one for one in findings if one.quoted and one.span]
    for one in quoting:
        assert one.quoted is not None
        assert one.span is not None
        assert entries[one.span.first].msgid.startswith(one.quoted.source.split()[0])
    return len(quoting)


# --------------------------------------------------------------------------- findings


def test_a_finding_has_its_place_its_line_and_both_texts(small: Path) -> None:
    (found,) = select_level(checked(small, "ru").findings, Level.ERROR)
    assert (found.code, found.span) == (
        "number-missing",
        Span("locales/ru/LC_MESSAGES/r.po", 11, 11),
    )
    assert found.location == Location(section="victims", kind=Role.PARAGRAPH, number=1, paragraph=1)
    assert found.quoted is not None
    assert found.quoted.source.startswith(FOUND)


def test_every_language_is_told_apart_and_a_sound_one_has_no_errors(small: Path) -> None:
    result = checked(small)
    english, russian = result.languages
    assert (english.language.tag, english.findings) == ("en", ())
    assert russian.language.tag == "ru"
    assert result.findings == (*result.sources, *russian.findings)
    assert result.has_errors
    change(small, "73", "37")
    before = catalog(small).read_bytes()
    assert not checked(small).has_errors
    assert catalog(small).read_bytes() == before


def test_what_cannot_be_read_is_a_finding_and_stops_nothing_else(small: Path) -> None:
    (small / "source" / "other.md").write_text("---\npublished: soon\n---\na\n", encoding="utf-8")
    result = checked(small)
    assert result.unread == ("other",)
    assert codes(result.sources) == ["front-matter"]
    assert codes(result.languages[1].findings) == ["number-missing"]


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("locales/glossary.csv", b"\xff", "charset"),
        ("locales/ru/LC_MESSAGES/r.po", b'msgid "a\n', "po-syntax"),
        ("locales/ru/LC_MESSAGES/r.po", None, "catalog-missing"),
        ("locales/ru/LC_MESSAGES/publish.po", b'msgid "a\n', "po-syntax"),
        ("locales/en/LC_MESSAGES/r.po", b'msgid "a\n', "po-syntax"),
    ],
)
def test_a_file_that_is_damaged_or_missing_is_a_finding(
    small: Path, file: str, text: bytes | None, code: str
) -> None:
    change(small, "73", "37")
    path = small / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text)
    result = checked(small, "ru")
    assert codes(result.findings) == [code]


def test_wrong_marks_hide_no_other_finding(small: Path) -> None:
    change(small, "Суд освободил", "Суд *освободил*")
    assert codes(checked(small, "ru").findings) == ["marks-differ", "number-missing"]


@pytest.mark.parametrize(("mark", "hint"), [("`", "write code as it is"), ("*", "use the same ma")])
def test_code_that_differs_has_a_hint_of_its_own(small: Path, mark: str, hint: str) -> None:
    change(small, "Суд освободил", f"Суд {mark}освободил{mark}")
    (found,) = (one for one in checked(small, "ru").findings if one.code == "marks-differ")
    assert found.hint.startswith(hint)


def test_corrections_of_the_source_are_checked_where_its_language_is_asked_for(
    small: Path,
) -> None:
    catalog(small, "en").parent.mkdir(parents=True)
    text = PO.replace("Language: ru", "Language: en").replace("Доклад", "*Report*")
    catalog(small, "en").write_text(text, encoding="utf-8")
    assert "marks-differ" in codes(checked(small, "en").findings)
    assert "marks-differ" not in codes(checked(small, "ru").findings)


def test_a_level_is_that_and_worse() -> None:
    every = tuple(Finding(code=level, level=level, message="m") for level in Level)
    assert codes(every, Level.ERROR) == ["error"]
    assert codes(every, Level.WARNING) == ["error", "warning"]
    assert codes(every, Level.ADVICE) == ["error", "warning", "advice"]


# --------------------------------------------------------------------------- accepting


def test_what_is_accepted_gets_its_digest_and_lapses_with_the_text(small: Path) -> None:
    change(small, f'msgid "{FOUND}', f'# ok: number-missing\nmsgid "{FOUND}')
    result = checked(small)
    assert not result.has_errors
    (accepted,) = result.accepted
    assert (accepted.code, accepted.span and accepted.span.first) == ("number-missing", 12)
    text = catalog(small).read_text(encoding="utf-8")
    assert re.search(r"^# ok: number-missing [0-9a-f]{6}$", text, re.M)
    change(small, "Полиция выявила 73", "Полиция нашла 73")
    result = checked(small)
    assert (codes(result.findings), result.accepted) == (["number-missing"], ())
    assert "accepted-lapsed" in codes(result.findings, Level.ADVICE)


def test_a_stamp_that_moves_lines_leaves_findings_at_the_lines_of_the_file(small: Path) -> None:
    change(
        small, 'msgid "Report"\nmsgstr "Доклад"', f'# ok: length-ratio\nmsgid "Report"\n{WRAPPED}'
    )
    result = checked(small, "ru")
    assert codes(result.findings) == ["number-missing"]
    (found,) = select_level(result.findings, Level.ERROR)
    assert found.span is not None
    assert found.span.first == 12
    assert lines_are_those_of_the_file(small, result.findings) > 0


# --------------------------------------------------------------------------- repairs


def test_a_repair_is_saved_named_and_made_once(small: Path) -> None:
    (fix,) = checked(small, "ru", fix=True).fixes
    assert str(fix.span) == "locales/ru/LC_MESSAGES/r.po:14"
    assert fix.done == ("doubled spaces", "straight quotes")
    assert catalog(small).read_text(encoding="utf-8") == PO.replace(
        'Суд освободил  этого \\"человека\\".', "Суд освободил этого «человека»."
    )
    assert checked(small, "ru", fix=True).fixes == ()


def test_nothing_is_repaired_unasked(small: Path) -> None:
    assert checked(small, "ru").fixes == ()
    assert catalog(small).read_text(encoding="utf-8") == PO


def test_a_repair_that_moves_lines_leaves_findings_and_repairs_at_those_of_the_file(
    small: Path,
) -> None:
    change(small, 'msgstr "Доклад"', WRAPPED)
    result = checked(small, "ru", fix=True)
    assert len(result.fixes) == 2
    (found,) = select_level(result.findings, Level.ERROR)
    assert found.span is not None
    assert found.span.first == 11
    assert lines_are_those_of_the_file(small, result.findings) > 0
    lines = catalog(small).read_text(encoding="utf-8").splitlines()
    assert all(lines[fix.span.first - 1].startswith("msgstr") for fix in result.fixes)


def test_a_repair_of_a_correction_counts_for_what_is_accepted_in_the_same_run(
    small: Path,
) -> None:
    """The stamp in the translation is for the wording as repaired, so that it holds tomorrow."""
    (small / "publish.toml").write_text(
        'source-language = "en"\nlanguages = ["ru", "en"]\n', encoding="utf-8"
    )
    catalog(small, "en").parent.mkdir(parents=True)
    court = 'msgid "The court released the man."\n'
    catalog(small, "en").write_text(
        f'msgid ""\nmsgstr "Language: en\\n"\n\n{court}msgstr "The court  released the boy."\n',
        encoding="utf-8",
    )
    change(small, court, f"# ok: source-superseded\n{court}")
    first = checked(small, fix=True)
    assert len(first.fixes) == 2
    assert "source-superseded" in {one.code for one in first.accepted}
    again = checked(small)
    assert "source-superseded" in {one.code for one in again.accepted}
    assert "accepted-lapsed" not in codes(again.findings, Level.ADVICE)


def test_another_documents_lines_and_words_are_named_as_they_are_saved(small: Path) -> None:
    """A sentence translated in two ways: the finding names the other as it was repaired."""
    source = (small / "source" / "r.md").read_text(encoding="utf-8")
    (small / "source" / "s.md").write_text(source, encoding="utf-8")
    catalog(small, name="s").write_text(PO.replace("этого", "того"), encoding="utf-8")
    change(small, 'msgstr "Доклад"', WRAPPED)
    result = checked(small, "ru", fix=True)
    (found,) = [
        one
        for one in result.findings
        if one.code == "same-source" and one.quoted and "court" in one.quoted.source
    ]
    assert found.message.endswith("see locales/ru/LC_MESSAGES/r.po:14")
    assert found.hint == "the translation there: Суд освободил этого «человека»."


def test_a_catalog_that_somebody_else_damaged_meanwhile_is_told_and_left(small: Path) -> None:
    slow = loader(small)
    slow.translation("r", RU)
    catalog(small).write_text('msgid "a\n', encoding="utf-8")
    result = check_translations(slow, languages=["ru"], fix=True)
    assert codes(result.findings) == ["po-syntax"]
    assert result.fixes == ()
    assert catalog(small).read_text(encoding="utf-8") == 'msgid "a\n'


# --------------------------------------------------------------------------- once


def test_every_source_and_catalog_is_read_once_and_every_msgstr_parsed_once(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / "source" / "s.md").write_text(
        (small / "source" / "r.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    catalog(small, name="s").write_text(PO, encoding="utf-8")
    counted: Counter[tuple[str, object]] = Counter()

    def count(module: object, name: str, key: int) -> None:
        real = getattr(module, name)

        def wrapped(*arguments: object) -> object:
            counted[name, arguments[key]] += 1
            return real(*arguments)

        monkeypatch.setattr(module, name, wrapped)

    count(publish.translation.loading, "read_po_file", 0)
    count(publish.translation.loading, "cut_source", 0)
    count(publish.translation.translation, "read_msgstr", 1)
    checked(small)
    kinds = Counter(name for name, _ in counted)
    assert kinds["cut_source"] == 2
    assert kinds["read_msgstr"] == 8
    assert kinds["read_po_file"] >= 2
    assert set(counted.values()) == {1}


# --------------------------------------------------------------------------- editions, page


def test_finished_editions_are_compared_with_the_sources_of_today(small: Path) -> None:
    (small / "publish.toml").write_text(
        'source-language = "en"\nlanguages = ["en", "ru"]\nformats = ["epub"]\n', encoding="utf-8"
    )
    found = check_built(loader(small), [], ["ru"])
    assert (found.editions, [one.code for one in found.findings]) == (1, ["built-missing"])
    one = loader(small)
    assert [made.error for made in build(one, one.workspace.editions(["ru"]), workers=1)] == [None]
    assert check_built(loader(small), [], ["ru"]).findings == ()
    assert check_built(loader(small), ["r"], []).editions == 2
    change(small, "Жертвы", "Пострадавшие")
    assert check_built(loader(small), ["r"], ["ru"]).findings


def test_the_page_is_in_the_one_language_asked_for_else_in_the_sources(small: Path) -> None:
    one = loader(small)
    found = check_translations(one, languages=["ru"]).findings
    html = '<html xmlns="http://www.w3.org/1999/xhtml" lang='
    assert f'{html}"ru"' in make_findings_page(one, found, ["ru"])
    assert f'{html}"en"' in make_findings_page(one, found, ["en", "ru"])
    assert f'{html}"en"' in make_findings_page(one, found)

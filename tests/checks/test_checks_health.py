"""Checks of catalogs and documents as a whole, each with what is right and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.building.preparing import prepare
from publish.checks.documents import DOCUMENT_RULES
from publish.checks.engine import check_catalog, judge_catalog, judge_document
from publish.checks.health import HEALTH_RULES
from publish.checks.rule import Rule
from publish.checks.table import RULES
from publish.checks.views import CatalogView, DocumentView, Kind, ShownImage
from publish.cli.main import main
from publish.errors import FindingsError
from publish.languages.registry import find
from publish.model import Catalog, Document, Entry, Finding, Level, Span, find_images
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import cut_source
from publish.settings import Gate
from publish.translation.loading import Loader

EN, RU, TK = find("en"), find("ru"), find("tk")

GOOD = {
    "Language": "ru",
    "Content-Type": "text/plain; charset=UTF-8",
    "Plural-Forms": RU.plural_forms,
}


def catalog(*entries: Entry, **fields: str) -> Catalog:
    header = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Catalog("x.po", header, entries)


def entry(msgid: str, msgstr: str, line: int = 9, *, fuzzy: bool = False) -> Entry:
    span = Span("x.po", line - 1, line)
    return Entry(
        msgid=msgid,
        msgstrs=(msgstr,),
        flags=("fuzzy",) if fuzzy else (),
        span=span,
        msgstr_line=line,
    )


def document(front: str, text: str = "Text.") -> Document:
    return read_document("x", "en", [SourceFile("x.md", f"---\n{front}\n---\n{text}\n")])


def health(catalog: Catalog, code: str = "", **more: Any) -> list[Finding]:
    """Return the findings of the rules of health on a catalog, or those of one code."""
    view = CatalogView(**{"catalog": catalog, "language": RU, **more})
    return [one for one in check_catalog(view, HEALTH_RULES) if code in ("", one.code)]


# --------------------------------------------------------------------------- headers


def header_findings(name: str, value: str) -> list[Finding]:
    header = tuple({**GOOD, name: value}.items())
    return health(Catalog("x.po", header, ()))


def test_a_sound_header_is_quiet() -> None:
    for tag in ("en", "ru", "tk", "fa", "sr-Latn"):
        language = find(tag)
        fields = {"Language": language.folder, "Plural-Forms": language.plural_forms}
        header = tuple({**GOOD, **fields}.items())
        assert health(Catalog("x.po", header, ()), language=language) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Language", "ru_RU"),
        ("Language", "RU"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", RU.plural_forms.replace(" ", "")),
        ("Plural-Forms", RU.plural_forms.removesuffix(";")),
    ],
)
def test_headers_that_say_the_same_are_right(name: str, value: str) -> None:
    assert header_findings(name, value) == []


@pytest.mark.parametrize(
    ("name", "value", "code", "level"),
    [
        ("Language", "", "header-language", Level.WARNING),
        ("Language", "tk", "header-language", Level.WARNING),
        ("Language", "rue", "header-language", Level.WARNING),
        ("Plural-Forms", "", "header-plural-forms", Level.WARNING),
        ("Plural-Forms", TK.plural_forms, "header-plural-forms", Level.WARNING),
        ("Plural-Forms", "nplurals=INTEGER; plural=EXPRESSION;", "header-plural-forms", "warning"),
        ("Plural-Forms", "nplurals=3; plural=n/0;", "header-plural-forms", Level.WARNING),
        ("Plural-Forms", f"nplurals=3; plural={'(' * 900}", "header-plural-forms", "warning"),
        ("Content-Type", "text/plain; charset=KOI8-R", "header-charset", Level.ADVICE),
        ("Content-Type", "", "header-charset", Level.ADVICE),
    ],
)
def test_wrong_headers(name: str, value: str, code: str, level: Level) -> None:
    (found,) = header_findings(name, value)
    assert (found.code, found.level, str(found.span)) == (code, level, "x.po:1")
    assert found.hint


def test_of_two_scripts_the_header_names_the_one() -> None:
    fields = {**GOOD, "Plural-Forms": find("sr-Latn").plural_forms, "Language": "sr"}
    (found,) = health(Catalog("x.po", tuple(fields.items()), ()), language=find("sr-Latn"))
    assert found.code == "header-language"


@given(st.text("n0123456789%&|!?:=<>()+-*/ ;", max_size=60))
def test_any_plural_rule_is_read_or_found_wrong(rule: str) -> None:
    found = header_findings("Plural-Forms", f"nplurals=2; plural={rule}")
    assert [one.code for one in found] == ["header-plural-forms"]


# --------------------------------------------------------------------------- age


def test_a_catalog_that_lacks_sentences_is_stale() -> None:
    source = cut_source(document("title: T", "One. Two."), EN)
    whole = [entry("T", ""), entry("One.", ""), entry("Two.", "")]
    assert health(catalog(*whole), "catalog-stale", source=source) == []
    old = replace(whole[2], obsolete=True)
    (found,) = health(catalog(*whole[:2], old), "catalog-stale", source=source)
    assert (found.code, found.level) == ("catalog-stale", Level.WARNING)
    assert "lacks 1 of" in found.message


def superseded(correction: Entry, translation: Entry) -> list[Finding]:
    return health(catalog(translation), "source-superseded", corrections=catalog(correction))


def test_a_correction_supersedes_its_translations() -> None:
    (found,) = superseded(entry("In March.", "In May."), entry("In March.", "В марте.", 30))
    assert (found.code, found.level) == ("source-superseded", Level.WARNING)
    assert str(found.span) == "x.po:30"
    assert "In May." in found.message


@pytest.mark.parametrize(
    ("correction", "translation"),
    [
        (entry("It's - so.", "It’s — so."), entry("It's - so.", "Так.")),
        (entry("In March.", ""), entry("In March.", "В марте.")),
        (entry("In March.", "In March."), entry("In March.", "В марте.")),
        (entry("In March.", "In May.", fuzzy=True), entry("In March.", "В марте.")),
        (entry("In March.", "In May."), entry("In March.", "")),
        (entry("In March.", "In May."), entry("In March.", "В марте.", fuzzy=True)),
        (entry("In March.", "In May."), entry("In June.", "В июне.")),
    ],
)
def test_what_supersedes_nothing(correction: Entry, translation: Entry) -> None:
    assert superseded(correction, translation) == []


def test_fuzzy_entries_are_counted() -> None:
    fuzzy = [entry(f"{n}.", "Нет.", fuzzy=True) for n in range(3)]
    (found,) = health(catalog(entry("Yes.", "Да."), *fuzzy), "fuzzy-left")
    assert (found.code, found.level) == ("fuzzy-left", Level.ADVICE)
    assert found.message.startswith("3 ")
    gone = [replace(one, obsolete=True) for one in fuzzy]
    assert health(catalog(entry("Yes.", "Да."), *gone), "fuzzy-left") == []


def test_another_translation_of_the_earlier_wording_is_told() -> None:
    old = replace(entry("It was shut.", "Его закрыли."), obsolete=True)
    now = replace(entry("It was closed.", "Закрыто.", fuzzy=True), previous="It was shut.")
    (found,) = health(catalog(now, old), "obsolete-differs")
    assert (found.code, found.level) == ("obsolete-differs", Level.WARNING)
    assert "Его закрыли." in found.message


@pytest.mark.parametrize(
    "now",
    [
        replace(entry("It was closed.", "Его закрыли.", fuzzy=True), previous="It was shut."),
        replace(entry("It was closed.", "Закрыто."), previous="It was shut."),
        replace(entry("It was closed.", "Закрыто.", fuzzy=True), previous="It was open."),
        replace(
            entry("It was closed.", "Закрыто.", fuzzy=True),
            previous="It was shut.",
            comments=("conflict: Его закрыли.",),
        ),
    ],
)
def test_a_text_that_is_in_sight_is_not_told(now: Entry) -> None:
    old = replace(entry("It was shut.", "Его закрыли."), obsolete=True)
    assert health(catalog(now, old), "obsolete-differs") == []


# --------------------------------------------------------------------------- documents


def of_document(text: Document, kind: Kind = "source", *pictures: ShownImage) -> list[Finding]:
    source = cut_source(text, EN)
    return list(
        judge_document(DocumentView(source=source, language=RU, kind=kind, pictures=pictures))
    )


def test_the_front_matter_is_told_to_be_thin() -> None:
    whole = "title: T\nsummary: S\npublished: 2024-01-02\nrights: R"
    assert of_document(document(whole)) == []
    thin = document("title: T\nsummary: S\nrevised: 2024-01-02")
    (found,) = of_document(thin)
    assert (found.code, found.level) == ("front-matter-thin", Level.ADVICE)
    assert found.message.endswith("has no published, no rights")
    assert of_document(thin, "translation") == []
    assert document(whole).facts.published == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("twins", "said"),
    [("", 0), ("ru", 0), ("ru tk", 0), ("tk", 1), ("tk fa", 1)],
)
def test_an_image_lacks_the_twin_that_others_have(twins: str, said: int) -> None:
    image = ShownImage("a/map.png", Span("x.md", 7, 7), frozenset(twins.split()))
    found = of_document(document("title: T"), "translation", image)
    assert [one.code for one in found] == ["image-no-twin"] * said
    assert all("a/map.ru.png" in one.hint and str(one.span) == "x.md:7" for one in found)


def test_images_in_the_text_are_shown_as_well_as_figures() -> None:
    source = document("title: T", "![A map](a.png)\n\nHere ![a sign](b.png) stands.")
    assert list(find_images(source)) == ["a.png", "b.png"]


def uncovered(catalog: Catalog, lacking: Callable[[str], set[str]]) -> list[Finding]:
    rules = [rule for rule in DOCUMENT_RULES if rule.code == "letters-uncovered"]
    view = CatalogView(catalog=catalog, language=RU, uncovered=lacking)
    return [found for found, _ in judge_catalog(view, rules)]


def no_kanji(text: str) -> set[str]:
    return {letter for letter in text if "\u4e00" <= letter <= "\u9fff"}


def test_letters_that_no_font_has_are_named_where_they_stand() -> None:
    texts = [entry("A.", "Суд.", 3), entry("B.", "決 定.", 6)]
    found = uncovered(catalog(*texts), no_kanji)
    assert [(one.code, one.level, str(one.span)) for one in found] == [
        ("letters-uncovered", Level.ERROR, "x.po:6")
    ]
    assert "has “定” (U+5B9A CJK UNIFIED IDEOGRAPH-5B9A), “決” (U+6C7A" in found[0].message
    assert uncovered(catalog(texts[0]), no_kanji) == []
    assert uncovered(catalog(), no_kanji) == []
    (written,) = uncovered(catalog(entry("C.", "&#27770;", 9)), no_kanji)
    assert "“決”" in written.message


def test_of_many_letters_the_first_are_named() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 30)))
    (found,) = uncovered(catalog(entry("A.", text)), no_kanji)
    assert found.message.endswith("(U+4E07 CJK UNIFIED IDEOGRAPH-4E07) and 22 others")


def test_characters_of_control_are_no_letters() -> None:
    texts = catalog(entry("A.", "а\x00\ue000\u202e\udc80 \u2003б"))
    assert uncovered(texts, lambda text: set(text) - set("аб")) == []


# --------------------------------------------------------------------------- in command and build


def test_every_row_is_in_the_table() -> None:
    rows: tuple[Rule, ...] = (*HEALTH_RULES, *DOCUMENT_RULES)
    assert set(rows) <= set(RULES)


def po(root: Path, language: str) -> Path:
    return root / f"locales/{language}/LC_MESSAGES/tip-2024-turkmenistan.po"


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def told(capsys: pytest.CaptureFixture[str], root: Path) -> list[tuple[str, str]]:
    main(["check", "--json", "--level", "advice", "-C", str(root)])
    rows = json.loads(capsys.readouterr().out)["findings"]
    return [(row["code"], row["file"] or "") for row in rows]


SUBTITLE = 'msgid "Country narrative"\nmsgstr "'


def test_check_finds_what_is_unhealthy(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, workspace) == []
    change(po(workspace, "ru"), "Language: ru", "Language: tk")
    change(po(workspace, "tk"), SUBTITLE, f"{SUBTITLE}漢 ")
    change(po(workspace, "en"), f'{SUBTITLE}"', f'{SUBTITLE}Country chapter"')
    change(workspace / "source/tip-2024-turkmenistan.md", "published: 2024-06-24\n", "")
    found = told(capsys, workspace)
    shown = {tag: po(workspace, tag).relative_to(workspace).as_posix() for tag in ("ru", "tk")}
    assert {
        ("front-matter-thin", "source/tip-2024-turkmenistan.md"),
        ("header-language", shown["ru"]),
        ("source-superseded", shown["ru"]),
        ("source-superseded", shown["tk"]),
        ("letters-uncovered", shown["tk"]),
    } == {row for row in found if row[0] != "untranslated-script"}


def test_check_finds_twins_beside_their_image_only(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (workspace / "source/tip-2024-turkmenistan.md").open("a", encoding="utf-8") as source:
        source.write("\n![One](a.png)\n\n![Two](../b.png)\n\n![Three](c.png)\n\n![Four](/d)\n")
    for name in ("source/a.png", "source/a.tk.png", "b.png", "b.tk.png", "source/c.png"):
        (workspace / name).write_bytes(b"")
    found = [row for row in told(capsys, workspace) if row[0] == "image-no-twin"]
    assert found == [("image-no-twin", "source/tip-2024-turkmenistan.md")]


def test_what_was_superseded_is_accepted_as_any_finding(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(po(workspace, "en"), f'{SUBTITLE}"', f'{SUBTITLE}Country chapter"')
    for tag in ("ru", "tk"):
        change(po(workspace, tag), SUBTITLE, f"# ok: source-superseded\n{SUBTITLE}")
    assert [code for code, _ in told(capsys, workspace)] == []


def test_the_gate_of_a_build_weighs_them(workspace: Path) -> None:
    change(po(workspace, "ru"), "Language: ru", "Language: tk")
    opened = open_workspace(workspace)
    name = opened.documents()[0]
    prepare(Loader(opened), name, RU, use_fuzzy=False)
    gates = {**opened.settings.gates, "draft": Gate((Level.ERROR, Level.WARNING))}
    strict = replace(opened, settings=replace(opened.settings, gates=gates))
    with pytest.raises(FindingsError) as error:
        prepare(Loader(strict), name, RU, use_fuzzy=False)
    assert [found.code for found in error.value.findings] == ["header-language"]

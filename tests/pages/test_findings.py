"""Findings as a page in the reader's language, and as data for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from checkcases import SETTINGS, catalog, change, loader, make_workspace

from publish.actions.check import check_translations, make_findings_page
from publish.checks.explaining import list_explanation_strings
from publish.checks.letters import find_mixed_scripts
from publish.checks.rule import Pair
from publish.checks.table import RULES
from publish.editions.page.interface import Interface, extract_interface, make_interface
from publish.languages.registry import find
from publish.model import Finding, Level, Location, Quoted, Role, Span
from publish.pages.findingsdata import render_findings_json, render_findings_sarif
from publish.pages.findingshtml import render_findings
from publish.po.pofile import extract_catalog, read_po_file
from publish.reading.locationwords import list_location_strings
from publish.resources import find_template_folder

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def page_of(root: Path, tag: str) -> str:
    """All findings of a language, down to advice, as the page in that language."""
    one = loader(root)
    return make_findings_page(one, check_translations(one, languages=[tag]).findings, [tag])


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.replace("<!DOCTYPE html>\n", ""))


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


def test_json_and_sarif() -> None:
    row = json.loads(render_findings_json([HOSTILE], []))["findings"][0]
    assert row["place"] == "victims, sentence 1"
    assert (row["file"], row["line"], row["spot"]) == ("locales/ru/LC_MESSAGES/a b.po", 4, [3, 6])
    log = json.loads(render_findings_sarif([HOSTILE]))
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert result["ruleId"] in rules
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "locales/ru/LC_MESSAGES/a%20b.po"
    assert place["region"]["startLine"] == 4


def test_the_page_is_whole_in_the_translators_language_and_asks_for_nothing(small: Path) -> None:
    change(small, "Доклад", "<script src='https://e.example/x'></script>")
    text = page_of(small, "ru")
    root = parsed(text)
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
def test_no_word_of_the_page_is_english_that_is_not_marked_so(tag: str, small: Path) -> None:
    (small / "publish.toml").write_text(SETTINGS.replace("ru", tag), encoding="utf-8")
    text = catalog(small).read_text(encoding="utf-8").replace("Language: ru", f"Language: {tag}")
    folder = small / "locales" / tag / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "r.po").write_text(text.replace("Доклад", "Д <b>"), encoding="utf-8")
    root = parsed(page_of(small, tag))
    body = root.find(f"{XHTML}body")
    assert body is not None
    own = " ".join(text for language, text in spoken(body, tag) if language == tag)
    assert re.findall(r"\b(?:the|is|of|not|sentence|line|write|in)\b", own) == []
    assert own.count("…") == 0
    english = " ".join(text for language, text in spoken(body, tag) if language == "en")
    assert "is not in the translation" in english


def test_every_finding_of_the_table_says_what_to_do() -> None:
    assert len(RULES) > 50
    assert [rule.code for rule in RULES if not rule.remedy] == []


@pytest.mark.parametrize("tag", ["ru", "tk"])
def test_every_word_of_the_page_is_translated(tag: str, repository: Path) -> None:
    path = repository / "locales" / tag / "LC_MESSAGES" / "publish.po"
    entries = extract_catalog(read_po_file(path, path.name)).active()
    for text in (*list_explanation_strings(), *list_location_strings()):
        entry = entries[None, text]
        assert entry.translated, text
        pair = Pair(entry, text, entry.msgstr, find(tag))
        assert [one.message for one in find_mixed_scripts(pair)] == []


def test_the_interface_template_has_every_string(repository: Path) -> None:
    more = {"x": list_explanation_strings(), "y": list_location_strings()}
    names = ("desk", "editions", "kits", "pages", "release")
    rooms = [repository / "publish" / room for room in names]
    wanted = extract_interface(repository / "templates", rooms, more)
    pot = repository / "locales" / "publish.pot"
    assert {entry.msgid for entry in wanted} == {
        msgid for _, msgid in extract_catalog(read_po_file(pot, pot.name)).active() if msgid
    }


def test_a_page_in_a_language_without_words_is_marked_english(small: Path) -> None:
    (small / "publish.toml").write_text(SETTINGS.replace("ru", "fa"), encoding="utf-8")
    catalog(small).parent.parent.rename(small / "locales" / "fa")
    root = parsed(page_of(small, "fa"))
    assert (root.get("lang"), root.get("dir")) == ("fa", "rtl")
    heading = root.find(f".//{XHTML}h1/{XHTML}span")
    assert heading is not None
    assert heading.get("lang") == "en"


def test_the_page_says_how_to_accept_what_can_be_accepted(small: Path) -> None:
    change(small, "Суд освободил", "Суд *освободил*")
    shown = [one.text for one in parsed(page_of(small, "ru")).iter(f"{XHTML}code")]
    assert "ok: number-missing" in shown
    assert "marks-differ" in shown
    assert "ok: marks-differ" not in shown


# --------------------------------------------------------------------------- places

NOTE = Location(section="one", kind=Role.FOOTNOTE, number=2, part=3, paragraph=9)


def places(interface: Interface, *locations: Location) -> list[tuple[str, bool]]:
    """What the page says of places behind their section, and whether that is marked English."""
    found = [
        Finding(code="c", level=Level.ERROR, message="m", span=Span("r.po", 1, 1), location=one)
        for one in locations
    ]
    root = parsed(render_findings(found, (find_template_folder(),), interface, find("en")))
    lines = (one for one in root.iter(f"{XHTML}p") if one.get("class") == "place")
    spots = ([span for span in line if span.get("class") != "level"][1] for line in lines)
    return [("".join(spot.itertext()), spot.get("lang") == "en") for spot in spots]


def test_a_place_is_in_the_readers_language(repository: Path) -> None:
    path = repository / "locales" / "ru" / "LC_MESSAGES" / "publish.po"
    words = make_interface(find("ru"), [extract_catalog(read_po_file(path, path.name))])
    heading = Location(section="one", kind=Role.HEADING, number=1)
    sentence = Location(section="one", kind=Role.PARAGRAPH, number=4, paragraph=2)
    assert places(words, sentence, heading, NOTE) == [
        ("предложение 4", False),
        ("заголовок раздела", False),
        ("сноска 2, предложение 3", False),
    ]


def test_a_place_that_the_interface_has_no_words_for_is_marked_english() -> None:
    heading = Location(section="one", kind=Role.HEADING, number=1)
    half = Interface(find("fa"), {"footnote": "پانوشت"})
    assert places(half, heading, NOTE) == [("heading", True), ("footnote 2, sentence 3", True)]
    known = Interface(find("fa"), {"heading": "عنوان"})
    assert places(known, heading) == [("عنوان", False)]
    assert places(Interface(find("en"), {}), NOTE) == [("footnote 2, sentence 3", False)]


def test_a_finding_without_a_place_has_none() -> None:
    found = [Finding(code="c", level=Level.ERROR, message="m", span=Span("r.po", 7, 7))]
    page = render_findings(found, (find_template_folder(),), Interface(find("en"), {}), find("en"))
    (line,) = (one for one in parsed(page).iter(f"{XHTML}p") if one.get("class") == "place")
    assert "".join(line.itertext()).split() == ["Error", "·", "line", "7"]

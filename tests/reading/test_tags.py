"""A text hidden in tag characters goes into no edition, from wherever it comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitcases import ENGLISH, back, catalog, entry_of, sent, source

from publish.catalogs.glossary import read_glossary
from publish.checks.engine import check_structure, select_structural_errors
from publish.checks.table import ACCEPTABLE
from publish.checks.views import CatalogView
from publish.editions.page.theme import read_theme
from publish.errors import PublishError
from publish.kits.returning import take_back
from publish.model import Catalog, Entry
from publish.reading.faults import as_finding
from publish.reading.markdown import SourceFile, read_document
from publish.reading.msgstr import read_msgstr
from publish.settings import read_settings
from publish.translation.held import UNSAFE
from publish.visible import find_tags, make_visible, spell_unseen

QUOTED = "A quoted sentence."
LETTER = "\U000e0041"


def tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in text)


def flag(name: str, end: str = "\U000e007f") -> str:
    return f"\U0001f3f4{tags(name)}{end}"


FLAGS = [flag(name) for name in ("gbeng", "gbsct", "gbwls")]
FORGED = [
    flag("gbeng", ""),
    flag("gbeng")[1:],
    flag("usca"),
    flag("kill all"),
    flag("gbengx"),
    f"{flag('gbeng')}{tags('hi')}",
    tags("hi"),
    "\U000e0001",
    "\U000e007f",
]


@pytest.mark.parametrize("good", FLAGS)
def test_the_three_flags_are_allowed_everywhere(good: str) -> None:
    text = f"The flag {good} of it."
    assert find_tags(text) == ()
    assert (make_visible(text), spell_unseen(text)) == (text, text)
    read_document("x", "en", [SourceFile("source/x.md", f"---\ntitle: {text}\n---\n\n{text}\n")])
    assert read_msgstr(text).shown == text
    assert structural(text) == []


@pytest.mark.parametrize("wrong", FORGED)
def test_any_other_tag_is_found_and_made_visible(wrong: str) -> None:
    assert find_tags(f"A {wrong}.")
    assert not find_tags(make_visible(wrong))
    assert "\\ue00" in spell_unseen(wrong)
    assert len(make_visible(wrong)) == len(wrong)
    assert structural(f"A {wrong}.") == ["tag-character"]


@given(st.text(st.characters(max_codepoint=0xFFFF)), st.integers(0xE0000, 0xE007F))
def test_every_tag_is_found_at_its_place(before: str, number: int) -> None:
    assert find_tags(f"{before}{chr(number)}") == (len(before),)


IN_SOURCE = [
    "A {} text.",
    "*A{}*",
    "![A map{}](map.png)",
    "| A |\n|---|\n| 1{} |",
    "[a](https://example.org/{})",
]
RAW_ONLY = ["`{}`", "```\n{}\n```", "<!-- note: {} -->\nA text.", "# A {#b{}}", "A.[^{}]"]


@pytest.mark.parametrize(
    ("text", "spelt"),
    [*((one, how) for one in IN_SOURCE for how in ("{}", "&#x{:x};", "&#{};"))]
    + [(one, "{}") for one in RAW_ONLY],
)
def test_a_source_with_a_hidden_text_is_refused(text: str, spelt: str) -> None:
    wrong = text.replace("{}", spelt.format(LETTER if spelt == "{}" else ord(LETTER)))
    with pytest.raises(PublishError) as caught:
        read_document("x", "en", [SourceFile("source/x.md", f"---\ntitle: T\n---\n\n{wrong}\n")])
    every = getattr(caught.value, "findings", None) or [as_finding(caught.value)]
    found = next(one for one in every if one.code == "tag-character")
    assert "U+E0041" in found.message
    assert found.span is not None
    assert found.span.first >= 5


@pytest.mark.parametrize("written", [f"title: T{LETTER}", 'title: "T\\U000E0041"'])
def test_front_matter_with_a_hidden_text_is_refused(written: str) -> None:
    with pytest.raises(PublishError) as caught:
        read_document("x", "en", [SourceFile("source/x.md", f"---\n{written}\n---\n\nA.\n")])
    assert (caught.value.code, str(caught.value.span)) == ("tag-character", "source/x.md:2")


def structural(written: str, **more: tuple[str, ...]) -> list[str | None]:
    """The codes at a translation, the same in every kind of catalog."""
    wrong = Catalog("x.po", (), (Entry(msgid=QUOTED, msgstrs=(written,), **more),))  # type: ignore[arg-type]
    translated = CatalogView(source=source(), catalog=wrong, language=ENGLISH)
    interface = CatalogView(kind="interface", catalog=wrong, language=ENGLISH)
    codes = [one.code for one in select_structural_errors(check_structure(translated))]
    assert [one.code for one in check_structure(interface)] == codes
    return list(codes)


@pytest.mark.parametrize(
    "written", [f"А{LETTER}.", "А&#xE0041;.", f"*А{LETTER}*", f"{LETTER}", f"{LETTER * 9}А"]
)
def test_a_translation_with_a_hidden_text_holds_every_edition_back(written: str) -> None:
    assert structural(written, flags=("ok: tag-character",)) == ["tag-character"]
    assert "tag-character" in UNSAFE
    assert "tag-character" not in ACCEPTABLE


def test_a_hidden_text_in_a_comment_or_plural_form_is_found() -> None:
    assert structural("А.", comments=(f"reviewer: is it?{LETTER}",)) == ["tag-character"]
    assert structural("А.", comments=("reviewer: ä, &#xE0041;?",)) == []


def test_a_returned_text_with_a_hidden_text_is_not_taken() -> None:
    po = catalog()
    (item,) = [one for one in sent(po) if one.source == QUOTED]
    outcome = take_back(po, [back(item, f"Sitata{LETTER}.")], source())
    assert [one.code for one in outcome.rejected] == ["tag-character"]
    assert entry_of(outcome.po, QUOTED).msgstr == ""


def a_setting(folder: Path, text: str) -> None:
    (folder / "publish.toml").write_text(f"# a\n# {text}\n", encoding="utf-8")
    read_settings(folder)


def an_escape(folder: Path, text: str) -> None:
    assert text == LETTER
    (folder / "publish.toml").write_text('# a\nbase-url = "\\U000E0041"\n', encoding="utf-8")
    read_settings(folder)


def a_term(folder: Path, text: str) -> None:
    read_glossary(f"en,ru,status,note\na,б,,{text}\n", "glossary.csv")


def a_style(folder: Path, text: str) -> None:
    (folder / "theme.css").write_text(f":root {{\n/* {text} */ }}", encoding="utf-8")
    read_theme([folder])


@pytest.mark.parametrize("way", [a_setting, an_escape, a_term, a_style])
def test_settings_glossary_and_theme_are_refused_at_their_line(
    tmp_path: Path, way: Callable[[Path, str], None]
) -> None:
    with pytest.raises(PublishError, match="a text is hidden here") as caught:
        way(tmp_path, LETTER)
    assert caught.value.code == "tag-character"
    assert caught.value.span is not None
    assert caught.value.span.first == 2

"""A page of a translation: every sentence can be found on it, whatever is wrong with the texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from publish.actions.page import ComposedPage, compose_page
from publish.languages.registry import find
from publish.model import Level
from publish.po.pofile import PoFile
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

NAME = "tip-2024-turkmenistan"

RICH = """---
title: A *rich* title
subtitle: Below it
author: Somebody
publisher: A house
republished-by: Another house
rights: All are free
summary: In short. It is short.
keywords: [one, two, three]
revised: 2024-06-24
source-url: https://example.org/
---

Before any heading. Twice the same. Twice the same.

## One [link](https://example.org/a) {#one}

First.[^a] *Second* sentence. Third `code`. 12.

- An item. Its second sentence.
- Another item.

> A quotation. Twice the same.

| A | B |
|---|---|
| x | 1 |
| [y](https://example.org/b) | z.[^b] |

![A map of it. With words.](map.png)
A caption. Two sentences.

[^a]: The first note. Two sentences.
[^b]: The second note.
"""


def ids(page: ComposedPage) -> list[str]:
    root = etree.fromstring(page.xhtml)
    return [name for e in root.iter() for name in (e.get("data-unit") or "").split()]


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    settings = 'documents = ["r"]\nlanguages = ["en", "ru"]\n'
    (tmp_path / "publish.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/r.md").write_text(RICH, encoding="utf-8")
    return tmp_path


def loaded(root: Path, name: str, tag: str) -> tuple[Loader, Translation]:
    loader = Loader(open_workspace(root))
    return loader, loader.translation(name, find(tag))


def with_texts(translation: Translation, texts: dict[str, str]) -> Translation:
    """The translation with these msgstrs, as a desk would have them before they are saved."""
    from publish.catalogs.entries import make_entries
    from publish.po.pofile import PoRecord

    wanted = make_entries(translation.source.units)
    records = tuple(PoRecord(replace(e, msgstrs=(texts.get(e.msgid, ""),))) for e in wanted)
    return translation.with_catalog(PoFile(file=translation.file, header=None, records=records))


@pytest.mark.parametrize("tag", ["en", "ru", "tk"])
def test_every_sentence_of_the_report_is_there_exactly_once(repository: Path, tag: str) -> None:
    loader, translation = loaded(repository, NAME, tag)
    found = Counter(ids(compose_page(loader, translation)))
    wanted = [one.id for one in translation.source.sentences]
    assert len(wanted) > 100
    assert found == Counter(wanted)


def test_every_sentence_of_a_rich_document_is_there_exactly_once(rich: Path) -> None:
    loader, translation = loaded(rich, "r", "ru")
    wanted = [one.id for one in translation.source.sentences]
    assert sum(name.endswith(("-2", "-3")) for name in wanted) == 3
    # Nothing is translated; then some texts are, some are joined, some are wrong.
    assert translation.po is None
    assert Counter(ids(compose_page(loader, translation))) == Counter(wanted)
    texts = {
        "An item.": "Пункт, и его второе предложение.",
        "Its second sentence.": "{joined}",
        "A *rich* title": "Название без знаков",
        "Twice the same.": "Дважды то же.",
        "one": "один",
    }
    page = compose_page(loader, with_texts(translation, texts))
    assert Counter(ids(page)) == Counter(wanted)
    assert [one.code for one in page.held] == ["marks-differ"]


def test_a_joined_group_has_the_ids_of_all_its_sentences(rich: Path) -> None:
    loader, translation = loaded(rich, "r", "ru")
    texts = {"An item.": "Пункт с продолжением.", "Its second sentence.": "{joined}"}
    root = etree.fromstring(compose_page(loader, with_texts(translation, texts)).xhtml)
    spans = root.iter("{*}span")
    group = [e for e in spans if len((e.get("data-unit") or "").split()) == 2]
    assert ["".join(map(str, e.itertext())) for e in group] == ["Пункт с\u00a0продолжением."]


def test_an_edition_has_no_marks_of_sentences(repository: Path) -> None:
    from publish.building.preparing import prepare
    from publish.editions.page.edition import make_language_tree

    loader = Loader(open_workspace(repository))
    made = prepare(loader, NAME, find("ru"), use_fuzzy=False)
    root = make_language_tree(made.text, made.materials.templates)
    assert not any(e.get("data-unit") for e in root.iter())


WRONG = [
    "*Первое.*[^a]",
    "Первое.",
    "<b>Первое.</b>[^a]",
    "[x](3)[^a]",
    "\u202eПервое.[^a]",
    "\x08[^a]",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_text_that_nobody_saved_can_be_shown(rich: Path, text: str) -> None:
    loader, translation = loaded(rich, "r", "ru")
    page = compose_page(loader, with_texts(translation, {"First.[^a]": text}))
    assert page.held
    assert all(one.level is Level.ERROR for one in page.held)
    assert page.state == "draft"
    root = etree.fromstring(page.xhtml)
    (shown,) = [e for e in root.iter() if _is_first(e)]
    assert "First." in "".join(map(str, shown.itertext()))
    passage = shown.getparent()
    assert passage is not None
    assert passage.get("class") == "untranslated"


def _is_first(element: etree._Element) -> bool:
    text = "".join(map(str, element.itertext()))
    return element.get("data-unit") is not None and "First." in text and "note" not in text

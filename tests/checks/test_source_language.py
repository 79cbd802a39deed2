"""A source whose text is in another language than the settings say."""

from __future__ import annotations

import pytest

from publish.checks.engine import judge_document
from publish.checks.views import DocumentView
from publish.languages.registry import find
from publish.model import Level
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import cut_source

TEXTS = {
    "en": "Observers visited fourteen farms in three regions. Nobody wanted to give a name.",
    "ru": "Наблюдатели посетили четырнадцать хозяйств в трёх областях. Никто не назвал имени.",
    "tk": "Synçylar üç welaýatda on dört hojalyga bardylar. Hiç kim adyny aýtmak islemedi.",
    "fa": "ناظران از چهارده مزرعه در سه منطقه بازدید کردند. هیچ‌کس نمی‌خواست نامش را بگوید.",
    "ja": "監視員は三つの地域にある十四の農場を訪れ、労働者と話した。誰も名前を言わなかった。",
}


def find_codes(text: str, tag: str) -> list[tuple[str, Level, str]]:
    language = find(tag)
    document = read_document("a", tag, [SourceFile("source/a.md", f"---\ntitle: T\n---\n{text}")])
    source = cut_source(document, language)
    view = DocumentView(source=source, language=language, kind="source")
    found = [one for one in judge_document(view) if one.code == "source-language"]
    return [(str(one.span), one.level, f"{one.message}; {one.hint}") for one in found]


@pytest.mark.parametrize("tag", TEXTS)
@pytest.mark.parametrize("said", ["en", "ru", "fa", "tk"])
def test_the_language_of_a_source_is_the_one_of_its_text(tag: str, said: str) -> None:
    found = find_codes(f"# A\n\n{TEXTS[tag]}\n\n- {TEXTS[tag]}\n", said)
    assert len(found) == (tag != said)
    for place, level, text in found:
        assert (place, level) == ("source/a.md:6", Level.WARNING)
        assert f'write source-language = "{tag}"' in text


@pytest.mark.parametrize(
    "text",
    [
        "Short.",
        f"{TEXTS['en']}\n\n{TEXTS['en']} {TEXTS['ru']}",
        f"{TEXTS['en']}\n\n```\n{TEXTS['ru']}\n```",
        f"{TEXTS['en']}\n\n| a |\n|---|\n| {TEXTS['ru']} |",
        "| a |\n|---|\n| b |",
    ],
)
def test_what_quotes_another_language_is_in_its_own(text: str) -> None:
    assert find_codes(text, "en") == []

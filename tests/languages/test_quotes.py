"""Quotation marks by language, and what the ends of sentences say in each script."""

from __future__ import annotations

import pytest

from publish.languages.finalmarks import (
    COLON,
    EXCLAMATION,
    NO_MARK,
    QUESTION,
    STOP,
    find_final_kinds,
    is_cut,
)
from publish.languages.quotes import (
    CLDR,
    CUSTOMARY,
    OURS,
    find_customary_quotes,
    find_quotes,
    knows_quotes,
)
from publish.languages.registry import find


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en", "“”‘’"),
        ("en-GB", "“”‘’"),
        ("de", "„“‚‘"),
        ("de-AT", "„“‚‘"),
        ("fr", "«»«»"),
        ("fr-CH", "«»‹›"),
        ("pt-BR", "“”‘’"),
        ("pt-PT", "«»“”"),
        ("ru", "«»„“"),
        ("zh-Hant", "「」『』"),
        ("zh-TW", "「」『』"),
        ("zh-Hant-HK", "「」『』"),
        ("zh-Hans", "“”‘’"),
        ("uz", "“”’‘"),
        ("uz-Cyrl", "“”‘’"),
        ("fa", "«»‹›"),
        ("ur", "”“’‘"),
        ("xx", "“”‘’"),
    ],
)
def test_marks_by_language(tag: str, marks: str) -> None:
    assert find_quotes(tag) == ((marks[0], marks[1]), (marks[2], marks[3]))


def test_every_locale_of_the_tables_is_there_once() -> None:
    for table in (CLDR, OURS):
        names = [name for row in table.values() for name in row.split()]
        assert len(names) == len(set(names))
        assert all(len(marks) == 4 for marks in table)
    assert all(len(marks) % 2 == 0 for marks in CUSTOMARY)
    assert all(find(tag).tag == tag for row in CUSTOMARY.values() for tag in row.split())


def test_customs_are_wider_than_cldr() -> None:
    assert ("«", "»") in find_customary_quotes("uz")
    assert ("«", "»") in find_customary_quotes("de-CH")
    assert ("“", "”") not in find_customary_quotes("ru")
    assert knows_quotes("ru")
    assert not knows_quotes("zu")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Yes.", {STOP}),
        ("Yes…", {STOP}),
        ("Yes?!", {QUESTION, EXCLAMATION}),
        ("Кто?..", {QUESTION}),
        ("Он спросил: «Кто?».", {QUESTION}),
        ("Yes:", {COLON}),
        ("Yes", {NO_MARK}),
        ("", {NO_MARK}),
        ("यह सही है।", {STOP}),
        ("यह सही है :-", {COLON}),
        ("یہ درست ہے۔", {STOP}),
        ("هل هذا صحيح؟", {QUESTION}),
        ("Τι είναι;", {QUESTION}),
        ("Τι είναι\u037e", {QUESTION}),
        ("A list;", {NO_MARK}),
        ("Ո՞վ է սա։", {QUESTION, STOP}),
        ("Սա նա է:", {COLON, STOP}),
        ("Սա հետևյալն է՝", {COLON}),
        ("Ո՞վ է սա", {NO_MARK}),
        ("ማን ነው፧", {QUESTION}),
        ("እሱ ነው።", {STOP}),
        ("እሱ ነው፡፡", {STOP}),
        ("誰が払うのか。", {COLON, QUESTION, STOP}),
        ("彼は払う。", {COLON, STOP}),
        ("谁来付钱？", {QUESTION}),
        ("他付钱。", {STOP}),
        ("ใครจะจ่าย", {COLON, NO_MARK, QUESTION, STOP}),
        ("เขาจ่ายให้ Ye", {COLON, NO_MARK, STOP}),
        ("သူ ပေးသလား။", {COLON, QUESTION, STOP}),
        ("គាត់បង់។", {COLON, STOP}),
    ],
)
def test_what_an_end_says(text: str, kinds: set[str]) -> None:
    assert find_final_kinds(text) == kinds


@pytest.mark.parametrize(
    ("text", "cut"),
    [("यह सही है", True), ("Yes", True), ("Yes.", False), ("ใครจะจ่าย", False), ("", False)],
)
def test_what_is_cut(text: str, cut: bool) -> None:
    assert is_cut(text) == cut

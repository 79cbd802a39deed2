"""Right texts in many languages: no check says anything; damaged, nearly each of them is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from steps import growth

from publish.checks.engine import check_catalog
from publish.checks.pairedmarks import PAIRED_MARK_RULES
from publish.checks.punctuation import PUNCTUATION_RULES
from publish.checks.rule import Pair, Rule, SentenceRunner
from publish.checks.table import RULES
from publish.checks.views import CatalogView
from publish.languages.registry import find
from publish.model import Catalog, Entry, Finding, Text
from publish.reading.marks.canonical import serialise_inlines

CASES = Path(__file__).parents[1] / "cases" / "checks"
FILES = sorted(path for path in CASES.glob("right*/*.txt") if path.stem != "en")
LANGUAGES = [path.stem for path in FILES if path.parent.name == "right"]
READ = tuple(rule for rule in RULES if rule.family != "catalog health")
QUOTES = '“”„«»「」『』《》"'


LAST_QUOTE = re.compile(f"[{QUOTES}](?!.*[{QUOTES}])")
ABBREVIATED = re.compile('[א-ת]"[א-ת]')


def pairs(path: Path) -> list[tuple[str, str]]:
    english, own = (one.read_text("utf-8").splitlines() for one in (path.with_name("en.txt"), path))
    return list(zip(english, own, strict=True))


def found(tag: str, source: str, target: str) -> list[Finding]:
    written = (serialise_inlines((Text(text),)) for text in (source, target))
    msgid, msgstr = written
    catalog = Catalog("x.po", (), (Entry(msgid=msgid, msgstrs=(msgstr,)),))
    return list(check_catalog(CatalogView(catalog=catalog, language=find(tag)), READ))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_right_texts_are_quiet(path: Path) -> None:
    loud = [
        (one.code, one.message, target)
        for source, target in pairs(path)
        for one in found(path.stem, source, target)
    ]
    assert loud == []


@pytest.mark.parametrize("hostile", ["?a", "a) ", "«a", '"a', "¿", 'א"א'])
@pytest.mark.parametrize("tag", ["es", "he"])
def test_twice_the_text_takes_twice_the_steps(hostile: str, tag: str) -> None:
    def look(count: int) -> None:
        for source, target in (("“A” (b)?", hostile * count), (f"“A” {hostile * count}", "A.")):
            pair = Pair(Entry(msgid="x"), source, target, find(tag))
            for rule in (*PAIRED_MARK_RULES, *PUNCTUATION_RULES):
                assert isinstance(rule.runner, SentenceRunner)
                list(rule.runner.run(pair))

    assert growth(look, 250) < 2.2
    look(5_000)  # comes to an end


@pytest.mark.parametrize("rule", PAIRED_MARK_RULES, ids=lambda rule: rule.code)
def test_examples_say_what_a_check_finds(rule: Rule) -> None:
    for (source, target), wrong in ((rule.right, False), (rule.wrong, True)):
        codes = {one.code for one in found(rule.language, source, target)}
        assert (rule.code in codes) is wrong


# --------------------------------------------------------------------------- damage

STOPS = {
    **dict.fromkeys(("ja", "zh-Hans"), "。"),
    **dict.fromkeys(("km",), "។"),
    "hi": "।",
    "hy": "։",
    "my": "။",
    "am": "።",
    "ur": "۔",
    "th": "",
}
CLOSING = "»”“\"’'›」』》）)】"
QUESTION = re.compile(rf"[ \u00a0]?[?？؟;፧](?=[{re.escape(CLOSING)}]*\.?$)")
STOP = re.compile(rf"[.。।։။።۔](?=[{re.escape(CLOSING)}]*$)")
ASKING = re.compile(r"(?:か|ですか)[。？]|လား။|လဲ|နည်း။|까\?|가\?|หรือ|ใคร|ทำไม")
"""Texts that ask with a word, where the mark may be missing."""


def without_question(tag: str, target: str) -> str:
    if tag == "hy":
        return target.replace("՞", "")
    if ASKING.search(target):
        return target
    return QUESTION.sub(STOPS.get(tag, "."), target)


def without_inverted(tag: str, target: str) -> str:
    return re.sub("[¿¡]", "", target) if tag == "es" else target


def without_stop(tag: str, target: str) -> str:
    return (
        STOP.sub("", target) if tag != "th" and not re.search("[?؟;][»”]+[.]$", target) else target
    )


def cut(tag: str, target: str) -> str:
    words = target.split()
    half = " ".join(words[: len(words) // 2]) if len(words) > 6 else target[: len(target) // 2]
    return half.rstrip(" ,،、，፣၊")


def without_one_quote(tag: str, target: str) -> str:
    return target if ABBREVIATED.search(target) else re.sub(LAST_QUOTE, "", target)


def without_quotes(tag: str, target: str) -> str:
    bare = re.sub(r"(?<!\w)[‘‹]|[’›](?!\w)", "", target)
    return target if ABBREVIATED.search(target) else re.sub(f"[{QUOTES}]", "", bare)


def with_other_quotes(tag: str, target: str) -> str:
    start, end = ("”", "„") if tag == "de" else ("»", "«")
    outer = re.sub(r"[«“”„「《]\s?(?=[\w¿])", start, target)
    return re.sub(r"(?<=[\w.?!؟,،፧])\s?[»“”」》]", end, outer)


def without_a_bracket(tag: str, target: str) -> str:
    return re.sub("[)）]", "", target)


@pytest.mark.parametrize(
    ("damage", "share"),
    [
        (without_question, 1.0),
        (without_inverted, 1.0),
        (without_stop, 0.95),
        (cut, 0.95),
        (without_one_quote, 1.0),
        (without_quotes, 0.98),
        (with_other_quotes, 0.9),
        (without_a_bracket, 1.0),
    ],
)
def test_damage_is_found(damage: Callable[[str, str], str], share: float) -> None:
    tried, missed = 0, []
    for tag in LANGUAGES:
        for source, target in pairs(CASES / "right" / f"{tag}.txt"):
            damaged = damage(tag, target)
            if damaged != target and (damage is not cut or len(source) >= 40):
                tried += 1
                if not found(tag, source, damaged):
                    missed.append((tag, damaged))
    assert tried >= 3
    assert 1 - len(missed) / tried >= share, (tried, missed)

"""Sentences and their good translations, on which checks are quiet and mutations are made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.damage import Good
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.languages.registry import find
from publish.model import Entry, plain
from publish.po.pofile import extract_catalog, read_po_file
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import parse_msgstr

__all__ = ["GOOD", "MARKED", "catalog_pairs", "look"]

CATALOGS = sorted(Path(__file__).parent.parent.glob("locales/*/LC_MESSAGES/tip-*.po"))

SENTENCES = (
    (
        "ru",
        "In 2022, courts convicted 37 people under Article 129.",
        "В 2022 году суды осудили 37 человек по статье 129.",
    ),
    ("ru", "The fine was 2,090 manat.", "Штраф составил 2 090 манатов."),
    (
        "ru",
        "Some 15 percent of the 4,500 workers were children.",
        "Около 15% из 4500 работников были детьми.",
    ),
    (
        "ru",
        "They met with the minister at 5 p.m. on 24 June.",
        "Они встретились с министром в 17:00 24 июня.",
    ),
    (
        "ru",
        "Did the government report on the 1930 convention?",
        "Сообщило ли правительство о конвенции 1930 года?",
    ),
    (
        "ru",
        "It spent 2.5 million manat with the aid of the UN.",
        "С помощью ООН оно израсходовало 2,5 млн манатов.",
    ),
    (
        "ru",
        "From 2019 to 2024, the ministry closed 16 shelters.",
        "С 2019 по 2024 год министерство закрыло 16 приютов.",
    ),
    (
        "tk",
        "In 2022, courts convicted 37 people under Article 129.",
        "2022-nji ýylda kazyýetler 129-njy madda boýunça 37 adamy iş kesdi.",
    ),
    ("tk", "The fine was 2,090 manat.", "Jerime 2 090 manat boldy."),
    (
        "tk",
        "Some 15 percent of the 4,500 workers were children.",
        "4500 işçiniň 15 göterime golaýy çagalardy.",
    ),
    (
        "tk",
        "They met with the minister on 24 June 2010.",
        "Olar ministr bilen 2010-njy ýylyň 24-nji iýunynda duşuşdylar.",
    ),
    (
        "tk",
        "Did the government report on the 1930 convention?",
        "Hökümet 1930-njy ýylyň konwensiýasy barada habar berdimi?",
    ),
    (
        "tk",
        "The U.S. spent 2.5 million manat.",
        "ABŞ 2,5 million manat sarp etdi.",
    ),
    (
        "tk",
        "From 2019 to 2024, the ministry closed 16 shelters.",
        "Ministrlik 2019-njy ýyldan 2024-nji ýyla çenli 16-sy ýapyldy.",
    ),
    (
        "tk",
        "Article 8 of the law of 2016 was amended in the 90th session.",
        "2016-njy ýylyň kanunynyň 8-nji maddasy 90-njy mejlisde üýtgedildi.",
    ),
)

GOOD = tuple(
    Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find(tag))
    for tag, source, target in SENTENCES
)


MARKED = (
    Good("A *fair* and **open** trial.", "*Справедливый* и **открытый** суд.", "ru"),
    Good("See [the law](1) and *its* text.[^1]", "См. [закон](1) и *его* текст.[^1]", "ru"),
    Good(
        "See [the law](1) and *its* text.[^1]", "[Kanuna](1) we *onuň* tekstine serediň.[^1]", "tk"
    ),
    Good("He asked *why*.[^ilo]", "Он спросил *почему*.[^ilo]", "ru"),
    Good("It closed [16 roads](1).", "Ol [16 ýoly](1) ýapdy.", "tk"),
    Good("They did not come.", "Они не пришли.", "ru"),
    Good("It is not true and never was.", "Это не правда и никогда не было.", "ru"),
    Good("They did not see and did not hear.", "Они не видели и не слышали.", "ru"),
    Good("They did not come.", "Olar gelmediler.", "tk"),
    Good("It was never told.", "Bu hiç haçan aýdylmady.", "tk"),
    Good("They did not see and did not hear.", "Olar görmediler we eşitmediler.", "tk"),
    Good("He was allegedly hit.", "Его якобы избили.", "ru"),
    Good("According to him, it was so.", "По словам соседа, так и было.", "ru"),
    Good("He was reportedly hit.", "Aýdylyşyna görä, ol uruldy.", "tk"),
    Good("He allegedly fled.", "Ol gaçypdyr diýilýär.", "tk"),
    Good("They may have come.", "Возможно, они пришли.", "ru"),
    Good("Perhaps it was so.", "Вероятно, так и было.", "ru"),
    Good("They may have come.", "Olaryň gelen bolmagy mümkin.", "tk"),
    Good("Perhaps he knows.", "Belki, ol habarly bolandyr.", "tk"),
)
"""Pairs with marks and with small words that the briefing's translations so far lack."""


def catalog_pairs() -> Iterator[Pair]:
    """The translated sentences of the report in this repository, as plain text."""
    for file in CATALOGS:
        language = find(file.parent.parent.name)
        for entry in extract_catalog(read_po_file(file, file.name)).active().values():
            if entry.translated and not entry.joined:
                source, target = plain(parse_inline(entry.msgid)), entry.msgstr
                yield Pair(entry, source, plain(parse_msgstr(target)), language)


def look(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Run the rule of a sentence on a pair."""
    assert isinstance(rule.runner, SentenceRunner)
    return rule.runner.run(pair)

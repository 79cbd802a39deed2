"""Good translations damaged in many ways: checks find nearly all of it and are quiet before."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT
from examples import first
from goodpairs import MARKED

from benchmarks.damage import DAMAGES, Damage, Good, damaged
from benchmarks.mutations import codes, glossary, good_of_folder, good_of_repository, tried


@cache
def pairs() -> tuple[Good, ...]:
    return (*good_of_repository(), *MARKED)


def test_good_pairs_are_quiet() -> None:
    loud = {good.msgstr: codes(good, good.msgstr) for good in pairs()}
    assert {text: found for text, found in loud.items() if found} == {}


@pytest.mark.parametrize("damage", first(DAMAGES, 10), ids=lambda damage: damage.what)
def test_damage_is_found(damage: Damage) -> None:
    result = tried(damage, pairs())
    assert result.count >= 3
    assert result.share >= (0.95 if damage.sure else 0.5), result.missed


@pytest.mark.full
def test_damage_differs_from_the_good_text_and_is_the_same_again() -> None:
    for damage in DAMAGES:
        for good in pairs():
            once = damaged(damage, good, Random(1), glossary())
            assert once == damaged(damage, good, Random(1), glossary())
            assert good.msgstr not in once
            assert len(once) <= 2


def test_a_folder_of_aligned_lines_is_read(tmp_path: Path) -> None:
    for name, text in (("eng", "A *b*.\n\n"), ("rus", "А *б*.\n\n"), ("tuk", "A *b*.\n\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert list(good_of_folder(tmp_path)) == [
        Good(r"A \*b\*.", r"А \*б\*.", "ru"),
        Good(r"A \*b\*.", r"A \*b\*.", "tk"),
    ]


@pytest.mark.full
def test_the_measurement_prints_a_row_for_each_damage() -> None:
    command = [sys.executable, "-m", "benchmarks.mutations"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    rows = re.findall(r"^\| ([^|]+?) \|", told, re.M)
    assert [row for row in rows if row != "damage"] == [damage.what for damage in DAMAGES]

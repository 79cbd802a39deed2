"""The model of languages that is kept unpacked says what the packed one says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publish.languages import identifier
from publish.languages.identifier import (
    NO_LANGUAGE,
    compare_scores,
    load_identifier,
    score_text,
    unpack_identifier,
)

CASES = Path(__file__).resolve().parents[1] / "cases"
ODD = ("", "1", "\ud800", "\x00", "ÄÄ" * 50, "x" * 3000, "Один two üç", "ʻоʻ zh-Hant 漢字 かな")
ALIKE = frozenset({"uz", "uzs"})


@pytest.fixture(scope="module")
def packed() -> Any:
    return unpack_identifier()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield tmp_path / "publish"
    shutil.rmtree(tmp_path)


def texts() -> list[str]:
    files = sorted((CASES / "sentences").glob("*.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [*ODD, *lines[::40]]


def refuse_to_unpack() -> Any:
    raise AssertionError


def test_the_kept_model_says_what_the_packed_one_says(
    packed: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_identifier()
    assert [path.suffix for path in folder.iterdir()] == [".kept"]
    monkeypatch.setattr(identifier, "unpack_identifier", refuse_to_unpack)
    second = load_identifier()
    assert len(texts()) > 50
    for text in texts():
        assert packed.rank(text) == first.rank(text) == second.rank(text)


def test_a_damaged_model_is_made_again(packed: Any, folder: Path) -> None:
    load_identifier()
    (kept,) = folder.iterdir()
    with kept.open("r+b") as file:
        file.seek(50_000_000)
        file.write(b"wrong")
    damaged = kept.read_bytes()
    assert load_identifier().rank("Bu gün howa gowy.") == packed.rank("Bu gün howa gowy.")
    assert kept.read_bytes() != damaged


def test_without_a_folder_the_packed_model_is_used(
    packed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert load_identifier().rank("Bu gün howa gowy.") == packed.rank("Bu gün howa gowy.")


def test_scores_are_compared_as_they_rank(packed: Any) -> None:
    for text in texts():
        ranked = packed.rank(text)
        own = max(score for label, score in ranked if label in ALIKE)
        others = [one for one in ranked if one[0] not in ALIKE | {NO_LANGUAGE}]
        assert compare_scores(score_text(packed, text), ALIKE) == (own, others[0][1], others[0][0])

"""Making and opening release keys: the rules for the place and the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publish.actions.init import start_workspace
from publish.actions.keys import create_release_key, open_release_key
from publish.errors import UsageError

WORDS = "a passphrase of words"


def answering(*answers: str) -> tuple[Callable[[str], str], list[str]]:
    """A person who types these answers, and the prompts that they saw."""
    left, prompts = list(answers), list[str]()

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return left.pop(0)

    return ask, prompts


def refuse(_: str) -> str:
    raise AssertionError("nobody is to be asked")


@pytest.mark.full
def test_a_new_key_is_asked_for_twice_and_opens_with_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "keys/a.key"
    ask, prompts = answering(WORDS, WORDS)
    public = create_release_key(path, ask)
    assert prompts == [
        f"new passphrase for {path} (at least 12 characters): ",
        "the same again: ",
    ]
    ask, prompts = answering(WORDS)
    assert open_release_key(path, ask).public == public
    assert prompts == [f"passphrase of {path}: "]


def test_two_passphrases_that_differ_make_no_key(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    with pytest.raises(UsageError, match="the two passphrases differ"):
        create_release_key(path, answering(WORDS, WORDS.upper())[0])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["a.key", "source/a.key"])
def test_a_key_inside_a_workspace_is_refused_before_anybody_types(
    tmp_path: Path, place: str
) -> None:
    start_workspace(tmp_path)
    with pytest.raises(UsageError, match="is inside a workspace"):
        create_release_key(tmp_path / place, refuse)
    assert not (tmp_path / place).exists()


def test_a_key_that_is_not_there_is_refused_before_anybody_types(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no key"):
        open_release_key(tmp_path / "a.key", refuse)

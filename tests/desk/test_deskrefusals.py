"""What the program refuses at the desk is said in the words of the desk, which keep to its own."""

from __future__ import annotations

import ast
import errno
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from publish.desk.faults import PathHider
from publish.desk.plainpages import make_refusal_page
from publish.desk.words import list_words, static_folder
from publish.editions.page.interface import Interface
from publish.languages.registry import find

PROGRAM = Path(__file__).parents[2] / "publish"
PAIR = re.compile(r'^  \[("(?:[^"\\]|\\.)*"), t\(("(?:[^"\\]|\\.)*")\)\],$', re.M)
WORD = re.compile(r"\{[^{}]*\}")

PUT_TOGETHER = {
    "{}: it is not translated": ("it is {}", "not translated"),
    "{}: it is not confirmed (fuzzy)": ("it is {}", "not confirmed (fuzzy)"),
    "free some space on that disk and run the command again; no file is half written": (
        "free some space on that disk{} and run the command again; {}",
        "no file is half written",
    ),
}
"""Refusals that the program makes of several texts."""

SYSTEM = {f"{os.strerror(one)}: {{}}" for one in (errno.ENOSPC, errno.EACCES, errno.EROFS)}
"""What the system says, with the file."""

ELSEWHERE = {
    "desk/serving.py": "is said in the terminal, before the desk is open",
    "desk/sharing.py": "is said in the terminal, before the desk is open",
    "desk/sockets.py": "is said in the terminal, before the desk is open",
}
NOT_MET = {
    # No page of the desk sends what these refuse.
    "The request cannot be understood.",
    "The request has to be JSON.",
    "This cannot be asked here.",
    "This address does not open the desk, or no longer.",
    "the request lacks {}",
    "a page shows one of: {}",
    "{} is a whole number up to {}",
    "an action is one of: {}",
    "an edition has one of these formats: {}",
    "a job is named by its number",
    "{} is a text",
    "{} is a list of words",
    "{} names more than {}",
    "{} is one of: {}",
    "this workspace has no language {}",
    "it has {}",
    "{} is not a right that a link can give",
    'write a name and its rights, such as "aygul: translate tk, review tk" or "guest: read"',
    # A fault of the program: whoever reads it sends it on as it is.
    "the program failed: {}: {}",
    # The same is said, with the name of the folder, before a file is taken.
    "the folder of this workspace is gone or has another name",
    "close the desk, and open it in the folder where the workspace is now",
}

VARIABLES = ("hint", "HINT", "what", "message")
ERRORS = ("PublishError", "UsageError", "FindingsError", "BuildError", "Refusal")


def said() -> dict[str, str]:
    """The words of the desk by those of the program."""
    text = (static_folder() / "refusals.js").read_text("utf-8")
    return {json.loads(one): json.loads(other) for one, other in PAIR.findall(text)}


def shape(text: str) -> str:
    return WORD.sub("{}", text)


def texts_of(node: ast.AST | None) -> Iterator[str]:
    """Texts that an expression may be, with {} for what is filled in."""
    match node:
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr(parts):
            yield "".join(
                str(one.value) if isinstance(one, ast.Constant) else "{}" for one in parts
            )
        case ast.IfExp():
            yield from texts_of(node.body)
            yield from texts_of(node.orelse)
        case _:
            return


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def texts_of_the_program() -> frozenset[str]:
    nodes = (node for path in PROGRAM.rglob("*.py") for node in ast.walk(tree_of(path)))
    return frozenset(text for node in nodes for text in texts_of(node))


def refusals(path: Path) -> Iterator[str]:
    """The messages and hints of errors in a module, those kept in a variable too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ERRORS:
                first = node.args[1:2] if name == "Refusal" else node.args[:1]
                third = node.args[2:3] if name == "PublishError" else []
                hints = [one.value for one in node.keywords if one.arg == "hint"]
                for one in (*first, *third, *hints):
                    yield from texts_of(one)
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in VARIABLES:
            yield from texts_of(node.value)


def test_all_that_the_desk_refuses_has_words_of_its_own() -> None:
    known = {shape(one) for one in said()}
    rooms = [*(PROGRAM / "desk").rglob("*.py"), *(PROGRAM / "actions" / "desk").rglob("*.py")]
    met = {
        text
        for path in rooms
        if path.relative_to(PROGRAM).as_posix() not in ELSEWHERE
        for text in refusals(path)
    }
    assert len(met) > 80
    unknown = sorted(met - known - NOT_MET - {"", "{}"})
    assert unknown == [], "give them words in publish/desk/static/refusals.js"
    assert NOT_MET - met - {"This cannot be asked here."} == set()


@pytest.mark.full
def test_the_words_of_the_program_are_those_that_it_says() -> None:
    known = texts_of_the_program()
    pairs = said()
    assert len(pairs) > 100
    for one in pairs:
        parts = PUT_TOGETHER.get(shape(one), (shape(one),))
        assert shape(one) in SYSTEM or set(parts) <= known, one


def test_the_words_of_the_desk_fill_in_only_what_the_program_tells() -> None:
    for one, words in said().items():
        assert set(WORD.findall(words)) <= set(WORD.findall(one)), one
        assert words in list_words()
        assert re.search(r"[.:}]$|--share$", words), one


def test_a_page_of_a_refusal_is_in_the_language_of_the_desk() -> None:
    message = "The desk is busy: wait a moment."
    russian = Interface(find("ru"), {message: "Подождите."})
    assert "<p>Подождите.</p>" in make_refusal_page(russian, "", message)
    english = f'<p lang="en" dir="ltr">{message}</p>'
    assert english in make_refusal_page(Interface(find("ru"), {}), "", message)
    assert message in said()


def test_the_folder_of_the_workspace_is_named_and_its_place_is_not(tmp_path: Path) -> None:
    root = tmp_path / "our report"
    root.mkdir()
    hider = PathHider(root)
    assert hider.hide(f"{root} is not in a workspace") == "our report is not in a workspace"
    assert hider.hide(f"No such file: {root}/source/a.md") == "No such file: source/a.md"
    assert str(tmp_path) not in hider.hide(f"{root}-2 is another, {root.parent} too")

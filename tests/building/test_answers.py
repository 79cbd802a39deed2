"""The answers of cluster workers: the one right answer is read, and nothing else is."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest

from publish.building import answers
from publish.building.answers import read_answer, write_answer
from publish.building.records import BuildRecord
from publish.building.tasks import FinishedEdition
from publish.editions.pagination import Pagination
from publish.errors import BuildError, FindingsError, MissingPartError, PublishError, UsageError
from publish.model import Edition, Finding, Level, Location, Quoted, Role, Span

KEY = bytes(range(32))
PDF, EPUB, OTHER = (
    Edition(document="a", language="ru", format="pdf"),
    Edition(document="a", language="ru", format="epub"),
    Edition(document="a", language="tk", format="epub"),
)
FINDING = Finding(
    code="number",
    level=Level.WARNING,
    message="8 → 9",
    span=Span("a.po", 3, 4),
    location=Location(section="s", kind=Role.PARAGRAPH, number=1, part=0, paragraph=2),
    quoted=Quoted(source="8", translation="9", language="ru", spot=(0, 1)),
    key=(None, "8"),
)
RECORD = BuildRecord((FINDING,), Pagination(((1, 0), (2, 5)), "abc"), "draft")
RESULTS = [
    (PDF, FinishedEdition(b"%PDF-1.7\n\0", RECORD)),
    (EPUB, FinishedEdition(b"PK", BuildRecord())),
]
ANSWER = write_answer(RESULTS, KEY)


def test_an_answer_comes_back_as_it_was() -> None:
    assert read_answer(ANSWER, [PDF, EPUB], KEY) == RESULTS


@pytest.mark.parametrize(
    "error",
    [
        PublishError("a", Span("a.md", 1, 2), "b", code="c"),
        UsageError("a"),
        BuildError("a", hint="b"),
        MissingPartError("a"),
        FindingsError("a", [FINDING], "b", code="c"),
    ],
)
def test_so_does_an_error(error: PublishError) -> None:
    ((_, found),) = read_answer(write_answer([(PDF, error)], KEY), [PDF], KEY)
    assert isinstance(found, PublishError)
    assert type(found) is type(error)
    for name in ("message", "span", "hint", "code", "exit_code", "findings"):
        assert getattr(found, name, None) == getattr(error, name, None)


def test_no_bit_of_an_answer_is_free() -> None:
    for at in range(len(ANSWER)):
        changed = bytearray(ANSWER)
        changed[at] ^= 1 << at % 8
        with pytest.raises(ValueError, match="the answer "):
            read_answer(bytes(changed), [PDF, EPUB], KEY)


def test_no_part_of_an_answer_is_an_answer() -> None:
    for at in range(len(ANSWER)):
        with pytest.raises(ValueError, match="the answer "):
            read_answer(ANSWER[:at], [PDF, EPUB], KEY)
    with pytest.raises(ValueError, match="the answer "):
        read_answer(ANSWER + b"x", [PDF, EPUB], KEY)


def test_the_answer_to_another_task_is_none() -> None:
    with pytest.raises(ValueError, match="belongs to another task"):
        read_answer(ANSWER, [PDF, EPUB], KEY[::-1])


def signed(body: bytes) -> bytes:
    """An answer of a worker that knows the key and lies."""
    digest = hmac.new(KEY, body, hashlib.sha256).hexdigest().encode()
    return b"publish answer 1\n" + digest + b"\n" + body


def rows() -> Any:
    return json.loads(ANSWER.split(b"\n")[2])


LIES: list[tuple[Callable[[Any], object], str]] = [
    (lambda rows: rows[:1], "does not have the 2 editions"),
    (lambda rows: [], "does not have the 2 editions"),
    (lambda rows: {"0": rows[0], "1": rows[1]}, "does not have the 2 editions"),
    (lambda rows: rows * 2, "does not have the 2 editions"),
    (lambda rows: rows[::-1], "another edition in the place"),
    (lambda rows: [rows[0], rows[0]], "another edition in the place"),
    (lambda rows: [rows[0] | {"size": 0}, rows[1]], "empty or cut off"),
    (lambda rows: [rows[0] | {"size": -1}, rows[1]], "empty or cut off"),
    (lambda rows: [rows[0] | {"size": 999}, rows[1]], "empty or cut off"),
    (lambda rows: [rows[0] | {"size": 1}, rows[1]], "belong to no edition"),
    (lambda rows: [rows[0] | {"size": True}, rows[1]], "missing or wrong"),
    (lambda rows: [rows[0] | {"record": 1}, rows[1]], "missing or wrong"),
    (lambda rows: [rows[0] | {"record": {"warnings": []}}, rows[1]], "missing or wrong"),
    (lambda rows: [[], []], "missing or wrong"),
    (lambda rows: [{"edition": rows[0]["edition"]}, rows[1]], "missing or wrong"),
    (lambda rows: [{"edition": rows[0]["edition"], "error": {}}, rows[1]], "missing or wrong"),
    (
        lambda rows: [{"edition": rows[0]["edition"], "error": {"kind": "SystemExit"}}, rows[1]],
        "missing or wrong",
    ),
]


@pytest.mark.parametrize(("lie", "words"), LIES)
def test_a_worker_that_lies_about_its_editions_is_not_believed(
    lie: Callable[[Any], object], words: str
) -> None:
    body = json.dumps(lie(rows())).encode() + b"\n%PDF-1.7\n\0PK"
    with pytest.raises(ValueError, match=words):
        read_answer(signed(body), [PDF, EPUB], KEY)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a value of JSON with every key of it."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = []
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found += places(value[key])
    return found


@pytest.mark.parametrize("wrong", [1.5, "\0", {"x": 1}, [[]]])
def test_every_value_must_have_its_type(wrong: object) -> None:
    """A text may be any text; all else must be what it is."""
    count = len(places(rows()))
    assert count > 50
    for number in range(count):
        changed = rows()
        box, key = places(changed)[number]
        if isinstance(wrong, str) and isinstance(box[key], str):
            continue
        if isinstance(wrong, str) and box[key] is None and key != "pages":
            continue
        box[key] = wrong
        body = json.dumps(changed).encode() + b"\n%PDF-1.7\n\0PK"
        with pytest.raises(
            ValueError, match=r"the answer|a value|is none of|is not a valid|edition"
        ):
            read_answer(signed(body), [PDF, EPUB], KEY)


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"missing or wrong|Expecting"):
        read_answer(signed(b"[" * 100_000 + b"\n"), [PDF], KEY)


def test_what_is_too_long_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_BYTES", len(ANSWER) - 1)
    with pytest.raises(ValueError, match="larger than"):
        read_answer(ANSWER, [PDF, EPUB], KEY)
    monkeypatch.undo()
    monkeypatch.setattr(answers, "MOST_HEAD", 9)
    with pytest.raises(ValueError, match="the head of the answer is longer"):
        read_answer(ANSWER, [PDF, EPUB], KEY)

"""The family of errors."""

from __future__ import annotations

import pytest

from publish.cli.printing import print_error
from publish.errors import FindingsError, UsageError
from publish.model import Finding, Level, Span


def test_another_message_makes_another_error() -> None:
    finding = Finding(code="a-code", level=Level.ERROR, message="wrong", span=Span("a.po", 1, 1))
    error = FindingsError("first", [finding], "a hint", code="a-code")
    other = error.with_message("second")
    assert (error.message, str(error)) == ("first", "first")
    assert (other.message, str(other)) == ("second", "second")
    assert isinstance(other, FindingsError)
    assert (other.findings, other.hint, other.code) == ((finding,), "a hint", "a-code")


@pytest.mark.parametrize(
    ("code", "listed", "shown"),
    [(None, "refused", "error: no"), ("a-code", "a-code", "error[a-code]: no")],
)
def test_an_error_has_a_code_or_says_everything(
    code: str | None, listed: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = UsageError("no", code=code)
    assert error.listed_code == listed
    print_error(error)
    assert capsys.readouterr().err == f"{shown}\n"

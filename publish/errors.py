"""The errors that a user can fix.  Any other exception is a bug and keeps its traceback."""

from __future__ import annotations

TYPE_CHECKING = False  # Without importing typing, so that --help starts faster.
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from publish.model import Finding, Span


class PublishError(Exception):
    """An error that says what is wrong, where, and how to fix it.

    `code` is explained in docs/reference/codes.md; it is None where the message says everything.
    `exit_code` follows the table in docs/reference/commands.md: 1 for findings or a gate, 2 for
    usage or settings, 3 for a failed build, 4 for a missing font or system library.  No error
    has 5: `publish verify` returns it when no file is wrong, but nothing shows who made
    them, or that they are the newest.
    """

    exit_code = 1

    def __init__(
        self, message: str, span: Span | None = None, hint: str = "", *, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint
        self.code = code
        self.about = ""
        """A text that the error is about, where who raises it does not know its place."""

    @property
    def listed_code(self) -> str:
        """Return the code, or `refused` if there is none, since rows of lists need a code."""
        return self.code or "refused"

    def naming(self, text: str) -> Self:
        """Return the error, now about a text whose place is still to be found."""
        self.about = text
        return self

    def with_message(self, message: str) -> Self:
        """Return the same error with another message."""
        # Not `copy.copy`: libraries replace how errors are copied (tblib, which Dask uses).
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.args, other.message = (message,), message
        return other


class UsageError(PublishError):
    """An error in the command line or in the settings."""

    exit_code = 2


class BuildError(PublishError):
    """A failure to make an edition although its inputs are correct."""

    exit_code = 3


class MissingPartError(PublishError):
    """The lack of a font, system library or program that an edition needs."""

    exit_code = 4


class FindingsError(PublishError):
    """Several findings that together stop an edition."""

    def __init__(
        self,
        message: str,
        findings: Iterable[Finding] = (),
        hint: str = "",
        *,
        span: Span | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message, span, hint, code=code)
        self.findings = tuple(findings)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the nearest known word, or with all of them if none is near."""
    from difflib import get_close_matches  # Imported only when there is an error.

    options = sorted(known)
    near = get_close_matches(word.lower(), options, n=1, cutoff=0.5)
    near = near or [option for option in options if word.lower().startswith(option.lower())]
    return f"did you mean {near[0]}?" if near else f"use one of: {', '.join(options)}"


def refuse_hidden_text(text: str, file: str) -> None:
    """Raise UsageError (code `tag-character`) with the line for a text hidden in tag characters."""
    from publish.model import Span  # Imported here, so that --help starts faster.
    from publish.visible import find_tags

    if wrong := find_tags(text):
        line = text.count("\n", 0, wrong[0]) + 1
        raise UsageError(
            "a text is hidden here, in tag characters (U+E0000 to U+E007F)",
            Span(file, line, line),
            "delete the line and type it again",
            code="tag-character",
        )


def name_nearest(word: str, known: Iterable[str], most: int = 3) -> str:
    """Return a hint with the known words that are nearest; empty where nothing is known."""
    from difflib import get_close_matches  # Imported only when there is an error.

    options = sorted(set(known))
    near = get_close_matches(word, options, n=most, cutoff=0.3) or options[:most]
    if not near:
        return ""
    *others, last = near
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"

"""The one family of errors that a user can mend; anything else is a bug and keeps its traceback."""

from __future__ import annotations

TYPE_CHECKING = False  # typing need not be loaded for --help
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from publish.model import Finding, Span


class PublishError(Exception):
    """What is wrong, where, and how to fix it.

    `code` names what is explained in docs/reference/codes.md; None where the message says
    everything.  `exit_code` follows the table in docs/reference/commands.md: 1 findings or a gate,
    2 usage or settings, 3 a build failed, 4 a font or system library is missing.
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

    @property
    def listed_code(self) -> str:
        """Return the code, or `refused` for none: in lists of findings every row has one."""
        return self.code or "refused"

    def with_message(self, message: str) -> Self:
        """Return the same error with another message."""
        from copy import copy  # not loaded for commands that go well

        other = copy(self)
        other.args, other.message = (message,), message
        return other


class UsageError(PublishError):
    """The command line or the settings ask for something that does not exist."""

    exit_code = 2


class BuildError(PublishError):
    """An edition could not be made although its inputs are in order."""

    exit_code = 3


class MissingPartError(PublishError):
    """A font, a system library or a program that an edition needs is not there."""

    exit_code = 4


class FindingsError(PublishError):
    """Several findings at once hold an edition back."""

    def __init__(
        self,
        message: str,
        findings: Iterable[Finding] = (),
        hint: str = "",
        *,
        code: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.findings = tuple(findings)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or all of them when none is near."""
    from difflib import get_close_matches  # not loaded for commands that go well

    options = sorted(known)
    near = get_close_matches(word.lower(), options, n=1, cutoff=0.5)
    near = near or [option for option in options if word.lower().startswith(option.lower())]
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(options)}"

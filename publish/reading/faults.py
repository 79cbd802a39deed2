"""Collect what is wrong with a source, so that one run tells everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

from publish.errors import FindingsError, PublishError
from publish.model import Finding, Level, Span

__all__ = [
    "FEW",
    "SEVERAL",
    "Faults",
    "as_finding",
    "gather",
    "group_findings",
    "join_errors",
    "list_faults",
    "merge_source_errors",
]

SEVERAL = "source-faults"
"""The code of an error that stands for several, which it carries as findings."""

Given = TypeVar("Given")
Made = TypeVar("Made")

FEW = 3
"""So many alike faults have a line each; of more, the first has the line numbers of the others."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The errors found so far while a document is read, and the remarks: warnings and advice.

    Reading goes on after an error with what is left, and the document is refused at the end.
    """

    errors: list[PublishError] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    def error(self, message: str, span: Span | None, hint: str = "", *, code: str) -> None:
        """Note an error."""
        self.errors.append(PublishError(message, span, hint, code=code))

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Note a PublishError that is raised inside."""
        try:
            yield
        except FindingsError as error:
            self.errors.extend(
                PublishError(one.message, one.span, one.hint, code=one.code)
                for one in error.findings
            )
        except PublishError as error:
            self.errors.append(error)

    def remark(
        self, message: str, span: Span, hint: str = "", *, code: str, level: Level = Level.ADVICE
    ) -> None:
        """Note something that does not stop an edition."""
        self.remarks.append(Finding(code=code, level=level, message=message, span=span, hint=hint))

    def raise_all(self, files: tuple[str, ...]) -> None:
        """Raise the error if there is one, FindingsError with all of them if there are more.

        The same error at the same place counts once.

        They are in the order of `files` and lines.  Of more than `FEW` alike, with the same code
        and hint in one file, the first stands for all and names the lines of the others.
        """
        errors = list({(one.message, one.span): one for one in self.errors}.values())
        if len(errors) == 1:
            raise errors[0]
        if errors:
            found = tuple(group_findings(map(as_finding, errors), files))
            raise FindingsError(
                f"{files[0]} has {len(errors)} faults"
                if len(files) == 1
                else f"the {len(files)} files from {files[0]} on have {len(errors)} faults",
                found,
                code="source-faults",
            )


def as_finding(error: PublishError) -> Finding:
    """Return an error of a source as a finding."""
    return Finding(
        code=error.listed_code,
        level=Level.ERROR,
        message=error.message,
        span=error.span,
        hint=error.hint,
    )


def list_faults(error: PublishError) -> tuple[Finding, ...]:
    """Return an error as findings: those that it carries, and itself unless it only counts them."""
    carried = error.findings if isinstance(error, FindingsError) else ()
    return carried if error.code == SEVERAL and carried else (*carried, as_finding(error))


def join_errors(errors: Sequence[PublishError]) -> PublishError:
    """Return several errors as one that carries them all, or the only one as it is."""
    if len(errors) == 1:
        return errors[0]
    found = dict.fromkeys(one for error in errors for one in list_faults(error))
    return FindingsError(f"{len(errors)} documents have faults", found, code=SEVERAL)


def merge_source_errors(errors: Sequence[PublishError]) -> tuple[PublishError, ...]:
    """Return errors with those that carry the faults of sources as one, which comes first."""
    sources = tuple(error for error in errors if error.code == SEVERAL)
    others = (error for error in errors if error not in sources)
    return (*([join_errors(sources)] if sources else []), *others)


def gather(items: Iterable[Given], read: Callable[[Given], Made]) -> list[Made]:
    """Return what is read of each item; raises the errors of all of them as one."""
    made: list[Made] = []
    errors: dict[PublishError, None] = {}
    for item in items:
        try:
            made.append(read(item))
        except PublishError as error:
            errors[error] = None
    if errors:
        raise join_errors(tuple(errors))
    return made


def group_findings(findings: Iterable[Finding], files: tuple[str, ...]) -> Iterator[Finding]:
    """Yield findings by file and line, many alike ones as one."""
    order = {file: at for at, file in enumerate(files)}
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for one in sorted(findings, key=lambda found: _place(found, order)):
        file = one.span.file if one.span else ""
        groups.setdefault((file, one.code, one.hint), []).append(one)
    listed = [one for alike in groups.values() for one in _shorten(alike)]
    yield from sorted(listed, key=lambda found: _place(found, order))


def _place(finding: Finding, order: dict[str, int]) -> tuple[int, int]:
    if finding.span is None:
        return -1, 0
    return order.get(finding.span.file, -1), finding.span.first


def _shorten(alike: list[Finding]) -> list[Finding]:
    if len(alike) <= FEW:
        return alike
    first, *others = alike
    lines = list(dict.fromkeys(str(one.span.first) for one in others if one.span))
    shown = ", ".join(lines[:20]) + (", …" if len(lines) > 20 else "")
    return [
        replace(first, message=f"{first.message} (and {len(others)} more such, on lines {shown})")
    ]

"""Makes errors of what the PDF renderer was refused, and of what it logs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from publish.editions.fontfiles import FontFace
from publish.editions.fonts import make_letters_error
from publish.editions.pdf.engine import BASE
from publish.errors import BuildError, MissingPartError, PublishError

__all__ = ["find_bad_links", "raise_complaints", "raise_refused"]

_LINK_SCHEMES = frozenset({"http", "https", "mailto"})


def find_bad_links(document: Any) -> Iterator[str]:
    """Yield the targets of links that lead to a file, a script or nowhere in this document."""
    for page in document.pages:
        for kind, target, *_ in page.links:
            if kind != "internal" and (
                kind != "external"
                or urlsplit(target).scheme.lower() not in _LINK_SCHEMES
                or target.startswith(BASE)
            ):
                yield target


def raise_refused(refused: list[str]) -> None:
    """Raise BuildError (code `address-refused`) for addresses that are no part of a document."""
    if refused:
        addresses = ", ".join(dict.fromkeys(_shown(url) for url in refused))
        raise BuildError(
            f"the document for the PDF uses what is not part of it: {addresses}",
            hint="remove the address; an edition shows its own images and fonts only",
            code="address-refused",
        )


def _shown(url: str) -> str:
    return url if len(url := url.removeprefix(BASE)) <= 120 else f"{url[:120]}…"


def raise_complaints(log: list[logging.LogRecord], faces: tuple[FontFace, ...]) -> None:
    """Raise an error for what was logged: a missing part first, then all the rest."""
    letters = {chr(code) for record in log for code in _missing_codepoint(record)}
    if letters:
        raise make_letters_error(letters, {face.family for face in faces})
    for record in log:
        if record.msg.startswith(("Using fontTools instead of HarfBuzz", "Font-face")):
            raise _missing_part(record)
    if log:
        raise _complaint(log)


def _missing_codepoint(record: logging.LogRecord) -> Iterator[int]:
    if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
        _, code = record.args
        if isinstance(code, int):
            yield code


def _missing_part(record: logging.LogRecord) -> PublishError:
    if record.msg.startswith("Font-face"):
        return MissingPartError(
            f"a font file of the edition cannot be read: {record.getMessage()}",
            hint="install the font packages again",
            code="font-missing",
        )
    return MissingPartError(
        "the system library HarfBuzz-Subset is not installed",
        hint="install it: apt-get install libharfbuzz-subset0",
        code="library-missing",
    )


def _complaint(log: list[logging.LogRecord]) -> BuildError:
    messages = list(dict.fromkeys(record.getMessage().replace(BASE, "") for record in log))
    more = f" (and {len(messages) - 5} more)" if len(messages) > 5 else ""
    return BuildError(
        f"the PDF renderer reports: {'; '.join(messages[:5])}{more}",
        hint="correct the style sheet, image or link that it names",
        code="pdf-complaint",
    )

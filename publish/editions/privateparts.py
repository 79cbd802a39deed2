"""Private parts of WeasyPrint: replaced for a while, and an error where a version has others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from publish.errors import BuildError

__all__ = ["make_version_error", "replacing"]


@contextmanager
def replacing(module: Any, **parts: object) -> Iterator[None]:
    """Replace parts of a module for a while."""
    before = {name: getattr(module, name) for name in parts}
    for name, part in parts.items():
        setattr(module, name, part)
    try:
        yield
    finally:
        for name, part in before.items():
            setattr(module, name, part)


def make_version_error(what: str) -> BuildError:
    """Return the error (code `renderer-unknown`) for an unsuitable version of WeasyPrint."""
    from weasyprint import __version__  # type: ignore[import-untyped]

    return BuildError(
        f"WeasyPrint {__version__} does not work with this program: {what}",
        hint="install the version that requirements.txt names",
        code="renderer-unknown",
    )

"""A digest of what makes editions: the code of the program and its libraries."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

__all__ = [
    "MAKERS",
    "compute_code_digest",
    "compute_reading_digest",
    "find_version",
    "list_files",
]

LIBRARIES = (
    "babel",
    "ebooklib",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "pillow",
    "pydyf",
    "pyphen",
    "resvg-py",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "ziafont",
)
SYSTEM_LIBRARIES = (
    ("libpango-1.0.so.0", "pango_version", ctypes.c_int),
    ("libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
)
MAKERS = (
    "aside",
    "building",
    "catalogs",
    "checks",
    "containers",
    "editions",
    "errors",
    "files",
    "garbage",
    "idsigns",
    "languages",
    "leftovers",
    "model",
    "oserrors",
    "po",
    "project",
    "reading",
    "resources",
    "reviews",
    "settings",
    "settingtable",
    "signatures",
    "translation",
    "userfolders",
    "visible",
    "wideletters",
)
"""The rooms whose code decides the bytes of editions or the messages of a build."""


_VERSION = re.compile(r"\A(?:[A-Z][^\n]*\n)*?Version: ([^\s]+)\s*$", re.MULTILINE)
"""The version of a package among the first lines of its METADATA, each of which has a name."""


def list_files(folder: Path, suffixes: Iterable[str]) -> list[Path]:
    """Return the files in a folder, at any depth, whose names end like this."""
    wanted = tuple(suffixes)
    named = map(Path, _list_named(folder, wanted))
    return sorted(path for path in named if path.suffix.lower() in wanted)


def _list_named(folder: Path, wanted: tuple[str, ...]) -> Iterator[str]:
    """Yield the paths of what is in a folder, at any depth, whose names end like this."""
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if name.lower().endswith(wanted):
                yield f"{place}{os.sep}{name}"


def _code_files(room: Path) -> Iterable[str]:
    """Return the paths of the files of a room, which is a folder or a single module."""
    if room.is_dir():
        return _list_named(room, (".py", ".dic", ".xml", ".utb"))
    return [f"{room}.py"]


@cache
def compute_code_digest() -> str:
    """Return a digest of the code in `MAKERS` and the versions of the libraries."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    above = len(f"{package}{os.sep}")
    for path in sorted(path for room in MAKERS for path in _code_files(package / room)):
        digest.update(path[above:].replace(os.sep, "/").encode())
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path takes twice as long.
            digest.update(file.read())
    for name in LIBRARIES:
        digest.update(f"{name} {find_version(name)}\n".encode())
    for name, function, kind in SYSTEM_LIBRARIES:
        digest.update(f"{name} {_systemfind_version(name, function, kind)}\n".encode())
    return digest.hexdigest()


@cache
def compute_reading_digest() -> str:
    """Return a digest of what reads sources: the code, the libraries and Python."""
    facts = f"{compute_code_digest()} {find_version('latex2mathml')} {sys.version}"
    return hashlib.sha256(facts.encode()).hexdigest()


def find_version(name: str) -> str:
    """Return the version of an installed package; empty if it is not there."""
    try:
        # Its facts are a message of a mail with a long text, of which one line is wanted.
        found = _VERSION.search(distribution(name).read_text("METADATA") or "")
        return found[1] if found else version(name)
    except PackageNotFoundError:
        return ""


def _systemfind_version(name: str, function: str, kind: type[ctypes._SimpleCData[Any]]) -> str:
    try:
        asked = getattr(ctypes.CDLL(name), function)
        asked.restype = kind
        return str(asked())
    except (OSError, AttributeError):
        return ""

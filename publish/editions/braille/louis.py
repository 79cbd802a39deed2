"""Asks liblouis: which tables there are, and how a text is written in the cells of one.

Its command `lou_translate` runs without a shell, a text on each line.  A process of its own cannot
bring down a build, whatever a text or table does to it.  Tables are those that are installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publish.errors import BuildError

__all__ = ["BLANK", "Louis", "TableFacts", "fingerprint_louis", "list_tables", "open_louis"]

COMMAND = "lou_translate"
SECONDS = 120
LONGEST = 400
"""The most characters of one line; the command cuts its lines at 2,044 cells."""
ESCAPE = "\\"
"""What the command takes for the beginning of another sign, such as \\x0041."""
HEAD = 16_384
"""So many bytes of a table can say what it is for; the whole of all tables is 13 MB."""
BLANK = "\u2800"
"""The cell without dots."""
NOWHERE = (
    "install it: apt install liblouis-bin liblouis-data, or brew install liblouis; or leave the"
    " format brf out"
)
_FACT = re.compile(r"^#\+([\w-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_HERE = Path(__file__).parent
DISPLAY = ("unicode.dis", "ru-unicode.dis")
"""What is read before a table, so that its cells come as braille of Unicode.

The second is for tables that are made from the Russian one; they tell cells apart by a ninth dot.
"""
BEFORE = {"fa-ir-g1.utb": ("fa.utb",)}
MORE = {"tr-g1.ctb": ("tr.utb",)}
"""What is read before and after a table that is wrong by itself."""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What a table says of itself in lines that begin with `#+`; a key can be there twice."""

    file: str
    facts: tuple[tuple[str, str], ...]

    def all(self, key: str) -> tuple[str, ...]:
        """Return the values of a key."""
        return tuple(value for name, value in self.facts if name == key)

    def one(self, key: str) -> str:
        """Return the first value of a key; empty if there is none."""
        return next(iter(self.all(key)), "")


@dataclass(frozen=True, slots=True)
class Louis:
    """Liblouis as it is installed: its command, its version, and the folder of its tables."""

    program: str
    version: str
    folder: Path

    def translate(self, table: str, texts: Sequence[str]) -> list[str]:
        """Return texts in the cells of a table, as braille of Unicode; what it lacks is ⣿.

        Spaces at the ends of a text are lost.  Raises BuildError where the command fails.
        """
        pieces = [_cut(" ".join(text.split())) for text in texts]
        every = [piece for inner in pieces for _, piece in inner]
        own = [str(_HERE / name) for name in (*MORE.get(table, ()), "unknown.utb")]
        first = [str(_HERE / name) for name in BEFORE.get(table, ())]
        tables = ",".join((*DISPLAY, *first, table, *own))
        lines = iter(_run(self, ["--forward", tables], every))
        return ["".join(between + next(lines) for between, _ in inner) for inner in pieces]


def open_louis() -> Louis:
    """Return liblouis as it is installed; raises BuildError (code `braille-tool`) if it is not."""
    program = shutil.which(COMMAND)
    folder = _find_folder(program) if program else None
    if program is None or folder is None:
        what = f"the command {COMMAND}" if program is None else "the tables of liblouis"
        raise BuildError(
            f"braille is made by liblouis, which is not installed: {what} cannot be found",
            hint=NOWHERE,
            code="braille-tool",
        )
    return Louis(program, _version(program), folder)


def list_tables(folder: Path) -> tuple[TableFacts, ...]:
    """Return the tables in a folder that say what they are for, in the order of their names."""
    found = []
    for path in _table_files(folder):
        with path.open("rb") as table:
            head = table.read(HEAD).decode("utf-8", "replace")
        facts = tuple(_FACT.findall(head))
        if facts:
            found.append(TableFacts(path.name, facts))
    return tuple(found)


@cache
def fingerprint_louis() -> str:
    """Return the version of liblouis with a digest of all its tables; empty if there is none.

    All, since tables read one another, and a text can need the table of any language.
    """
    try:
        louis = open_louis()
    except BuildError:
        return ""
    digest = hashlib.sha256()
    for path in _table_files(louis.folder):
        digest.update(f"\0{path.name}\0".encode())
        digest.update(path.read_bytes())
    return f"{louis.version} {digest.hexdigest()}"


def _table_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _find_folder(program: str) -> Path | None:
    """Return the folder of tables: that of the environment, or the one installed beside."""
    named = [Path(one) for one in os.environ.get("LOUIS_TABLEPATH", "").split(",") if one]
    beside = Path(program).resolve().parents[1] / "share" / "liblouis" / "tables"
    return next((one for one in (*named, beside) if (one / "unicode.dis").is_file()), None)


@cache
def _version(program: str) -> str:
    done = subprocess.run([program, "--version"], capture_output=True, timeout=SECONDS, check=False)
    found = re.search(rb"\d+(?:\.\d+)+", done.stdout)
    return found[0].decode() if found else ""


def _environment(louis: Louis) -> Mapping[str, str]:
    return {**os.environ, "LOUIS_TABLEPATH": str(louis.folder), "LC_ALL": "C"}


def _run(louis: Louis, options: Sequence[str], lines: Iterable[str]) -> list[str]:
    given = list(lines)
    if not given:
        return []
    try:
        done = subprocess.run(
            [louis.program, *options],
            input="".join(f"{line.replace(ESCAPE, ESCAPE * 2)}\n" for line in given).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=_environment(louis),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _make_error(options[-1], str(error)) from None
    made = done.stdout.decode("utf-8", "replace").split("\n")[:-1]
    if done.returncode or len(made) != len(given):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _make_error(options[-1], said[0][:200] if said else f"exit code {done.returncode}")
    return made


def _make_error(tables: str, said: str) -> BuildError:
    table = tables.split(",")[len(DISPLAY)]
    return BuildError(
        f"liblouis cannot write this text with its table {table}: {said}",
        hint="see whether lou_checktable finds something in the table",
        code="braille-tool",
    )


def _cut(text: str) -> list[tuple[str, str]]:
    """Return a text in pieces that the command takes whole, each with the blank cell before it.

    They are cut at spaces, where there are some.
    """
    pieces = []
    between = ""
    while len(text) > LONGEST:
        at = text.rfind(" ", 1, LONGEST)
        at = LONGEST if at < 0 else at
        pieces.append((between, text[:at]))
        between = BLANK if text[at] == " " else ""
        text = text[at:].lstrip(" ")
    return [*pieces, (between, text)]

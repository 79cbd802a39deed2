"""What the tests of the desk in a browser share: a workspace, a desk, scenes in a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, READERS, ROOT, needs_readers
from reviewcases import HEADER

from publish.checks.explaining import list_explanation_strings
from publish.editions.page.interface import extract_interface
from publish.resources import find_template_folder

SETTINGS = (
    'source-language = "en"\nlanguages = ["en", "ru", "ar"]\nformats = ["epub"]\n'
    'documents = ["r"]\n'
)
PARAGRAPHS = 40
MARKED = "See [the law](https://example.org/law) and the *note* of H<sub>2</sub>O.[^a]"
MARKED_ID = "See [the law](1) and the *note* of H<sub>2</sub>O.[^a]"
FUZZY = "This one was changed."
BARE = "This one is new."


def write_source() -> str:
    """Return a document of several screens, with a link, a note, and equal sentences."""
    parts = ["---\ntitle: A long report\nrights: Free\n---\n"]
    for number in range(1, PARAGRAPHS + 1):
        if number % 10 == 1:
            parts.append(f"\n## Part {number // 10 + 1} {{#part-{number // 10 + 1}}}\n")
        parts.append(f"\n{_first(number)} {_second(number)}\n")
    parts.append(f"\n{MARKED} {FUZZY} {BARE}\n\n[^a]: A note about it.\n")
    return "".join(parts)


def _first(number: int) -> str:
    return f"The harvest of year {number} was described by people who had been in the fields."


def _second(number: int) -> str:
    return f"In village {number} they met teachers and doctors."


def write_catalog() -> str:
    """Return the catalog: all is translated but one sentence, and one is fuzzy."""
    pairs = {
        "A long report": "Длинный доклад",
        "Free": "Свободно",
        "A note about it.": "Примечание.",
    }
    for part in range(1, PARAGRAPHS // 10 + 1):
        pairs[f"Part {part}"] = f"Часть {part}"
    for number in range(1, PARAGRAPHS + 1):
        pairs[_first(number)] = f"Урожай года {number} описали люди, которые были на полях."
        pairs[_second(number)] = f"В селе {number} они встретили учителей и врачей."
    pairs[MARKED_ID] = "См. [закон](1) и *примечание* об H<sub>2</sub>O.[^a]"
    entries = "".join(f'\nmsgid "{a}"\nmsgstr "{b}"\n' for a, b in pairs.items())
    fuzzy = f'\n#, fuzzy\n#| msgid "This one was."\nmsgid "{FUZZY}"\nmsgstr "Это было."\n'
    return f'{HEADER}{entries}{fuzzy}\nmsgid "{BARE}"\nmsgstr ""\n'


def make_workspace(root: Path) -> Path:
    """Write the workspace."""
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source" / "r.md").write_text(write_source(), encoding="utf-8")
    path = catalog(root)
    path.parent.mkdir(parents=True)
    path.write_text(write_catalog(), encoding="utf-8")
    return root


def catalog(root: Path) -> Path:
    return root / "locales/ru/LC_MESSAGES/r.po"


def speak(root: Path, tag: str, mark: str) -> None:
    """Give a workspace the words of the desk, and of findings, in a language: each after a mark."""
    rooms = [ROOT / "publish" / "desk" / "static"]
    entries = extract_interface(find_template_folder(), rooms, {"": list_explanation_strings()})
    words = (one.msgid for one in entries)
    pairs = "".join(
        f"\nmsgid {json.dumps(one, ensure_ascii=False)}"
        f"\nmsgstr {json.dumps(f'{mark} {one}', ensure_ascii=False)}\n"
        for one in words
    )
    path = root / "locales" / tag / "LC_MESSAGES" / "publish.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + pairs, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class OpenedDesk:
    """A desk that runs: its workspace, and the address that opens it in one browser."""

    root: Path
    address: str


def command(root: Path, *more: str) -> list[str]:
    """Return the command that serves a workspace at a free port."""
    port = () if "--port" in more else ("--port", "0")
    return [
        *(sys.executable, "-m", "publish", "desk", "--no-browser", "--as", "editor"),
        *("-C", str(root), *port, *more),
    ]


READER = """
import sys
from publish.cli.main import main
from publish.desk import serving
from publish.desk.access import Rights
serving.Rights = lambda own: Rights(propose=True)
sys.exit(main(sys.argv[1:]))
"""
"""A program whose launch address lets in a reader, who else comes through a link."""


@contextmanager
def serving(root: Path, *more: str, reader: bool = False) -> Iterator[OpenedDesk]:
    """Serve a workspace in a process of its own."""
    run = command(root, *more)
    if reader:
        run[1:3] = ["-c", READER]
    with subprocess.Popen(
        run, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=root
    ) as process:
        try:
            assert process.stdout is not None
            yield OpenedDesk(root, process.stdout.readline().strip())
        finally:
            process.terminate()
            process.wait(10)


def play(folder: Path, scenes: list[str], **work: Any) -> dict[str, Any]:
    """Play scenes in a browser, one after another; return what each tells.

    A scene that fails tells `error`; so does each that puts an error into the console.
    """
    needs_readers()
    folder.mkdir(parents=True, exist_ok=True)
    given = {
        "chromium": CHROMIUM,
        "modules": str(READERS / "node_modules"),
        "scenes": scenes,
        **work,
    }
    done = subprocess.run(
        [READERS / "node", ROOT / "tests" / "deskplay.cjs"],
        input=json.dumps(given),
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        pytest.fail(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told

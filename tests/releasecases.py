"""What the tests of releases share: a small series in two languages, and releases of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from lxml import etree
from PIL import Image

from publish.cli.main import main
from publish.signatures.keyfiles import make_key
from publish.signatures.minisign import PublicKey, Strength

ROOT = Path(__file__).resolve().parent.parent
WEAK = Strength(32768, 1 << 17)
"""A key that opens at once."""
PASSPHRASE = "a passphrase for the tests"

SOURCE = """\
---
title: "{title}"
author: "The authors"
published: 2024-06-24
summary: "What was seen in the fields."
keywords: [cotton]
---

# What was found {{#findings}}

The law was read. Nobody was asked.

![A map of the fields](map.png)
The fields.
"""

RUSSIAN = {
    "What was found": "Что было установлено",
    "The law was read.": "Закон был прочитан.",
    "Nobody was asked.": "Никого не спросили.",
    "The fields.": "Поля.",
    "A map of the fields": "Карта полей",
    "The authors": "Авторы",
    "What was seen in the fields.": "Что видели на полях.",
}


@dataclass(frozen=True)
class Released:
    """A workspace, the secret key, and the folder of a signed release."""

    workspace: Path
    key: Path
    folder: Path

    @property
    def files(self) -> dict[str, bytes]:
        return contents(self.folder)


def series(root: Path, *names: str, image: bytes = b"", header: Mapping[str, str] = {}) -> Path:
    """A workspace with these documents in English and Russian, nearly all translated."""
    (root / "source").mkdir(parents=True)
    languages = 'languages = ["en", "ru"]\n'
    (root / "publish.toml").write_text(f'source-language = "en"\n{languages}', "utf-8")
    (root / "source/map.png").write_bytes(image or picture())
    for name in names:
        text = SOURCE.format(title=f"Report {name}")
        (root / f"source/{name}.md").write_text(text, "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    for name in names:
        translate(root, name, RUSSIAN | {f"Report {name}": f"Доклад {name}"}, header)
    return root


def translate(
    root: Path, name: str, texts: Mapping[str, str], header: Mapping[str, str] = {}
) -> None:
    path = root / f"locales/ru/LC_MESSAGES/{name}.po"
    catalog = polib.pofile(str(path))
    catalog.metadata.update({"PO-Revision-Date": "2024-07-01 10:11+0500", **header})
    for entry in catalog:
        entry.msgstr = texts.get(entry.msgid, entry.msgstr)
    catalog.save()


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 220, 200)).save(buffer, "PNG")
    return buffer.getvalue()


def key_in(folder: Path) -> tuple[Path, PublicKey]:
    path = folder / "keys" / "release.key"
    return path, make_key(path, PASSPHRASE, WEAK)


def environment(**more: str) -> dict[str, str]:
    """The variables of a program that is to find this checkout, and the passphrase."""
    own = {"PYTHONPATH": str(ROOT), "PUBLISH_PASSPHRASE": PASSPHRASE}
    return {**os.environ, **own, **more}


def release(root: Path, key: Path, into: Path, *more: str, **variables: str) -> None:
    """A release made by a process of its own."""
    command = [sys.executable, "-m", "publish", "release", "-q", "-C", str(root)]
    command += ["--key", str(key), "--into", str(into), *more]
    done = subprocess.run(
        command, env=environment(**variables), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def parsed(data: bytes) -> Any:
    """The root element of a page or feed."""
    return etree.fromstring(data)

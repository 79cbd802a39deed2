"""What the tests of checking share: a workspace of one document with a wrong number in it."""

from __future__ import annotations

from pathlib import Path

from publish.actions.check import CheckResult, check_translations
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru"]\n'
SOURCE = """\
---
title: Report
revised: 2024-01-02
---

## Victims {#victims}

The police identified 37 victims in 2023. The court released the man.
"""
RU = find("ru")
PO = f"""\
msgid ""
msgstr "Language: ru\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: {RU.plural_forms}\\n"

msgid "Report"
msgstr "Доклад"

msgid "Victims"
msgstr "Жертвы"

msgid "The police identified 37 victims in 2023."
msgstr "Полиция выявила 73 жертвы в 2023 году."

msgid "The court released the man."
msgstr "Суд освободил  этого \\"человека\\"."
"""


def make_workspace(root: Path) -> Path:
    """One document in two languages; one number in it is wrong."""
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source").mkdir()
    (root / "source" / "r.md").write_text(SOURCE, encoding="utf-8")
    catalog(root).parent.mkdir(parents=True)
    catalog(root).write_text(PO, encoding="utf-8")
    return root


def catalog(root: Path, language: str = "ru", name: str = "r") -> Path:
    return root / "locales" / language / "LC_MESSAGES" / f"{name}.po"


def change(root: Path, before: str, after: str) -> None:
    text = catalog(root).read_text(encoding="utf-8")
    assert before in text
    catalog(root).write_text(text.replace(before, after), encoding="utf-8")


def loader(root: Path) -> Loader:
    return Loader(open_workspace(root))


def checked(root: Path, *tags: str, fix: bool = False) -> CheckResult:
    """Check all documents, in all languages unless some are named."""
    return check_translations(loader(root), languages=tags, fix=fix)

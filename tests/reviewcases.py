"""What the tests of reviews share: a workspace of one short document, translated whole."""

from __future__ import annotations

from pathlib import Path

from publish.actions.review import ReviewDecision, SentenceChoice, SentenceGroup, approve
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru"]\nformats = ["epub"]\n'
SOURCE = """\
---
title: Report
author: The authors
revised: 2024-01-02
published: 2024-01-02
rights: Free
summary: A summary.
---

## Victims {#victims}

The police identified 37 victims in 2023. The court released the man.
"""
PAIRS = {
    "Report": "Доклад",
    "The authors": "Авторы",
    "Free": "Свободно",
    "A summary.": "Краткое изложение.",
    "Victims": "Жертвы",
    "The police identified 37 victims in 2023.": "Полиция выявила 37 жертв в 2023 году.",
    "The court released the man.": "Суд освободил этого человека.",
}
RU = find("ru")
HEADER = f"""\
msgid ""
msgstr "Language: ru\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: {RU.plural_forms}\\n"
"""


def po_text(pairs: dict[str, str]) -> str:
    return HEADER + "".join(f'\nmsgid "{a}"\nmsgstr "{b}"\n' for a, b in pairs.items())


def make_workspace(root: Path, source: str = SOURCE, pairs: dict[str, str] | None = None) -> Path:
    """One short document, by default translated whole and without warnings."""
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source").mkdir()
    (root / "source" / "r.md").write_text(source, encoding="utf-8")
    po(root).parent.mkdir(parents=True)
    po(root).write_text(po_text(PAIRS if pairs is None else pairs), encoding="utf-8")
    return root


def po(root: Path) -> Path:
    return root / "locales/ru/LC_MESSAGES/r.po"


def ledger(root: Path) -> Path:
    return root / "locales/ru/LC_MESSAGES/r.review.csv"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def loader(root: Path) -> Loader:
    return Loader(open_workspace(root))


def approved(
    root: Path, choice: SentenceChoice = SentenceGroup.ALL, *, reviewer: str = "editor"
) -> ReviewDecision:
    """Approve sentences, by default all of them."""
    return approve(loader(root), "r", "ru", choice, reviewer=reviewer)

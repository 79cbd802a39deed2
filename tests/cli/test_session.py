"""Some hours of work on a small report: each command with all that it says, as it was accepted."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import Golden
from steady import steady

from publish.cli.main import main

SOURCE = """\
---
title: Report
author: The authors
revised: 2024-01-02
---

## Victims {#victims}

The police identified 37 victims in 2023. The court released the man. Nobody was asked about it.

The officials did not pay the workers in the fields of cotton.

## End {#end}

The law was read aloud to all. Somebody wrote it down in a book.
"""
RUSSIAN = {
    "Report": "Доклад",
    "The authors": "Авторы",
    "Victims": "Жертвы",
    "The police identified 37 victims in 2023.": "Полиция выявила 37 жертв в 2023 году.",
    "The court released the man.": "Суд освободил этого человека.",
    "Nobody was asked about it.": "Никого об этом не спросили.",
    "The officials did not pay the workers in the fields of cotton.": (
        "Чиновники не заплатили работникам на хлопковых полях."
    ),
    "End": "Конец",
    "The law was read aloud to all.": "Закон был прочитан всем вслух.",
}
GLOSSARY = """\
en,ru,status,note
police,полиция,ru=verified,
court,суд,,"of law, not of kings"
cotton,хлопок,ru=partly,
"""


class Session:
    """Runs commands in a workspace and keeps what they say."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys, self.lines = root, capsys, list[str]()

    def publish(self, *words: str) -> None:
        self.capsys.readouterr()
        code = main([*words, "-C", str(self.root)])
        out, err = self.capsys.readouterr()
        shown = " ".join(f'"{word}"' if " " in word else word for word in words)
        text = f"$ publish {shown}\n{out}{err}({code})\n"
        self.lines.append(text.replace(str(self.root), "DIR"))

    def replace(self, name: str, *changes: tuple[str, str]) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        self.lines.append(f"# {name} is edited\n")

    def git(self, *words: str) -> None:
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        command = ["git", "-C", str(self.root), *identity, "-c", "commit.gpgsign=false", *words]
        day = "2024-06-01T12:00:00+0000"
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **dates})

    def text(self) -> str:
        """What was said, without names of commits and without the number of our own words."""
        text = re.sub(r"(?<=since )[0-9a-f]{7,}", "COMMIT", "\n".join(self.lines))
        return steady(re.sub(r"(?<=publish\.po: )\d+", "…", text))


@pytest.fixture
def session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Session:
    monkeypatch.delenv("PUBLISH_REVIEWER", raising=False)
    begun = Session(tmp_path, capsys)
    begun.publish("init", "en", "ru")
    (tmp_path / "source/report.md").write_text(SOURCE, "utf-8")
    begun.publish("update")
    pairs = [(f'msgid "{a}"\nmsgstr ""', f'msgid "{a}"\nmsgstr "{b}"') for a, b in RUSSIAN.items()]
    begun.replace("locales/ru/LC_MESSAGES/report.po", *pairs)
    begun.lines.clear()
    return begun


AS = ("-l", "ru", "--as", "editor", "--date", "2024-06-24")
EDITED = (
    ("identified 37 victims", "identified 38 victims"),
    ("The court released the man. ", ""),
    ("did not pay the workers", "paid the workers"),
    ("The law was read aloud to all. Somebody", "Somebody"),
    ("Nobody was asked", "The law was read aloud to all. Nobody was asked"),
    ("in a book.", "in a book. A new sentence stands here."),
)


def test_a_source_changes_and_its_translation_follows(session: Session, golden: Golden) -> None:
    session.git("init", "-q")
    session.git("add", ".")
    session.git("commit", "-qm", "first")
    session.publish("status")
    session.replace("source/report.md", *EDITED)
    session.publish("status")
    session.publish("diff", "-l", "ru")
    session.publish("diff", "-l", "ru", "--since", "HEAD")
    session.publish("update", "--dry-run")
    session.publish("update")
    session.publish("update")
    session.publish("diff", "-l", "ru")
    session.publish("check", "--level", "advice")
    session.publish("status", "--json")
    golden(Path("cases/session/update.txt"), session.text())


def test_reviews_are_given_and_lapse(session: Session, golden: Golden) -> None:
    session.git("init", "-q")
    session.publish("review")
    session.publish("review", "approve", "victims", "--dry-run", *AS)
    session.publish("review", "approve", "--all", *AS)
    session.publish("review", "reject", "end, sentence 1", "--reason", "who read it?", *AS)
    session.publish("review")
    session.publish("review", "--state", "approved", "-l", "ru")
    session.git("add", ".")
    session.git("commit", "-qm", "approved")
    session.replace("source/report.md", *EDITED)
    session.publish("update", "-q")
    po = "locales/ru/LC_MESSAGES/report.po"
    session.replace(po, ("Никого об этом не спросили.", "Никого об этом не спросилы."))
    session.publish("review")
    session.publish("review", "approve", "--unchanged", *AS)
    session.publish("review", "approve", "--typo", *AS)
    session.publish("review", "prune", "--dry-run")
    session.publish("review", "prune")
    session.publish("review", "--json")
    golden(Path("cases/session/review.txt"), session.text())


def test_slips_of_the_command_line_are_told(session: Session, golden: Golden) -> None:
    for words in (
        ("approve",),
        ("approve", "victims", "--all"),
        ("--all",),
        ("reject",),
        ("reject", "victims"),
        ("prune", "victims"),
        ("approve", "nowhere"),
        ("approve", "--all", "-l", "en"),
    ):
        action = [*words, "--as", "editor"]
        session.publish("review", *action)
    session.publish("review", "approve", "--all")
    session.publish("review", "approve", "--all", "--as", "editor", "--date", "June")
    session.publish("review", "approve", "--all", "--as", "editor", "--reason", "=1")
    session.publish("language", "add", "tk")
    session.publish("review", "approve", "--all", "--as", "editor")
    (session.root / "source/other.md").write_text(SOURCE, "utf-8")
    session.publish("review", "approve", "--all", "-l", "ru", "--as", "editor")
    session.publish("review", "approve", "--all", *AS, "--document", "other")
    session.publish("diff", "-l", "en")
    session.publish("tm", "export")
    session.publish("kit", "export")
    session.publish("glossary")
    golden(Path("cases/session/slips.txt"), session.text())


def test_terms_and_memories_are_told(session: Session, golden: Golden) -> None:
    (session.root / "locales/glossary.csv").write_text(GLOSSARY, "utf-8")
    session.publish("glossary")
    session.publish("glossary", "--json")
    session.publish("glossary", "export", "--format", "csv")
    session.publish("glossary", "export", "-o", str(session.root / "terms.tbx"))
    session.publish("check", "--level", "advice")
    memory = session.root / "ru.tmx"
    session.publish("tm", "export", "-l", "ru", "-o", str(memory))
    session.replace(
        "locales/ru/LC_MESSAGES/report.po",
        ('msgstr "Доклад"', 'msgstr ""'),
        ('msgstr "Конец"', 'msgstr ""'),
    )
    session.publish("tm", "import", str(memory), "-l", "ru", "--dry-run")
    session.publish("tm", "import", str(memory), "-l", "ru")
    session.publish("kit", "export", "-l", "ru", "-o", str(session.root / "kit.zip"))
    session.publish("kit", "import", str(session.root / "kit.zip"))
    session.publish("extract")
    golden(Path("cases/session/terms.txt"), session.text())


def test_settings_that_another_program_wrote_are_left_alone(
    session: Session, golden: Golden
) -> None:
    settings = session.root / "publish.toml"
    settings.write_text('source-language = "en"\n"languages" = ["en", "ru"]\n', "utf-8")
    before = settings.read_bytes()
    session.publish("language", "add", "tk")
    assert settings.read_bytes() == before
    settings.write_text('languages = [\n "en", # the source ]\n "ru",\n]\n', "utf-8")
    before = settings.read_bytes()
    session.publish("language", "add", "tk", "fr")
    assert settings.read_bytes() == before
    session.publish("init")
    golden(Path("cases/session/settings.txt"), session.text())


def test_a_workspace_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    begun = Session(tmp_path, capsys)
    begun.publish("init", "en", "ru", "fr")
    begun.publish("status")
    begun.publish("update")
    begun.publish("plan")
    begun.publish("plan", "-q", "-l", "fr", "-f", "epub")
    begun.publish("build", "-f", "epub", "-l", "en", "-q")
    begun.publish("plan", "-f", "epub", "-l", "en")
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    told = "\n".join(name for name in files if not name.startswith("build/"))
    golden(Path("cases/session/begin.txt"), f"{begun.text()}\n{told}\n")

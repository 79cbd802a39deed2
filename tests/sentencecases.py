"""What the tests of the desk's sentences share: a workspace of two short documents."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.actions.desk.sentences.details import SentenceDetails, describe_sentence
from publish.actions.desk.sentences.saving import Conflict, Saved, save_text
from publish.actions.update import update_catalogs
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import Finding, Key
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru", "tk"]\nformats = ["epub"]\n'
SOURCE = """\
---
title: Report
---

## Victims {#victims}

The police identified 37 victims in 2023. The court released the man.[^a] See [the *law*](https://example.org/law).

- See below.
- The trial was **long**.

## Courts {#courts}

The judges were new. They had no staff. Forced labor is a crime.

- See below.

[^a]: He left the country.
"""
OTHER = """\
---
title: Other
---

## A {#a}

The police identified 12 victims in 2022.

See below.
"""
TEXTS = {
    "Report": "Доклад",
    "Victims": "Жертвы",
    "The police identified 37 victims in 2023.": "Полиция выявила 37 жертв в 2023 году.",
    "The court released the man.[^a]": "Суд освободил этого человека.[^a]",
    "See [the *law*](1).": "См. [*закон*](1).",
    "See below.": "См. ниже.",
    "The trial was **long**.": "Процесс был **долгим**.",
    "Courts": "Суды",
    "The judges were new.": "Судьи были новыми, и у них не было сотрудников.",
    "They had no staff.": "{joined}",
    "Forced labor is a crime.": "Принудительный труд является преступлением.",
    "He left the country.": "Он уехал из страны.",
}
OTHER_TEXTS = {
    "Other": "Другой",
    "A": "А",
    "The police identified 12 victims in 2022.": "Полиция выявила 12 жертв в 2022 году.",
    "See below.": "Смотрите ниже.",
}
GLOSSARY = """\
en,ru,tk,status,note
forced labor,принудительный труд,mejbury zähmet,ru=verified,
court,суд; судебный орган,kazyýet,ru=partly,the building is another word
"""
RU, EN = find("ru"), find("en")
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    f'"Plural-Forms: {RU.plural_forms}\\n"\n'
)


def make_workspace(root: Path) -> Path:
    """Two short documents, translated whole."""
    for name, data in _make_files().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


@cache
def _make_files() -> dict[str, bytes]:
    """The files of the workspace, made once."""
    with TemporaryDirectory() as folder:
        root = _make(Path(folder))
        files = [path for path in root.rglob("*") if path.is_file()]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def _make(root: Path) -> Path:
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source").mkdir()
    (root / "source/r.md").write_text(SOURCE, encoding="utf-8")
    (root / "source/o.md").write_text(OTHER, encoding="utf-8")
    update_catalogs(Loader(open_workspace(root)), ["r", "o"], ["ru"])
    (root / "locales/glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    fill(po(root), TEXTS)
    fill(po(root, "o"), OTHER_TEXTS)
    return root


def fill(path: Path, texts: Mapping[str, str]) -> None:
    data = path.read_text(encoding="utf-8")
    for source, text in texts.items():
        before = f'msgid "{source}"\nmsgstr ""\n'
        assert data.count(before) == 1, source
        data = data.replace(before, f'msgid "{source}"\nmsgstr "{text}"\n')
    path.write_text(data, encoding="utf-8")


def po(root: Path, name: str = "r", tag: str = "ru") -> Path:
    return root / f"locales/{tag}/LC_MESSAGES/{name}.po"


def ledger(root: Path) -> Path:
    return po(root).with_name("r.review.csv")


def edit(path: Path, old: str, new: str) -> None:
    data = path.read_bytes()
    assert data.count(old.encode()) == 1, (data.count(old.encode()), old)
    path.write_bytes(data.replace(old.encode(), new.encode()))


def load(root: Path, language: Language = RU, name: str = "r") -> tuple[Loader, Translation]:
    loader = Loader(open_workspace(root))
    return loader, loader.translation(name, language)


def sid_of(translation: Translation, msgid: str) -> str:
    """Return the id of the first sentence with a msgid."""
    return next(one.id for one in translation.source.sentences if one.unit.msgid == msgid)


def key_of(msgid: str) -> Key:
    return (None, msgid)


def details(
    loader: Loader,
    translation: Translation,
    msgid: str,
    judged: Mapping[str, tuple[Finding, ...]] | None = None,
) -> SentenceDetails:
    return describe_sentence(loader, translation, sid_of(translation, msgid), judged or {})


def save(
    loader: Loader, translation: Translation, msgid: str, text: str, *, fuzzy: bool = False
) -> Saved | Conflict:
    """Save a text as a person does who sees this translation."""
    sid = sid_of(translation, msgid)
    base = describe_sentence(loader, translation, sid, {}).digest
    return save_text(loader, translation, sid, text, base, fuzzy=fuzzy)


def saved(result: Saved | Conflict) -> Saved:
    assert isinstance(result, Saved), result
    return result


def commit(root: Path, day: str) -> str:
    """Commit all files of a workspace at noon of a day; return the short hash."""
    when = f"{day}T12:00:00+00:00"
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    words = ["git", "-C", str(root)]
    subprocess.run([*words, "init", "-q"], check=True)
    subprocess.run([*words, "add", "-A"], check=True)
    environment = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(root)}
    subprocess.run(
        [*words, *person, "commit", "-q", "-m", "x"],
        check=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", **environment},
    )
    made = subprocess.run([*words, "rev-parse", "--short", "HEAD"], check=True, capture_output=True)
    return made.stdout.decode().strip()

"""What changed on disk: nothing is missed, whoever writes it and however."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from publish.actions.desk.watching import YOUNG, Change, Watched
from publish.project.workspace import open_workspace

CATALOG = Change("catalog", "a", "ru")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "publish.toml", 'languages = ["en", "ru", "zh-Hant"]\n')
    write(tmp_path / "source/a.md", "---\ntitle: A\n---\nText.\n")
    write(tmp_path / "source/book/one.md", "# One\n\nText.\n")
    write(tmp_path / "source/map.png", "png")
    write(po(tmp_path), "old")
    write(tmp_path / "locales/glossary.csv", "en,ru\n")
    return tmp_path


def po(root: Path, folder: str = "ru", name: str = "a.po") -> Path:
    return root / "locales" / folder / "LC_MESSAGES" / name


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def replace(path: Path, text: str) -> None:
    """Replace a file in one step, as Poedit and git do."""
    other = path.with_name(f"{path.name}.tmp")
    write(other, text)
    other.replace(path)


class Clock:
    """A clock that runs ahead when it is told to, so that files are old."""

    def __init__(self) -> None:
        self.ahead = 0

    def __call__(self) -> int:
        return time.time_ns() + self.ahead


def watch(root: Path, *, old: bool = True) -> tuple[Watched, Clock]:
    """A workspace that is looked at, and a clock; `old` files are written long ago."""
    clock = Clock()
    watched = Watched(open_workspace(root), clock)
    if old:
        clock.ahead = 10 * YOUNG
        assert watched.look() == ()
    return watched, clock


CHANGES = [
    ("publish.toml", Change("settings")),
    ("pyproject.toml", Change("settings")),
    ("templates/theme.css", Change("settings")),
    ("templates/deep/er.css", Change("settings")),
    ("fonts/face.ttf", Change("settings")),
    ("locales/ru/LC_MESSAGES/publish.po", Change("settings")),
    ("locales/glossary.csv", Change("glossary")),
    ("source/a.md", Change("source", "a")),
    ("source/new.markdown", Change("source", "new")),
    ("source/book/one.md", Change("source", "book")),
    ("source/book/deep/two.md", Change("source", "book")),
    ("source/book/book.toml", Change("source", "book")),
    ("source/map.png", Change("images")),
    ("source/map.ru.png", Change("images")),
    ("source/images/map.png", Change("images")),
    ("locales/ru/LC_MESSAGES/a.po", CATALOG),
    ("locales/en/LC_MESSAGES/a.po", Change("catalog", "a", "en")),
    ("locales/zh_Hant/LC_MESSAGES/book.po", Change("catalog", "book", "zh-Hant")),
    ("locales/ru/LC_MESSAGES/a.review.csv", Change("ledger", "a", "ru")),
]


@pytest.mark.parametrize(("path", "change"), CHANGES, ids=[path for path, _ in CHANGES])
def test_a_written_new_replaced_or_deleted_file_is_one_change(
    root: Path, path: str, change: Change
) -> None:
    watched, _ = watch(root)
    write(root / path, "languages = ['en', 'ru', 'zh-Hant']\n")
    assert watched.look() == (change,)
    assert watched.look() == ()
    replace(root / path, "# other\n")
    assert watched.look() == (change,)
    (root / path).unlink()
    assert watched.look() == ()
    assert watched.look() == (change,)
    assert watched.look() == ()


@pytest.mark.parametrize(
    "path", ["build/ru/a.pdf", "notes.txt", "locales/a.pot", "locales/de/LC_MESSAGES/a.po",
             "source/.hidden.md", "source/.git/x.md", "locales/ru/LC_MESSAGES/a.mo"],
)  # fmt: skip
def test_other_files_are_no_change(root: Path, path: str) -> None:
    watched, _ = watch(root)
    write(root / path, "x")
    assert watched.look() == ()


def test_nothing_has_changed_at_first(root: Path) -> None:
    watched, _ = watch(root, old=False)
    assert watched.look() == ()


def test_changes_are_told_in_the_order_in_which_they_concern_others(root: Path) -> None:
    watched, _ = watch(root)
    for path, _ in CHANGES:
        write(root / path, "languages = []\n")
    kinds = [change.kind for change in watched.look()]
    assert list(dict.fromkeys(kinds)) == [
        "settings", "glossary", "source", "images", "catalog", "ledger",
    ]  # fmt: skip
    assert kinds.count("settings") == 1


def rewrite(path: Path, text: str) -> None:
    """Write a file with a text as long as its own, without a trace in its time."""
    before = path.stat()
    assert len(text) == before.st_size
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_change_within_one_tick_of_the_clock_is_not_missed(root: Path) -> None:
    watched, clock = watch(root)
    clock.ahead = 0
    write(po(root), "one")
    assert watched.look() == (CATALOG,)
    rewrite(po(root), "two")
    assert watched.look() == (CATALOG,)
    rewrite(po(root), "six")
    clock.ahead = 10 * YOUNG  # The next look comes when the file is no longer young.
    assert watched.look() == (CATALOG,)
    assert watched.look() == ()


def test_a_file_that_is_young_at_the_start_is_compared_too(root: Path) -> None:
    watched, _ = watch(root, old=False)
    rewrite(po(root), "new")
    assert watched.look() == (CATALOG,)


def test_the_bytes_of_old_files_are_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched, _ = watch(root)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    assert watched.look() == ()


def test_files_from_a_clock_that_is_ahead_are_compared_for_a_moment_only(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = time.time() + 86_400
    for path in [path for path in root.rglob("*") if path.is_file()]:
        os.utime(path, (tomorrow, tomorrow))
    steady = Clock()
    watched = Watched(open_workspace(root), Clock(), steady)
    (root / "source/a.md").write_text("# B\n", encoding="utf-8")
    os.utime(root / "source/a.md", (tomorrow, tomorrow))
    assert watched.look() == (Change("source", "a"),)
    steady.ahead = 10 * YOUNG
    assert watched.look() == ()
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    assert watched.look() == ()


def test_a_file_that_is_away_for_a_moment_is_not_gone(root: Path) -> None:
    watched, _ = watch(root)
    text = po(root).read_text("utf-8")
    po(root).unlink()
    assert watched.look() == ()
    write(po(root), text + "more")
    assert watched.look() == (CATALOG,)
    assert watched.look() == ()


def test_a_half_written_file_is_told_again(root: Path) -> None:
    watched, _ = watch(root)
    write(po(root), "half")
    (change,) = watched.look()
    watched.look_again([change])
    assert watched.look() == (CATALOG,)
    assert watched.look() == ()
    write(po(root), "half and the rest")
    assert watched.look() == (CATALOG,)


def test_a_folder_in_the_place_of_a_file_and_a_link_to_nowhere(root: Path) -> None:
    watched, _ = watch(root)
    po(root).unlink()
    po(root).mkdir()
    po(root, name="b.po").symlink_to(root / "nowhere")
    assert watched.look() == ()
    assert watched.look() == (CATALOG,)
    write(root / "nowhere", "text")
    assert watched.look() == (Change("catalog", "b", "ru"),)

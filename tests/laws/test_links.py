"""Links at every level of a workspace, of every kind, under every command: one seeded table."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from releasecases import series

from publish.cli.main import main

SECRET = "A line of somebody else's, 4711."

PLACES = (
    "source",
    "source/alpha.md",
    "source/map.png",
    "source/more",
    "source/more/1.md",
    "locales",
    "locales/alpha.pot",
    "locales/glossary.csv",
    "locales/ru",
    "locales/ru/LC_MESSAGES",
    "locales/ru/LC_MESSAGES/alpha.po",
    "locales/ru/LC_MESSAGES/alpha.review.csv",
    "locales/ru/LC_MESSAGES/publish.po",
    "templates",
    "templates/theme.css",
    "templates/text.css",
    "templates/edition.xhtml",
    "templates/logo.png",
    "templates/inner",
    "publish.toml",
    ".git",
    ".git/config",
    ".gitattributes",
    "build",
    "build/en",
    "build/en/alpha.epub",
    "build/.editions",
    "build/.editions/alpha.en.a4.epub.json",
    "build/.cache",
    "build/.status",
    "build/.status/alpha.json",
    "build/kits",
    "build/kits/alpha.ru.zip",
    "build/release",
    "out",
    "out/page.html",
)

SOURCE = "source source/alpha.md "
RUSSIAN = "locales locales/ru locales/ru/LC_MESSAGES locales/ru/LC_MESSAGES/alpha.po "
LEDGER = "locales/ru/LC_MESSAGES/alpha.review.csv "

COMMANDS = {
    "update": SOURCE + RUSSIAN + "locales/alpha.pot",
    "extract": SOURCE + "locales locales/alpha.pot",
    "build -f epub -l en": SOURCE
    + "locales templates templates/theme.css templates/edition.xhtml build build/en"
    " build/en/alpha.epub build/.editions",
    "check": SOURCE + RUSSIAN,
    "check --fix": SOURCE + RUSSIAN,
    "check --built": "build build/en build/en/alpha.epub",
    "check --html {root}/out/page.html": "out out/page.html",
    "status": SOURCE + RUSSIAN,
    "plan": SOURCE,
    "review -l ru": SOURCE + RUSSIAN + LEDGER,
    "review approve --all -l ru --as editor": SOURCE + RUSSIAN + LEDGER,
    "review reject p1 -l ru --as editor --reason wrong": SOURCE + RUSSIAN + LEDGER,
    "review prune -l ru": SOURCE + RUSSIAN + LEDGER,
    "diff -l ru --html {root}/out/page.html": SOURCE + RUSSIAN + "out out/page.html",
    "kit export -l ru": SOURCE + RUSSIAN + "build build/kits build/kits/alpha.ru.zip",
    "kit import {kit} -l ru": SOURCE + RUSSIAN,
    "tm export -o {root}/out/page.html": RUSSIAN + "out out/page.html",
    "glossary export -o {root}/out/page.html": "locales locales/glossary.csv out out/page.html",
    "language add tk": "publish.toml",
    "release --unsigned": SOURCE + "build build/release",
    "release --unsigned --into {root}/out": SOURCE + "out",
    "merge-po --install": ".git .git/config .gitattributes",
}
"""The commands, and places in each of which a link to what was there must be refused."""

KINDS = ("absolute", "through ..", "chain", "dangling", "the other kind")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one of everything, in a folder of its own, and a kit beside it."""
    root = series(tmp_path_factory.mktemp("made") / "work", "alpha")
    text = (root / "publish.toml").read_text("utf-8")
    (root / "publish.toml").write_text(text + 'formats = ["epub"]\n', "utf-8")
    (root / "locales/glossary.csv").write_text("en,ru,status,note\nlaw,закон,,\n", "utf-8")
    here = ["-q", "-C", str(root)]
    assert main(["build", *here]) in (0, 1)
    assert main(["review", "approve", "--all", "-l", "ru", "--as", "editor", *here]) in (0, 1)
    assert main(["status", *here]) == 0
    assert main(["kit", "export", "-l", "ru", "-o", str(root.with_name("kit.zip")), *here]) == 0
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def replace_by_link(root: Path, place: str, kind: str) -> tuple[Path, Path]:
    """Put a link of this kind in a place, with what was there outside; return it and its end."""
    path, end = root / place, root.with_name("outside") / "there"
    end.parent.mkdir()
    is_folder = path.is_dir() or not (path.exists() or path.suffix)
    if kind == "dangling":
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    elif kind == "the other kind":
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        end.write_text(SECRET, "utf-8") if is_folder else end.mkdir()
    elif path.exists():
        path.rename(end)
    elif is_folder:
        end.mkdir()
    else:
        end.write_text(SECRET, "utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    target: Path | str = end
    if kind == "chain":
        target = end.with_name("middle")
        target.symlink_to(end)
    elif kind == "through ..":
        target = os.path.relpath(end, os.path.realpath(path.parent))
    path.symlink_to(target)
    return path, end


def seen(folder: Path) -> dict[str, object]:
    """All that is in a folder: bytes, links, and when each was changed."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mtime_ns,
            path.readlink() if path.is_symlink() else path.is_file() and path.read_bytes(),
        )
        for path in (folder, *folder.rglob("*"))
    }


def cases(command: str) -> Iterator[tuple[str, str]]:
    """Each place with two kinds of link, chosen by a seed."""
    chance = random.Random(f"16 {command}")
    for place in PLACES:
        for kind in chance.sample(KINDS, 2):
            yield place, kind


@pytest.mark.full
@pytest.mark.parametrize("command", COMMANDS)
def test_no_link_leads_a_command_out_of_the_workspace(
    made: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    wrong = []
    for number, (place, kind) in enumerate(cases(command)):
        root = tmp_path / str(number) / "work"
        shutil.copytree(made, root, symlinks=True)
        link, end = replace_by_link(root, place, kind)
        before, leads = seen(end.parent), link.readlink()
        words = command.replace("{root}", str(root)).replace("{kit}", str(made.parent / "kit.zip"))
        here = [] if command.startswith("merge-po") else ["-C", str(root)]
        capfd.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(root)
            code = main([*words.split(), *here])
        said = "".join(capfd.readouterr())
        must = place in COMMANDS[command].split()
        case = f"{place}, {kind}: exit code {code}: {said[-300:]}"
        if seen(end.parent) != before:
            wrong.append(f"changed outside: {case}")
        if not link.is_symlink() or link.readlink() != leads:
            wrong.append(f"the link is gone: {case}")
        if "4711" in said or "Traceback" in said or "error[fault]" in said:
            wrong.append(f"told or failed: {case}")
        if "link-refused" in said and not (link.name in said and str(end) in said):
            wrong.append(f"link or target not named: {case}")
        if must and kind in KINDS[:3] and "link-refused" not in said:
            wrong.append(f"not refused: {case}")
        shutil.rmtree(root.parent)
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)

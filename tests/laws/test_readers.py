"""Finished books and pages in a real browser, and before an accessibility checker."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from browsing import Look, look_at, look_at_pages, needs_readers, run_ace

from publish.cli.main import main

pytestmark = pytest.mark.full

NARROW = 320
"""CSS px: the width at which text must still need no scrolling to the side (WCAG 1.4.10)."""

NAME = "tip-2024-turkmenistan"
WORD = "Neuchtige" * 9
WIDE = f"""\
---
title: Wide {WORD}
author: The authors
published: 2024-06-24
source-url: https://example.org/{"a" * 90}/
---

# Wide things: {WORD}

{WORD} and <https://example.org/{"b" * 90}/> and `{"code" * 30}`.

| {" | ".join(f"Column {n}" for n in range(12))} |
|{"---|" * 12}
| {" | ".join(f"{n}0,000 {WORD[:30]}" for n in range(12))} |

![A wide picture](wide.svg)
The caption: {WORD}

> > > - Deep
> > >   1. {WORD}[^1]

```
{"x " * 90}{"y" * 90}
```

[^1]: {WORD}
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="90" viewBox="0 0 3000 90">'
    '<rect width="3000" height="90"/></svg>'
)
PERSIAN = """\
---
title: گزارش
published: 2024-06-24
---

# بخش نخست

متن[^1]

- مورد

> نقل

[^1]: یادداشت
"""


@pytest.fixture(scope="module")
def books(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Books of all kinds, by a name for each."""
    needs_readers()
    root = tmp_path_factory.mktemp("readers")
    report = _report(repository, root / "report", 'bilingual = ["ru+en"]\n')
    assert main(["build", "-q", "-C", str(report)]) == 0
    lettered = _report(repository, root / "lettered", 'epub-fonts = "embedded"\n')
    assert main(["build", "-q", "-C", str(lettered), "-l", "ru", "-f", "epub"]) == 0
    rich = root / "rich"
    shutil.copytree(repository / "tests/cases/workspace", rich)
    assert main(["update", "-q", "-C", str(rich)]) == 0
    assert main(["build", "-q", "-C", str(rich)]) == 0
    wide = _small(root / "wide", "en", WIDE)
    persian = _small(root / "persian", "fa", PERSIAN)
    files = {f"report-{tag}": report / f"build/{tag}/{NAME}.epub" for tag in ("en", "ru", "tk")}
    files |= {f"rich-{tag}": rich / f"build/{tag}/rich.epub" for tag in ("en", "ru")}
    files |= {"pair": report / f"build/ru+en/{NAME}.epub"}
    files |= {"lettered": lettered / f"build/ru/{NAME}.epub"}
    files |= {"wide": wide / "build/en/report.epub", "persian": persian / "build/fa/report.epub"}
    return {name: path.read_bytes() for name, path in files.items()}


def _report(repository: Path, root: Path, setting: str) -> Path:
    for part in ("source", "locales"):
        shutil.copytree(repository / part, root / part)
    settings = (repository / "pyproject.toml").read_text("utf-8")
    changed = settings.replace("[tool.publish]\n", f"[tool.publish]\n{setting}")
    (root / "pyproject.toml").write_text(changed, "utf-8")
    return root


def _small(root: Path, language: str, source: str, kind: str = "epub") -> Path:
    (root / "source").mkdir(parents=True)
    settings = f'source-language = "{language}"\nlanguages = ["{language}"]\nformats = ["{kind}"]\n'
    (root / "publish.toml").write_text(settings, "utf-8")
    (root / "source/report.md").write_text(source, "utf-8")
    (root / "source/wide.svg").write_text(SVG, "utf-8")
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


def changed(book: bytes, name: str, old: str, new: str) -> bytes:
    """The book with the first match of a pattern exchanged in one of its files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(buffer, "w") as made:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == f"EPUB/{name}":
                text, count = re.subn(old, new, content.decode(), count=1)
                assert count == 1, (name, old)
                content = text.encode()
            made.writestr(entry, content)
    return buffer.getvalue()


BROKEN = {
    "no alternative": ("cover.xhtml", r' alt="[^"]*"', "", "image-alt in cover.xhtml"),
    "no language": (
        "text-1.xhtml",
        ' lang="en" xml:lang="en"',
        "",
        "html-has-lang in text-1.xhtml",
    ),
    "no place of a page": (
        "text-1.xhtml",
        ' id="edition-page-5"',
        "",
        "epub-pagelist-broken in /EPUB/nav.xhtml",
    ),
}
"""What Ace must find, or its silence proves nothing: file, what is exchanged, and the finding."""


def test_ace_finds_nothing_but_what_was_broken(books: dict[str, bytes], tmp_path: Path) -> None:
    twins = {
        name: changed(books["report-en"], file, old, new)
        for name, (file, old, new, _) in BROKEN.items()
    }
    told = run_ace(tmp_path, {**books, **twins})
    for name, (_, _, _, finding) in BROKEN.items():
        assert finding in told.pop(name)
    assert told == {name: [] for name in books}


def test_every_page_can_be_read_on_a_phone_by_day_and_by_night(
    books: dict[str, bytes], tmp_path: Path
) -> None:
    looks = look_at(tmp_path, books, NARROW)
    for name, found in looks.items():
        assert {look.way for look in found} == {"day", "night", "theme"}
        assert len(found) >= 3 * 5, name
        assert sum(look.texts for look in found) > 3 * 20, name
    assert [fault for found in looks.values() for look in found for fault in look.faults] == []


CLUMSY = {
    "wide": ("style.css", r"img \{ max-width: 100%;", "img {"),
    "asked": ("text-1.xhtml", "<p ", '<img src="https://a.example/x.png" alt=""/><p '),
    "said": ("text-1.xhtml", "<p ", "<script>console.error(1)</script><p "),
    "pale": ("style.css", r"\Z", "p { color: #222 }"),
}
"""Damage, by the list of a Look that must name it."""


def test_a_browser_finds_each_kind_of_fault(books: dict[str, bytes], tmp_path: Path) -> None:
    twins = {name: changed(books["wide"], *damage) for name, damage in CLUMSY.items()}
    looks = look_at(tmp_path, twins, NARROW)
    for name, found in looks.items():
        assert any(_list_of(look, name) for look in found), name


def _list_of(look: Look, name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(look, name)
    return found


# --------------------------------------------------------------------------- pages of HTML


@pytest.fixture(scope="module")
def pages(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Pages of HTML of all kinds, with links to other languages, by a name for each."""
    needs_readers()
    root = tmp_path_factory.mktemp("pages")
    more = 'bilingual = ["ru+en"]\nlists = ["figures", "tables"]\n'
    report = _report(repository, root / "report", more)
    assert main(["build", "-q", "-C", str(report), "-f", "html"]) == 0
    rich = root / "rich"
    shutil.copytree(repository / "tests/cases/workspace", rich)
    with (rich / "publish.toml").open("a", encoding="utf-8") as settings:
        settings.write('epub-fonts = "embedded"\n')
    assert main(["update", "-q", "-C", str(rich)]) == 0
    assert main(["build", "-q", "-C", str(rich), "-f", "html"]) == 0
    made = {
        "wide": _small(root / "wide", "en", WIDE, "html"),
        "persian": _small(root / "persian", "fa", PERSIAN, "html"),
    }
    shown = root / "specimen"
    _small(shown, "en", WIDE, "html")
    shutil.copytree(repository / "tests/cases/specimen", shown / "source", dirs_exist_ok=True)
    assert main(["build", "-q", "-C", str(shown)]) == 0
    together = _all_in_one(root / "together")
    files = {f"report-{tag}": report / f"build/{tag}/{NAME}.html" for tag in ("en", "ru", "tk")}
    files |= {f"rich-{tag}": rich / f"build/{tag}/rich.html" for tag in ("en", "ru")}
    files |= {"pair": report / f"build/ru+en/{NAME}.html"}
    files |= {"specimen": shown / "build/en/specimen.html"}
    files |= {name: next(one.glob("build/*/report.html")) for name, one in made.items()}
    found = {name: path.read_bytes() for name, path in files.items()}
    return found | dict.fromkeys(("all", "all#fa", "all#fa.p1", "all#ru"), together)


def _all_in_one(root: Path) -> bytes:
    """A page with all languages; each is looked at as its address shows it."""
    _small(root, "en", WIDE, "html")
    settings = root / "publish.toml"
    text = settings.read_text("utf-8").replace(
        'languages = ["en"]', 'languages = ["en", "fa", "ru"]'
    )
    settings.write_text(f'{text}html = "together"\n', "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    assert main(["build", "-q", "-C", str(root)]) == 0
    return (root / "build/mul/report.html").read_bytes()


WINDOWS = {"a phone": (320, 640, 1), "400 %": (320, 256, 4), "a desktop": (1280, 800, 1)}
"""Width, height (CSS px) and scale: at 400 % a window of 1280 by 1024 is one of 320 by 256."""


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_and_a_browser_find_nothing_in_any_page(
    pages: dict[str, bytes], tmp_path: Path, window: str
) -> None:
    looks = look_at_pages(tmp_path, pages, *WINDOWS[window])
    for name, found in looks.items():
        assert {look.way for look in found} == {"light", "dark"}
        assert sum(look.texts for look in found) > 2 * 8, name
    assert [fault for found in looks.values() for look in found for fault in look.faults] == []


CLUMSY_PAGES = {
    "wide": (r"img,\s*\.picture\s*\{\s*max-width:\s*100%;", "img {"),
    "asked": (r"<meta http-equiv=[^>]*>(.*)<p ", r'\1<img src="x.png" alt="x"/><p '),
    "said": ("<p ", "<script>x()</script><p "),
    "pale": ("</style>", "p { color: #888; background: #999 }</style>"),
    "rules": (r"<h2(.*?)</h2>", r"<h4\1</h4>"),
}
"""Damage to a page, by the list of a Look that must name it."""


def test_a_browser_and_axe_find_each_kind_of_fault_in_a_page(
    pages: dict[str, bytes], tmp_path: Path
) -> None:
    text = pages["wide"].decode()
    twins = {}
    for name, (old, new) in CLUMSY_PAGES.items():
        twin, count = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert count == 1, name
        twins[name] = twin.encode()
    looks = look_at_pages(tmp_path, twins, *WINDOWS["a phone"])
    for name, found in looks.items():
        assert any(_list_of(look, name) for look in found), name

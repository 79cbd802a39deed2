"""Pages of HTML: the same text as the EPUB's, one structure in every browser, nothing loaded."""

from __future__ import annotations

import re
import shutil
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
import tinyhtml5  # type: ignore[import-untyped]
from lxml import etree
from PIL import Image

from publish.building.pairing import join_languages
from publish.building.preparing import PreparedText, prepare
from publish.cli.main import main
from publish.editions.audit.webpages import open_page
from publish.editions.html.webpage import ADDED
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.writers import write_edition
from publish.errors import BuildError
from publish.languages.registry import find
from publish.model import Format
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

HTML = "{http://www.w3.org/1999/xhtml}"
CASES = Path(__file__).parent.parent / "cases"
SOME, MORE = ("ru", "rich-ru", "ru+en", "specimen", "ar"), ("en", "tk", "rich-en")
KINDS = (*SOME, *(pytest.param(kind, marks=pytest.mark.full) for kind in MORE))


@pytest.fixture(scope="module")
def prepared(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, PreparedText]:
    """The report in its languages, and examples of all kinds of blocks."""
    report = Loader(open_workspace(repository))
    (name,) = report.workspace.documents()
    found = {tag: prepare(report, name, find(tag), use_fuzzy=False) for tag in ("en", "ru", "tk")}
    found["ru+en"] = join_languages(found["ru"], found["en"])
    root = tmp_path_factory.mktemp("pages")
    shutil.copytree(CASES / "workspace", root / "rich")
    assert main(["update", "-q", "-C", str(root / "rich")]) == 0
    rich = Loader(open_workspace(root / "rich"))
    found |= {
        f"rich-{tag}": prepare(rich, "rich", find(tag), use_fuzzy=False) for tag in ("en", "ru")
    }
    for name, tag in (("specimen", "en"), ("ar", "ar")):
        folder = root / name
        (folder / "source").mkdir(parents=True)
        settings = f'source-language = "{tag}"\nlanguages = ["{tag}"]\nformats = ["html"]\n'
        (folder / "publish.toml").write_text(settings + 'lists = ["tables"]\n', "utf-8")
        cases = CASES / ("specimen" if tag == "en" else "right-to-left")
        for path in cases.glob("*.svg" if tag == "en" else "ar.md"):
            shutil.copy(path, folder / "source")
        if tag == "en":
            shutil.copy(cases / "specimen.md", folder / "source")
        loader = Loader(open_workspace(folder))
        found[name] = prepare(loader, name, find(tag), use_fuzzy=False)
    return found


def written(text: PreparedText, kind: Format) -> bytes:
    tree = make_edition_tree(text.text, text.materials)
    return write_edition(kind, text.text, tree, text.materials).data


@pytest.fixture(scope="module")
def pages(prepared: dict[str, PreparedText]) -> dict[str, bytes]:
    return {name: written(text, "html") for name, text in prepared.items()}


def root_of(page: bytes) -> etree._Element:
    return open_page("page.html", page).root


# --------------------------------------------------------------------------- same letters


def letters(text: str) -> str:
    """Letters and digits only; what typography changes does not count."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if character.isalnum())


def texts(element: etree._Element) -> Iterator[str]:
    """The words of an element without what only a page of HTML has."""
    kinds = (element.get("class") or "").split()
    if isinstance(element.tag, str) and not set(ADDED) & set(kinds):
        yield element.text or ""
        for child in element:
            yield from texts(child)
            yield child.tail or ""


def book_texts(book: bytes) -> dict[str, str]:
    """The letters of each page of an EPUB; of its nav, those of contents and lists."""
    found = {}
    with zipfile.ZipFile(BytesIO(book)) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                body = etree.fromstring(archive.read(name)).find(f"{HTML}body")
                assert body is not None
                for nav in list(body):
                    if nav.get("hidden"):
                        body.remove(nav)
                found[name.removeprefix("EPUB/")] = letters("".join(texts(body)))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_the_letters_of_the_book(
    prepared: dict[str, PreparedText], pages: dict[str, bytes], kind: str
) -> None:
    """Law (same letters): by letters and digits a page is the EPUB of the same text."""
    book = book_texts(written(prepared[kind], "epub"))
    root = root_of(pages[kind])
    (main_part,) = root.iter(f"{HTML}main")
    cover, *rest = main_part.iterchildren(etree.Element)
    navs = [part for part in rest if part.tag == f"{HTML}nav"]
    body = [part for part in rest if part.tag != f"{HTML}nav"]
    for second in [one for nav in navs for one in nav.iterfind(f"{HTML}h2/*[@class='second']")]:
        second.clear()  # The nav of a book has its heading in the first language only.
    (header,) = root.iter(f"{HTML}header")
    (footer,) = root.iter(f"{HTML}footer")
    title = letters("".join((*texts(cover), *texts(header))))
    assert Counter(title) == Counter(book["title.xhtml"])
    assert letters("".join(texts(footer))) == book["imprint.xhtml"]
    assert letters("".join(word for nav in navs for word in texts(nav))) == book["nav.xhtml"]
    told = "".join(book[name] for name in sorted(book, key=place) if name.startswith("text-"))
    assert letters("".join(word for part in body for word in texts(part))) == told
    assert len(told) > 300


def place(name: str) -> int:
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 0


# --------------------------------------------------------------------------- one structure


def as_values(element: etree._Element) -> tuple[object, ...]:
    """An element with all in it, without the declarations of namespaces."""
    tag = str(element.tag)
    named = tag if "}" in tag else f"{HTML}{tag}"
    attributes = sorted((str(k), str(v)) for k, v in element.items() if "xmlns" not in str(k))
    inside = tuple((as_values(child), child.tail or "") for child in element)
    return named, attributes, element.text or "", inside


@pytest.mark.parametrize("kind", KINDS)
def test_browsers_read_a_page_as_it_was_written(pages: dict[str, bytes], kind: str) -> None:
    """What an HTML parser makes of the file is the tree that was written: no end tag is missing."""
    page = re.sub(rb"<style>.*?</style>", b"<style></style>", pages[kind], flags=re.DOTALL)
    read = tinyhtml5.parse(page.decode())
    assert as_values(read) == as_values(etree.fromstring(page))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_one_title_and_headings_in_order(pages: dict[str, bytes], kind: str) -> None:
    root = root_of(pages[kind])
    ranks = [int(e.tag[-1]) for e in root.iter(etree.Element) if re.search(r"}h\d$", str(e.tag))]
    assert ranks[0] == 1
    assert ranks.count(1) == (2 if "+" in kind else 1)
    assert all(after - before <= 1 for before, after in pairwise(ranks)), ranks
    tags = [str(e.tag).removeprefix(HTML) for e in root[1]]
    assert tags == ["a", "header", "main", "footer"]


@pytest.mark.parametrize("kind", KINDS)
def test_ids_are_there_once_and_links_lead_to_them(pages: dict[str, bytes], kind: str) -> None:
    root = root_of(pages[kind])
    ids = Counter(e.get("id") for e in root.iter(etree.Element) if e.get("id"))
    assert [one for one, count in ids.items() if count > 1] == []
    hrefs = [link.get("href") or "" for link in root.iter(f"{HTML}a")]
    assert [href for href in hrefs if href[:1] == "#" and href[1:] not in ids] == []
    named = {
        e.get(name)
        for e in root.iter(etree.Element)
        for name in ("aria-labelledby",)
        if e.get(name)
    }
    assert named <= set(ids)
    assert hrefs[0][1:] in ids


@pytest.mark.parametrize("kind", KINDS)
def test_every_paragraph_has_its_number_as_a_link_to_itself(
    pages: dict[str, bytes], kind: str
) -> None:
    root = root_of(pages[kind])
    numbers = [e for e in root.iter(f"{HTML}a") if e.get("class") == "number"]
    assert len(numbers) > 2
    for link in numbers:
        parent = link.getparent()
        assert parent is not None
        assert parent[0] is link
        assert not parent.text
        assert link.get("href") == f"#{parent.get('id')}"
        assert link.get("aria-label") == f"¶ {(link.text or '').strip()}"


def test_the_list_of_languages_is_in_the_language_of_the_page(pages: dict[str, bytes]) -> None:
    (nav,) = [e for e in root_of(pages["ar"]).iter(f"{HTML}nav") if e.get("aria-label")]
    assert (nav.get("aria-label"), nav.get("lang"), nav.get("dir")) == ("اللغات", None, None)


def test_the_headings_of_the_text_are_below_the_title_whatever_they_begin_with(
    tmp_path: Path,
) -> None:
    (tmp_path / "source").mkdir()
    settings = 'source-language = "en"\nlanguages = ["en"]\nformats = ["html"]\n'
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    ranks = range(1, 7)
    text = "".join(f"{'#' * rank} Rank {rank}\n\nText {rank}.\n\n" for rank in ranks)
    (tmp_path / "source/a.md").write_text(f"---\ntitle: T\n---\n\n{text}", "utf-8")
    (tmp_path / "source/b.md").write_text("---\ntitle: T\n---\n\n### Three\n\nText.\n", "utf-8")
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    found = root_of((tmp_path / "build/en/a.html").read_bytes())
    headings = [e for e in found.iter(etree.Element) if (e.text or "").startswith("Rank")]
    told = [(e.tag.removeprefix(HTML), e.get("aria-level")) for e in headings if "}h" in str(e.tag)]
    assert told == [(f"h{rank + 1}", None) for rank in range(1, 6)] + [("h6", "7")]
    found = root_of((tmp_path / "build/en/b.html").read_bytes())
    assert [e.text for e in found.iter(f"{HTML}h2")][1] == "Three"


def test_a_formula_in_a_heading_is_words_in_the_contents(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    settings = 'source-language = "en"\nlanguages = ["en"]\nformats = ["html"]\n'
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    (tmp_path / "source/a.md").write_text("---\ntitle: T\n---\n\n# Sum $x^2$\n\nText.\n", "utf-8")
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    root = root_of((tmp_path / "build/en/a.html").read_bytes())
    (nav,) = [e for e in root.iter(f"{HTML}nav") if e.get("role")]
    assert "".join(map(str, nav[1].itertext())) == "Sum x^2"
    assert len(list(root.iter("{http://www.w3.org/1998/Math/MathML}math"))) == 1


# --------------------------------------------------------------------------- alone


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_small_and_loads_nothing(pages: dict[str, bytes], kind: str) -> None:
    page = open_page("page.html", pages[kind])
    pictures = sum(len(e.get("src") or "") for e in page.root.iter(f"{HTML}img"))
    assert len(pages[kind]) - pictures <= 300_000
    (policy,) = [
        e.get("content") or "" for e in page.root.iter(f"{HTML}meta") if e.get("http-equiv")
    ]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    for element in page.root.iter(etree.Element):
        assert element.tag not in {f"{HTML}script", f"{HTML}iframe"}
        for name in ("src", "srcset", "poster"):
            assert (element.get(name) or "data:").startswith("data:")
        if element.tag == f"{HTML}link":
            assert (element.get("rel"), element.get("href")) == ("icon", "data:,")
    assert "url(" not in page.css
    assert "@import" not in page.css


def test_the_style_sheet_has_no_comments_and_keeps_its_strings(
    prepared: dict[str, PreparedText], tmp_path: Path
) -> None:
    rule = 'q::before { content: "a ;  } \\" , " ; /* gone */ color : red }'
    css = open_page("page.html", themed(prepared["en"], tmp_path, theme_css=rule)).css
    assert 'q::before{content: "a ;  } \\" , ";color : red}' in css
    assert "/*" not in css
    assert "gone" not in css
    assert "\n\n" not in css


def test_a_page_has_no_elements_for_looks_alone(pages: dict[str, bytes]) -> None:
    assert b'class="whole"' not in pages["ru"]
    assert b'class="joint"' in pages["en"]


def test_a_heavy_page_is_told_with_its_weight_and_a_light_one_with_pictures_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").mkdir()
    settings = 'source-language = "en"\nlanguages = ["en"]\nformats = ["html"]\n'
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    Image.effect_noise((700, 700), 90).save(tmp_path / "source/noise.png")
    assert (tmp_path / "source/noise.png").stat().st_size > 300_000
    text = "---\ntitle: T\n---\n\n# One\n\n![Noise](noise.png)\n\n"
    source = tmp_path / "source/a.md"
    source.write_text(text, "utf-8")
    assert main(["build", "-C", str(tmp_path)]) == 0
    assert "page-large" not in capsys.readouterr().err
    source.write_text(text + "A few words of a book. " * 14_000, "utf-8")
    assert main(["build", "-C", str(tmp_path)]) == 0
    told = capsys.readouterr().err
    assert re.search(r"advice\[page-large\]: a, HTML in en: it has 33\d kB without", told)
    assert main(["build", "-C", str(tmp_path)]) == 0
    assert "page-large" in capsys.readouterr().err


@pytest.mark.full
def test_the_fonts_of_the_settings_are_in_the_page(prepared: dict[str, PreparedText]) -> None:
    text = prepared["ru"]
    lettered = replace(text, materials=replace(text.materials, embed_fonts=True))
    page = open_page("page.html", written(lettered, "html"))
    fonts = re.findall(r'url\("data:font/woff2;base64,[^"]{1000,}"\)', page.css)
    assert fonts
    assert len(re.findall(r"url\(", page.css)) == len(fonts)
    assert len(page.data) <= 300_000


def themed(text: PreparedText, folder: Path, **files: str) -> bytes:
    """The page with these files among its templates."""
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, "utf-8")
    folders = (folder, *text.materials.templates)
    return written(replace(text, materials=replace(text.materials, templates=folders)), "html")


@pytest.mark.parametrize(
    "rule",
    [
        'p { background: url("https://example.org/x.png") }',
        "p { background: \\75rl(//example.org/x) }",
        '@import "x.css";',
        "p { background: image-set('x.png' 1x) }",
    ],
)
def test_a_theme_that_loads_is_refused(
    prepared: dict[str, PreparedText], tmp_path: Path, rule: str
) -> None:
    with pytest.raises(BuildError) as refused:
        themed(prepared["en"], tmp_path, theme_css=rule)
    assert refused.value.code == "address-refused"


def test_a_theme_can_show_an_image_of_the_edition(
    prepared: dict[str, PreparedText], tmp_path: Path
) -> None:
    text = prepared["rich-en"]
    rule = "p { background: url(map.png) } q { background: url('icon.png') }"
    page = open_page("page.html", themed(text, tmp_path, theme_css=rule))
    assert page.css.count('url("data:image/png;base64,') == page.css.count("url(") == 2


@pytest.mark.parametrize(
    "more",
    [
        "<script>x()</script>",
        '<p onclick="x()">a</p>',
        '<iframe src="https://example.org/"></iframe>',
        '<p><img src="https://example.org/x.png" alt="x"/></p>',
        '<p><a href="javascript:x()">a</a></p>',
        '<p><a href="#nowhere">a</a></p>',
    ],
)
def test_a_template_that_runs_loads_or_leads_nowhere_is_refused(
    prepared: dict[str, PreparedText], tmp_path: Path, more: str
) -> None:
    given = (prepared["en"].materials.templates[-1] / "edition.xhtml").read_text("utf-8")
    changed = given.replace("{{ contents }}", f"<div>{more}</div>{{{{ contents }}}}")
    with pytest.raises(BuildError):
        themed(prepared["en"], tmp_path, edition_xhtml=changed)


def test_what_a_template_adds_is_kept(prepared: dict[str, PreparedText], tmp_path: Path) -> None:
    given = (prepared["en"].materials.templates[-1] / "edition.xhtml").read_text("utf-8")
    changed = given.replace("{{ contents }}", "<div><p>A word more.</p></div>{{ contents }}")
    assert b"<p>A word more.</p>" in themed(prepared["en"], tmp_path, edition_xhtml=changed)


def test_what_a_theme_says_cannot_end_the_style_sheet(
    prepared: dict[str, PreparedText], tmp_path: Path
) -> None:
    rule = 'p::after { content: "</style><script>x()</script>" }'
    page = themed(prepared["en"], tmp_path, theme_css=rule)
    read = tinyhtml5.parse(page.decode())
    assert list(read.iter(f"{HTML}script")) == []
    assert len(list(read.iter(f"{HTML}style"))) == 1


HOSTILE = r"""---
title: '\</title>\<script>x()\</script>'
author: '\<img src=x onerror=x()>'
summary: '-->\</style>\<script>x()\</script>'
published: 2024-06-24
---

# `</nav></main>` <https://example.org/?a=1&b=2>

`<script>x()</script>` and `]]>` and `<!--`

```
</style></textarea></template><script>x()</script>
```

![`</p><script>`](map.svg)
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    settings = 'source-language = "en"\nlanguages = ["en"]\nformats = ["html"]\n'
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    (tmp_path / "source/map.svg").write_text(DRAWING, "utf-8")
    (tmp_path / "source/a.md").write_text(HOSTILE, "utf-8")
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    data = (tmp_path / "build/en/a.html").read_bytes()
    page = re.sub(rb"<style>.*?</style>", b"<style></style>", data, flags=re.DOTALL)
    read = tinyhtml5.parse(page.decode())
    assert as_values(read) == as_values(etree.fromstring(page))
    assert list(read.iter(f"{HTML}script")) == []
    assert "<script>x()</script>" in "".join(read.itertext())
    assert main(["check", "--built", "-q", "-C", str(tmp_path)]) == 0

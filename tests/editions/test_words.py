"""The words of editions: which languages have them, whole and right, and that editions use them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from releasecases import picture
from scripts import FILES, find_files

from publish.building.keys import find_input_files
from publish.building.preparing import draft_text, prepare
from publish.checks.engine import check_catalog
from publish.checks.views import CatalogView
from publish.cli.main import main
from publish.editions.epub.book import make_book
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.interface import is_shown_in_editions
from publish.editions.page.xhtml import Element
from publish.editions.pagination import Pagination, digest_text
from publish.languages.cldr import find_language_name
from publish.languages.registry import find
from publish.languages.spacing import fold_typography
from publish.model import Catalog, Edition
from publish.po.pofile import extract_catalog, read_po_file
from publish.project.packedwords import find_packed_words
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

ROOT = Path(__file__).parents[2]

TAGS = "ar az be de es fa fr hi hy it ka kk ky pl pt ru tg tk tr uk ur uz zh-Hans"
LANGUAGES = tuple(TAGS.split())

SOURCE = """---
title: Katoen
author: De schrijver
{facts}
---
# Wat wij zagen {{#one}}

De velden zijn groot.[^1] Zie [](#map) en [](#table).

![](map.png){{#map}}
De kaart.

| Dorp | Mensen |
|------|-------:|
| Noord | 12 |

: Het dorp. {{#table}}

- [x] gelezen
- [ ] geschreven

> [!NOTE]
> Een.

> [!TIP]
> Twee.

> [!IMPORTANT]
> Drie.

> [!WARNING]
> Vier.

> [!CAUTION]
> Vijf.

<details>
<summary></summary>

Zes.

</details>

[^1]: Er is een voetnoot.
"""
OWN = "publisher: Wij"
FOREIGN = """publisher: Wij
republished-by: Anderen
published: 2024-06-24
rights: Vrij
contact: mailto:a@example.org
source-url: https://example.org/katoen"""

ELSEWHERE = {
    "Page {page} of {pages}": "the foot of a PDF",
    "Languages": "the page of HTML",
    "Documents and languages": "the page of all documents",
    "Not translated": "the page of all documents",
    "The braille was made by a program; no braille reader has proofread it.": "a braille file",
}
"""Words that an EPUB does not show."""


def words_of(folder: str) -> Catalog:
    path = ROOT / "locales" / folder / "LC_MESSAGES/publish.po"
    return extract_catalog(read_po_file(path, f"{folder}/publish.po"))


def edition_words() -> list[str]:
    pot = extract_catalog(read_po_file(ROOT / "locales/publish.pot", "publish.pot"))
    return [entry.msgid for entry in pot.entries if is_shown_in_editions(entry)]


# --------------------------------------------------------------------------- the catalogs


def test_the_words_of_editions_are_known() -> None:
    words = edition_words()
    assert {"Contents", "Notes", "Figure {number}", "Draft translation, not reviewed"} < {*words}
    others = {"Findings of the checks", "For the translator", "Download", "footnote"}
    assert not others & set(words)


def test_every_language_here_has_a_catalog_and_no_other() -> None:
    found = {find(path.parents[1].name).tag for path in ROOT.glob("locales/*/*/publish.po")}
    assert found == {*LANGUAGES, "en"}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_catalog_has_every_word_of_editions(tag: str) -> None:
    language = find(tag)
    catalog = words_of(language.folder)
    active = catalog.active()
    lacking = [word for word in edition_words() if not active[None, word].translated]
    assert lacking == []
    assert (
        list(check_catalog(CatalogView(kind="interface", catalog=catalog, language=language))) == []
    )
    assert catalog.header_field("Plural-Forms") == language.plural_forms
    for entry in active.values():
        ends = [re.sub("[：՝]", ":", text.strip()[-1:]) for text in (entry.msgid, entry.msgstr)]
        assert entry.msgstr == entry.msgstr.strip()
        assert (ends[0] == ":") == (ends[1] == ":"), entry.msgid
        assert ("\u00b6\u00a0" in entry.msgid) == ("\u00b6\u00a0" in entry.msgstr)


def test_gettext_finds_nothing_wrong_and_each_catalog_says_that_it_is_a_draft() -> None:
    for tag in LANGUAGES:
        path = ROOT / "locales" / find(tag).folder / "LC_MESSAGES/publish.po"
        command = ["msgfmt", "--check", "-o", "/dev/null", str(path)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert path.read_text("utf-8").startswith("# Machine-drafted, unreviewed: ")


def test_the_documentation_names_the_languages_that_have_words() -> None:
    page = (ROOT / "docs/how-to/add-a-language.md").read_text("utf-8")
    told = page.partition("The program\nhas them in ")[2].partition(". A region")[0]
    named = {name.strip().lower() for name in re.split(r",|\band\b", told)}
    assert named == {find_language_name(tag, find("en")).lower() for tag in (*LANGUAGES, "en")}


def test_a_region_takes_the_words_of_its_language_and_script() -> None:
    def folder(tag: str) -> str:
        path = find_packed_words(find(tag))
        return path.parents[1].name if path else ""

    regions = {"pt-BR": "pt", "fr-CA": "fr", "zh": "zh_Hans", "zh-CN": "zh_Hans", "en-GB": "en"}
    assert {tag: folder(tag) for tag in regions} == regions
    assert [folder(tag) for tag in ("de", "zh-Hans", "tk")] == ["de", "zh_Hans", "tk"]
    without = ["nl", "zh-Hant", "zh-TW", "tk-Cyrl", "uz-Cyrl", "kk-Arab", "az-Cyrl"]
    assert [folder(tag) for tag in without] == [""] * len(without)


def test_english_words_are_read_from_no_catalog_of_the_package(tmp_path: Path) -> None:
    """They are those of the code: a catalog of the package in English translates nothing."""
    path = find_packed_words(find("en"))
    assert path is not None
    packed = extract_catalog(read_po_file(path, "publish.po"))
    assert not any(entry.msgstr for entry in packed.entries)
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text('source-language = "en"\n', "utf-8")
    loader = Loader(open_workspace(tmp_path))
    assert [len(loader.interfaces(find(tag))) for tag in ("en", "en-GB", "de")] == [0, 0, 1]


# --------------------------------------------------------------------------- editions


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Loader:
    """Two reports in Dutch, one of them of others, that nobody has translated yet."""
    root = tmp_path_factory.mktemp("words")
    (root / "source").mkdir()
    (root / "source/map.png").write_bytes(picture())
    for name, facts in (("own", OWN), ("foreign", FOREIGN)):
        (root / f"source/{name}.md").write_text(SOURCE.format(facts=facts), "utf-8")
    (root / "publish.toml").write_text(
        f'source-language = "nl"\nlanguages = {json.dumps(["nl", *LANGUAGES, "pt-BR"])}\n'
        'lists = ["figures", "tables"]\n',
        "utf-8",
    )
    return Loader(open_workspace(root))


def told(loader: Loader, tag: str) -> Iterator[tuple[Element, list[str]]]:
    """Yield the tree of each kind of edition, and the pages of a book with what it says beside."""
    for name in ("own", "foreign"):
        dutch = prepare(loader, name, find("nl"), use_fuzzy=False)
        draft = draft_text(loader, loader.translation(name, find(tag))).text
        text, materials = replace(draft, pictures=dutch.text.pictures), dutch.materials
        more = (replace(text, state="reviewed"), replace(text, state="approved"))
        for one in (text, *more, replace(text, original=True)):
            yield make_edition_tree(one, materials), []
    tree = make_edition_tree(text, materials)
    cell = next(n for n, one in enumerate(tree.iter()) if one.text in {"12", "\u06f1\u06f2"})
    pages = Pagination(((cell, 0),), digest_text(tree))
    book = make_book(text, tree, materials, pages)
    for page in (*(page.xhtml for page in book.pages), book.nav):
        yield etree.fromstring(page), [line.value for line in book.metadata]


def seen(tree: Element) -> Iterator[str]:
    """Yield the texts of a tree, and those that are only read aloud."""
    yield from map(str, tree.itertext())
    for element in tree.iter(etree.Element):
        yield from (str(value) for key, value in element.items() if key in {"alt", "aria-label"})
        yield str(element.get("content") or "")


def matched(word: str, texts: str) -> bool:
    """Return whether a word is in texts, with any number in its place."""
    found = re.sub(r"\\{\w+\\}", r"\\S+", re.escape(fold_typography(word)))
    begin, end = (r"\b" if edge.isalnum() else "" for edge in (word[0], word[-1]))
    return bool(re.search(f"{begin}{found}{end}", texts))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_edition_has_the_words_of_its_language_and_no_english_ones(
    tag: str, reports: Loader
) -> None:
    words = {key[1]: one.msgstr for key, one in words_of(find(tag).folder).active().items()}
    texts: list[str] = []
    for tree, more in told(reports, tag):
        english = [one for one in tree.iter(etree.Element) if one.get("lang") == "en"]
        assert english == []
        texts += [*seen(tree), *more]
    digits = str.maketrans(find(tag).digits, "0123456789")
    whole = fold_typography("\n".join(texts)).translate(digits)
    own = {word: words[word].translate(digits) for word in edition_words()}
    lacking = {word for word, shown in own.items() if not matched(shown, whole)}
    assert lacking <= set(ELSEWHERE)
    for shown in own.values():
        whole = whole.replace(fold_typography(shown), "")
    left = {word for word in own if len(word) > 4 and matched(word, whole)}
    assert left - {words[word] for word in left} == set()


def test_words_of_a_region_say_nothing_wrong_and_are_part_of_its_editions(reports: Loader) -> None:
    language = find("pt-BR")
    draft = draft_text(reports, reports.translation("own", language))
    assert [one.code for one in draft.findings if one.code.startswith("header-")] == []
    assert draft.text.interface.text("Contents") == "Sumário"
    edition = Edition(document="own", language="pt-BR", format="epub")
    assert find_packed_words(find("pt")) in find_input_files(reports, edition)


@pytest.mark.full
@pytest.mark.parametrize("tag", ["ar", "hi", "zh-Hans"])
def test_a_pdf_shows_the_words_in_its_script(tag: str, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/map.png").write_bytes(picture())
    (tmp_path / "source/own.md").write_text(SOURCE.format(facts=OWN), "utf-8")
    (tmp_path / "publish.toml").write_text(
        f'source-language = "nl"\nlanguages = ["nl", "{tag}"]\nfonts.{tag} = '
        f"{json.dumps(find_files(FILES[tag]))}\n"
        'lists = ["figures", "tables"]\nform = "report"\nformats = ["pdf"]\n',
        "utf-8",
    )
    place = ("-q", "-C", str(tmp_path))
    assert main(["update", *place]) == 0
    assert main(["build", "-l", tag, *place]) == 0
    assert main(["check", "--built", "-l", tag, *place]) == 0
    path = tmp_path / f"build/{tag}/own.pdf"
    shown = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout
    letters = "".join(shown.decode().split())
    english = [word for word in edition_words() if len(word) > 12]
    assert [word for word in english if "".join(word.split()) in letters] == []
    assert "".join(words_of(find(tag).folder).active()[None, "Contents"].msgstr.split()) in letters

"""The look of the page: numbers, lines, grid, themes, page sizes, and pages from right to left."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from examples import first
from lxml import etree
from pypdf import PdfReader
from structure import read_structure

from benchmarks.pagelines import END, START, Line, figures_of, lines_of, paragraphs_of, words_of
from publish.building.keys import make_edition_key
from publish.building.pagecounts import page_lines
from publish.building.records import count_pages
from publish.cli.main import main
from publish.editions.page.theme import fill_theme_values, read_theme
from publish.errors import MissingPartError, PublishError, UsageError
from publish.languages.cldr import format_long_date, format_whole_number, format_whole_percent
from publish.languages.registry import find
from publish.model import Edition
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
LANGUAGES = ("en", "ru", "tk")
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of this repository in all languages and formats."""
    root = tmp_path_factory.mktemp("look")
    for part in ("source", "locales"):
        shutil.copytree(repository / part, root / part)
    shutil.copy(repository / "pyproject.toml", root)
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


@pytest.fixture(scope="module")
def themed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second organisation with a theme, every kind of block and two page sizes."""
    root = tmp_path_factory.mktemp("themed")
    shutil.copytree(repository / "tests/cases/look", root, dirs_exist_ok=True)
    assert main(["update", "-q", "-C", str(root)]) == 0
    assert main(["build", "-q", "-l", "en", "-C", str(root)]) == 0
    return root


def pdf_of(root: Path, language: str, name: str = NAME) -> Path:
    return root / "build" / language / f"{name}.pdf"


def lines(root: Path, language: str) -> list[Line]:
    return [line for line in lines_of(pdf_of(root, language)) if line.page > 3]


def epub_pages(path: Path) -> list[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "text-" in name or "notes" in name]
        return [etree.fromstring(archive.read(name)) for name in sorted(names, key=_number)]


def _number(name: str) -> tuple[int, str]:
    return int((re.findall(r"\d+", name) or ["999"])[0]), name


def css_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("EPUB/style.css").decode()


# --------------------------------------------------------------------------- paragraph numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_has_its_number_in_both_formats(built: Path, language: str) -> None:
    pages = epub_pages(built / "build" / language / f"{NAME}.epub")
    numbered = [e for page in pages for e in page.iter() if e.get("data-number")]
    wanted = [str(number) for number in range(1, len(numbered) + 1)]
    assert len(wanted) == 22
    assert [element.get("data-number") for element in numbered] == wanted
    assert [element.get("id") for element in numbered] == [f"p{number}" for number in wanted]
    assert {element.tag for element in numbered} == {f"{HTML}p", f"{HTML}li"}
    assert [line.number for line in lines(built, language) if line.number] == wanted


def test_a_number_stands_beside_its_paragraph_and_outside_the_text(built: Path) -> None:
    found = paragraphs_of(lines(built, "en"))
    assert found[0][0].text.startswith("The Government of Turkmenistan does not fully")
    assert found[0][0].number == "1"
    assert "For the fourth consecutive year" in found[12][0].text
    assert found[12][0].number == "13"


def test_a_number_in_the_margin_is_for_the_eye_only(built: Path) -> None:
    root, pages = read_structure(pdf_of(built, "en").read_bytes())
    assert "End government policies" in root.text
    assert not re.search(r"\b2 ?End government", root.text)
    assert [page.bare for page in pages] == [[] for _ in pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_imprint_says_how_to_cite_and_what_prevails(built: Path, language: str) -> None:
    page = PdfReader(pdf_of(built, language)).pages[1].extract_text()
    assert re.search(r"¶[ \u00a0]14", page)
    assert "urn:uuid:" in page
    assert ("Английский" in page) == (language == "ru")


# --------------------------------------------------------------------------- lines


def test_a_value_of_the_imprint_stands_beside_its_name(built: Path) -> None:
    """Also after a name of two lines, as Turkmen has one."""
    pages = dict(words_of(built / "build/tk/tip-2024-turkmenistan.pdf"))
    (second,) = [word for word in pages[2] if word.text == "senesi" and word.left < START + 20]
    (address,) = [word for word in pages[2] if word.text.startswith("state.gov/")]
    names = [word for word in pages[2] if word.text == "Asyl" and word.left < START + 20]
    assert address.middle > second.bottom
    assert min(abs(word.middle - address.middle) for word in names) < 4


@pytest.mark.parametrize("language", first(("ru", "en", "tk"), 1))
def test_the_justified_edge_is_even(built: Path, language: str) -> None:
    """Between the 2nd and the 98th percentile of line ends lie at most 0.6 pt."""
    paragraphs = paragraphs_of(lines(built, language))
    found = figures_of(paragraphs)
    assert found.lines > 200
    assert found.spread <= 0.6
    full = [line for paragraph in paragraphs for line in paragraph[:-1]]
    assert [line.text for line in full if line.right < END - 3] == []


@pytest.mark.parametrize("language", first(("ru", "en", "tk"), 1))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(built: Path, language: str) -> None:
    for paragraph in paragraphs_of(lines(built, language)):
        pages = [line.page for line in paragraph]
        shares = [pages.count(page) for page in set(pages)]
        assert len(shares) == 1 or min(shares) >= 2, paragraph[0].text


@pytest.mark.parametrize("language", first(("ru", "en", "tk"), 1))
def test_no_heading_stands_at_the_foot_of_a_page(built: Path, language: str) -> None:
    found = lines(built, language)
    last = {line.page: line for line in found}
    headings = [line for line in found if max(w.bottom - w.top for w in line.words) > 16]
    assert len(headings) == 6
    assert not set(headings) & set(last.values())


def test_text_keeps_to_the_grid(built: Path) -> None:
    """The feet of all lines of text are whole multiples of 15 pt apart, over all pages."""
    body = [line for paragraph in paragraphs_of(lines(built, "en")) for line in paragraph]
    feet = [line.words[0].bottom for line in body]
    assert len(feet) > 240
    assert {round((foot - feet[0]) % 15, 1) % 15 for foot in feet} == {0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_not_break_does_not(built: Path, language: str) -> None:
    """Neither behind № or before a dash, nor within `ABŞ-nyň` and `2024-nji`."""
    for paragraph in paragraphs_of(lines(built, language)):
        for before, after in pairwise(paragraph):
            assert not re.search(r"[№§]$", before.text)
            assert not re.match(r"[–—] ", after.text) or language == "en"
            assert not re.search(r"(?:\d|[A-ZŞÇÄŇÖÜÝŽ]{2})-$", before.text), before.text


@pytest.mark.parametrize("language", first(("ru", "en", "tk"), 1))
def test_no_paragraph_ends_with_a_piece_of_a_word(built: Path, language: str) -> None:
    for paragraph in paragraphs_of(lines(built, language)):
        assert len(paragraph) == 1 or not (
            paragraph[-2].hyphenated and len(paragraph[-1].words) == 1
        )


# --------------------------------------------------------------------------- parity


def test_every_language_has_the_same_headings_blocks_and_bookmarks(built: Path) -> None:
    shapes, marks = [], []
    for language in LANGUAGES:
        pages = epub_pages(built / "build" / language / f"{NAME}.epub")
        kinds = ("h1", "h2", "p", "li", "td", "blockquote")
        shapes.append(
            [
                (e.tag, e.get("id"), e.get("data-number"))
                for page in pages
                for e in page.iter()
                if str(e.tag).removeprefix(HTML) in kinds
            ]
        )
        marks.append(_depths(PdfReader(pdf_of(built, language)).outline))
    assert shapes[0] == shapes[1] == shapes[2]
    assert marks[0] == marks[1] == marks[2]
    assert len(shapes[0]) > 25


def _depths(outline: object, depth: int = 0) -> list[int]:
    assert isinstance(outline, list)
    return [
        found
        for item in outline
        for found in (_depths(item, depth + 1) if isinstance(item, list) else [depth])
    ]


def test_a_build_tells_how_many_pages_each_language_takes(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = open_workspace(built)
    (line,) = page_lines(workspace, workspace.editions())
    en = len(PdfReader(pdf_of(built, "en")).pages)
    assert line.startswith(f"{NAME}, a4: pages en {en}, ru ")
    for edition in workspace.editions(formats=["pdf"]):
        assert count_pages(workspace, edition) == len(PdfReader(workspace.output(edition)).pages)
    assert page_lines(workspace, workspace.editions(["ru"])) == []
    (tk,) = workspace.editions(["tk"], formats=["pdf"])
    pdf_of(built, "tk").write_bytes(pdf_of(built, "ru").read_bytes())
    assert count_pages(workspace, tk) == 0  # not the file of the record
    pdf_of(built, "tk").unlink()
    assert main(["build", "-C", str(built)]) == 0
    assert line in capsys.readouterr().err


# --------------------------------------------------------------------------- blocks


def test_a_table_has_its_head_on_every_page(themed: Path) -> None:
    reader = PdfReader(pdf_of(themed, "en", "blocks"))
    pages = [page.extract_text() for page in reader.pages]
    with_rows = [page for page in pages if "District 1" in page or "District 3" in page]
    assert len(with_rows) >= 2
    assert all("What was seen" in page for page in with_rows)


def test_a_list_counts_from_where_it_starts(themed: Path) -> None:
    text = " ".join(line.text for line in lines_of(pdf_of(themed, "en", "blocks")))
    assert "7. The seventh." in text
    assert "8. The eighth" in text


def test_the_contact_is_a_link_in_the_imprint(themed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(themed / "build/en/blocks.epub") as archive:
        imprint = archive.read("EPUB/imprint.xhtml").decode()
    (link,) = re.findall(r'<a href="mailto:errors@example.org">(.*?)</a>', imprint)
    assert re.sub("<[^>]*>", "", link) == "errors@example.org"
    shutil.copytree(themed / "source", tmp_path / "source")
    (tmp_path / "publish.toml").touch()
    source = tmp_path / "source/blocks.md"
    changed = source.read_text("utf-8").replace("mailto:errors@example.org", "javascript:x")
    source.write_text(changed, "utf-8")
    with pytest.raises(PublishError, match="neither a web address nor a mail address") as caught:
        open_workspace(tmp_path).read("blocks")
    assert caught.value.span is not None
    assert caught.value.span.first == 7


# --------------------------------------------------------------------------- themes


def test_a_theme_is_in_both_formats(themed: Path) -> None:
    css = css_of(themed / "build/en/blocks.epub")
    assert "#0b5d4e" in css
    assert "var(" not in css
    assert css.rstrip().endswith(".cover-title { font-size: 24pt; }")
    with zipfile.ZipFile(themed / "build/en/blocks.epub") as archive:
        assert b'alt="The Example Foundation"' in archive.read("EPUB/title.xhtml")
        assert "EPUB/images/edition-logo.svg" in archive.namelist() or any(
            name.endswith("edition-logo.svg") for name in archive.namelist()
        )
    command = ["pdffonts", str(pdf_of(themed, "en", "blocks"))]
    fonts = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Source-Sans" in fonts or "SourceSans" in fonts
    assert "Serif" not in fonts


def test_the_default_theme_sets_every_value(repository: Path) -> None:
    theme = read_theme([repository / "templates"])
    assert set(theme.values) == {"accent", "text-face", "heading-face", "code-face"}
    paths = (repository / "templates").glob("*.css")
    sheets = [path.read_text("utf-8") for path in paths if path.name != "release.css"]
    named = set(re.findall(r"var\(--([a-z-]+)\)", " ".join(sheets)))
    assert named == {*theme.values, "digits"}
    assert fill_theme_values("a { color: var(--accent) }", theme) == "a { color: #7d1d24 }"


WRONG = {
    ":root {\n  --acent: #fff;\n}": (
        2,
        "--acent is not a value of a theme",
        "did you mean accent?",
    ),
    ":root { --accent: red; }": (1, "--accent cannot be red", "write --accent: #1a4e7a;"),
    ":root {--accent: #fc0}": (
        1,
        "white text on #fc0 is not readable",
        "use a darker colour, such as #1a4e7a",
    ),
    ":root {--accent: #777777}": (1, "white text on #777777 is not readable", "use a darker"),
    "/* a\n */\n:root {\n\n  accent: #fff;}": (
        5,
        "this sets no value: accent: #fff",
        "write --accent: #1a4e7a;",
    ),
    ':root { --text-face: "A;B"; }': (1, '--text-face cannot be "A', 'write --text-face: "Sour'),
    ":root { --accent: url(https://example.org); }": (1, "--accent cannot be url(https", "write"),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_theme_that_means_nothing_is_refused(text: str, repository: Path, tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_theme([tmp_path, repository / "templates"])
    line, message, hint = WRONG[text]
    assert caught.value.span is not None
    assert (caught.value.span.file, caught.value.span.first) == ("templates/theme.css", line)
    assert caught.value.message.startswith(message)
    assert caught.value.hint.startswith(hint)


def test_a_face_that_is_not_installed_is_named_with_its_line(themed: Path, tmp_path: Path) -> None:
    from publish.editions.page.theme import find_theme_faces

    (tmp_path / "theme.css").write_text(':root {\n  --text-face: "No Such Face";\n}', "utf-8")
    theme = read_theme([tmp_path, themed / "templates"])
    with pytest.raises(MissingPartError) as caught:
        find_theme_faces(theme)
    assert caught.value.message == 'the font family "No Such Face" is not installed'
    assert caught.value.hint == "install it: pip install fontpkg-no-such-face"
    assert str(caught.value.span) == str(theme.places["text-face"])


def test_a_logo_needs_the_name_of_a_publisher(themed: Path, tmp_path: Path) -> None:
    root = tmp_path / "unnamed"
    shutil.copytree(themed, root, ignore=shutil.ignore_patterns("build"))
    source = root / "source/blocks.md"
    text = source.read_text("utf-8")
    source.write_text(text.replace("publisher: The Example Foundation\n", ""), "utf-8")
    from publish.building.preparing import prepare
    from publish.editions.page.edition import make_language_tree

    made = prepare(Loader(open_workspace(root)), "blocks", find("en"), use_fuzzy=False)
    with pytest.raises(PublishError) as caught:
        make_language_tree(made.text, made.materials.templates)
    assert caught.value.code == "logo-undescribed"


def test_theme_and_logo_are_inputs_of_an_edition(themed: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(themed, root, ignore=shutil.ignore_patterns("build"))
    edition = Edition(document="blocks", language="en", format="pdf")
    keys = [make_edition_key(Loader(open_workspace(root)), edition, use_fuzzy=False)]
    theme, logo = root / "templates/theme.css", root / "templates/logo.svg"
    theme.write_text(theme.read_text("utf-8").replace("#0b5d4e", "#0b5d4f"), "utf-8")
    keys.append(make_edition_key(Loader(open_workspace(root)), edition, use_fuzzy=False))
    logo.write_text(logo.read_text("utf-8").replace("40", "41"), "utf-8")
    keys.append(make_edition_key(Loader(open_workspace(root)), edition, use_fuzzy=False))
    phone = Edition(document="blocks", language="en", format="pdf", page="phone")
    keys.append(make_edition_key(Loader(open_workspace(root)), phone, use_fuzzy=False))
    assert len(set(keys)) == 4


# --------------------------------------------------------------------------- page sizes


def test_a_phone_has_a_file_of_its_own(themed: Path) -> None:
    folder = themed / "build/en"
    assert sorted(path.name for path in folder.iterdir()) == [
        "blocks.epub",
        "blocks.pdf",
        "blocks.phone.pdf",
    ]
    for name, size in (("blocks.pdf", (210, 297)), ("blocks.phone.pdf", (90, 160))):
        box = PdfReader(folder / name).pages[0].mediabox
        assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == size


def test_the_identifier_of_an_edition_is_one_line_on_a_phone(themed: Path) -> None:
    pages = dict(words_of(themed / "build/en/blocks.phone.pdf")).values()
    words = [word.text for page in pages for word in page if word.text.startswith("urn:uuid:")]
    assert [len(word) for word in words] == [45]


def test_pages_can_be_asked_for(themed: Path) -> None:
    workspace = open_workspace(themed)
    assert workspace.editions(["en"], pages=["phone"]) == (
        Edition(document="blocks", language="en", format="pdf", page="phone"),
        Edition(document="blocks", language="en", format="epub"),
    )
    assert len(workspace.editions(["en"])) == 3


def test_two_editions_never_share_a_file(tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text('pages = ["a4", "phone"]\n', "utf-8")
    for name in ("a", "a.phone"):
        path = tmp_path / "source" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\ntitle: T\n---\nOne.\n", "utf-8")
    with pytest.raises(UsageError, match=r"would be written to build/en/a\.phone\.pdf"):
        open_workspace(tmp_path).editions()


# --------------------------------------------------------------------------- right to left

FA = find("fa")
PERSIAN = """---
title: گزارش نمونه
author: سازمان نمونه
published: 2024-06-24
---
# یافته‌ها {#one}

دولت هیچ تحقیقی را گزارش نکرد. ناظران گفتند که قانون در سال گذشته تغییر کرد. این جمله برای آن است
که بند به چند سطر برسد و حاشیه دیده شود.

- مورد نخست فهرست

1. یک
"""


def test_digits_are_those_of_the_language() -> None:
    from datetime import date

    assert format_long_date(date(2024, 6, 24), FA) == "۲۴ ژوئن ۲۰۲۴"
    assert (format_whole_percent(37, FA), format_whole_number(2090, FA)) == ("۳۷٪", "۲٬۰۹۰")
    assert FA.numeral(14) == "۱۴"
    assert (find("ar").numeral(14), find("ar-EG").numeral(14)) == ("14", "١٤")
    assert find("ru").numeral(14) == find("tk").numeral(14) == "14"


@pytest.fixture(scope="module")
def persian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("fontpkg_noto_sans_arabic") is None:
        pytest.skip("the font package fontpkg-noto-sans-arabic is not installed")
    root = tmp_path_factory.mktemp("persian")
    settings = (
        'source-language = "fa"\nlanguages = ["fa"]\nform = "report"\n'
        '[fonts]\nfa = ["Noto Sans Arabic"]\n'
    )
    (root / "publish.toml").write_text(settings, "utf-8")
    (root / "source").mkdir()
    (root / "source/report.md").write_text(PERSIAN, "utf-8")
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


def test_a_page_from_right_to_left_is_mirrored(persian: Path) -> None:
    pages = dict(words_of(persian / "build/fa/report.pdf"))
    text = [word for word in pages[4] if 75 < word.middle < 755]
    numbers = [word for word in text if word.text in "۱۲۳"]
    assert [word.text for word in sorted(numbers, key=lambda w: w.top)][:3] == ["۱", "۲", "۳"]
    width = 595.28
    assert min(word.left for word in numbers if word.left > 400) > width - START
    assert max(w.right for w in text if w not in numbers) <= width - START + 1
    (page,) = [word for word in pages[3] if word.text.strip("\u200f") == "۴" and word.middle < 755]
    assert page.left == pytest.approx(width - END, abs=2)
    assert any(word.text.strip("\u200f") == "۲۴" for word in pages[1])
    heads = [word for word in pages[4] if word.middle < 75]
    assert max(word.right for word in heads) == pytest.approx(width - START, abs=6)


def test_a_book_from_right_to_left_says_so(persian: Path) -> None:
    with zipfile.ZipFile(persian / "build/fa/report.epub") as archive:
        package = archive.read("EPUB/content.opf").decode()
        page = etree.parse(io.BytesIO(archive.read("EPUB/text-1.xhtml"))).getroot()
    assert 'page-progression-direction="rtl"' in package
    assert page.get("dir") == "rtl"
    numbered = [e.get("data-number") for e in page.iter() if e.get("data-number")]
    assert numbered == ["۱", "۲", "۳"]
    assert "list-style-type: persian" in css_of(persian / "build/fa/report.epub")

"""Large print, booklets and pages for a printing house, as their readers and printers get them."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from damages import rewritten
from examples import first, tries_all
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
)
from validators import run_pdf_checks

from publish.actions.check import check_built
from publish.building.auditing import audit_built
from publish.building.keys import make_edition_key
from publish.building.planning import estimate_cost
from publish.building.preparing import Texts, prepare_texts
from publish.building.records import load_pages
from publish.building.validators import run_validators
from publish.cli.main import main
from publish.editions.page.large import LEAST_SIZE, enlarge_style
from publish.editions.pagination import letters
from publish.editions.pdf.press.press import BLEED, SLUG
from publish.editions.pdf.press.pressprofile import make_black_profile, read_press_profile
from publish.editions.pdf.press.sheets import SHEET, Folding, arrange_sides
from publish.errors import UsageError
from publish.model import PAGES, Edition, PageSize
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

KINDS: tuple[PageSize, ...] = ("large", "booklet", "print")
SETTINGS = """source-language = "{0}"
languages = ["{0}"]
formats = ["pdf"]
form = "report"
pages = ["a4", "large", "booklet", "print"]
[fonts]
{0} = ["Noto Sans Arabic"]
"""
WORDS = ("house", "water", "a", "village", "residents", "of", "counted", "hours", "pipe", "so")
TEXT = (
    "# One\n\nA plain text with a [link](https://example.org/) and a note.[^n]\n\n"
    "[^n]: The note itself, with `code`.\n\n"
    "## A part\n\n- an item\n- another one\n\n```\na line of code\n```\n\n"
    "| Place | Hours | Price |\n|---|---|---|\n| First | 12 | 40 |\n| Second | 9 | 25 |\n\n"
    "![A bar](bar.svg)\n\n"
    "# Two\n\nWords that go on and on until they fill several lines of a page.\n\n"
    + f"{' '.join(WORDS[n * n // 3 % len(WORDS)] for n in range(400))}.\n\n"
    "# Three\n\nSee [the first part](#one).\n"
)
BAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
    '<rect width="90" height="20" fill="#7d1d24"/></svg>'
)


def write_workspace(root: Path, language: str, text: str) -> Path:
    (root / "source").mkdir(parents=True)
    (root / "source/t.md").write_text(text, "utf-8")
    (root / "source/bar.svg").write_text(BAR, "utf-8")
    (root / "publish.toml").write_text(SETTINGS.format(language), "utf-8")
    return root


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A document from left to right and one from right to left, on all pages.

    The quick run needs the second one in two kinds, where the direction decides.
    """
    persian = (repository / "tests/cases/right-to-left/fa.md").read_text("utf-8")
    texts = {"en": f"---\ntitle: A title\n---\n\n{TEXT}", "fa": persian}
    roots = {}
    for tag, text in texts.items():
        roots[tag] = write_workspace(tmp_path_factory.mktemp(tag), tag, text)
        asked = [] if tries_all() or tag == "en" else ["--page", "booklet", "--page", "print"]
        assert main(["build", "-q", "-C", str(roots[tag]), "--workers", "1", *asked]) == 0
    return roots


def pdf(built: dict[str, Path], page: str, language: str = "en") -> Path:
    return built[language] / f"build/{language}" / f"t.{page}.pdf".replace(".a4", "")


def pdftotext(path: Path, *options: str) -> str:
    command = ["pdftotext", *options, "-nopgbrk", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


# --------------------------------------------------------------------------- all of them


@pytest.mark.parametrize("language", first(["en", "fa"], 1))
def test_the_check_of_finished_files_finds_nothing(built: dict[str, Path], language: str) -> None:
    assert check_built(Loader(open_workspace(built[language]))).findings == ()


@pytest.mark.parametrize("page", KINDS)
def test_every_sentence_is_found_in_the_text_of_the_file(built: dict[str, Path], page: str) -> None:
    halves = [("-x", "0"), ("-x", "421")] if page == "booklet" else [()]
    box = ("-y", "0", "-W", "421", "-H", "600") if page == "booklet" else ()
    said = letters("".join(pdftotext(pdf(built, page), *half, *box) for half in halves))
    for sentence in (
        "A plain text with a link and a note.",
        "The note itself, with code.",
        "another one",
        "a line of code",
        "Second",
        "Words that go on and on until they fill several lines of a page.",
        "See the first part.",
        "About this edition",
    ):
        assert letters(sentence) in said, sentence


@pytest.mark.full
def test_the_same_text_gives_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    source = (built["en"] / "source/t.md").read_text("utf-8")
    again = write_workspace(tmp_path / "again", "en", source)
    options = [part for page in KINDS for part in ("--page", page)]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-m", "publish", "build", "-q", "-C", str(again), "-f", "pdf"]
    subprocess.run([*command, *options], check=True, env=environment, capture_output=True)
    for page in KINDS:
        made = again / f"build/en/t.{page}.pdf"
        assert made.read_bytes() == pdf(built, page).read_bytes(), page


def test_each_kind_has_its_key_and_its_cost(built: dict[str, Path], tmp_path: Path) -> None:
    root = write_workspace(tmp_path / "keys", "en", "---\ntitle: A\n---\n\n# B\n\nC.\n")

    def keys() -> dict[str, str]:
        loader = Loader(open_workspace(root))
        found = loader.workspace.editions(formats=["pdf"])
        costs = {one.page: estimate_cost(loader.workspace, one) for one in found}
        assert costs["large"] > costs["booklet"] > costs["a4"] == costs["print"]
        return {one.page: make_edition_key(loader, one, use_fuzzy=False) for one in found}

    first = keys()
    assert len(set(first.values())) == len(PAGES) - 1, "all but the phone's"
    (root / "templates").mkdir()
    (root / "templates/print.icc").write_bytes(make_black_profile().data)
    second = keys()
    assert first["print"] != second["print"]
    settings = root / "publish.toml"
    settings.write_text("booklet-sheets = 3\n" + settings.read_text("utf-8"), "utf-8")
    assert keys()["booklet"] != second["booklet"]


@pytest.mark.parametrize("page", KINDS)
def test_a_validator_of_archives_is_asked_about_archives_only(
    built: dict[str, Path], page: PageSize, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "verapdf").write_text("#!/bin/sh\necho asked; exit 1\n", "utf-8")
    (tmp_path / "verapdf").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    edition = Edition(document="t", language="en", format="pdf", page=page)
    asked = [one.message for one in run_validators(pdf(built, page), edition, "t.pdf")]
    assert ("verapdf: asked" in asked) == (page == "large")


# --------------------------------------------------------------------------- large print


def test_large_print_keeps_the_standards(built: dict[str, Path]) -> None:
    assert run_pdf_checks(pdf(built, "large")) == []


def test_no_type_of_large_print_is_small_and_all_is_sans(built: dict[str, Path]) -> None:
    done = subprocess.run(
        ["mutool", "draw", "-q", "-F", "stext", str(pdf(built, "large"))],
        check=True,
        capture_output=True,
    )
    faces = re.findall(r'<font name="([^"]+)" size="([\d.]+)"', done.stdout.decode())
    assert min(float(size) for _, size in faces) >= LEAST_SIZE - 0.01
    assert max(float(size) for _, size in faces) >= 30
    assert not [name for name, _ in faces if "Serif" in name]
    assert "Source-Code-Pro" in {name for name, _ in faces}, "code is there, too"


def test_large_print_is_neither_hyphenated_nor_justified(built: dict[str, Path]) -> None:
    words = pdftotext(pdf(built, "large"), "-bbox")
    assert not re.findall(r">[^<]+[-\u00ad\u2010]</word>", words)
    lines: dict[tuple[int, float], float] = {}
    for number, page in enumerate(words.split("<page ")):
        for right, foot in re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)"', page):
            if 90 < float(foot) < 750:  # without heads and feet
                key = (number, float(foot))
                lines[key] = max(lines.get(key, 0), float(right))
    edges = [round(edge) for edge in lines.values() if edge > 480]
    assert len(edges) > 20
    most = max(edges.count(edge) for edge in edges)
    assert most < len(edges) / 2, "lines end where their words end"


def test_type_is_enlarged_and_small_type_even_more() -> None:
    text = "p { font: 11pt/15pt var(--text-face); margin: 7.5pt; text-align: justify }"
    large = "p { font: 16pt/24pt var(--heading-face); margin: 12pt; text-align: start }"
    assert enlarge_style(text, "pdf.css") == large
    assert enlarge_style(text, "large.css") == text
    assert enlarge_style("q { font-size: 8pt }", "a") == "q { font-size: 14pt }"
    assert enlarge_style("q { font-size: 0 }", "a") == "q { font-size: 0 }"


# --------------------------------------------------------------------------- booklets


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_booklet_has_its_pages_where_they_are_after_folding(
    built: dict[str, Path], language: str
) -> None:
    """The foot of each page says its number."""
    path = pdf(built, "booklet", language)
    edition = Edition(document="t", language=language, format="pdf", page="booklet")
    pages = load_pages(open_workspace(built[language]), edition)
    assert pages is not None
    count = len(pages.starts)
    sides = arrange_sides(count, Folding(leftward=language == "fa"))
    assert len(PdfReader(path).pages) == len(sides)
    for at, side in enumerate(sides, 1):
        for left, page in (("0", side.left), ("421", side.right)):
            box = ("-f", str(at), "-l", str(at), "-x", left, "-y", "520", "-W", "420", "-H", "70")
            numbers = [int(one) for one in re.findall(r"\d+", pdftotext(path, *box))]
            assert numbers == [] if page in (None, 0) else page + 1 in numbers, (at, left)


def test_a_booklet_is_for_paper_and_claims_nothing(built: dict[str, Path]) -> None:
    reader = PdfReader(pdf(built, "booklet"))
    catalog: Any = reader.trailer["/Root"]
    assert {tuple(map(float, page.mediabox)) for page in reader.pages} == {(0, 0, *SHEET)}
    assert not any("/Annots" in page for page in reader.pages)
    assert "/OutputIntents" not in catalog
    metadata = catalog["/Metadata"].get_object().get_data()
    assert b"<pdfaid:" not in metadata
    assert b"<pdfuaid:" not in metadata
    assert catalog["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    assert reader.named_destinations, "places and outline lead to the sheets"
    done = subprocess.run(["qpdf", "--check", pdf(built, "booklet")], capture_output=True)
    assert done.returncode == 0


@pytest.mark.full
def test_chapters_of_a_book_begin_where_one_turns_to(
    built: dict[str, Path], tmp_path: Path
) -> None:
    """Odd pages, which are left ones from right to left; the pages before them may be empty."""
    source = (built["fa"] / "source/t.md").read_text("utf-8")
    root = write_workspace(tmp_path / "book", "fa", f"{source}\n# بخش دیگر\n\nهر کس حق دارد.\n")
    settings = root / "publish.toml"
    settings.write_text(settings.read_text("utf-8").replace("report", "book"), "utf-8")
    assert main(["build", "-q", "-C", str(root), "--page", "booklet"]) == 0
    loader = Loader(open_workspace(root))
    booklet = Edition(document="t", language="fa", format="pdf", page="booklet")
    pages = load_pages(loader.workspace, booklet)
    assert pages is not None
    begun = {start: number for number, start in reversed(list(enumerate(pages.starts, 1)))}
    empty = [
        number for number in begun.values() if pages.starts.count(pages.starts[number - 1]) > 1
    ]
    assert empty, "an empty page begins where the next one does"
    assert all(number % 2 == 0 for number in empty)
    assert list(audit_built(loader, [booklet])) == []


@pytest.mark.full
def test_several_gatherings_are_one_behind_the_other(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n\n" + f"# Part\n\n{'Word. ' * 400}\n\n" * 6
    root = write_workspace(tmp_path / "thick", "en", text)
    settings = root / "publish.toml"
    settings.write_text("booklet-sheets = 2\n" + settings.read_text("utf-8"), "utf-8")
    assert main(["build", "-q", "-C", str(root), "-f", "pdf", "--page", "booklet"]) == 0
    loader = Loader(open_workspace(root))
    booklet = Edition(document="t", language="en", format="pdf", page="booklet")
    assert len(PdfReader(loader.workspace.output(booklet)).pages) > 4, "two gatherings"
    assert list(audit_built(loader, [booklet])) == []
    settings.write_text(settings.read_text("utf-8").replace("= 2", "= 9"), "utf-8")
    other = Loader(open_workspace(root))
    assert "built-container" in {one.code for one in audit_built(other, [booklet])}


# --------------------------------------------------------------------------- printing houses


def test_a_file_for_a_printing_house_has_the_keys_of_pdf_x_4(built: dict[str, Path]) -> None:
    path = pdf(built, "print")
    data, reader = path.read_bytes(), PdfReader(path)
    catalog: Any = reader.trailer["/Root"]
    assert data.startswith(b"%PDF-1.6")
    assert "/ID" in reader.trailer
    (intent,) = (one.get_object() for one in catalog["/OutputIntents"])
    assert intent["/S"] == "/GTS_PDFX"
    assert (intent["/OutputConditionIdentifier"], intent["/Info"]) == ("Black ink", "Black ink")
    assert intent["/DestOutputProfile"].get_object().get_data() == make_black_profile().data
    assert reader.trailer["/Info"]["/Trapped"] == "/False"  # type: ignore[index]
    metadata = catalog["/Metadata"].get_object().get_data()
    for part in (
        b"GTS_PDFXVersion>PDF/X-4<",
        b"Trapped>False<",
        b"DocumentID>uuid:",
        b"VersionID>1",
    ):
        assert part in metadata
    assert b"<pdfaid:" not in metadata
    for page in reader.pages:
        left, foot, right, top = map(float, page.mediabox)
        trim = [left + SLUG, foot + SLUG, right - SLUG, top - SLUG]
        assert list(map(float, page.trimbox)) == pytest.approx(trim, abs=0.01)
        bleed = [trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED]
        assert list(map(float, page.bleedbox)) == pytest.approx(bleed, abs=0.01)
        assert "/Annots" not in page
        colours: Any = page["/Resources"]["/ColorSpace"].get_object()  # type: ignore[index]
        assert colours["/DefaultRGB"][0] == "/ICCBased"
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
    assert subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0


def test_what_has_no_hue_is_printed_with_black_ink_alone(built: dict[str, Path]) -> None:
    found = {b"g": 0, b"rg": 0}
    for page in PdfReader(pdf(built, "print")).pages:
        contents: Any = page.get_contents()
        for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", contents.get_data()):
            assert not red == green == blue
            found[b"rg"] += 1
        found[b"g"] += len(re.findall(rb"(?m)^[\d.]+ g$", contents.get_data()))
    assert all(found.values()), "black text, and lines in the accent"


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_ghostscript_puts_plain_text_on_the_black_plate(built: dict[str, Path]) -> None:
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=inkcov", "-sOutputFile=-"]
    done = subprocess.run([*command, pdf(built, "print")], check=True, capture_output=True)
    plates = [list(map(float, line.split()[:4])) for line in done.stdout.decode().splitlines()]
    text = max(plates, key=lambda one: one[3])
    assert text[3] > 5 * max(text[:3])


def test_pages_for_a_printing_house_are_those_of_a4_moved_from_the_fold(
    built: dict[str, Path],
) -> None:
    workspace = open_workspace(built["en"])
    a4, press = (
        load_pages(workspace, Edition(document="t", language="en", format="pdf", page=page))
        for page in ("a4", "print")
    )
    assert a4 == press
    for language, inner, outer in (("en", "xMin", min), ("fa", "xMax", max)):
        edges = []
        for number in ("2", "3"):
            words = pdftotext(pdf(built, "print", language), "-bbox", "-f", number, "-l", number)
            edges.append(outer(float(one) for one in re.findall(rf'{inner}="([\d.]+)"', words)))
        assert abs(edges[1] - edges[0]) == pytest.approx(34, abs=7), "twice 6 mm"
        assert (edges[1] > edges[0]) == (language == "en"), "odd pages are bound at their start"


def test_a_printing_house_can_have_its_own_profile(tmp_path: Path) -> None:
    assert read_press_profile([tmp_path]).inks == 1
    black = make_black_profile().data
    (tmp_path / "print.icc").write_bytes(black[:16] + b"CMYK" + black[20:])
    found = read_press_profile([tmp_path / "none", tmp_path])
    assert (found.inks, found.name) == (4, "Black ink")
    for wrong in (b"", b"no profile", black[:-4], black[:12] + b"mntr" + black[16:], black + b"\0"):
        (tmp_path / "print.icc").write_bytes(wrong)
        with pytest.raises(UsageError, match="not the colour profile") as raised:
            read_press_profile([tmp_path])
        assert raised.value.code == "print-profile"


# --------------------------------------------------------------------------- damage

Edit = Callable[[PdfWriter], None]


def first_form(page: Any) -> Any:
    return page["/Resources"].get_object()["/XObject"]["/L"].get_object()


def exchange_halves(writer: PdfWriter) -> None:
    forms: Any = writer.pages[1]["/Resources"].get_object()["/XObject"]  # type: ignore[index]
    left, right = forms.raw_get("/L"), forms.raw_get("/R")
    forms[NameObject("/L")], forms[NameObject("/R")] = right, left


def exchange_sheets(writer: PdfWriter) -> None:
    kids: Any = writer._pages.get_object()["/Kids"]  # type: ignore[index]
    kids[0], kids[1] = kids[1], kids[0]


def change_content(page: Any, change: Callable[[bytes], bytes]) -> None:
    content = page["/Contents"].get_object()
    data = content.get_data()
    changed = change(data)
    assert changed != data
    content.set_data(changed)


def drop_text(writer: PdfWriter) -> None:
    form = first_form(writer.pages[1])
    data = form.get_data()
    changed = re.sub(rb"\[[^\]]+\] TJ", b"[<>] TJ", data, count=3)
    assert changed != data
    form.set_data(changed)


def annotate(writer: PdfWriter) -> None:
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (100, 100, 200, 200))),
        }
    )
    writer.pages[1][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


def cut(box: str) -> Edit:
    def edit(writer: PdfWriter) -> None:
        writer.pages[1][NameObject(box)] = RectangleObject((20, 20, 300, 300))

    return edit


def other_profile(writer: PdfWriter) -> None:
    intents: Any = writer._root_object["/OutputIntents"]
    profile = intents[0].get_object()["/DestOutputProfile"].get_object()
    profile.set_data(profile.get_data()[:-4] + b"abcd")


def archive_claim(writer: PdfWriter) -> None:
    metadata: Any = writer._root_object["/Metadata"].get_object()
    data = metadata.get_data()
    claim = b"<pdfaid:part>3</pdfaid:part><pdf:Producer>"
    metadata.set_data(data.replace(b"<pdf:Producer>", claim))


def put_intent(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/OutputIntents")] = ArrayObject()


DAMAGES: dict[str, tuple[PageSize, Edit]] = {
    "two pages exchanged": ("booklet", exchange_halves),
    "two sheets exchanged": ("booklet", exchange_sheets),
    "a text that is gone": ("booklet", drop_text),
    "a link on a sheet": ("booklet", annotate),
    "a text beside the pages": (
        "booklet",
        lambda writer: change_content(writer.pages[1], lambda data: data + b"\nBT (x) Tj ET"),
    ),
    "a page moved on its sheet": (
        "booklet",
        lambda writer: change_content(
            writer.pages[1], lambda d: d.replace(b"1 0 0 1", b"1 0 0 .9")
        ),
    ),
    "a sheet cut": ("booklet", cut("/CropBox")),
    "a claim to be an archive": ("booklet", archive_claim),
    "a link in print": ("print", annotate),
    "trimmed elsewhere": ("print", cut("/TrimBox")),
    "bleeding elsewhere": ("print", cut("/BleedBox")),
    "another profile": ("print", other_profile),
    "no profile": ("print", put_intent),
    "print as an archive": ("print", archive_claim),
    "large print cut": ("large", cut("/CropBox")),
    "large print trimmed": ("large", cut("/TrimBox")),
}


@pytest.fixture(scope="module")
def texts(built: dict[str, Path]) -> tuple[Loader, Texts]:
    loader = Loader(open_workspace(built["en"]))
    edition = Edition(document="t", language="en", format="pdf")
    return loader, prepare_texts(loader, [edition])


def find_damage(
    texts: tuple[Loader, Texts], page: PageSize, data: bytes | None = None
) -> list[str]:
    loader, prepared = texts
    edition = Edition(document="t", language="en", format="pdf", page=page)
    path = loader.workspace.output(edition)
    before = path.read_bytes()
    path.write_bytes(data or before)
    try:
        found = audit_built(loader, [edition], prepared)
        return [one.message for one in found if one.code != "built-changed"]
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_found(
    built: dict[str, Path], texts: tuple[Loader, Texts], name: str
) -> None:
    page, edit = DAMAGES[name]
    whole = pdf(built, page).read_bytes()
    assert find_damage(texts, page, rewritten(whole, edit)) != []


@pytest.mark.parametrize("page", KINDS)
def test_a_file_written_by_another_program_is_quiet(
    built: dict[str, Path], texts: tuple[Loader, Texts], page: PageSize
) -> None:
    assert PdfReader(io.BytesIO(pdf(built, page).read_bytes())).pages
    assert find_damage(texts, page, rewritten(pdf(built, page).read_bytes())) == []


def test_contents_in_large_print_leave_no_few_entries_for_a_third_page(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text(
        'source-language = "en"\nlanguages = ["en"]\nform = "report"\nformats = ["pdf"]\n'
        'pages = ["large"]\n'
    )
    title = "Heading of a section with a longer title that takes two lines, like others"
    texts = (
        f"{'##'[at % 4 == 0 :]} {title[: None if at % 5 == 2 else 20]} {at}\n\na\n"
        for at in range(30)
    )
    head = "---\ntitle: T\npublished: 2024-01-31\nauthor: A\n---\n\n"
    (tmp_path / "source/a.md").write_text(head + "\n".join(texts))
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    pages = PdfReader(tmp_path / "build/en/a.large.pdf").pages
    counts = [page.extract_text().count("Heading of a section") for page in pages]
    assert [count for count in counts if count > 10] == [15, 15]

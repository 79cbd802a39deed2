"""`publish kit`, `tm` and `glossary`: a translation goes out, is worked on, and comes back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from conftest import Golden
from examples import some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kitcases import ENGLISH, TEXTS, TURKMEN, catalog, commented, sent, sheet_of, source
from kitways import (
    SOURCE,
    by_catalog,
    by_spreadsheet,
    exported,
    make_workspace,
    members,
    po_of,
    translate,
)
from lxml import etree
from steady import steady

from publish.cli.main import main
from publish.editions.page.interface import Interface
from publish.kits.catalogfile import write_kit_catalog
from publish.kits.kitpages import KitPages, render_reader_page, render_rejected_page
from publish.kits.returnedfiles import list_state_words, read_parcels
from publish.kits.returnedtexts import RejectedText, ReturnedText
from publish.kits.returning import take_back
from publish.kits.spreadsheet import write_workbook
from publish.kits.tmx import TranslationPair, read_tmx, write_tmx
from publish.kits.xliff import write_xliff
from publish.kits.xlifftext import normalise_for_xliff
from publish.po.pofile import PoFile
from publish.resources import find_template_folder
from publish.reviews.ledger import Ledger
from publish.translation.translation import Translation

NAME = "tip-2024-turkmenistan"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A small workspace with empty catalogs."""
    return make_workspace(tmp_path / "short")


def run(root: Path, *words: str) -> int:
    return main([*words, "-C", str(root)])


# --------------------------------------------------------------------------- out


def test_a_kit_is_written_and_what_it_lacks_is_said(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(short, "kit", "export", "-l", "tk") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "the kit has no PDF of the original; build it first: publish build -l en",
        "build/kits/short.tk.zip: 5 sentences",
        "next: publish kit import FILE takes what the translator sends back",
    ]
    assert run(short, "kit", "export", "-q", "--format", "xliff") == 0
    assert capsys.readouterr().err == ""
    made = sorted(path.name for path in (short / "build" / "kits").iterdir())
    assert made == ["short.ru.xlf", "short.tk.xlf", "short.tk.zip"]
    assert run(short, "kit", "export", "-l", "tk", "-q", "-o", str(short / "k.zip")) == 0
    assert (short / "k.zip").read_bytes() == (short / "build/kits/short.tk.zip").read_bytes()


def test_a_kit_tells_what_it_told(short: Path, golden: Golden) -> None:
    path = po_of(short)
    text = path.read_text("utf-8").replace(
        'msgid "It says nothing."\nmsgstr ""', 'msgid "It says nothing."\nmsgstr "Hiç zat."'
    )
    path.write_text(text, "utf-8")
    files = members(exported(short))
    assert len(files) >= 4
    for name, data in files.items():
        if not name.endswith((".xlsx", ".pdf")):
            golden(Path("cases/kit") / name, steady(data.decode()))
    xliff = short / "short.xlf"
    assert run(short, "kit", "export", "-l", "tk", "-q", "--format", "xliff", "-o", str(xliff)) == 0
    golden(Path("cases/kit/short.tk.xlf"), steady(xliff.read_text("utf-8")))


def test_what_cannot_be_exported_says_why(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(short, "kit", "export", "-l", "en") == 2
    assert "en is the language of the source" in capsys.readouterr().err
    assert run(short, "kit", "export", "-o", "x.zip") == 2
    assert "-o names one file, and there are 2 kits" in capsys.readouterr().err
    assert run(short, "kit", "export", "--document", "long") == 2
    assert "there is no document 'long'" in capsys.readouterr().err
    po_of(short).unlink()
    assert run(short, "kit", "export", "-l", "tk") == 1
    assert "error[catalog-missing]" in capsys.readouterr().err


# --------------------------------------------------------------------------- back


def test_what_was_taken_is_counted(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = by_catalog(short, {"The end of it.": "Soňy."})
    assert run(short, "kit", "import", "--dry-run", str(file)) == 0
    assert capsys.readouterr().err.endswith(": 1 would be taken, 4 unchanged\n")
    assert run(short, "kit", "import", str(file)) == 0
    assert capsys.readouterr().err.endswith("renamed.po: 1 taken, 4 unchanged\n")
    assert 'msgstr "Soňy."' in po_of(short).read_text(encoding="utf-8")
    assert run(short, "kit", "import", str(file)) == 0
    assert capsys.readouterr().err.endswith(": 0 taken, 1 already there, 4 unchanged\n")


def test_what_was_not_taken_is_named_and_kept(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = by_spreadsheet(short, {"The end of it.": "Olaryňky.", "It says nothing.": "*Hiç.*"})
    translate(short, "The end of it.", "Biziňki.")
    assert run(short, "kit", "import", str(file)) == 1
    said = capsys.readouterr()
    assert "warning[kit-conflict]: not taken: the catalog has another translation" in said.out
    assert re.search(r"--> .*back\.xlsx:7  \(D7\)\n   \| Olaryňky\.", said.out)
    assert "warning[marks-differ]" in said.out
    assert "0 taken, 2 not taken, 3 unchanged" in said.err
    assert "back.xlsx.not-taken.html: the texts that were not taken" in said.err


def test_options_say_what_a_file_is_of(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = by_catalog(short, {"The end of it.": "Soňy."})
    assert run(short, "kit", "import", str(file), "-l", "ru", "-l", "tk") == 2
    assert "a file is in one language" in capsys.readouterr().err
    assert run(short, "kit", "import", str(file), "-l", "ru") == 2
    assert "renamed.po is in tk, not in ru" in capsys.readouterr().err
    assert run(short, "kit", "import", str(file), "--document", "short", "-l", "tk", "-q") == 0


MSGIDS = [record.entry.msgid for record in catalog().records]
STATES = st.dictionaries(
    st.sampled_from(MSGIDS),
    st.tuples(TEXTS.filter(lambda text: "\0" not in text), st.booleans()),  # no .po can hold it
)


@settings(max_examples=some(30))
@given(STATES)
@example({"A short report": ("*\x1b", True), "What was found": ("{joined}", False)})
@example({"A short report": ("\\*a*", False), "A first item.": ("=1 _x0041_\r\n", True)})
def test_any_catalog_that_goes_out_and_comes_back_is_the_same(
    texts: dict[str, tuple[str, bool]],
) -> None:
    """The law, for every format: export, then import, changes nothing and tells nothing."""
    fuzzy = [msgid for msgid, (_, doubtful) in texts.items() if doubtful]
    po = catalog({msgid: text for msgid, (text, _) in texts.items()}, *fuzzy)
    words = list_state_words(sheet_of(po).interface)
    for data in (
        write_kit_catalog(po, "short"),
        write_workbook(sheet_of(po))[0],
        write_xliff("short", ENGLISH, TURKMEN, sent(po, normalise_for_xliff)),
    ):
        (parcel,) = read_parcels(data, "back")
        outcome = take_back(po, parcel.texts(po, words), source(), parcel.form)
        assert (outcome.po, outcome.rejected, outcome.taken) == (po, (), 0)
        assert outcome.untouched == len(po.records)
        assert (parcel.document, parcel.language) == ("short", "tk")


# --------------------------------------------------------------------------- pages


def words_of(row: etree._Element) -> str:
    """The translation in a row of the reader."""
    (found,) = (p for p in row.iter(f"{XHTML}p") if p.get("class") == "translation")
    return " ".join("".join(map(str, found.itertext())).split())


def pages() -> KitPages:
    return KitPages((find_template_folder(),), Interface(TURKMEN, {}), ENGLISH)


def translation_of(po: PoFile) -> Translation:
    return Translation(
        source=source(),
        language=TURKMEN,
        file=po.file,
        po=po,
        corrections=None,
        ledger=Ledger("r.csv"),
    )


def test_the_reader_shows_text_as_text_and_what_is_missing() -> None:
    texts = {
        "A quoted sentence.": "Sitata & <b>",
        "The law was *read*.": "Kanun *okaldy*.",
        "A first item.": "<script>alert(1)</script>",
        "The text of the note.": "[link](9)",
    }
    root = etree.fromstring(render_reader_page(pages(), translation_of(catalog(texts))))
    rows = {row.get("id"): row for row in root.iter(f"{XHTML}div") if row.get("id")}
    assert list(rows) == ["p1", "p2", "p3", "p4", "p5"]
    shown = {number: words_of(row) for number, row in rows.items()}
    assert shown["p1"] == "Kanun okaldy. [en] …"
    assert rows["p1"].find(f".//{XHTML}em") is not None
    assert (shown["p2"], shown["p5"]) == ("[en] …", "[en] …")
    assert not list(root.iter(f"{XHTML}script", f"{XHTML}b"))
    languages = [p.get("lang") for p in rows["p1"].iter(f"{XHTML}p")]
    assert languages == ["en", "tk"]


def test_the_reader_shows_doubts_beside_their_paragraphs() -> None:
    po = commented(catalog(), "The law was *read*.", "reviewer: <b>this</b>", "or \u202e that?")
    po = commented(po, "A quoted sentence.", "a note", "reviewer: 1?", "reviewer: 2?")
    root = etree.fromstring(render_reader_page(pages(), translation_of(po)))
    rows = {row.get("id"): row for row in root.iter(f"{XHTML}div") if row.get("id")}
    told = {
        number: [
            ["".join(map(str, p.itertext())) for p in box.iter(f"{XHTML}p")]
            for box in row.iter(f"{XHTML}aside")
        ]
        for number, row in rows.items()
    }
    assert told["p1"] == [["Question — The law was read.", r"<b>this</b> or \u202e that?"]]
    assert told["p4"] == [["Question", "1?"], ["Question", "2?"]]
    assert [told[number] for number in ("p2", "p3", "p5")] == [[], [], []]


def test_a_kit_speaks_of_doubts_only_where_there_are_any(short: Path) -> None:
    pages = ("READ-ME.html", "short.tk.html")
    before = members(exported(short))
    assert not [
        name for name in pages if b"doubt" in before[name] or "“Sorag”".encode() in before[name]
    ]
    text = po_of(short).read_text("utf-8")
    asked = text.replace('\nmsgid "It says', '\n# reviewer: it?\nmsgid "It says')
    po_of(short).write_text(asked, "utf-8")
    after = members(exported(short))
    assert "“Sorag” sütüninde".encode() in after["READ-ME.html"]
    assert b"it?" in after["short.tk.html"]
    assert b"# reviewer: it?" in after["short.tk.po"]


def test_a_text_that_was_not_taken_stands_there_word_for_word() -> None:
    text = ' <b>&amp; "x"\n\tý\u202e\x08'
    returned = ReturnedText(
        id="u1",
        text=text,
        fuzzy=False,
        base="",
        place="D3",
        line=3,
        source="<i>source</i>",
        comments=("# a comment",),
    )
    page = render_rejected_page(
        pages(),
        "<x>.xlsx",
        [RejectedText(returned=returned, code="kit-gone", reason="why", hint="how", kept="kept")],
    )
    root = etree.fromstring(page)
    (shown,) = (one for one in root.iter(f"{XHTML}pre") if one.get("class") == "text")
    assert shown.text == ' <b>&amp; "x"\n\tý\\u202e\\u0008'


# --------------------------------------------------------------------------- tm, glossary


def test_a_memory_goes_out(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "tm", "export", "-l", "tk") == 0
    data = capsys.readouterr().out
    assert len(read_tmx(data.encode(), "memory.tmx", "en", "tk")) > 20
    assert run(workspace, "tm", "export") == 2
    assert run(workspace, "tm", "export", "-l", "tk", "-o", str(workspace / "m.tmx")) == 0
    assert (workspace / "m.tmx").read_text(encoding="utf-8") == data


def test_a_memory_comes_in(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory = short / "memory.tmx"
    memory.write_bytes(write_tmx([TranslationPair("The end of it", "Soňy")], ENGLISH, TURKMEN))
    assert run(short, "tm", "import", "--dry-run", str(memory)) == 0
    assert "1 filled in, fuzzy" in capsys.readouterr().err
    assert "Soňy" not in po_of(short).read_text(encoding="utf-8")
    assert run(short, "tm", "import", str(memory)) == 0
    assert '#, fuzzy\n#| msgid "The end of it"' in po_of(short).read_text(encoding="utf-8")
    assert run(short, "tm", "import", "-l", "ru", str(memory)) == 2
    assert "no translations from en into ru" in capsys.readouterr().err


def test_the_glossary_is_looked_through(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "glossary", "-l", "tk") == 0
    out = capsys.readouterr().out
    assert out.startswith("locales/glossary.csv: ")
    assert re.search(r"^  \d+: .+ → .+ \(unverified\): \S+: .*¶\d+", out, re.M)
    assert run(workspace, "glossary", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["language"] for one in told["unverified"]} == {"ru", "tk"}
    for words in (("-l", "tk", "export"), ("export", "-l", "tk")):
        assert main(["glossary", "-C", str(workspace), *words]) == 0
        tbx = capsys.readouterr().out
        assert 'xml:lang="tk"' in tbx
        assert 'xml:lang="ru"' not in tbx


@pytest.mark.parametrize(("places", "told"), [(4, ""), (5, ""), (6, "; 1 more"), (8, "; 3 more")])
def test_five_places_of_a_term_are_named(
    short: Path, places: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (short / "locales/glossary.csv").write_text("en,tk,status,note\ncotton,pagta,,\n", "utf-8")
    text = "".join(f"\nThe cotton is number {at}.\n" for at in range(places))
    (short / "source/short.md").write_text(f"{SOURCE}{text}", "utf-8")
    assert run(short, "update", "-q") == 0
    capsys.readouterr()
    assert run(short, "glossary", "-l", "tk") == 0
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "cotton" in one]
    assert line.count("¶") == min(places, 5)
    assert line.endswith(told) if told else "more" not in line


def test_a_wrong_glossary_is_an_error_with_its_line(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "locales" / "glossary.csv"
    path.write_text("en,ru,status,note\na,b,c\n", encoding="utf-8")
    assert run(workspace, "glossary") == 1
    assert "--> locales/glossary.csv:2" in capsys.readouterr().err
    path.unlink()
    assert run(workspace, "glossary") == 2


@pytest.mark.parametrize("words", [("--format", "csv"), ("-o", "terms.tbx")])
def test_options_of_the_glossary_export_are_refused_without_it(
    words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["glossary", *words]) == 2
    assert capsys.readouterr().err == (
        "error: --format and -o go with export\n  help: publish glossary export\n"
    )


def test_questions_stay_in_the_catalog_until_they_are_answered(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = zipfile.ZipFile(io.BytesIO(exported(short).read_bytes()))
    (name,) = (one for one in archive.namelist() if one.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    book.worksheets[0]["G7"].value = "Whose end?"
    book.save(short / "back.xlsx")
    capsys.readouterr()
    assert run(short, "kit", "import", str(short / "back.xlsx")) == 0
    page = short / "back.xlsx.questions.html"
    assert f"{page}: questions and proposals" in capsys.readouterr().err
    assert "Whose end?" in page.read_text("utf-8")
    assert "# question: Whose end?\n" in po_of(short).read_text("utf-8")
    assert run(short, "kit", "questions") == 0
    assert "   ? Whose end?" in capsys.readouterr().out
    answered = po_of(short).read_text("utf-8").replace("# question: Whose end?\n", "")
    po_of(short).write_text(answered, "utf-8")
    assert run(short, "kit", "questions") == 0
    assert capsys.readouterr().out == ""

"""Notes stand at the foot of the page with their mark, numbered as in the source."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import polib
import pytest
from bookparts import make_input, write_book
from lxml import etree
from pypdf import PdfReader
from structure import read_structure
from validators import run_pdf_checks

from publish.cli.main import main
from publish.editions.pdf.fitting.footnotes import HERE, NOTES, is_note, place_notes
from publish.editions.pdf.rendering import laying_out

FRONT = "---\ntitle: F\nauthor: A\npublished: 2024-01-31\nsummary: S\nrights: R\n---\n\n"
FILLER = "Words that fill the page and say nothing else. " * 12
SOURCE = f"""{FRONT}# Sec[^sec] {{#sec}}

Alpha[^a] and beta[^b].

{FILLER}

{FILLER}

{FILLER}

{FILLER}

{FILLER}

{FILLER}

Gamma.[^c] And again alpha.[^a]

| Head[^d] | x |
|---|---|
| y[^cell] | z |

- Item[^item]
- {FILLER}

> Quoted[^quote]

## Before a table[^bare] {{#before}}

| 1 | 2 |
|---|---|
| 3 | 4 |

Long.[^e] {FILLER}

{FILLER}

{FILLER}

Last.[^last]

[^sec]: Note sec.
[^a]: Note alpha.
[^b]: Note beta.

    Its second block.
[^c]: Note gamma with a note.[^f]
[^d]: Note head.
[^e]: Note long. {FILLER * 13}

    {FILLER * 13} The end of it.
[^f]: Note inner.
[^cell]: Note cell.
[^item]: Note item.
[^quote]: Note quote.
[^bare]: Note bare.
[^last]: See the table.

    | one | two |
    |---|---|
    | 1 | 2 |
"""
RUSSIAN = {
    "Alpha[^a] and beta[^b].": "Бета[^b] и альфа[^a].",
    "Note alpha.": "Сноска альфа.",
    "Note beta.": "Сноска бета.",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("notes")
    settings = 'languages = ["en", "ru"]\nbilingual = ["en+ru"]\npages = ["a4", "phone"]\n'
    settings += 'form = "report"\n'
    (root / "publish.toml").write_text(settings, "utf-8")
    (root / "source").mkdir()
    (root / "source/f.md").write_text(SOURCE, "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    path = root / "locales/ru/LC_MESSAGES/f.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = RUSSIAN.get(entry.msgid, "")
    catalog.save()
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


def pages_of(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


MARKED = {
    "Alpha": "Note alpha.",
    "and beta": "second block",
    "Gamma": "inner",
    "Head": "Note head.",
    "Item": "Note item.",
    "Quoted": "Note quote.",
    "Before a table": "Note bare.",
    "Long.": "Note long.",
    "Last.": "See the table.",
}
"""Text that is on one page, by the mark after it."""


@pytest.mark.full
def test_a_note_is_on_the_page_of_its_mark(built: Path) -> None:
    pages = pages_of(built / "build/en/f.pdf")[3:]
    for mark, note in MARKED.items():
        at = [number for number, words in enumerate(pages) if mark in words]
        found = [number for number, words in enumerate(pages) if note in words]
        assert found == at[:1], note
    assert pages[0].index("Note alpha") > pages[0].rindex("say nothing else")


@pytest.mark.full
def test_a_long_note_goes_on_over_pages(built: Path) -> None:
    path = built / "build/en/f.pdf"
    pages = pages_of(path)
    (start,) = [number for number, words in enumerate(pages) if "Note long." in words]
    (end,) = [number for number, words in enumerate(pages) if "The end of it." in words]
    assert end - start >= 2
    tree, _ = read_structure(path.read_bytes())
    (note,) = [tag for tag in tree.all("Note") if "Note long." in tag.text]
    assert "".join(note.text.split()).count("Wordsthatfillthepage") == 26 * 12
    assert len(tree.all("Note")) == 12


@pytest.mark.full
def test_no_notes_are_at_the_end(built: Path) -> None:
    for path in sorted(built.glob("build/*/*.pdf")):
        tree, _ = read_structure(path.read_bytes())
        assert not {"Notes", "Примечания"} & {tag.text.strip() for tag in tree.all("H2")}, path


@pytest.mark.full
def test_a_short_note_is_not_broken(built: Path) -> None:
    for path in sorted(built.glob("build/*/*.phone.pdf")):
        pages = pages_of(path)
        for note in ("Note alpha.", "Note gamma with a note.", "Note quote."):
            assert sum(note in words for words in pages) <= 1, note


@pytest.mark.full
def test_it_is_read_after_its_mark(built: Path) -> None:
    tree, _ = read_structure((built / "build/en/f.pdf").read_bytes())
    (first,) = [
        tag for tag in tree.all("P") if tag.text.startswith("2Note sec.") or "Alpha" in tag.text
    ]
    words = first.text.replace(" ", "")
    assert words.index("Alpha") < words.index("Notealpha.") < words.index("andbeta")


@pytest.mark.full
def test_outside_programs_and_the_audit_have_nothing_to_say(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in sorted(built.glob("build/*/*.pdf")):
        assert run_pdf_checks(path) == [], path
    assert main(["check", "--built", "-C", str(built)]) == 0, capsys.readouterr().out


@pytest.mark.full
def test_a_word_changed_in_a_note_is_found(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "changed"
    shutil.copytree(built, root)
    source = root / "source/f.md"
    source.write_text(source.read_text("utf-8").replace("The end of it.", "The start."), "utf-8")
    assert main(["check", "--built", "-C", str(root)]) != 0
    said = capsys.readouterr().out
    assert "built-text" in said
    assert "build/en/f.pdf" in said


@pytest.mark.full
def test_numbers_are_those_of_the_source_in_every_language(built: Path) -> None:
    tree, _ = read_structure((built / "build/ru/f.pdf").read_bytes())
    notes = ["".join(tag.text.split()) for tag in tree.all("Note")]
    assert "2Сноскаальфа." in notes
    assert any(one.startswith("3Сноскабета.") for one in notes)


@pytest.mark.full
def test_two_languages_pair_the_same_note(built: Path) -> None:
    tree, _ = read_structure((built / "build/en+ru/f.pdf").read_bytes())
    notes = ["".join(tag.text.split()) for tag in tree.all("Note")]
    at = notes.index("2Notealpha.")
    assert notes[at + 1] == "2Сноскаальфа."
    assert notes[notes.index("2Сноскаальфа.") + 1].startswith("3Notebeta.")
    for text in ("Notecell.", "Noteitem.", "Notequote.", "Notelong."):
        first = [number for number, note in enumerate(notes) if "[en]" not in note]
        (at,) = [number for number in first if text in notes[number]]
        number = notes[at].partition("Note")[0]
        assert notes[at + 1].startswith(f"{number}[en]"), text


@pytest.mark.full
def test_in_two_languages_a_long_note_has_a_column_each(built: Path) -> None:
    pages = pages_of(built / "build/en+ru/f.pdf")
    both = [words for words in pages if words.count("Words that fill the page") > 40]
    assert len(both) >= 2


# --------------------------------------------------------------------------- the tree


def placed(body: str, *notes: str) -> Element:
    """The body of a document with these notes, after they were placed."""
    told = "".join(
        f'<div id="note-{number}" class="note" xmlns:e="http://www.idpf.org/2007/ops" '
        f'e:type="footnote"><p class="back"><a href="#mark-{number}">{number}</a></p>{note}</div>'
        for number, note in enumerate(notes, 1)
    )
    for number in range(1, len(notes) + 1):
        mark = f'<sup><a id="mark-{number}" href="#note-{number}">{number}</a></sup>'
        body, told = body.replace(f"[{number}]", mark), told.replace(f"[{number}]", mark)
    section = f'<section id="{NOTES}"><h2>Notes</h2>{told}</section>'
    root = ElementTree.fromstring(f"<html><body>{body}{section}</body></html>")
    place_notes(root)
    found = root.find("body")
    assert found is not None
    return found


def words(element: Element) -> str:
    return "".join(element.itertext())


def test_the_text_around_a_mark_stays_in_its_place() -> None:
    body = placed("<p>One[1], two.</p>", "<p>Note.</p>")
    assert words(body) == "One11Note., two."
    assert body.find("section") is None


def test_the_blocks_of_a_note_stay_together() -> None:
    body = placed("<p>One[1]</p>", "<p>Note.</p><p>More.</p><ul><li>x</li></ul>")
    note = next(filter(is_note, body.iter()))
    assert [words(part) for part in note] == ["1Note.More.x"]
    assert note[0].get("id") == "note-1"
    assert HERE in (note.get("class") or "")


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ("<section><h2>H[1]</h2><p>Text.</p></section>", "H11Note.Text."),
        (
            "<section><h2>H[1]</h2><section><h3>I</h3><ul><li>x</li></ul></section></section>",
            "H1I1Note.x",
        ),
        ('<div class="table"><table><tr><td>x[1]</td></tr></table></div><p>y</p>', "x11Note.y"),
        ("<figure><figcaption>x[1]</figcaption></figure><p>y</p>", "x11Note.y"),
        ('<h2>H[1]</h2><div class="table"><table/></div><p>y</p>', "H11Note.y"),
        ("<section><h2>H[1]</h2></section><p>y</p>", "H11Note.y"),
        ("<h2>H[1]</h2><ul><li><em>x</em> y</li></ul>", "H11Note.x y"),
    ],
)
def test_notes_of_headings_tables_and_captions_are_near(body: str, at: str) -> None:
    assert words(placed(body, "<p>Note.</p>")) == at


def test_a_note_may_have_any_length_and_any_blocks() -> None:
    note = f"<p>{'long ' * 4000}</p><table><tr><td>1</td></tr></table>"
    body = placed("<p>x[1]</p>", note)
    assert body.find("section") is None
    assert len(list(body.iter("table"))) == 1


def test_a_note_without_a_mark_stays() -> None:
    section = placed("<p>x</p>", "<p>Note.</p>").find("section")
    assert section is not None
    assert len(section) == 2


def test_notes_of_one_heading_and_of_the_next_keep_their_order() -> None:
    body = placed("<section><h2>H[1]</h2><h3>I[2]</h3><p>x</p></section>", "<p>A</p>", "<p>B</p>")
    assert words(body) == "H1I21A2Bx"


def test_a_note_in_a_note_follows_it() -> None:
    assert words(placed("<p>x[1] y</p>", "<p>A[2]</p>", "<p>B</p>")) == "x11A22B y"


@pytest.mark.full
def test_the_heading_of_the_notes_is_read_aloud_for_a_mark(built: Path) -> None:
    notes = etree.fromstring("<n/>")
    for page in PdfReader(built / "build/ru/f.pdf").pages:
        for one in page.get("/Annots", []):
            etree.SubElement(notes, "a").text = str(one.get_object().get("/Contents"))
    assert "Примечания 2" in [one.text for one in notes]


def test_a_note_that_does_not_fit_takes_its_mark_with_it(tmp_path: Path) -> None:
    """Lines of a short note keep together, so no page has a rule without a note."""
    chapters = (f"# C{n}\n\n{'word ' * n}.\n\nHere.[^{n}]\n" for n in (104, 112, 120))
    notes = (f"[^{n}]: {'Noted ' * 17}\n" for n in (104, 112, 120))
    text = "\n".join(("---\ntitle: T\nauthor: A\n---\n", *chapters, *notes))
    with laying_out(make_input(write_book(tmp_path / "book", text), page="phone")) as laid:
        pages = [read_words(page) for page in laid.boxes]
    marked = [words for words in pages if "Here." in words]
    assert [words.count("Noted") for words in marked] == [17] * 3


def read_words(box: Any) -> str:
    """The text that a laid-out box shows."""
    own = getattr(box, "text", "")
    return own + " ".join(read_words(one) for one in getattr(box, "children", ()))

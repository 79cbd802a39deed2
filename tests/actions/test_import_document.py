"""Importing a file: the source, its pictures and list of losses; what a second import keeps."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path
from time import sleep

import polib
import pytest
from releasecases import picture
from wordfiles import word_parts, zip_parts

from publish.actions.import_document import import_document
from publish.actions.init import start_workspace
from publish.actions.update import update_catalogs
from publish.building.editionlimits import EDITION_LIMITS
from publish.cli.main import main
from publish.errors import PublishError, UsageError
from publish.importing.foreign import ForeignOptions
from publish.importing.losslist import render_losses
from publish.importing.results import Loss
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>The water report</title></head><body>
<nav>Menu</nav><main><h1>The water report</h1>
<p>It rained<a href="#n1" class="footnote-ref">1</a>. See <a href="#b">below</a>.</p>
<h2>Background of it all</h2><p>Freedom</p>
<figure><img src="files/Map of it.png"><figcaption>The map</figcaption></figure>
<h2 id="b">Steps</h2><ul><li>Open the gates.</li><li>Ask farmers.</li></ul>
<p><img src="https://example.org/far.png" alt="Far away"></p>
<aside class="footnote" id="n1"><p>In spring.</p></aside></main></body></html>
"""


def workspace(root: Path) -> Path:
    start_workspace(root / "w", ["en", "ru"])
    (root / "w/source/report.md").unlink()
    return root / "w"


def saved_page(root: Path, text: str = PAGE) -> Path:
    folder = root / "Water Report"
    (folder / "files").mkdir(parents=True, exist_ok=True)
    (folder / "files/Map of it.png").write_bytes(picture())
    (folder / "page.html").write_text(text, "utf-8")
    return folder


def test_a_saved_page_becomes_a_source_that_builds(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    made = import_document(open_workspace(root), saved_page(tmp_path))
    source = (root / "source/water-report.md").read_text("utf-8")
    assert source == (
        '---\ntitle: "The water report"\n---\n\nIt rained[^1]. See [below](#steps).\n\n'
        "# Background of it all {#background-of-it-all}\n\nFreedom\n\n"
        "![The map](map-of-it.png)\nThe map\n\n# Steps {#steps}\n\n- Open the gates.\n"
        "- Ask farmers.\n\n[^1]: In spring.\n"
    )
    assert (root / "source/map-of-it.png").read_bytes() == picture()
    assert (made.file, made.pictures) == ("source/water-report.md", ("source/map-of-it.png",))
    assert [(one.kind, one.text) for one in made.losses] == [
        ("menu", "Menu"), ("picture", "Far away"),
    ]  # fmt: skip
    assert (root / made.list_file).read_text("utf-8") == render_losses(made.losses)
    assert main(["update", "-q", "-C", str(root)]) == 0
    assert main(["build", "-q", "-C", str(root), "-f", "epub"]) == 0


def test_a_source_is_never_overwritten_by_itself(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    page = saved_page(tmp_path) / "page.html"
    (root / "source/page.md").write_text("# Mine\n\nText.\n", "utf-8")
    with pytest.raises(UsageError, match="exists, and an import never overwrites"):
        import_document(open_workspace(root), page)
    assert (root / "source/page.md").read_text("utf-8") == "# Mine\n\nText.\n"
    assert not (root / "source/map-of-it.png").exists()
    import_document(open_workspace(root), page, ForeignOptions(name="other"))
    assert (root / "source/other.md").is_file()


def test_a_picture_of_another_document_stays(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "source/map-of-it.png").write_bytes(b"another")
    made = import_document(open_workspace(root), saved_page(tmp_path))
    assert made.pictures == ("source/water-report-map-of-it.png",)
    assert (root / "source/map-of-it.png").read_bytes() == b"another"


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", ".."])
def test_a_name_stays_in_the_folder_of_sources(name: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with pytest.raises(UsageError, match="is no name for a document"):
        import_document(open_workspace(root), saved_page(tmp_path), ForeignOptions(name=name))


def test_a_second_import_keeps_what_people_wrote(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    page = saved_page(tmp_path)
    import_document(open_workspace(root), page)
    source = root / "source/water-report.md"
    edited = source.read_text("utf-8")
    for old, new in (
        ('title: "The water report"', 'title: "The water report"\nauthor: "Ann"'),
        ("{#background-of-it-all}", "{#background}"),
        ("\nFreedom", '\n{note="The name of a ship."} Freedom'),
        ("![The map]", "![A map of the river and its dam]"),
        ("[^1]", "[^spring]"),
    ):
        assert old in edited
        edited = edited.replace(old, new)
    source.write_text(edited, "utf-8")
    newer = PAGE.replace(
        "It rained", "A new note<a href='#n2' class='footnote-ref'>2</a>. It rained"
    )
    newer = newer.replace("</main>", '<aside class="footnote" id="n2">New.</aside></main>')
    newer = newer.replace("Background of it all", "The background of it all")
    with pytest.raises(UsageError):
        import_document(open_workspace(root), saved_page(tmp_path, newer))
    made = import_document(open_workspace(root), saved_page(tmp_path, newer), replace_source=True)
    assert made.replaced
    assert source.with_name(f"{source.name}.old").read_text("utf-8") == edited
    kept = source.read_text("utf-8")
    assert 'author: "Ann"' in kept
    assert "# The background of it all {#background}" in kept
    assert '{note="The name of a ship."} Freedom' in kept
    assert "![A map of the river and its dam](map-of-it.png)\nThe map" in kept
    assert "A new note[^1]. It rained[^spring]." in kept
    assert kept.endswith("[^1]: New.\n\n[^spring]: In spring.\n")


def test_an_edited_file_keeps_its_translations(tmp_path: Path) -> None:
    """Of 200 sentences, ten are changed, five are new and five are gone."""
    root = workspace(tmp_path)
    chance = random.Random(7)
    words = [
        "river",
        "field",
        "cotton",
        "market",
        "village",
        "winter",
        "letter",
        "teacher",
        "harvest",
        "night",
        "road",
    ]
    lines = [
        f"Sentence {n} {' '.join(chance.choice(words) for _ in range(9))}." for n in range(200)
    ]
    file = tmp_path / "long.txt"

    def write(sentences: list[str]) -> None:
        parts = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
        file.write_text("A long report\n\n" + "\n\n".join(parts) + "\n", "utf-8")

    write(lines)
    import_document(open_workspace(root), file)
    update_catalogs(Loader(open_workspace(root)))
    path = root / "locales/ru/LC_MESSAGES/long.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = f"Перевод: {entry.msgid}"
    catalog.save()
    edited = [f"Surely {one}" if n % 20 == 3 else one for n, one in enumerate(lines)]
    edited[50:55] = [f"Wholly new thing {n} that was not there." for n in range(5)]
    write(edited)
    import_document(open_workspace(root), file, replace_source=True)
    update_catalogs(Loader(open_workspace(root)))
    kept = [e for e in polib.pofile(str(path)) if e.msgstr and not e.obsolete]
    assert len(kept) >= 0.95 * len(catalog)


def test_a_file_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path)
    monkeypatch.setattr("publish.actions.import_document.read_foreign", lambda *_: sleep(30))
    short = replace(EDITION_LIMITS, seconds=0.2)
    with pytest.raises(PublishError) as caught:
        import_document(open_workspace(root), saved_page(tmp_path), limits=short)
    assert caught.value.code == "work-limit"
    assert not list((root / "source").glob("*.md"))


def test_what_cannot_be_read_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = sorted(root.rglob("*"))
    for name, data, message in (
        ("a.html", b"<script>x</script>", "no text"),
        ("a.md", b"# x", "is Markdown already"),
        ("a.xyz", b"x", "cannot be imported"),
        ("a.docx", b"PK\x03\x04broken", "damaged"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(PublishError, match=message):
            import_document(open_workspace(root), tmp_path / name)
    with pytest.raises(UsageError, match="there is no file or folder"):
        import_document(open_workspace(root), tmp_path / "gone.html")
    assert sorted(root.rglob("*")) == before


def test_a_picture_outside_of_the_folder_of_a_page_is_not_read(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (tmp_path / "secret.png").write_bytes(picture())
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "x.html").write_text(
        '<p>Text</p><img src="../secret.png" alt="a"><img src="link.png" alt="b">', "utf-8"
    )
    made = import_document(open_workspace(root), folder / "x.html")
    assert made.pictures == ()
    assert [(one.kind, one.text) for one in made.losses] == [
        ("picture", "a"), ("picture", "b"), ("title", ""),
    ]  # fmt: skip


def test_a_damaged_picture_is_left_out_and_named(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (tmp_path / "x.html").write_text('<p>Text</p><img src="a.png" alt="Words">', "utf-8")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    made = import_document(open_workspace(root), tmp_path / "x.html")
    assert made.pictures == ()
    assert [(one.kind, one.text) for one in made.losses] == [("title", ""), ("picture", "Words")]
    assert main(["update", "-q", "-C", str(root)]) == 0


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_other_formats_are_read_by_pandoc(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (tmp_path / "a.rst").write_text(
        "The title\n=========\n\nIt *rained* [1]_.\n\nSteps\n-----\n\n1. one\n2. two\n\n"
        ".. [1] In spring.\n\n.. include:: /etc/hostname\n",
        "utf-8",
    )
    made = import_document(open_workspace(root), tmp_path / "a.rst")
    source = (root / made.file).read_text("utf-8")
    assert "It *rained*[^1]." in source or "It *rained* [^1]." in source
    assert "1. one\n2. two" in source
    assert "[^1]: In spring." in source
    assert Path("/etc/hostname").read_text("utf-8").strip() not in source.split()


def test_without_pandoc_the_error_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.odt").write_bytes(b"x")
    with pytest.raises(UsageError) as caught:
        import_document(open_workspace(workspace(tmp_path)), tmp_path / "a.odt")
    assert "pandoc, which is not installed" in caught.value.message
    assert "apt install pandoc" in caught.value.hint


def test_the_command_prints_the_losses_in_words_and_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path)
    page = str(saved_page(tmp_path))
    assert main(["import", page, "--dry-run", "--json", "-C", str(root)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["source"] == "source/water-report.md"
    assert told["part"] == "main"
    assert told["losses"][0] == {
        "kind": "menu",
        "text": "Menu",
        "place": "above the main part",
        "moved": False,
        "reason": "",
    }
    assert not (root / "source/water-report.md").exists()
    assert main(["import", page, "-C", str(root)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "menu, above the main part: “Menu”",
        "picture, in “Steps”: “Far away”: not in the file: https://example.org/far.png",
        "page.html: read main",
        "source/water-report.md: made, 24 words",
        "1 picture: source/map-of-it.png",
        "source/water-report.losses.csv: 2 things are not in it, or elsewhere",
    ]
    assert main(["import", page, "-C", str(root)]) == 2


def test_a_file_without_a_title_or_a_text_is_told(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    made = import_document(
        open_workspace(root), saved_page(tmp_path, "<p>It rained in spring.</p>")
    )
    assert [(one.kind, one.reason) for one in made.losses] == [
        ("title", "the file has none, so it is called “water-report”: "
         "write it into the front matter")
    ]  # fmt: skip
    (tmp_path / "empty.docx").write_bytes(zip_parts(word_parts("")))
    with pytest.raises(PublishError, match="the file has no text") as caught:
        import_document(open_workspace(root), tmp_path / "empty.docx")
    assert "--select" not in caught.value.hint


def test_the_list_of_losses_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    written = render_losses([Loss(kind="menu", text='=1+1\n"x"', place="above", moved=True)])
    assert written == 'what,where,moved,words,why\nmenu,above,yes,"\'=1+1\n""x""",\n'


@pytest.mark.parametrize(
    "named",
    ["C:\\Users\\ann\\map.jpeg", "//server/ann/map.png", "file:///home/ann/m", "My Map (1).PNG",
     "https://example.org/map"],
)  # fmt: skip
def test_the_name_of_a_file_is_no_description_of_a_picture(named: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    shown = f'<img src="files/Map of it.png" alt="{named}">'
    old = '<img src="files/Map of it.png"><figcaption>The map</figcaption>'
    made = import_document(open_workspace(root), saved_page(tmp_path, PAGE.replace(old, shown)))
    assert "![](map-of-it.png)" in (root / made.file).read_text("utf-8")
    (lost,) = [one for one in made.losses if one.kind == "description"]
    assert (lost.text, lost.place) == (named, "map-of-it.png")


@pytest.mark.parametrize("said", ["A map: C of 3", "The logo of example.org", "A: the map"])
def test_words_with_dots_and_colons_describe_a_picture(said: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    shown = '<img src="files/Map of it.png"'
    told = PAGE.replace(shown, f'{shown} alt="{said}"')
    made = import_document(open_workspace(root), saved_page(tmp_path, told))
    assert not [one for one in made.losses if one.kind == "description"]

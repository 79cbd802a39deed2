"""The work beside the texts in a real browser: what a person begins, and what is seen of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from browsing import needs_readers
from deskcases import catalog, make_workspace, play, serving
from wordfiles import make_word, par

from publish.actions.kit import export_kits
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

pytestmark = pytest.mark.full


def told(seen: dict[str, Any], scene: str) -> dict[str, Any]:
    found: dict[str, Any] = seen[scene]
    assert "error" not in found, found["error"]
    return found


def write_returned(root: Path, file: Path) -> None:
    """Write the catalog of a kit as it comes back: one text is better, one has lost its note."""
    export_kits(Loader(open_workspace(root)), ["r"], ["ru"])
    with zipfile.ZipFile(root / "build/kits/r.ru.zip") as kit:
        (name,) = (one for one in kit.namelist() if one.endswith("r.ru.po"))
        text = kit.read(name).decode()
    for old, new in (("В селе 9 они", "В селе 9 мы"), ("O.[^a]", "O.[^z]")):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def test_from_a_word_file_to_editions_and_from_a_kit_to_a_release(tmp_path: Path) -> None:
    needs_readers()
    root = make_workspace(tmp_path / "w")
    settings = root / "publish.toml"
    settings.write_text(settings.read_text().replace('documents = ["r"]\n', ""))
    word, returned = tmp_path / "Report of May.docx", tmp_path / "r.ru.po"
    word.write_bytes(make_word(par("A fresh report", "Heading1") + par("It has one sentence.")))
    write_returned(root, returned)
    files = {"word": str(word), "returned": str(returned), "downloads": str(tmp_path / "taken")}
    with serving(root) as desk:
        seen = play(tmp_path / "scenes", ["lacking", "work"], address=desk.address, **files)
    lacking = told(seen, "lacking")
    assert (lacking["fault"], lacking["jobs"]) == ("Choose a file first.", 0)
    found = told(seen, "work")
    assert found["focus"] == "desk-title"
    assert "fresh is a new source." in found["imported"]["text"]
    assert found["imported"]["said"] == "Import a file: it is done."
    assert "kept: " in found["updated"]["text"]
    assert "Built: 6" in found["built"]["text"]
    assert (found["book"], found["archive"]) == ("PK\x03\x04", "PK\x03\x04")
    drafts = [one for one in found["files"] if "Draft: not all of it is reviewed" in one]
    assert len(drafts) == 4, found["files"]
    assert "sentences: " in found["kit"]["text"]
    assert "taken: 1, not taken: 1" in found["returned"]["text"]
    assert "В селе 9 мы" in catalog(root).read_text(encoding="utf-8")
    assert any("not-taken.html" in link for link in found["returned"]["links"])
    assert found["returned"]["state"] == "△ done, with findings"
    assert "Left out: 4" in found["release"]["text"]
    assert "Could go out: 2" in found["release"]["text"]
    assert found["faults"] == []
    assert found["filtered"] == "Sentences: 2"


def test_the_end_of_a_job_is_said_in_a_text_too(tmp_path: Path) -> None:
    needs_readers()
    with serving(make_workspace(tmp_path / "w")) as desk:
        found = told(play(tmp_path / "scenes", ["elsewhere"], address=desk.address), "elsewhere")
    assert found["alarm"].startswith("Build: it failed. This workspace has no language 'xx'")
    assert "Build: it failed." in found["bars"]
    assert found["focus"] != "desk-title"


def test_a_desk_for_reading_has_no_buttons_of_work(tmp_path: Path) -> None:
    needs_readers()
    with serving(make_workspace(tmp_path / "w"), "--read-only") as desk:
        found = told(play(tmp_path / "scenes", ["reading"], address=desk.address), "reading")
    assert found["buttons"] == []
    assert found["note"] is True
    assert "Русский" in found["waits"]


def test_the_owner_makes_a_link_and_withdraws_it(tmp_path: Path) -> None:
    needs_readers()
    shared = ("--share", "--address", "127.0.0.1")
    with serving(make_workspace(tmp_path / "w"), *shared) as desk:
        found = told(play(tmp_path / "scenes", ["links"], address=desk.address), "links")
    assert found["faults"] == []
    assert found["address"].startswith("https://127.0.0.1:")
    assert "aygul" in found["list"]
    assert "Translate into Русский" in found["list"]
    assert "has not been here yet" in found["list"]
    assert found["focus"] == "desk-links-title"

"""Large print, booklets and pages for a printing house are released, told apart, and verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from releasecases import key_in, parsed, release, series

from publish.cli.main import main

WORDS = {
    "en": {
        "large": "large print",
        "booklet": "booklet, to print and fold",
        "print": "for a printing house",
    },
    "ru": {
        "large": "крупный шрифт",
        "booklet": "брошюра: напечатать и сложить",
        "print": "для типографии",
    },
}


@pytest.mark.full
def test_all_kinds_of_pages_are_in_a_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path / "work", "a")
    settings = root / "publish.toml"
    kinds = 'formats = ["pdf"]\npages = ["large", "booklet", "print"]\n'
    settings.write_text(kinds + settings.read_text("utf-8"), "utf-8")
    key, _ = key_in(tmp_path)
    into = tmp_path / "release"
    release(root, key, into)
    listed = json.loads((into / "manifest.json").read_text("utf-8"))
    for language, state in (("en", "original"), ("ru", "draft")):
        rows = {
            one["page"]: one
            for one in listed["files"]
            if one["kind"] == "edition" and one["language"] == language
        }
        shown = " ".join(parsed((into / f"{language}.html").read_bytes()).itertext())
        for page, words in WORDS[language].items():
            assert rows[page]["name"] == f"a.{language}.{state}.{page}.pdf"
            assert rows[page]["pages"] > 0
            assert f"PDF — {words}" in shown
    capsys.readouterr()
    assert main(["verify", str(into), "-q", "--rebuild", "-C", str(root)]) == 5
    told = capsys.readouterr()
    assert "differs" not in told.out + told.err

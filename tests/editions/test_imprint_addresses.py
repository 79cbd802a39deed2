"""Addresses in the imprint break as those in a text do, and never after a hyphen."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from publish.cli.main import main
from publish.editions.page.addresses import write_short_address

LONG = (
    "https://www.a-long-name.example.org/reports/human-rights-in-the-north/the-report-of-2024.html/"
)
SHOWN = LONG.removeprefix("https://www.").rstrip("/")


def test_an_address_is_in_pieces_that_begin_with_their_signs() -> None:
    written = write_short_address(LONG, "ltr")
    assert re.sub("<[^>]*>", "", written) == SHOWN
    pieces = [re.sub("<[^>]*>", "", one) for one in written.split("<wbr/>")]
    assert pieces[:5] == ["a", "-long", "-name", ".example", ".org/"]
    assert not any(piece.endswith("-") for piece in pieces)


def test_it_runs_from_left_to_right_in_any_text() -> None:
    turned = write_short_address("mailto:a@b.org", "rtl")
    assert turned.startswith('<span class="address" dir="ltr">')
    assert "dir=" not in write_short_address("mailto:a@b.org", "ltr")
    assert write_short_address("", "ltr") == ""


@pytest.mark.full
@pytest.mark.parametrize("page", ["phone", "a4"])
def test_no_line_of_the_imprint_ends_with_a_hyphen(page: str, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    front = f"---\ntitle: T\npublished: 2024-01-31\nsource-url: {LONG}\n---\n\n"
    (tmp_path / "source/t.md").write_text(f"{front}# One\n\nText.\n", "utf-8")
    (tmp_path / "publish.toml").write_text('languages = ["en"]\nform = "report"\n', "utf-8")
    assert main(["build", "-q", "-C", str(tmp_path), "-f", "pdf", "--page", page]) == 0
    (file,) = (tmp_path / "build/en").glob("*.pdf")
    shown = subprocess.run(["pdftotext", "-f", "2", "-l", "2", file, "-"], capture_output=True)
    lines = shown.stdout.decode().split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("a-long"))
    assert "".join(lines[first : first + 3]).startswith(SHOWN[:50])
    assert not any(line.endswith("-") for line in lines)

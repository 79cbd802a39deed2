"""What an edition cannot write is an error with the lines that it comes from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publish.cli.main import main

FRONT = "---\ntitle: T\npublished: 2024-01-31\n---\n\n# One\n\n"


def workspace(root: Path, text: str, settings: str = "") -> Path:
    (root / "source").mkdir()
    (root / "source/t.md").write_text(FRONT + text, "utf-8")
    (root / "publish.toml").write_text(f'languages = ["en"]\n{settings}', "utf-8")
    return root


def build(root: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["build", "-C", str(root), "-f", kind, "--no-cache"]) > 0
    found = capsys.readouterr()
    return found.out + found.err


@pytest.mark.skipif(not shutil.which("lou_translate"), reason="liblouis is not installed")
@pytest.mark.parametrize(
    ("text", "line"), [("A.\n\nB 𒀀.\n", 10), ("| a | b |\n|---|---|\n| 1 | 𒀀 |\n", 10)]
)
def test_a_sign_without_braille_names_its_line(
    text: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = build(workspace(tmp_path, text), "brf", capsys)
    assert "no braille table knows" in said
    assert f"source/t.md:{line}" in said


def test_a_font_that_the_settings_name_has_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path, "A.\n", '\n[fonts]\nen = ["Noto Nowhere"]\n')
    assert main(["fonts", "-C", str(root)]) == 4
    assert "publish.toml:4" in capsys.readouterr().err
    (root / "publish.toml").write_text('languages = ["en"]\nfonts.en = ["/nowhere/a.ttf"]\n')
    assert main(["fonts", "-C", str(root)]) == 4
    assert "publish.toml:2" in capsys.readouterr().err


def test_a_document_that_the_settings_name_has_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path, "A.\n", 'segmentation.other = "paragraph"\n')
    assert main(["check", "-C", str(root)]) == 2
    assert "publish.toml:2" in capsys.readouterr().err

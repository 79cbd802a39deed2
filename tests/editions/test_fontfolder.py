"""Font files of a workspace, the symbols of last resort, and what `publish fonts` says."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from pypdf import PdfReader

from publish.cli.main import main
from publish.editions.fonts import find_font_faces, find_missing_letters, read_font_folder
from publish.editions.fontsources import suggest_fonts
from publish.errors import BuildError

ARABIC = "سلام"


def font_file() -> Path:
    folder = Path(str(files("fontpkg_noto_sans_arabic"))) / "files"
    return next(path for path in sorted(folder.iterdir()) if path.suffix == ".ttf")


def workspace(root: Path, text: str, language: str = "fa") -> Path:
    (root / "source").mkdir()
    front = f"---\ntitle: {ARABIC}\npublished: 2024-01-31\n---\n\n# {ARABIC}\n\n"
    (root / "source/t.md").write_text(front + text, "utf-8")
    (root / "publish.toml").write_text(
        f'source-language = "{language}"\nlanguages = ["{language}"]\nformats = ["pdf"]\n', "utf-8"
    )
    return root


def test_the_command_names_letters_places_and_packages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path, f"Text {ARABIC}.\n")
    assert main(["fonts", "-C", str(root)]) == 1
    said = capsys.readouterr().out
    assert "no font has “س” (U+0633 ARABIC LETTER SEEN): source/t.md:2, source/t.md:6" in said
    assert "help: pip install fontpkg-noto-sans-arabic" in said
    assert "NotoSansArmenian" not in said


def test_a_font_in_the_folder_is_used_and_its_licence_missed_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path, f"Text {ARABIC} and *{ARABIC}*.\n")
    assert main(["build", "-q", "-C", str(root)]) != 0
    (root / "fonts").mkdir()
    (root / "fonts/a.ttf").write_bytes(font_file().read_bytes())
    capsys.readouterr()
    assert main(["fonts", "-C", str(root)]) == 0
    out, told = capsys.readouterr()
    assert "Noto Sans Arabic (4)" in out
    assert told.count("no licence") == 1
    (root / "fonts/OFL.txt").write_text("SIL Open Font License", "utf-8")
    assert main(["fonts", "-C", str(root)]) == 0
    assert "no licence" not in capsys.readouterr().err
    assert main(["build", "-q", "-C", str(root)]) == 0
    pages = PdfReader(root / "build/fa/t.pdf").pages
    names = str([font["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()])  # type: ignore[index]  # noqa: E501  # fmt: skip
    assert "Noto-Sans-Arabic" in names


def test_another_font_file_makes_the_edition_again(tmp_path: Path) -> None:
    root = workspace(tmp_path, f"Text {ARABIC}.\n")
    (root / "fonts").mkdir()
    (root / "fonts/a.ttf").write_bytes(font_file().read_bytes())
    assert main(["build", "-q", "-C", str(root)]) == 0
    (root / "fonts/a.ttf").unlink()
    assert main(["build", "-q", "-C", str(root)]) != 0


def test_a_file_that_is_no_font_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "b.otf").write_text("no font", "utf-8")
    with pytest.raises(BuildError, match=r"fonts/b\.otf cannot be read as a font") as caught:
        read_font_folder(tmp_path)
    assert caught.value.code == "font-file"


def test_symbols_have_a_face_of_last_resort_but_letters_do_not() -> None:
    assert not find_missing_letters("→✔☒↳⏎│", find_font_faces())
    assert find_missing_letters("აԱ", find_font_faces()) == {"ა", "Ա"}


@pytest.mark.parametrize(
    ("letters", "wanted"),
    [("Ա", "NotoSansArmenian"), ("ა", "NotoSansGeorgian"), ("ท", "fontpkg-noto-sans-thai"),
     ("中", "NotoSansCJK"), ("한", "NotoSansCJK"), ("あ", "NotoSansCJK")],
)  # fmt: skip
def test_each_script_has_a_source(letters: str, wanted: str) -> None:
    assert any(wanted in source for source in suggest_fonts(letters))

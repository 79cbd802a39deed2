"""Font files of a workspace, the symbols of last resort, and what `publish fonts` says."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.tables.DefaultTable import DefaultTable  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]
from pypdf import PdfReader

from publish.cli.main import main
from publish.editions import fontfiles, fontsources
from publish.editions.fontfiles import (
    FontFace,
    choose_regions,
    cut_faces,
    read_face,
    read_font_file,
    read_font_folder,
    read_letters,
)
from publish.editions.fonts import find_font_faces, find_missing_letters
from publish.editions.fontsources import suggest_fonts
from publish.errors import BuildError
from publish.languages.registry import find

ARABIC = "سلام"


def font_file(script: str = "arabic") -> Path:
    folder = Path(str(files(f"fontpkg_noto_sans_{script}"))) / "files"
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
    assert 'help: add "Noto Sans Arabic" to fonts' in said
    assert "NotoSansArmenian" not in said


def test_of_a_whole_script_without_a_font_twenty_letters_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path, f"Text {''.join(map(chr, range(0x4E00, 0x4E00 + 200)))}.\n")
    assert main(["fonts", "-C", str(root)]) == 1
    said = capsys.readouterr().out.splitlines()
    named = [line for line in said if "source/t.md:" in line]
    assert len(named) == 20
    assert f"  no font has {len(set(ARABIC)) + 200 - 20} more letters" in said
    assert said[-1].startswith("  help: ")


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


def test_a_language_without_translations_needs_fonts_for_the_programs_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/t.md").write_text("---\ntitle: T\npublished: 2024-01-31\n---\n\nText.\n")
    (tmp_path / "publish.toml").write_text('source-language = "en"\nlanguages = ["en", "fa"]\n')
    assert main(["update", "-q", "-C", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["fonts", "-C", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "no font has “آ” (U+0622 ARABIC LETTER ALEF WITH MADDA ABOVE): the program’s own" in out
    assert "Arabic" in out.partition("  help: ")[2]
    assert main(["check", "-C", str(tmp_path)]) == 1
    told = "".join(capsys.readouterr())
    assert "error[letters-uncovered]: no font of the editions in fa has" in told
    assert "publish.toml:2" in told
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/a.ttf").write_bytes(font_file().read_bytes())
    assert main(["fonts", "-C", str(tmp_path)]) == 0
    assert main(["check", "-C", str(tmp_path)]) == 0


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
    [("Ա", "NotoSansArmenian"), ("ა", "NotoSansGeorgian"), ("ท", '"Noto Sans Thai"'),
     ("中", "NotoSansCJK"), ("한", "NotoSansCJK"), ("あ", "NotoSansCJK")],
)  # fmt: skip
def test_each_script_has_a_source(letters: str, wanted: str) -> None:
    assert any(wanted in source for source in suggest_fonts(letters))


THAI = "มนุษย์"


def collection(path: Path) -> Path:
    """A collection of two fonts of different scripts, as Debian has for East Asia."""
    made = TTCollection()
    for family in ("Noto Sans Arabic", "Noto Sans Thai"):
        face = next(one for one in find_font_faces([family]) if one.style == "normal")
        made.fonts.append(TTFont(face.path))
    made.save(path)
    return path


@pytest.mark.full
def test_a_font_of_a_collection_is_used_and_stands_alone_in_a_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path, f"Text {THAI} and *{ARABIC}*.\n")
    (root / "fonts").mkdir()
    file = collection(root / "fonts/both.ttc")
    assert main(["fonts", "-C", str(root)]) == 0
    out, told = capsys.readouterr()
    assert "Noto Sans Thai (6)" in out
    assert re.search(
        r"fonts/both\.ttc \(.*[kM]B, variable\): Noto Sans Arabic, Noto Sans Thai", told
    )
    with (root / "publish.toml").open("a", encoding="utf-8") as settings:
        settings.write('epub-fonts = "embedded"\n')
    assert main(["build", "-q", "--format", "pdf", "--format", "epub", "-C", str(root)]) == 0
    pages = PdfReader(root / "build/fa/t.pdf").pages
    fonts = [page["/Resources"]["/Font"].values() for page in pages]  # type: ignore[index]
    names = {str(one["/BaseFont"]) for some in fonts for one in some}
    assert {name.split("+")[1].split(",")[0] for name in names} >= {
        "Noto-Sans-Arabic",
        "Noto-Sans-Thai",
    }
    with zipfile.ZipFile(root / "build/fa/t.epub") as book:
        faces = [book.read(name) for name in book.namelist() if name.endswith(".woff2")]
    assert len(faces) == 4
    assert all(data[:4] == b"wOF2" and len(data) < file.stat().st_size / 4 for data in faces)


def test_a_file_of_the_system_is_used_by_its_path_and_its_bytes_are_part_of_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = collection(tmp_path / "both.ttc")
    root = workspace(tmp_path, f"Text {ARABIC}.\n")
    with (root / "publish.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"fonts.fa = [{str(file)!r}]\n")
    assert main(["build", "-q", "-C", str(root)]) == 0
    capsys.readouterr()
    assert main(["build", "-C", str(root)]) == 0
    assert "unchanged" in capsys.readouterr().err
    file.write_bytes(font_file().read_bytes())
    assert main(["build", "-C", str(root)]) == 0
    assert "unchanged" not in capsys.readouterr().err
    file.unlink()
    assert main(["build", "-q", "-C", str(root)]) != 0
    assert "the settings name a font file that is not there" in capsys.readouterr().err


def test_a_language_takes_the_forms_of_its_region() -> None:
    faces = [
        FontFace(f"Noto Serif CJK {region}", 400, "normal", Path("a.ttc"), number=number)
        for number, region in enumerate(("JP", "KR", "SC", "TC", "HK"))
    ]
    chosen = {
        tag: [face.family[-2:] for face in choose_regions(faces, find(tag))]
        for tag in ("ja", "ko", "zh", "zh-Hant", "zh-TW", "zh-HK", "ru")
    }
    assert chosen == {
        "ja": ["JP"], "ko": ["KR"], "zh": ["SC"], "zh-Hant": ["TC"], "zh-TW": ["TC"],
        "zh-HK": ["HK"], "ru": ["JP"],
    }  # fmt: skip


def test_a_font_is_cut_to_letters_alike_with_and_without_harfbuzz(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = collection(tmp_path / "both.ttc")
    face = next(one for one in read_font_file(file) if one.family == "Noto Sans Thai")
    (cut,) = cut_faces([face], THAI + ARABIC)
    assert set(cut.letters) == set(THAI)
    assert set(TTFont(io.BytesIO(read_face(cut))).getBestCmap()) == set(map(ord, THAI))
    monkeypatch.setattr(fontfiles, "cut_letters", lambda *given: None)
    slow = replace(cut, letters=cut.letters[:-1])
    assert set(TTFont(io.BytesIO(read_face(slow))).getBestCmap()) == set(map(ord, slow.letters))


def test_the_letters_of_a_font_are_the_same_with_and_without_harfbuzz(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = collection(tmp_path / "both.ttc")
    every = []
    for number in (0, 1):
        with TTFont(file, fontNumber=number) as font:
            every.append(frozenset(map(chr, font.getBestCmap())))
    assert [read_letters(file, number) for number in (0, 1)] == every
    read_letters.cache_clear()
    monkeypatch.setattr(fontfiles, "list_letters", lambda data: None)
    assert [read_letters(file, number) for number in (0, 1)] == every
    (tmp_path / "fonts").mkdir()
    broken = TTFont(font_file())
    broken["cmap"] = DefaultTable("cmap")
    broken["cmap"].data = b"\0\0\0\1\0"
    broken.save(tmp_path / "fonts/a.ttf")
    monkeypatch.undo()
    with pytest.raises(BuildError, match=r"fonts/a\.ttf cannot be read as a font"):
        read_font_folder(tmp_path / "fonts")


def test_a_family_without_a_bold_face_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path, f"Text {ARABIC}.\n")
    (root / "fonts").mkdir()
    font = TTFont(font_file())
    instancer.instantiateVariableFont(font, {"wght": 400, "wdth": 100}, inplace=True)
    font.save(root / "fonts/a.ttf")
    assert main(["fonts", "-C", str(root)]) == 0
    assert "no bold face of Noto Sans Arabic" in capsys.readouterr().out


def test_what_is_installed_is_only_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = tmp_path / "NotoSansThai-Regular.ttf"
    monkeypatch.setattr(fontsources, "CORE", f"{tmp_path}/")
    monkeypatch.setattr(fontsources, "INSTALLED", tmp_path)
    assert f'apt-get install fonts-noto-core, and add "{font}" to fonts' in suggest_fonts("ท")
    (tmp_path / "fonts-noto-core.list").touch()
    assert suggest_fonts("ท") == ('add "Noto Sans Thai" to fonts',)  # The package lacks the file.
    shutil.copy(font_file("thai"), font)
    assert suggest_fonts("ท") == ('add "Noto Sans Thai" to fonts', f'add "{font}" to fonts')
    (tmp_path / "old").mkdir()
    shutil.copy(font_file(), tmp_path / "old/NotoSansThai-Regular.ttf")
    monkeypatch.setattr(fontsources, "CORE", f"{tmp_path}/old/")
    monkeypatch.setitem(fontsources.PACKAGES, "THAI", "Noto Sans Arabic")
    assert suggest_fonts("ท") == ()  # Both are here, without the letter.


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fontsources.PACKAGES, "THAI", "Noto Sans Nowhere")
    found = suggest_fonts("ท")
    assert 'pip install fontpkg-noto-sans-nowhere, and add "Noto Sans Nowhere" to fonts' in found


def test_signs_are_looked_for_in_fonts_of_signs() -> None:
    found = suggest_fonts(["\U0001f642", "\U0001d49c"])
    assert any("one colour" in source for source in found)
    assert not any("fontpkg" in source for source in found)


@pytest.mark.parametrize("place", ["# →✔\n", "`a → ✔`\n", "```\na → ✔\n```\n", "| → | ✔ |\n|---|---|\n| → | ✔ |\n"])  # noqa: E501  # fmt: skip
def test_signs_are_found_in_headings_code_and_tables(tmp_path: Path, place: str) -> None:
    root = workspace(tmp_path, f"Text.\n\n{place}", "en")
    (root / "source/t.md").write_text(
        (root / "source/t.md").read_text("utf-8").replace(ARABIC, "Title ✔"), "utf-8"
    )
    assert main(["build", "-q", "-C", str(root)]) == 0
    text = "".join(page.extract_text() for page in PdfReader(root / "build/en/t.pdf").pages)
    assert "→" in text
    assert "✔" in text

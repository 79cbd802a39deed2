"""Small reports in many scripts, with the fonts that Debian has for them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases/scripts"
DEBIAN = Path("/usr/share/fonts")

WIDE = ("opentype/noto/NotoSerifCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Regular.ttc")


def _pair(script: str) -> tuple[str, ...]:
    return tuple(f"truetype/noto/Noto{kind}{script}-Regular.ttf" for kind in ("Serif", "Sans"))


NASKH = (
    "truetype/noto/NotoNaskhArabic-Regular.ttf",
    "truetype/noto/NotoSansArabic-Regular.ttf",
)
NASTALIQ = "truetype/noto/NotoNastaliqUrdu-Regular.ttf"

FILES: dict[str, tuple[str, ...]] = {
    "ar": NASKH,
    "fa": NASKH,
    "hi": _pair("Devanagari"),
    "hy": _pair("Armenian"),
    "ja": WIDE,
    "ka": _pair("Georgian"),
    "ko": WIDE,
    "th": _pair("Thai"),
    "ur": NASKH,
    "zh-Hans": WIDE,
    "zh-Hant": WIDE,
}
"""The files for text and headings of Debian's fonts-noto-core and fonts-noto-cjk, by language."""


def find_files(names: Iterable[str]) -> list[str]:
    """Return the paths of font files; without them a test is skipped."""
    paths = [DEBIAN / name for name in names]
    for path in paths:
        if not path.is_file():
            package = "fonts-noto-cjk" if "CJK" in path.name else "fonts-noto-core"
            pytest.skip(f"{path} is not installed: apt-get install {package}")
    return list(map(str, paths))


def write_workspace(
    root: Path, language: str, text: str = "", names: Iterable[str] = (), settings: str = ""
) -> Path:
    """Write a workspace whose only language is one of these; return its folder."""
    files = find_files(names or FILES[language])
    (root / "source").mkdir(parents=True)
    text = text or (CASES / f"{language}.md").read_text("utf-8")
    (root / "source/text.md").write_text(text, "utf-8")
    (root / "publish.toml").write_text(
        f'source-language = "{language}"\nlanguages = ["{language}"]\nepub-fonts = "embedded"\n'
        f'form = "length"\n{settings}fonts.{language} = {json.dumps(files)}\n',
        "utf-8",
    )
    return root

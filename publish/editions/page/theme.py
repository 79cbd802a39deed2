"""Reads an organisation's own look: `theme.css` with its colour and typefaces, and its logo.

`:root` of `theme.css` sets a few values, which the style sheets of both formats use as
`var(--accent)`.  The values are filled in here, since old readers of EPUB do not know `var()`.
Other rules of a `theme.css` come after those of the package.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.editions.fonts import SYMBOL_FAMILY, FontFace, find_font_faces
from publish.editions.images.cleaning import remove_metadata
from publish.errors import MissingPartError, UsageError, did_you_mean, refuse_hidden_text
from publish.model import Span
from publish.visible import crop

__all__ = [
    "THEME",
    "Theme",
    "fill_own_values",
    "fill_theme_values",
    "find_logo",
    "find_theme_faces",
    "name_logo",
    "read_logo",
    "read_theme",
    "sort_families",
]

THEME = "theme.css"
LOGOS = ("logo.svg", "logo.png")

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
FACE = re.compile(r'"([A-Za-z0-9][A-Za-z0-9 ]*)"')
NAMES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "accent": (COLOUR, "#1a4e7a"),
    "text-face": (FACE, '"Source Serif 4"'),
    "heading-face": (FACE, '"Source Sans 3"'),
    "code-face": (FACE, '"Source Code Pro"'),
}
"""The values that a theme can set: the form of each, and an example."""

FACES = ("text-face", "heading-face", "code-face")
"""The values that name typefaces; each shows the letters that those before it lack."""

LEAST_CONTRAST = 4.5
"""The contrast that text needs (WCAG 2.2, criterion 1.4.3); the state is white on the accent."""

COMMENT = re.compile(r"/\*.*?\*/", re.S)
ROOT = re.compile(r":root\s*\{([^{}]*)\}")
DECLARATION = re.compile(r"\s*--([a-z-]+)\s*:\s*([^;]*?)\s*\Z")
VARIABLE = re.compile(r"var\(--([a-z-]+)\)")


@dataclass(frozen=True, slots=True)
class Theme:
    """The values by name, the place in a file that sets each, and all other rules."""

    values: Mapping[str, str]
    places: Mapping[str, Span]
    rules: str = ""

    def face(self, name: str) -> str:
        """Return the family that a value such as `text-face` names, without its quotes."""
        return self.values[name].strip('"')

    @property
    def families(self) -> tuple[str, ...]:
        """The families of text, headings and code."""
        return tuple(self.face(name) for name in FACES)

    @property
    def accent(self) -> tuple[int, int, int]:
        """The accent colour as red, green and blue, from 0 to 255."""
        return _channels(self.values["accent"])


def read_theme(folders: Sequence[Path]) -> Theme:
    """Return the theme of the first folder that has one; later folders give the missing values.

    Raises UsageError (code `theme`) with file and line for a name or value that is not known.
    """
    values: dict[str, str] = {}
    places: dict[str, Span] = {}
    rules: list[str] = []
    for path in (folder / THEME for folder in reversed(folders)):
        if path.is_file():
            text = COMMENT.sub(_blank, _text(path))
            for name, value, span in _declarations(text):
                values[name], places[name] = value, span
            rules.append(ROOT.sub("", text).strip())
    return Theme(values, places, rules[-1] if rules else "")


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        span, hint = Span(f"templates/{THEME}", line, line), "save it as UTF-8"
        raise UsageError("this file is not UTF-8", span, hint, code="theme") from None
    refuse_hidden_text(text, f"templates/{THEME}")
    return text


def _blank(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")


def _declarations(text: str) -> Iterator[tuple[str, str, Span]]:
    for block in ROOT.finditer(text):
        start = block.start(1)
        for part in block[1].split(";"):
            at = text.count("\n", 0, start + len(part) - len(part.lstrip())) + 1
            start += len(part) + 1
            if part.strip():
                span = Span(f"templates/{THEME}", at, at)
                yield (*_value(part, span), span)


def _value(part: str, span: Span) -> tuple[str, str]:
    found = DECLARATION.match(part)
    if found is None:
        hint = "write --accent: #1a4e7a;"
        raise UsageError(f"this sets no value: {crop(part.strip(), 60)}", span, hint, code="theme")
    name, value = found.groups()
    if name not in NAMES:
        hint = did_you_mean(name, NAMES)
        raise UsageError(f"--{crop(name, 60)} is not a value of a theme", span, hint, code="theme")
    form, example = NAMES[name]
    if not form.fullmatch(value):
        hint = f"write --{name}: {example};"
        raise UsageError(
            f"--{name} cannot be {crop(value, 60) or 'empty'}", span, hint, code="theme"
        )
    if form is COLOUR and _contrast(value) < LEAST_CONTRAST:
        hint = f"use a darker colour, such as {example}"
        raise UsageError(f"white text on {value} is not readable", span, hint, code="theme")
    return name, value


def _contrast(colour: str) -> float:
    """Return the contrast of a colour with white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    pairs = [2 * digit for digit in digits] if len(digits) == 3 else re.findall("..", digits)
    red, green, blue = (int(pair, 16) for pair in pairs)
    return red, green, blue


def fill_theme_values(
    css: str, theme: Theme, families: Sequence[str] = (), first: Collection[str] = ()
) -> str:
    """Return a style sheet with a theme's values; `families` show letters that a typeface lacks.

    Those that are `first` show what they can before the typeface does.  Each typeface takes the
    families of its kind before others: a serif one those with serifs.
    """
    faces = [*(theme.values[name] for name in FACES), f'"{SYMBOL_FAMILY}"']

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in theme.values:
            return found[0]
        own = theme.values[name]
        if not name.endswith("-face"):
            return own
        others = sort_families(families, name)
        before = [family for family in others if family in first]
        named = [f'"{family}"' for family in others]
        return ", ".join(
            dict.fromkeys([*(f'"{family}"' for family in before), own, *named, *faces])
        )

    return VARIABLE.sub(value, css)


def fill_own_values(css: str, theme: Theme) -> str:
    """Return a style sheet with a theme's values and no other typefaces."""
    return VARIABLE.sub(lambda found: theme.values.get(found[1], found[0]), css)


KINDS = {
    "text-face": re.compile(r"\b(Serif|Naskh|Nastaliq|Ming|Song|Mincho|Batang|Myungjo)\b"),
    "heading-face": re.compile(r"\b(Sans|Gothic|Hei|Kufi)\b(?! Mono)"),
    "code-face": re.compile(r"\b(Mono|Code)\b"),
}
"""Words in the names of families that suit a value of a theme."""


def sort_families(families: Iterable[str], value: str) -> list[str]:
    """Return families in their order, but before others those that suit a value of a theme."""
    kind, code = KINDS[value], KINDS["code-face"]

    def place(family: str) -> int:
        return 0 if kind.search(family) else 2 if code.search(family) else 1

    return sorted(families, key=place)


def find_theme_faces(
    theme: Theme, families: Sequence[str] = (), own: Sequence[FontFace] = ()
) -> tuple[FontFace, ...]:
    """Return the font files of a theme and of further families; `own` are the workspace's.

    Raises MissingPartError (code `font-missing`) for a family that is not installed, with the line
    of the theme that names it.
    """
    found: dict[str, tuple[FontFace, ...]] = {}
    for name in FACES:
        try:
            found[theme.face(name)] = find_font_faces([theme.face(name)], own)
        except MissingPartError as error:
            raise MissingPartError(
                error.message, theme.places[name], error.hint, code=error.code
            ) from None
    for family in (*families, SYMBOL_FAMILY):
        found.setdefault(family, find_font_faces([family], own))
    return tuple(face for faces in found.values() for face in faces)


# --------------------------------------------------------------------------- the logo


def find_logo(folders: Sequence[Path]) -> Path | None:
    """Return the logo of the first folder that has one, SVG before PNG."""
    paths = (folder / name for folder in folders for name in LOGOS)
    return next((path for path in paths if path.is_file()), None)


def name_logo(file: Path) -> str:
    """Return the name of the logo in an edition, which no other image has."""
    return f"edition-{file.name}"


def read_logo(folders: Sequence[Path]) -> dict[str, bytes]:
    """Return the bytes of the logo by its address, without metadata; empty without a logo."""
    file = find_logo(folders)
    if file is None:
        return {}
    shown = f"templates/{file.name}"
    return {
        name_logo(file): remove_metadata(file.read_bytes(), file.suffix, shown, Span(shown, 1, 1))
    }

"""Say which fonts cover the texts of each language, and which letters no font has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publish.checks.documents import describe_letters
from publish.editions.fontfiles import (
    FontFace,
    find_font_paths,
    read_font_file,
    read_font_folder,
)
from publish.editions.fonts import assign_letters
from publish.editions.fontsources import suggest_fonts
from publish.languages.language import Language
from publish.model import CodeBlock, Span, blocks, plain, proses
from publish.po.pofile import extract_catalog
from publish.project.workspace import Workspace
from publish.translation.inputs import find_edition_faces, find_uncovered_words
from publish.translation.loading import Loader

__all__ = ["LanguageFonts", "describe_own_fonts", "list_fonts"]

SHOWN = 5
"""How many places of a letter are named."""

LISTED = 20
"""How many letters are named; a text in a script without a font has thousands."""

OWN = "the program’s own words"
"""Where a letter is that no text has."""

LICENCES = ("*licen*", "*LICEN*", "OFL*", "COPYING*", "copyright*")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFonts:
    """The families of the texts of one language, with the number of letters that each shows.

    `not_bold` are those of them that have no bold face.  `missing` are the letters that no font
    has, each with the places of the texts that have it.
    """

    tag: str
    families: tuple[tuple[str, int], ...]
    not_bold: tuple[str, ...]
    missing: tuple[tuple[str, tuple[Span, ...]], ...]

    def describe(self) -> Iterator[str]:
        """Yield the lines that say this."""
        shown = ", ".join(f"{family} ({count})" for family, count in self.families)
        yield f"{self.tag}: {shown or 'no letters'}"
        for family in self.not_bold:
            yield f"  no bold face of {family}: emphasis and headings in it look like the rest"
        for letter, places in self.missing[:LISTED]:
            named = ", ".join(f"{one.file}:{one.first}" for one in places[:SHOWN]) or OWN
            more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
            yield f"  no font has {describe_letters([letter])}: {named}{more}"
        if (others := len(self.missing) - LISTED) > 0:
            yield f"  no font has {others} more letters"
        for source in suggest_fonts(letter for letter, _ in self.missing):
            yield f"  help: {source}"


def list_fonts(loader: Loader, languages: Iterable[str] = ()) -> tuple[LanguageFonts, ...]:
    """Return the fonts of each language, or of those asked for.

    Raises MissingPartError for a font package that is not installed.
    """
    return tuple(_find_fonts(loader, one) for one in loader.workspace.languages(languages))


def _find_fonts(loader: Loader, language: Language) -> LanguageFonts:
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for name in loader.workspace.documents():
        for text, span in _read_texts(loader, name, language):
            for letter in set(text):
                places[letter].append(span)
    faces = find_edition_faces(loader.workspace, language)
    shown, missing = assign_letters("".join(sorted(places)), faces)
    own = find_uncovered_words(loader.workspace, language, loader.interfaces(language))
    return LanguageFonts(
        tag=language.tag,
        families=tuple((family, len(letters)) for family, letters in shown.items()),
        not_bold=tuple(family for family in shown if _lacks_bold(family, faces, shown[family])),
        missing=tuple((letter, _sort(places.get(letter, ()))) for letter in sorted(missing or own)),
    )


def _lacks_bold(family: str, faces: Iterable[FontFace], letters: Iterable[str]) -> bool:
    """Return whether a family shows letters, not only signs, and has them in one weight only."""
    weights = {face.weight for face in faces if face.family == family}
    return weights == {400} and any(letter.isalpha() for letter in letters)


def _sort(places: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(dict.fromkeys(places), key=lambda one: (one.file, one.first)))


def _read_texts(loader: Loader, name: str, language: Language) -> Iterator[tuple[str, Span]]:
    """Yield the texts of editions in a language: its translations, the source, and code."""
    document = loader.source(name).document
    for one in blocks(document):
        if isinstance(one, CodeBlock):
            yield one.text, one.span
    for prose in proses(document):
        yield plain(prose.content), prose.span
    po = loader.catalog(language, name)
    for entry in extract_catalog(po).active().values() if po else ():
        if "fuzzy" not in entry.flags:
            line = entry.msgstr_line
            yield "".join(entry.msgstrs), Span(entry.span.file, line, line)


def describe_own_fonts(workspace: Workspace) -> Iterator[str]:
    """Yield a line on each font file of the workspace, and one if no licence is with them.

    They are in the folder `fonts/`, or named by their path in the settings.
    """
    faces = read_font_folder(workspace.fonts)
    yield from _describe_files("fonts/", faces)
    if faces and not any(found for form in LICENCES for found in workspace.fonts.glob(form)):
        yield "fonts/: no licence is with these files; put it beside them, such as OFL.txt"
    named = (name for names in workspace.settings.fonts.values() for name in names)
    for path in dict.fromkeys(find_font_paths(named)):
        yield from _describe_files(f"{path.parent}/", read_font_file(path))


def _describe_files(folder: str, faces: Sequence[FontFace]) -> Iterator[str]:
    """Yield a line on each file: how large it is, and its families."""
    for path in dict.fromkeys(face.path for face in faces):
        own = [face for face in faces if face.path == path]
        size = path.stat().st_size
        shown = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{-(-size // 1000)} kB"
        kind = ", variable" if any(face.weight is None for face in own) else ""
        families = ", ".join(dict.fromkeys(face.family for face in own))
        yield f"{folder}{path.name} ({shown}{kind}): {families}"

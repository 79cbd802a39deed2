"""Look at what a source needs beside its text: image files, and letters that the fonts have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from publish.checks.documents import NAMED, describe_letters
from publish.editions.fontfiles import (
    FontFace,
    choose_regions,
    find_font_paths,
    read_font_file,
    read_font_folder,
)
from publish.editions.fonts import find_missing_letters
from publish.editions.page.theme import find_theme_faces, read_theme
from publish.errors import MissingPartError, PublishError
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import Catalog, CodeBlock, Document, Finding, Level, blocks, plain, proses
from publish.project.workspace import Workspace
from publish.reading.faults import FEW, Faults, group_findings
from publish.resources import find_template_folder
from publish.settings import find_setting
from publish.translation.pictures import check_image_files, note_image_faults

__all__ = [
    "find_edition_faces",
    "find_uncovered",
    "find_uncovered_words",
    "judge_inputs",
    "judge_letters",
    "judge_own_words",
    "list_families",
    "note_input_faults",
    "read_own_faces",
]

FONT_HINT = (
    "put a font that has it into fonts/ (publish fonts names one), or build no PDFs: "
    'formats = ["epub"]'
)
HINT = f"correct the text, {FONT_HINT}"


def judge_inputs(
    workspace: Workspace, document: Document, languages: Iterable[Language]
) -> tuple[Finding, ...]:
    """Return what builds of a source in these languages would say of its images and letters."""
    tags = [document.language, *(language.tag for language in languages)]
    found = (*check_image_files(workspace, document, tags), *judge_letters(workspace, document))
    return tuple(dict.fromkeys(found))


def note_input_faults(workspace: Workspace, document: Document, faults: Faults) -> None:
    """Note what is wrong with the images and letters of a source that has other errors, too.

    A source without errors is read even if images are missing, since translators need none.
    """
    note_image_faults(workspace, document, faults)
    for one in judge_letters(workspace, document):
        faults.errors.append(PublishError(one.message, one.span, one.hint, code=one.code))


def judge_letters(workspace: Workspace, document: Document) -> tuple[Finding, ...]:
    """Return the texts with a character that no font of the document's editions has.

    Of many in one file, the first stands for all, as with other faults of a source; of a script
    without a font in a book of many chapters, the first of the book.
    """
    texts = [(plain(prose.content), prose.span) for prose in proses(document)]
    texts += [(one.text, one.span) for one in blocks(document) if isinstance(one, CodeBlock)]
    every = "".join(sorted({letter for text, _ in texts for letter in text}))
    lacking = find_uncovered(workspace, find(document.language), every)
    found = [
        Finding(
            code="letters-uncovered",
            level=Level.ERROR,
            message=f"no font of the edition has {describe_letters(letters)}",
            span=span,
            hint=HINT,
        )
        for text, span in (texts if lacking else ())
        if (letters := sorted(lacking.intersection(text)))
    ]
    files = len({one.span.file for one in found if one.span})
    if files > FEW and len(lacking) > NAMED:
        message = f"no font of the edition has {describe_letters(sorted(lacking))}"
        more = f" (and {len(found) - 1} more such texts, in {files} files)"
        return (replace(found[0], message=message + more),)
    return tuple(group_findings(found, tuple(dict.fromkeys(span.file for _, span in texts))))


def list_families(workspace: Workspace, language: Language) -> tuple[str, ...]:
    """Return the families that editions in a language have beside those of the theme.

    They are those of the settings, and all in the folder `fonts/` of the workspace.
    """
    named = [name for name in workspace.settings.fonts.get(language.tag, ()) if "/" not in name]
    own = (face.family for face in read_own_faces(workspace, language))
    return tuple(dict.fromkeys((*named, *own)))


def read_own_faces(workspace: Workspace, language: Language) -> tuple[FontFace, ...]:
    """Return the faces of font files that the settings name by path, and of those in `fonts/`."""
    named = find_font_paths(workspace.settings.fonts.get(language.tag, ()))
    with _placing_fonts(workspace, language):
        faces = [face for path in named for face in read_font_file(path)]
    return choose_regions((*faces, *read_font_folder(workspace.fonts)), language)


@contextmanager
def _placing_fonts(workspace: Workspace, language: Language) -> Iterator[None]:
    """Give an error about a font that the settings name the line of that setting."""
    try:
        yield
    except PublishError as error:
        named = workspace.settings.fonts.get(language.tag, ())
        if error.span is None and (name := next((n for n in named if n in error.message), "")):
            error.span = find_setting(workspace.root, "fonts", name)
        raise


def find_edition_faces(workspace: Workspace, language: Language) -> tuple[FontFace, ...]:
    """Return the faces of the editions in a language; a font that is missing has its setting."""
    theme = read_theme(workspace.template_folders(find_template_folder()))
    families = list_families(workspace, language)
    own = read_own_faces(workspace, language)
    with _placing_fonts(workspace, language):
        return find_theme_faces(theme, families, own)


def find_uncovered(workspace: Workspace, language: Language, text: str) -> set[str]:
    """Return the characters that no font has; none if a font is missing, which a build reports.

    What has the fonts of the reader needs none of ours.
    """
    if "pdf" not in workspace.settings.formats and workspace.settings.epub_fonts == "reader":
        read_theme(workspace.template_folders(find_template_folder()))
        return set()
    try:
        return find_missing_letters(text, find_edition_faces(workspace, language))
    except MissingPartError:
        return set()


def find_uncovered_words(
    workspace: Workspace, language: Language, interfaces: Iterable[Catalog]
) -> set[str]:
    """Return the letters of the program's own words in a language that no font has.

    Every edition has such words, a first one without any translation, too.
    """
    words = (one for catalog in interfaces for one in catalog.active().values() if one.translated)
    letters = {letter for one in words for letter in one.msgstr if letter.isalpha()}
    return find_uncovered(workspace, language, "".join(sorted(letters)))


def judge_own_words(
    workspace: Workspace, language: Language, interfaces: Iterable[Catalog]
) -> tuple[Finding, ...]:
    """Return the error for a language in whose own words no font has a letter, at its setting."""
    if not (letters := sorted(find_uncovered_words(workspace, language, interfaces))):
        return ()
    return (
        Finding(
            code="letters-uncovered",
            level=Level.ERROR,
            message=f"no font of the editions in {language.tag} has {describe_letters(letters)}, "
            "which the program’s own words have",
            span=find_setting(workspace.root, "languages", language.tag),
            hint=FONT_HINT,
        ),
    )

"""An edited Word edition as a returned file: what it is of, and its texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from publish.building.tasks import Task, make_editions
from publish.containers.refusing import make_file_error
from publish.errors import PublishError
from publish.importing.word.sentencemarks import EditedWord, read_edited_word
from publish.kits.editedbases import find_bases
from publish.kits.editedtexts import EditedTexts, read_edited_texts
from publish.kits.editedwork import EditedWork
from publish.kits.returning import ReturnOutcome, take_back
from publish.model import Edition
from publish.po.pofile import PoFile
from publish.project.workspace import Workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["find_named", "is_word_file", "take_back_edition"]

FEW = 0.1
"""A file with a smaller part of the sentences of an edition is none."""
NAMED = re.compile(
    r"(?:.*[/\\])?(?P<name>.+?)(?:\.(?P<tag>[A-Za-z][A-Za-z0-9-]*))?(?: ?\(\d+\))?\.docx"
)
TYPES = "[Content_Types].xml"
WORD = b"wordprocessingml."


def is_word_file(parts: Mapping[str, bytes]) -> bool:
    """Return whether the parts of an archive are a Word file."""
    return WORD in parts.get(TYPES, b"")


def find_named(workspace: Workspace, file: str) -> tuple[str, str]:
    """Return the document and the language in the name of a Word file; empty if they are not."""
    found = NAMED.fullmatch(file)
    if found is None:
        return "", ""
    tags = {one.tag for one in workspace.languages()}
    name, tag = found["name"], found["tag"] or ""
    if tag not in tags:
        name, tag = f"{name}.{tag}" if tag else name, ""
    return (name if name in workspace.documents() else ""), tag


def take_back_edition(
    loader: Loader, translation: Translation, po: PoFile, edited: EditedWord, file: str
) -> ReturnOutcome:
    """Return a catalog with the texts of an edition that a translator edited, as `take_back` does.

    Raises PublishError if the edition cannot be made now, since the file is compared with it.
    """
    found = _read_texts(loader, translation, edited, file)
    language = translation.language
    outcome = take_back(po, found.texts, translation.source, language=language, bound=True)
    return replace(outcome, rejected=(*found.rejected, *outcome.rejected))


def _read_texts(
    loader: Loader, translation: Translation, edited: EditedWord, file: str
) -> EditedTexts:
    now = _make_edition(loader, translation, edited)
    language = translation.language.tag
    made = read_edited_word(now, f"{file} as it would be now", language=language)
    work = EditedWork(edited=edited, now=made, translation=translation)
    there = work.sentences.keys() & (work.pairing.texts.keys() | work.pairing.moved.keys())
    if len(there) < FEW * len(work.sentences):
        raise make_file_error(
            f"this is no edition of {translation.name} in {language}: it has {len(there)} of its "
            f"{len(work.sentences)} sentences",
            file,
            "see that it is this document in this language, and name them: --document NAME -l TAG; "
            "an existing translation is imported with publish import",
        )
    return read_edited_texts(work, find_bases(work, loader.workspace))


def _make_edition(loader: Loader, translation: Translation, edited: EditedWord) -> bytes:
    tags = edited.subject[1].split("+")
    language = translation.language.tag
    both = tags if len(tags) == 2 and language in tags else [language, ""]
    edition = Edition(document=translation.name, language=both[0], format="docx", second=both[1])
    (made,) = make_editions(Task(loader, (edition,)), (edition,), {})
    if isinstance(made, PublishError):
        raise made
    return made.data

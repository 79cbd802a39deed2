"""List what translators ask in the catalogs: their comments `# question:`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish.catalogs.questions import find_questions
from publish.kits.editionwords import PLACE
from publish.kits.kitpages import Question
from publish.languages.language import Language
from publish.po.pofile import extract_catalog
from publish.project.workspace import INTERFACE
from publish.reading.locationwords import describe_paragraph
from publish.translation.loading import Loader

__all__ = ["AskedQuestions", "find_asked", "list_questions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestions:
    """The open questions of translators in one catalog: comments `# question:`."""

    document: str
    language: Language
    questions: tuple[Question, ...]


def list_questions(
    loader: Loader, names: Iterable[str] = (), languages: Iterable[str] = ()
) -> tuple[AskedQuestions, ...]:
    """Return the questions in the catalogs of documents in languages.

    Without names, those of all documents are returned, and those on the words of the editions.
    Raises PublishError for a source or a catalog that cannot be read.
    """
    workspace, chosen = loader.workspace, tuple(names)
    every = [
        AskedQuestions(document=name, language=one, questions=tuple(find_asked(loader, name, one)))
        for name in (*workspace.documents(chosen), *(() if chosen else (INTERFACE,)))
        for one in workspace.target_languages(languages)
    ]
    return tuple(one for one in every if one.questions)


def find_asked(loader: Loader, name: str, language: Language) -> Iterator[Question]:
    """Yield the open questions in one catalog."""
    if name == INTERFACE:
        po = loader.catalog(language, name)
        entries = extract_catalog(po).active() if po else {}
        places = dict.fromkeys(entries, PLACE)
    else:
        translation = loader.translation(name, language)
        entries = dict(translation.entries)
        known = translation.source.places.items()
        places = {key: describe_paragraph(place) for key, place in known}
    for key, entry in entries.items():
        asked = find_questions(entry.comments)
        if asked and key in places:
            yield Question(
                place=places[key],
                source=entry.msgid,
                translation=entry.msgstr,
                questions=asked,
                span=entry.span,
            )

"""The HTML pages of a kit: reader, guide, texts not taken.  No scripts, no links to elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from publish.catalogs.doubts import find_doubts
from publish.editions.page.captions import fill_links
from publish.editions.page.inlines import remove_links, write_inline
from publish.editions.page.interface import Interface
from publish.editions.page.templates import Markup
from publish.kits.proposals import TermProposal
from publish.kits.returnedtexts import RejectedText
from publish.languages.language import Language
from publish.model import (
    Entry,
    FootnoteMark,
    Heading,
    Image,
    Inline,
    Inlines,
    Key,
    Passage,
    Role,
    Span,
    Text,
    blocks,
    map_inlines,
    plain,
    proses,
)
from publish.pages.shell import render_page
from publish.reading.source import ProseSentences
from publish.translation.composing import compose
from publish.translation.held import find_held
from publish.translation.translation import Translation
from publish.visible import make_visible, shorten, spell_unseen

__all__ = [
    "KitPages",
    "Question",
    "render_guide_page",
    "render_questions_page",
    "render_questions_text",
    "render_reader_page",
    "render_rejected_page",
]

BEGINNING = 60
"""The most characters by which a sentence is named beside a doubt."""


@dataclass(frozen=True, slots=True)
class KitPages:
    """What all pages of a kit share: template folders, interface texts and languages."""

    folders: Sequence[Path]
    interface: Interface
    source: Language

    @property
    def language(self) -> Language:
        return self.interface.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a translator asks about a sentence; `place` is its location in words."""

    place: str
    source: str
    translation: str
    questions: tuple[str, ...]
    span: Span


def _rendered(pages: KitPages, name: str, values: dict[str, object]) -> bytes:
    return render_page(pages.folders, name, values, pages.interface, pages.source).encode()


# --------------------------------------------------------------------------- reader


def render_reader_page(pages: KitPages, translation: Translation) -> bytes:
    """Return the whole document, source and translation side by side, paragraphs numbered.

    A sentence without a usable translation is shown as an ellipsis.  Beside a paragraph
    are the doubts about its sentences; if it has several, each doubt names its own by how it
    begins.
    """
    document = translation.source.document
    # Translators see the source as it is, so its corrections are not applied.
    bare = replace(translation, corrections=None)
    held = find_held(bare, use_fuzzy=True)
    translated = compose(bare, held, use_fuzzy=True).document
    translated = fill_links(translated, pages.language, pages.interface)
    document = fill_links(document, pages.source, Interface(pages.source, {}))
    levels = [block.level for block in blocks(document) if isinstance(block, Heading)]
    rows = []
    texts = translation.source.texts
    for prose, other, text in zip(proses(document), proses(translated), texts, strict=True):
        level = levels.pop(0) + 1 if prose.role is Role.HEADING and levels else 0
        rows.append(
            {
                "tag": f"h{min(level, 6)}" if level else "p",
                "number": f"p{prose.number}" if prose.number else "",
                "kind": prose.role.value.replace(" ", "-"),
                "source": _markup(prose.content, pages.source),
                "translation": _markup(other.content, pages.language),
                "doubts": list(_doubts(text, translation.entries)),
            }
        )
    title = "".join(plain(text) for text in document.front_text(Role.TITLE))
    values = {"title": title, "rows": rows, "doubts": any(row["doubts"] for row in rows)}
    return _rendered(pages, "kit-reader.xhtml", values)


def _doubts(text: ProseSentences, entries: Mapping[Key, Entry]) -> Iterator[dict[str, str]]:
    """Yield each doubt about the sentences of a paragraph, and how its sentence begins."""
    several = len(text.sentences) > 1
    for sentence in text.sentences:
        entry = entries.get(sentence.key)
        begins = shorten(plain(sentence.tree), BEGINNING) if several else ""
        for doubt in find_doubts(entry.comments) if entry else ():
            yield {"sentence": begins, "text": spell_unseen(doubt)}


def _markup(content: Inlines, language: Language) -> Markup:
    shown = remove_links(map_inlines(_shown, content))
    return Markup(write_inline(shown, language))


def _shown(node: Inline) -> Inline:
    """Return images as their descriptions, note marks as text, missing sentences as ellipses."""
    match node:
        case Image(_, alt):
            return Text(alt)
        case FootnoteMark(label):
            return Text(f"[{label}]")
        case Passage(_, _, "untranslated"):
            return replace(node, children=(Text("…"),))
        case _:
            return node


# --------------------------------------------------------------------------- guide


def render_guide_page(
    pages: KitPages,
    title: str,
    files: dict[str, str],
    *,
    doubts: bool = False,
    suggestions: bool = False,
) -> bytes:
    """Return the guide of a kit; `files` are the names of its parts by kind (`xlsx`, `po`, …).

    With `doubts` and `suggestions`, it explains the columns for them.
    """
    values = {"title": title, "files": files, "doubts": doubts, "suggestions": suggestions}
    return _rendered(pages, "kit-guide.xhtml", values)


# --------------------------------------------------------------------------- questions


def render_questions_page(
    pages: KitPages, file: str, questions: Sequence[Question], terms: Sequence[TermProposal]
) -> bytes:
    """Return a page with what a translator asks, and what they would change in the glossary."""
    rows = [
        {
            "place": one.place,
            "source": spell_unseen(one.source),
            "translation": spell_unseen(one.translation),
            "questions": [spell_unseen(line) for line in one.questions],
        }
        for one in questions
    ]
    listed = [
        {
            "place": one.place,
            "term": spell_unseen(one.term),
            "sent": spell_unseen(one.sent),
            "proposed": spell_unseen(one.proposed),
            "remarks": [spell_unseen(line) for line in one.remarks],
        }
        for one in terms
    ]
    values: dict[str, object] = {"file": file, "questions": rows, "terms": listed}
    return _rendered(pages, "kit-questions.xhtml", values)


def render_questions_text(document: str, tag: str, questions: Sequence[Question]) -> str:
    """Return the questions of a catalog as lines: place, sentence, translation, what is asked."""
    lines = [f"{document} in {tag}: {len(questions)} with questions"]
    for one in questions:
        lines += [f"{one.span.file}:{one.span.first}  {one.place}", f"   | {one.source}"]
        lines += [f"   | {one.translation}"] if one.translation else []
        lines += [f"   ? {line}" for line in one.questions]
    return "\n".join(map(make_visible, "\n".join(lines).split("\n")))


# --------------------------------------------------------------------------- not taken


def render_rejected_page(pages: KitPages, file: str, rejected: Iterable[RejectedText]) -> bytes:
    """Return a page with every text that was not taken, in full, and the reason."""
    rows = [
        {
            "place": one.returned.place,
            "reason": one.reason,
            "hint": one.hint,
            "code": one.code,
            "source": spell_unseen(one.returned.source or ""),
            "text": spell_unseen(one.returned.text),
            "kept": spell_unseen(one.kept),
            "comments": [spell_unseen(line) for line in one.returned.comments],
        }
        for one in rejected
    ]
    return _rendered(pages, "kit-rejected.xhtml", {"file": file, "rows": rows})

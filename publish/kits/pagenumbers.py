"""Find the page of each sentence in the PDF of the original, if that was built and is up to date.

The tags of the PDF have its text in reading order, without heads and feet.  Only letters are
compared, so numbers of notes and paragraphs, hyphens and line ends do not matter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from publish.building.keys import make_edition_key
from publish.building.records import load_edition
from publish.editions.audit.pdffile import OpenedPdf, PdfTag, open_pdf
from publish.errors import PublishError
from publish.model import Edition, Image, Inline, Key, Math, Role, Sentence, plain, walk_inlines
from publish.reading.source import Source
from publish.translation.loading import Loader

__all__ = ["PdfLetters", "find_sentence_pages", "load_original_pages", "match_sentences_to_pages"]

SURE = 30
"""So many letters at the beginning of a sentence stand for it, if they are in the PDF once."""
COMPARED = 60
"""The most letters that are compared."""
MOST_PAGES = 1000
"""A longer PDF is not read: it would take minutes."""


def load_original_pages(loader: Loader, source: Source) -> Mapping[Key, int]:
    """Return the page of each sentence in the PDF of the source's language.

    Nothing is returned if there is no PDF that is up to date, or if it cannot be read.
    """
    workspace = loader.workspace
    edition = Edition(document=source.name, language=source.language.tag, format="pdf")
    try:
        for use_fuzzy in (False, True):
            key = make_edition_key(loader, edition, use_fuzzy=use_fuzzy)
            if found := load_edition(workspace, edition, key):
                data, record = found
                short = record.pages is not None and len(record.pages.starts) <= MOST_PAGES
                return find_sentence_pages(data, source) if short else {}
    except (PublishError, OSError):
        return {}
    return {}


def find_sentence_pages(data: bytes, source: Source) -> dict[Key, int]:
    """Return the page, from 1, on which each sentence begins; raises PublishError for no PDF.

    Sentences that are not found are left out.
    """
    return match_sentences_to_pages(_read(data), source.sentences)


@dataclass(frozen=True, slots=True)
class PdfLetters:
    """All letters of a PDF in reading order; from each of the `starts` on, they are on a page."""

    text: str
    starts: tuple[int, ...]
    pages: tuple[int, ...]

    def page(self, at: int) -> int:
        return self.pages[bisect_right(self.starts, at) - 1] + 1


@lru_cache(maxsize=2)
def _read(data: bytes) -> PdfLetters:
    """Return the letters of a PDF; it is read once for the kits of all languages."""
    pdf = open_pdf(data)
    parts, starts, pages = [], [], []
    at = 0
    for page, text in _listen(pdf.tags, pdf) if pdf.tags else ():
        if found := _letters(text):
            starts.append(at)
            pages.append(page)
            parts.append(found)
            at += len(found)
    return PdfLetters("".join(parts), tuple(starts), tuple(pages))


def _listen(tag: PdfTag, pdf: OpenedPdf) -> Iterator[tuple[int, str]]:
    """Yield the texts of a tag with their pages; iteratively, since tags are from a file."""
    waiting: list[object] = [tag]
    while waiting:
        one = waiting.pop()
        if isinstance(one, PdfTag):
            waiting += reversed(one.kids)
        elif isinstance(one, tuple):
            yield one[0], pdf.marks.get(one, "")


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


# --------------------------------------------------------------------------- matching


def match_sentences_to_pages(found: PdfLetters, sentences: Sequence[Sentence]) -> dict[Key, int]:
    """Return the page of each sentence that can be found.

    Sentences whose beginning occurs once are found first; the others are looked for between the
    nearest of these.
    """
    wanted = [_beginning(sentence)[:COMPARED] for sentence in sentences]
    places = _unique(found.text, wanted)
    ends = _following(places, len(found.text))
    low = 0
    pages: dict[Key, int] = {}
    for sentence, text, place, high in zip(sentences, wanted, places, ends, strict=True):
        at = place if place >= 0 or not text else _look(found.text, sentence, text, low, high)
        if at >= 0:
            low = at + len(text)
            pages.setdefault(sentence.key, found.page(at))
    return pages


def _look(whole: str, sentence: Sentence, text: str, low: int, high: int) -> int:
    """Return where a text is between two known places; -1 if it is not there."""
    match sentence.location.kind:
        case Role.HEADING:  # The contents, which name headings too, stand before the text.
            return whole.rfind(text, low, high)
        case Role.FOOTNOTE:  # Notes stand elsewhere in the source.
            at = whole.find(text)
            return at if whole.find(text, at + 1) < 0 else -1
        case _:
            return whole.find(text, low, high)


def _beginning(sentence: Sentence) -> str:
    """Return the letters of a sentence before its first picture or formula.

    Key words, which no page shows, have none.
    """
    if sentence.location.kind is Role.KEYWORD:
        return ""
    shown = takewhile(lambda node: not _is_picture(node), sentence.tree)
    return _letters(plain(tuple(shown)))


def _is_picture(node: Inline) -> bool:
    return any(isinstance(one, Image | Math) for one in walk_inlines((node,)))


def _unique(whole: str, wanted: Sequence[str]) -> list[int]:
    """Return where each text is that has `SURE` letters and is there once; -1 for the others."""
    begins: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(wanted):
        if len(text) >= SURE:
            begins[text[:SURE]].append(number)
    found: dict[int, list[int]] = defaultdict(list)
    for at in range(len(whole) - SURE + 1) if begins else ():
        for number in begins.get(whole[at : at + SURE], ()):
            if whole.startswith(wanted[number], at):
                found[number].append(at)
    return [
        found[number][0] if len(found.get(number, ())) == 1 else -1 for number in range(len(wanted))
    ]


def _following(places: Sequence[int], end: int) -> list[int]:
    """Return the next known place after each text."""
    ends = []
    for place in reversed(places):
        ends.append(end)
        end = place if place >= 0 else end
    return ends[::-1]

"""What pasted pages have around their text: repeated titles, menus, latest news, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from publish.importing.markup.regions import TEASER
from publish.importing.plaintext.chunks import Chunk, is_short
from publish.importing.results import Loss

__all__ = ["Stripped", "strip_chrome"]

TOP = 20
"""So many chunks at the beginning may be the head of a page."""
LONG = 200
"""A text of so many letters is no entry of a list of news."""
PAGES = 3
"""A line that stands on so many pages is a running head."""
ALONE = re.compile(
    r"(?:(?:page|стр(?:аница|\.)?|sahypa|seite|página)\s*)?[-–—|]?\s*\d{1,4}\s*[-–—|]?"
    r"(?:\s*(?:of|/|из)\s*\d{1,4})?",
    re.IGNORECASE,
)
TOOLS = re.compile(
    r"(?:skip to (?:main )?content|share(?: (?:this|on) .{0,30})?|print(?: this)?(?: page)?|"
    r"(?:back to )?top|download(?: pdf)?|e-?mail|tweet|facebook|twitter|whatsapp|telegram|"
    r"search|menu|log ?in|sign ?in|subscribe|home|.{0,60}\blogo|accept(?: all)?(?: cookies)?|"
    r"(?:we|this (?:web)?site) uses? cookies.{0,200}|поделиться|печать|главная|меню|поиск)[.:]?",
    re.IGNORECASE | re.DOTALL,
)
UNDERLINE = re.compile(r"[=~*-]{4,}")
SIGNATURE, LONGEST_SIGNATURE = "--", 10
"""The line above the signature of an e-mail, and how many lines that has at most."""
RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b).{0,160}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stripped:
    """The title, the chunks that are text, and what was left out around them."""

    title: str
    chunks: tuple[Chunk, ...]
    losses: tuple[Loss, ...]


def strip_chrome(chunks: Sequence[Chunk]) -> Stripped:
    """Return the text of a page as it was pasted: its title, and the chunks below it."""
    losses: list[Loss] = []
    kept = _without_running_heads(list(chunks), losses)
    title, kept = _take_title(kept, losses)
    kept = _without_end(kept, losses)
    rest: list[Chunk] = []
    for chunk in kept:
        if TOOLS.fullmatch(chunk.text):
            losses.append(_loss("page tools", chunk))
        else:
            rest.append(chunk)
    return Stripped(title, tuple(rest), tuple(losses))


def _loss(kind: str, *chunks: Chunk, reason: str = "") -> Loss:
    text = "\n".join(line.strip() for chunk in chunks for line in chunk.lines)
    first, last = chunks[0].line, chunks[-1].line + len(chunks[-1].lines) - 1
    place = f"line {first}" if first == last else f"lines {first} to {last}"
    return Loss(kind=kind, text=text, place=place, reason=reason)


def _without_running_heads(chunks: list[Chunk], losses: list[Loss]) -> list[Chunk]:
    """Return chunks without numbers of pages and lines that stand on every page."""
    numbers = [chunk for chunk in chunks if ALONE.fullmatch(chunk.text)]
    counted = Counter(chunk.text for chunk in chunks if is_short(chunk.text))
    often = {
        text
        for text, count in counted.items()
        if count >= PAGES and len(numbers) >= PAGES and abs(count - len(numbers)) <= 2
    }
    kept: list[Chunk] = []
    for chunk in chunks:
        if len(numbers) >= PAGES and chunk in numbers:
            losses.append(_loss("page number", chunk))
        elif chunk.text in often:
            losses.append(_loss("running head", chunk))
        else:
            kept.append(chunk)
    return kept


def _take_title(chunks: list[Chunk], losses: list[Loss]) -> tuple[str, list[Chunk]]:
    """Return the title and the chunks after it.

    Web pages often have it twice, and what is above it then is no text.
    """
    top = chunks[:TOP]
    for at in range(len(top) - 1):
        if top[at].text.casefold() == top[at + 1].text.casefold() and is_short(top[at].text):
            if any(not is_short(one.text) for one in top[:at]):
                break
            losses.extend(_loss("page header", one) for one in top[:at])
            end = at + 1
            while end < len(chunks) and chunks[end].text.casefold() == top[at].text.casefold():
                losses.append(_loss("repeated title", chunks[end]))
                end += 1
            return top[at].text, chunks[end:]
    while len(chunks) > 2 and TOOLS.fullmatch(chunks[0].text):
        losses.append(_loss("page tools", chunks[0]))
        chunks = chunks[1:]
    if len(chunks) > 1 and UNDERLINE.fullmatch(chunks[0].lines[-1].strip()):
        return " ".join(chunks[0].lines[:-1]).strip(), chunks[1:]
    if len(chunks) > 1 and is_short(chunks[0].text):
        return chunks[0].text, chunks[1:]
    return "", chunks


def _without_end(chunks: list[Chunk], losses: list[Loss]) -> list[Chunk]:
    """Return chunks without the lists of links and notices that a page ends with."""
    for at, chunk in enumerate(chunks):
        after = chunks[at + 1 :]
        if at and TEASER.fullmatch(chunk.lines[0].strip()) and _are_entries([chunk, *after]):
            losses.append(_loss("related links", chunk, *after))
            return chunks[:at]
    chunks = _without_signature(chunks, losses)
    while len(chunks) > 1 and RIGHTS.fullmatch(chunks[-1].text):
        losses.append(_loss("page footer", chunks[-1]))
        chunks = chunks[:-1]
    return chunks


def _without_signature(chunks: list[Chunk], losses: list[Loss]) -> list[Chunk]:
    """Return chunks without what stands below a last line of two hyphens, as in e-mails."""
    for at in range(len(chunks) - 1, -1, -1):
        lines = [line.strip() for line in chunks[at].lines]
        if SIGNATURE not in lines:
            continue
        cut = lines.index(SIGNATURE)
        below = len(lines) - cut - 1 + sum(len(one.lines) for one in chunks[at + 1 :])
        if not 0 < below <= LONGEST_SIGNATURE or not (at or cut):
            break
        signed = Chunk(chunks[at].lines[cut:], chunks[at].line + cut)
        losses.append(_loss("signature", signed, *chunks[at + 1 :]))
        above = [Chunk(chunks[at].lines[:cut], chunks[at].line)] if cut else []
        return [*chunks[:at], *above]
    return chunks


def _are_entries(chunks: Sequence[Chunk]) -> bool:
    return all(len(line) < LONG for chunk in chunks for line in chunk.lines)

"""The texts of a Word edition that a translator edited, each with its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from publish.catalogs.matching import measure_likeness
from publish.catalogs.questions import ASKED
from publish.importing.results import Loss
from publish.kits.editedwork import EditedWork
from publish.kits.items import EMPTY, make_fingerprint
from publish.kits.returnedtexts import RejectedText, ReturnedText
from publish.kits.wordcuts import fold_letters
from publish.kits.wordpieces import WordPiece
from publish.kits.wordtexts import rewrite_text
from publish.model import Key, Sentence, make_entry_id, plain
from publish.reading.locationwords import describe_paragraph
from publish.reading.marks.canonical import serialise_inlines

__all__ = ["EditedTexts", "read_edited_texts"]

SHOWN = 3
"""So many deleted sentences that follow each other are named one by one."""
SAME = 0.8
"""How like the source sentence a text is that is still in the language of the source."""
FEW = 3
"""So few words may be the same in every language."""
UNSEEN = frozenset(("deleted text", "moved text", "comment", "table of contents", "repeated title"))
"""What is not in the text for good reasons."""

Bases = Mapping[Key, str]
"""The fingerprints of the translations that were sent, by key."""


@dataclass(frozen=True, slots=True)
class EditedTexts:
    """The texts of an edited edition, and what of it cannot be taken."""

    texts: tuple[ReturnedText, ...]
    rejected: tuple[RejectedText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Why:
    """Why something is not taken."""

    code: str
    reason: str
    hint: str

    def reject(self, returned: ReturnedText, kept: str = "") -> RejectedText:
        return RejectedText(
            returned=returned, code=self.code, reason=self.reason, hint=self.hint, kept=kept
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    work: EditedWork
    bases: Bases
    texts: list[ReturnedText] = field(default_factory=list)
    rejected: list[RejectedText] = field(default_factory=list)


def read_edited_texts(work: EditedWork, bases: Bases) -> EditedTexts:
    """Return the texts of an edited file, with what is in it beside them.

    `bases` are the fingerprints of what was sent; of sentences that are not in it nothing is known.
    Law: every piece of the file is a text, a word that the edition adds, or rejected.
    """
    reading = _Reading(work, bases)
    pairing = work.pairing
    for number, piece in sorted(pairing.texts.items()):
        _read(reading, number, piece)
    for number, piece in sorted(pairing.moved.items()):
        _reject_moved(reading, number, piece)
    for piece in work.unknown:
        _read_unknown(reading, piece)
    for piece in pairing.added:
        _reject_added(reading, piece)
    _reject_deleted(reading)
    _reject_lost(reading)
    return EditedTexts(tuple(reading.texts), tuple(reading.rejected))


def _read(reading: _Reading, number: int, piece: WordPiece) -> None:
    work = reading.work
    sentence = work.sentences.get(number)
    if sentence is None:
        if fold_letters(piece.text) != fold_letters(work.ours[number].text):
            reading.rejected.append(_reject(reading, piece, _ADDED_WORDS))
        _tell_comments(reading, piece)
        return
    found = _returned(reading, number, sentence, piece)
    if found.text and (why := _doubt(reading, number, sentence, piece, found)):
        reading.rejected.append(why.reject(found, _kept(work, sentence)))
        found = _untouched(work, sentence, piece)
    reading.texts.append(found)


def _returned(reading: _Reading, number: int, sentence: Sentence, piece: WordPiece) -> ReturnedText:
    """Return the text of a piece; that of an untouched one is what the catalog has."""
    work = reading.work
    sent = work.sent[number]
    tree, problem = rewrite_text(sent, piece.content, lambda label: work.notes.get(label, ""))
    if not problem and (tree is None or tree is sent.own):
        return _untouched(work, sentence, piece)
    text = piece.text if problem or tree is None else serialise_inlines(tree)
    entry, base = work.entry(sentence), reading.bases.get(sentence.key, "")
    if entry is not None and entry.msgstr == text:
        return _untouched(work, sentence, piece)
    newer = entry is not None and base != make_fingerprint(entry.msgstr, fuzzy=entry.fuzzy)
    if newer and work.is_as_sent(piece):
        return _untouched(work, sentence, piece)
    return ReturnedText(
        id=make_entry_id(sentence.key),
        text=text,
        fuzzy=False,
        base=base,
        source=sentence.unit.msgid,
        place=describe_paragraph(sentence.location),
        line=piece.block,
        comments=_questions(piece),
        problem=problem,
    )


def _read_unknown(reading: _Reading, piece: WordPiece) -> None:
    """Take a text whose sentence is no longer in the source; report it if it was changed."""
    said = reading.work.edited.sent.get(piece.name, {})
    name = said.get("id") or piece.name.partition(".")[2]
    same = reading.work.is_as_sent(piece)
    reading.texts.append(
        ReturnedText(
            id=re.split("[-_]", name)[0],
            text="" if same else piece.text,
            fuzzy=False,
            base=EMPTY if same else said.get("base", ""),
            place=_place(reading, piece),
            line=piece.block,
        )
    )
    _tell_comments(reading, piece)


def _untouched(work: EditedWork, sentence: Sentence, piece: WordPiece) -> ReturnedText:
    entry = work.entry(sentence)
    text, fuzzy = (entry.msgstr, entry.fuzzy) if entry else ("", False)
    return ReturnedText(
        id=make_entry_id(sentence.key),
        text=text,
        fuzzy=fuzzy,
        base=make_fingerprint(text, fuzzy=fuzzy),
        source=sentence.unit.msgid,
        place=describe_paragraph(sentence.location),
        line=piece.block,
        comments=_questions(piece),
    )


def _questions(piece: WordPiece) -> tuple[str, ...]:
    return tuple(f"{ASKED} {words}" for words in piece.comments)


def _kept(work: EditedWork, sentence: Sentence) -> str:
    entry = work.entry(sentence)
    return entry.msgstr if entry else ""


def _doubt(
    reading: _Reading, number: int, sentence: Sentence, piece: WordPiece, found: ReturnedText
) -> _Why | None:
    """Return why a text is none of its sentence: it is that of another, or no translation."""
    if found.mark == found.base:
        return None
    work = reading.work
    letters = fold_letters(piece.text)
    own = fold_letters(work.ours[number].text)
    if letters != own and len(letters) > FEW:
        others = work.places.get(letters, ())
        if others and number not in others:
            return _BESIDE
    source = " ".join(plain(sentence.tree).split())
    if len(source.split()) > FEW and work.sent[number].own != sentence.tree:
        own_text = work.sent[number].own
        already = own_text is not None and measure_likeness(source, plain(own_text)) >= SAME
        if not already and measure_likeness(source, piece.text) >= SAME:
            return _SOURCE
    return None


# --------------------------------------------------------------------------- what is not taken

_ADDED_WORDS = _Why(
    code="kit-words",
    reason="these words are not of the catalog: they are the edition's, or numbers of the source",
    hint="ask for the change in the source, or in the words of the editions",
)
_BESIDE = _Why(
    code="kit-moved",
    reason="this text was sent as another sentence",
    hint="put it back; if it is right here too, enter it in the catalog",
)
_SOURCE = _Why(
    code="kit-passage",
    reason="this is still in the language of the source: no translation",
    hint="translate it, or ask for changes of the source itself",
)
_MOVED = _Why(
    code="kit-moved",
    reason="this sentence was moved; the order of sentences is that of the source",
    hint="move it back, or ask for the change in the source",
)
_ADDED = _Why(
    code="kit-added",
    reason="the source has no sentence for this text, or it is not certain which one",
    hint="enter it in the catalog, or ask for the change in the source",
)
_COMMENT = _Why(
    code="kit-comment",
    reason="this comment stands beside no sentence of the catalog",
    hint="read it: it is not kept as a question",
)
_LOST = _Why(
    code="kit-words",
    reason="these words stand outside of the text",
    hint="see what they are for: nothing is done with them",
)


def _reject(reading: _Reading, piece: WordPiece, why: _Why) -> RejectedText:
    place = _place(reading, piece)
    return why.reject(
        ReturnedText(id="", text=piece.text, fuzzy=False, base="", place=place, line=piece.block)
    )


def _place(reading: _Reading, piece: WordPiece) -> str:
    """Return where a piece stands in the file: after which sentence."""
    spots = reading.work.spots
    at = bisect_right(spots, piece.block, key=lambda one: one[0])
    return f"after {spots[at - 1][1]}" if at else "at the start"


def _tell_comments(reading: _Reading, piece: WordPiece) -> None:
    for words in piece.comments:
        found = _reject(reading, piece, _COMMENT)
        reading.rejected.append(replace(found, returned=replace(found.returned, text=words)))


def _reject_moved(reading: _Reading, number: int, piece: WordPiece) -> None:
    sentence = reading.work.sentences.get(number)
    if sentence is None:
        return
    found = _returned(reading, number, sentence, piece)
    kept = _kept(reading.work, sentence)
    reading.rejected.append(_MOVED.reject(found, kept))
    reading.texts.append(_untouched(reading.work, sentence, piece))


def _reject_added(reading: _Reading, piece: WordPiece) -> None:
    letters = fold_letters(piece.text)
    if piece.shows and letters not in reading.work.words:
        why = _BESIDE if letters in reading.work.places and len(letters) > FEW else _ADDED
        reading.rejected.append(_reject(reading, piece, why))
    _tell_comments(reading, piece)


def _reject_deleted(reading: _Reading) -> None:
    """Reject sentences that are no longer in the file; of many together, the first is named."""
    work = reading.work
    there = {*work.pairing.texts, *work.pairing.moved}
    runs: list[list[int]] = []
    last = -1
    for at, number in enumerate(sorted(work.sentences)):
        if number in there or work.sent[number].own is None:
            continue
        if runs and at == last + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
        last = at
    for run in runs:
        for number in run if len(run) <= SHOWN else run[:1]:
            reading.rejected.append(_deleted(reading, number, len(run)))


def _deleted(reading: _Reading, number: int, many: int) -> RejectedText:
    sentence = reading.work.sentences[number]
    more = many > SHOWN
    reason = (
        f"this sentence and {many - 1} after it are not in the file"
        if more
        else "this sentence is not in the file"
    )
    returned = ReturnedText(
        id=make_entry_id(sentence.key),
        text="",
        fuzzy=False,
        base="",
        place=describe_paragraph(sentence.location),
        line=1,
    )
    hint = "to delete a translation, empty its entry in the catalog; nothing was deleted"
    return RejectedText(
        returned=returned, code="kit-emptied", reason=reason, hint=hint,
        kept=_kept(reading.work, sentence),
    )  # fmt: skip


def _reject_lost(reading: _Reading) -> None:
    """Reject words that the file has outside of its text and the edition does not."""
    known = Counter(map(_key, reading.work.now.losses))
    for loss in reading.work.edited.losses:
        if loss.moved or loss.kind in UNSEEN or not any(map(str.isalpha, loss.text)):
            continue
        if known[_key(loss)] > 0:
            known[_key(loss)] -= 1
            continue
        returned = ReturnedText(
            id="", text=loss.text, fuzzy=False, base="", place=f"{loss.kind}, {loss.place}", line=1
        )
        reading.rejected.append(_LOST.reject(returned))


def _key(loss: Loss) -> tuple[str, str]:
    return loss.kind, fold_letters(loss.text)

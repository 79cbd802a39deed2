"""The words of a file that are neither in the document nor in the list of losses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from publish.importing.results import Loss
from publish.importing.words import list_document_words, list_words
from publish.model import Document

__all__ = ["name_missing"]


def name_missing(
    words: Iterable[str], document: Document, losses: Iterable[Loss], marks: Iterable[str] = ()
) -> list[Loss]:
    """Return the losses with one more for the words that no other loss names.

    `words` are those of the file, in their order, and `marks` the numbers of items and notes among
    them, which editions write by themselves.  A heading in capitals may have small letters.
    """
    losses = list(losses)
    have = Counter(word.casefold() for word in list_document_words(document))
    have.update(word.casefold() for one in losses if not one.moved for word in list_words(one.text))
    have.update(word.casefold() for word in marks)
    missing: list[str] = []
    for word in words:
        if have[word.casefold()]:
            have[word.casefold()] -= 1
        else:
            missing.append(word)
    if missing:
        reason = "not found in the document that was made"
        text = " ".join(missing)
        losses.append(Loss(kind="words", text=text, place="in the text", reason=reason))
    return losses

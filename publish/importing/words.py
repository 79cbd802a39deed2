"""The words of texts and documents, and how they are counted.

A word is a run of letters and digits, in the normal form of Unicode.  Formulas count as no words,
nor do the numbers of notes and of list items, which each edition writes by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from publish.model import (
    Block,
    Break,
    CodeBlock,
    Document,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Math,
    Text,
    block_proses,
    blocks,
    map_inlines,
    plain,
    proses,
)
from publish.visible import DIRECTION_CHANGES, TAGS, ZERO_WIDTH

__all__ = ["clean_text", "count_words", "find_words", "list_document_words", "list_words"]

WORD = re.compile(r"[^\W_]+")
UNSEEN = re.compile(f"[{ZERO_WIDTH}{DIRECTION_CHANGES}{TAGS}]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return a text without characters that nobody sees or that no edition can contain."""
    if text.isascii() and text.isprintable():
        return text
    return UNSEEN.sub("", CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def list_words(text: str) -> list[str]:
    """Return the words of a text in their order."""
    return WORD.findall(unicodedata.normalize("NFC", clean_text(text)))


def find_words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words of several texts; no word goes from one text into the next."""
    for text in texts:
        yield from list_words(text)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word occurs in some texts."""
    return Counter(find_words(texts))


def list_document_words(document: Document) -> list[str]:
    """Return the words that readers find in a document, its front matter and notes included."""
    code = [one.text for one in blocks(document) if isinstance(one, CodeBlock)]
    found = [word for prose in proses(document) for word in list_words(_shown(prose.content))]
    return [*found, *find_words(code)]


def _shown(tree: Inlines) -> str:
    """Return the text of a tree without its formulas and marks of notes."""

    def change(node: Inline) -> Inline:
        match node:
            case Math() | FootnoteMark():
                return Text("")
            case Break():
                return Text("\n")
            case Image(_, alt):
                return Text(f" {alt} ")
            case _:
                return node

    return plain(map_inlines(change, tree))


def list_block_words(block: Block) -> list[str]:
    """Return the words of one block."""
    if isinstance(block, CodeBlock):
        return list_words(block.text)
    return [word for prose in block_proses(block) for word in list_words(_shown(prose.content))]

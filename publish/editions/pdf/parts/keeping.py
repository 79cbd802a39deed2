"""Keeps what was found for parts, so that an edit costs its chapter: by keys of all it is made of.

A key is a hash.  Whoever keeps the results adds what they are made with: code, libraries, fonts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from publish.editions.pdf.codes import Codes, find_odd
from publish.editions.pdf.document import PdfInput
from publish.editions.pdf.parts.pagecontents import Layer
from publish.editions.pdf.parts.recording import pack, unpack
from publish.editions.pdf.unittexts import UnitTexts
from publish.editions.runners import Runner
from publish.model import ResultStore

__all__ = ["join_keys", "make_codes_key", "make_part_key", "make_source_key", "run_kept"]

Result = TypeVar("Result")


def make_source_key(source: PdfInput) -> str:
    """Return the key of what all parts of a document are made with.

    All images belong to it: a style sheet may show any, and so may a drawing.
    """
    about = source.page, source.layout, source.best_lines, source.variant, source.theme
    faces = [
        (face, face.path.stat().st_size, face.path.stat().st_mtime_ns) for face in source.faces
    ]
    images = [
        (path, hashlib.sha256(source.images[path]).digest()) for path in sorted(source.images)
    ]
    return join_keys("source", source.css, repr(about), repr(faces), repr(images))


def make_part_key(shared: str, elements: Iterable[Element], texts: UnitTexts | None = None) -> str:
    """Return the key of a part: of its elements, and of what it shares with others.

    `shared` says what is around chapters, too.  `texts` are its sentences, if their places on the
    pages are kept with it; their `about` is None unless it is in the part.
    """
    own = ["\0".join(map(_describe, elements))]
    if texts is not None:
        listed, pieces = sorted(texts.listed), sorted(texts.pieces.items())
        own.append(repr((pieces, listed, texts.about)))
    return join_keys("part", shared, *own)


def _describe(element: Element) -> str:
    """Return an element without its children; no XML has the characters between the fields."""
    fields = [element.tag, str(len(element)), element.text or "", element.tail or ""]
    for pair in element.items():
        fields += pair
    return "\1".join(fields)


def make_codes_key(layers: Iterable[Layer], codes: Codes) -> str:
    """Return a key of the codes that pages use."""
    used: set[str] = set()
    for layer in layers:
        odd = find_odd((layer.counts,), codes)
        used |= {repr((name, one.added, one.others)) for name, one in codes.items() if odd}
        used |= {
            repr((font, glyph, codes[font].letters.get(glyph), codes[font].widths.get(glyph)))
            for font, glyph, _ in layer.counts
        }
        used |= {repr((need, codes[need[0]].find(need[1], need[2]))) for need in layer.needs}
    return join_keys("codes", *sorted(used))


def join_keys(*parts: str) -> str:
    """Return one key of several texts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(b"%d\n" % len(data) + data)
    return digest.hexdigest()


def run_kept(
    run: Runner,
    store: ResultStore | None,
    work: Callable[[int], Result],
    keys: Mapping[int, str],
) -> list[Result]:
    """Return the result of the work for each number, in their order; what is known is not done."""
    if store is None:
        return list(run(work, list(keys)))
    found: dict[int, bytes] = {}
    for number, key in keys.items():
        if data := store.load(key):
            found[number] = data
    missing = [number for number in keys if number not in found]

    def work_and_pack(number: int) -> bytes:
        return pack(work(number))

    for number, data in zip(missing, run(work_and_pack, missing), strict=True):
        store.keep(keys[number], data)
        found[number] = data
    made: Any = [unpack(found[number]) for number in keys]
    return list(made)

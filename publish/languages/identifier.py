"""Load the model of py3langid; the only module that speaks to it.

To unpack the model takes half a second and 80 MB in each process.  So its arrays are kept in a file
of this user's cache folder, which all processes share, and of which only the parts that are used
take memory.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from py3langid.langid import (  # type: ignore[import-untyped]
    MODEL_DIR,
    MODEL_FILE,
    LanguageIdentifier,
)

from publish.userfolders import keep_file, map_kept_file

__all__ = [
    "NO_LANGUAGE",
    "Scores",
    "compare_scores",
    "load_identifier",
    "score_text",
    "unpack_identifier",
]

Columns = np.ndarray[Any, np.dtype[np.intp]]

NO_LANGUAGE = "zxx"
FORM = f"1 {sys.byteorder}"
"""What a kept model looks like."""
LENGTH = 8
"""The bytes of the number at its end, which says how long the JSON before it is."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How well a text fits each language of the identifier, at the place of its label."""

    labels: tuple[str, ...]
    values: np.ndarray[Any, Any]


def load_identifier() -> Any:
    """Return the identifier of py3langid, from the kept file if there is one; else keep one."""
    packed = (MODEL_DIR / MODEL_FILE).read_bytes()
    digest = hashlib.sha256(FORM.encode() + packed).hexdigest()
    name = f"languages-{digest}.kept"
    if kept := map_kept_file(name):
        return _read_model(kept)
    made = unpack_identifier()
    if keep_file(name, _write_model(made)) and (kept := map_kept_file(name)):
        return _read_model(kept)
    return made


def unpack_identifier() -> Any:
    """Return the identifier as py3langid loads it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def score_text(identifier: Any, text: str) -> Scores:
    """Return how well a text fits each language."""
    return Scores(tuple(identifier.nb_classes), identifier._decide(text))


def compare_scores(scores: Scores, alike: frozenset[str]) -> tuple[float, float, str]:
    """Return the best score of some languages, the best of all others, and which has it."""
    own, others = _find_columns(scores.labels, alike)
    best = others[int(scores.values[others].argmax())]
    return float(scores.values[own].max()), float(scores.values[best]), scores.labels[best]


@lru_cache(maxsize=512)
def _find_columns(labels: tuple[str, ...], alike: frozenset[str]) -> tuple[Columns, Columns]:
    """Return which scores are those of some languages, and which of all others."""
    own = [number for number, label in enumerate(labels) if label in alike]
    left_out = alike | {NO_LANGUAGE}
    others = [number for number, label in enumerate(labels) if label not in left_out]
    return np.array(own), np.array(others)


def _write_model(made: Any) -> bytes:
    """Return the arrays of a model one after the other, and as JSON what they are."""
    chances, usual = np.ascontiguousarray(made.nb_ptc), np.ascontiguousarray(made.nb_pc)
    parts = {
        "nextmove": (made.tk_nextmove.typecode, made.tk_nextmove),
        "output": ("i", array("i", made.tk_output)),
        "usual": (usual.dtype.str, usual),
        "row": (made.tk_row.typecode, made.tk_row),
        "chances": (chances.dtype.str, chances),
    }
    held = {name: (kind, memoryview(part).cast("B")) for name, (kind, part) in parts.items()}
    sizes = [(name, kind, len(part)) for name, (kind, part) in held.items()]
    facts = json.dumps({"classes": made.nb_classes, "parts": sizes}).encode()
    return b"".join([*(part for _, part in held.values()), facts, len(facts).to_bytes(LENGTH)])


def _read_model(kept: memoryview) -> Any:
    """Return an identifier whose arrays are those of a kept file, which are not copied."""
    length = int.from_bytes(kept[-LENGTH:])
    facts = json.loads(bytes(kept[-LENGTH - length : -LENGTH]))
    parts, start = {}, 0
    for name, kind, size in facts["parts"]:
        parts[name] = kind, kept[start : start + size]
        start += size
    nextmove, output, row = (
        parts[name][1].cast(parts[name][0]) for name in ("nextmove", "output", "row")
    )
    usual, chances = (
        np.frombuffer(parts[name][1], dtype=parts[name][0]) for name in ("usual", "chances")
    )
    return LanguageIdentifier(
        chances.reshape(-1, len(usual)), usual, facts["classes"], nextmove, output, tk_row=row
    )

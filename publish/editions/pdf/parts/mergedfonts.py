"""Makes one font of each from those of all parts, and gives their glyphs the same codes in all.

Fonts are those of WeasyPrint.  It makes them of what Pango lays out with; here they are made of
their files and of what was noted when pages were painted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publish.editions.fontfiles import FontFace, read_face
from publish.editions.harfbuzz import open_face
from publish.editions.pdf.letters.codes import Codes, FontCodes
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.pagecontents import Need
from publish.editions.pdf.parts.recording import FontFacts

__all__ = ["add_needs", "make_fonts", "send_codes"]


@dataclass(frozen=True, slots=True)
class _Named:
    """A font of which only the name and the kind are needed, as in another process."""

    hash: str
    widths: Mapping[int, float]
    to_unicode: Mapping[int, str]
    tables: Sequence[str]
    bitmap: bool


def make_fonts(facts: Iterable[FontFacts], faces: Sequence[FontFace]) -> dict[int, Any]:
    """Return one font of WeasyPrint for each that pages use, by its key there.

    Raises WholeNeededError if the file of one is none of the faces.
    """
    from weasyprint.pdf.fonts import Font  # type: ignore[import-untyped]
    from weasyprint.text.ffi import ffi, harfbuzz  # type: ignore[import-untyped]

    merged = _merge(facts)
    files = _read_files(faces, {one.digest for one in merged.values()})
    made: dict[int, Any] = {}
    for one in merged.values():
        data = files.get(one.digest)
        opened = None if data is None else open_face(data, one.values["index"])
        if opened is None:
            raise WholeNeededError("a font of another file")
        font = made[one.key] = Font.__new__(Font)
        font.__dict__.update(one.values)
        font.file_content, font.hb_font, font.missing = data, None, {}
        font.hb_face = ffi.gc(ffi.cast("hb_face_t *", opened), harfbuzz.hb_face_destroy)
        font.widths, font.to_unicode = one.widths, dict(sorted(one.to_unicode.items()))
    return made


def _merge(facts: Iterable[FontFacts]) -> dict[int, FontFacts]:
    """Return each font with all of its glyphs that parts use; nothing of a part is held.

    Raises WholeNeededError if the parts have it from several files, in which glyphs have others'
    numbers.
    """
    found: dict[int, FontFacts] = {}
    for one in facts:
        known = found.get(one.key)
        if known is None:
            widths, letters = dict(one.widths), dict(one.to_unicode)
        elif known.digest != one.digest:
            raise WholeNeededError("a font of several files")
        else:
            widths, letters = {**known.widths, **one.widths}, {**one.to_unicode, **known.to_unicode}
        found[one.key] = replace(known or one, widths=widths, to_unicode=letters)
    return found


def _read_files(faces: Iterable[FontFace], wanted: Collection[str]) -> dict[str, bytes]:
    """Return the files of those faces that have a `wanted` digest, by it."""
    files: dict[str, bytes] = {}
    for face in faces:
        data = read_face(face)
        digest = hashlib.sha256(data).hexdigest()
        if digest in wanted:
            files[digest] = data
    return files


def add_needs(codes: Codes, needs: Iterable[Need]) -> None:
    """Add the codes that lines need, in an order that does not depend on pages."""
    for font, shape, text in sorted(needs, key=repr):
        codes[font].find(shape, text)


def send_codes(codes: Codes) -> Codes:
    """Return codes as plain data; they can get no others."""
    return {
        name: FontCodes(
            [_Named(name, one.widths, one.letters, one.fonts[0].tables, one.fonts[0].bitmap)],
            one.letters,
            one.widths,
            composed=False,
            added=one.added,
            others=one.others,
        )
        for name, one in codes.items()
    }

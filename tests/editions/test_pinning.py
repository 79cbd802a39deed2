"""Static fonts of variable ones: HarfBuzz's are fontTools', to the unit."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from examples import first
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]

from publish.editions import harfbuzz as door
from publish.editions.fonts import FontFace, find_font_faces
from publish.editions.harfbuzz import pin_axes
from publish.editions.pdf.engine import load
from publish.editions.pdf.pinning import pinning

TEXT = "Türkmenistan Эпоха “fi” Áé 0123—№"
PLACES: tuple[Mapping[str, float], ...] = (
    {"wght": 400, "opsz": 13.333},
    {"wght": 700, "opsz": 21.333},
)


def cut(face: FontFace) -> bytes:
    """The variable font with the glyphs of a text, under their old numbers."""
    options = subset.Options(retain_gids=True, drop_tables=["GSUB", "GPOS", "GDEF"])
    font = TTFont(face.path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=TEXT)
    cutter.subset(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def outlines(data: bytes) -> dict[str, object]:
    """Points and width of every glyph."""
    font = TTFont(io.BytesIO(data))
    glyf, widths = font["glyf"], font["hmtx"].metrics
    return {
        name: (list(glyf[name].getCoordinates(glyf)[0]), widths[name][0])
        for name in font.getGlyphOrder()
    }


@pytest.mark.parametrize(
    "face",
    first((face for face in find_font_faces() if face.family != "Symbols"), 2),
    ids=lambda face: face.path.stem,
)
@pytest.mark.parametrize("place", PLACES, ids=["regular", "bold"])
@pytest.mark.full
def test_outlines_and_widths_are_those_of_fonttools(
    face: FontFace, place: Mapping[str, float]
) -> None:
    data = cut(face)
    font = TTFont(io.BytesIO(data))
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    wanted = axes | {tag: value for tag, value in place.items() if tag in axes}
    judge = io.BytesIO()
    instancer.instantiateVariableFont(font, wanted, static=True).save(judge)
    made = pin_axes(data, wanted)
    assert made is not None
    assert "fvar" not in TTFont(io.BytesIO(made))
    assert outlines(made) == outlines(judge.getvalue())
    assert pin_axes(data, wanted) == made


def test_without_harfbuzz_it_is_left_to_fonttools(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    data = cut(find_font_faces()[2])
    monkeypatch.setattr(door, "_library", lambda: None)
    assert pin_axes(data, {"wght": 400}) is None
    from weasyprint.pdf import fonts  # type: ignore[import-untyped]

    slow = fonts.instantiateVariableFont
    with pinning():
        made = io.BytesIO()
        fonts.instantiateVariableFont(TTFont(io.BytesIO(data)), {"wght": 400}, static=True).save(
            made
        )
    assert fonts.instantiateVariableFont is slow
    assert "fvar" not in TTFont(io.BytesIO(made.getvalue()))

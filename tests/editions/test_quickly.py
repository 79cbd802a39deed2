"""What is done the quick way gives what the long way gives."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest

from publish.editions.page.lengths import measure_words
from publish.editions.pdf.letters.cells import lay_cells
from publish.editions.pdf.letters.cellwriting import write_cells, write_soft_end
from publish.editions.pdf.letters.glyphs import (
    Cluster,
    PlainRun,
    Run,
    _add_plain,
    _clusters,
    _groups,
    list_clusters,
    read_plainly,
    soften_end,
)
from publish.editions.pdf.pinning import _Arrays

LETTERS = "ab zЖй\u00a0\u00ad\u200b\u0301üý漢🙂"
FONT = SimpleNamespace(hash="F", widths={})


def test_plain_runs_have_the_clusters_of_all_others() -> None:
    chance, quick = random.Random(7), 0
    for _ in range(2000):
        letters = [chance.choice(LETTERS) for _ in range(chance.randrange(1, 8))]
        text = "".join(letters).encode()
        starts = [len("".join(letters[:at]).encode()) for at in range(len(letters))]
        if chance.random() < 0.3:
            starts[chance.randrange(len(starts))] = 0  # Two glyphs of one letter.
        if sorted(starts) != starts:
            continue
        glyphs = [chance.randrange(1, 99) for _ in starts]
        texts = read_plainly(text, *starts)
        long = list(
            _clusters(FONT, _groups(glyphs, starts, text, turned=False, nothing=0), False, 5)
        )
        quick += bool(texts)
        places = [5 + start for start in starts]
        assert not texts or list_clusters([PlainRun("F", glyphs, list(texts), places)]) == long
    assert 500 < quick < 1900


def test_plain_runs_of_one_font_are_joined_in_the_order_of_the_text() -> None:
    runs: list[Run] = []
    for font, places in (("F", [0, 1]), ("F", [2]), ("F", [9]), ("F", [5]), ("G", [6])):
        _add_plain(runs, font, [1] * len(places), ("a",) * len(places), places)
    assert [(run.font, run.starts) for run in runs if isinstance(run, PlainRun)] == [
        ("F", [0, 1, 2, 9]),
        ("F", [5]),
        ("G", [6]),
    ]


def test_a_line_with_a_soft_hyphen_at_its_end_is_written_as_its_cells_are() -> None:
    chance, widths = random.Random(7), {glyph: 400 + glyph for glyph in range(99)}
    fonts = {"F": SimpleNamespace(hash="F", widths=widths, tables=())}

    def find_code(name: str, shape: Any, text: str) -> tuple[str, int, float]:
        return (name, 77, widths[shape]) if text == "\u00ad" else (name, shape, widths[shape])

    for _ in range(500):
        glyphs = [chance.randrange(1, 99) for _ in range(chance.randrange(2, 9))]
        starts = list(range(len(glyphs)))
        run = soften_end([PlainRun("F", glyphs, ["a"] * len(glyphs), starts)])
        moves = [chance.choice((b"", b"0", b"-41.386875", b"19", b"0<>-2.5")) for _ in glyphs]
        array = b"".join(b"%s<%04x>" % pair for pair in zip(moves, glyphs, strict=True))
        shown = array.replace(b"><", b"") + chance.choice((b"", b"0", b"-18"))
        items = [b"1 0 0 -1 0 0 Tm", b"/F 11.5 Tf", b"[%s] TJ" % shown]
        cells = lay_cells(items, list_clusters(run), fonts, spaced=False)
        assert cells
        assert write_soft_end(items, run, widths, find_code) == write_cells(cells, find_code)
        assert write_soft_end(items, run[:1], widths, find_code) is None
        assert isinstance(run[-1], Cluster)
        run[-1].glyphs = (98 - glyphs[-1],)
        assert glyphs[-1] == 49 or write_soft_end(items, run, widths, find_code) is None


@pytest.mark.parametrize("given", [[1, 2, 3], (1, 2, 3)])
def test_arrays_are_as_long_as_what_is_put_into_them(given: Any) -> None:
    asked: list[tuple[str, Any]] = []
    arrays = _Arrays(SimpleNamespace(new=lambda *words: asked.append(words), NULL="null"))
    arrays.new("hb_codepoint_t[3]", given)
    arrays.new("hb_codepoint_t[4]", given)
    arrays.new("PangoRectangle *")
    assert asked == [
        ("hb_codepoint_t[]", given),
        ("hb_codepoint_t[4]", given),
        ("PangoRectangle *", None),
    ]
    assert arrays.NULL == "null"


def test_a_wide_sign_counts_as_two() -> None:
    assert measure_words("") == 0
    assert measure_words("a漢漢b—Ａ") == 9

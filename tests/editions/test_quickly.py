"""What is done the quick way gives what the long way gives."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest

from publish.editions.page.lengths import measure_words
from publish.editions.pdf.glyphs import PlainRun, _clusters, _groups, _read_plainly, list_clusters
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
        texts = _read_plainly(text, *starts)
        long = list(
            _clusters(FONT, _groups(glyphs, starts, text, turned=False, nothing=0), False, 5)
        )
        quick += bool(texts)
        assert not texts or list_clusters([PlainRun("F", glyphs, texts, starts, 5)]) == long
    assert 500 < quick < 1900


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

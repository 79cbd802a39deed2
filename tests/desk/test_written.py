"""Large answers are written in parts, and are what they would be in one piece."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator

import pytest

from publish.desk.written import BYTES, ITEMS, Joined, Listed, encode_json, write_parts


@pytest.mark.parametrize("count", [0, 1, ITEMS - 1, ITEMS, ITEMS + 1, 40 * ITEMS])
def test_parts_joined_are_the_whole(count: int) -> None:
    items = [
        {"id": number, "text": f'"слово" \\ \n\u2028 {number}', "none": None}
        for number in range(count)
    ]
    text = [f'<p lang="ru">"Слово" & \t{number}</p>' for number in range(count)]
    whole = {"version": 7, "rows": items, "html": "".join(text), "sections": [], "settled": True}
    given = {**whole, "rows": Listed(iter(items)), "html": Joined(one.encode() for one in text)}
    parts = write_parts(given)
    assert b"".join(parts) == encode_json(whole)
    assert json.loads(b"".join(parts)) == whole
    assert all(len(part) < BYTES + 200_000 for part in parts)


def test_half_of_a_character_is_written_as_in_one_piece() -> None:
    wrong = ["a\ud800b"]
    assert b"".join(write_parts({"rows": Listed(wrong)})) == encode_json({"rows": wrong})


def test_items_are_made_as_they_are_written() -> None:
    """What is made of all rows of a book at once takes five times what is sent."""

    def make() -> Iterator[dict[str, str]]:
        for number in range(20_000):
            yield {f"field-{name}": f"{number}" for name in range(10)}

    tracemalloc.start()
    try:
        size = sum(map(len, write_parts({"rows": Listed(make())})))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.5 * size

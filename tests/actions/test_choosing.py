"""Limits and shares of a build, as they are given on the command line."""

from __future__ import annotations

import pytest

from publish.actions.build import parse_limits, parse_share
from publish.building.editionlimits import EditionLimits
from publish.errors import UsageError


def test_limits_are_seconds_and_mebibytes() -> None:
    assert parse_limits("1", "256") == EditionLimits(1, 256 << 20)
    assert parse_limits("604800", str(1 << 24)) == EditionLimits(604800, 1 << 44)


@pytest.mark.parametrize("word", ["0", "604801", "1.5", "-1", "+1", "", " 1", "१", "9" * 30])
def test_a_limit_out_of_range_is_refused(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_limits(word, "256")
    assert caught.value.message == (
        f"--time-limit must be a whole number from 1 to 604800, not {word!r}"
    )


@pytest.mark.parametrize("word", ["255", str((1 << 24) + 1), "4G"])
def test_memory_out_of_range_is_refused(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_limits("1", word)
    assert caught.value.message == (
        f"--memory-limit must be a whole number from 256 to 16777216, not {word!r}"
    )


def test_a_share_is_a_part_of_so_many() -> None:
    assert [parse_share(word) for word in ("1/1", "1/4", "4/4", "10000/10000")] == [
        (1, 1),
        (1, 4),
        (4, 4),
        (10_000, 10_000),
    ]

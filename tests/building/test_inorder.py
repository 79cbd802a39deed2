"""The log of a build is the same whichever edition is ready first."""

from __future__ import annotations

from itertools import permutations

import pytest

from publish.building.builds import BuildOutcome
from publish.building.inorder import tell_in_order
from publish.model import Edition

EDITIONS = tuple(Edition(document=name, language="en", format="pdf") for name in "abcd")


@pytest.mark.parametrize("ready", list(permutations(EDITIONS)))
def test_outcomes_are_told_in_order_and_as_soon_as_they_can_be(ready: tuple[Edition, ...]) -> None:
    told: list[Edition] = []
    tell = tell_in_order(EDITIONS, lambda outcome: told.append(outcome.edition))
    for count, edition in enumerate(ready, 1):
        tell(BuildOutcome(edition=edition, done="built"))
        known = set(ready[:count])
        first = next((at for at, one in enumerate(EDITIONS) if one not in known), len(EDITIONS))
        assert told == list(EDITIONS[:first])


def test_an_outcome_that_nobody_waits_for_is_told_at_once() -> None:
    told: list[Edition] = []
    tell = tell_in_order(EDITIONS[:1], lambda outcome: told.append(outcome.edition))
    tell(BuildOutcome(edition=EDITIONS[2], done="built"))
    assert told == [EDITIONS[2]]

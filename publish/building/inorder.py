"""Tell outcomes in the order of the editions, whichever of them is ready first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from publish.building.builds import BuildOutcome
from publish.model import Edition

__all__ = ["tell_in_order"]


def tell_in_order(
    editions: Iterable[Edition], tell: Callable[[BuildOutcome], None]
) -> Callable[[BuildOutcome], None]:
    """Return a function that reports each outcome as soon as those of all editions before it are.

    So the log of a build is the same with any number of workers.
    """
    waiting = deque(dict.fromkeys(editions))
    expected = set(waiting)
    held: dict[Edition, BuildOutcome] = {}

    def take(outcome: BuildOutcome) -> None:
        if outcome.edition not in expected:
            tell(outcome)
            return
        expected.remove(outcome.edition)
        held[outcome.edition] = outcome
        while waiting and waiting[0] in held:
            tell(held.pop(waiting.popleft()))

    return take

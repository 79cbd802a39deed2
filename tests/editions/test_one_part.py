"""The one part that an edit changes is worked on by the process that joins: `run_one_here`."""

from __future__ import annotations

import gc
import os
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

import pytest

from publish.building.parts import make_part_runner
from publish.editions.pdf.parts.onepart import SHORT, run_one_here
from publish.editions.pdf.parts.splitting import Split

Result = TypeVar("Result")


def _split(*sizes: int) -> Any:
    """Return a document in parts of so many characters, as far as it is asked for."""
    tops = [Element("section") for _ in sizes]
    made = object.__new__(Split)
    object.__setattr__(made, "groups", tuple((one,) for one in tops))
    object.__setattr__(made, "sizes", dict(zip(tops, sizes, strict=True)))
    return made


def _elsewhere(work: Callable[[int], Result], numbers: Sequence[int], /) -> Iterator[Result]:
    assert not numbers, f"not here: {numbers}"
    return iter(())


def test_one_number_is_done_here() -> None:
    run = run_one_here(_elsewhere, _split(SHORT, 10))
    assert list(run(lambda number: (number, os.getpid()), [2])) == [(2, os.getpid())]
    assert list(run(lambda number: number, [])) == []
    assert list(run(lambda number: number, [1])) == [1]


def test_after_several_numbers_all_work_is_done_elsewhere() -> None:
    run = run_one_here(make_part_runner(1), _split(10, 10))
    assert os.getpid() not in set(run(lambda _: os.getpid(), [1, 2]))
    assert os.getpid() not in set(run(lambda _: os.getpid(), [1]))


def test_a_long_part_is_laid_out_elsewhere_and_so_are_the_others_of_its_document() -> None:
    run = run_one_here(make_part_runner(1), _split(10, SHORT + 1))
    assert os.getpid() not in set(run(lambda _: os.getpid(), [1]))


class _Circle:
    def __init__(self) -> None:
        self.own = self


@pytest.mark.parametrize("failing", [False, True])
def test_nothing_that_was_laid_out_here_is_left(failing: bool) -> None:
    """Boxes refer to each other in circles, and a book is too large to look through."""
    made: list[weakref.ref[_Circle]] = []

    def work(number: int) -> int:
        made.append(weakref.ref(_Circle()))
        if failing:
            raise ValueError(number)
        return number

    gc.disable()
    try:
        if failing:
            with pytest.raises(ValueError, match="1"):
                list(run_one_here(_elsewhere, _split(1))(work, [1]))
        else:
            assert list(run_one_here(_elsewhere, _split(1))(work, [1])) == [1]
        assert [one() for one in made] == [None]
    finally:
        gc.enable()
        gc.unfreeze()

"""Work that makes many objects and no circles of them, done without looking for circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collecting_no_garbage"]


@contextmanager
def collecting_no_garbage() -> Iterator[None]:
    """Leave out Python's search for circles of objects, which takes a fifth of reading a book.

    What nothing refers to is freed all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

"""Work that makes many objects and no circles of them, done without looking for circles."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = [
    "collecting_no_garbage",
    "collecting_what_is_new",
    "end_quickly",
    "free_circles",
    "loading_code",
    "set_objects_aside",
]


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


@contextmanager
def collecting_what_is_new() -> Iterator[None]:
    """Do work that makes circles of objects; at its end, look for them among the new ones only.

    What there was before is left out of later searches until `set_objects_aside` is called.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()


@contextmanager
def loading_code() -> Iterator[None]:
    """Load modules, and leave what they are made of out of later searches: it stays for good."""
    before = len(sys.modules)
    with collecting_no_garbage():
        yield
        if len(sys.modules) > before + MANY:
            gc.freeze()


MANY = 100
"""So many modules are worth it."""


def set_objects_aside() -> None:
    """Search for circles once, and leave what there is now out of later searches.

    In a process that keeps a book open, one search would stop it for a quarter of a second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def free_circles() -> None:
    """Free all that only refers to itself, though searches may be left out otherwise.

    What was set aside is not searched.
    """
    gc.collect()


def end_quickly() -> None:
    """Let Python end without looking for circles of objects, which takes longer than all else then.

    The system takes the memory back in any case.
    """
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)

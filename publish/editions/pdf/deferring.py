"""Defers modules that a library imports and hardly ever uses, until it calls their functions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["deferring"]


class _Deferred(ModuleType):
    """Stands for a module: gives the known functions without it, and loads it for all else."""

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        self.__functions = functions

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__defer(name) if name in self.__functions else getattr(self.__load(), name)

    def __defer(self, name: str) -> Callable[..., Any]:
        def call(*words: Any, **options: Any) -> Any:
            return getattr(self.__load(), name)(*words, **options)

        return call

    def __load(self) -> ModuleType:
        _withdraw(self)
        return import_module(self.__name__)


@contextmanager
def deferring(modules: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
    """Let modules be imported meanwhile that are loaded when one of their functions is called.

    `modules` has the names of these functions, or classes that are only called.  Modules that are
    there already are left alone.  All who import them afterwards get the modules themselves.
    """
    stands = [_Deferred(*one) for one in modules.items() if one[0] not in sys.modules]
    sys.modules.update({one.__name__: one for one in stands})
    try:
        yield
    finally:
        for one in stands:
            _withdraw(one)


def _withdraw(stand: ModuleType) -> None:
    if sys.modules.get(stand.__name__) is stand:
        del sys.modules[stand.__name__]

"""Modules that are loaded when one of their functions is called, and no sooner."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.editions.pdf.deferring import deferring

NAMES = ("seldom", "seldom.deep")


@pytest.fixture(autouse=True)
def seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package and a module in it, which are on the path and not loaded."""
    (tmp_path / "seldom").mkdir()
    (tmp_path / "seldom/__init__.py").write_text("")
    (tmp_path / "seldom/deep.py").write_text("KNOWN = 7\ndef add(a, *, b): return a + b + KNOWN\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


def import_both() -> tuple[object, object]:
    from seldom import deep  # type: ignore[import-not-found]
    from seldom.deep import add  # type: ignore[import-not-found]

    return deep, add


def test_a_module_is_loaded_when_its_function_is_called() -> None:
    with deferring({"seldom.deep": ("add",)}):
        deep, add = import_both()
    assert "seldom.deep" not in sys.modules
    assert deep.add(1, b=2) == add(1, b=2) == 10  # type: ignore[attr-defined,operator]
    assert sys.modules["seldom.deep"].KNOWN == 7
    assert import_both()[1] is sys.modules["seldom.deep"].add


def test_a_module_is_loaded_when_anything_else_of_it_is_asked() -> None:
    with deferring({"seldom.deep": ("add",)}):
        deep, _ = import_both()
        assert deep.KNOWN == 7  # type: ignore[attr-defined]
        assert import_both()[0] is not deep
    assert sys.modules["seldom.deep"].KNOWN == 7


def test_a_module_that_is_there_stays() -> None:
    deep, _ = import_both()
    with deferring({"seldom.deep": ("add",)}):
        assert import_both()[0] is deep
    assert sys.modules["seldom.deep"] is deep

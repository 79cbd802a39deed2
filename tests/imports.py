"""What imports what: every module of the package, read as text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def module_name(file: Path) -> str:
    """The dotted name of a module of ours; a package goes by its folder's name."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in sorted((ROOT / "publish").rglob("*.py"))}


@cache
def imports(module: str) -> frozenset[str]:
    """Every name a module imports, wherever in it and under whatever condition."""
    tree = ast.parse(MODULES[module].read_bytes())
    return frozenset(name for node in ast.walk(tree) for name in _imported(node))


def _imported(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names):
            yield from (name.name for name in names)
        case ast.ImportFrom(module=str(source), names=names, level=0):
            members = [f"{source}.{name.name}" for name in names]
            yield from (member if member in MODULES else source for member in members)
        case ast.ImportFrom():
            yield "a relative import"
        case _:
            pass


def own_imports(module: str) -> list[str]:
    return sorted(name for name in imports(module) if name.partition(".")[0] == "publish")


def room(module: str) -> str:
    """The first name below `publish`; empty for the package itself."""
    return module.partition(".")[2].partition(".")[0]

"""What every module of the package imports, calls and declares, read from its text once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def module_name(file: Path) -> str:
    """The dotted name of a module of ours; a package goes by its folder's name."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in sorted((ROOT / "publish").rglob("*.py"))}


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """What a module imports, the plain names it calls, and its dataclasses with their options."""

    imports: frozenset[str]
    calls: frozenset[str]
    dataclasses: tuple[tuple[str, dict[str, bool]], ...]


@cache
def read_module(module: str) -> ModuleFacts:
    """Return the facts of a module; it is parsed once for all tests that ask."""
    imported, called, declared = set[str](), set[str](), list[tuple[str, dict[str, bool]]]()
    for node in ast.walk(ast.parse(MODULES[module].read_bytes())):
        match node:
            case ast.Import() | ast.ImportFrom():
                imported.update(_imported(node))
            case ast.Call(func=ast.Name() | ast.Attribute() as function):
                called.add(_dotted(function))
            case ast.ClassDef():
                declared.extend(_dataclass_options(node))
            case _:
                pass
    return ModuleFacts(frozenset(imported), frozenset(called), tuple(declared))


def imports(module: str) -> frozenset[str]:
    """Every name a module imports, wherever in it and under whatever condition."""
    return read_module(module).imports


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(value, name):
            return f"{_dotted(value)}.{name}"
        case _:
            return "…"


def _dataclass_options(node: ast.ClassDef) -> Iterator[tuple[str, dict[str, bool]]]:
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Name) and called.id == "dataclass":
            given = decorator.keywords if isinstance(decorator, ast.Call) else []
            options = {str(one.arg): bool(ast.literal_eval(one.value)) for one in given}
            options.pop("kw_only", None)  # how it is made, not what it is
            yield node.name, options


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

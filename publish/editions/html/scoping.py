"""Confines a style sheet to one element of a page; only this file speaks to tinycss2.

What is left can neither reach what is outside that element nor load anything.  Rules of a
workspace's theme may be anybody's, so what is not known to be harmless is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2  # type: ignore[import-untyped]
from tinycss2 import ast

__all__ = ["BODY", "FOOTER", "HTML_CLASS", "MAIN", "scope_style"]

HTML_CLASS, BODY = "edition-html", "edition-body"
MAIN, FOOTER = "edition-main", "edition-footer"
NAMED = {"html": HTML_CLASS, "body": BODY, "main": MAIN, "footer": FOOTER}
"""The classes that stand for elements of which a page has one."""

GROUPS = frozenset({"media", "supports"})
"""The rules that hold others and are kept; `@page`, `@import`, `@keyframes` and the like are not,
since they hold for the whole page or load something."""

LOADING = frozenset(
    {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"}
)
"""The functions of CSS that load something."""

CONTAINER = "edition"
"""The name of the container whose width counts in the place of the window's."""

CONFINED = (
    f"contain: layout paint style; container: {CONTAINER} / inline-size; isolation: isolate;"
    " position: relative; z-index: 0; margin: 0; transform: none; visibility: visible"
)
"""What holds whatever a theme says: nothing is painted outside, and `fixed` is fixed inside."""


def scope_style(css: str, place: str, ids: str = "") -> str:
    """Return a style sheet that holds only below the element that the selector `place` names.

    The elements `html`, `body`, `main` and `footer` are those of the classes in `NAMED`.  Widths
    of the window are those of the element.  Ids begin with `ids`.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    fixed = "; ".join(f"{one.strip()} !important" for one in CONFINED.split(";"))
    return "".join((*_scope(rules, place, ids), f"{place} > .{HTML_CLASS} {{ {fixed} }}\n"))


def _scope(rules: Iterable[ast.Node], place: str, ids: str) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            selectors = _scope_selectors(rule.prelude, place, ids)
            declarations = _keep(rule.content)
            if selectors and declarations:
                yield f"{selectors} {{ {declarations} }}\n"
        elif isinstance(rule, ast.AtRule) and rule.lower_at_keyword in GROUPS and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            start, end = _open_group(rule)
            yield f"{start} {{\n{''.join(_scope(inner, place, ids))}}}{end}\n"


# --------------------------------------------------------------------------- groups


def _open_group(rule: ast.AtRule) -> tuple[str, str]:
    """Return the start and the further end of a group; widths are those of the container."""
    said = tinycss2.serialize(rule.prelude).strip()
    if rule.lower_at_keyword != "media":
        return f"@{rule.lower_at_keyword} {said}", ""
    parts = [part.strip() for part in said.split(" and ")]
    widths = [part for part in parts if part.startswith(("(min-width:", "(max-width:"))]
    others = [part for part in parts if part not in widths]
    if not widths or "," in said:
        return f"@media {said}", ""
    inside = f"@container {CONTAINER} {' and '.join(widths)}"
    if not others:
        return inside, ""
    return f"@media {' and '.join(others)} {{ {inside}", " }"


# --------------------------------------------------------------------------- declarations


def _keep(content: Sequence[ast.Node]) -> str:
    """Return the declarations of a rule without those that load something; no rules in rules."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    kept = [one for one in found if isinstance(one, ast.Declaration) and not _loads(one.value)]
    return "; ".join(one.serialize().strip() for one in kept)


def _loads(values: Iterable[ast.Node]) -> bool:
    return any(_is_loading(value) for value in values)


def _is_loading(value: Any) -> bool:
    match value.type:
        case "url" | "error":
            return True
        case "function":
            return value.lower_name in LOADING or _loads(value.arguments)
        case "() block" | "[] block" | "{} block":
            return _loads(value.content)
        case _:
            return False


# --------------------------------------------------------------------------- selectors


def _scope_selectors(prelude: Sequence[Any], place: str, ids: str) -> str:
    """Return the selectors of a rule below `place`; empty where one is not understood."""
    every = [_scope_selector(one, place, ids) for one in _split(prelude)]
    return ", ".join(every) if all(every) else ""


def _scope_selector(tokens: list[Any], place: str, ids: str) -> str:
    known = tuple(_rename(tokens, ids))
    first = next((token for token in tokens if token.type != "whitespace"), None)
    is_combinator = first is None or (first.type == "literal" and first.value in ">+~|&")
    wrong = any(token.type in {"error", "{} block", "() block"} for token in tokens)
    return "" if is_combinator or wrong else f"{place} {''.join(known).strip()}"


def _split(tokens: Sequence[Any]) -> list[list[Any]]:
    """Return the selectors between the commas of a list."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _rename(tokens: Sequence[Any], ids: str) -> Iterator[str]:
    """Yield the pieces of a selector with classes for the elements that a page has once."""
    before = ""
    for token in tokens:
        match token.type:
            case "ident" if before == ":" and token.lower_value == "root":
                yield f"is(.{HTML_CLASS})"
            case "ident" if before not in {":", ".", "|"} and token.lower_value in NAMED:
                yield f".{NAMED[token.lower_value]}"
            case "hash" if ids:
                yield f"#{tinycss2.serializer.serialize_identifier(ids + token.value)}"
            case "function":
                inner = "".join(_rename(token.arguments, ids))
                yield f"{token.name}({inner})"
            case _:
                yield token.serialize()
        before = token.value if token.type == "literal" else token.type

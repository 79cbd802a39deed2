"""Formulas in TeX, read as MathML."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from publish.errors import PublishError
from publish.model import Span

__all__ = ["MATHML_NS", "check_formula", "convert_formula"]

MATHML_NS = "http://www.w3.org/1998/Math/MathML"
LONGEST = 4000
"""Characters; no formula that a page can show has as many."""
DEEPEST = 60
UNKNOWN = re.compile(r">\s*(\\[A-Za-z]+|\\.)")
FOREIGN = re.compile(
    r"\\(?:href|style|class|cssId|def|newcommand|renewcommand|unicode|require|include\w*)"
    r"(?![A-Za-z])"
)
"""Commands that make links, styles or other commands, which a formula of an edition cannot have."""
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2}
CHILDREN |= {"msubsup": 3, "munderover": 3}
"""How many parts an element has (MathML 3, table 3.1.3.2)."""
LABELS = re.compile(r"\\(?:label|tag)\*?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
"""Numbers of formulas, which no MathML of ours has."""


def check_formula(tex: str, span: Span | None) -> None:
    """Raise PublishError (code `formula`) for TeX that cannot be read."""
    try:
        convert_formula(tex, display=False)
    except PublishError as error:
        raise PublishError(error.message, span, error.hint, code=error.code) from None


@lru_cache(maxsize=512)
def convert_formula(tex: str, *, display: bool) -> str:
    """Return the MathML of a formula; `display` is the form of one that is a block of its own.

    Raises PublishError (code `formula`) for TeX that cannot be read or has an unknown command.
    """
    import latex2mathml.converter  # Slow to import, and most documents have no formula.

    written = LABELS.sub("", tex).strip()
    if not written:
        raise _wrong("a formula is empty", "write it between the dollar signs, or delete them")
    if len(written) > LONGEST or _depth(written) > DEEPEST:
        raise _wrong("a formula is too long or nested too deeply", "divide it into several")
    try:
        mathml = str(
            latex2mathml.converter.convert(written, display="block" if display else "inline")
        )
    except Exception as error:  # The library raises many kinds, most of them without words.
        raise _wrong(
            f"this formula is not TeX that can be read: {tex[:60]}",
            "look for a brace, \\left, \\end or argument that is missing; to show the dollar sign "
            "itself, write \\$",
        ) from error
    if not _is_whole(mathml) or FOREIGN.search(written):
        raise _wrong(
            f"this formula is not TeX that an edition can have: {tex[:60]}",
            "look for an argument that is missing, such as the second of \\frac{a}{b}; write & "
            "as \\&; links, styles and new commands are not allowed",
        )
    if unknown := UNKNOWN.search(mathml):
        raise _wrong(
            f"the formula has the unknown command {unknown[1]}: {tex[:60]}",
            "write it with the commands of LaTeX and amsmath; commands of your own must be "
            "written out",
        )
    return mathml


def _is_whole(mathml: str) -> bool:
    """Return whether every element has all its parts; a missing argument leaves one out."""
    try:
        root = ElementTree.fromstring(mathml)
    except ElementTree.ParseError:
        return False
    return all(
        len(element) == CHILDREN.get(element.tag.removeprefix(f"{{{MATHML_NS}}}"), len(element))
        for element in root.iter()
    )


def _depth(tex: str) -> int:
    depth = deepest = 0
    for found in re.finditer(r"\\.|[{}]|\\begin|\\left", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        deepest = max(deepest, depth)
    return max(deepest, tex.count("\\begin"), tex.count("\\left"))


def _wrong(message: str, hint: str) -> PublishError:
    return PublishError(message, hint=hint, code="formula")

"""Say which names a reviewer may have, and which texts a spreadsheet would calculate."""

from __future__ import annotations

import unicodedata

__all__ = ["explain_formula", "explain_wrong_reviewer", "fold_reviewer"]

LONGEST = 60
"""Most characters of a reviewer's name; a role or a pseudonym needs no more."""
FORMULA = ("=", "+", "-", "@")
"""Characters that make a spreadsheet read a cell as a formula if it begins with them."""


def explain_wrong_reviewer(name: str) -> str:
    """Return why a reviewer's name is not allowed in a ledger, empty if it is.

    Ledgers are published with the catalogs, so addresses are not allowed.
    """
    if not name.strip() or name != name.strip():
        return "no name is given" if not name.strip() else "it begins or ends with a space"
    if "@" in name or "://" in name:
        return "it must not contain an address"
    if len(name) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if not all(character.isalnum() or character in " -'’." for character in name):
        return "it has characters other than letters, digits, spaces, hyphens and full stops"
    return explain_formula(name)


def fold_reviewer(name: str) -> str:
    """Return a name as names are compared: `Editor` and `editor` are one reviewer."""
    return unicodedata.normalize("NFKC", name).casefold()


def explain_formula(text: str) -> str:
    """Return that a spreadsheet would calculate a text, empty if it would show it."""
    starts = text.lstrip().startswith(FORMULA)
    return "a spreadsheet would read it as a formula: begin with a word" if starts else ""

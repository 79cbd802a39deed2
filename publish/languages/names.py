"""Read and write the names of languages in BCP 47 (`sr-Latn`) and in gettext (`sr@latin`).

This module only knows the grammar of names; `cldr.py` knows which subtags exist.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Subtags", "parse_name"]

SCRIPT_MODIFIERS = {
    "Arab": "arabic",
    "Cyrl": "cyrillic",
    "Deva": "devanagari",
    "Latn": "latin",
    "Shaw": "shaw",
}
"""The scripts that gettext writes as a modifier (GNU gettext manual, "Locale Names").

Every other script is written as in Weblate and Django: `zh_Hans`.
"""
MODIFIER_SCRIPTS = {modifier: script for script, modifier in SCRIPT_MODIFIERS.items()}

NAME = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:[-_](?P<script>[a-z]{4}))?"
    r"(?:[-_](?P<territory>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)"
    r"(?:@(?P<modifier>[a-z\d]{4,10}(?:-[a-z\d]{4,8})*))?",
    re.ASCII | re.IGNORECASE,
)
"""A BCP 47 tag (RFC 5646 §2.1) without extensions and private use, which no edition needs."""


@dataclass(frozen=True, slots=True)
class Subtags:
    """The parts of a language's name in canonical case; all but `language` can be empty."""

    language: str
    script: str = ""
    territory: str = ""
    variants: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """Return the BCP 47 tag, in the order and the case of RFC 5646 §2.1.1."""
        parts = (self.language, self.script, self.territory, *self.variants)
        return "-".join(part for part in parts if part)

    @property
    def folder(self) -> str:
        """Return the gettext name, which is the name of the folder in `locales/`."""
        modifier = SCRIPT_MODIFIERS.get(self.script, "")
        base = (self.language, "" if modifier else self.script, self.territory)
        name = "_".join(part for part in base if part)
        modifiers = "-".join(part for part in (modifier, *self.variants) if part)
        return f"{name}@{modifiers}" if modifiers else name


def parse_name(name: str) -> Subtags | None:
    """Return the parts of a BCP 47 tag or a gettext name in any case, or None if it is neither."""
    match = NAME.fullmatch(name)
    if match is None:
        return None
    variants = [part for part in match["variants"].lower().split("-") if part]
    script = (match["script"] or "").title()
    for word in (match["modifier"] or "").lower().split("-"):
        if word in MODIFIER_SCRIPTS and not script:
            script = MODIFIER_SCRIPTS[word]
        elif word:
            variants.append(word)
    territory = (match["territory"] or "").upper()
    return Subtags(match["language"].lower(), script, territory, tuple(variants))

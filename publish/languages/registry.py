"""Finds a language by its name: those with rules of their own here, all others from CLDR."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from publish.errors import UsageError
from publish.languages import en, ru, tk
from publish.languages.language import Language
from publish.languages.names import Subtags, parse_name

__all__ = ["KNOWN", "find"]

KNOWN = {language.tag: language for language in (en.LANGUAGE, ru.LANGUAGE, tk.LANGUAGE)}
"""The languages with a module of their own."""

FORM_HINT = "a language is named by its BCP 47 tag, such as ru, pt-BR or sr-Latn"


@cache
def find(tag: str) -> Language:
    """The language of a BCP 47 tag or gettext name, in any case.

    A regional form of a known language (`en-GB`) keeps its rules; `tk-Cyrl` does not, since
    the rules are for a script.  Every other language gets the neutral ones.  Raises
    UsageError for a name that is ill-formed or has a subtag CLDR does not know.
    """
    subtags = _parse(tag)
    return KNOWN.get(subtags.tag) or _from_cldr(subtags)


def _parse(name: str) -> Subtags:
    subtags = parse_name(name)
    if subtags is None:
        raise UsageError(f"{name!r} is not a language tag", hint=_hint(name))
    return subtags


def _from_cldr(subtags: Subtags) -> Language:
    """The language made from its tag; CLDR is opened only here, so that known ones are quick."""
    from publish.languages import cldr, neutral

    unknown = cldr.unknown_subtag(subtags)
    if unknown:
        raise UsageError(f"no language {subtags.tag!r}: {unknown}", hint=_hint(subtags.tag))
    language = neutral.language_of(subtags)
    known = KNOWN.get(subtags.language)
    if known is None or cldr.script_of(subtags) != cldr.script_of(Subtags(subtags.language)):
        return language
    return replace(
        known,
        tag=language.tag,
        folder=language.folder,
        locale=language.locale,
        hyphenation=language.hyphenation,
    )


def _hint(name: str) -> str:
    """The nearest language by tag or English name, or how a language is named."""
    from publish.languages import cldr

    near = cldr.nearest_tag(name)
    return f"did you mean {near}?" if near else FORM_HINT

"""Find a language by tag or name: one with rules of its own, or one made from CLDR."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from publish.errors import UsageError
from publish.languages import en, ru, tk
from publish.languages.language import Language
from publish.languages.names import Subtags, parse_name

__all__ = ["KNOWN", "find", "serves"]

KNOWN = {language.tag: language for language in (en.LANGUAGE, ru.LANGUAGE, tk.LANGUAGE)}
"""The languages that have rules of their own, by tag."""

FORM_HINT = "use a BCP 47 language tag, such as ru, pt-BR or sr-Latn"


@cache
def find(tag: str) -> Language:
    """Return the language of a BCP 47 tag or gettext name, in any case.

    A regional form of a known language (`en-GB`) keeps its rules; `tk-Cyrl` does not, since
    the rules are for a script.  Every other language gets the common rules.  Raises UsageError
    for a name that is not well-formed or has a subtag that CLDR does not know.
    """
    subtags = _parse(tag)
    return KNOWN.get(subtags.tag) or _from_cldr(subtags)


def serves(tag: str, wanted: str) -> bool:
    """Return whether a text with one language tag can be used for another tag.

    Language and script must be the same, by CLDR's likely subtags (`zh-CN` serves `zh-Hans`,
    `sr-Latn` does not serve `sr`); so must the regions if both name one.
    """
    from publish.languages import cldr

    one, other = parse_name(tag), parse_name(wanted)
    if one is None or other is None or one.language != other.language:
        return False
    regions = {one.territory, other.territory} - {None, ""}
    return len(regions) < 2 and cldr.find_script(one) == cldr.find_script(other)


def _parse(name: str) -> Subtags:
    subtags = parse_name(name)
    if subtags is None:
        raise UsageError(f"{name!r} is not a language tag", hint=_hint(name))
    return subtags


def _from_cldr(subtags: Subtags) -> Language:
    """Return a language made from its tag; only this loads Babel, which takes time."""
    from publish.languages import cldr, neutral

    unknown = cldr.describe_unknown_subtag(subtags)
    if unknown:
        raise UsageError(
            f"unknown language tag {subtags.tag!r}: {unknown}", hint=_hint(subtags.tag)
        )
    language = neutral.make_language(subtags)
    known = KNOWN.get(subtags.language)
    if known is None or cldr.find_script(subtags) != cldr.find_script(Subtags(subtags.language)):
        return language
    return replace(
        known,
        tag=language.tag,
        folder=language.folder,
        locale=language.locale,
        hyphenation=language.hyphenation,
    )


def _hint(name: str) -> str:
    """Return a hint with the nearest language, or with the form of a tag."""
    from publish.languages import cldr

    near = cldr.find_nearest_tag(name)
    return f"did you mean {near}?" if near else FORM_HINT

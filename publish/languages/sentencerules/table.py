"""Find the sentence rules of a language that has no other rules of its own."""

from __future__ import annotations

from publish.languages.language import SentenceRules
from publish.languages.sentencerules import be, de, es, fr, it, kk, nl, pl, pt, uk

__all__ = ["RULES", "find_sentence_rules"]

RULES = {
    "be": be.SENTENCES,
    "de": de.SENTENCES,
    "es": es.SENTENCES,
    "fr": fr.SENTENCES,
    "it": it.SENTENCES,
    "kk": kk.SENTENCES,
    "nl": nl.SENTENCES,
    "pl": pl.SENTENCES,
    "pt": pt.SENTENCES,
    "uk": uk.SENTENCES,
}
"""The rules by tag: a language in its usual script (`de`), or in another one (`uz-Cyrl`)."""


def find_sentence_rules(language: str, script: str, usual: str) -> SentenceRules:
    """Return the rules of a language in a script; `usual` is the script it is mostly written in.

    Regions share the rules of their language.  Without rules the lists are empty.
    """
    rules = RULES.get(f"{language}-{script}")
    if rules is None and script == usual:
        rules = RULES.get(language)
    return rules or SentenceRules()

"""Find the sentence rules of a language that has no other rules of its own."""

from __future__ import annotations

from publish.languages.language import SentenceRules
from publish.languages.sentencerules import (
    ar,
    az,
    be,
    de,
    es,
    fa,
    fr,
    hi,
    hy,
    it,
    ja,
    ka,
    kk,
    ky,
    nl,
    pl,
    pt,
    tg,
    tr,
    uk,
    uz,
    zh,
)

__all__ = ["RULES", "find_sentence_rules"]

RULES = {
    "ar": ar.SENTENCES,
    "az": az.SENTENCES,
    "be": be.SENTENCES,
    "de": de.SENTENCES,
    "es": es.SENTENCES,
    "fa": fa.SENTENCES,
    "fr": fr.SENTENCES,
    "hi": hi.SENTENCES,
    "hy": hy.SENTENCES,
    "it": it.SENTENCES,
    "ja": ja.SENTENCES,
    "ka": ka.SENTENCES,
    "kk": kk.SENTENCES,
    "ky": ky.SENTENCES,
    "nl": nl.SENTENCES,
    "pl": pl.SENTENCES,
    "pt": pt.SENTENCES,
    "tg": tg.SENTENCES,
    "tr": tr.SENTENCES,
    "uk": uk.SENTENCES,
    "uz": uz.SENTENCES,
    "zh": zh.SENTENCES,
}
"""The rules by tag: a language in its usual script (`de`), or in another one (`uz-Cyrl`)."""

SHARED = {"zh": frozenset(("Hans", "Hant"))}
"""Scripts of a language that share its rules."""


def find_sentence_rules(language: str, script: str, usual: str) -> SentenceRules:
    """Return the rules of a language in a script; `usual` is the script it is mostly written in.

    Regions share the rules of their language.  Without rules the lists are empty.
    """
    rules = RULES.get(f"{language}-{script}")
    if script in SHARED.get(language, ()):
        script = usual
    if rules is None and script == usual:
        rules = RULES.get(language)
    return rules or SentenceRules()

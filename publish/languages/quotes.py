"""Quotation marks of all languages: those of CLDR, and others that their readers are used to.

The table is made from `delimiters.json` of CLDR 48.2 (the npm package cldr-misc-full), since Babel
leaves that part of CLDR out.  Its licence is in `data/LICENSE-Unicode.txt`.  Listed are the locales
that differ from the one above them, or from the marks of English, “ ” and ‘ ’.
"""

from __future__ import annotations

from functools import cache

__all__ = ["QuotePair", "find_customary_quotes", "find_quotes", "has_spaced_quotes", "knows_quotes"]

QuotePair = tuple[str, str]
"""An opening and a closing mark."""

ENGLISH = "“”‘’"

CLDR = {
    "«»“”": "ast blo bm br ca cv dyo el es-US eu ewo ie it kab kk lij mg mua nnh pms pt-AO pt-CH "
    "pt-CV pt-GQ pt-GW pt-LU pt-MO pt-MZ pt-PT pt-ST pt-TL sc sg ti",
    "„“‚‘": "bs-Cyrl cs de dsb et hr hsb is ksh lb luy mk nds sk sl",
    "«»‹›": "am az-Arab az-Cyrl fa fr-CH gsw jgo kkj mzn rm sdh wae",
    "«»„“": "bas be bua ky os ru sah tyv uk",
    "””’’": "fi he lag rn se sn sv yi",
    "«»‘’": "dua el-polyton ksf nb nn no rw",
    "”“’‘": "ar lld ms-Arab syr ur",
    "«»«»": "fr ht hy oc yav",
    "„“„“": "bg lt prg sgs",
    "“”‘’": "bm-Nkoo ff-Adlm uz-Arab uz-Cyrl",
    "‘’“”": "fur ia ti-ER tn",
    "「」『』": "ja yue zh-Hant",
    "„”«»": "nmg pl ro",
    "„”‚’": "agq ff",
    "„”»«": "hu szl",
    "»«›‹": "kk-Arab ug",
    "«»„”": "shi zgh",
    "„”‘’": "bs",
    "“”«»": "eo",
    "„“«»": "ka",
    "‘’‘’": "nl",
    "„”’’": "sr",
    "“’“”": "st",
    "“”“”": "tk",
    "“”’‘": "uz",
}
"""Locales by their marks: outer opening and closing, inner opening and closing."""

OURS = {
    "«»„“": "tg tt ba ce cv-Cyrl kv mhr myv udm",
    "«»“”": "fr-CA mn",
    "«»‹›": "de-CH de-LI it-CH",
    "「」『』": "zh-TW zh-HK zh-MO",
}
"""What CLDR has only from English, or for Switzerland from its neighbours, by the printed books of
these languages; tags of Taiwan, Hong Kong and Macau without their script; and the inner marks of
Canada, which CLDR has the wrong way round."""

CUSTOMARY = {
    "": "af eo id ms ga gd cy mt sw vi fil mg en",
    "«»": "id vi sw mg km lo",
    "«»„“": "ru",
    "«»„““”": "be uk kk ky tg tt ba cv mn os sah tk uz az",
    "«»“”‘’": "fr es pt it ca gl eu ast el hy ar fa am ti ku ckb ps sq br oc ka ug ro tr nl lt "
    "lv et uk nb nn no",
    "„”„““”": "he",
    "„“»«‚‘›‹": "de da cs sk sl hr bs lb dsb hsb nb nn no is",
    "„”»«“”": "da hu sr bs hr nl et lv sv fi",
    "„”«»‚’": "pl ro",
    "„”“”‘’": "az",
    "„““”«»": "bg mk sq lt et lv sr",
    "””»»’’": "sv fi da nb",
    "‹›": "fr fa de tr am ps",
    "“”‘’": "hi mr ne bn pa gu ta te kn ml si or as th lo km my ko ja zh tr az uz kk ky ur he yue",
    "「」『』《》〈〉": "zh ja ko yue bo dz",
    "《》〈〉〝〟": "ja zh",
}
"""By their marks: languages whose books have these too, beside those of CLDR."""


@cache
def _by_locale() -> dict[str, str]:
    tables = (CLDR, OURS)
    return {
        name: marks for table in tables for marks, names in table.items() for name in names.split()
    }


def find_quotes(tag: str) -> tuple[QuotePair, QuotePair]:
    """Return the outer and the inner marks of a language, given by its BCP 47 tag."""
    known, name = _by_locale(), tag
    while name not in known and "-" in name:
        name = name.rpartition("-")[0]
    marks = known.get(name, ENGLISH)
    return (marks[0], marks[1]), (marks[2], marks[3])


@cache
def find_customary_quotes(tag: str) -> frozenset[QuotePair]:
    """Return all pairs of marks that a language's readers are used to."""
    base = tag.partition("-")[0]
    found = {pair for name in (tag, base) for pair in find_quotes(name)}
    for marks, names in CUSTOMARY.items():
        if base in names.split():
            found |= {(marks[at], marks[at + 1]) for at in range(0, len(marks), 2)}
    return frozenset(found)


@cache
def knows_quotes(tag: str) -> bool:
    """Return whether the customs of a language are known, so that other marks are wrong in it."""
    base = tag.partition("-")[0]
    return any(base in names.split() for names in CUSTOMARY.values())


def has_spaced_quotes(tag: str) -> bool:
    """Return whether quotation marks have spaces inside, as in French outside Switzerland."""
    return tag.partition("-")[0] == "fr" and tag != "fr-CH"

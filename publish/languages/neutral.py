"""Make a language without a module of its own from its tag and from CLDR."""

from __future__ import annotations

from publish.languages import cldr, hyphenation
from publish.languages.language import WIDE_SCRIPTS, Direction, Language
from publish.languages.names import Subtags
from publish.languages.sentencerules.table import find_sentence_rules
from publish.languages.spacing import find_common_tokens, typeset_common

__all__ = ["make_language"]

RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)
"""Scripts written from right to left (Unicode, UAX 9; CLDR characterOrder)."""

ONE = "nplurals=1; plural=0;"
TWO = "nplurals=2; plural=(n != 1);"
TWO_FRENCH = "nplurals=2; plural=(n > 1);"
THREE_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
THREE_CZECH = "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"

PLURAL_FORMS = {
    **dict.fromkeys(("id", "ja", "ko", "lo", "ms", "my", "th", "vi", "yue", "zh"), ONE),
    **dict.fromkeys(("az", "bg", "ca", "da", "de", "el", "eo", "es", "et", "eu", "fi", "gl"), TWO),
    **dict.fromkeys(("he", "hu", "it", "ka", "kk", "ku", "ky", "mn", "nb", "ne", "nl", "nn"), TWO),
    **dict.fromkeys(("no", "ps", "pt", "sq", "sv", "sw", "tg", "tr", "ug", "ur", "uz"), TWO),
    **dict.fromkeys(("fa", "fr", "hi", "hy", "pt-BR"), TWO_FRENCH),
    **dict.fromkeys(("be", "bs", "hr", "sr", "uk"), THREE_SLAVIC),
    **dict.fromkeys(("cs", "sk"), THREE_CZECH),
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);",
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
}
"""Plural-Forms headers in gettext's notation, which counts whole numbers only.

They group numbers as CLDR's cardinal rules do, except in a few languages that a test names.
"""


def make_language(subtags: Subtags) -> Language:
    """Return the language of a name whose subtags CLDR knows, with the common rules."""
    script = cldr.find_script(subtags)
    usual = cldr.find_script(Subtags(subtags.language))
    return Language(
        tag=subtags.tag,
        folder=subtags.folder,
        locale=cldr.find_locale(subtags),
        plural_forms=_plural_forms(subtags),
        direction=_direction(script),
        sentence_space="" if script in WIDE_SCRIPTS else " ",
        sentences=find_sentence_rules(subtags.language, script, usual),
        typeset=typeset_common,
        no_break=find_common_tokens,
        hyphenation=_hyphenation(subtags),
        digits=cldr.find_digits(cldr.find_locale(subtags)),
        script=script,
    )


def _direction(script: str) -> Direction:
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"


def _plural_forms(subtags: Subtags) -> str:
    regional = PLURAL_FORMS.get(f"{subtags.language}-{subtags.territory}")
    return regional or PLURAL_FORMS.get(subtags.language) or cldr.find_plural_forms(subtags)


def _hyphenation(subtags: Subtags) -> str:
    """Return the dictionary of the language, or an empty string if it is for another script."""
    name = hyphenation.find_dictionary(subtags.tag)
    foreign = cldr.find_script(subtags) != cldr.find_script(Subtags(subtags.language))
    return "" if foreign and subtags.script not in name.split("_") else name

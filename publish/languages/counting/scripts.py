"""Write the list of a language in another script, letter by letter."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["SCRIPTS", "WRITTEN", "write_table"]

SCRIPTS = {"ru": "Cyrl", "kk": "Cyrl", "tg": "Cyrl", "fa": "Arab", "ar": "Arab", "hi": "Deva"}
"""The script of each list that is not in Latin letters."""


def _pair(letters: str) -> dict[str, str]:
    return dict(part.split("-") for part in letters.split())


LATIN = _pair("a-а b-б d-д e-е f-ф g-г h-х i-и k-к l-л m-м n-н o-о p-п r-р s-с t-т u-у v-в z-з")
WRITTEN: Mapping[tuple[str, str], tuple[Mapping[str, str], ...]] = {
    ("uz", "Cyrl"): (
        LATIN
        | _pair("oʻ-ў gʻ-ғ sh-ш ch-ч yo-ё yu-ю ya-я ye-е h-ҳ j-ж q-қ x-х y-й ʼ-ъ")
        | {"^e": "э"},
    ),
    ("tk", "Cyrl"): (
        LATIN
        | _pair("ç-ч ä-ә ž-ж ň-ң ö-ө ş-ш ü-ү ýa-я ýu-ю ýo-ё ýe-е ý-й y-ы j-җ w-в")
        | {"^e": "э"},
    ),
    ("az", "Cyrl"): (LATIN | _pair("ə-ә ı-ы y-ј j-ж g-ҝ q-г ğ-ғ x-х h-һ c-ҹ ç-ч ş-ш ö-ө ü-ү"),),
    ("kk", "Latn"): (
        {other: one for one, other in LATIN.items()}
        | _pair("х-h һ-h ә-ä ө-ö ү-ü ұ-ū ы-y і-ı й-i ж-j ш-ş ч-ş ғ-ğ қ-q ң-ñ ц-s я-ia ю-iu э-e"),
        {other: one for one, other in LATIN.items()}
        | _pair("х-h һ-h ә-á ө-ó ү-ú ұ-u ы-y і-i и-ı й-ı у-ý ж-j ш-sh ч-ch ғ-ǵ қ-q ң-ń ц-s")
        | _pair("я-ıa ю-ıý э-e"),
    ),
}
"""How languages are written in another script; `^` is the beginning of a word.

Kazakh has two ways, of 2021 and of 2018.
"""


def write_table(tag: str, script: str, table: str) -> str:
    """Return a list of words in another script, an empty text if the language has no such one."""
    ways = WRITTEN.get((tag, script), ())
    lines = (line.strip().partition(":") for line in table.strip().splitlines())
    return "\n".join(
        f"{key}:{entries if key == 'signs' else _write(entries, way)}"
        for key, _, entries in lines
        for way in (ways[:1] if key == "signs" else ways)
    )


def _write(text: str, way: Mapping[str, str]) -> str:
    longest = sorted((one for one in way if one[0] != "^"), key=len, reverse=True)
    first = "".join(one[1:] for one in way if one[0] == "^")
    if first:
        text = re.sub(rf"(?<![^\s_-])[{first}]", lambda match: way[f"^{match[0]}"], text)
    return re.sub("|".join(map(re.escape, longest)), lambda match: way[match[0]], text)

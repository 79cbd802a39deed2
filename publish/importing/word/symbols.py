"""Characters of fonts that show other signs than Unicode says: Symbol, Wingdings.

The tables are those of the fonts' makers: Adobe's encoding of Symbol, and the characters that
Unicode 7 took over from Wingdings; only signs that texts use are here.
"""

from __future__ import annotations

import re

__all__ = ["PRIVATE", "is_symbol_font", "read_symbols"]

FIRST = 0xF000
PRIVATE = re.compile("[\uf000-\uf0ff]")
"""Where Word puts the characters of such fonts."""

_SYMBOL_LETTERS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_SYMBOL_LAST = "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_SYMBOL = {
    **{0x41 + at: sign for at, sign in enumerate(_SYMBOL_LETTERS)},
    **{0x61 + at: sign for at, sign in enumerate(_SYMBOL_SMALL)},
    **{0xA0 + at: sign for at, sign in enumerate(_SYMBOL_HIGH)},
    **{0xF1 + at: sign for at, sign in enumerate(_SYMBOL_LAST)},
    0x22: "∀", 0x24: "∃", 0x27: "∍", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥",
    0x7E: "∼",
}  # fmt: skip

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x41: "✌", 0x46: "☞",
    0x4A: "☺", 0x4C: "☹", 0x52: "☼", 0x58: "✠", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□",
    0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x78: "⌧", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA3: "◉", 0xA4: "◉", 0xA7: "▪", 0xA8: "◻",
    0xAB: "★", 0xB2: "✧", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
    **{0x80 + at: sign for at, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•",
    0xA2: "■", 0xA3: "□",
}  # fmt: skip
_WINGDINGS_3 = {
    0x21: "→", 0x67: "←", 0x68: "→", 0x69: "↑", 0x6A: "↓", 0x70: "▲", 0x71: "▼", 0x75: "▶",
    0x7D: "▶",
}  # fmt: skip
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": {0x61: "✓", 0x72: "✗", 0x34: "▶", 0x67: "■"},
}


def is_symbol_font(font: str) -> bool:
    """Return whether a font shows other signs than Unicode says."""
    return font in _FONTS


def read_symbols(text: str, font: str) -> tuple[str, str]:
    """Return a text of such a font in Unicode, and the characters that have no sign there.

    Characters outside the private area are those of the font only if it is one of these; in other
    fonts they stay as they are, and private ones are read as those of Symbol, as Word does.
    """
    table = _FONTS.get(font, {})
    done: list[str] = []
    unknown: list[str] = []
    for character in text:
        code = ord(character)
        private = PRIVATE.match(character) is not None
        if not private and (not table or code > 0xFF or character.isspace()):
            done.append(character)
            continue
        sign = (table or _SYMBOL).get(code - FIRST if private else code)
        if sign is None and font in ("symbol", "") and 0x20 <= (code & 0xFF) < 0x7F:
            sign = chr(code & 0xFF)
        if sign is None:
            unknown.append(f"U+{code:04X}")
        else:
            done.append(sign)
    return "".join(done), " ".join(unknown)

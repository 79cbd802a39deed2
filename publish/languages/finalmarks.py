"""The marks with which sentences end, in all scripts, and what each of them says.

Full stops, question marks and exclamation marks are those of Unicode (`Sentence_Terminal`).  Some
scripts have other ways: Armenian sets the mark of a question over the word that asks, Japanese and
Burmese may ask with a last syllable, Greek asks with a semicolon, Thai and Lao end a sentence with
nothing at all.
"""

from __future__ import annotations

import re

__all__ = [
    "CLOSERS",
    "COLON",
    "EXCLAMATION",
    "NO_MARK",
    "QUESTION",
    "QUOTES",
    "STOP",
    "STOPS",
    "find_final_kinds",
    "find_quoted_kinds",
    "is_cut",
]

STOP, QUESTION, EXCLAMATION = "a full stop", "a question mark", "an exclamation mark"
COLON, NO_MARK = "a colon", "no mark"

STOPS = (
    ".…⋯\u0589\u061d\u061e\u06d4\u0700-\u0702\u0837\u0839\u083d\u083e\u0964\u0965\u0e4f\u0e5a"
    "\u0e5b\u0f0d\u0f0e\u0f11\u104b\u1362\u1368\u166e\u1735\u1736\u17d4\u17d5\u1801\u1803\u1809"
    "\u1aa8-\u1aab\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d\u1b7e\u1c3b\u1c3c\u1c7e\u1c7f\u2cf9\u2cfb\u2e3c"
    "\u3002\ua4ff\ua60e\ua6f3\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1"
    "\uabeb\ufe12\ufe52\uff0e\uff61\U00010a56\U00010a57\U00011047\U00011048\U000110be-\U000110c1"
    "\U00011141\U00011142\U000111c5\U000111c6\U00011238\U00011239\U0001144b\U0001144c\U000115c2"
    "\U000115c3\U00011641\U00011642\U0001173c-\U0001173e\U00011944\U00011c41\U00011c42\U00016a6e"
    "\U00016a6f\U00016af5\U00016e98"
)
"""Full stops and ellipses, as ranges for a pattern."""
QUESTIONS = (
    "?\u037e\u055e\u061f\u1367\u1945\u203d\u2047-\u2049\u2cfa\u2e2e\u2e54\ua60f\ua6f7\ufe16\ufe56"
    "\uff1f\U00011143"
)
EXCLAMATIONS = "!\u055c\u07f9\u1944\u203c\u2e53\ufe15\ufe57\uff01"
COLONS = ":\u1361\u1365\u1366\u17d6\u2236\u0703-\u0708\ufe13\ufe55\uff1a"


def _spread(ranges: str) -> str:
    """Return all characters of the ranges of a pattern."""
    return "".join(
        "".join(map(chr, range(ord(found[0][0]), ord(found[0][-1]) + 1)))
        for found in re.finditer(".-.|.", ranges, re.DOTALL)
    )


KINDS = {
    mark: kind
    for ranges, kind in (
        (STOPS, STOP),
        (QUESTIONS, QUESTION),
        (EXCLAMATIONS, EXCLAMATION),
        (COLONS, COLON),
    )
    for mark in _spread(ranges)
}
ALONE = {kind: frozenset({kind}) for kind in (STOP, QUESTION, EXCLAMATION, COLON, NO_MARK)}
ANY_END = frozenset({STOP, QUESTION, EXCLAMATION, NO_MARK})

QUOTES = "»«”“„‟\"’‘'›‹」』》〉｣״"
CLOSERS = f" \u00a0\u202f\u200b\u200e\u200f\u061c\n\t{QUOTES})]}}*_）］】〕｝〗"
DASHES = "-–—"
WIDE_CLOSERS = "」』）］】〕｝〗》〉”’"

QUOTED = re.compile(rf"([{STOPS}{QUESTIONS}{EXCLAMATIONS}]+)[ \u00a0\u202f]?[{QUOTES}]")

ASKING = {
    "Japanese": re.compile(r"(?:か|かい|かな|かね|かしら|の)$"),
    "Burmese": re.compile("(?:လား|လဲ|နည်း|တုန်း)$"),
    "Korean": re.compile("(?:까|까요|나요|가요|지요|죠|니)$"),
    "Thai": re.compile(
        "ไหม|มั้ย|หรือ|เหรอ|อะไร|ใคร|ที่ไหน|แห่งใด|เมื่อไร|เมื่อใด|เมื่อไหร่|อย่างไร|ยังไง|ทำไม|เหตุใด|เท่าไร|เท่าไหร่|เท่าใด|กี่|ไหน|ใด"
    ),
    "Lao": re.compile("ບໍ່|ບໍ|ຫຍັງ|ໃຜ|ໃສ|ເມື່ອໃດ|ແນວໃດ|ເປັນຫຍັງ|ເທົ່າໃດ|ຈັກ|ຫຼື"),
    "Tibetan": re.compile(""),
}
"""What asks in scripts whose questions need no mark: at the end of the text, or anywhere."""


def _script(text: str) -> str:
    """Return the script of a text's last letter, if its sentences end in a way of their own.

    Latin letters are passed over: a sentence in Thai may end with a name.
    """
    for letter in text[: -NEAR - 1 : -1]:
        if letter > "\u036f" and letter.isalpha():
            return _script_of(ord(letter))
    return ""


def _script_of(code: int) -> str:
    for first, last, name in SCRIPTS:
        if code < first:
            return ""
        if code <= last:
            return name
    return ""


SCRIPTS = (
    (0x0370, 0x03FF, "Greek"),
    (0x0531, 0x058F, "Armenian"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Burmese"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x3041, 0x30FF, "Japanese"),
    (0x3400, 0x9FFF, "Chinese"),
    (0xA9E0, 0xA9FF, "Burmese"),
    (0xAA60, 0xAA7F, "Burmese"),
    (0xAC00, 0xD7A3, "Korean"),
)
LEADING_STOP = frozenset({"Japanese", "Burmese", "Khmer", "Korean"})
"""Scripts in which a full stop may lead to a list, where others have a colon."""
UNMARKED = frozenset({"Thai", "Lao", "Tibetan"})
"""Scripts whose sentences may end without a mark; in Tibetan none stands after the letter ga."""
NEAR = 200
"""So many characters from the end show the script of a text."""


def find_final_kinds(text: str) -> frozenset[str]:
    """Return what the end of a text may say, before any closing quotes and brackets.

    One kind for most texts; more where the script leaves it open.
    """
    bare = text.rstrip(CLOSERS)
    kinds = _marked_kinds(bare)
    return kinds if text.isascii() else _script_kinds(bare, kinds, text)


def _marked_kinds(bare: str) -> frozenset[str]:
    """Return the kinds of the run of marks at the end; a full stop says nothing beside others."""
    last = bare[-1:]
    if last in DASHES and bare:
        before = bare.rstrip(DASHES + " ")
        return ALONE[COLON] if KINDS.get(before[-1:]) == COLON else ALONE[COLON] | ALONE[NO_MARK]
    kind = KINDS.get(last)
    if kind is None:
        return ALONE[NO_MARK]
    if kind == STOP:  # A question may be quoted at the end: «Кто?».
        loud = KINDS.get(bare.rstrip(".…").rstrip(CLOSERS)[-1:])
        return ALONE[loud] if loud in (QUESTION, EXCLAMATION) else ALONE[STOP]
    other = KINDS.get(bare[-2:-1])
    if kind == COLON or other not in (QUESTION, EXCLAMATION):
        return ALONE[kind]
    return ALONE[kind] | ALONE[other]


def _script_kinds(bare: str, kinds: frozenset[str], text: str) -> frozenset[str]:
    """Return the kinds with what the script of the last letter adds to them."""
    script = _script(bare)
    if script == "Greek":
        return ALONE[QUESTION] if bare.endswith(";") else kinds
    if script == "Armenian":
        return _armenian_kinds(bare, kinds)
    if script == "Ethiopic":
        if bare.endswith(("፡፡", "::")):
            return ALONE[STOP]
        return kinds
    if not script:
        return kinds
    if script in UNMARKED and kinds <= {STOP, NO_MARK, COLON}:
        asks = ASKING[script].search(text) is not None
        return frozenset({STOP, NO_MARK, COLON, *([QUESTION] if asks else ())})
    if script in ("Japanese", "Chinese") and NO_MARK in kinds and text[-1] in WIDE_CLOSERS:
        return ANY_END
    if kinds <= {STOP} or (script == "Japanese" and NO_MARK in kinds):
        return kinds | _asked(bare, script)
    return kinds


def _asked(bare: str, script: str) -> frozenset[str]:
    """Return what a full stop may stand for beside itself."""
    end = bare.rstrip("".join(mark for mark in bare[-4:] if KINDS.get(mark) == STOP))
    asking = ASKING.get(script)
    kinds = {QUESTION} if asking and asking.search(end.rstrip(CLOSERS)) else set()
    return frozenset(kinds | ({COLON} if script in LEADING_STOP else set()))


def _armenian_kinds(bare: str, kinds: frozenset[str]) -> frozenset[str]:
    last = bare[-1:]
    if last and last in ":.․":
        kinds = frozenset({STOP, COLON})
    elif last and last in "՝`":
        kinds = ALONE[COLON]
    clause = re.split(r"[։:]\s", bare)[-1]
    return kinds | ALONE[QUESTION] if "՞" in clause and NO_MARK not in kinds else kinds


def find_quoted_kinds(text: str) -> frozenset[str]:
    """Return what the marks before closing quotes say, anywhere in a text."""
    found = {KINDS[mark] for match in QUOTED.finditer(text) for mark in match[1]}
    script = _script(text)
    if (script == "Armenian" and "՞" in text) or (
        script in ASKING and ASKING[script].pattern.rstrip("$") and _asks_inside(text, script)
    ):
        found.add(QUESTION)
    return frozenset(found)


def _asks_inside(text: str, script: str) -> bool:
    pattern = ASKING[script].pattern
    if pattern.endswith("$"):
        pattern = f"{pattern[:-1]}[{STOPS}]?[{QUOTES}]"
    return re.search(pattern, text) is not None


def is_cut(text: str) -> bool:
    """Return whether a text ends with a letter or digit although its script has marks for ends."""
    last = text[-1:]
    if not last.isalnum() and not (last and ord(last) > 0x300 and _joins(last)):
        return False
    return _script(text) not in UNMARKED


def _joins(mark: str) -> bool:
    import unicodedata

    return unicodedata.category(mark).startswith("M")

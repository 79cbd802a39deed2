"""Where a line of text may break and how wide it is, as in gettext's tools.

The rules are those of Unicode Standard Annex 14 (line breaking, version 14.0) as libunistring
applies them.  So are the widths in columns: a wide character counts 2, a combining mark 0.  Only
catalogs are wrapped here; the PDF writer breaks the lines of editions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from unicodedata import category, east_asian_width

__all__ = ["count_columns", "find_break_points", "fold_lines"]

# One letter stands for each class of UAX 14: M CM, J ZWJ, K mandatory break, b BA, X EX, Q QU,
# A AL (with AI, SA, XX), $ PR, % PO, O OP, o wide OP, P CP, C CL, I IS, H HY, S SY, N NU, G GL,
# W WJ, a BB, h HL, L JL, V JV, T JT, 2 H2, 3 H3, n NS (with CJ), Z ZW, B B2, E IN, F EB, e EM,
# D ID (with CB), R RI, r the second of a pair of RI, m a mark without a base (LB10).
_CLASS_OF_CATEGORY = {
    **dict.fromkeys(("Mn", "Mc", "Me", "Cc", "Cf"), "M"),
    **dict.fromkeys(("Pi", "Pf"), "Q"),
    "Nd": "N",
    "Ps": "O",
    "Pe": "C",
    "Sc": "$",
    "Cn": "A",
}

# Characters whose class does not follow from their general category and width.
_EXCEPTIONS = """\
b  9 7C AD 58A 5BE 964-965 E5A-E5B F0B F34 F7F F85 FBE-FBF FD2 104A-104B 1361 1400 1680
b  16EB-16ED 1735-1736 17D4-17D5 17D8 17DA 1804-1805 1B5A-1B5B 1B5D-1B60 1B7D-1B7E 1C3B-1C3F
b  1C7E-1C7F 2000-2006 2008-200A 2010 2012-2013 2027 2056 2058-205B 205D-205F 2CFA-2CFC 2CFF
b  2D70 2E0E-2E15 2E17 2E19 2E2A-2E2D 2E30-2E31 2E33-2E34 2E3C-2E3E 2E40-2E41 2E43-2E4A 2E4C
b  2E4E-2E4F 2E5D 3000 A4FE-A4FF A60D A60F A6F3-A6F7 A8CE-A8CF A92E-A92F A9C7-A9C9 AA5D-AA5F
b  AAF0-AAF1 ABEB 10100-10102 1039F 103D0 10857 1091F 10A50-10A57 10AF0-10AF5 10B39-10B3F 10EAD
b  11047-11048 110BE-110C1 11140-11143 111C5-111C6 111C8 111DD-111DF 11238-11239 1123B-1123C
b  112A9 1144B-1144E 1145A-1145B 115C2-115C3 115C9-115D7 11641-11642 1173C-1173E 11944-11946
b  11A41-11A44 11A9A-11A9C 11AA1-11AA2 11C41-11C45 11FFF 12470-12474 16A6E-16A6F 16AF5
b  16B37-16B39 16B44 16E97-16E98 1BC9F 1DA87-1DA8A
K  A-D 85 2028-2029
   20
X  21 3F 5C6 61B 61D-61F 6D4 7F9 F0D-F11 F14 1802-1803 1808-1809 1944-1945 2762-2763 2CF9 2CFE
X  2E2E 2E53-2E54 A60E A876-A877 FE15-FE16 FE56-FE57 FF01 FF1F 115C4-115C5 11C71
Q  22 27 275B-2760 2E00-2E01 2E06-2E08 2E0B 1F676-1F678
%  25 A2 B0 609-60B 66A 9F2-9F3 9F9 D79 2030-2037 20A7 20B6 20BB 20BE 20C0 2103 2109 A838 FDFC
%  FE6A FF05 FFE0 11FDD-11FE0 1ECAC 1ECB0
P  29 5D
$  2B 5C B1 2116 2212-2213
I  2C 2E 3A-3B 37E 589 60C-60D 7F8 2044 FE10 FE13-FE14
H  2D
S  2F
G  A0 34F 35C-362 F08 F0C F12 FD9-FDA 180E 2007 2011 202F 13430-13436 16FE4
O  A1 BF 2E18 13258-1325A 13286 13288 13379 13437 145CE 1E95E-1E95F
a  B4 2C8 2CC 2DF C77 C84 F01-F04 F06-F07 F09-F0A FD0-FD1 FD3 1806 1FFD A874-A875 A8FC 11175
a  111DB 115C1 11660-1166C 119E2 11A3F 11A45 11A9E-11AA0 11C70
h  5D0-5F2 FB1D FB1F-FB28 FB2A-FB4F
A  600-605 6DD 70F 890-891 8E2 E31 E34-E3A E47-E4E EB1 EB4-EBC EC8-ECD 102B-103E 1056-1059
A  105E-1060 1062-1064 1067-106D 1071-1074 1082-108D 108F 109A-109D 17B4-17D3 17DD 1A55-1A7C
A  2061-2064 23E9-23EC 25FD-25FE 2648-2653 2693 26A1 26AA-26AB 26CE 2705 2728 274C 274E
A  2753-2755 2757 2795-2797 27B0 27BF 2B1B-2B1C 2B50 2B55 A9E5 AA7B-AA7D AAB0 AAB2-AAB4
A  AAB7-AAB8 AABE-AABF AAC1 110BD 110CD 1171D-1172B 18B00-18CD5 1AFF0-1AFFE 1F18E 1F191-1F19A
A  1F3B5-1F3B6 1F3BC 1F4A0 1F4A2 1F4A4 1F4AF 1F4B1-1F4B2 1F500-1F506 1F517-1F524 1F532-1F53D
N  66B-66C
L  1100-115F A960-A97C
V  1160-11A7 D7B0-D7C6
T  11A8-11FF D7CB-D7FB
n  17D6 203C-203D 2047-2049 3005 301C 303B-303C 3041 3043 3045 3047 3049 3063 3083 3085 3087
n  308E 3095-3096 309B-309E 30A0-30A1 30A3 30A5 30A7 30A9 30C3 30E3 30E5 30E7 30EE 30F5-30F6
n  30FB-30FE 31F0-31FF A015 FE54-FE55 FF1A-FF1B FF65 FF67-FF70 FF9E-FF9F 16FE0-16FE3
n  1B150-1B167 1F679-1F67B
Z  200B
J  200D
B  2014 2E3A-2E3B
E  2024-2026 22EF FE19 10AF6
W  2060 FEFF
D  23F1-23F2 2600-2603 2618 261A-261C 261E-261F 2639-263B 2668 26BF-26C3 26C6-26C8 26CD
D  26CF-26D1 26D3 26D8-26D9 26DC 26DF-26E1 26F1 26F4 26F7-26F8 26FE-2704 2708-2709 2764 303F
D  FF10-FF19 FF66 FF71-FF9D FFA0-FFDC FFFC 1F000-1F003 1F005-1F0CE 1F0D1-1F0F5 1F10D-1F10F
D  1F16D-1F16F 1F1AD 1F321-1F32C 1F336 1F37D 1F394-1F39B 1F39E-1F39F 1F3CD-1F3CE 1F3D4-1F3DF
D  1F3F1-1F3F3 1F3F5-1F3F7 1F43F 1F441 1F4FD-1F4FE 1F54A 1F54F 1F568-1F573 1F576-1F579
D  1F57B-1F58F 1F591-1F594 1F597-1F5A3 1F5A5-1F5D3 1F5DC-1F5F3 1F5FA 1F6C6-1F6CB 1F6CD-1F6CF
D  1F6D3-1F6D4 1F6E0-1F6EA 1F6F0-1F6F3 1F7D5-1F7D8 1F8B0-1F8B1 1F93B 1F946 1FA60-1FA6D
F  261D 26F9 270A-270D 1F385 1F3C2-1F3C4 1F3C7 1F3CA-1F3CC 1F442-1F443 1F446-1F450 1F466-1F478
F  1F47C 1F481-1F483 1F485-1F487 1F48F 1F491 1F4AA 1F574-1F575 1F57A 1F590 1F595-1F596
F  1F645-1F647 1F64B-1F64F 1F6A3 1F6B4-1F6B6 1F6C0 1F6CC 1F90C 1F90F 1F918-1F91F 1F926
F  1F930-1F939 1F93C-1F93E 1F977 1F9B5-1F9B6 1F9B8-1F9B9 1F9BB 1F9CD-1F9CF 1F9D1-1F9DD
F  1FAC3-1FAC5 1FAF0-1FAF6
C  3001-3002 FE11-FE12 FE50 FE52 FF0C FF0E FF61 FF64 1325B-1325D 13282 13287 13289 1337A-1337B
C  13438 145CF
M  3035
o  FF62
R  1F1E6-1F1FF
e  1F3FB-1F3FF
"""

# The classes between which a line may break without a space: left, right.
_BREAKS = (
    ("b", "$%23AmBDFGLNORTVaeho"),
    ("XnE", "$%23AmBDFLNORTVaeho"),
    ("$", "$%BRa"),
    ("%", "$%23BDFLRTVae"),
    ("P", "23BDFLORTVaeo"),
    ("I", "$%23AmBDFLORTVaeho"),
    ("H", "$%23AmBDFGLORTVaeho"),
    ("S", "$%23AmBDFLORTVaeo"),
    ("C", "23AmBDFLNORTVaeho"),
    ("L", "$AmBDFNORTaeho"),
    ("V2", "$23AmBDFLNORaeho"),
    ("T3", "$23AmBDFLNORVaeho"),
    ("Z", "$%23AmBCDEFGHILNOPQRSTVWXabehno"),
    ("B", "$%23AmDFLNORTVaeho"),
    ("De", "$23AmBDFLNORTVaeho"),
    ("F", "$23AmBDFLNORTVaho"),
    ("Rr", "$%23AmBDFLNOTVaeho"),
    ("r", "R"),
    (" ", "$%23AmBDEFGHLNOQRTVabehno"),
)
_PAIRS = "|".join(f"(?<=[{left}])(?=[{right}])" for left, right in reversed(_BREAKS))
_BREAK = re.compile(f"[^AmNhKGQOoWaMJ](?:{_PAIRS})")
# After letters and digits a line breaks only before these; most text has none of them.
_BREAK_BEFORE = re.compile("[AmNh](?=[23BDFLRTVaeo])")

_UNUSUAL = re.compile("[JMOoZQCBRh]")
_LONE_MARK = re.compile("(?:^|(?<=[ ZK]))[MJ]")
_MARKS = re.compile("([^ ZK])[MJ]+")
_MANDATORY = re.compile("[\x85\u2028\u2029]")
# LB14 to LB17: no break at these spaces, although there is always one after a ZW (LB8).
_DEAF_SPACES = re.compile("Z +|[Oo] +(?![ m])|Q +(?=[Oo])|C +(?=n)|B +(?=B)")
_SPACING_MARKS = "\u0cbf\u0cc6\U00011a07\U00011a08\U00011c3f"
_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0530\u2010-\u2027]*")


def fold_lines(text: str, width: int, first: int, glued: frozenset[int] = frozenset()) -> list[str]:
    """Cut a text into lines of at most `width` columns, each as full as possible.

    The first line starts at column `first`.  A piece without a place to break stays whole,
    however long it is.  No line ends at an offset in `glued`.  Law: the lines joined are the text.
    """
    edges = _edges(text)
    anew = {match.end() for match in _MANDATORY.finditer(text)}
    lines: list[str] = []
    start = last = 0
    column = first
    may_break = False
    for point in sorted({*find_break_points(text), *anew, len(text)} - glued):
        piece = edges[point] - edges[last]
        if may_break and column + piece > width:
            lines.append(text[start:last])
            start, column = last, 0
        may_break = point not in anew
        column = column + piece if may_break else 0
        last = point
    return [*lines, text[start:]]


def find_break_points(text: str) -> list[int]:
    """Return the offsets in code points before which a line may break, without the two ends."""
    plain = "".join(map(_class_of, text))
    indent = len(plain) - len(plain.lstrip(" "))  # LB2: no break at the first spaces of a line
    if not _UNUSUAL.search(plain):
        return _breaks(plain, indent)
    marked = _LONE_MARK.sub("m", plain)
    return [
        point
        for point in _breaks(_resolve(marked), indent)
        if marked[point] not in "MJ" and plain[point - 1] != "J"
    ]


def _breaks(classes: str, indent: int) -> list[int]:
    points = [match.end() for match in _BREAK.finditer(classes, indent)]
    more = [match.end() for match in _BREAK_BEFORE.finditer(classes, indent)]
    return sorted(points + more) if more else points


def _resolve(classes: str) -> str:
    """Return the classes with those that depend on their neighbours resolved, one for one."""
    classes = re.sub("(?<=h)[Hb](?![MJ])", "G", classes)  # LB21a
    classes = _MARKS.sub(lambda run: run[1] * len(run[0]), classes)  # LB9
    classes = classes.replace("RR", "Rr")  # LB30a
    return _DEAF_SPACES.sub(lambda run: run[0][0] * len(run[0]), classes)


def count_columns(text: str) -> int:
    """Return the width of a text in columns of a terminal."""
    return len(text) if _NARROW.fullmatch(text) else sum(map(_width, text))


def _edges(text: str) -> Sequence[int]:
    """Return the column in which each character starts, and the width of the whole text."""
    if _NARROW.fullmatch(text):
        return range(len(text) + 1)
    return [0, *accumulate(map(_width, text))]


@cache
def _width(character: str) -> int:
    code = ord(character)
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FB:
        return 0
    if character in _SPACING_MARKS:
        return 1
    if character in "\u2028\u2029":
        return 0
    match category(character), east_asian_width(character):
        case (("Mn" | "Me" | "Cf" | "Cc"), _):
            return 0
        case ("Cn", _):
            return 1
        case (_, ("W" | "F")):
            return 2
        case _:
            return 1


@cache
def _class_of(character: str) -> str:
    code = ord(character)
    exception = _exceptions().get(code)
    if exception:
        return exception
    if 0xAC00 <= code <= 0xD7A3:
        return "3" if (code - 0xAC00) % 28 else "2"
    wide = east_asian_width(character) in "WF"
    common = _CLASS_OF_CATEGORY.get(category(character))
    if common:
        return "o" if wide and common == "O" else common
    return "D" if wide else "A"


@cache
def _exceptions() -> dict[int, str]:
    table: dict[int, str] = {}
    for line in _EXCEPTIONS.splitlines():
        letter, ranges = line[0], line[1:].split()
        for first, _, last in (item.partition("-") for item in ranges):
            table.update(dict.fromkeys(range(int(first, 16), int(last or first, 16) + 1), letter))
    return table

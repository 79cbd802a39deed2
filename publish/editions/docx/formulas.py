"""Writes formulas as Word has them (OMML, ISO/IEC 29500-1 §22.1), from their MathML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from publish.editions.docx.names import make, make_text
from publish.editions.docx.word import Look, Word
from publish.editions.page.formulas import read_mathml
from publish.editions.page.xhtml import Element

__all__ = ["add_formula", "make_formula"]

FACE = "Cambria Math"
SIGNS = frozenset("∑∏∐∫∬∭∮⋃⋂⋀⋁⨁⨂⨀⨄")
"""Signs that have what follows them as their operand; integrals have their limits beside them."""
INTEGRALS = frozenset("∫∬∭∮")
ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0305", "→": "\u20d7",
    "←": "\u20d6", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306", "`": "\u0300",
    "´": "\u0301",
}  # fmt: skip
LINES = frozenset("―‾_̲")
BRACES = frozenset("⏞⏟⏜⏝⎴⎵")
OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
SPACES = ((0.9, "\u2003"), (0.4, "\u2002"), (0.2, "\u2005"), (0.05, "\u2009"))
LIMITS = frozenset(("lim", "max", "min", "sup", "inf", "det", "gcd", "limsup", "liminf"))
BARS = frozenset("|‖∣∥")
PARTS = ("sub", "sup")


def add_formula(parent: Element, image: Element, look: Look, word: Word) -> None:
    """Add a formula to a paragraph, within a bookmark by which its TeX is found."""
    tex = image.get("data-tex") or image.get("alt") or ""
    display = "display" in (image.get("class") or "").split()
    formula = make_formula(read_mathml(tex, display=display))
    shown = "".join(one.text or "" for one in formula.iter("{*}t"))
    name = f"_f.{len(word.formulas) + 1}"
    begin, end = word.bookmark(name)
    word.formulas[name] = (shown, tex)
    parent.extend((begin, make("m:oMathPara", formula) if display else formula, end))


def make_formula(mathml: Element) -> Element:
    """Return a formula of MathML as one of Word."""
    return make("m:oMath", *_write_row(list(mathml)))


def _tag(element: Element) -> str:
    return etree.QName(element).localname


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip("\n")


def _write(element: Element) -> list[Element]:
    """Return what an element is in Word; what is not known is its children."""
    writer = _WRITERS.get(_tag(element))
    return writer(element) if writer is not None else _write_row(list(element))


def _hold(tag: str, element: Element | None) -> Element:
    """Return a part of a formula with an element in it."""
    return make(f"m:{tag}", *([] if element is None else _write(element)))


def _set(tag: str, value: str) -> Element:
    return make(f"m:{tag}", given={"m:val": value})


# --------------------------------------------------------------------------- rows


def _write_row(children: Sequence[Element]) -> list[Element]:
    """Return the elements of a row: fences hold what is between them, sums what follows them."""
    made: list[Element] = []
    at = 0
    while at < len(children):
        child = children[at]
        end = _find_close(children, at)
        if end is not None:
            made.append(_fence(children[at], children[at + 1 : end], children[end : end + 1]))
            at = end + 1
        elif _is_limit(child):
            operand = children[at + 1 : at + 2]
            made.append(_write_limit(child, operand))
            at += 1 + len(operand)
        elif _is_sum(child):
            operand = children[at + 1 : at + 2]
            made.append(_write_sum(child, operand))
            at += 1 + len(operand)
        else:
            made += _write(child)
            at += 1
    return made


def _find_close(children: Sequence[Element], at: int) -> int | None:
    """Return where a fence ends that begins here: at its end, or that of the row."""
    first = children[at]
    if _tag(first) != "mo":
        return None
    if first.get("form") == "prefix" and first.get("fence") == "true":
        depth = 0
        for place in range(at, len(children)):
            form = children[place].get("form") if _tag(children[place]) == "mo" else None
            depth += {"prefix": 1, "postfix": -1}.get(form or "", 0)
            if not depth:
                return place
        return len(children)
    if _text(first) in BARS:
        same = [n for n, one in enumerate(children) if _tag(one) == "mo" and _text(one) in BARS]
        return same[1] if len(same) == 2 and same[0] == at else None
    tall = at + 2 < len(children) and _tag(children[at + 1]) in ("mtable", "mfrac")
    return at + 2 if tall and _text(first) in OPENING and _is_close(children[at + 2]) else None


def _is_close(element: Element) -> bool:
    return _tag(element) == "mo" and _text(element) in CLOSING


def _fence(begin: Element, inside: Sequence[Element], end: Sequence[Element]) -> Element:
    properties = make("m:dPr", _set("begChr", _text(begin)))
    properties.append(_set("endChr", _text(end[0]) if end else ""))
    return make("m:d", properties, make("m:e", *_write_row(inside)))


# --------------------------------------------------------------------------- letters


def _run(text: str, *properties: Element) -> list[Element]:
    if not text:
        return []
    fonts = make("w:rPr", make("w:rFonts", ascii=FACE, hAnsi=FACE, cs=FACE))
    own = make("m:rPr", *properties) if properties else None
    return [make("m:r", own, fonts, make_text(text, "m:t"))]


def _write_name(element: Element) -> list[Element]:
    text = _text(element)
    upright = len(text) > 1 or element.get("mathvariant") == "normal"
    return _run(text, *([_set("sty", "p")] if upright else []))


def _write_sign(element: Element) -> list[Element]:
    text = _text(element)
    return _run(text, *([_set("sty", "p")] if text.isalpha() else []))


def _write_words(element: Element) -> list[Element]:
    return _run(_text(element), make("m:nor"))


def _write_space(element: Element) -> list[Element]:
    given = (element.get("width") or "0").removesuffix("em")
    try:
        width = float(given)
    except ValueError:
        return []
    return _run(next((sign for least, sign in SPACES if width >= least), ""))


# --------------------------------------------------------------------------- parts


def _is_sum(element: Element) -> bool:
    """Return whether an element is a sum, an integral or the like, with its limits or without."""
    if _tag(element) == "mo":
        return _text(element) in SIGNS
    scripts = ("munderover", "msubsup", "munder", "msub", "mover", "msup")
    base = element[0] if _tag(element) in scripts and len(element) else None
    return base is not None and _tag(base) == "mo" and _text(base) in SIGNS


def _write_sum(element: Element, operand: Sequence[Element]) -> Element:
    alone = _tag(element) == "mo"
    sign = _text(element if alone else element[0])
    rest = [] if alone else list(element)[1:]
    names = PARTS[1:] if _tag(element) in ("mover", "msup") else PARTS
    limits = dict(zip(names, rest, strict=False))
    properties = make(
        "m:naryPr",
        _set("chr", sign),
        _set("limLoc", "undOvr" if _tag(element).startswith(("mu", "mo")) else "subSup"),
        *(_set(f"{name}Hide", "1") for name in PARTS if name not in limits),
    )
    held = _write_row(operand) or _run("\u200b")
    parts = (_hold(name, limits.get(name)) for name in PARTS)
    return make("m:nary", properties, *parts, make("m:e", *held))


def _is_limit(element: Element) -> bool:
    """Return whether an element is a function with its limit, such as lim."""
    base = element[0] if _tag(element) in ("msub", "munder") and len(element) else None
    return base is not None and _tag(base) in ("mo", "mi") and _text(base) in LIMITS


def _write_limit(element: Element, operand: Sequence[Element]) -> Element:
    low = make("m:limLow", _hold("e", element[0]), _hold("lim", element[1]))
    held = _write_row(operand) or _run("\u200b")
    return make("m:func", make("m:fName", low), make("m:e", *held))


def _write_script(element: Element) -> list[Element]:
    tag = {"msub": "sSub", "msup": "sSup", "msubsup": "sSubSup"}[_tag(element)]
    names = {"msub": ("sub",), "msup": ("sup",), "msubsup": PARTS}[_tag(element)]
    parts = (_hold(name, one) for name, one in zip(names, list(element)[1:], strict=False))
    return [make(f"m:{tag}", _hold("e", element[0]), *parts)]


def _write_over(element: Element) -> list[Element]:
    """Write what is over or under: an accent, a line, a brace, or a limit."""
    high = _tag(element) == "mover"
    base, other = element[0], element[1]
    sign = _text(other) if _tag(other) == "mo" else ""
    held = _hold("e", base)
    if high and sign in ACCENTS:
        return [make("m:acc", make("m:accPr", _set("chr", ACCENTS[sign])), held)]
    if sign and sign in LINES:
        place = _set("pos", "top" if high else "bot")
        return [make("m:bar", make("m:barPr", place), held)]
    if sign and sign in BRACES:
        place = _set("pos", "top" if high else "bot")
        around = _set("vertJc", "bot" if high else "top")
        properties = make("m:groupChrPr", _set("chr", sign), place, around)
        return [make("m:groupChr", properties, held)]
    return [make("m:limUpp" if high else "m:limLow", held, _hold("lim", other))]


def _write_both(element: Element) -> list[Element]:
    low = make("m:limLow", _hold("e", element[0]), _hold("lim", element[1]))
    return [make("m:limUpp", make("m:e", low), _hold("lim", element[2]))]


def _write_fraction(element: Element) -> list[Element]:
    bare = element.get("linethickness") in ("0", "0em", "0px", "0pt")
    properties = make("m:fPr", _set("type", "noBar")) if bare else None
    return [make("m:f", properties, _hold("num", element[0]), _hold("den", element[1]))]


def _write_root(element: Element) -> list[Element]:
    if _tag(element) == "msqrt":
        properties = make("m:radPr", _set("degHide", "1"))
        return [make("m:rad", properties, make("m:deg"), make("m:e", *_write_row(list(element))))]
    return [make("m:rad", _hold("deg", element[1]), _hold("e", element[0]))]


def _write_table(element: Element) -> list[Element]:
    rows = [list(row) for row in element]
    columns = max((len(row) for row in rows), default=1)
    sides = [next((row[at].get("columnalign") or "" for row in rows if at < len(row)), "")
             for at in range(columns)]  # fmt: skip
    shape = make("m:mcs")
    for side in sides:
        side = side if side in ("left", "right") else "center"
        shape.append(make("m:mc", make("m:mcPr", _set("count", "1"), _set("mcJc", side))))
    made = make("m:m", make("m:mPr", shape))
    for row in rows:
        cells = [make("m:e", *_write_row(list(cell))) for cell in row]
        cells += [make("m:e") for _ in range(columns - len(row))]
        made.append(make("m:mr", *cells))
    return [made]


def _write_box(element: Element) -> list[Element]:
    held = make("m:e", *_write_row(list(element)))
    notation = (element.get("notation") or "").split()
    strikes = {"updiagonalstrike": "strikeBLTR", "downdiagonalstrike": "strikeTLBR",
               "horizontalstrike": "strikeH"}  # fmt: skip
    used = [strikes[one] for one in notation if one in strikes]
    if not used:
        return [make("m:borderBox", held)]
    hidden = [_set(f"hide{side}", "1") for side in ("Top", "Bot", "Left", "Right")]
    order = ("strikeH", "strikeBLTR", "strikeTLBR")
    struck = [_set(one, "1") for one in order if one in used]
    return [make("m:borderBox", make("m:borderBoxPr", *hidden, *struck), held)]


def _write_hidden(element: Element) -> list[Element]:
    held = make("m:e", *_write_row(list(element)))
    return [make("m:phant", make("m:phantPr", _set("show", "0")), held)]


_WRITERS: dict[str, Callable[[Element], list[Element]]] = {
    "mi": _write_name,
    "mn": _write_sign,
    "mo": _write_sign,
    "mtext": _write_words,
    "ms": _write_words,
    "mspace": _write_space,
    "msub": _write_script,
    "msup": _write_script,
    "msubsup": _write_script,
    "mover": _write_over,
    "munder": _write_over,
    "munderover": _write_both,
    "mfrac": _write_fraction,
    "msqrt": _write_root,
    "mroot": _write_root,
    "mtable": _write_table,
    "menclose": _write_box,
    "mphantom": _write_hidden,
}

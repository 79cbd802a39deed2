"""Formulas of Word (OMML, ISO/IEC 29500-1 §22.1) written as TeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from publish.importing.word.names import M, Xml, is_on, local_name, words_of

__all__ = ["write_tex"]

VAL = f"{M}val"
DEEPEST = 40

ESCAPES = {
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&",
    "_": r"\_", "^": r"\hat{\ }", "~": r"\sim ", "\u00a0": r"\ ", "\u2061": "", "\u2062": "",
    "\u2063": "", "\u200b": "", "\u2009": r"\,", "\u2003": r"\quad ", "\u2212": "-",
}  # fmt: skip
COMMANDS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "ς": "varsigma",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "∑": "sum", "∏": "prod", "∫": "int",
    "∬": "iint", "∭": "iiint", "∮": "oint", "∪": "cup", "∩": "cap", "⋃": "bigcup",
    "⋂": "bigcap", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "±": "pm",
    "∓": "mp", "×": "times", "÷": "div", "⋅": "cdot", "∙": "cdot", "·": "cdot", "∞": "infty",
    "∂": "partial", "∇": "nabla", "→": "rightarrow", "←": "leftarrow", "↔": "leftrightarrow",
    "⇒": "Rightarrow", "⇔": "Leftrightarrow", "∈": "in", "∉": "notin", "⊂": "subset",
    "⊆": "subseteq", "∀": "forall", "∃": "exists", "∅": "emptyset", "…": "ldots", "⋯": "cdots",
    "⟨": "langle", "⟩": "rangle", "⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil",
    "∧": "wedge", "∨": "vee", "∝": "propto", "∥": "parallel", "°": "degree", "′": "prime",
    "‖": "Vert", "ℏ": "hbar", "ℵ": "aleph", "∘": "circ", "¬": "neg",
}  # fmt: skip
ACCENTS = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar",
    "\u0305": "overline", "\u0306": "breve", "\u0307": "dot", "\u0308": "ddot", "\u030c": "check",
    "\u20d7": "vec", "\u20d6": "overleftarrow", "^": "hat", "~": "tilde", "¯": "overline",
    "´": "acute", "→": "vec",
}  # fmt: skip
FENCES = {
    "{": r"\{", "}": r"\}", "‖": r"\Vert", "⟨": r"\langle", "⟩": r"\rangle", "⌊": r"\lfloor",
    "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "": ".", "(": "(", ")": ")", "[": "[",
    "]": "]", "|": "|", "∣": "|", "/": "/",
}  # fmt: skip
FUNCTIONS = frozenset((
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det",
    "dim", "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "ln", "log", "max", "min", "sec",
    "sin", "sinh", "sup", "tan", "tanh",
))  # fmt: skip
SCRIPTS = {"double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak"}
BEFORE_LETTER = re.compile(r"(\\[A-Za-z]+) (?![A-Za-z])")
SPACES = re.compile(r" {2,}")


def write_tex(element: Xml) -> str:
    """Return the TeX of a formula (`m:oMath`), without dollar signs."""
    tex = _write_all(element, 0).strip()
    return SPACES.sub(" ", BEFORE_LETTER.sub(r"\1 ", tex))


def _write_all(parent: Iterable[Xml] | None, depth: int) -> str:
    return "".join(_write(one, depth) for one in parent) if parent is not None else ""


def _write(element: Xml, depth: int) -> str:
    if depth > DEEPEST:
        return _escape(words_of([element]))
    writer = _WRITERS.get(str(element.tag))
    if writer is not None:
        return writer(element, depth + 1)
    if local_name(element).endswith("Pr"):
        return ""
    if element.tag == f"{M}t" or local_name(element) == "t":
        return _escape(element.text or "")
    return _write_all(element, depth + 1)


def _part(element: Xml, name: str, depth: int) -> str:
    return _write_all(element.find(f"{M}{name}"), depth).strip()


def _property(element: Xml, properties: str, name: str) -> Xml | None:
    return element.find(f"{M}{properties}/{M}{name}")


def _character(element: Xml, properties: str, name: str, otherwise: str) -> str:
    found = _property(element, properties, name)
    return otherwise if found is None else found.get(VAL) or ""


def _is_set(element: Xml, properties: str, name: str) -> bool:
    found = _property(element, properties, name)
    return found is not None and (found.get(VAL) or "1") not in ("0", "off", "false")


def _escape(text: str) -> str:
    return "".join(
        f"\\{COMMANDS[one]} " if one in COMMANDS else ESCAPES.get(one, one) for one in text
    )


def _run(element: Xml, depth: int) -> str:
    text = "".join(one.text or "" for one in element if local_name(one) == "t")
    if _is_set(element, "rPr", "nor") or _is_words(text):
        return rf"\text{{{_plain(text)}}}" if text.strip() else text and r"\ "
    if text.strip() in FUNCTIONS:
        return f"\\{text.strip()} "
    escaped = _escape(text)
    script = _property(element, "rPr", "scr")
    style = _property(element, "rPr", "sty")
    kind = script.get(VAL) if script is not None else ""
    command = {"double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak"}.get(
        kind or ""
    )
    if command is None and style is not None and style.get(VAL) == "b":
        command = "mathbf"
    if command and text.strip().isalnum():
        return rf"\{command}{{{escaped.strip()}}}"
    return escaped


def _is_words(text: str) -> bool:
    """Return whether a text has letters that are no mathematical signs, such as Cyrillic words."""
    letters = [one for one in text if one.isalpha()]
    return len(letters) > 1 and any(not one.isascii() and one not in COMMANDS for one in letters)


def _plain(text: str) -> str:
    return "".join(" " if one in "\\{}#$%&_^~" else one for one in text)


def _fraction(element: Xml, depth: int) -> str:
    over, under = _part(element, "num", depth), _part(element, "den", depth)
    kind = _character(element, "fPr", "type", "bar")
    if kind == "lin":
        return f"{{{over}}}/{{{under}}}"
    if kind == "noBar":
        return rf"\begin{{matrix}}{over}\\{under}\end{{matrix}}"
    return rf"\frac{{{over}}}{{{under}}}"


def _script(element: Xml, depth: int) -> str:
    base = _part(element, "e", depth)
    low, high = (_part(element, name, depth) for name in ("sub", "sup"))
    marks = (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")
    return f"{{{base}}}{marks}" if len(base) != 1 else base + marks


def _before(element: Xml, depth: int) -> str:
    low, high = (_part(element, name, depth) for name in ("sub", "sup"))
    return f"{{}}_{{{low}}}^{{{high}}}{{{_part(element, 'e', depth)}}}"


def _root(element: Xml, depth: int) -> str:
    degree = "" if _is_set(element, "radPr", "degHide") else _part(element, "deg", depth)
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e', depth)}}}"


def _operator(element: Xml, depth: int) -> str:
    sign = _escape(_character(element, "naryPr", "chr", "∫")).strip()
    low = "" if _is_set(element, "naryPr", "subHide") else _part(element, "sub", depth)
    high = "" if _is_set(element, "naryPr", "supHide") else _part(element, "sup", depth)
    marks = (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")
    return f"{sign}{marks} {_part(element, 'e', depth)}"


def _fenced(element: Xml, depth: int) -> str:
    begin = _character(element, "dPr", "begChr", "(")
    end = _character(element, "dPr", "endChr", ")")
    between = _escape(_character(element, "dPr", "sepChr", "|"))
    parts = [_write_all(one, depth).strip() for one in element.iterfind(f"{M}e")]
    inside = between.join(parts)
    opening, closing = FENCES.get(begin), FENCES.get(end)
    if opening is None or closing is None:
        return f"{_escape(begin)}{inside}{_escape(end)}"
    return rf"\left{opening} {inside} \right{closing} "


def _function(element: Xml, depth: int) -> str:
    named = element.find(f"{M}fName")
    name = "" if named is None else _name(named, depth)
    return f"{name} {{{_part(element, 'e', depth)}}}"


def _name(element: Xml, depth: int) -> str:
    text = _write_all(element, depth).strip()
    return rf"\operatorname{{{text}}}" if text.isalpha() else text


def _limit(command: str, element: Xml, depth: int) -> str:
    base, limit = _part(element, "e", depth), _part(element, "lim", depth)
    if base.removeprefix("\\") in FUNCTIONS:
        mark = "_" if command == "underset" else "^"
        return f"\\{base.removeprefix(chr(92))}{mark}{{{limit}}}"
    return rf"\{command}{{{limit}}}{{{base}}}"


def _accent(element: Xml, depth: int) -> str:
    sign = _character(element, "accPr", "chr", "\u0302")
    inside = _part(element, "e", depth)
    command = ACCENTS.get(sign)
    if command is None:
        return rf"\overset{{{_escape(sign)}}}{{{inside}}}"
    return rf"\{command}{{{inside}}}"


def _bar(element: Xml, depth: int) -> str:
    low = _character(element, "barPr", "pos", "bot") == "bot"
    return rf"\{'underline' if low else 'overline'}{{{_part(element, 'e', depth)}}}"


def _group(element: Xml, depth: int) -> str:
    sign = _character(element, "groupChrPr", "chr", "⏟")
    inside = _part(element, "e", depth)
    high = _character(element, "groupChrPr", "pos", "bot") == "top"
    if sign in "⏟⏞":
        return rf"\{'overbrace' if high else 'underbrace'}{{{inside}}}"
    return rf"\{'overset' if high else 'underset'}{{{_escape(sign)}}}{{{inside}}}"


def _rows(element: Xml, depth: int) -> str:
    rows = [_write_all(one, depth).strip() for one in element.iterfind(f"{M}e")]
    rows = [row.replace(r"\&", "") for row in rows]
    return _stack(rows)


def _stack(rows: Iterable[str]) -> str:
    return r"\begin{matrix}" + r"\\".join(rows) + r"\end{matrix}"


def _matrix(element: Xml, depth: int) -> str:
    rows = [
        " & ".join(_write_all(cell, depth).strip() for cell in row.iterfind(f"{M}e"))
        for row in element.iterfind(f"{M}mr")
    ]
    return _stack(rows)


def _box(element: Xml, depth: int) -> str:
    return rf"\boxed{{{_part(element, 'e', depth)}}}"


def _hidden(element: Xml, depth: int) -> str:
    inside = _part(element, "e", depth)
    shown = _property(element, "phantPr", "show")
    return inside if shown is None or is_on(shown) else rf"\phantom{{{inside}}}"


_WRITERS: dict[str, Callable[[Xml, int], str]] = {
    f"{M}{name}": writer
    for name, writer in {
        "r": _run,
        "f": _fraction,
        "sSub": _script,
        "sSup": _script,
        "sSubSup": _script,
        "sPre": _before,
        "rad": _root,
        "nary": _operator,
        "d": _fenced,
        "func": _function,
        "limLow": lambda element, depth: _limit("underset", element, depth),
        "limUpp": lambda element, depth: _limit("overset", element, depth),
        "acc": _accent,
        "bar": _bar,
        "groupChr": _group,
        "eqArr": _rows,
        "m": _matrix,
        "borderBox": _box,
        "phant": _hidden,
    }.items()
}

"""Writes texts in the cells of braille, each run in the table of its language.

A passage in a language without a table is written in that of the edition, and a word in letters
that a table lacks, or the part of a word that has them, in the table of a language with that
script.  What no table knows is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publish.editions.braille.louis import BLANK, Louis
from publish.editions.braille.runs import Run
from publish.editions.braille.signs import (
    DROPPED,
    SCRIPT_LANGUAGES,
    find_script,
    list_alternatives,
    replace_signs,
    spell_digits,
)
from publish.editions.braille.tables import choose_table, find_table
from publish.errors import BuildError
from publish.model import Braille
from publish.visible import shorten

__all__ = ["ASCII", "END", "Scribe", "encode_cells", "open_scribe"]

ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""The letter of each cell in North American Braille ASCII, in the order of Unicode."""

FORMS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
"""The signs for what stands above or below the line."""

SIX_DOTS = re.compile("[\u2800-\u283f]+")
FIXED = re.compile(r"(?<=\d)[\u00a0\u2007\u202f]+(?=\S)|(?<=\S)[\u00a0\u2007\u202f]+(?=\d)")
"""A space beside a number where no line may end."""
TIED = "\u2060"
END = "\u200b"
"""A place in cells where a line may end though there is no blank cell."""


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes in braille for one edition, and remembers what it has written.

    `tables` are by language, `homes` by script; `main` is that of the edition.
    """

    louis: Louis
    braille: Braille
    main: str
    tables: dict[str, str] = field(default_factory=dict)
    homes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    known: dict[str, dict[str, bool]] = field(default_factory=dict)
    written: dict[tuple[str, str], str] = field(default_factory=dict)

    def table(self, language: str) -> str:
        """Return the table of a language, or that of the edition."""
        if language not in self.tables:
            contracted = language in self.braille.contracted
            own = self.braille.tables.get(language)
            found = find_table(self.louis, language, contracted=contracted) if not own else ""
            self.tables[language] = found or (
                choose_table(self.louis, language, self.braille) if own else self.main
            )
        return self.tables[language]

    def write(self, texts: Sequence[Sequence[Run]]) -> list[str]:
        """Return texts in cells; a space or `END` is where a line may end, a blank cell where not.

        Raises BuildError for what no table knows.
        """
        segments = self._divide(texts)
        self._translate(one for text in segments for one in text)
        return [self._put_together(text) for text in segments]

    # ----------------------------------------------------------------- tables

    def _divide(self, texts: Sequence[Sequence[Run]]) -> list[list[tuple[str, str]]]:
        """Return texts as pairs of a table and what it writes; unknown signs are reported."""
        joined = [
            _join_runs([(self.table(run.language), _spell(run)) for run in text]) for text in texts
        ]
        signs: dict[str, set[str]] = {}
        for table, text in (one for pairs in joined for one in pairs):
            signs.setdefault(table, set()).update(text)
        for table, some in signs.items():
            self._learn(table, some)
        unknown: dict[str, str] = {}
        divided = [
            _join_runs([one for table, text in pairs for one in self._fit(table, text, unknown)])
            for pairs in joined
        ]
        if unknown:
            raise _refuse(unknown)
        return divided

    def _fit(self, table: str, text: str, unknown: dict[str, str]) -> list[tuple[str, str]]:
        """Return a text in what tables know, word by word where its own does not know letters.

        `unknown` gets the signs that no table knows, with their text.
        """
        written, lacking = replace_signs(text, self._knows(table))
        if not lacking:
            return [(table, written)]
        found = []
        for word in re.split(r"(\s+)", text):
            for home, written, lacking in self._fit_word(table, word):
                for sign in lacking:
                    unknown.setdefault(sign, text)
                found.append((home, written))
        return found

    def _fit_word(self, table: str, word: str) -> Iterator[tuple[str, str, str]]:
        """Yield a table, what it writes, and the signs that no table knows.

        A word that no table knows as a whole, such as a name in Latin letters with an Arabic comma
        or ending, is written in several: that of the text has what is before and after the others.
        """
        rest = [word]
        while rest:
            part = rest.pop()
            written, lacking = replace_signs(part, self._knows(table))
            home, abroad = self._abroad(table, part, lacking) if lacking else (table, written)
            parts = [] if home else _divide_word(part, lacking)
            if len(parts) > 1:
                rest += reversed(parts)
            elif home:
                yield home, abroad, ""
            else:
                yield table, written, lacking

    def _abroad(self, table: str, word: str, lacking: str) -> tuple[str, str]:
        """Return a word with a table that knows all of it; no table if there is none."""
        scripts = dict.fromkeys(find_script(sign) for sign in lacking)
        homes = [home for script in scripts for home in self._list_homes(script)]
        for other in dict.fromkeys((*self.tables.values(), *homes)):
            if other != table:
                self._learn(other, set(word))
                written, still = replace_signs(word, self._knows(other))
                if not still:
                    return other, written
        return "", word

    def _list_homes(self, script: str) -> tuple[str, ...]:
        """Return the tables of languages with a script."""
        if script not in self.homes:
            tables = (find_table(self.louis, one) for one in SCRIPT_LANGUAGES.get(script, ()))
            self.homes[script] = tuple(filter(None, tables))
        return self.homes[script]

    def _knows(self, table: str) -> Callable[[str], bool]:
        known = self.known[table]
        return lambda sign: known.get(sign, False)

    def _learn(self, table: str, signs: Collection[str]) -> None:
        """Find out which signs a table knows, and which of those that can stand for the others."""
        known = self.known.setdefault(table, {})
        wanted = {sign for sign in signs if not sign.isspace()}
        wanted |= {one for sign in wanted for text in list_alternatives(sign) for one in text}
        asked = sorted(sign for sign in wanted - known.keys() if not sign.isspace())
        for sign, cells in zip(asked, self.louis.translate(table, asked), strict=True):
            six = SIX_DOTS.fullmatch(cells) is not None and cells.strip(BLANK) != ""
            known[sign] = six and sign not in DROPPED

    # ----------------------------------------------------------------- cells

    def _translate(self, segments: Iterable[tuple[str, str]]) -> None:
        wanted: dict[str, dict[str, None]] = {}
        for table, text in segments:
            if (table, text) not in self.written:
                wanted.setdefault(table, {})[text] = None
        for table, texts in wanted.items():
            words = sorted({word for text in texts for word in text.split()})
            plain = [FIXED.sub(" ", text) for text in texts]
            made = self.louis.translate(table, [*words, *plain])
            written = dict(zip(words, made, strict=False))
            for text, cells in zip(texts, made[len(words) :], strict=True):
                if cells and SIX_DOTS.fullmatch(cells) is None:
                    raise _refuse_cells(table, text)
                self.written[table, text] = _mark_breaks(text, cells, written)

    def _put_together(self, segments: Sequence[tuple[str, str]]) -> str:
        """Return the cells of a text, with the spaces between its segments."""
        whole = ""
        for table, text in segments:
            before = " " if text[:1].isspace() else ""
            after = " " if text[-1:].isspace() else ""
            whole += f"{before}{self.written[table, text]}{after}"
        return re.sub(" +", " ", whole).strip(" ")


def open_scribe(louis: Louis, language: str, braille: Braille) -> Scribe:
    """Return what writes the braille of an edition in a language.

    Raises BuildError (code `braille-table`) for a language without a table that serves.
    """
    main = choose_table(louis, language, braille)
    return Scribe(louis, braille, main, tables={language: main})


def encode_cells(cells: str) -> bytes:
    """Return cells in North American Braille ASCII; spaces are blank cells."""
    return "".join(ASCII[ord(cell) - 0x2800] if cell != " " else " " for cell in cells).encode()


def _spell(run: Run) -> str:
    text = spell_digits(run.text).replace(BLANK, " ")
    return text.translate(FORMS[run.form]) if run.form and not run.added else text


def _divide_word(word: str, lacking: str) -> list[str]:
    """Return a word cut at the signs that its table lacks, from the first of them to the last.

    If it begins and ends with such signs, it is cut after those of the first script.
    """
    places = [place for place, sign in enumerate(word) if sign in lacking]
    first, end = places[0], places[-1] + 1
    if end - first == len(word):
        script = find_script(word[0])
        same = (sign in lacking and find_script(sign) == script for sign in word)
        end = next((place for place, one in enumerate(same) if not one), end)
    return [part for part in (word[:first], word[first:end], word[end:]) if part]


def _join_runs(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join neighbours of one table, so that it sees the whole text."""
    joined: list[tuple[str, str]] = []
    for table, text in pairs:
        if joined and (joined[-1][0] == table or not text.strip()):
            joined[-1] = joined[-1][0], joined[-1][1] + text
        elif joined and not joined[-1][1].strip():
            joined[-1] = table, joined[-1][1] + text
        else:
            joined.append((table, text))
    return joined


def _mark_breaks(text: str, cells: str, written: Mapping[str, str]) -> str:
    """Return cells with a mark wherever the text has a space, and a line may end.

    Some tables write no space after a comma, where a line may end all the same; beside a number a
    space may have to stay one.  `written` has the cells of single words; where those of the text
    cannot be told apart by them, a line may end at each blank cell.
    """
    words = FIXED.sub(TIED, text).split()
    whole, at = "", 0
    for number, word in enumerate(words):
        inner = BLANK.join(written.get(one, "") for one in word.split(TIED))
        if not inner or not cells.startswith(inner, at):
            blank = cells.find(BLANK, at)
            inner = cells[at : blank if blank >= 0 else None]
        at += len(inner)
        whole += inner
        if number < len(words) - 1:
            has_blank = cells[at : at + 1] == BLANK
            at += has_blank
            whole += " " if has_blank else END
    if at == len(cells) and not whole.endswith((" ", END)):
        return whole
    return " ".join(piece for piece in cells.split(BLANK) if piece)


def _refuse(unknown: Mapping[str, str]) -> BuildError:
    shown = [f"{sign} (U+{ord(sign):04X} {unicodedata.name(sign, '')})" for sign in unknown]
    more = f" and {len(shown) - 5} more" if len(shown) > 5 else ""
    text = shorten(" ".join(next(iter(unknown.values())).split()), 60)
    return BuildError(
        f"no braille table knows {', '.join(shown[:5])}{more}; first in: {text}",
        hint="write it in words, or leave the format brf out for this document",
        code="braille-sign",
    ).naming(next(iter(unknown)))


def _refuse_cells(table: str, text: str) -> BuildError:
    return BuildError(
        f"the braille table {table} gives more than six dots for: {shorten(text, 60)}",
        hint="name another table in [braille.tables]",
        code="braille-sign",
    ).naming(text)

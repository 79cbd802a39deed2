"""The text of a sentence in an edited Word file as a translator's text: as Markdown, with numbers.

What the edition made of a text is taken back: no-break spaces, the names of notes and pictures,
marks that Word shows in another way.  So a text that nobody changed comes out as it is in the
catalog, to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from publish.aligning.marktexts import Mark, MarkedText, flatten_marks, name_mark, raise_marks
from publish.catalogs.comparing import DASHES, QUOTES
from publish.errors import PublishError
from publish.languages.language import Language
from publish.languages.spacing import fold_typography
from publish.model import (
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Link,
    Math,
    Strong,
    Styled,
)
from publish.reading.marks.canonical import serialise_inlines

__all__ = ["Sent", "rewrite_text"]

_ALIKE = str.maketrans(
    {**dict.fromkeys(QUOTES, "'"), **dict.fromkeys(DASHES, "-"), "\n": " ", "\t": " "}
)
LONGEST = 6000
"""Two longer texts are not compared letter by letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A sentence as it was sent: its text in the catalog, and what the edition shows of it.

    `own` is the tree of the text in the catalog, None if the edition shows the source sentence.
    `addresses` are what its link numbers mean.  `language` is that of the edition.
    """

    own: Inlines | None
    shown: MarkedText
    addresses: tuple[str, ...]
    language: Language


def rewrite_text(
    sent: Sent, returned: MarkedText, notes: Callable[[str], str]
) -> tuple[Inlines | None, str]:
    """Return the tree of a returned text, and why it is not usable, if it is not.

    The tree is `sent.own` if the text is as it was sent, and None if it is the untouched source.
    `notes` gives the label in the source for that of a note of the file, or nothing.
    """
    if sent.own is None and _looks(sent.shown)[0] == _looks(returned)[0]:
        return None, ""
    own = flatten_marks(sent.own or ())
    returned = _with_own_links(sent.shown, returned)
    if not any(_is_whole(one, own) for one in own.marks):
        sent = replace(sent, shown=_without_looks(sent.shown))
        returned = _without_looks(returned)
    if _looks(sent.shown) == _looks(returned):
        return sent.own, ""
    text = _carry_letters(own.text, sent, returned.text)
    marks, problem = _carry_marks(own, sent, returned, notes)
    if problem:
        return None, problem
    marks += _keep_unseen(own, sent.shown, returned)
    try:
        tree = raise_marks(text, sorted(marks, key=lambda one: (one.start, -one.end)))
        serialise_inlines(tree)
    except PublishError as error:
        return None, f"its marks cannot be written: {error.message}"
    return (sent.own, "") if tree == sent.own else (tree, "")


def _with_own_links(shown: MarkedText, returned: MarkedText) -> MarkedText:
    """Return a text with the links within the document that a program dropped, at their words."""
    known = [one.node for one in returned.marks]
    lost = [one for one in shown.marks if _href(one).startswith("#") and one.node not in known]
    if not lost:
        return returned
    there = {
        a + at: b + at for a, b, size in _match(shown.text, returned.text) for at in range(size)
    }
    found = [
        Mark(there[one.start], there[one.end - 1] + 1, one.node)
        for one in lost
        if one.start < one.end and one.start in there and one.end - 1 in there
    ]
    marks = sorted((*returned.marks, *found), key=lambda one: (one.start, -one.end))
    return MarkedText(returned.text, tuple(marks))


def _without_looks(content: MarkedText) -> MarkedText:
    """Return a text without marks over all of it: they are the looks of its paragraph."""
    marks = [
        one
        for one in content.marks
        if not isinstance(one.node, Emphasis | Strong | Styled) or not _is_whole(one, content)
    ]
    return MarkedText(content.text, tuple(marks))


def _is_whole(mark: Mark, content: MarkedText) -> bool:
    text = content.text
    start = len(text) - len(text.lstrip())
    return mark.start <= start and mark.end >= len(text.rstrip()) > start


def _fold(text: str) -> str:
    """Return a text of the same length, without its typography."""
    return fold_typography(text).translate(_ALIKE)


def _looks(content: MarkedText) -> tuple[str, tuple[tuple[str, int, int, str], ...]]:
    """Return what can be compared: the letters, and the marks with their places among them."""
    folded = _fold(content.text)
    before = [0]
    for sign in folded:
        before.append(before[-1] + (not sign.isspace()))
    marks = tuple(
        (name_mark(one.node), before[one.start], before[one.end], _href(one))
        for one in content.marks
    )
    return "".join(folded.split()), marks


def _href(mark: Mark) -> str:
    return mark.node.href if isinstance(mark.node, Link) else ""


# --------------------------------------------------------------------------- letters


def _match(one: str, other: str) -> list[tuple[int, int, int]]:
    """Return the runs of letters that two texts have in common, as start, start and length."""
    if max(len(one), len(other)) > LONGEST:
        return []
    matcher = SequenceMatcher(None, _fold(one), _fold(other), autojunk=False)
    return [(b.a, b.b, b.size) for b in matcher.get_matching_blocks() if b.size]


def _carry_letters(own: str, sent: Sent, returned: str) -> str:
    """Return the returned text with the letters of the catalog where nobody changed them."""
    letters = list(_untie(returned, sent.language))
    origin = {b + at: a + at for a, b, size in _match(own, sent.shown.text) for at in range(size)}
    for shown, there, size in _match(sent.shown.text, returned):
        for at in range(size):
            before, now = sent.shown.text[shown + at], returned[there + at]
            place = origin.get(shown + at)
            if place is not None and (before == now or now.isspace()):
                letters[there + at] = own[place]
    return "".join(letters)


def _untie(text: str, language: Language) -> str:
    """Return a text with plain spaces wherever the edition would tie words by itself."""
    plain = fold_typography(text)
    tied = language.typeset(plain)
    return "".join(
        bare if there == made or there == "\n" else there
        for there, made, bare in zip(text, tied, plain, strict=True)
    )


# --------------------------------------------------------------------------- marks


def _pair_marks(ones: Sequence[Mark], others: Sequence[Mark]) -> dict[int, int]:
    """Return which marks of one text are which of the other: in order, if all are there."""
    kinds: dict[str, list[list[int]]] = {}
    for side, marks in enumerate((ones, others)):
        for number, one in enumerate(marks):
            kinds.setdefault(name_mark(one.node), [[], []])[side].append(number)
    return {
        a: b
        for first, second in kinds.values()
        if len(first) == len(second)
        for a, b in zip(first, second, strict=True)
    }


def _carry_marks(
    own: MarkedText, sent: Sent, returned: MarkedText, notes: Callable[[str], str]
) -> tuple[list[Mark], str]:
    """Return the marks of the returned text as a translator writes them, or what is wrong."""
    ours = {
        _href(sent.shown.marks[at]): own.marks[number].node
        for number, at in _pair_marks(own.marks, sent.shown.marks).items()
        if isinstance(own.marks[number].node, Link)
    }
    alike = _pair_marks(sent.shown.marks, own.marks)
    back = _pair_marks(returned.marks, sent.shown.marks)
    swapped = _find_swapped(own, sent.shown)
    made: list[Mark] = []
    for number, one in enumerate(returned.marks):
        node = one.node
        original = own.marks[alike[back[number]]].node if back.get(number) in alike else None
        match node:
            case Link(_, href):
                link = ours.get(href) or _number_link(href, sent.addresses)
                if link is None and _is_bare(returned.text[one.start : one.end], href):
                    continue
                if link is None:
                    return (
                        [],
                        f"a link leads to {href or 'nothing'}, as no link of the sentence does",
                    )
                node = link
            case FootnoteMark(label):
                known = notes(label)
                if not known:
                    return [], "a note is in it that the edition does not have"
                node = FootnoteMark(known)
            case Image():
                if not isinstance(original, Image):
                    return [], "a picture is in it that the sentence does not have"
                node = original
            case Code() | Math():
                if original is not None and one.node == sent.shown.marks[back[number]].node:
                    node = original
            case _:
                node = swapped.get(name_mark(node), node)
        made.append(replace(one, node=node))
    return made, ""


def _number_link(href: str, addresses: Sequence[str]) -> Link | None:
    if href in addresses:
        return Link((), str(addresses.index(href) + 1))
    return None


def _is_bare(text: str, href: str) -> bool:
    """Return whether a link is an address that was typed: programs make links of these."""
    shown = "".join(text.split()).removesuffix("/").casefold()
    address = href.removesuffix("/").casefold()
    return bool(shown) and address in (
        shown,
        f"http://{shown}",
        f"https://{shown}",
        f"mailto:{shown}",
    )


def _find_swapped(own: MarkedText, shown: MarkedText) -> Mapping[str, Inline]:
    """Return the marks that the edition shows as others, such as emphasis in bold."""
    there = {(one.start, one.end): one.node for one in own.marks if one.start < one.end}
    same = own.text and len(own.text) == len(shown.text)
    if not same:
        return {}
    return {
        name_mark(one.node): there[one.start, one.end]
        for one in shown.marks
        if (one.start, one.end) in there
        and name_mark(there[one.start, one.end]) != name_mark(one.node)
        and not isinstance(one.node, Link | Code | Math)
    }


def _keep_unseen(own: MarkedText, shown: MarkedText, returned: MarkedText) -> list[Mark]:
    """Return the marks of the catalog's text that the edition does not show, at their words."""
    seen = set(_pair_marks(own.marks, shown.marks))
    kinds = {name_mark(one.node) for one in (*shown.marks, *returned.marks)}
    unseen = [
        one
        for number, one in enumerate(own.marks)
        if number not in seen and name_mark(one.node) not in kinds and one.start < one.end
    ]
    if not unseen:
        return []
    first = {a + at: b + at for a, b, size in _match(own.text, returned.text) for at in range(size)}
    whole = len(own.text.rstrip())
    return [
        Mark(0, len(returned.text), one.node)
        if one.start == 0 and one.end >= whole
        else Mark(first[one.start], first[one.end - 1] + 1, one.node)
        for one in unseen
        if (one.start == 0 and one.end >= whole) or (one.start in first and one.end - 1 in first)
    ]

"""The main part of a page, and what is around it and within it that is no text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cssselect2  # type: ignore[import-untyped]

from publish.errors import UsageError
from publish.importing.markup.pagemarks import LEFT_OUT
from publish.importing.markup.pagetree import (
    BLOCKS,
    HtmlElement,
    class_words,
    has_words,
    is_hidden,
    name_of,
    show_text,
    walk_events,
)
from publish.importing.markup.reading import PageReading
from publish.importing.markup.regions import TEASER, classify
from publish.importing.words import list_words

__all__ = ["choose_main", "describe_part", "leave_out_regions", "list_outside", "select_parts"]

SAYS_MAIN = re.compile(
    r"\s(?:main|main-?content|content|contents?-?(?:area|body|main|inner)|mw-content-text|"
    r"entry-?content|post-?(?:content|body)|article-?(?:content|body|text)|page-?content|"
    r"markdown-body|document|body|rst-content|story-?body|field-name-body)\s"
)
LEAVES = frozenset(("p", "table", "ul", "ol", "dl", "pre", "blockquote", "tr", "td", "tbody", "li"))
SPARE = 0.15
"""The share of the letters of a page that may stand outside of its main part."""
MOST = 0.7
"""The share of them that a part must have that only says that it is the main one."""
REGION = 0.4
"""The share of the letters of a part from which it is no region, whatever it says."""
LONG = 200
"""Letters of a text that is more than a remark."""
DENSE = 0.7
"""The share of letters in links from which a part is a list of links."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """The letters of each element, those in links, and those of text.

    Those in regions are no text, and of those in links a quarter is.
    """

    letters: dict[HtmlElement, int] = field(default_factory=dict)
    linked: dict[HtmlElement, int] = field(default_factory=dict)
    good: dict[HtmlElement, int] = field(default_factory=dict)


def choose_main(body: HtmlElement) -> HtmlElement:
    """Return the main part of a page: the smallest element outside of which there is no text.

    Where that is all of a page, it is the part that says that it is the main one and has most of
    the text.
    """
    measure = _measure(body)
    at = best = body
    left = measure.good[body] * SPARE
    while True:
        children = [child for child in at if measure.good.get(child)]
        largest = max(children, key=lambda one: measure.good[one], default=None)
        if largest is None or name_of(largest) in LEAVES - {"table", "tbody", "tr", "td"}:
            break
        others = [one for one in children if one is not largest]
        left -= sum(measure.good[one] for one in others)
        if left < 0 or not _is_beside(others, measure, _says_main(largest)):
            break
        at = largest
        best = at if name_of(at) in BLOCKS - LEAVES else best
    for element in best.iter():
        if (
            name_of(element) in BLOCKS
            and _says_main(element)
            and measure.good.get(element, 0) >= measure.good[best] * MOST
        ):
            best = element
    return best


def _is_beside(others: Sequence[HtmlElement], measure: _Measure, says: bool) -> bool:
    """Return whether nothing of what stands beside an element is text of the page.

    More may stand beside one that says that it is the main part.
    """
    return all(
        measure.good[one] < (LONG if not says else 3 * LONG)
        and not (name_of(one) == "h1" and not says)
        for one in others
    )


def _says_main(element: HtmlElement) -> bool:
    return name_of(element) in ("main", "article") or bool(SAYS_MAIN.search(class_words(element)))


def _measure(body: HtmlElement) -> _Measure:
    """Return the letters of all elements; what has much of the text is no region."""
    first = _count(body, frozenset())
    most = first.good.get(body, 0) * REGION
    regions = {
        one for one, good in first.good.items() if one is not body and _is_region(one, good <= most)
    }
    return _count(body, frozenset(regions))


def _is_region(element: HtmlElement, small: bool) -> bool:
    if is_hidden(element) or name_of(element) in LEFT_OUT:
        return True
    return small and not _says_main(element) and bool(classify(element))


def _count(body: HtmlElement, regions: frozenset[HtmlElement]) -> _Measure:
    measure = _Measure()
    stack: list[list[int]] = []
    links = inside = 0
    for event, one in walk_events(body):
        if event == "start":
            links += name_of(one) == "a"
            inside += one in regions
            stack.append([0, 0, 0])
            _add(stack, one.text, links, inside)
        elif event == "passed":
            if stack:
                _add(stack, one.tail, links, inside)
        else:
            own = stack.pop()
            measure.letters[one], measure.linked[one], measure.good[one] = own
            links -= name_of(one) == "a"
            inside -= one in regions
            if stack:
                stack[-1] = [a + b for a, b in zip(stack[-1], own, strict=True)]
                _add(stack, one.tail, links, inside)
    return measure


def _add(stack: list[list[int]], text: str | None, links: int, inside: int) -> None:
    count = sum(map(str.isalnum, text or ""))
    stack[-1][0] += count
    stack[-1][1] += count if links else 0
    stack[-1][2] += 0 if inside else count // 4 if links else count


def select_parts(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements that a CSS selector chooses, without those within others.

    Raises UsageError for a selector that is wrong or chooses nothing.
    """
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    try:
        chosen = [one.etree_element for one in wrapper.query_all(selector)]
    except cssselect2.SelectorError as error:
        raise UsageError(f"{selector!r} is no CSS selector: {error}") from None
    parts = [one for one in chosen if not any(up in chosen for up in one.iterancestors())]
    if not parts:
        raise UsageError(
            f"no part of the page fits {selector!r}",
            hint="look at the page's source in a browser: main, article, #content, .post",
        )
    return parts


def describe_part(parts: Sequence[HtmlElement]) -> str:
    """Return the parts of a page as CSS would choose them."""
    return ", ".join(dict.fromkeys(map(_describe, parts)))


def _describe(element: HtmlElement) -> str:
    name = name_of(element)
    if given := element.get("id"):
        return f"{name}#{given}"
    return ".".join((name, *(element.get("class") or "").split()[:2]))


# --------------------------------------------------------------------------- what is no text


def list_outside(body: HtmlElement, parts: Sequence[HtmlElement], reading: PageReading) -> None:
    """Note what is outside the parts of a page that are read."""
    holders = {up for part in parts for up in part.iterancestors()}
    before = True

    def place() -> str:
        return "above the main part" if before else "below the main part"

    def look(element: HtmlElement) -> None:
        nonlocal before
        _lose_text(element.text, place(), reading)
        for child in element:
            if child in parts:
                before = False
            elif child in holders:
                look(child)
            elif name_of(child):
                _lose_region(child, place(), reading)
            _lose_text(child.tail, place(), reading)

    if body not in parts:
        look(body)


def _lose_text(text: str | None, place: str, reading: PageReading) -> None:
    if text and list_words(text):
        reading.lose_text(" ".join(text.split()), "text around the main part", place)


def _lose_region(element: HtmlElement, place: str, reading: PageReading) -> None:
    text = show_text(element, frozenset(reading.skipped))
    reading.skipped.add(element)
    if list_words(text):
        kind = classify(element) or _kind_within(element)
        kind = kind or ("page header" if place.startswith("above") else "page footer")
        reading.lose_text(text, kind, place)


def _kind_within(element: HtmlElement) -> str:
    """Return what a part is by the only part in it."""
    children = [child for child in element if name_of(child) and has_words(child)]
    if len(children) != 1:
        return "page header" if name_of(element) == "header" else ""
    return classify(children[0]) or _kind_within(children[0])


def leave_out_regions(part: HtmlElement, reading: PageReading) -> None:
    """Note the regions within a part that are no text, so that reading passes over them."""
    measure = _measure(part)
    whole = max(1, measure.letters.get(part, 1))
    notes = set(reading.marks) | {up for mark in reading.marks for up in mark.iterancestors()}
    for element in list(part.iter()):
        if element is part or _is_skipped(element, reading):
            continue
        kind = classify(element) if name_of(element) else ""
        small = measure.letters.get(element, 0) <= whole * 0.4
        if kind and small and element not in notes and not _holds_title(element):
            _lose_inside(element, kind, reading)
    for element in list(_link_lists(part, measure)):
        if measure.letters.get(element, 0) <= whole * 0.4 and not _is_skipped(element, reading):
            _lose_inside(element, "related links", reading)


def _is_skipped(element: HtmlElement, reading: PageReading) -> bool:
    return element in reading.skipped or any(
        up in reading.skipped for up in element.iterancestors()
    )


def _lose_inside(element: HtmlElement, kind: str, reading: PageReading) -> None:
    text = show_text(element, frozenset(reading.skipped))
    reading.skipped.add(element)
    if list_words(text):
        reading.lose_text(text, kind, "within the main part")


def _holds_title(element: HtmlElement) -> bool:
    return any(name_of(one) == "h1" for one in element.iter())


def _link_lists(part: HtmlElement, measure: _Measure) -> Iterator[HtmlElement]:
    """Yield lists that lead to other pages: below a heading that says so, or at the end."""
    for heading in list(part.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "strong")):
        text = show_text(heading) if measure.letters.get(heading, 99) < 40 else ""
        if not text or not TEASER.fullmatch(text):
            continue
        after = heading.getnext()
        if after is None or not name_of(after) or _is_dense(after, measure):
            yield heading
        while after is not None and _is_dense(after, measure):
            yield after
            after = after.getnext()


def _is_dense(element: HtmlElement, measure: _Measure) -> bool:
    letters = measure.letters.get(element, 0)
    return bool(letters) and measure.linked.get(element, 0) >= letters * DENSE

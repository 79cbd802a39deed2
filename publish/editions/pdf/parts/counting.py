"""Counts through a document before its parts are laid out: `count_parts`.

The rules of a style sheet may number the headings or figures of a whole document.  Counters go by
the tree and its style alone, so the boxes of each part are made for that, but not laid out.  A part
that counts otherwise when it is laid out is an error there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from xml.etree.ElementTree import Element

from publish.editions.pdf.document import make_document, open_images
from publish.editions.pdf.parts.counters import Counts, Tally, carrying, read_tally, start_tally
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.keeping import join_keys, make_part_key, run_kept
from publish.editions.pdf.parts.laying import (
    Setting,
    choose_styles,
    list_elements,
    open_part,
    place_counts,
    without_faults,
)
from publish.editions.pdf.parts.placing import Making
from publish.editions.pdf.parts.stylerules import has_counters
from publish.editions.pdf.standards import choose_standard

__all__ = ["count_parts"]

NONE = Counts(0, (), ())


def count_parts(making: Making) -> Making:
    """Return the same with the counters that parts begin with, if their text may show any.

    They are wrong after a part that begins a counter which the first one does not have.
    """
    setting = making.setting
    split = setting.split
    if not has_counters(setting.source):
        return making
    (front,) = _run(making, [0])
    known: dict[Element, Counts] = {split.main: front.apply(NONE)}
    (first,) = _run(_replace(making, known), [1])
    counts = first.apply(NONE)
    numbers = range(2, split.count)
    assumed = dict.fromkeys(map(split.begin, numbers), start_tally(counts))
    tallies = _run(_replace(making, known | assumed), numbers)
    for number, tally in zip(numbers, tallies, strict=True):
        known[split.begin(number)] = counts
        counts = tally.apply(counts)
    return _replace(making, known)


def _replace(making: Making, counts: dict[Element, Counts]) -> Making:
    return replace(making, setting=replace(making.setting, counts=counts))


def _run(making: Making, numbers: Sequence[int]) -> list[Tally]:
    """Return what these parts do to the counters that they begin with."""
    setting = making.setting
    keys = dict.fromkeys(numbers, "")
    for number in () if making.store is None else numbers:
        around = join_keys(making.shared, setting.split.describe_around(number))
        own = make_part_key(around, list_elements(setting, number, {}), making.images)
        keys[number] = join_keys("counts", own, setting.describe_counts(number))
    return run_kept(making.run, making.store, partial(_count, setting), keys)


def _count(setting: Setting, number: int) -> Tally:
    """Make the boxes of a part, and return what it does to the counters that it begins with."""
    from weasyprint import DEFAULT_OPTIONS, Document  # type: ignore[import-untyped]
    from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]
    from weasyprint.formatting_structure import build  # type: ignore[import-untyped]

    source, styles = setting.source, choose_styles(setting, number)
    part = open_part(setting, number, {})
    standard = choose_standard(source.variant, source.page)
    options = {**DEFAULT_OPTIONS, **standard.options, "stylesheets": list(styles.sheets)}
    with (
        without_faults() as refused,
        carrying(place_counts(setting, part), part.last) as found,
    ):
        html = make_document(part.tree, open_images(source, refused))
        digits = CounterStyle()
        context = Document._build_layout_context(html, styles.fonts, digits, {}, options)
        build.element_to_box(
            html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            html.base_url,
            context.target_collector,
            digits,
            context.footnotes,
        )
    if not found:
        raise WholeNeededError("a part that is not shown")
    return read_tally(found[0])

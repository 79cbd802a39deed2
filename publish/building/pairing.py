"""Join the languages of a document into one text, for two side by side and for all in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from publish.building.preparing import PreparedText
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Materials
from publish.editions.page.twins import name_twin
from publish.model import Edition

__all__ = ["join_languages", "join_texts"]


def join_texts(edition: Edition, texts: Sequence[PreparedText]) -> PreparedText:
    """Return the text of an edition, of the texts in its languages."""
    if edition.further:
        return _gather(texts)
    return join_languages(*texts) if edition.second else texts[0]


def join_languages(first: PreparedText, second: PreparedText) -> PreparedText:
    """Return the first text with the second beside it; both get the later of their two dates."""
    day = max(first.text.revised, second.text.revised)

    def join(one: Manuscript, other: Manuscript) -> Manuscript:
        return replace(one, revised=day, second=replace(other, revised=day))

    marked = (first.marked, second.marked)
    return PreparedText(
        join(first.text, second.text),
        _joined_materials(first, second),
        tuple(dict.fromkeys((*first.warnings, *second.warnings))),
        join(marked[0], marked[1]) if marked[0] and marked[1] else None,
    )


def _gather(texts: Sequence[PreparedText]) -> PreparedText:
    """Return the first text with all others to follow it; all get the latest of their dates."""
    day = max(one.text.revised for one in texts)
    first, *rest = (replace(one.text, revised=day) for one in texts)
    whole = reduce(lambda one, other: replace(one, materials=_joined_materials(one, other)), texts)
    return PreparedText(
        replace(first, further=tuple(rest)),
        whole.materials,
        tuple(dict.fromkeys(found for one in texts for found in one.warnings)),
    )


def _joined_materials(first: PreparedText, second: PreparedText) -> Materials:
    """The first materials with the fonts, images and translator of the second."""
    translators = [half.materials.translator for half in (first, second) if not half.text.original]
    return replace(
        first.materials,
        images=_images(first.materials.images, second.materials.images, second.text.language.tag),
        families=tuple(dict.fromkeys((*first.materials.families, *second.materials.families))),
        own_fonts=tuple(dict.fromkeys((*first.materials.own_fonts, *second.materials.own_fonts))),
        translator=", ".join(dict.fromkeys(filter(None, translators))),
    )


def _images(images: Mapping[str, bytes], others: Mapping[str, bytes], tag: str) -> dict[str, bytes]:
    """Return the images of both; one that differs in the second language is renamed by its tag."""
    twins = {
        name_twin(src, tag): data for src, data in others.items() if images.get(src, data) != data
    }
    return {**others, **images, **twins}

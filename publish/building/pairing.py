"""Join two languages of a document into one text for a bilingual edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from publish.building.preparing import PreparedText
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Materials
from publish.editions.page.twins import name_twin

__all__ = ["join_languages"]


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

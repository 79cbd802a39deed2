"""Parts with the layers that their pages are made of: the text, and heads and feet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from publish.aside import AsideBytes
from publish.editions.pdf.parts.laying import Furniture
from publish.editions.pdf.parts.pagecontents import Inks, Layer
from publish.editions.pdf.parts.placing import PlacedPart
from publish.editions.pdf.parts.recalling import Recalled, recall
from publish.editions.pdf.parts.recording import FontFacts, unpack

__all__ = ["LayeredPart"]


@dataclass(frozen=True, slots=True)
class LayeredPart:
    """A part with heads and feet: its key, what they need, packed, and what they show.

    Text and furniture are a layer each, or both are one: then the part is not settled without.
    `bare` is the key without the numbers that are put in.  What is `recalled` is not opened again.
    """

    part: PlacedPart
    key: str
    bare: str
    furniture: AsideBytes
    open_furniture: Callable[[], Inks]
    recalled: Recalled | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether the text shows numbers, and can be had without."""
        return self.part.numbered and self.part.laid.settled

    def open_letters(self, *, bare: bool = False) -> tuple[list[Layer], list[FontFacts]]:
        """Return what the letters of each layer need, and all fonts; `bare` is without numbers.

        Nobody changes them.
        """
        key = "letters", self.bare if bare else self.key
        return recall(self.recalled, key, partial(self._open_letters, bare=bare))

    def _open_letters(self, *, bare: bool) -> tuple[list[Layer], list[FontFacts]]:
        furniture: Furniture = unpack(self.furniture)
        text = self.part.laid.open_letters() if bare else self.part.open_letters()
        if text.layer is None:
            return [furniture.layer], list(furniture.fonts)
        return [text.layer, furniture.layer], [*text.fonts, *furniture.fonts]

    def open_layers(self, *, bare: bool = False) -> Iterator[tuple[Layer, Inks]]:
        """Yield each layer with what it shows."""
        layers, _ = self.open_letters(bare=bare)
        if self.part.laid.settled:
            yield layers[0], self.part.open_bare() if bare else self.part.open_inks()
        yield layers[-1], self.open_furniture()

"""The findings in a text, by sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from publish.model import Finding, Key
from publish.translation.judging import judge
from publish.translation.loading import Loader
from publish.translation.translation import Translation


class JudgedTexts:
    """The findings in a text."""

    def __init__(self, loader: Loader, translation: Translation) -> None:
        self._take(loader, translation)

    def _take(self, loader: Loader, translation: Translation) -> None:
        self.loader, self.translation = loader, translation
        found: dict[str, list[Finding]] = {}
        for one in judge(loader, translation).findings:
            keys = [key for key in (one.key, *one.covers) if key is not None]
            sids = [sid for key in keys for sid in translation.source.ids.get(key, ())]
            for sid in sids or [""]:
                found.setdefault(sid, []).append(one)
        self._found = {sid: tuple(ones) for sid, ones in found.items()}
        self.state = "draft"

    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        return self._found

    def update(
        self, loader: Loader, translation: Translation, keys: Collection[Key]
    ) -> frozenset[str]:
        before = self._found
        self._take(loader, translation)
        every = before.keys() | self._found.keys()
        return frozenset(sid for sid in every if before.get(sid) != self._found.get(sid))

    def settle(self) -> frozenset[str]:
        return frozenset()

    def typed(self, sid: str, text: str) -> tuple[Finding, ...]:
        return self._found.get(sid, ())

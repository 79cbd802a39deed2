"""Keep what is typed at the desk and not saved yet, so that no crash takes a word of it.

It is kept in `.publish/desk/` of the workspace, which git leaves out, and outlives a lost browser,
a killed desk and a power cut.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publish.errors import PublishError
from publish.project.appending import LineFile, take_over
from publish.project.workspace import Workspace

__all__ = ["Journal", "Typed"]

FOLDER = Path(".publish") / "desk"
MOST = 2 * 1024 * 1024
"""So many bytes of one person are kept: whoever may only propose does not fill the disk, and the
file never gets too large to be taken over."""
SLACK = 256 * 1024
"""So many bytes beyond twice what is needed may a file have before it is written anew."""

Place = tuple[str, str, str, str, str]
"""Who typed, in which document, language and sentence, and in which tab of a browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A text that somebody typed and has not saved.

    `base` is the digest of the entry that they saw, `time` milliseconds since 1970, `tab` the tab
    of their browser: two tabs may have two texts for one sentence.
    """

    person: str
    document: str
    language: str
    id: str
    text: str
    base: str
    time: int
    tab: str = ""

    @property
    def place(self) -> Place:
        return self.person, self.document, self.language, self.id, self.tab


class Journal:
    """What is typed in a workspace and not saved yet.  One thread at a time uses it."""

    def __init__(self, workspace: Workspace, now: Callable[[], float] = time.time) -> None:
        self._folder = workspace.root / FOLDER
        self._now = now
        self._file: LineFile | None = None
        self._typed: dict[Place, Typed] = {}
        self._sizes: dict[Place, int] = {}

    def keep(
        self,
        person: str,
        document: str,
        language: str,
        id: str,
        text: str,
        base: str,
        tab: str = "",
    ) -> Typed:
        """Keep a text in place of the one before it; when this returns, it is on the disk.

        Raises OSError if it cannot be written, and PublishError for a link in its way, or if too
        much of this person is kept already.
        """
        typed = Typed(
            person=person,
            document=document,
            language=language,
            id=id,
            text=text,
            base=base,
            time=int(self._now() * 1000),
            tab=tab,
        )
        line = _write_typed(typed)
        self._refuse_much(typed.place, len(line))
        self._add([line])
        self._typed[typed.place], self._sizes[typed.place] = typed, len(line)
        self._shrink()
        return typed

    def _refuse_much(self, place: Place, size: int) -> None:
        others = (n for one, n in self._sizes.items() if one[0] == place[0] and one != place)
        if size + sum(others) > MOST:
            raise PublishError(
                "so much is typed and not saved that no more can be kept here",
                hint="save or drop some of it",
                code="desk-limit",
            )

    def settle(self, person: str, document: str, language: str, id: str, tab: str = "") -> None:
        """Forget a text, since it was saved or is not wanted; with no tab, those of all tabs."""
        self._take_over()
        places = [
            place
            for place in self._typed
            if place[:4] == (person, document, language, id) and tab in ("", place[4])
        ]
        if places:
            # Nobody waits for the disk: after a power cut, what was saved is offered once more.
            self._add([json.dumps({"settled": place}).encode() for place in places], sync=False)
            for place in places:
                del self._typed[place], self._sizes[place]
            self._shrink()

    def pending(self, person: str | None = None) -> tuple[Typed, ...]:
        """Return what is not saved, of one person or of all, in the order in which it was typed."""
        self._take_over()
        found = sorted(self._typed.values(), key=lambda typed: typed.time)
        return tuple(typed for typed in found if person in (None, typed.person))

    def close(self) -> None:
        """End; what is not saved stays for the next desk."""
        if self._file is not None:
            (self._file.close if self._typed else self._file.remove)()
            self._file = None

    # ---- the file

    def _add(self, lines: Iterable[bytes], *, sync: bool = True) -> None:
        if self._file is not None and not self._file.is_there():
            self._file.close()
            self._file = None
        if self._file is None:
            self._file = LineFile(self._folder)
            self._file.add(map(_write_typed, self._typed.values()))
        self._file.add(lines, sync=sync)

    def _take_over(self) -> None:
        """Take over what desks before this one left; what a running one has stays its own."""
        own = self._file.path if self._file is not None else None
        for lines in take_over(self._folder, own):
            newer = {
                place: typed
                for place, typed in _read_lines(lines).items()
                if place not in self._typed or self._typed[place].time <= typed.time
            }
            # An older text must not be written after a newer one: the last line counts.
            self._add(map(_write_typed, newer.values()))
            self._typed |= newer
            self._sizes |= {place: len(_write_typed(typed)) for place, typed in newer.items()}

    def _shrink(self) -> None:
        """Write what is needed into a new file, where most of the old one is not."""
        assert self._file is not None
        if self._file.size < SLACK:
            return
        lines = [_write_typed(typed) for typed in self._typed.values()]
        if self._file.size > SLACK + 2 * sum(map(len, lines)):
            old, self._file = self._file, LineFile(self._folder)
            self._file.add(lines)
            old.remove()


def _write_typed(typed: Typed) -> bytes:
    return json.dumps({"typed": asdict(typed)}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _read_lines(lines: Iterable[bytes]) -> dict[Place, Typed]:
    """Return what is not settled at the end; what is no line of a journal is passed over."""
    found: dict[Place, Typed] = {}
    for line in lines:
        match _parse(line):
            case {"typed": {**fields}} if typed := _read_typed(fields):
                found[typed.place] = typed
            case {"settled": [str(who), str(document), str(language), str(id), str(tab)]}:
                found.pop((who, document, language, id, tab), None)
            case _:
                continue
    return found


def _read_typed(fields: dict[Any, Any]) -> Typed | None:
    texts = [value for name, value in fields.items() if name != "time"]
    if not all(isinstance(one, str) for one in texts) or type(fields.get("time")) is not int:
        return None
    try:
        return Typed(**fields)
    except TypeError:
        return None


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None

"""The real pages of a PDF, as pictures with the place of every sentence, in a process of their own.

Pages are those of the edition to the last pixel.  Laying out a book takes long, so nobody waits for
it: `PdfPages.refresh` only asks, and `PdfPages.state` has what was finished last.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from publish.actions.desk.pdf.messages import (
    Answer,
    Draw,
    Drawn,
    LaidPages,
    LayOut,
    Order,
    PaintedPages,
)
from publish.actions.desk.pdf.process import run_process
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.editions.pdf.shown.pageimages import PICTURE_TYPE, WIDEST
from publish.editions.pdf.shown.unitboxes import Box
from publish.errors import BuildError, UsageError

__all__ = ["PICTURE_TYPE", "Box", "PdfPages", "PdfState", "find_sentence"]

PICTURE_SECONDS = 60.0
"""How long a picture of a page may take."""

KEPT_BYTES = 12_000_000
"""How many bytes of pictures are kept."""

GOODBYE = 2.0
"""How many seconds a process has to end by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfState:
    """The pages of a PDF, as they were finished last.

    `version` grows with every change of the others.  `pages` are their sizes in points, `digests`
    what tells whether the picture of a page has changed.  `boxes` has the place of every sentence
    by its id; the first box is the place in the text.  The `unseen` ones are only in the
    properties of the file, as keywords are; their box is that of the imprint, or of the cover.
    `error` says why the newest text could not be laid out; the pages are the last good ones then.
    With `busy`, newer pages are being made.  `memory` is that of the process, in bytes.
    """

    version: int = 0
    pages: tuple[tuple[float, float], ...] = ()
    boxes: Mapping[str, tuple[Box, ...]] = field(default_factory=dict)
    error: str = ""
    digests: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()
    busy: bool = False
    memory: int = 0


@dataclass(frozen=True, slots=True)
class _Child:
    """The process, and the pipe to it."""

    process: BaseProcess
    pipe: Connection


class PdfPages:
    """The pages of one document in a language, or in two (`en+ru`); methods are for any thread.

    The process starts when it is needed first, again if it crashed, and ends with this one.
    `told` is called, in another thread, after each change of the state.
    """

    def __init__(
        self,
        root: Path,
        document: str,
        tag: str,
        *,
        limits: EditionLimits = EDITION_LIMITS,
        told: Callable[[], None] | None = None,
    ) -> None:
        self._text = (root, document, tag, limits)
        self._limits = limits
        self._told = told
        self._news = threading.Condition()
        self._state = PdfState()
        self._asked = self._done = 0
        self._painted: tuple[PaintedPages, ...] = ()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._drawing: dict[tuple[str, int], Future[bytes]] = {}
        self._orders: deque[Draw] = deque()
        self._closing = self._stuck = False
        self._thread: threading.Thread | None = None
        self._hears, self._wakes = Pipe(duplex=False)
        # The rest belongs to the thread alone.
        self._child: _Child | None = None
        self._begun = 0
        self._deadline = 0.0
        self._lost: set[tuple[str, int]] = set()

    # ----------------------------------------------------------------------- what others call

    def refresh(self) -> None:
        """Lay out what is on disk now; asked again while busy, only the newest is done."""
        with self._news:
            self._asked += not self._closing
        self._wake()

    def state(self) -> PdfState:
        """Return the newest finished pages; never blocks."""
        with self._news:
            return replace(self._state, busy=self._asked > self._done)

    def await_state(self, seconds: float) -> PdfState:
        """Return the state as soon as nothing is being laid out, or after some seconds."""
        with self._news:
            self._news.wait_for(lambda: self._asked == self._done, seconds)
        return self.state()

    def picture(self, page: int, width: int) -> bytes:
        """Return the picture of a page, its number from 0, so many pixels wide.

        Its media type is PICTURE_TYPE.  Raises UsageError for a page that is not there, and
        BuildError if it cannot be drawn.
        """
        tried = ""
        while True:
            with self._news:
                digests = self._state.digests
                if not 0 <= page < len(digests):
                    raise UsageError(f"there is no page {page + 1}")
                if digests[page] == tried or self._closing:
                    raise BuildError(f"page {page + 1} cannot be drawn", hint="reload the page")
                tried = digests[page]  # While it was drawn, a newer one may have replaced it.
                key = (tried, min(max(width, 1), WIDEST))
                if key in self._pictures:
                    self._pictures.move_to_end(key)
                    return self._pictures[key]
            if found := self._draw(key):
                return found

    def _draw(self, key: tuple[str, int]) -> bytes:
        """Return a picture from the process; empty if it cannot be drawn."""
        with self._news:
            waiting = self._drawing.get(key)
            if waiting is None:
                waiting = self._drawing[key] = Future()
                self._orders.append(Draw(*key))
        self._wake()
        try:
            return waiting.result(PICTURE_SECONDS)
        except WaitError:
            self._stuck = True
            self._wake()
            return b""

    def find(self, page: int, x: float, y: float) -> str:
        """Return the sentence at a point of a page, in shares of its size, or the nearest one.

        It is empty on a page without sentences.
        """
        return find_sentence(self.state(), page, x, y)

    def close(self) -> None:
        """End the process; the state stays as it is."""
        with self._news:
            self._closing, thread = True, self._thread
        if thread is not None:
            self._wake()
            thread.join(3 * GOODBYE)

    def _wake(self) -> None:
        """Tell the thread that there is something to do; starts it the first time."""
        with self._news:
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            if self._thread is not None and not self._hears.closed:
                self._wakes.send_bytes(b"!")

    # ----------------------------------------------------------------------- in the thread

    def _run(self) -> None:
        """Send orders and take answers until this is closed."""
        try:
            while not self._closing:
                self._send_orders()
                self._take_answers()
        finally:
            self._end_child()
            with self._news:
                waiting, self._done = list(self._drawing.values()), self._asked
                self._drawing.clear()
                self._hears.close()
                self._wakes.close()
                self._news.notify_all()
            for one in waiting:
                one.set_result(b"")

    def _take_answers(self) -> None:
        """Wait for an answer, an order or the deadline, whatever is first."""
        child, left = self._child, None
        if self._begun > self._done:
            left = max(0.0, self._deadline - time.monotonic())
        found = wait([self._hears, *([child.pipe] if child else [])], left)
        if self._hears in found:
            while self._hears.poll():
                self._hears.recv_bytes()
        if child is not None and child.pipe in found:
            try:
                answer: Answer = child.pipe.recv()
            except (EOFError, OSError):
                self._bury()
            else:
                self._take(answer)
        elif self._stuck:
            self._stuck = False
            self._fail("The process that draws the pages hung and was stopped.")
        elif self._begun > self._done and time.monotonic() >= self._deadline:
            self._fail(
                f"These pages take longer than {round(self._limits.time, 2):g} seconds. Look for a"
                " huge table or image, or deeply nested lists and quotations."
            )

    def _send_orders(self) -> None:
        with self._news:
            draws = list(self._orders)
            self._orders.clear()
            asked = self._asked
        orders: list[Order] = [*draws]
        if asked > self._done and self._begun <= self._done:
            self._begun = asked
            self._deadline = time.monotonic() + self._limits.time
            orders.append(LayOut(asked))
        if not orders:
            return
        if self._child is None:
            self._child = self._start()
            orders = [*self._painted, *orders]
        with suppress(OSError):  # `_bury` reports a process that has died.
            for order in orders:
                self._child.pipe.send(order)

    def _start(self) -> _Child:
        """Start the process: spawned, since this one has threads."""
        context = get_context("spawn")
        pipe, far_end = context.Pipe()
        given = (far_end, os.getpid(), *self._text)
        process = context.Process(target=run_process, args=given, daemon=True)
        process.start()
        far_end.close()
        return _Child(process, pipe)

    def _take(self, answer: Answer) -> None:
        if isinstance(answer, Drawn):
            self._keep_picture(answer)
            return
        with self._news:
            self._done = answer.number
            self._state = self._changed(answer)
            self._news.notify_all()
        if self._told is not None:
            with suppress(RuntimeError):  # whoever wanted to know has ended
                self._told()

    def _changed(self, answer: LaidPages) -> PdfState:
        version, made = self._state.version + 1, answer.pages
        if made is None:
            return replace(self._state, version=version, error=answer.error, memory=answer.memory)
        painted = (*self._painted, PaintedPages(made.painted, made.new))
        shown = set(made.digests)
        self._painted = tuple(one for one in painted if shown & set(one.digests))
        return PdfState(
            version=version,
            pages=made.sizes,
            boxes=made.boxes,
            digests=made.digests,
            unseen=made.unseen,
            memory=answer.memory,
        )

    def _keep_picture(self, drawn: Drawn) -> None:
        key = (drawn.digest, drawn.width)
        self._lost.discard(key)
        with self._news:
            waiting = self._drawing.pop(key, None)
            if drawn.picture:
                self._pictures[key] = drawn.picture
            while sum(map(len, self._pictures.values())) > KEPT_BYTES:
                self._pictures.popitem(last=False)
        if waiting is not None:
            waiting.set_result(drawn.picture)

    def _bury(self) -> None:
        """Note that the process has ended; what it was drawing is drawn by the next."""
        busy = self._begun > self._done
        code = self._end_child()
        if busy:
            self._publish_error(
                f"The process that lays out the pages died (exit code {code}). It may have run out"
                " of memory. The next change starts it again."
            )
        with self._news:
            again = [key for key in self._drawing if key not in self._lost]
            failed = [key for key in self._drawing if key in self._lost]
            self._orders = deque(Draw(*key) for key in again)
        self._lost.update(again)
        for key in failed:
            self._keep_picture(Drawn(*key, b""))

    def _fail(self, error: str) -> None:
        """End the process, since it takes too long."""
        self._end_child()
        self._publish_error(error)
        with self._news:
            drawn = list(self._drawing)
        for key in drawn:
            self._keep_picture(Drawn(*key, b""))

    def _publish_error(self, error: str) -> None:
        self._take(LaidPages(self._begun, None, error, 0))

    def _end_child(self) -> int | None:
        """End the process if there is one, and return its exit code."""
        child, self._child = self._child, None
        if child is None:
            return None
        child.pipe.close()
        child.process.join(GOODBYE if self._closing else 0.1)
        child.process.kill()
        child.process.join()
        return child.process.exitcode


def find_sentence(state: PdfState, page: int, x: float, y: float) -> str:
    """Return the sentence at a point of a page: see `PdfPages.find`."""
    if not 0 <= page < len(state.pages):
        return ""
    across, down = state.pages[page]
    found = (
        (_measure(box, x, y, across, down), name)
        for name, boxes in state.boxes.items()
        if name not in state.unseen
        for box in boxes
        if box.page == page
    )
    return min(found, default=((0.0, 0.0), ""))[1]


def _measure(box: Box, x: float, y: float, across: float, down: float) -> tuple[float, float]:
    """Return how far a point is from a box, in points, and the size of the box."""
    aside = max(box.x - x, x - box.x - box.width, 0.0) * across
    above = max(box.y - y, y - box.y - box.height, 0.0) * down
    return (aside**2 + above**2) ** 0.5, box.width * box.height

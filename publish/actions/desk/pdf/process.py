"""The process that lays out the pages of one text and draws them, with the renderer loaded.

Two threads share it.  The main one lays out, which may take long; the other takes orders and draws,
so that pages are seen meanwhile.  It ends as soon as the pipe to its parent closes, however the
parent ended.  What lays out is imported with the first order to do so: a process that only draws
is small.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, assert_never

from publish.actions.desk.pdf.messages import (
    Answer,
    Draw,
    Drawn,
    LaidPages,
    LayOut,
    Order,
    PaintedPages,
)
from publish.building.editionlimits import EditionLimits
from publish.building.limits import COLLECTING, limit_this_process
from publish.editions.pdf.shown.pageimages import draw_page, open_pages
from publish.errors import PublishError
from publish.files import temporary_folder
from publish.garbage import set_objects_aside
from publish.reading.faults import list_faults

if TYPE_CHECKING:
    from publish.building.draftpages import Drafts

__all__ = ["explain_error", "run_process"]

LOOKS = 1.0
"""How many seconds pass between two looks at whether the parent is still there."""

TOLD = 5
"""How many faults of a text an error names."""

IDLE = 1.0
"""After so many seconds without an order to lay out, memory is tidied; pictures come before."""

RESTING = 0.05
"""With more than this share of its memory limit, an idle process ends; the next one is small.
It is 200 MiB of the usual limit."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The painted pages by their digest, as an open PDF and a number in it.

    PDFium does one thing at a time: `lock` is held for all it does.
    """

    pages: dict[str, tuple[Any, int]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, painted: PaintedPages) -> None:
        """Put pages on the shelf."""
        with self.lock:
            opened = open_pages(painted.pdf)
            for number, digest in enumerate(painted.digests):
                self.pages[digest] = (opened, number)

    def keep(self, digests: frozenset[str]) -> None:
        """Take away all other pages."""
        with self.lock:
            gone = [self.pages.pop(one)[0] for one in self.pages.keys() - digests]
            used = {id(opened) for opened, _ in self.pages.values()}
            for opened in {id(one): one for one in gone if id(one) not in used}.values():
                opened.close()

    def draw(self, order: Draw) -> bytes:
        """Return the picture of a page, empty if it cannot be drawn."""
        with self.lock:
            if order.digest not in self.pages:
                return b""
            opened, number = self.pages[order.digest]
            try:
                return draw_page(opened, number, order.width)
            except (MemoryError, RuntimeError, ValueError):
                return b""


@dataclass(frozen=True, slots=True)
class _Line:
    """The pipe to the parent, for two threads that answer."""

    pipe: Connection
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, answer: Answer) -> None:
        with self.lock, suppress(OSError):  # If the parent is gone, this process soon ends.
            self.pipe.send(answer)


def run_process(
    pipe: Connection, parent: int, root: Path, document: str, tag: str, limits: EditionLimits
) -> None:
    """Do what comes through a pipe until it closes; `parent` is the id of the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent.
    limit_this_process(limits)
    with ExitStack() as stack:
        tempfile.tempdir = str(stack.enter_context(temporary_folder()))
        waiting: SimpleQueue[LayOut] = SimpleQueue()
        line, shelf = _Line(pipe), _Shelf()
        listening = (line, parent, waiting, shelf, stack)
        threading.Thread(target=_listen, args=listening, daemon=True).start()
        idle: float | None = None
        while True:
            try:
                order = waiting.get(timeout=idle)
            except Empty:
                if _measure_memory(tidy=True) > limits.memory * RESTING:
                    _leave(stack)
                idle = None
                continue
            limit_this_process(limits, editions=1)
            line.answer(_lay_out(order, shelf, root, document, tag, limits))
            idle = IDLE


@cache
def _load() -> None:
    """Load the renderer, once; what is loaded is never garbage."""
    from publish.building import draftpages  # noqa: F401
    from publish.editions.pdf.rendering import warm_up

    warm_up()
    set_objects_aside()
    gc.set_threshold(*COLLECTING)


@cache
def _open_drafts(root: Path, document: str, tag: str) -> Drafts:
    """Return the pages of the one text of this process."""
    from publish.building.draftpages import Drafts

    return Drafts(root, document, tag)


def _listen(
    line: _Line, parent: int, waiting: SimpleQueue[LayOut], shelf: _Shelf, stack: ExitStack
) -> None:
    """Take orders, and end this process when there will be none."""
    try:
        while True:
            while not line.pipe.poll(LOOKS):
                if os.getppid() != parent:
                    return
            order: Order = line.pipe.recv()
            match order:
                case LayOut():
                    waiting.put(order)
                case Draw(digest, width):
                    line.answer(Drawn(digest, width, shelf.draw(order)))
                case PaintedPages():
                    shelf.add(order)
                case _:
                    assert_never(order)
    except (EOFError, OSError):
        return
    finally:
        _leave(stack)


def _leave(stack: ExitStack) -> None:
    """End this process at once, whatever it does, without its temporary files."""
    with suppress(Exception):
        stack.close()
    os._exit(0)


def _lay_out(
    order: LayOut, shelf: _Shelf, root: Path, document: str, tag: str, limits: EditionLimits
) -> LaidPages:
    pages, error = None, ""
    try:
        _load()
        pages = _open_drafts(root, document, tag).lay_out(frozenset(shelf.pages))
        if pages.new:
            shelf.add(PaintedPages(pages.painted, pages.new))
        shelf.keep(frozenset(pages.digests))
    except MemoryError:
        error = _explain_memory(limits)
    except PublishError as fault:
        error = explain_error(fault, root)
    except Exception as fault:
        from publish.building.tasks import wrap_fault

        error = explain_error(wrap_fault(fault), root)
    return LaidPages(order.number, pages, error, _measure_memory())


def _explain_memory(limits: EditionLimits) -> str:
    """Return what is wrong with a text that takes too much memory."""
    return (
        f"These pages take more than {limits.memory >> 20} MiB of memory. Make huge images and"
        " tables smaller."
    )


def explain_error(error: PublishError, root: Path) -> str:
    """Return an error in words, with the faults it carries; paths are those in the workspace."""
    faults = list_faults(error)
    lines = [
        f"{fault.span.file}:{fault.span.first}: {fault.message}" if fault.span else fault.message
        for fault in faults[:TOLD]
    ]
    more = len(faults) - TOLD
    lines += [f"and {more} more"] if more > 0 else []
    lines += [error.hint] if error.hint else []
    told = "\n".join(lines)
    for folder in (root, root.resolve()):
        told = told.replace(f"{folder}{os.sep}", "")
    return told


def _measure_memory(*, tidy: bool = False) -> int:
    """Return how much memory this process uses now, in bytes; 0 where it is not known.

    With `tidy`, what is free is given back first.
    """
    if tidy:
        set_objects_aside()
    if sys.platform != "linux":
        return 0
    if tidy:
        with suppress(AttributeError):  # only glibc has it
            ctypes.CDLL(None).malloc_trim(0)
    resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(resident) * os.sysconf("SC_PAGE_SIZE")

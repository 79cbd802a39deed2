"""The process behind the pages of a PDF: what it shows, what it survives, and that it ends."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from examples import first
from PIL import Image
from unitplaces import NAME, make_workspace

from publish.actions.desk.pdf.pages import PICTURE_TYPE, Box, PdfPages, PdfState, find_sentence
from publish.actions.desk.pdf.process import explain_error
from publish.building.draftpages import lay_out_draft
from publish.building.editionlimits import EditionLimits
from publish.errors import FindingsError, UsageError
from publish.model import Finding, Level, Span

SOURCE = """---
title: A title
keywords: [kept apart]
---

# One

The first sentence. The second sentence.

# Two

The third sentence.
"""
SECONDS = 120.0
"""How long a test waits at most; it fails then."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, SOURCE, ("en", "ru"), 'form = "report"\n')


@pytest.fixture
def pages(root: Path) -> Iterator[PdfPages]:
    made = PdfPages(root, NAME, "en")
    yield made
    made.close()


def refreshed(pages: PdfPages) -> PdfState:
    pages.refresh()
    state = pages.await_state(SECONDS)
    assert not state.busy
    return state


def rewrite(root: Path, old: str, new: str) -> None:
    path = root / f"source/{NAME}.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def child(pages: PdfPages) -> int:
    assert pages._child is not None
    assert pages._child.process.pid is not None
    return pages._child.process.pid


def await_true(found: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not found():
        assert time.monotonic() < end
        time.sleep(0.02)


def middle(box: Box) -> tuple[int, float, float]:
    return box.page, box.x + box.width / 2, box.y + box.height / 2


def test_pages_follow_what_is_on_disk(root: Path, pages: PdfPages) -> None:
    assert pages.state() == PdfState()
    with pytest.raises(UsageError):
        pages.picture(0, 300)
    begun = refreshed(pages)
    assert (begun.version, begun.error) == (1, "")
    assert len(begun.pages) == len(begun.digests) == 5  # cover, imprint, contents, two chapters
    assert begun.memory > 1 << 20 or sys.platform != "linux"
    shown = [pages.picture(number, 300) for number in range(5)]
    assert Image.open(io.BytesIO(shown[3])).size == (300, 425)
    assert PICTURE_TYPE == "image/webp"
    # A change of one page leaves the others, and a text with a fault leaves all.
    rewrite(root, "third", "changed")
    second = refreshed(pages)
    assert [a == b for a, b in zip(begun.digests, second.digests, strict=True)] == [True] * 4 + [
        False
    ]
    assert pages.picture(4, 300) != shown[4]
    assert [pages.picture(number, 300) for number in range(4)] == shown[:4]
    rewrite(root, "# One", "# One [^none]")
    wrong = refreshed(pages)
    assert wrong.error.startswith(f"source/{NAME}.md:6: ")
    assert str(root) not in wrong.error
    assert (wrong.version, wrong.digests, wrong.boxes) == (3, second.digests, second.boxes)
    assert pages.picture(4, 310)
    rewrite(root, " [^none]", "")
    assert (refreshed(pages).error, pages.state().version) == ("", 4)
    # The process dies: pages are still drawn, and the next text is laid out.
    killed = child(pages)
    os.kill(killed, signal.SIGKILL)
    assert pages.picture(4, 320)
    rewrite(root, "changed", "third")
    last = refreshed(pages)
    assert (last.error, last.digests) == ("", begun.digests)
    assert child(pages) != killed


def check_clicks(root: Path, name: str, tag: str) -> PdfState:
    """A click into any box of a sentence finds it, but for one that is on no page."""
    made = lay_out_draft(root, name, tag)
    state = PdfState(pages=made.sizes, boxes=made.boxes, unseen=made.unseen)
    for one, boxes in state.boxes.items():
        for box in boxes:
            assert (find_sentence(state, *middle(box)) == one) == (one not in state.unseen)
    assert state.unseen
    return state


def test_a_click_finds_the_sentence_there_or_the_nearest(root: Path) -> None:
    state = check_clicks(root, NAME, "en")
    last = max(state.boxes, key=lambda one: middle(state.boxes[one][0])[::2])
    page, _, y = middle(state.boxes[last][0])
    assert find_sentence(state, page, 0.999, y) == find_sentence(state, page, 0.001, y) == last
    assert find_sentence(state, page, 0.5, 0.99) == last
    assert find_sentence(state, 99, 0.5, 0.5) == find_sentence(PdfState(), 0, 0.5, 0.5) == ""


@pytest.mark.full
@pytest.mark.parametrize("tag", ["en", "ru", "tk"])
def test_a_click_finds_every_sentence_of_the_report(repository: Path, tag: str) -> None:
    assert len(check_clicks(repository, "tip-2024-turkmenistan", tag).boxes) > 100


def test_an_error_has_its_faults_and_no_path_of_the_machine(root: Path) -> None:
    faults = [
        Finding(
            code="x",
            level=Level.ERROR,
            message=f"fault {number}",
            span=Span("source/text.md", number, number),
        )
        for number in range(1, 8)
    ]
    error = FindingsError(f"{root}/source is wrong", faults, f"look at {root}/source")
    told = explain_error(error, root).splitlines()
    assert told[0] == "source/text.md:1: fault 1"
    assert told[-2:] == ["and 3 more", "look at source"]
    assert len(told) == 7


@pytest.mark.full
def test_asked_again_while_busy_only_the_newest_is_done(root: Path, pages: PdfPages) -> None:
    refreshed(pages)
    told = pages.state().version
    for number in range(5):
        rewrite(root, f"third{'!' * number}", f"third{'!' * (number + 1)}")
        pages.refresh()
        assert pages.state().busy
    state = pages.await_state(SECONDS)
    assert told < state.version <= told + 2
    rewrite(root, "!!!!!", "")
    assert refreshed(pages).digests != state.digests


@pytest.mark.full
def test_what_takes_too_long_or_too_much_is_stopped(root: Path) -> None:
    words = {
        EditionLimits(seconds=0.05, memory=4 << 30): "longer than 0.05 seconds",
        EditionLimits(seconds=60, memory=220 << 20): "memory",
    }
    for limits, expected in words.items():
        pages = PdfPages(root, NAME, "en", limits=limits)
        try:
            assert expected in refreshed(pages).error
            assert pages.state().pages == ()
        finally:
            pages.close()


@pytest.mark.full
def test_a_process_with_much_memory_ends_when_idle_and_pages_stay(root: Path) -> None:
    pages = PdfPages(root, NAME, "en", limits=EditionLimits(seconds=300, memory=1 << 30))
    try:
        state, begun = refreshed(pages), child(pages)
        await_true(lambda: not lives(begun))
        assert pages.picture(3, 300)
        assert pages.state() == state
        assert child(pages) != begun
        rewrite(root, "third", "changed")
        assert refreshed(pages).version == 2
    finally:
        pages.close()


@pytest.mark.full
def test_a_process_that_dies_at_work_is_told_and_replaced(root: Path, pages: PdfPages) -> None:
    refreshed(pages)
    pages.refresh()
    os.kill(child(pages), signal.SIGKILL)
    state = pages.await_state(SECONDS)
    assert "died (exit code -9)" in state.error
    assert len(state.pages) == 5
    assert refreshed(pages).error == ""


def test_after_its_end_nothing_is_drawn_and_nothing_hangs(root: Path) -> None:
    pages = PdfPages(root, NAME, "en")
    pages.close()
    pages.refresh()
    assert pages.state() == PdfState()
    pages.close()


PARENT = """
import os, sys, time
from pathlib import Path
from publish.actions.desk.pdf.pages import PdfPages
if __name__ == "__main__":
    pages = PdfPages(Path(sys.argv[1]), sys.argv[2], "en")
    pages.refresh()
    if sys.argv[3] == "rest":
        pages.await_state(100)
    while pages._child is None:
        time.sleep(0.01)
    print(pages._child.process.pid, flush=True)
    if sys.argv[3] == "held" and not os.fork():  # as a worker of a build: it has the same pipes
        print(os.getpid(), flush=True)
    time.sleep(100)
"""


def lives(process: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("when", first(["work", "rest", "held"], 1))
def test_no_process_outlives_a_parent_that_was_killed(
    root: Path, tmp_path: Path, when: str
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    parent = subprocess.Popen(
        [sys.executable, str(script), str(root), NAME, when],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert parent.stdout is not None
    process = int(parent.stdout.readline())
    other = int(parent.stdout.readline()) if when == "held" else 0
    assert lives(process)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    await_true(lambda: not lives(process))
    if other:
        assert lives(other)
        os.kill(other, signal.SIGKILL)
    assert list(temporary.iterdir()) == []

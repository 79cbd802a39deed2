"""Whose turn it is: a save goes before all else, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import deskserver
import pytest
from deskserver import Served, read_reply, serve_desk

import publish.desk.work as work
from publish.desk.calls import Call, Route
from publish.desk.routes import ROUTES
from publish.desk.work import Busy, Urgency, Worker


class Blocked:
    """A worker that does one job until it is let go, and what was done after it."""

    def __init__(self) -> None:
        self.worker, self.done = Worker(), list[str]()
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.worker.submit(self._hold)
        assert self.begun.wait(20)

    def _hold(self) -> None:
        self.begun.set()
        self.let_go.wait(20)

    def submit(self, name: str, urgency: Urgency) -> None:
        self.worker.submit(lambda: self.done.append(name), urgency)

    def finish(self) -> list[str]:
        self.let_go.set()
        assert self.worker.close(20)
        return self.done


@pytest.fixture
def blocked() -> Iterator[Blocked]:
    made = Blocked()
    yield made
    made.finish()


def test_what_is_waited_for_most_is_done_first(blocked: Blocked) -> None:
    for urgency in ("later", "soon", "now"):
        blocked.submit(f"first {urgency}", urgency)
        blocked.submit(f"second {urgency}", urgency)
    expected = [
        f"{n} {urgency}" for urgency in ("now", "soon", "later") for n in ("first", "second")
    ]
    assert blocked.finish() == expected


def test_nobody_is_kept_waiting_for_ever(blocked: Blocked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "PATIENCE", {"now": 0.0, "later": 0.001})
    blocked.submit("a look", "later")
    time.sleep(0.01)
    blocked.submit("a save", "now")
    assert blocked.finish() == ["a look", "a save"]


def test_nothing_begins_until_the_answer_of_a_save_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """But another save does."""
    monkeypatch.setattr(work, "ANSWERED", 20.0)
    worker, begun = Worker(), threading.Event()
    worker.submit(lambda: None, "now").result(20)
    worker.submit(begun.set, "soon")
    assert worker.submit(lambda: "saved", "now").result(20) == "saved"
    assert not begun.wait(0.2)
    worker.go_on()
    assert begun.wait(20)
    assert worker.close(20)


def test_an_answer_that_is_never_written_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "ANSWERED", 0.02)
    worker = Worker()
    worker.submit(lambda: None, "now").result(20)
    assert worker.submit(lambda: "read", "later").result(20) == "read"


def test_too_many_jobs_are_refused(blocked: Blocked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "MOST", 2)
    blocked.submit("one", "soon")
    blocked.submit("two", "later")
    with pytest.raises(Busy):
        blocked.submit("three", "now")
    assert blocked.finish() == ["one", "two"]


def test_a_fault_of_a_job_is_told_and_the_next_is_done() -> None:
    worker = Worker()
    with pytest.raises(ZeroDivisionError):
        asyncio.run(worker.run(lambda: 1 / 0, "now"))
    assert asyncio.run(worker.run(lambda: 7)) == 7


def test_what_writes_about_a_text_is_done_in_the_order_in_which_it_is_asked() -> None:
    """Or what was typed before a save would be kept after it as not saved."""
    writes = {route.path for route in ROUTES if route.method == "POST" and not route.aside}
    urgent = {route.path for route in ROUTES if route.urgent}
    assert {"/api/typed", "/api/typed/drop", "/api/save"} <= writes
    assert urgent == writes


# --------------------------------------------------------------------------- over a server


def test_a_save_goes_first_and_what_nobody_waits_for_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[str] = []
    begun, let_go = threading.Event(), threading.Event()

    def hold(call: Call) -> dict[str, str]:
        begun.set()
        assert let_go.wait(20)
        return {"secret": call.secret}

    def note(call: Call) -> dict[str, str]:
        came.append(call.word("name"))
        return {"secret": call.secret}

    routes = (
        *deskserver.example_routes(Served(tmp_path))[:2],
        Route("GET", "/api/hold", "read", hold),
        Route("GET", "/api/note", "read", note),
        Route("POST", "/api/save", "read", note, urgent=True),
    )
    monkeypatch.setattr(deskserver, "example_routes", lambda _: routes)
    monkeypatch.setattr(work, "PATIENCE", {**work.PATIENCE, "later": 60.0})
    with serve_desk(tmp_path) as desk, ExitStack() as asked:
        browser = desk.browser()

        def send(target: str, method: str = "GET") -> socket.socket:
            one = asked.enter_context(browser.connect())
            headers: dict[str, str | None] = {"Content-Length": "2"} if method == "POST" else {}
            one.sendall(browser.head(method, target, headers) + (b"{}" if headers else b""))
            time.sleep(0.1)  # It has to arrive; nothing is read before the end.
            return one

        send("/api/hold")
        assert begun.wait(20)
        ahead = send("/api/note?name=ahead&ahead=1")
        send("/api/note?name=given up&ahead=1".replace(" ", "%20")).close()
        time.sleep(0.1)
        read = send("/api/note?name=read")
        saved = send("/api/save?name=saved", "POST")
        let_go.set()
        assert [read_reply(one).status for one in (saved, read, ahead)] == [200, 200, 200]
        assert browser.ask("/api/note?name=last&ahead=1").status == 200
    # The next request of a person is asked when the one before is answered: perhaps after "ahead".
    assert came in (["saved", "read", "ahead", "last"], ["saved", "ahead", "read", "last"])

"""A served desk that is killed at any moment: nothing that it took is lost, no file is torn."""

from __future__ import annotations

import multiprocessing
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import polib
import pytest
from deskserver import Browser
from releasecases import series

from publish.actions.desk.journal import Journal
from publish.desk.serving import ServeOptions, Serving, serve_workspace
from publish.project.workspace import open_workspace

LOADED = ("app", "opened", "opening", "routes", "servers", "serving")
"""Modules that every one of the processes would have to load anew."""
CATALOG = "locales/ru/LC_MESSAGES/alpha.po"


def serve_here(root: Path, said: Connection) -> None:
    """Serve a workspace, and say at which address."""

    def ready(serving: Serving) -> None:
        said.send(serving.new_address())

    serve_workspace(open_workspace(root), ServeOptions(port=0), ready=ready, tell=lambda _: None)


@contextmanager
def served(root: Path) -> Iterator[tuple[Any, Browser]]:
    """A process that serves a workspace, and a browser that is in."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([f"publish.desk.{name}" for name in LOADED])
    said, saying = context.Pipe(duplex=False)
    process = context.Process(target=serve_here, args=(root, saying))
    process.start()
    try:
        place, _, token = said.recv().partition("/start#")
        browser = Browser(int(place.rpartition(":")[2]))
        reply = browser.write("/start", {"token": token})
        browser.cookie = reply.header("set-cookie").partition(";")[0]
        page = browser.ask("/").body.decode()
        browser.secret = page.partition('name="desk-token" content="')[2].partition('"')[0]
        yield process, browser
    finally:
        process.kill()
        process.join()


class Translator:
    """Somebody who types and saves; remembers what the desk said it has."""

    def __init__(self) -> None:
        self.number = 0
        self.typed: dict[str, str] = {}
        self.saved: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.last = ("", "")
        """The sentence and the text of the request that has no answer yet, if it is a write."""

    def work(self, browser: Browser, sentences: int, then: Callable[[], None]) -> None:
        """Type and save until the desk is gone; call `then` after some sentences."""
        rows = browser.ask("/api/text/alpha/ru").json["rows"]
        self.ids = {row["id"]: row["source"] for row in rows if row["source"] in WORDS}
        assert len(self.ids) == len(WORDS)
        while True:
            for id, source in self.ids.items():
                if sentences == 0:
                    then()
                sentences -= 1
                self.last = ("", "")
                details = browser.ask(f"/api/sentence/alpha/ru/{id}")
                if details.status != 200:
                    return
                self.number += 1
                text = f"Слово {self.number}" + "." * source.endswith(".")
                told = {"document": "alpha", "language": "ru", "id": id, "text": text}
                told["base"] = details.json["digest"]
                self.last = (source, text)
                reply = browser.write("/api/typed", told)
                if reply.status != 200:
                    return
                self.typed[source] = text
                if self.number % 2:
                    reply = browser.write("/api/save", told)
                    if reply.status != 200:
                        return
                    self.saved[source] = text
                    del self.typed[source]


WORDS = ("The law was read.", "Nobody was asked.", "What was found")


@pytest.mark.full
def test_a_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    """Law: what the desk took is in the catalog or in the journal, whenever it was killed."""
    root = series(tmp_path / "work", "alpha")
    before = {one.msgid: one.msgstr for one in polib.pofile(str(root / CATALOG))}
    steady = random.Random(5)
    translator, counted = Translator(), 0
    for _ in range(100):
        with served(root) as (process, browser):
            timer = threading.Timer(steady.random() * 0.1, process.kill)
            with suppress(OSError, ValueError):  # The desk may go in the middle of an answer.
                translator.work(browser, steady.randrange(6), timer.start)
            timer.join()
            process.join()
            assert process.exitcode == -signal.SIGKILL
        counted += check(root, translator, before)
    assert translator.number > 100
    assert counted > 20


def check(root: Path, translator: Translator, before: dict[str, str]) -> int:
    """Compare with what the desk said it has, and take that over; return how much was checked."""
    read = {one.msgid: one.msgstr for one in polib.pofile(str(root / CATALOG))}
    assert read.keys() == before.keys()
    journal = Journal(open_workspace(root))
    pending = {translator.ids.get(one.id, ""): one.text for one in journal.pending()}
    journal.close()
    for source in WORDS:
        typed, saved = translator.typed.get(source), translator.saved.get(source)
        now, written = pending.get(source), read[source]
        if source == translator.last[0]:
            # The last request was done or was not: then all is as before it.
            last = translator.last[1]
            assert now in (typed, last) or (now is None and written in (typed, last))
            assert written in (saved or before[source], last)
            translator.saved[source] = written
            translator.typed.pop(source, None)
            translator.typed |= {source: now} if now else {}
        else:
            assert now == typed
            assert saved is None or written == saved
    assert all(read[key] == before[key] for key in read if key not in WORDS)
    return len(translator.typed)

"""Measure what the review desk takes on a book: memory, and the time of its start.

Run `python -m benchmarks.deskmemory [FOLDER [DOCUMENT]]`; without a FOLDER, on the book of
`benchmarks/desk.py`.  The workspace is copied.  A desk is started as a person does, and a browser
is played to it: the four ways of showing, 60 saves, the details of 100 sentences, texts that are
typed, reviews, undone saves.  After each step stands the memory of its process, the highest until
then, and the CPU time that the step took.  The highest of the processes beside it, which judge a
text or lay out pages, is told at the end.  `first page` is from the command on.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

from benchmarks.desk import BOOK, make_book
from publish.actions.desk.page.live import Shows

TAG, SAVES, DETAILS, OTHERS = "ru", 60, 100, 20
HAS_ERRORS = 422
"""The status of the refusal to approve a text that has errors."""
TICKS = os.sysconf("SC_CLK_TCK")


# --------------------------------------------------------------------------- the process


def read_memory(pid: int | str) -> dict[str, int]:
    """Return the memory of a process in MB: `VmRSS` now, `VmHWM` at most."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {key: int(value.split()[0]) // 1024 for key, value in pairs if key.startswith("Vm")}


def read_cpu(pid: int) -> float:
    """Return the CPU seconds that a process took, without those of processes beside it."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def list_beside(pid: int) -> Iterator[int]:
    """Yield the memory of each process that a process began."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, KeyError):
            fields = path.read_text("utf-8").rpartition(")")[2].split()
            if int(fields[1]) == pid:
                yield read_memory(path.parent.name)["VmHWM"]


class Desk:
    """A desk that was started as a person does, and the browser that plays with it."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port, self.pid = process, port, process.pid
        self.headers: dict[str, str] = {}
        self.beside, self.settled, self._cpu = 0, threading.Event(), 0.0

    def ask(
        self, path: str, data: object = None, shows: str = "translation", refused: int = 200
    ) -> Any:
        """Return the answer to a request; that of a refusal if its status is `refused`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {**self.headers, "X-Shows": shows, "X-Tab": "benchmark"}
        if data is None:
            connection.request("GET", path, headers=headers)
        else:
            headers |= {"Content-Type": "application/json", "Origin": self.origin}
            connection.request("POST", path, json.dumps(data), headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status not in (200, 204, refused):
            raise SystemExit(f"{path}: {answer.status} {body[:400]!r}")
        if cookie := answer.headers.get("Set-Cookie"):
            self.headers["Cookie"] = cookie.partition(";")[0]
        is_json = answer.headers.get_content_type() == "application/json"
        return json.loads(body) if is_json else body.decode("utf-8")

    @property
    def origin(self) -> str:
        """Where the page of the desk is from."""
        return f"http://127.0.0.1:{self.port}"

    def enter(self, token: str) -> None:
        """Let the browser in, and read the page of the desk."""
        self.ask("/start", {"token": token})
        page = self.ask("/")
        secret = page.partition('name="desk-token" content="')[2].partition('"')[0]
        self.headers["X-Desk"] = secret

    def listen(self, document: str) -> None:
        """Take the events of the desk; a text that is all judged is `settled`."""
        threading.Thread(target=self._listen, args=(document,), daemon=True).start()
        threading.Thread(target=self._look_beside, daemon=True).start()

    def _listen(self, document: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/api/events", headers=self.headers)
        answer = connection.getresponse()
        with suppress(OSError, http.client.HTTPException, ValueError):
            while line := answer.readline():
                if line.startswith(b"data:") and f'"{document}"'.encode() in line:
                    self.settled.set()

    def _look_beside(self) -> None:
        while self.process.poll() is None:
            self.beside = max(self.beside, *list_beside(self.pid), 0)
            time.sleep(0.2)

    def describe(self, step: str) -> str:
        """Return a line on the step that was just done."""
        now, cpu = read_memory(self.pid), read_cpu(self.pid)
        took, self._cpu = cpu - self._cpu, cpu
        return f"  {step}: {now['VmRSS']} MB, at most {now['VmHWM']} MB, {took:.2f} s of CPU"


@contextmanager
def started(root: Path) -> Iterator[Desk]:
    """Yield a desk on a workspace, with its first page open."""
    start = time.monotonic()
    words = [sys.executable, "-m", "publish", "desk", "--no-browser", "--as", "editor", "--port=0"]
    process = subprocess.Popen(
        [*words, "-C", str(root)], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        listening = time.monotonic() - start
        desk = Desk(process, int(address.partition("/start")[0].rpartition(":")[2]))
        desk.enter(address.partition("#")[2])
        took = time.monotonic() - start
        print(f"  address after {listening:.2f} s, first page after {took:.2f} s")
        yield desk
    finally:
        process.terminate()
        process.wait(20)


# --------------------------------------------------------------------------- the person


def play(desk: Desk, document: str) -> Iterator[str]:
    """Yield a line on each step of ordinary work."""
    place = f"{document}/{TAG}"
    yield desk.describe("started")
    desk.listen(document)
    desk.ask("/api/workspace")
    yield desk.describe("documents listed")
    rows = [row for row in desk.ask(f"/api/text/{place}")["rows"] if row["text"]]
    yield desk.describe("text opened")
    for shows in get_args(Shows):
        desk.ask(f"/api/page/{place}?shows={shows}")
        yield desk.describe(f"page of {shows}")
    yield wait_for_findings(desk, document)
    step = max(1, len(rows) // DETAILS)
    sids = [row["id"] for row in rows[::step]][:DETAILS]
    for sid in sids:
        desk.ask(f"/api/sentence/{place}/{quote(sid)}")
    yield desk.describe(f"details of {len(sids)} sentences")
    for sid in sids[:SAVES]:
        save(desk, document, sid)
    yield desk.describe(f"{SAVES} saves")
    yield from play_others(desk, document, sids)
    yield desk.describe("text opened again" if desk.ask(f"/api/text/{place}") else "")
    yield wait_for_findings(desk, document)


def save(desk: Desk, document: str, sid: str) -> None:
    """Change the text of a sentence, as one does who types: its details, its findings, a save."""
    about = {"document": document, "language": TAG, "id": sid}
    found = desk.ask(f"/api/sentence/{document}/{TAG}/{quote(sid)}")
    text = f"{found['msgstr']} Ещё."
    desk.ask("/api/typed", {**about, "text": text, "base": found["digest"]})
    desk.ask("/api/save", {**about, "text": text, "base": found["digest"], "fuzzy": False})


def play_others(desk: Desk, document: str, sids: list[str]) -> Iterator[str]:
    """Yield lines on what is done less often, with the first sentences that can be approved."""
    approved: list[str] = []
    for sid in sids:
        if len(approved) == OTHERS:
            break
        about = {"document": document, "language": TAG, "id": sid}
        digest = desk.ask(f"/api/sentence/{document}/{TAG}/{quote(sid)}")["digest"]
        decision = {"action": "approve", "reason": "", "digest": digest}
        answer = desk.ask("/api/decide", {**about, **decision}, refused=HAS_ERRORS)
        if "error" not in answer:
            approved.append(sid)
    yield desk.describe(f"{len(approved)} approvals")
    for sid in approved:
        desk.ask("/api/undo", {"document": document, "language": TAG, "id": sid})
    yield desk.describe(f"{len(approved)} saves undone")


def wait_for_findings(desk: Desk, document: str) -> str:
    """Wait until the whole text is judged; return a line on it."""
    while not desk.ask(f"/api/text/{document}/{TAG}")["settled"]:
        desk.settled.clear()
        desk.settled.wait(5)
    return desk.describe("findings of the whole text")


def main(folder: str = "", document: str = BOOK) -> None:
    """Print the lines of a workspace."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "work"
        if folder:
            shutil.copytree(folder, root)
        else:
            make_book(root)
        with started(root) as desk:
            for line in play(desk, document):
                print(line, flush=True)
            print(f"  a process beside it: at most {desk.beside} MB")


if __name__ == "__main__":
    main(*sys.argv[1:3])

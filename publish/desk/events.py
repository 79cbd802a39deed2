"""Tell browsers what changed, as server-sent events.

Every open page holds one stream.  What is sent while a stream is down is sent when the browser
comes back, as far as it is kept; else the browser has to read everything again.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Event", "Hub", "Stream"]

KEPT = 200
"""So many events are kept for browsers that come back, if they are not too long."""
KEPT_SIZE = 4_000_000
WAITING = 60
"""So many events wait for a slow reader; one more, and all are replaced by `workspace`."""
WAITING_SIZE = 8_000_000
HEARTBEAT = 15.0
STREAMS, STREAMS_EACH, STREAMS_SHARED = 100, 12, 80
"""Most streams of all browsers together, of one, and of those in the network: whoever has a link
does not take those of the owner."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed: `changed`, `pdf`, `workspace` or `conflict`, with its data."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


EVERYTHING = Event("workspace")
"""Tells a browser to look at everything again."""


class Hub:
    """All open streams.  `send` may be called from any thread; nobody waits for a reader."""

    def __init__(self) -> None:
        self._start = secrets.token_hex(4)
        self._count = 0
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._streams: list[Stream] = []
        self._lock = threading.Lock()
        self._closed = False

    def send(self, event: Event) -> None:
        """Send an event to every stream."""
        text = json.dumps(event.data, ensure_ascii=True)
        with self._lock:
            self._count += 1
            data = _write(event.kind, text, self._name(self._count))
            self._kept.append((self._count, data))
            while sum(len(kept) for _, kept in self._kept) > KEPT_SIZE:
                self._kept.popleft()
            for stream in self._streams:
                self._put(stream, data)

    def open(self, session: str, last: str = "", *, shared: bool = False) -> Stream | None:
        """Return a new stream of a session, None if there are too many.

        `last` is the name of the last event that its browser has seen, if any; a `shared` session
        is one in the network.
        """
        loop = asyncio.get_running_loop()
        with self._lock:
            own = sum(stream.session == session for stream in self._streams)
            alike = sum(stream.shared for stream in self._streams)
            full = len(self._streams) >= STREAMS or (shared and alike >= STREAMS_SHARED)
            if self._closed or own >= STREAMS_EACH or full:
                return None
            stream = Stream(session, loop, self._forget, shared=shared)
            self._streams.append(stream)
            for data in self._missed(last):
                self._put(stream, data)
            return stream

    def _missed(self, last: str) -> list[bytes]:
        """Return what was sent after an event, or one that tells to look at everything again."""
        if not last:
            return []
        start, _, number = last.partition("-")
        known = int(number) if number.isdecimal() and len(number) < 16 else -1
        first = self._kept[0][0] if self._kept else self._count + 1
        if start != self._start or not first - 1 <= known <= self._count:
            return [self._everything()]
        return [data for count, data in self._kept if count > known]

    def _everything(self) -> bytes:
        return _write(EVERYTHING.kind, "{}", self._name(self._count))

    def _name(self, count: int) -> str:
        return f"{self._start}-{count}"

    def _put(self, stream: Stream, data: bytes) -> None:
        stream.put(data)
        if stream.is_late():
            stream.replace(self._everything())

    def _forget(self, stream: Stream) -> None:
        with self._lock:
            if stream in self._streams:
                self._streams.remove(stream)

    @property
    def listened(self) -> bool:
        """Whether there is a stream."""
        return bool(self._streams)

    def end(self, ends: Callable[[str], bool]) -> None:
        """End the streams of the sessions that `ends` says so of."""
        with self._lock:
            for stream in self._streams:
                if ends(stream.session):
                    stream.end()

    def close(self) -> None:
        """End all streams, and open no more."""
        self._closed = True
        self.end(lambda _: True)


class Stream:
    """The events of one page, as they are written to it."""

    def __init__(
        self,
        session: str,
        loop: asyncio.AbstractEventLoop,
        forget: Callable[[Stream], None],
        *,
        shared: bool = False,
    ) -> None:
        self.session = session
        self.shared = shared
        self._loop = loop
        self._forget = forget
        self._waiting: deque[bytes] = deque()
        self._woken = asyncio.Event()
        self._ended = False

    def put(self, data: bytes) -> None:
        """Let an event wait to be written."""
        self._waiting.append(data)
        self._wake()

    def is_late(self) -> bool:
        """Return whether the reader is so slow that too much waits."""
        return len(self._waiting) > WAITING or sum(map(len, self._waiting)) > WAITING_SIZE

    def replace(self, data: bytes) -> None:
        """Let one event wait in place of all others."""
        self._waiting.clear()
        self.put(data)

    def end(self) -> None:
        """Write nothing more."""
        self._ended = True
        self._waiting.clear()
        self._wake()

    def _wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def written(self) -> AsyncIterator[bytes]:
        """Yield what is written to the page, until the stream ends; a sign of life now and then."""
        yield b"retry: 1000\n\n"
        while not self._ended:
            try:
                await asyncio.wait_for(self._woken.wait(), HEARTBEAT)
            except TimeoutError:
                yield b":\n\n"
                continue
            self._woken.clear()
            while data := self._next():
                yield data

    def leave(self) -> None:
        """Be no longer one of the open streams: its reader has gone."""
        self._forget(self)

    def _next(self) -> bytes:
        try:
            return self._waiting.popleft()
        except IndexError:
            return b""


def _write(kind: str, text: str, name: str) -> bytes:
    return f"id: {name}\nevent: {kind}\ndata: {text}\n\n".encode()

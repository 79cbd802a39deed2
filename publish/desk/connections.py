"""One connection of a browser: who is at its other end, and how long it may take.

uvicorn waits without end for a request that does not come and for a reader that does not read; a
connection here ends then.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["DeskProtocol", "find_owner"]

HEAD_SECONDS = 10.0
"""How long the head of a request may take, and how long a new connection may say nothing."""
STALL_SECONDS = 30.0
"""How long a reader may take nothing of what is sent to it."""
MOST_EACH = 64
"""Most connections from one address."""
TABLES = ("/proc/net/tcp", "/proc/net/tcp6")


class DeskProtocol(H11Protocol):
    """A connection within limits; on this machine, of the same user only."""

    _stalled: asyncio.TimerHandle | None = None
    _awaited: asyncio.TimerHandle | None = None
    _host = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, or end at once: other users of this machine are not served."""
        peer: Any = transport.get_extra_info("peername")
        own: Any = transport.get_extra_info("sockname")
        local = transport.get_extra_info("sslcontext") is None
        super().connection_made(transport)
        self._host = str(peer[0]) if peer else ""
        alike = sum(getattr(one, "_host", "") == self._host for one in self.connections)
        if alike > MOST_EACH or (local and is_another_user(peer, own)):
            transport.abort()
            return
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        for timer in (self._stalled, self._awaited):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def _await_request(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()
        self._awaited = self.loop.call_later(HEAD_SECONDS, self._end_late)

    def _end_late(self) -> None:
        """End a connection whose request has not come; between two requests uvicorn has its own."""
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that has begun has to be whole in time."""
        before = self.cycle
        idle = before is None or before.response_complete
        super().data_received(data)
        if idle and self.cycle is not before and self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None
        elif idle and self._awaited is None:
            self._await_request()

    def pause_writing(self) -> None:
        """Give a slow reader some time."""
        super().pause_writing()
        if self._stalled is None:
            self._watch_reader(self.transport.get_write_buffer_size())

    def _watch_reader(self, left: int) -> None:
        self._stalled = self.loop.call_later(STALL_SECONDS, self._end_stalled, left)

    def _end_stalled(self, before: int) -> None:
        """End a connection whose reader has taken nothing; one that is only slow goes on."""
        left = self.transport.get_write_buffer_size()
        if left < before:
            self._watch_reader(left)
        else:
            self.transport.abort()

    def resume_writing(self) -> None:
        """Go on: the reader has read."""
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
        super().resume_writing()


# --------------------------------------------------------------------------- the other end


def is_another_user(peer: Any, own: Any) -> bool:
    """Return whether a connection on this machine is of another user, root aside.

    A browser sends the cookie of a desk to every port of the machine, so to those of other users
    too; with this, it is of no use to them.  Where the system does not tell, all are served.
    """
    if not peer or not own or sys.platform != "linux":
        return False
    owner = find_owner(peer, own)
    return owner is not None and owner not in (0, os.getuid())


def find_owner(peer: tuple[Any, ...], own: tuple[Any, ...]) -> int | None:
    """Return the number of the user at the other end, None where the system does not tell."""
    ends = f":{peer[1]:04X}", f":{own[1]:04X}"
    for table in TABLES:
        try:
            lines = Path(table).read_text("ascii", "replace").splitlines()
        except OSError:
            continue
        for line in lines[1:]:
            cells = line.split()
            if len(cells) < 8 or not (cells[1].endswith(ends[0]) and cells[2].endswith(ends[1])):
                continue
            if _is_loopback(cells[1]) and _is_loopback(cells[2]) and cells[3] == "01":
                return int(cells[7])
    return None


def _is_loopback(cell: str) -> bool:
    """Return whether an address of the table, in hexadecimal, is one of this machine alone."""
    address = cell.partition(":")[0]
    if len(address) == 8:
        return address.endswith("7F")
    mapped = address.startswith("0000000000000000FFFF0000") and address.endswith("7F")
    return mapped or address == "00000000000000000000000001000000"

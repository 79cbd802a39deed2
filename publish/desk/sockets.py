"""Listen at ports of this machine: on it alone, or in the local network."""

from __future__ import annotations

import errno
import socket
import sys
from typing import Any
from weakref import WeakKeyDictionary

from publish.errors import UsageError

__all__ = ["LOCAL", "bind_local", "bind_next"]

PORT = 8420
"""The usual port, so that a browser that kept a text under this address has it again."""
TRIED = 20
LOCAL = ("127.0.0.1", "localhost", "::1")
"""What a browser may call this machine, where it is not shared."""
MOST, MOST_EACH = 400, 64
"""So many connections a port has at once, and so many of them from one address."""
MISSING = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def bind_local(port: int | None) -> list[socket.socket]:
    """Return sockets that listen on this machine alone, at one port.

    Without a port, it is the usual one or one of the next, else any.  Raises UsageError if a given
    one is in use.
    """
    if port is not None and not 0 <= port < 65536:
        raise UsageError(f"{port} is not the number of a port", hint="the last one is 65535")
    if port is not None:
        found = _bind_all(("127.0.0.1", "::1"), port)
        if not found:
            raise UsageError(
                f"port {port} cannot be used: another program has it, or the system keeps it",
                hint="name another one, or leave out --port",
            )
        return found
    return bind_next(("127.0.0.1", "::1"), PORT)


def bind_next(hosts: tuple[str, ...], first: int) -> list[socket.socket]:
    """Return sockets that listen at these hosts, at the first port that is free from one on."""
    for port in (*range(first, min(first + TRIED, 65536)), 0):
        if found := _bind_all(hosts, port):
            return found
    raise UsageError("no port is free", hint="close some programs, or name one with --port")


def _bind_all(hosts: tuple[str, ...], port: int) -> list[socket.socket]:
    """Return listening sockets at one port, none if another program has it at any of the hosts.

    A host that this machine does not have, such as one of IPv6, is left out.
    """
    made: list[socket.socket] = []
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        at = made[0].getsockname()[1] if made else port
        try:
            made.append(_listen(family, host, at))
        except OSError as error:
            if error.errno in MISSING and made:
                continue
            for one in made:
                one.close()
            return []
    return made


class _Port(socket.socket):
    """A socket that listens, and takes only so many connections.

    They count as soon as they are made: whoever never begins to speak TLS would otherwise take all
    files that a process may have open, and with them those that a text is saved to.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._taken: WeakKeyDictionary[socket.socket, str] = WeakKeyDictionary()

    def accept(self) -> tuple[socket.socket, Any]:
        """Take a connection; raises ConnectionAbortedError for one too many, which ends."""
        one, address = super().accept()
        open_ones = [host for sock, host in self._taken.items() if sock.fileno() != -1]
        if len(open_ones) >= MOST or open_ones.count(address[0]) >= MOST_EACH:
            one.close()
            raise ConnectionAbortedError(errno.ECONNABORTED, "too many connections")
        self._taken[one] = address[0]
        return one, address


def _listen(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    one = _Port(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # There, reuse would let another program take the port over.
            one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((host, port))
        one.listen(128)
        one.setblocking(False)
    except BaseException:
        one.close()
        raise
    return one

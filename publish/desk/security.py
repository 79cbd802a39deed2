"""What every request is asked and every answer says, whoever sends it.

A request names this desk as its host, comes from a page of this desk or from the address bar, and
its path is plain.  An answer loads nothing from elsewhere and is shown in no frame.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


__all__ = [
    "IMAGE_POLICY",
    "LONGEST_TARGET",
    "PAGE_POLICY",
    "Bucket",
    "Guard",
    "Names",
    "find_fault",
    "list_names",
]

Names = Mapping[str, frozenset[str]]
"""The hosts that a request may name, by scheme: `http` on this machine, `https` on the network."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""Of pages.  Images, lists and formulas of a text have attributes `style` (width, number, depth);
style sheets within a page stay refused."""
IMAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'none'; sandbox"
)
"""Of images, which an address bar may open too: a drawing runs nothing."""
OTHER_POLICY = "default-src 'none'; frame-ancestors 'none'"

HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""Of every answer."""

LONGEST_TARGET = 2048
"""Most bytes of a path with its query."""
LONGEST_HEAD = 16 * 1024
"""Most bytes of all headers; cookies of other programs on this machine are among them."""

OWN_SITES = (b"same-origin", b"none")
"""Where a browser says that a request is from: a page of the desk, or the address bar."""


# --------------------------------------------------------------------------- requests


def list_names(hosts: tuple[str, ...], port: int, scheme: str) -> frozenset[str]:
    """Return what a request may have as its host: a name or an address, and the port."""
    written = (f"[{host}]" if ":" in host else host for host in hosts)
    named = {f"{host.lower()}:{port}" for host in written}
    if port == {"http": 80, "https": 443}[scheme]:  # A browser leaves these out.
        named |= {name.rpartition(":")[0] for name in named}
    return frozenset(named)


def find_fault(scope: Scope, names: Names) -> tuple[int, str] | None:
    """Return the status and the words to refuse a request with, None if it may be asked."""
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEAD:
        return 431, "The request is too long."
    return _wrong_target(scope) or _wrong_host(scope, names) or _wrong_origin(scope)


def _wrong_target(scope: Scope) -> tuple[int, str] | None:
    raw: bytes = scope["raw_path"]
    if len(raw) + len(scope["query_string"]) > LONGEST_TARGET:
        return 414, "The address is too long."
    path = unquote_to_bytes(raw)
    odd = (
        not raw.startswith(b"/")
        or re.search(rb"%2f|%5c", raw, re.I)
        or re.search(rb"[\x00-\x1f\x7f\\]|//", path)
        or any(part in (b".", b"..") for part in path.split(b"/"))
    )
    try:
        path.decode("utf-8")
    except UnicodeDecodeError:
        odd = True
    return (400, "The address is not one of the desk.") if odd else None


def _wrong_host(scope: Scope, names: Names) -> tuple[int, str] | None:
    hosts = _values(scope, b"host")
    allowed = names.get(scope["scheme"], frozenset())
    if len(hosts) != 1 or hosts[0].decode("latin-1").lower() not in allowed:
        return 403, "The desk does not have this name."
    return None


def _wrong_origin(scope: Scope) -> tuple[int, str] | None:
    """Another site may not write or read; a link may lead here, and then brings no cookie."""
    fault = 403, "Only a page of the desk may ask this."
    origins, sites = _values(scope, b"origin"), _values(scope, b"sec-fetch-site")
    own = f"{scope['scheme']}://".encode() + _values(scope, b"host")[0].lower()
    if any(origin.lower() != own for origin in origins) or len(origins) > 1:
        return fault
    if scope["method"] not in ("GET", "HEAD"):
        foreign = not origins or any(site != b"same-origin" for site in sites)
        return fault if foreign else None
    if all(site in OWN_SITES for site in sites):
        return None
    opened = _values(scope, b"sec-fetch-mode") == [b"navigate"]
    opened = opened and _values(scope, b"sec-fetch-dest") == [b"document"]
    return None if opened and scope["path"] in ("/", "/start") else fault


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key == name]


# --------------------------------------------------------------------------- answers


class Guard:
    """Asks every request what `find_fault` asks, and adds the headers of every answer.

    `refuse` makes the answer to a request with a fault.
    """

    def __init__(self, app: ASGIApp, names: Names, refuse: Callable[[int, str], ASGIApp]) -> None:
        self.app = app
        self.names = names
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # Nothing else is served, so the connection ends.

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _guarded(list(message["headers"]))
            await send(message)

        fault = find_fault(scope, self.names)
        app = self.refuse(*fault) if fault else self.app
        await app(scope, receive, send_guarded)


def _guarded(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    given = {name.lower(): value for name, value in headers}
    added = [pair for pair in HEADERS if pair[0] not in given]
    if b"cache-control" not in given:
        added.append((b"cache-control", b"no-store"))
    kind = given.get(b"content-type", b"")
    policy = OTHER_POLICY
    if kind.startswith(b"text/html"):
        policy = PAGE_POLICY
    elif kind.startswith(b"image/"):
        policy = IMAGE_POLICY
    added.append((b"content-security-policy", policy.encode()))
    return headers + added


# --------------------------------------------------------------------------- rates


class Bucket:
    """How much somebody may still ask for: `most` at once, and `rate` more each second."""

    __slots__ = ("left", "most", "rate", "seen", "time")

    def __init__(
        self, most: float, rate: float, time: Callable[[], float] = time.monotonic
    ) -> None:
        self.most, self.rate, self.time = most, rate, time
        self.left, self.seen = most, time()

    def take(self) -> bool:
        """Take one; return False if there is none."""
        now = self.time()
        self.left = min(self.most, self.left + (now - self.seen) * self.rate)
        self.seen = now
        if self.left < 1:
            return False
        self.left -= 1
        return True

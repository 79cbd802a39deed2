"""Serve a desk until it is closed: sockets, servers, the launch address, the end."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any

import uvicorn

from publish.desk.access import Access, Person, Rights, read_invitation
from publish.desk.app import Workplace, make_app
from publish.desk.connections import DeskProtocol
from publish.desk.events import Hub
from publish.desk.security import list_names
from publish.desk.work import Worker
from publish.errors import UsageError

if TYPE_CHECKING:
    import ssl

__all__ = ["PORT", "ServeOptions", "Serving", "serve"]

PORT = 8420
"""The usual port, so that a browser that kept a text under this address has it again."""
TRIED = 20
LOCAL = ("127.0.0.1", "localhost", "::1")
HEAD_BYTES = 32 * 1024
MOST_CONNECTIONS = 400
IDLE_SECONDS = 60
END_SECONDS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How a desk is served.  Without a port, the usual one or the next that is free.

    `invitations` are those of links (`NAME: RIGHT, RIGHT`), for a desk that is `shared`.  `page` is
    what is opened first: a document and a language, with a slash between them.
    """

    role: str = ""
    port: int | None = None
    read_only: bool = False
    shared: bool = False
    address: str = ""
    invitations: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """How a desk is reached in the network: its addresses, its fingerprint, the links by name."""

    host: str
    fingerprint: str
    links: tuple[tuple[str, str], ...]


class Serving:
    """A desk that is being served: how to let browsers in, and how to close it."""

    def __init__(self, access: Access, port: int, page: str, shared: Shared | None) -> None:
        self.access = access
        self.port = port
        self.page = page
        self.shared = shared
        self.servers: list[_Server] = []

    def new_address(self) -> str:
        """Return an address that opens the desk in one browser, once; an unused one ends."""
        page = f"/{self.page}" if self.page else ""
        return f"http://127.0.0.1:{self.port}/start#{self.access.new_launch()}{page}"

    def describe(self, *, quiet: bool = False) -> Iterator[str]:
        """Yield what its owner has to know, a line each; the links, even if `quiet`."""
        if not quiet:
            yield (
                "The review desk is open. The address above opens it once, in one browser on this "
                "machine. Press Enter for a new address, Ctrl+C to close the desk."
            )
        if self.shared is not None:
            yield from describe_shared(self.shared, quiet=quiet)

    def stop(self) -> None:
        """Close the desk; called a second time, wait for nobody."""
        for server in self.servers:
            server.force_exit = server.should_exit
            server.should_exit = True


def serve(
    open_place: Callable[[Hub], Workplace],
    options: ServeOptions,
    *,
    ready: Callable[[Serving], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a desk until it is stopped, by a signal or by `ready`, which is called when it listens.

    `tell` gets the traces of faults of the program.  Raises UsageError for a port that is in use,
    and for an address or a link that makes no sense.
    """
    sockets = bind_local(options.port)
    port = sockets[0].getsockname()[1]
    names = {"http": list_names(LOCAL, port, "http")}
    access = Access(_owner(options), read_only=options.read_only)
    hub = Hub()
    place = open_place(hub)
    network = _bind_network(options, port) if options.shared else None
    invite = None
    shared = None
    if network is not None:
        names["https"] = list_names(network.hosts, network.port, "https")
        invite = network.invite
        shared = _invite(network, access, options.invitations, place.tags)
    app = make_app(place, access, names, hub=hub, worker=Worker(), invite=invite, tell=tell)
    serving = Serving(access, port, options.page, shared)
    served = [(_Server(_configure(app, lifespan="on"), hub), sockets)]
    if network is not None:
        config = _configure(app, lifespan="off", context=network.context)
        served.append((_Server(config, hub), network.sockets))
    serving.servers = [server for server, _ in served]
    ready(serving)
    with _stopped_by_signals(serving):
        asyncio.run(_serve_all(served))


async def _serve_all(served: Sequence[tuple[_Server, list[socket.socket]]]) -> None:
    await asyncio.gather(*(server.serve(sockets) for server, sockets in served))


def _owner(options: ServeOptions) -> Person:
    return Person(options.role, Rights(own=True))


class _Server(uvicorn.Server):
    """A server that ends its streams before it waits for them, and leaves signals to others."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self.hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self.hub.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals as they are: several servers end together."""
        yield


def _configure(app: Any, *, lifespan: Any, context: ssl.SSLContext | None = None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="asyncio",
        http=DeskProtocol,
        ws="none",
        lifespan=lifespan,
        interface="asgi3",
        log_config=None,
        log_level=logging.CRITICAL,
        access_log=False,
        workers=1,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=END_SECONDS,
        h11_max_incomplete_event_size=HEAD_BYTES,
        ssl_context_factory=None if context is None else lambda *_: context,
    )


@contextmanager
def _stopped_by_signals(serving: Serving) -> Iterator[None]:
    """Close the desk on Ctrl+C, and where the terminal is closed or the system shut down."""

    def handle(number: int, frame: FrameType | None) -> None:
        serving.stop()

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []  # Python sets handlers only in the main thread.
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def describe_shared(shared: Shared, *, quiet: bool) -> Iterator[str]:
    """Yield in plain words who can reach a shared desk, what a link is, and how it ends."""
    if not quiet:
        yield (
            f"It is shared: every device in the local network can reach {shared.host}, and is let "
            "in only with a link. A link is for one person: whoever has it has the rights behind "
            "its name. Send each link to that person alone. Withdraw links in the desk, under "
            "Links: whoever used one is out at once. All links end with the desk."
        )
    for name, address in shared.links:
        yield f"{name}: {address}"
    if not quiet and not shared.links:
        yield "There is no link yet: make one in the desk, under Links."
    yield (
        "Nobody has signed the certificate of this desk, so browsers warn of it once. Before you "
        "go on there, look at the certificate: its SHA-256 fingerprint has to be"
    )
    pairs = [shared.fingerprint[at : at + 2] for at in range(0, len(shared.fingerprint), 2)]
    yield f"  {':'.join(pairs[:16])}:"
    yield f"  {':'.join(pairs[16:])}"


# --------------------------------------------------------------------------- sockets


def bind_local(port: int | None) -> list[socket.socket]:
    """Return sockets that listen on this machine alone, at one port.

    Without a port, it is the usual one or one of the next, else any.  Raises UsageError if a given
    one is in use.
    """
    if port is not None:
        found = _bind_all(("127.0.0.1", "::1"), port)
        if not found:
            raise UsageError(
                f"port {port} cannot be used: another program has it, or the system keeps it",
                hint="name another one, or leave out --port",
            )
        return found
    return _bind_next(("127.0.0.1", "::1"), PORT)


def _bind_next(hosts: tuple[str, ...], first: int) -> list[socket.socket]:
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


MISSING = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def _listen(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    one = socket.socket(family, socket.SOCK_STREAM)
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


# --------------------------------------------------------------------------- the network


@dataclass(frozen=True, slots=True, kw_only=True)
class _Network:
    """What listens in the network."""

    sockets: list[socket.socket]
    hosts: tuple[str, ...]
    port: int
    context: ssl.SSLContext
    fingerprint: str

    @property
    def host(self) -> str:
        """The address and port that links name."""
        first = self.hosts[0]
        return f"[{first}]:{self.port}" if ":" in first else f"{first}:{self.port}"

    def invite(self, secret: str) -> str:
        """Return the address of a link."""
        return f"https://{self.host}/start#{secret}"


def _bind_network(options: ServeOptions, port: int) -> _Network:
    from publish.desk.sharing import (
        find_addresses,
        find_host_names,
        make_certificate,
        make_context,
    )

    addresses = find_addresses(options.address)
    sockets = _bind_next(addresses, port + 1)
    hosts = find_host_names(addresses)
    certificate = make_certificate(hosts)
    return _Network(
        sockets=sockets,
        hosts=hosts,
        port=sockets[0].getsockname()[1],
        context=make_context(certificate),
        fingerprint=certificate.fingerprint,
    )


def _invite(
    network: _Network, access: Access, invitations: Sequence[str], tags: Sequence[str]
) -> Shared:
    people = [read_invitation(text, tags) for text in invitations]
    links = tuple((one.name, network.invite(access.make_link(one)[1])) for one in people)
    return Shared(host=network.host, fingerprint=network.fingerprint, links=links)

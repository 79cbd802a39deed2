"""Serve a desk until it is closed: who may come in, where, and by which address.

What takes long to load is loaded when the address is known, so that a browser opens meanwhile.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import quote

from publish.desk.access import Access, Person, Rights, read_invitation
from publish.desk.events import Hub
from publish.desk.security import Names, list_names
from publish.desk.sockets import LOCAL, bind_local, bind_next
from publish.errors import MissingPartError, UsageError
from publish.project.workspace import Workspace

if TYPE_CHECKING:
    import ssl

    from publish.desk.app import Workplace
    from publish.desk.servers import DeskServer

__all__ = ["ServeOptions", "Serving", "Shared", "choose_page", "serve", "serve_workspace"]

SWITCHING = 0.001
"""After so many seconds the thread that works lets the one of the connections have a turn."""

LIBRARIES = ("starlette", "uvicorn")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How a desk is served.  Without a port, the usual one or the next that is free.

    `invitations` are those of links (`NAME: RIGHT, RIGHT`), for a desk that is `shared`.  `page` is
    what is opened first: a document and a language, with a slash between them.  `tags` are the
    languages that links can name.
    """

    role: str = ""
    port: int | None = None
    read_only: bool = False
    shared: bool = False
    address: str = ""
    invitations: tuple[str, ...] = ()
    page: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """How a desk is reached in the network: its addresses, its fingerprint, the links by name."""

    host: str
    fingerprint: str
    links: tuple[tuple[str, str], ...]


class Serving:
    """A desk that is being served: how to let browsers in, and how to close it."""

    def __init__(self, access: Access, port: int, page: str) -> None:
        self.access = access
        self.port = port
        self.page = page
        self.shared: Shared | None = None
        self._servers: list[DeskServer] = []
        self._stopped = False

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
        self._stopped = True
        for server in self._servers:
            server.force_exit = server.should_exit
            server.should_exit = True

    def run(self, servers: list[DeskServer], run: Callable[[], None]) -> None:
        """Run servers until they are stopped; not at all, if that was wanted meanwhile."""
        self._servers = servers
        if not self._stopped:
            run()


def serve(
    open_place: Callable[[Hub], Workplace],
    options: ServeOptions,
    *,
    ready: Callable[[Serving], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a desk until it is stopped, by a signal or by `ready`, which is called when it listens.

    The workspace is opened after that; a browser waits for it.  `tell` gets the traces of faults of
    the program.  Raises UsageError for a port that is in use, and for an address or a link that
    makes no sense, MissingPartError where a library is not installed.
    """
    _need_libraries()
    with ExitStack() as opened:
        sockets = _closed_at_end(opened, bind_local(options.port))
        port = sockets[0].getsockname()[1]
        names = {"http": list_names(LOCAL, port, "http")}
        owner = Person(options.role, Rights(own=True))
        access = Access(owner, read_only=options.read_only)
        people = [read_invitation(text, options.tags) for text in options.invitations]
        network = _bind_network(options, port) if options.shared else None
        serving = Serving(access, port, options.page)
        if network is not None:
            _closed_at_end(opened, network.sockets)
            names["https"] = list_names(network.hosts, network.port, "https")
            links = ((one.name, network.invite(access.make_link(one)[1])) for one in people)
            serving.shared = Shared(network.host, network.fingerprint, tuple(links))
        ready(serving)
        _run(serving, open_place, names, sockets, network, tell)


def _need_libraries() -> None:
    """Raise MissingPartError for a library that is not there, before its address is shown.

    They are looked for, not loaded: that takes long.
    """
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise MissingPartError(
            f"the desk needs {' and '.join(missing)}, which cannot be found",
            hint=f"install what is missing: pip install {' '.join(missing)}",
            code="library-missing",
        )


def _closed_at_end(stack: ExitStack, sockets: list[socket.socket]) -> list[socket.socket]:
    for one in sockets:
        stack.callback(one.close)
    return sockets


def _run(
    serving: Serving,
    open_place: Callable[[Hub], Workplace],
    names: Names,
    sockets: list[socket.socket],
    network: _Network | None,
    tell: Callable[[str], None],
) -> None:
    """Load what is needed, open the workspace, and serve it at the sockets."""
    from publish.desk.app import make_app
    from publish.desk.servers import make_server, run_servers
    from publish.desk.work import Worker

    sys.setswitchinterval(SWITCHING)
    hub = Hub()
    app = make_app(
        open_place(hub),
        serving.access,
        names,
        hub=hub,
        worker=Worker(),
        invite=network.invite if network else None,
        tell=tell,
    )
    served = [(make_server(app, hub), sockets)]
    if network is not None:
        served.append((make_server(app, hub, network.context), network.sockets))
    with _stopped_by_signals(serving):
        serving.run([server for server, _ in served], lambda: run_servers(served))


def serve_workspace(
    workspace: Workspace,
    options: ServeOptions,
    *,
    ready: Callable[[Serving], None],
    tell: Callable[[str], None],
) -> None:
    """Serve a workspace as `serve` does."""

    def open_now(hub: Hub) -> Workplace:
        from publish.desk.opening import open_place

        return open_place(workspace, hub)

    tags = tuple(language.tag for language in workspace.languages())
    serve(open_now, replace(options, tags=tags), ready=ready, tell=tell)


def choose_page(workspace: Workspace, document: str, tag: str) -> str:
    """Return what the desk opens first, as the page has it in its address; empty for the overview.

    Raises UsageError for a document or a language that the workspace does not have, and for a
    language without a document where there are several.
    """
    tags = [language.tag for language in workspace.languages([tag] if tag else [])]
    if not document and not tag:
        return ""
    names = workspace.documents([document] if document else [])
    if len(names) > 1:
        raise UsageError("there are several documents", hint=f"name one of: {', '.join(names)}")
    others = [one for one in tags if tag or one != workspace.source_language.tag]
    return f"{quote(names[0], safe='')}/{(others or tags)[0]}"


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
    sockets = bind_next(addresses, port + 1)
    hosts = find_host_names(addresses)
    certificate = make_certificate(hosts)
    return _Network(
        sockets=sockets,
        hosts=hosts,
        port=sockets[0].getsockname()[1],
        context=make_context(certificate),
        fingerprint=certificate.fingerprint,
    )

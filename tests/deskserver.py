"""A desk that is really served on a free port, and requests as bytes, however odd they are."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from publish.desk.app import Opened, Workplace
from publish.desk.calls import Answer, Call, Route
from publish.desk.events import Event
from publish.desk.serving import ServeOptions, Serving, serve
from publish.errors import PublishError
from publish.model import Span

PAGE = "<!DOCTYPE html><title>desk</title><p>the desk</p>"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header; an error if it is there twice."""
        found = [value for key, value in self.headers if key == name]
        assert len(found) < 2, (name, found)
        return found[0] if found else ""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error."""
        return str(self.json["error"]["code"])


class Browser:
    """What a browser sends: its cookie, the origin and the secret of its page."""

    def __init__(self, port: int, *, tls: bool = False, host: str = "127.0.0.1") -> None:
        self.port, self.tls, self.host = port, tls, host
        self.cookie = ""
        self.secret = ""

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.name}"

    def connect(self) -> socket.socket:
        """A new connection; no certificate is asked for."""
        one = socket.create_connection((self.host, self.port), timeout=20)
        if not self.tls:
            return one
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(one, server_hostname=self.host)

    def send(self, data: bytes) -> Reply:
        """Send bytes, and return what comes until the server ends the connection."""
        with self.connect() as one:
            one.sendall(data)
            return read_reply(one)

    def head(self, method: str, target: str, headers: dict[str, str | None]) -> bytes:
        """The head of a request; a header that is None is left out."""
        given: dict[str, str | None] = {"Host": self.name, "Connection": "close"}
        if self.cookie:
            given["Cookie"] = self.cookie
        if method not in ("GET", "HEAD"):
            given |= {"Origin": self.origin, "X-Desk": self.secret}
            given["Content-Type"] = "application/json"
        given |= headers
        lines = [f"{key}: {value}" for key, value in given.items() if value is not None]
        return "\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""]).encode("latin-1")

    def ask(
        self,
        target: str,
        method: str = "GET",
        body: bytes | None = None,
        **headers: str | None,
    ) -> Reply:
        """Ask as a page of the desk would; underscores in names of headers are hyphens."""
        given = {key.replace("_", "-"): value for key, value in headers.items()}
        if body is not None:
            given.setdefault("Content-Length", str(len(body)))
        return self.send(self.head(method, target, given) + (body or b""))

    def write(self, target: str, data: Any, **headers: str | None) -> Reply:
        """Send JSON."""
        return self.ask(target, "POST", json.dumps(data).encode(), **headers)

    def enter(self, token: str) -> Reply:
        """Exchange a token for a cookie, and read the secret of the page."""
        reply = self.write("/start", {"token": token}, X_Desk=None)
        if reply.header("set-cookie"):
            self.cookie = reply.header("set-cookie").partition(";")[0]
            self.secret = self.ask("/api/me").json["secret"]
        return reply

    @contextmanager
    def stream(self, target: str = "/api/events", **headers: str | None) -> Iterator[EventStream]:
        """Listen to what happens."""
        with self.connect() as one:
            given = {key.replace("_", "-"): value for key, value in headers.items()}
            one.sendall(self.head("GET", target, given))
            stream = EventStream(one)
            with stream.file:
                yield stream


class EventStream:
    """Events as they come."""

    def __init__(self, one: socket.socket) -> None:
        self.file = one.makefile("rb")
        self.whole = False
        """Whether the stream came to its end, and was not cut off."""
        self.status = int(self.file.readline().split()[1])
        self.headers = {}
        while line := self.file.readline().strip():
            key, _, value = line.decode().partition(": ")
            self.headers[key] = value

    def next(self) -> dict[str, str]:
        """The next event, by field; empty at the end of the stream.

        A sign of life is passed over, but not two: then nothing happens.
        """
        found: dict[str, str] = {}
        signs = 0
        while chunk := self._chunk():
            signs += chunk == b":\n\n"
            assert signs < 2, "nothing happens"
            for line in chunk.decode().splitlines():
                key, _, value = line.partition(": ")
                if key in ("id", "event", "data"):
                    found[key] = value
            if found:
                return found
        return {}

    def _chunk(self) -> bytes:
        line = self.file.readline()
        size = int(line or b"0", 16)
        self.whole = line == b"0\r\n"
        data = self.file.read(size)
        self.file.readline()
        return data


def read_reply(one: socket.socket) -> Reply:
    """Read an answer to the end of the connection."""
    data = bytearray()
    with suppress(ConnectionResetError, ssl.SSLError):
        while part := one.recv(1 << 20):
            data += part
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = tuple((name.lower(), value) for name, _, value in (x.partition(": ") for x in lines))
    if ("transfer-encoding", "chunked") in headers:
        body = b"".join(_dechunk(body))
    return Reply(int(first.split()[1]) if first else 0, headers, body)


def _dechunk(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, rest = body.partition(b"\r\n")
        yield rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]


# --------------------------------------------------------------------------- a desk


@dataclass
class Served:
    """A desk that is being served, and what it did."""

    root: Path
    calls: list[Call] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    running: Serving | None = None
    thread: threading.Thread | None = None

    @property
    def serving(self) -> Serving:
        assert self.running is not None
        return self.running

    @property
    def token(self) -> str:
        """A new token of the launch address."""
        return self.serving.new_address().partition("#")[2]

    def browser(self, *, inside: bool = True) -> Browser:
        """A browser at this machine, which has been let in or not."""
        browser = Browser(self.serving.port)
        if inside:
            assert browser.enter(self.token).status == 204
        return browser


def example_routes(served: Served) -> tuple[Route, ...]:
    """One address for each right, and for each way to go wrong."""

    def note(call: Call) -> Any:
        served.calls.append(call)
        return {"name": call.person.name, "values": dict(call.values)}

    def fail(call: Call) -> Any:
        match call.word("how"):
            case "error":
                place = served.root / "locales/ru/a.po"
                raise PublishError(
                    f"{place} is a link to /home/somebody/secret.po",
                    Span(str(place), 3, 3),
                    f"look at {served.root}",
                    code="link-refused",
                )
            case "system":
                (served.root / "missing").read_bytes()
            case _:
                raise AssertionError(f"a secret at {served.root}")

    def me(call: Call) -> Any:
        return {"secret": call.secret, "rights": call.rights.words()}

    text = "{document}/{language}"
    return (
        Route("GET", "/", "read", lambda _: Answer(content=PAGE.encode(), kind="text/html")),
        Route("GET", "/api/me", "read", me),
        Route("GET", f"/api/text/{text}", "read", note),
        Route("GET", f"/files/{text}/{{path:path}}", "read", note),
        Route(
            "GET", "/api/drawing", "read", lambda _: Answer(content=b"<svg/>", kind="image/svg+xml")
        ),
        Route("GET", "/api/taken", "read", lambda _: Answer(content=b"%PDF", name='п "1.pdf')),
        Route("GET", "/api/fail", "read", fail),
        Route("GET", "/api/large", "read", lambda _: Answer(content=bytes(20_000_000))),
        Route("POST", "/api/propose", "propose", note),
        Route("POST", "/api/save", "translate", note),
        Route("POST", f"/api/save/{text}", "translate", note),
        Route("POST", "/api/decide", "review", note),
        Route("POST", "/api/build", "own", note),
        Route("POST", "/api/file", "own", note, body="file"),
        Route("GET", "/api/aside", "read", note, aside=True),
        Route("GET", "/api/slow", "read", lambda _: time.sleep(0.25)),
        Route("GET", "/api/forgotten", "", note),  # type: ignore[arg-type]
    )


@contextmanager
def serve_desk(
    root: Path, options: ServeOptions | None = None, wrong: PublishError | None = None
) -> Iterator[Served]:
    """Serve a desk with example addresses in a thread; a `wrong` workspace cannot be opened."""
    served = Served(root)
    ready = threading.Event()
    failed: list[BaseException] = []

    def look() -> list[Event]:
        found, served.events[:] = list(served.events), []
        return found

    def begin(serving: Serving) -> None:
        served.running = serving
        ready.set()

    def open_example() -> Opened:
        if wrong is not None:
            raise wrong
        return Opened(routes=routes[1:], look=look)

    routes = example_routes(served)
    place = Workplace(
        root=root,
        open=open_example,
        routes=routes[:1],
        tags=("en", "ru", "tk"),
    )

    def run() -> None:
        try:
            serve(
                lambda _: place,
                replace(options or ServeOptions(port=0), tags=("en", "ru", "tk")),
                ready=begin,
                tell=served.told.append,
            )
        except BaseException as error:
            failed.append(error)
        finally:
            ready.set()

    served.thread = threading.Thread(target=run)
    served.thread.start()
    try:
        assert ready.wait(20)
        if failed:
            raise failed[0]
        yield served
    finally:
        if served.running is not None:
            served.running.stop()
        served.thread.join(20)
    assert not served.thread.is_alive()
    assert failed == []

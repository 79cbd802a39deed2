"""Make an endpoint of a route: session, rate, right, body, then the handler, then its answer."""

from __future__ import annotations

import asyncio
import hmac
import json
import traceback
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from publish.desk.access import Access, Need, Session
from publish.desk.calls import Answer, Body, Call, Route
from publish.desk.faults import PathHider, describe_error, status_of
from publish.desk.security import Bucket
from publish.desk.work import Busy, Urgency, Worker
from publish.desk.written import encode_json
from publish.errors import PublishError
from publish.oserrors import explain_os_error

__all__ = [
    "Refusal",
    "Service",
    "admit",
    "check_rate",
    "check_right",
    "explain",
    "find_session",
    "make_cookie_name",
    "make_endpoint",
    "read_body",
    "read_json",
    "refuse",
]

MIB = 1024 * 1024
MOST_BYTES: Mapping[Body, int] = {"json": MIB // 4, "text": MIB, "file": 64 * MIB}
MOST_SECONDS: Mapping[Body, float] = {"json": 10, "text": 30, "file": 300}
"""How large a body may be, and how long it may take to come."""
TOO_LARGE: Mapping[Body, tuple[str, str]] = {
    "json": ("This is too large for the desk.", ""),
    "text": (
        "This text is too long: the desk takes 1 MB at most.",
        "make it shorter",
    ),
    "file": ("This file is too large for the desk.", ""),
}
"""What is said of a larger one, and what can be done."""
BURST, RATE = 400, 80
"""How many requests a session may make at once, and how many more in a second."""
STRANGERS_BURST, STRANGERS_RATE = 200, 20
"""The same for all browsers at one address that were not let in."""
MOST_BUCKETS = 1000
ASIDE, ASIDE_EACH = 3, 2
"""So many threads do what keeps nobody waiting, and so many of them for one person."""
BY_LANGUAGE = ("translate", "review")
"""What is allowed for a language, which may be told in the body only."""


class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """An answer instead of the one that was asked for; `close` ends the connection after it."""

    def __init__(self, status: int, message: str, code: str, hint: str = "", close: bool = False):
        super().__init__(message)
        self.status = status
        self.error = {"message": message, "hint": hint, "code": code, "place": ""}
        self.close = close


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What all endpoints share.  `tell` gets the trace of a fault of the program.

    `root` is the folder that everything is in: somebody may rename it while the desk is open.

    `turns` has, by link, who may be worked for: one request of each person and urgency at a time,
    so that nobody waits for all that another one asks.
    """

    desk: Any
    access: Access
    worker: Worker
    hider: PathHider
    root: Path | None = None
    describe: Callable[[PublishError], dict[str, Any]] = describe_error
    tell: Callable[[str], None] = lambda _: None
    page: Callable[[Request, str, int], Response]
    aside: Worker = field(default_factory=partial(Worker, ASIDE))
    buckets: dict[str, Bucket] = field(default_factory=dict)
    turns: dict[tuple[str, int, Urgency], asyncio.Semaphore] = field(default_factory=dict)


# --------------------------------------------------------------------------- sessions


def make_cookie_name(scheme: str, port: int) -> str:
    """Return the name of a desk's cookie; two desks on one machine have two ports.

    Browsers send cookies to all ports of a host.  `__Host-` keeps it to this host and to TLS.
    """
    return f"desk-{port}" if scheme == "http" else f"__Host-desk-{port}"


def find_session(request: Request, access: Access) -> Session | None:
    """Return the session of a request, None if its browser was not let in."""
    scheme = request.scope["scheme"]
    name = make_cookie_name(scheme, request.scope["server"][1])
    return access.find(request.cookies.get(name, ""), shared=scheme == "https")


def admit(service: Service, request: Request) -> Session:
    """Return the session of a request; raises Refusal where there is none, or it asks too much."""
    session = find_session(request, service.access)
    check_rate(service, request, session)
    if session is None:
        raise Refusal(
            401,
            "This browser has not been let in.",
            code="desk-closed",
            hint="press Enter in the terminal where publish desk runs, and open the new address",
        )
    return session


def check_rate(service: Service, request: Request, session: Session | None) -> None:
    """Raise Refusal if a session, or whoever is at an address without one, asks too much."""
    if session is not None:
        name, most, rate = session.id, BURST, RATE
    else:
        client = request.scope["client"]
        name, most, rate = f"at {client[0] if client else ''}", STRANGERS_BURST, STRANGERS_RATE
    if len(service.buckets) > MOST_BUCKETS:
        service.buckets.clear()
    bucket = service.buckets.setdefault(name, Bucket(most, rate))
    if not bucket.take():
        raise Refusal(429, "Too much at once: wait a moment.", code="desk-limit")


def _check_secret(request: Request, session: Session) -> None:
    given = request.headers.get("x-desk", "").encode("latin-1")
    if not hmac.compare_digest(given, session.secret.encode()):
        raise Refusal(
            403,
            "This page is from before the desk was opened anew.",
            code="desk-closed",
            hint="load the page again; what was typed is kept",
        )


# --------------------------------------------------------------------------- bodies


async def read_body(request: Request, body: Body) -> bytes:
    """Return the body of a write; too large or too slow a one is refused."""
    most = MOST_BYTES[body]
    message, hint = TOO_LARGE[body]
    too_large = Refusal(413, message, code="desk-limit", hint=hint, close=True)
    told = request.headers.get("content-length", "0")[:20]
    if told.isdecimal() and int(told) > most:
        raise too_large
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(MOST_SECONDS[body]):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise too_large
                parts.append(part)
    except TimeoutError:
        raise Refusal(408, "This came too slowly.", code="desk-limit", close=True) from None
    return b"".join(parts)


def read_json(request: Request, data: bytes) -> dict[str, Any]:
    wrong = Refusal(400, "The request cannot be understood.", code="desk-request")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "The request has to be JSON.", code="desk-request")
    try:
        found = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # Half of a character is no text.
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(found, dict):
        raise wrong
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


# --------------------------------------------------------------------------- the endpoint


def make_endpoint(route: Route, service: Service) -> Callable[[Request], Awaitable[Response]]:
    """Return what serves a route."""

    async def endpoint(request: Request) -> Response:
        try:
            session, call = await _read_call(route, service, request)
            found = await _run(route, service, session, call, request)
            response = _respond(found)
            if route.urgent:
                response.background = BackgroundTask(_go_on, service.worker)
            return response
        except Exception as error:
            return explain(service, request, error)

    return endpoint


async def _read_call(route: Route, service: Service, request: Request) -> tuple[Session, Call]:
    """Return who asks, and the request as the handler gets it.

    Raises Refusal for one that may not be made.
    """
    session = admit(service, request)
    writes = route.method != "GET"
    if writes:
        _check_secret(request, session)
    if "language" in request.path_params or route.need not in BY_LANGUAGE:
        check_right(service, session, route.need, request.path_params)
    data = await read_body(request, route.body) if writes else b""
    values: dict[str, Any] = dict(request.query_params)
    if writes and route.body != "file":
        values |= read_json(request, data)
    values |= request.path_params
    check_right(service, session, route.need, values)  # The link may have been withdrawn meanwhile.
    call = Call(
        desk=service.desk,
        person=session.person,
        rights=session.person.rights,
        tab=request.headers.get("x-tab", "")[:100],
        shows=request.headers.get("x-shows", "translation"),
        secret=session.secret,
        read_only=service.access.read_only,
        accepts=request.headers.get("accept-language", "")[:200],
        values=values,
        data=data if route.body == "file" else b"",
    )
    return session, call


def refuse_moved(service: Service) -> None:
    """Raise Refusal if the folder of the workspace is not where it was."""
    if service.root is not None and not service.root.is_dir():
        raise Refusal(
            503,
            f"the folder of this workspace, {service.root.name}, is gone or has another name",
            code="workspace-moved",
            hint="give it back its name and place, or close the desk and open it where the "
            "folder is now",
        )


def check_right(service: Service, session: Session, need: Need, values: Mapping[str, Any]) -> None:
    """Raise Refusal if a session may not do something in the language that is named."""
    tag = values.get("language", "")
    allowed = service.access.may(session.person, need, tag if isinstance(tag, str) else "")
    if not (allowed and service.access.holds(session)):
        raise Refusal(
            403,
            "You are not allowed to do this at this desk.",
            code="desk-rights",
            hint="ask whoever opened the desk",
        )


async def _run(
    route: Route, service: Service, session: Session, call: Call, request: Request
) -> Any:
    if route.here:
        return route.run(call)
    if route.method != "GET":
        refuse_moved(service)  # Or what is written would make the old folder anew.
    # What is only asked ahead says so; nobody else's request ever waits for it.
    later = route.method == "GET" and "ahead" in request.query_params
    urgency: Urgency = "now" if route.urgent else "later" if later else "soon"
    worker, most = (service.aside, ASIDE_EACH) if route.aside else (service.worker, 1)
    turns = service.turns.setdefault((session.link, most, urgency), asyncio.Semaphore(most))
    try:
        async with turns:
            check_right(service, session, route.need, call.values)
            if later and await request.is_disconnected():
                raise ClientDisconnect
            return await worker.run(partial(route.run, call), urgency)
    except Busy:
        raise Refusal(503, "The desk is busy: wait a moment.", code="desk-limit") from None


async def _go_on(worker: Worker) -> None:
    """Let the worker begin what is less urgent, since an answer is written."""
    worker.go_on()


# --------------------------------------------------------------------------- answers


def write_json(data: Any, status: int = 200) -> Response:
    """Return data as an answer."""
    return Response(encode_json(data), status, media_type="application/json")


def refuse(refusal: Refusal) -> Response:
    """Return a refusal as an answer."""
    response = write_json({"error": refusal.error}, refusal.status)
    if refusal.close:
        response.headers["connection"] = "close"
    return response


def _respond(found: Any) -> Response:
    answer = found if isinstance(found, Answer) else Answer(data=found)
    if answer.content is None:
        return write_json(answer.data, answer.status)
    if isinstance(answer.content, bytes):
        response = Response(answer.content, answer.status, media_type=answer.kind)
    else:
        parts = deque(answer.content)
        size = {"content-length": str(sum(map(len, parts)))}
        response = StreamingResponse(_send(parts), answer.status, size, media_type=answer.kind)
    if answer.name:
        written = f"attachment; filename*=UTF-8''{quote(answer.name, safe='')}"
        response.headers["content-disposition"] = written
    return response


async def _send(parts: deque[bytes]) -> AsyncIterator[bytes]:
    """Yield parts as fast as they are taken, and keep none that is sent."""
    while parts:
        yield parts.popleft()


def explain(service: Service, request: Request, error: Exception) -> Response:
    """Return what went wrong, in words; the trace of a fault of the program goes to `tell`."""
    if isinstance(error, ClientDisconnect):
        return Response(status_code=400)  # Nobody reads it.
    if not isinstance(error, Refusal):
        try:
            refuse_moved(service)
        except Refusal as moved:
            return refuse(moved)
    if isinstance(error, OSError) and error.errno is not None:
        error = explain_os_error(error, building=False)
    if isinstance(error, PublishError):
        data = service.hider.hide(service.describe(error))
        return write_json({"error": data}, status_of(error))
    if not isinstance(error, Refusal):
        service.tell("".join(traceback.format_exception(error)))
        error = Refusal(
            500,
            "Something went wrong in the program. Nothing that was saved is lost.",
            code="desk-fault",
            hint="load the page again; publish desk --debug prints what happened",
        )
    if request.url.path == "/":
        message = "" if error.status == 401 else str(error)
        return service.page(request, message, error.status)
    return refuse(error)

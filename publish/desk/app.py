"""Make the app: its own addresses, those of the workspace, and what stands before all of them."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route as Served
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from publish.desk.access import Access, read_invitation
from publish.desk.answering import (
    Refusal,
    Service,
    admit,
    check_rate,
    check_right,
    explain,
    find_session,
    make_cookie_name,
    make_endpoint,
    read_body,
    read_json,
    refuse,
)
from publish.desk.assets import Assets, load_assets
from publish.desk.calls import Call, Route
from publish.desk.events import Event, Hub, Stream
from publish.desk.faults import PathHider, describe_error
from publish.desk.plainpages import make_refusal_page, make_start_page
from publish.desk.security import Guard, Names
from publish.desk.work import Worker
from publish.editions.page.interface import Interface
from publish.errors import PublishError, UsageError
from publish.languages.registry import find

__all__ = ["STATIC", "Opened", "Workplace", "make_app"]

STATIC = Path(__file__).parent / "static"
LOOKING = 0.3
"""So many seconds pass between two looks at what changed on disk."""


def english(_: str) -> Interface:
    """Return the interface in English."""
    return Interface(find("en"), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A workspace that is open: its addresses, and what they work with.

    `look` returns what changed on disk since it was last called; `close` ends what was begun;
    `describe` makes data of an error.
    """

    routes: Sequence[Route]
    desk: Any = None
    look: Callable[[], Iterable[Event]] = tuple
    close: Callable[[], None] = lambda: None
    describe: Callable[[PublishError], dict[str, Any]] = describe_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A workspace, as it is served: its own page, its languages, and how it is opened.

    `open` takes its time, in the thread of all work; `routes` are served meanwhile.  `interface`
    chooses a language by what a browser accepts.
    """

    root: Path
    open: Callable[[], Opened]
    routes: Sequence[Route] = ()
    tags: tuple[str, ...] = ()
    interface: Callable[[str], Interface] = english


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What the app's own addresses work with."""

    service: Service
    hub: Hub
    assets: Assets
    place: Workplace
    invite: Callable[[str], str] | None
    opened: Future[Opened]


def make_app(
    place: Workplace,
    access: Access,
    names: Names,
    *,
    hub: Hub,
    worker: Worker,
    invite: Callable[[str], str] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Starlette:
    """Return the app of a desk.

    `invite` returns the address of a link by its secret; without it, the desk is not shared.
    `tell` gets the traces of faults of the program.
    """
    assets = load_assets(STATIC)

    def page(request: Request, message: str, status: int) -> Response:
        words = place.interface(request.headers.get("accept-language", "")[:200])
        sheet = assets.address("start.css")
        return HTMLResponse(make_refusal_page(words, sheet, message), status)

    service = Service(
        desk=None,
        access=access,
        worker=worker,
        hider=PathHider(place.root),
        root=place.root,
        tell=tell,
        page=page,
    )
    parts = _Parts(
        service=service,
        hub=hub,
        assets=assets,
        place=place,
        invite=invite,
        opened=worker.submit(place.open),
    )
    routes = [*place.routes, *_link_routes(parts)]
    app = Starlette(
        routes=[
            _serve("/start", "GET", _show_start, parts),
            _serve("/start", "POST", _let_in, parts),
            _serve("/static/{path:path}", "GET", _send_asset, parts),
            _serve("/api/events", "GET", _stream_events, parts),
            *_list_served(routes, service),
        ],
        middleware=[Middleware(Guard, names=names, refuse=_refuse_plainly)],
        exception_handlers={HTTPException: _tell_http(service)},
        lifespan=_while_served(parts),
    )
    app.router.redirect_slashes = False
    app.router.default = _serve_opened(parts)
    return app


def _serve_opened(parts: _Parts) -> ASGIApp:
    """Return what serves the addresses of the workspace, as soon as it is open."""

    @cache
    def router() -> Router:
        found = parts.opened.result()
        service = replace(parts.service, desk=found.desk, describe=found.describe)
        return Router(_list_served(found.routes, service), redirect_slashes=False)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        with suppress(Exception):  # The error is shown below.
            await asyncio.shield(asyncio.wrap_future(parts.opened))
        try:
            if parts.opened.exception() is not None:
                admit(parts.service, request)  # Strangers need not know what is wrong.
            app: ASGIApp = router()
        except Exception as error:
            app = explain(parts.service, request, error)
        await app(scope, receive, send)

    return serve


def _list_served(routes: Iterable[Route], service: Service) -> list[Served]:
    return [_exact(route.path, route.method, make_endpoint(route, service)) for route in routes]


def _exact(path: str, method: str, endpoint: Callable[[Request], Any]) -> Served:
    """Return an address for one method and no other."""
    served = Served(path, endpoint, methods=[method])
    served.methods = {method}
    return served


def _serve(path: str, method: str, run: Callable[[_Parts, Request], Any], parts: _Parts) -> Served:
    async def endpoint(request: Request) -> Response:
        try:
            response: Response = await run(parts, request)
        except Exception as error:
            return explain(parts.service, request, error)
        return response

    return _exact(path, method, endpoint)


def _refuse_plainly(status: int, message: str) -> ASGIApp:
    return PlainTextResponse(f"{message}\n", status, {"connection": "close"})


def _tell_http(service: Service) -> Callable[[Request, Exception], Response]:
    """Return what answers where no address, or none with this method, is."""

    def handle(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        message = "This cannot be asked here." if status == 405 else "There is no such address."
        if request.url.path.startswith(("/api/", "/files/", "/static/")):
            response = refuse(Refusal(status, message, code="desk-request"))
        else:
            response = service.page(request, message, status)
        if isinstance(error, HTTPException):
            response.headers.update(error.headers or {})
        return response

    return handle


# --------------------------------------------------------------------------- letting in


async def _show_start(parts: _Parts, request: Request) -> Response:
    check_rate(parts.service, request, None)
    words = parts.place.interface(request.headers.get("accept-language", "")[:200])
    sheet, script = map(parts.assets.address, ("start.css", "start.js"))
    return HTMLResponse(make_start_page(words, sheet, script))


async def _let_in(parts: _Parts, request: Request) -> Response:
    """Exchange a token for a cookie; whoever is in already stays in."""
    service = parts.service
    check_rate(service, request, None)
    token = read_json(request, await read_body(request, "json")).get("token")
    scheme = request.scope["scheme"]
    found = None
    if isinstance(token, str):
        found = service.access.redeem(token, shared=scheme == "https")
    if found is None:
        if find_session(request, service.access) is not None:
            return Response(status_code=204)
        raise Refusal(403, "This address does not open the desk, or no longer.", code="desk-closed")
    parts.hub.end(lambda id: not service.access.is_open(id))
    _, cookie = found
    response = Response(status_code=204)
    response.set_cookie(
        make_cookie_name(scheme, request.scope["server"][1]),
        cookie,
        path="/",
        secure=scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return response


# --------------------------------------------------------------------------- files and events


async def _send_asset(parts: _Parts, request: Request) -> Response:
    check_rate(parts.service, request, find_session(request, parts.service.access))
    found = parts.assets.find(request.path_params["path"])
    if found is None:
        raise Refusal(404, "There is no such address.", code="desk-request")
    asset, kept = found
    headers = {"cache-control": kept, "etag": asset.tag}
    if request.headers.get("if-none-match") == asset.tag:
        return Response(status_code=304, headers=headers)
    return Response(asset.data, headers=headers | {"content-type": asset.kind})


class _EventResponse(StreamingResponse):
    """A stream that is no longer counted once its reader is gone."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream.written(), media_type="text/event-stream")
        self.stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write the stream to its end."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.stream.leave()


async def _stream_events(parts: _Parts, request: Request) -> Response:
    session = admit(parts.service, request)
    check_right(parts.service, session, "read", {})
    # The header is from a browser that asks again by itself, the value from a tab that was hidden.
    last = request.headers.get("last-event-id") or request.query_params.get("after", "")
    stream = parts.hub.open(session.id, last[:40], shared=session.shared)
    if stream is None:
        raise Refusal(429, "The desk is open in too many tabs: close some.", code="desk-limit")
    return _EventResponse(stream)


# --------------------------------------------------------------------------- links


def _link_routes(parts: _Parts) -> tuple[Route, ...]:
    """Return the addresses where the owner lists, makes and withdraws links."""
    access = parts.service.access

    def listed(_: Call) -> Any:
        return {
            "shared": parts.invite is not None,
            "links": [asdict(link) for link in access.links()],
        }

    def made(call: Call) -> Any:
        if parts.invite is None:
            raise UsageError("this desk is not shared", hint="open it with publish desk --share")
        person = read_invitation(call.word("invitation"), parts.place.tags)
        link, secret = access.make_link(person)
        return {"id": link.id, "address": parts.invite(secret), **listed(call)}

    def withdrawn(call: Call) -> Any:
        ended = access.withdraw(call.word("id"))
        parts.hub.end(lambda session: session in ended)
        return listed(call)

    return (
        Route("GET", "/api/links", "share", listed, here=True),
        Route("POST", "/api/links", "share", made, here=True),
        Route("POST", "/api/links/withdraw", "share", withdrawn, here=True),
    )


# --------------------------------------------------------------------------- while it is served


def _while_served(parts: _Parts) -> Any:
    @asynccontextmanager
    async def served(_: Starlette) -> AsyncIterator[None]:
        looking = asyncio.create_task(_look(parts))
        try:
            yield
        finally:
            looking.cancel()
            parts.hub.close()
            parts.service.aside.close(0)
            parts.service.worker.close()
            if parts.opened.done() and parts.opened.exception() is None:
                parts.opened.result().close()

    return served


async def _look(parts: _Parts) -> None:
    """Send what changes on disk to whoever has a page open."""
    while True:
        await asyncio.sleep(LOOKING)
        if not parts.hub.listened:
            continue
        try:
            for event in await parts.service.worker.run(
                lambda: tuple(parts.opened.result().look()), "later"
            ):
                parts.hub.send(event)
        except Exception as error:
            parts.service.tell("".join(traceback.format_exception(error)))

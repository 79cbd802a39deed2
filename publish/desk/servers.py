"""Run the servers of a desk, at all its sockets, until they are stopped."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn

from publish.desk.connections import DeskProtocol
from publish.desk.events import Hub

__all__ = ["DeskServer", "make_server", "run_servers"]

HEAD_BYTES = 32 * 1024
MOST_CONNECTIONS = 400
IDLE_SECONDS = 60
END_SECONDS = 1


def run_servers(served: Sequence[tuple[DeskServer, list[socket.socket]]]) -> None:
    """Serve until all have stopped."""
    asyncio.run(_serve_all(served))


async def _serve_all(served: Sequence[tuple[DeskServer, list[socket.socket]]]) -> None:
    await asyncio.gather(*(server.serve(sockets) for server, sockets in served))


class DeskServer(uvicorn.Server):
    """A server that ends its streams before it waits for them, and leaves signals to others."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self.hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self.hub.close()
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()  # What a reader has not taken by now, it never will.
        await asyncio.sleep(0)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals as they are: several servers end together."""
        yield


def make_server(app: Any, hub: Hub, context: ssl.SSLContext | None = None) -> DeskServer:
    """Return a server of an app; with a context, it is the one for the network, by TLS.

    The other one alone begins and ends the app.
    """
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=DeskProtocol,
        ws="none",
        lifespan="on" if context is None else "off",
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
    return DeskServer(config, hub)

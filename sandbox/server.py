"""The sandbox on a real socket, in the event loop that is already running."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.routing import BaseRoute

from sandbox.app import create_app
from sandbox.connections import Connections, protocol_of
from sandbox.world import World


class _Server(uvicorn.Server):
    """A server that begins and ends when it is told to, by whoever runs the event loop.

    Uvicorn by itself takes the process's signals, looks ten times a second whether to end, and then
    waits as long again: more than what happens in most of the tests that end one.
    """

    async def begin(self, listening: socket.socket) -> None:
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listening])
        self._ticking = asyncio.create_task(self.main_loop())  # dates the answers

    async def end(self) -> None:
        """Take no more calls, and let those that are being answered come to their end."""
        self._ticking.cancel()
        for server in self.servers:
            server.close()
        await asyncio.wait({self._ticking, *self.server_state.tasks})
        for server in self.servers:
            await server.wait_closed()


@asynccontextmanager
async def serve(
    world: World,
    host: str = "127.0.0.1",
    port: int = 0,
    routes: list[BaseRoute] | None = None,
) -> AsyncIterator[str]:
    """Serve the world while the block runs; gives the root address (port 0: a free one).

    Leaving the block ends open long polls and unanswered calls at once.
    """
    connections = Connections()
    app = create_app(world, routes)
    app.state.connections = connections
    world.faults.on_partition = connections.cut_all
    config = uvicorn.Config(
        app,
        http=protocol_of(connections, world.faults),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    listening = listen(host, port)
    root = f"http://{host}:{listening.getsockname()[1]}"
    server = _Server(config)
    await server.begin(listening)
    try:
        yield root
    finally:
        world.hang_up()
        connections.cut_all()
        await server.end()


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on; raises OSError when the port is taken."""
    listening = socket.create_server((host, port), backlog=1024)
    # Inherited by each connection. asyncio sets it only on sockets that name their protocol, and
    # without it every answer waits 40 ms for the client's delayed acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening

"""The sandbox on a real socket, in the event loop that is already running."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.routing import BaseRoute

from sandbox.app import create_app
from sandbox.connections import Connections, protocol_of
from sandbox.world import World


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to whoever runs the event loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


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
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await _started(server, task)
        yield root
    finally:
        world.hang_up()
        server.should_exit = True
        connections.cut_all()
        await task


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on; raises OSError when the port is taken."""
    listening = socket.create_server((host, port), backlog=1024)
    # Inherited by each connection. asyncio sets it only on sockets that name their protocol, and
    # without it every answer waits 40 ms for the client's delayed acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def _started(server: uvicorn.Server, task: asyncio.Task[None]) -> None:
    while not server.started:
        if task.done():
            await task
            raise RuntimeError("the sandbox's server did not start")
        await asyncio.sleep(0.005)

"""What answers on VOCI_LISTEN: how the bot is, and in webhook mode Telegram's calls as well.

The web server is loaded after the start: being ready does not wait for it, but its port is taken
before anything else is done, so that one that is taken is told at once.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.metrics import exposition
from bot.readiness import State, complaints
from bot.vitals import Vitals
from storage.engine.errors import StorageError

Look = Callable[[], Awaitable[State]]


def create_app(look: Look, vitals: Vitals, more: Sequence[BaseRoute] = ()) -> Starlette:
    """`/health`: the process answers. `/ready`: it does its work. `/metrics`: in numbers."""

    async def health(_: Request) -> Response:
        return JSONResponse({"alive": True})

    async def ready(_: Request) -> Response:
        try:
            state = await look()
        except StorageError as error:
            said = f"The database does not answer ({type(error).__name__})."
            return JSONResponse({"ready": False, "complaints": [said]}, 503)
        said_of = [*complaints(state)]
        content = {"ready": not said_of, "complaints": said_of, **asdict(state)}
        return JSONResponse(content, 503 if said_of else 200)

    async def metrics(_: Request) -> Response:
        try:
            state = await look()
        except StorageError as error:
            return PlainTextResponse(f"{type(error).__name__}\n", 503)
        return Response(exposition(vitals, state), media_type="text/plain; version=0.0.4")

    shown = (("/health", health), ("/ready", ready), ("/metrics", metrics))
    routes = [Route(path, answer, methods=["GET"]) for path, answer in shown]
    return Starlette(routes=[*more, *routes])


async def serve(app: Starlette, listening: socket.socket) -> None:
    """Answer until cancelled; then answer what has arrived, before the database is closed."""
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise

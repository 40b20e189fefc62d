"""The page's routes: its files, what somebody sees, what happens meanwhile, and what they do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from sandbox.page.acts import Refused, act
from sandbox.page.guard import Guard
from sandbox.page.theatre import Theatre
from sandbox.page.view import view

HERE = Path(__file__).parent
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
SETTLED = 0.05  # seconds of real time: what changes together is told together
ALIVE = 15.0  # seconds of real time after which a quiet stream says that it is there
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def page_routes(theatre: Theatre) -> list[BaseRoute]:
    """The page at the root, for `serve(world, routes=…)`."""

    async def look(request: Request) -> Response:
        people = theatre.people()
        asked = request.query_params.get("person", "")
        chosen = people.get(int(asked)) if asked.isdecimal() else None
        if chosen is None:
            chosen = next(iter(people.values()), None)
        if chosen is None:
            return _json({"refused": "empty"}, 404)
        return _json(await view(theatre, chosen))

    async def changes(request: Request) -> Response:
        return StreamingResponse(_changes(theatre), media_type="text/event-stream")

    async def do(request: Request) -> Response:
        try:
            return _json(await act(theatre, json.loads(await request.body())))
        except Refused as refusal:
            return _json({"refused": str(refusal)}, 409)
        except ValueError:
            return _json({"refused": "unreadable"}, 400)

    async def download(request: Request) -> Response:
        file = theatre.world.files.get(request.path_params["file_id"])
        if file is None:
            return _json({"refused": "gone"}, 404)
        picture = PICTURES.get(file.data[:4]) or PICTURES.get(file.data[:3])
        if file.kind == "photo" and picture:
            return Response(file.data, media_type=picture)
        name = quote(file.name, safe="")
        disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(file.data, headers=disposition, media_type="application/octet-stream")

    routes = [
        Route("/", lambda _: FileResponse(HERE / "index.html")),
        *(_own_file(path) for path in sorted(HERE.iterdir()) if path.suffix in KINDS),
        Route("/page/view", look),
        Route("/page/changes", changes),
        Route("/page/act", do, methods=["POST"]),
        Route("/page/file/{file_id}", download),
    ]
    return [Mount("/", routes=routes, middleware=[Middleware(Guard)])]


def _own_file(path: Path) -> Route:
    return Route(f"/page/{path.name}", lambda _: FileResponse(path, media_type=KINDS[path.suffix]))


async def _changes(theatre: Theatre) -> AsyncIterator[str]:
    """One event a change of the world, or of several that come together."""
    world = theatre.world
    told = -1
    while True:
        if world.revision != told:
            told = world.revision
            yield f"data: {told}\n\n"
        try:
            await world.until(lambda told=told: world.revision != told, ALIVE)  # type: ignore[misc]
        except TimeoutError:
            yield ": still here\n\n"
        await asyncio.sleep(SETTLED)


def _json(content: object, status: int = 200) -> Response:
    # ASCII escapes, so that even a text with a lone surrogate can travel.
    return Response(json.dumps(content).encode(), status, media_type="application/json")

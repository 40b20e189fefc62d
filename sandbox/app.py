"""The Bot API over HTTP, as an ASGI application."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.bots import Bot
from sandbox.call import ApiCall, chat_id_of
from sandbox.connections import Cut, Silence
from sandbox.errors import ApiError, refused, too_many_requests
from sandbox.faults import Fault
from sandbox.limits import is_limited
from sandbox.methods import METHODS
from sandbox.parameters import read_parameters
from sandbox.world import Call, World

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")


def create_app(world: World, routes: list[BaseRoute] | None = None) -> Starlette:
    """The application; `routes` are further pages beside the Bot API."""
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", _bot_api, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", _download, methods=["GET"]),
            *(routes or []),
        ]
    )
    app.state.world = world
    return app


async def _bot_api(request: Request) -> Response:
    world: World = request.app.state.world
    if world.faults.partitioned:
        return Cut()
    try:
        bot = _bot_of(world, request.path_params["token"])
        parameters = read_parameters(
            request.headers.get("content-type", ""),
            await request.body(),
            dict(request.query_params),
        )
        known = METHODS.get(request.path_params["method"].lower())
        if known is None:
            raise ApiError(404, "Not Found")
        chat_id = chat_id_of(world, parameters.string("chat_id"))
    except ApiError as refusal:
        return answer(refusal.as_json(), refusal.code)
    return await _carry_out(ApiCall(world, bot, parameters), known[0], chat_id)


def _bot_of(world: World, token: str) -> Bot:
    if not TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    bot = world.bots.get(token)
    if bot is None:
        raise ApiError(401, "Unauthorized")
    return bot


async def _carry_out(call: ApiCall, method: str, chat_id: int | None) -> Response:
    world = call.world
    fault = world.faults.meet(method, chat_id)
    if fault is not None and fault.kind in ("no_answer", "drop"):
        world.changed()
        return Silence() if fault.kind == "no_answer" else Cut()
    if fault is not None and fault.kind == "502":
        world.changed()
        return Response("<html><h1>502 Bad Gateway</h1></html>", 502, media_type="text/html")
    at = world.clock.now()
    try:
        result = await _result(call, method, chat_id, fault)
    except ApiError as refusal:
        world.log.append(Call(method, chat_id, at, refusal.code, refusal.description))
        world.changed()
        return answer(refusal.as_json(), refusal.code)
    world.log.append(Call(method, chat_id, at, 200, None))
    world.changed()
    if fault is not None:
        return Silence() if fault.kind == "no_answer_after_accept" else Cut()
    return answer({"ok": True, "result": result})


async def _result(call: ApiCall, method: str, chat_id: int | None, fault: Fault | None) -> Any:
    limits = call.world.limits
    if fault is not None and fault.kind == "500":
        raise ApiError(500, "Internal Server Error")
    if fault is not None and fault.kind == "refused":
        raise refused(fault.refusal)
    if fault is not None and fault.kind == "429":
        if chat_id is not None:
            limits.close_chat(call.bot.id, chat_id, fault.retry_after)
        raise too_many_requests(fault.retry_after)
    if chat_id is not None and is_limited(method):
        limits.take(call.bot.id, chat_id)
    result = METHODS[method.lower()][1](call)
    return await result if inspect.isawaitable(result) else result


def answer(content: dict[str, Any], status: int = 200) -> Response:
    # ASCII escapes, so that even a hostile injected text with a lone surrogate can travel.
    return Response(json.dumps(content).encode(), status, media_type="application/json")


async def _download(request: Request) -> Response:
    world: World = request.app.state.world
    try:
        _bot_of(world, request.path_params["token"])
    except ApiError as refusal:
        return answer(refusal.as_json(), refusal.code)
    path = request.path_params["path"]
    file = world.files.get(path.split("/")[1]) if "/" in path else None
    if file is None or file.path != path:
        return answer(ApiError(404, "Not Found").as_json(), 404)
    return Response(file.data, media_type="application/octet-stream")

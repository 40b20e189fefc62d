"""Webhook and health: Telegram gets its 200 only when the update is dealt with for good."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlparse

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import ExtBot

from bot.intake import ALLOWED
from bot.reading import Unreadable, read
from bot.settings import Settings, blaming

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20  # bytes; a real update is a few kilobytes


class TooLarge(ValueError):
    """The body goes on beyond LARGEST, whatever its header says."""


def create_app(
    bot: ExtBot[Any],
    accept: Callable[[Update], Awaitable[None]],
    refuse: Callable[[object], Awaitable[None]],
    secret: str,
    path: str,
    healthy: Callable[[], Awaitable[bool]],
) -> Starlette:
    """The web application: the webhook at `path`, and `/health`."""

    async def webhook(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        content: object = None
        try:
            content = json.loads(await _body(request))
            update = read(content, bot)
        except TooLarge:
            return PlainTextResponse("too large", 413)
        except (Unreadable, ValueError, RecursionError):
            # Telegram would send it again for ever; it can never become readable.
            await refuse(content)
            return PlainTextResponse("unreadable")
        await accept(update)
        return PlainTextResponse("ok")

    async def health(_: Request) -> Response:
        good = await healthy()
        return JSONResponse({"ok": good}, 200 if good else 503)

    return Starlette(
        routes=[Route(path, webhook, methods=["POST"]), Route("/health", health, methods=["GET"])]
    )


async def _body(request: Request) -> bytes:
    """What was sent, piece by piece and never more than LARGEST. Raises TooLarge."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and (len(said) > len(str(LARGEST)) or int(said) > LARGEST):
        raise TooLarge
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise TooLarge
    return bytes(body)


async def serve(
    bot: ExtBot[Any],
    settings: Settings,
    accept: Callable[[Update], Awaitable[None]],
    refuse: Callable[[object], Awaitable[None]],
    healthy: Callable[[], Awaitable[bool]],
) -> None:
    """Tell Telegram where to call, and answer until cancelled; then answer what has arrived.

    Raises SettingsError where the address can't be listened at.
    """
    secret = settings.webhook_secret.get_secret_value()
    path = urlparse(settings.webhook_url).path or "/"
    app = create_app(bot, accept, refuse, secret, path, healthy)
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    with blaming("listen"):
        listening = _listen(*settings.listen_address)
    await bot.set_webhook(settings.webhook_url, allowed_updates=ALLOWED, secret_token=secret)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        # What has arrived is dealt with first: the database is closed after this.
        server.should_exit = True
        await serving
        raise


def _listen(host: str, port: int) -> socket.socket:
    """A socket of ours, so that a port that is taken is an error of ours too. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    # Connections inherit it: the few bytes of an answer do not wait for more.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening

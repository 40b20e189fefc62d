"""The webhook: Telegram gets its 200 only when the update is dealt with for good."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlparse

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import ExtBot

from bot.reading import Unreadable, read
from bot.settings import Settings

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20  # bytes; a real update is a few kilobytes


class TooLarge(ValueError):
    """The body goes on beyond LARGEST, whatever its header says."""


def route(
    bot: ExtBot[Any],
    accept: Callable[[Update], Awaitable[None]],
    refuse: Callable[[object], Awaitable[None]],
    settings: Settings,
) -> Route:
    """Where Telegram calls; whoever does not know the secret is turned away."""
    secret = settings.webhook_secret.get_secret_value()

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

    return Route(urlparse(settings.webhook_url).path or "/", webhook, methods=["POST"])


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

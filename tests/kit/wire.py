"""From Voci to the Telegram of a test, which is in the same loop: no sockets, the same calls."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

import httpx
from telegram.request import HTTPXRequest

from bot import app

HOME = "http://telegram"


class Wire(httpx.AsyncBaseTransport):
    """Breaks as a connection would: cut by the sandbox, or silent until the caller gives up."""

    def __init__(self, telegram: Any) -> None:
        self._telegram = httpx.ASGITransport(telegram)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            async with asyncio.timeout(request.extensions["timeout"]["read"]):
                return await self._telegram.handle_async_request(request)
        except TimeoutError:
            raise httpx.ReadTimeout("no answer", request=request) from None
        except ConnectionResetError as error:
            raise httpx.ReadError(str(error), request=request) from error


def request_over(wire: httpx.AsyncBaseTransport, **given: Any) -> HTTPXRequest:
    """As PTB makes it, over this wire."""
    more = {**given.pop("httpx_kwargs", {}), "transport": wire}
    return HTTPXRequest(**given, httpx_kwargs=more)


@contextmanager
def wired(telegram: Any) -> Iterator[None]:
    """Whoever opens Voci meanwhile has this Telegram, an ASGI application, at the other end."""
    with patch.object(app, "HTTPXRequest", partial(request_over, Wire(telegram))):
        yield

"""Nobody but this page may look or act: not another web page, not by another name of this host.

A browser sends requests to 127.0.0.1 for any page that asks it to. Reading the answers is what the
same-origin policy forbids, unless that page's own name was pointed at 127.0.0.1 (DNS rebinding):
hence the check of Host. Acting needs no answer: hence the check of Origin, which browsers set and
pages cannot.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset(("127.0.0.1", "localhost"))
LARGEST_BODY = 64 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Guard:
    """Middleware around every route of the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = reason_to_refuse(scope["method"], Headers(scope=scope))
        if refusal is not None:
            await PlainTextResponse(refusal, 403, dict(HEADERS))(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        await self._app(scope, receive, with_headers)


def reason_to_refuse(method: str, headers: Headers) -> str | None:
    """Why this request is none of the page's own, or None."""
    host = headers.get("host", "")
    if host.rpartition(":")[0] not in HOSTS and host not in HOSTS:
        return "This page answers only at 127.0.0.1 and localhost."
    if method in ("GET", "HEAD"):
        return None
    if headers.get("origin") != f"http://{host}":
        return "Only the page itself may act here."
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return "Only JSON is understood here."
    length = headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return "That is too much at once."
    return None

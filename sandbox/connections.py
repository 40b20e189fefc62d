"""Connections that break: cut in the middle, or open without ever an answer."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.faults import Faults

Address = tuple[str, int]


class Connections:
    """The open connections of a server by the address of their client."""

    def __init__(self) -> None:
        self._open: dict[Address, asyncio.Transport] = {}

    def opened(self, address: Address, transport: asyncio.Transport) -> None:
        self._open[address] = transport

    def closed(self, address: Address) -> None:
        self._open.pop(address, None)

    def cut(self, address: Address) -> None:
        transport = self._open.pop(address, None)
        if transport is not None:
            transport.abort()

    def cut_all(self) -> None:
        for address in list(self._open):
            self.cut(address)


def protocol_of(connections: Connections, faults: Faults) -> type[asyncio.Protocol]:
    """Uvicorn's protocol that keeps account of connections and refuses them in a partition."""

    class Protocol(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._address = cast(Address, tuple(transport.get_extra_info("peername")[:2]))
            connections.opened(self._address, transport)
            if faults.partitioned:
                connections.cut(self._address)

        def connection_lost(self, exc: Exception | None) -> None:
            connections.closed(self._address)
            super().connection_lost(exc)

    return Protocol


class Silence(Response):
    """No answer: the connection stays open until the client gives up or the server ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


class Cut(Response):
    """No answer, and the connection is closed at once."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connections: Any = getattr(scope["app"].state, "connections", None)
        if connections is None:
            raise ConnectionResetError("the sandbox cut this connection")
        connections.cut(tuple(scope["client"]))
        await Silence()(scope, receive, send)

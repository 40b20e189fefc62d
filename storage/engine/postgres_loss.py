"""Noticing that PostgreSQL's machine is gone: then nothing says so, and no answer comes.

Whoever waits for one would wait for ever, or for a quarter of an hour where something is still to
be sent; and a process whose connections all wait deals with nobody.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import asyncpg

# All that asyncpg raises. The last is a fault of its own protocol, as after a connection is cut.
ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
UNANSWERED = 25_000  # milliseconds
_OPTIONS = (
    (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
    (socket.IPPROTO_TCP, "TCP_KEEPIDLE", 10),
    (socket.IPPROTO_TCP, "TCP_KEEPINTVL", 5),
    (socket.IPPROTO_TCP, "TCP_KEEPCNT", 3),
    (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", UNANSWERED),
)


async def notice_loss(connection: Any) -> None:
    """Lets a new connection of asyncpg fail 25 s after its server has vanished.

    asyncpg has no setting for it, and its socket is reached in this way only.
    """
    transport: asyncio.Transport = connection._transport
    there: socket.socket = transport.get_extra_info("socket")
    if there.family == socket.AF_UNIX:
        return
    for level, name, value in _OPTIONS:
        if hasattr(socket, name):  # not each system knows each
            there.setsockopt(level, getattr(socket, name), value)

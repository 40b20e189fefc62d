"""A server that vanishes is noticed: what the kernel is told, as nothing here can be cut off."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from storage.engine.opening import open_database
from storage.engine.postgres import PostgresDatabase
from storage.engine.postgres_loss import notice_loss


class Transport(asyncio.Transport):
    """What asyncpg's connection goes through, as far as it is asked for."""

    def __init__(self, family: socket.AddressFamily) -> None:
        self.socket = socket.socket(family)
        super().__init__({"socket": self.socket})


async def test_a_server_that_vanished_is_not_waited_for_for_ever() -> None:
    transport = Transport(socket.AF_INET)
    with transport.socket as there:
        await notice_loss(SimpleNamespace(_transport=transport))
        assert there.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        found = {
            name: there.getsockopt(socket.IPPROTO_TCP, getattr(socket, name))
            for name in ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")
            if hasattr(socket, name)
        }
    assert (
        found.items()
        <= {
            "TCP_KEEPIDLE": 10,
            "TCP_KEEPINTVL": 5,
            "TCP_KEEPCNT": 3,
            "TCP_USER_TIMEOUT": 25_000,
        }.items()
    )


async def test_on_the_same_machine_nothing_vanishes() -> None:
    transport = Transport(socket.AF_UNIX)
    with transport.socket as there:
        await notice_loss(SimpleNamespace(_transport=transport))
        assert not there.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


async def test_each_new_connection_is_told(
    postgres_url: Callable[[str], Awaitable[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    async def noted(connection: object) -> None:
        told.append(connection)

    monkeypatch.setattr("storage.engine.postgres.notice_loss", noted)
    database = await open_database(await postgres_url("main"))
    try:
        assert isinstance(database, PostgresDatabase)
        assert len(told) == 1
    finally:
        await database.close()

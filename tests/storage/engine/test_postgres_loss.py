"""A server that vanishes is noticed: what the kernel is told, as nothing here can be cut off."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import asyncpg
import pytest

from storage import updates
from storage.engine.errors import StorageError, Transient
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
    told, url = [], await postgres_url("main")

    async def noted(connection: object) -> None:
        told.append(connection)

    monkeypatch.setattr("storage.engine.postgres.notice_loss", noted)
    database = await open_database(url)
    try:
        assert isinstance(database, PostgresDatabase)
        assert len(told) == 1
    finally:
        await database.close()


async def test_a_connection_lost_when_all_is_done_undoes_nothing(
    postgres_url: Callable[[str], Awaitable[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_database(await postgres_url("main"))

    async def lost(*_: object, **__: object) -> None:
        raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle")

    try:
        with monkeypatch.context() as broken:
            broken.setattr(asyncpg.Connection, "reset", lost)
            async with database.transaction() as tx:
                assert await updates.mark(tx, 7, 1, 1_000)
        async with database.transaction() as tx:
            assert not await updates.mark(tx, 7, 1, 1_000)
    finally:
        await database.close()


async def test_what_fails_is_told_although_the_connection_is_lost_too(
    postgres_url: Callable[[str], Awaitable[str]],
) -> None:
    database = await open_database(await postgres_url("main"))
    try:
        with pytest.raises(Transient):
            async with database.transaction() as tx:
                await tx.statement("SELECT pg_terminate_backend(pg_backend_pid())")
        async with database.transaction() as tx:
            assert await updates.mark(tx, 7, 1, 1_000)
    finally:
        await database.close()


async def test_a_connection_that_fails_while_wiping_is_an_error_of_the_storage(
    postgres_url: Callable[[str], Awaitable[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_database(await postgres_url("main"))

    async def cut(*_: object, **__: object) -> None:
        raise asyncpg.InternalClientError("got result for unknown protocol state 3")

    try:
        with monkeypatch.context() as broken:
            broken.setattr(asyncpg.Connection, "execute", cut)
            with pytest.raises(StorageError):
                await database.wipe_remains()
    finally:
        await database.close()

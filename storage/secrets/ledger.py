"""The ledger: what must survive a restore of the main database. Entries stay as they are.

It lives in the key store: windows released, decisions closed, members erased, occurrences sent.
"""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.database import Database
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
        if row is None:
            return None
        return Entry(row["id"], row["kind"], row["subject"], row["at"], row["data"])

    async def entries(self, kind: str) -> list[Entry]:
        """All facts of a kind, in the order in which they were written."""
        async with self._database.reading() as tx:
            rows = await tx.rows("ledger_entries", kind=kind)
        return [
            Entry(row["id"], row["kind"], row["subject"], row["at"], row["data"]) for row in rows
        ]

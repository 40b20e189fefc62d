"""What the ledger knows to have ended and this database does not know: nearly always nothing.

Whatever ends is committed in the main database first, and then the ledger is told. So all that the
ledger knows at a moment has happened in a main database that is written to after it; that number
of an entry is noted there (`heard`), at the end of a start and at each tick after a change. What
comes above it at a start is looked at: a crash leaves there what is noted as on its way, and a
database from before lacks what came since. A restore and another key store begin at 0.
"""

from __future__ import annotations

from storage.engine.database import Database
from storage.secrets.ledger import Entry, Ledger


async def unheard(database: Database, keys: Database) -> list[Entry]:
    """The ledger's entries of which this database need not know yet, oldest first."""
    async with database.reading() as tx:
        heard = await tx.value("heard")
    return await Ledger(keys).since(heard or 0)


async def on_their_way(database: Database) -> set[str]:
    """The subjects of entries that are noted here: whatever they say has happened here."""
    async with database.reading() as tx:
        erasures = {row["mark"] for row in await tx.rows("pending_erasures")}
        return erasures | {row["subject"] for row in await tx.rows("pending_endings")}


async def all_heard(database: Database, keys: Database, highest: int) -> None:
    """At the end of a start: all up to this entry of the ledger has happened here, too."""
    await database.run(lambda tx: tx.run("put_heard", heard=highest))
    keys.listened = True

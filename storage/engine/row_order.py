"""On PostgreSQL a row's place, and the transaction that wrote it, tell which came before which.

A dump writes rows in this order. So what is promised to have no order of arrival is written anew
in the order of its keys, in one transaction, at every tick after which something came. SQLite keeps
the rows of these tables by their key alone (WITHOUT ROWID).
"""

from __future__ import annotations

import logging
from functools import partial

from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction

log = logging.getLogger(__name__)

# By table: its columns. The rows that share the first belong together; the others order them.
TABLES = {
    "supports": ("proposal_id", "member_id"),
    "attendances": ("assembly_id", "member_id", "answer"),
    "presences": ("assembly_id", "member_id"),
    "ballots": ("decision_id", "tag", "sealed"),
    "helpings": ("decision_id", "tag", "sealed", "token_hash", "helper", "entered"),
}


async def hide(database: Database) -> None:
    """Call at every tick. Raises nothing: what many press meanwhile is tried again at the next."""
    if database.engine != "postgresql":
        return
    for table in TABLES:
        try:
            await database.run(partial(_hide, table=table))
        except StorageError as error:
            log.warning("rows of %s lie as they came: %s", table, type(error).__name__)


async def _hide(tx: Transaction, table: str) -> None:
    group, key, *_ = columns = TABLES[table]
    told = await tx.statement(
        f"SELECT {group} FROM {table} GROUP BY {group}"  # noqa: S608 - our own names
        " HAVING COUNT(DISTINCT xmin::text) > 1"
    )
    for each in told:
        where = f"{table} WHERE {group} = {int(each[group])}"
        rows = await tx.statement(
            f"SELECT {', '.join(columns)} FROM {where} ORDER BY {key}"  # noqa: S608
        )
        await tx.statement(f"DELETE FROM {where}")  # noqa: S608
        await tx.insert(table, columns, [[row[column] for column in columns] for row in rows])

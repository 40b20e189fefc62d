"""On PostgreSQL a row's place, and the transaction that wrote it, tell which came before which.

A dump writes rows in this order. So what is promised to have no order of arrival is written anew
in the order of its keys, by one transaction for all that belong together, at every tick after which
something came. SQLite keeps the rows of these tables by their key alone (WITHOUT ROWID).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
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

# The oldest transaction that is under way: what any later one writes is not there yet. Of it the
# part that rows have; the lowest three numbers of these mean something else.
_HORIZON = """
SELECT GREATEST(3, CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS NUMERIC)
    % 4294967296)::bigint AS horizon
"""


class RowOrder:
    """Hides it; what was looked at once is looked at again only where something has come."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Rows that older transactions wrote lie in order; None: nobody has looked yet.
        self._since: int | None = None
        self._own: list[str] = []  # and what these have written since, which is its own

    async def hide(self) -> None:
        """Call at every tick. Raises nothing but for what keeps it from looking.

        What many press meanwhile is tried again at the next.
        """
        if self._database.engine != "postgresql":
            return
        horizon, touched = await self._look()
        own: list[str | None] = []
        done = True
        for table, groups in touched.items():
            try:
                own += [
                    await self._database.run(partial(_hide, table=table, group=group))
                    for group in groups
                ]
            except StorageError as error:
                done = False
                log.warning("rows of %s lie as they came: %s", table, type(error).__name__)
        if done:
            self._since, self._own = horizon, [each for each in own if each is not None]

    async def _look(self) -> tuple[int, Mapping[str, Sequence[int]]]:
        """Reads and waits for nobody: whoever writes meanwhile is found at the next tick."""
        async with self._database.reading() as tx:
            [row] = await tx.statement(_HORIZON)
            since, own = self._since, self._own
            touched = {table: await _touched(tx, table, since, own) for table in TABLES}
        return int(row["horizon"]), touched


async def _touched(tx: Transaction, table: str, since: int | None, own: Sequence[str]) -> list[int]:
    """Of which groups some rows were written by this transaction or a later one, but its own.

    Where nobody has looked yet: those that several have written.
    """
    group = TABLES[table][0]
    others = f" AND CAST(xmin AS TEXT) NOT IN ({', '.join(map(repr, own))})" if own else ""
    rows = await tx.statement(
        f"SELECT {group} AS it FROM {table}"  # noqa: S608 - our own names
        # Ages, because the numbers of transactions go round. Only what is found is sorted.
        + (
            f" WHERE age(xmin) <= age(CAST('{since:d}' AS xid)){others}"
            if since is not None
            else ""
        )
        + f" GROUP BY {group}"
        + (" HAVING COUNT(DISTINCT xmin::text) > 1" if since is None else "")
        + f" ORDER BY {group}"
    )
    return [int(row["it"]) for row in rows]


async def _hide(tx: Transaction, table: str, group: int) -> str | None:
    """By which transaction its rows lie in order; None where one had written them all."""
    column, key, *_ = columns = TABLES[table]
    where = f"{table} WHERE {column} = {group:d}"
    [told] = await tx.statement(f"SELECT COUNT(DISTINCT xmin::text) AS writers FROM {where}")  # noqa: S608
    if told["writers"] <= 1:
        return None
    rows = await tx.statement(
        f"SELECT {', '.join(columns)} FROM {where} ORDER BY {key}"  # noqa: S608
    )
    await tx.statement(f"DELETE FROM {where}")  # noqa: S608
    await tx.insert(table, columns, [[row[column] for column in columns] for row in rows])
    [own] = await tx.statement("SELECT CAST(CAST(pg_current_xact_id() AS xid) AS TEXT) AS name")
    return str(own["name"])

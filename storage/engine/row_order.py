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
        """Reads and waits for nobody: whoever writes meanwhile is found at the next tick.

        All at once, since no two of these statements are the same: each is planned anew.
        """
        async with self._database.reading() as tx:
            [row] = await tx.statement(_HORIZON)
            each = (_touched(table, self._since, self._own) for table in TABLES)
            found = await tx.statement(f"{' UNION ALL '.join(each)} ORDER BY name, it")
        touched: dict[str, list[int]] = {table: [] for table in TABLES}
        for line in found:
            touched[line["name"]].append(int(line["it"]))
        return int(row["horizon"]), touched


def _touched(table: str, since: int | None, own: Sequence[str]) -> str:
    """Which groups several transactions have written, one of them this one or a later one.

    Its own don't count. Where nobody has looked yet: all that several have written. One has written
    a table as a whole where an erasure has copied it, and nothing in it is to be put in order.
    """
    group = TABLES[table][0]
    others = f" AND CAST(xmin AS TEXT) NOT IN ({', '.join(map(repr, own))})" if own else ""
    # Ages, because the numbers of transactions go round; its own is worked out once, not by row.
    new = (
        f" WHERE {group} IN (SELECT {group} FROM {table}"  # noqa: S608 - our own names
        f" WHERE age(xmin) <= (SELECT age(CAST('{since:d}' AS xid))){others})"
        if since is not None
        else ""
    )
    return (
        f"SELECT '{table}' AS name, {group} AS it FROM {table}{new}"  # noqa: S608
        f" GROUP BY {group} HAVING MIN(age(xmin)) < MAX(age(xmin))"
    )


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

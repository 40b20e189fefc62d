"""PostgreSQL: a table is written anew while everybody goes on.

A row that was deleted or changed stays in its page, and nothing but a new file is without it. So a
twin of the table is made in a schema of its own and filled in steps. A trigger notes the keys of
what others change meanwhile, and nothing else: whoever writes must not have to see the twin, which
their snapshot may not show them. What is noted is carried over from one snapshot, as often as it
takes; then the twin takes the table's place.

A snapshot from before that moment would show the twin without what was carried over last, and
nobody would be told. So there must be none. Every transaction of ours passes a gate before its
first query (storage/engine/postgres.py); the gate is shut, the last of it carried over and
committed by a second connection, and only if nobody has an older snapshot the tables change
places. Whoever is in the way of that is left alone, and it is tried again a moment later.

Foreign keys are made anew without looking at every row, and looked through afterwards, while
everybody goes on: see valid().
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import asyncpg

from storage.engine.postgres_hands import BRIEF, PATIENT, Hands, InTheWay
from storage.engine.postgres_shape import Shape, mark, shape

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

GATE = "schema_versions"  # the table that each transaction of ours locks first, and shares
AT_ONCE = 1_000  # rows that are copied in one transaction
LITTLE = 200  # rows that may be carried over while everybody waits
LOOKS, GLANCE = 5, 0.002  # seconds; how long an older snapshot is waited for
ROUNDS = 50  # so often it is tried to have no more than these left

# One key after the other, however little the server knows of a table that it has just got.
BY_KEY = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"

# A snapshot in which not all is over that was over before this query. Who waits for an advisory
# lock has one for as long as this takes, and no longer.
OLDER = """
WITH now AS (SELECT CAST(pg_current_xact_id() AS xid) AS name)
SELECT EXISTS (
    SELECT FROM pg_stat_activity, now
    WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), $1)
        AND usesysid IS NOT NULL AND wait_event IS DISTINCT FROM 'advisory'
        AND age(backend_xmin) >= age(now.name)
)
"""
INVALID = """
SELECT quote_ident(r.relname) AS holder, quote_ident(c.conname) AS name
FROM pg_constraint AS c JOIN pg_class AS r ON r.oid = c.conrelid
JOIN pg_namespace AS n ON n.oid = c.connamespace
WHERE c.contype = 'f' AND NOT c.convalidated AND n.nspname = current_schema() ORDER BY c.oid
"""


def beside(schema: str) -> str:
    """The schema in which twins are made; whatever is found there belongs to none that lives."""
    return f'"{schema.strip(chr(34))}_wiping"'


async def clear(hands: Hands, schema: str) -> bool:
    """Drops what a twin has left, its trigger too; False where somebody stays in the way."""
    return await hands.briefly(f"DROP SCHEMA IF EXISTS {beside(schema)} CASCADE")


async def valid(hands: Hands, schema: str) -> None:
    """Looks through the foreign keys that were made anew; nobody who reads or writes waits."""
    for each in await hands.one.fetch(INVALID):
        await hands.patiently(
            f"ALTER TABLE {schema}.{each['holder']} VALIDATE CONSTRAINT {each['name']}"
        )


class Twin:
    """The new table in the making. Whatever raises leaves something for clear()."""

    def __init__(self, hands: Hands, table: Shape) -> None:
        self._hands = hands
        self._of = table
        self._schema = beside(table.schema)
        self._name = f"{self._schema}.{table.name}"
        self._noted = f"{self._schema}.voci_changed"
        self._columns = ", ".join(table.columns)
        self._key = ", ".join(table.key)

    async def replace(self) -> bool:
        """From its making to its place; False where somebody was in the way all the time."""
        if not await self._hands.briefly(self._making()):
            return False
        await self._named_alike()
        await self._fill()
        await self._carry_over(self._hands.one)
        await self._index()
        return await self._hands.often(self._change_places)

    def _making(self) -> str:
        """Last of all the trigger: all who write wait from then on until this is committed."""
        table, key = self._of.table, self._key
        old, new = (", ".join(f"{row}.{each}" for each in self._of.key) for row in ("OLD", "NEW"))
        name, definition = self._of.unique[0]
        note = f"INSERT INTO {self._noted} ({key}) VALUES"
        return f"""
            CREATE SCHEMA {self._schema};
            CREATE TABLE {self._name} (LIKE {table} INCLUDING ALL EXCLUDING INDEXES);
            ALTER TABLE {self._name} ADD CONSTRAINT {name} {definition};
            CREATE TABLE {self._noted} AS SELECT {key} FROM {table} WHERE FALSE;
            CREATE FUNCTION {self._schema}.voci_note() RETURNS trigger LANGUAGE plpgsql AS $note$
            BEGIN
                IF TG_OP <> 'INSERT' THEN {note} ({old}); END IF;
                IF TG_OP <> 'DELETE' THEN {note} ({new}); END IF;
                RETURN NULL;
            END
            $note$;
            CREATE TRIGGER voci_wiping AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {self._schema}.voci_note();
        """  # noqa: S608 - names of our own catalogue, quoted

    async def _named_alike(self) -> None:
        """What gives ids is called as the table's was, whatever the table is called by now."""
        made = await shape(self._hands.one, self._schema, self._of.name)
        for (ours, _), (theirs, _) in zip(made.sequences, self._of.sequences, strict=True):
            if ours != theirs:
                await self._hands.patiently(
                    f"ALTER SEQUENCE {self._schema}.{ours} RENAME TO {theirs}"
                )

    async def _fill(self) -> None:
        """Each step from a snapshot of its own, in the order of the keys.

        What changes on either side of the place it has come to is noted.
        """
        last: tuple[object, ...] = ()
        while True:
            behind = ", ".join(f"${number}" for number in range(1, len(last) + 1))
            where = f"WHERE ({self._key}) > ({behind})" if last else ""
            async with self._hands.one.transaction():
                await self._hands.one.execute(BY_KEY)
                row = await self._hands.one.fetchrow(
                    f"WITH copied AS (INSERT INTO {self._name} ({self._columns})"  # noqa: S608
                    f" SELECT {self._columns} FROM {self._of.table} {where}"
                    f" ORDER BY {self._key} LIMIT {AT_ONCE} RETURNING {self._key})"
                    f" SELECT {self._key}, COUNT(*) OVER () AS copied FROM copied"
                    f" ORDER BY {', '.join(f'{each} DESC' for each in self._of.key)} LIMIT 1",
                    *last,
                )
            if row is None or row["copied"] < AT_ONCE:
                return
            last = tuple(row)[:-1]

    async def _carry_over(self, connection: PoolConnectionProxy[Any]) -> int:
        """Brings the twin to what the table is in one snapshot; how much had been noted.

        All that is noted at once: between two parts of it rows could be in each other's way.
        """
        changed = f"(SELECT DISTINCT {self._key} FROM {self._noted}) AS changed"  # noqa: S608
        same = " AND ".join(f"own.{each} = changed.{each}" for each in self._of.key)

        def each_of(table: object, what: str) -> str:
            # LIMIT lets the server look up one key after the other. Joined, it may go through all
            # of a table that it knows nothing of, once for each key.
            return (
                f"SELECT found.* FROM {changed} CROSS JOIN LATERAL"  # noqa: S608
                f" (SELECT {what} FROM {table} AS own WHERE {same} LIMIT 1) AS found"
            )

        async with connection.transaction(isolation="repeatable_read"):
            status = await connection.execute(
                f"{BY_KEY};"  # noqa: S608
                f"DELETE FROM {self._name} WHERE ctid = ANY(ARRAY({each_of(self._name, 'ctid')}));"
                f"INSERT INTO {self._name} ({self._columns})"
                f" {each_of(self._of.table, self._columns)} ORDER BY {self._key};"
                f"DELETE FROM {self._noted}"
            )
        return int(status.rpartition(" ")[2])

    async def _index(self) -> None:
        """Only now: while it was filled, rows of different moments could have been alike."""
        for name, definition in self._of.unique[1:]:
            await self._hands.patiently(
                f"ALTER TABLE {self._name} ADD CONSTRAINT {name} {definition}"
            )
        for name, only_once, definition in self._of.indexes:
            await self._hands.patiently(
                f"CREATE {'UNIQUE ' if only_once else ''}INDEX {name}"
                f" ON {self._name} USING {definition}"
            )
        await self._hands.patiently(f"ANALYZE {self._name}")

    async def _change_places(self) -> None:
        """Raises InTheWay, or what OTHERS are: then nothing has changed."""
        one, other = self._hands.one, self._hands.other
        for _ in range(ROUNDS):
            if await self._carry_over(one) <= LITTLE:
                break
        async with one.transaction():
            await one.execute(
                f"SET LOCAL lock_timeout = '{PATIENT}';"
                f"LOCK TABLE {self._name} IN SHARE UPDATE EXCLUSIVE MODE;"
                f"SET LOCAL lock_timeout = '{BRIEF}'"
            )
            await shut_the_gate(one, self._of.table)
            if await mark(one, self._of.table) != self._of.mark:
                raise asyncpg.ObjectNotInPrerequisiteStateError("the table was changed meanwhile")
            await self._carry_over(other)
            await self._seen_by_nobody()
            await one.execute(self._changing_places())

    async def _seen_by_nobody(self) -> None:
        """Waits a moment for whoever has a snapshot that is older than now; raises InTheWay."""
        for _ in range(LOOKS):
            if not await self._hands.other.fetchval(OLDER, self._hands.one.get_server_pid()):
                return
            await self._hands.sleep(GLANCE)
        raise InTheWay

    def _changing_places(self) -> str:
        """In the search path the twin comes first, so what refers to the table refers to it."""
        of = self._of
        said = [
            f"LOCK TABLE {of.table} IN ACCESS EXCLUSIVE MODE",
            f"SET LOCAL search_path = {self._schema}, {of.schema}",
        ]
        for holder, keys in of.by_holder.items():
            again = [f"ADD CONSTRAINT {key.name} {key.definition} NOT VALID" for key in keys]
            if holder != of.name:
                again = [f"DROP CONSTRAINT {key.name}" for key in keys] + again
            where = self._schema if holder == of.name else of.schema
            said.append(f"ALTER TABLE {where}.{holder} {', '.join(again)}")
        said += [
            f"SELECT setval('{self._schema}.{name}', last_value, is_called)"  # noqa: S608
            f" FROM {of.schema}.{name}"
            for name, _ in of.sequences
        ]
        said += [
            f"DROP TABLE {of.table}",
            f"ALTER TABLE {self._name} SET SCHEMA {of.schema}",
            f"SET LOCAL search_path = {of.schema}",
            *of.triggers,
        ]
        return ";\n".join(said)


async def shut_the_gate(connection: PoolConnectionProxy[Any], table: str) -> None:
    """Until its transaction ends no other of ours begins, and none has begun and not ended.

    And nobody else writes to the table.
    """
    await connection.execute(
        f"LOCK TABLE {GATE} IN ACCESS EXCLUSIVE MODE; LOCK TABLE {table} IN SHARE MODE"
    )

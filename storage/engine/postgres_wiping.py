"""PostgreSQL: every table is written anew, so that no file keeps what was deleted from it.

What is small is locked and written anew at once (VACUUM FULL), what is large by a twin, while
everybody goes on (storage/engine/postgres_twin.py).
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from storage.engine.database import Sleep
from storage.engine.errors import mapped
from storage.engine.postgres_hands import BRIEF, PAUSE, Hands
from storage.engine.postgres_loss import ERRORS
from storage.engine.postgres_shape import is_plain, shape
from storage.engine.postgres_twin import GATE, Twin, clear, valid

log = logging.getLogger(__name__)

WIPING = 5018341  # any number, the same everywhere: of several processes one wipes at a time
SMALL = 1 << 20  # bytes, all indices counted: written anew in less than nobody notices
LOOKS = 20  # at whether old snapshots are gone

SCHEMA = "SELECT quote_ident(current_schema())"
OWN_TABLES = """
SELECT quote_ident(tablename) FROM pg_tables
WHERE schemaname = current_schema() ORDER BY tablename
"""
# How large, and whether anything was ever in it since it was made or written anew: an index that
# holds nothing is one page long.
SIZE = """
SELECT pg_total_relation_size(c.oid) AS size, pg_total_relation_size(c.oid)
    <= (SELECT COUNT(*) FROM pg_index WHERE indrelid IN (c.oid, c.reltoastrelid))
    * CAST(current_setting('block_size') AS BIGINT) AS empty
FROM pg_class AS c WHERE c.oid = CAST($1 AS TEXT)::regclass
"""
NOW = "SELECT CAST(pg_current_xact_id() AS TEXT)"
# Whatever can see what was deleted before $1, or began to write before: until it ends, what is
# written anew holds that too.
READERS = """
WITH since AS (SELECT age(CAST(CAST($1 AS TEXT) AS xid)) AS age)
SELECT EXISTS (
    SELECT FROM pg_stat_activity, since
    WHERE (datid IS NULL OR datname = current_database()) AND pid <> pg_backend_pid()
        AND (age(backend_xmin) >= since.age OR age(backend_xid) >= since.age)
) OR EXISTS (
    SELECT FROM pg_prepared_xacts, since
    WHERE database = current_database() AND age(transaction) >= since.age
) OR EXISTS (
    SELECT FROM pg_replication_slots, since
    WHERE age(xmin) >= since.age OR age(catalog_xmin) >= since.age
)
"""
# What the server has noted of a table to plan with: how often which values are there. Compared as
# names, for which there is an index, and not as they are quoted: 1.6 ms a table.
NOTED = """
SELECT EXISTS (
    SELECT FROM pg_stats
    WHERE schemaname = (SELECT CAST((parse_ident($1))[1] AS NAME))
        AND tablename = (SELECT CAST((parse_ident($2))[1] AS NAME))
)
"""
NOTES = "SELECT pg_relation_filenode('pg_statistic')"


async def wipe_all(pool: asyncpg.Pool[Any], sleep: Sleep) -> bool:
    """Writes every table anew; False where somebody is in the way for now. Raises StorageError."""
    async with _hands(pool, sleep) as hands:
        schema = await hands.one.fetchval(SCHEMA)
        if not await _begun(hands, schema) or not await _seen_by_nobody(hands, LOOKS):
            return False
        for row in await hands.one.fetch(OWN_TABLES):
            if not await _write_anew(hands, schema, row[0]):
                return False
        return await _wipe_notes(hands)


async def wipe_one(pool: asyncpg.Pool[Any], sleep: Sleep, table: str) -> bool:
    """Writes a small table anew; False where somebody is in the way. Raises StorageError."""
    async with _hands(pool, sleep) as hands:
        if not await _seen_by_nobody(hands, 1):
            return False
        schema = await hands.one.fetchval(SCHEMA)
        if not await hands.one.fetchval(NOTED, schema, table):
            return await _vacuum(hands, table)
        return await _begun(hands, schema) and (
            await _write_anew(hands, schema, table) and await _wipe_notes(hands)
        )


async def _begun(hands: Hands, schema: str) -> bool:
    """Whether nobody else wipes; what one that died has left is brought to its end, or dropped."""
    if not await hands.one.fetchval("SELECT pg_try_advisory_lock($1)", WIPING):
        return False
    if not await clear(hands, schema):
        return False
    await valid(hands, schema)
    return True


async def _write_anew(hands: Hands, schema: str, name: str) -> bool:
    table = f"{schema}.{name}"
    [(size, empty)] = await hands.one.fetch(SIZE, table)
    noted = await hands.one.fetchval(NOTED, schema, name)
    if name == GATE or (empty and not noted):
        return True
    # Of a table without rows nothing is noted anew: what was noted goes with it.
    emptied = noted and not await hands.one.fetchval(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608
    if size > SMALL or emptied:
        if await is_plain(hands.one, table):
            return await _replace(hands, schema, name)
        if size > SMALL:
            log.warning("%s is locked while it is written anew: it is not as we made it", name)
    if not await _vacuum(hands, table):
        return False
    if noted:
        await hands.patiently(f"ANALYZE {table}")
    return True


async def _replace(hands: Hands, schema: str, name: str) -> bool:
    if not await Twin(hands, await shape(hands.one, schema, name)).replace():
        return False
    if not await clear(hands, schema):
        return False
    await valid(hands, schema)
    return True


async def _wipe_notes(hands: Hands) -> bool:
    """What was noted before holds values of rows that are gone: names, ids."""
    if not await _seen_by_nobody(hands, LOOKS):
        return False
    before = await hands.one.fetchval(NOTES)
    if not await _vacuum(hands, "pg_statistic"):
        return False
    if await hands.one.fetchval(NOTES) == before:
        log.warning("what is noted of deleted rows is not wiped: the database is another role's")
    return True


async def _vacuum(hands: Hands, table: str) -> bool:
    async def vacuum() -> None:
        await hands.one.execute(f"VACUUM FULL {table}")

    return await hands.often(vacuum)


async def _seen_by_nobody(hands: Hands, looks: int) -> bool:
    """Waits until no snapshot is older than now: then none will be that shows what is deleted."""
    now = await hands.one.fetchval(NOW)
    for look in range(looks):
        if look:
            await hands.sleep(PAUSE)
        if not await hands.one.fetchval(READERS, now):
            return True
    return False


@asynccontextmanager
async def _hands(pool: asyncpg.Pool[Any], sleep: Sleep) -> AsyncIterator[Hands]:
    try:
        async with pool.acquire() as one, pool.acquire() as other:
            for each in (one, other):
                await each.execute(f"SET lock_timeout = '{BRIEF}'; SET statement_timeout = 0")
            yield Hands(one, other, sleep)
    except (OSError, *ERRORS) as error:
        raise mapped(error) from error

"""What stands in a database, asked of the engine itself: tables, columns, where ids come from."""

from __future__ import annotations

from storage.engine.transaction import Transaction

_TABLES = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    ),
    "postgresql": (
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
        " ORDER BY tablename"
    ),
}

_COLUMNS = {
    "sqlite": (
        "SELECT t.name AS name, c.name AS column_name, t.sql LIKE '%AUTOINCREMENT%' AND c.pk = 1"
        " AS given FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' ORDER BY t.name, c.cid"
    ),
    "postgresql": (
        "SELECT table_name AS name, column_name, is_identity = 'YES' AS given"
        " FROM information_schema.columns WHERE table_schema = current_schema()"
        " ORDER BY table_name, ordinal_position"
    ),
}


async def tables(tx: Transaction, engine: str) -> list[str]:
    """The names of all tables."""
    return [row["name"] for row in await tx.statement(_TABLES[engine])]


async def columns(tx: Transaction, engine: str) -> dict[str, tuple[str, ...]]:
    """The columns of all tables, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for row in await tx.statement(_COLUMNS[engine]):
        found[row["name"]] = (*found.get(row["name"], ()), row["column_name"])
    return found


async def highest_id(tx: Transaction, engine: str) -> int:
    """The highest id that any table has given to a row that still stands; 0 without one."""
    highest = 0
    for table, column in await _giving(tx, engine):
        [row] = await tx.statement(f"SELECT MAX({column}) AS highest FROM {table}")  # noqa: S608
        highest = max(highest, row["highest"] or 0)
    return highest


async def give_ids_above(tx: Transaction, engine: str, highest: int) -> None:
    """Lets every table that gives ids go on above this one."""
    if engine == "sqlite":
        await tx.statement("DELETE FROM sqlite_sequence")
    for table, column in await _giving(tx, engine):
        if engine == "sqlite":
            await tx.statement(
                f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {highest:d})"  # noqa: S608
            )
        else:
            await tx.statement(
                f"ALTER TABLE {table} ALTER COLUMN {column} RESTART WITH {highest + 1:d}"
            )


async def go_on_above(tx: Transaction, engine: str, table: str, highest: int) -> None:
    """Lets a table give ids above this one; where it would do so already, nothing changes."""
    if engine == "sqlite":
        await tx.statement(
            "INSERT INTO sqlite_sequence (name, seq)"  # noqa: S608
            f" SELECT '{table}', 0 WHERE '{table}' NOT IN (SELECT name FROM sqlite_sequence)"
        )
        await tx.statement(
            f"UPDATE sqlite_sequence SET seq = MAX(seq, {highest:d}) WHERE name = '{table}'"  # noqa: S608
        )
        return
    [row] = await tx.statement(f"SELECT pg_get_serial_sequence('{table}', 'id') AS name")
    await tx.statement(
        f"SELECT setval('{row['name']}', {highest:d}) FROM {row['name']}"  # noqa: S608
        f" WHERE last_value <= {highest:d}"
    )


async def keep_still(tx: Transaction, engine: str, table: str) -> None:
    """Waits until nobody is writing to a table, and keeps it so; the transaction's first query."""
    if engine == "sqlite":
        await tx.statement("SELECT 1")  # BEGIN IMMEDIATE goes with it
    else:
        await tx.statement(f"LOCK TABLE {table} IN SHARE MODE")


async def drop_twin(tx: Transaction, engine: str) -> None:
    """Drops what is being made to take a table's place (storage/engine/postgres_twin.py).

    It is of the schema from before a migration, and its trigger names columns of it.
    """
    if engine == "postgresql":
        await tx.statement(
            "DO $$ BEGIN EXECUTE 'DROP SCHEMA IF EXISTS '"
            " || quote_ident(current_schema() || '_wiping') || ' CASCADE'; END $$"
        )


async def _giving(tx: Transaction, engine: str) -> list[tuple[str, str]]:
    rows = await tx.statement(_COLUMNS[engine])
    return [(row["name"], row["column_name"]) for row in rows if row["given"]]

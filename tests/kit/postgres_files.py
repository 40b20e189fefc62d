"""What a server of PostgreSQL keeps of one database: the bytes of its files, and its catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from storage.engine.database import Database

WHERE = """
SELECT current_setting('data_directory') AS folder,
    CAST((SELECT oid FROM pg_database WHERE datname = current_database()) AS TEXT) AS name
"""
SHAPE = {
    "tables": """
        SELECT c.relname, c.relkind::text, c.relpersistence::text, c.reloptions::text,
            c.relacl::text, c.relreplident::text, c.relrowsecurity, c.relowner::regrole::text
        FROM pg_class AS c WHERE c.relnamespace = current_schema()::regnamespace
            AND c.relkind <> 'i' ORDER BY 1
    """,
    "columns": """
        SELECT c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname,
            format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
            a.attgenerated::text, a.attcollation::regcollation::text, a.attstorage::text,
            a.attcompression::text, a.attacl::text, pg_get_expr(d.adbin, d.adrelid)
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
            AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2
    """,
    "constraints": """
        SELECT c.conrelid::regclass::text, c.conname, c.contype::text, pg_get_constraintdef(c.oid),
            c.convalidated, c.condeferrable, c.conindid::regclass::text, c.confrelid::regclass::text
        FROM pg_constraint AS c WHERE c.connamespace = current_schema()::regnamespace
        ORDER BY 1, 2
    """,
    "indices": """
        SELECT c.relname, i.relname, pg_get_indexdef(i.oid), x.indisvalid, x.indisready
        FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid
        JOIN pg_class AS c ON c.oid = x.indrelid
        WHERE c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2
    """,
    "triggers": """
        SELECT t.tgrelid::regclass::text, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled::text
        FROM pg_trigger AS t WHERE NOT t.tgisinternal ORDER BY 1, 2
    """,
    "own triggers": """
        SELECT t.tgrelid::regclass::text, t.tgfoid::regproc::text, COUNT(*)
        FROM pg_trigger AS t WHERE t.tgisinternal GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "sequences": """
        SELECT sequencename, start_value, increment_by, last_value, cycle, cache_size
        FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1
    """,
    "whose sequences": """
        SELECT d.objid::regclass::text, d.refobjid::regclass::text, d.refobjsubid > 0,
            d.deptype::text
        FROM pg_depend AS d JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S'
        WHERE d.refclassid = 'pg_class'::regclass ORDER BY 1, 2
    """,
    "functions and schemas": """
        SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        UNION ALL SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg_%' ORDER BY 1
    """,
}


async def catalogue(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All that can be told of a database's tables, but for the numbers that the server gives."""
    async with database.reading() as tx:
        return {
            name: [tuple(row) for row in await tx.statement(query)] for name, query in SHAPE.items()
        }


async def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, sorted."""
    async with database.reading() as tx:
        found = await tx.statement(
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
        )
        return {
            each["name"]: sorted(
                (tuple(row) for row in await tx.statement(f"SELECT * FROM {each['name']}")),
                key=repr,
            )
            for each in found
        }


async def on_disk(database: Database) -> bytes:
    """All bytes of its files, once the server has written what it holds in memory."""
    pool: Any = database
    async with database.reading() as tx:
        [row] = await tx.statement(WHERE)
    await pool._pool.execute("CHECKPOINT")
    return _bytes(Path(row["folder"], "base", row["name"]))


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())

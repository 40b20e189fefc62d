"""What PostgreSQL's catalogue says of a table: all that makes another one the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from assembly.immutable import immutable

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

# Another one as soon as anything of the table has changed, its file among it.
MARK = """
SELECT CAST((
    pg_relation_filenode(c.oid), c.relacl, c.reloptions,
    ARRAY(SELECT (attname, atttypid, atttypmod, attnotnull, atthasdef, attidentity)
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 ORDER BY attnum),
    ARRAY(SELECT (oid, conname) FROM pg_constraint WHERE c.oid IN (conrelid, confrelid)
        ORDER BY oid),
    ARRAY(SELECT indexrelid FROM pg_index WHERE indrelid = c.oid ORDER BY indexrelid),
    ARRAY(SELECT oid FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal
        AND tgname <> 'voci_wiping' ORDER BY oid)
) AS TEXT) FROM pg_class AS c WHERE c.oid = CAST($1 AS TEXT)::regclass
"""
COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = CAST($1 AS TEXT)::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
KEY = """
SELECT quote_ident(a.attname) FROM pg_constraint AS c
CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
WHERE c.conrelid = CAST($1 AS TEXT)::regclass AND c.contype = 'p' ORDER BY k.place
"""
UNIQUE = """
SELECT quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
WHERE conrelid = CAST($1 AS TEXT)::regclass AND contype IN ('p', 'u') ORDER BY contype, conname
"""
INDEXES = """
SELECT quote_ident(i.relname) AS name, x.indisunique AS only_once,
    split_part(pg_get_indexdef(i.oid), ' USING ', 2) AS definition
FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid
WHERE x.indrelid = CAST($1 AS TEXT)::regclass
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u'))
ORDER BY i.relname
"""
FOREIGN = """
SELECT quote_ident(r.relname) AS holder, quote_ident(c.conname) AS name,
    pg_get_constraintdef(c.oid) AS definition
FROM pg_constraint AS c JOIN pg_class AS r ON r.oid = c.conrelid
WHERE c.contype = 'f' AND CAST($1 AS TEXT)::regclass IN (c.conrelid, c.confrelid)
ORDER BY c.oid
"""
TRIGGERS = """
SELECT pg_get_triggerdef(oid) FROM pg_trigger
WHERE tgrelid = CAST($1 AS TEXT)::regclass AND NOT tgisinternal AND tgname <> 'voci_wiping'
ORDER BY oid
"""
SEQUENCES = """
SELECT quote_ident(s.relname) AS name, quote_ident(a.attname) AS giver
FROM pg_attribute AS a
JOIN pg_class AS s ON s.oid = pg_get_serial_sequence(CAST($1 AS TEXT), a.attname)::regclass
WHERE a.attrelid = CAST($1 AS TEXT)::regclass AND a.attidentity <> '' ORDER BY a.attnum
"""
# Whether nothing else hangs on the table than what is read above: nobody's views, rights or
# policies, no part of a replication, nothing that CREATE TABLE … LIKE would leave out.
PLAIN = """
SELECT EXISTS (
    SELECT FROM pg_class AS c
    WHERE c.oid = CAST($1 AS TEXT)::regclass AND c.relkind = 'r' AND c.relpersistence = 'p'
        AND NOT c.relispartition AND NOT c.relhassubclass AND NOT c.relhasrules
        AND NOT c.relrowsecurity AND c.relacl IS NULL AND c.reloptions IS NULL
        AND c.reltablespace = 0 AND c.relreplident = 'd'
        AND to_regclass('schema_versions') IS NOT NULL
        AND pg_get_userbyid(c.relowner) = current_user
        AND has_database_privilege(current_database(), 'CREATE')
        AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')
        AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND NOT attisdropped
            AND (attacl IS NOT NULL OR attoptions IS NOT NULL))
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid
            AND (condeferrable OR contype NOT IN ('p', 'u', 'f', 'c', 'n')))
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE c.oid IN (conrelid, confrelid)
            AND contype = 'f' AND connamespace <> c.relnamespace)
        AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgenabled <> 'O')
        AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)
        AND NOT EXISTS (SELECT FROM pg_description
            WHERE classoid = 'pg_class'::regclass AND objoid = c.oid)
        AND NOT EXISTS (SELECT FROM pg_statistic_ext WHERE stxrelid = c.oid)
        AND NOT EXISTS (SELECT FROM pg_publication_rel WHERE prrelid = c.oid)
        AND NOT EXISTS (SELECT FROM pg_publication WHERE puballtables)
        AND NOT EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_class'::regclass
            AND refobjid = c.oid AND deptype = 'n' AND classid <> 'pg_constraint'::regclass)
)
"""


@immutable
class Foreign:
    """A foreign key of the table, or one that refers to it; `holder` is the table that has it."""

    holder: str
    name: str
    definition: str


@immutable
class Shape:
    """A table as it can be made anew; all names quoted where they have to be."""

    schema: str
    name: str
    mark: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    unique: tuple[tuple[str, str], ...]  # name and definition, the primary key first
    indexes: tuple[tuple[str, bool, str], ...]  # name, whether unique, definition
    foreign: tuple[Foreign, ...]
    triggers: tuple[str, ...]
    sequences: tuple[tuple[str, str], ...]  # name, and the column that it gives ids to

    @property
    def table(self) -> str:
        """Its name with the schema's."""
        return f"{self.schema}.{self.name}"

    @property
    def by_holder(self) -> dict[str, list[Foreign]]:
        """The foreign keys by the table that has them."""
        found: dict[str, list[Foreign]] = defaultdict(list)
        for each in self.foreign:
            found[each.holder].append(each)
        return dict(found)


async def is_plain(connection: PoolConnectionProxy[Any], table: str) -> bool:
    """Whether shape() tells all there is of it, and whoever asks may make another one."""
    return bool(await connection.fetchval(PLAIN, table))


async def mark(connection: PoolConnectionProxy[Any], table: str) -> str:
    """Tells a table that was changed from the one that it was."""
    return str(await connection.fetchval(MARK, table))


async def shape(connection: PoolConnectionProxy[Any], schema: str, name: str) -> Shape:
    """What stands in the catalogue of a table that is_plain()."""
    table = f"{schema}.{name}"

    async def column(query: str) -> tuple[str, ...]:
        return tuple(row[0] for row in await connection.fetch(query, table))

    return Shape(
        schema=schema,
        name=name,
        mark=await mark(connection, table),  # first: what changes while the rest is read is told
        columns=await column(COLUMNS),
        key=await column(KEY),
        unique=tuple((row[0], row[1]) for row in await connection.fetch(UNIQUE, table)),
        indexes=tuple((row[0], row[1], row[2]) for row in await connection.fetch(INDEXES, table)),
        foreign=tuple(
            Foreign(row["holder"], row["name"], row["definition"].removesuffix(" NOT VALID"))
            for row in await connection.fetch(FOREIGN, table)
        ),
        triggers=await column(TRIGGERS),
        sequences=tuple((row[0], row[1]) for row in await connection.fetch(SEQUENCES, table)),
    )

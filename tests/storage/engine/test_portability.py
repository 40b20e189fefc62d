"""The SQL says the same on both engines: constructs that don't are found by reading it.

Each pattern stands for a failure seen on SQLite 3.40 or PostgreSQL 18.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from storage.engine.schema import MIGRATIONS, available
from storage.engine.statements import QUERIES, load

STRINGS = re.compile(r"'(?:[^']|'')*'")
COMMENTS = re.compile(r"--.*")

FORBIDDEN = {
    "IN takes no list parameter": r"\bIN\s*\(\s*:\w+\s*\)|\bANY\s*\(|json_each",
    "IS with a parameter: write IS NOT DISTINCT FROM": r"\bIS\s+(NOT\s+)?:",
    "INSERT OR … is SQLite's": r"\b(INSERT|UPDATE)\s+OR\b|\bREPLACE\s+INTO\b",
    "LIMIT -1 is SQLite's": r"\bLIMIT\s+-",
    "FOR UPDATE is PostgreSQL's": r"\bFOR\s+(UPDATE|SHARE)\b",
    "max and min of two values differ": r"\b(max|min)\s*\([^()]*,",
    "greatest and least are PostgreSQL's": r"\b(greatest|least)\s*\(",
    "hex and blob literals": r"\bhex\s*\(|\bx''",
    "a cast is CAST(… AS …)": r"::",
    "double-quoted names": r'"',
    "lower and LIKE differ: casefold in Python": r"\b(lower|upper)\s*\(|\b(I?LIKE|GLOB)\b",
    "SUM of a comparison": r"\bSUM\s*\([^()]*[<>=]",
    "boolean columns: BIGINT with CHECK": r"\bBOOLEAN\b",
    "a bare parameter has no type": r"\bSELECT\s+:|:\w+\s*[-+*/]\s*:|:\w+\s+IS\s+(NOT\s+)?NULL",
    "the clock is injected": r"CURRENT_TIMESTAMP|\bnow\s*\(|\bdatetime\s*\(|\bstrftime\b",
    "a comment starts with --": r"^\s*#",
    "autoincrement and blobs are tokens": r"\bAUTOINCREMENT\b|\bBYTEA\b|\bBLOB\b(?!\})",
    "WITHOUT ROWID is a token": r"\bWITHOUT\s+ROWID\b",
}

QUERY_FILES = sorted(QUERIES.glob("*.sql"))
MIGRATION_FILES = sorted(MIGRATIONS.glob("*/*.sql"))


def code(path: Path) -> str:
    """The SQL without its comments, strings emptied, and without blocks for one engine only."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    common = [block for block in blocks if not re.search(r"^--\s*only ", block, re.MULTILINE)]
    return STRINGS.sub("''", COMMENTS.sub("", "\n\n".join(common)))


def violations(sql: str) -> list[str]:
    return [
        reason
        for reason, pattern in FORBIDDEN.items()
        if re.search(pattern, sql, re.IGNORECASE | re.MULTILINE)
    ]


@pytest.mark.parametrize("path", QUERY_FILES + MIGRATION_FILES, ids=lambda path: path.stem)
def test_the_sql_is_portable(path: Path) -> None:
    assert violations(code(path)) == []


@pytest.mark.parametrize("path", MIGRATION_FILES, ids=lambda path: path.stem)
def test_integers_are_bigint(path: Path) -> None:
    assert re.findall(r"\b(?:INTEGER|INT|SMALLINT|SERIAL|REAL)\b", code(path)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM t WHERE a IN (:list)",
        "SELECT a FROM t WHERE a IS :b",
        "INSERT OR IGNORE INTO t VALUES (1)",
        "SELECT max(a, b) FROM t",
        "SELECT :a",
        "SELECT a FROM t WHERE b < :now - :d",
        "SELECT a FROM t WHERE :x IS NULL",
        "SELECT a::text FROM t",
        "SELECT SUM(a > b) FROM t",
        "SELECT a FROM t WHERE lower(a) = :a",
    ],
)
def test_the_reader_finds_what_failed_before(sql: str) -> None:
    assert violations(sql) != []


@pytest.mark.parametrize("path", QUERY_FILES, ids=lambda path: path.stem)
def test_queries_have_the_operator_of_what_they_do(path: Path) -> None:
    """`!` without RETURNING and a row count on both engines; lists are ordered (rule 13)."""
    statements = load("aiosqlite", QUERIES)
    names = re.findall(r"^-- name:\s*(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    for name in names:
        if name in statements.run:
            sql = statements.run[name].sql
            assert re.match(r"(INSERT|UPDATE|DELETE)\b", sql), name
            assert "RETURNING" not in sql, name
        elif name in statements.rows:
            sql = statements.rows[name].sql
            assert "ORDER BY" in sql or "RETURNING" in sql, name


def test_every_query_compiles_against_the_schema() -> None:
    """SQLite prepares each: a misspelt column shows here, whether or not a test calls it."""
    queries = load("aiosqlite")
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE schema_versions (version BIGINT, name TEXT, checksum TEXT, applied_at BIGINT)"
    )
    for subject in ("main", "keys"):
        for step in available(MIGRATIONS / subject):
            for sql in step.statements("sqlite"):
                connection.execute(sql)
    for table in (queries.rows, queries.row, queries.value, queries.run):
        for statement in table.values():
            given = dict.fromkeys(statement.parameter_names)
            connection.execute("EXPLAIN " + statement.sql, given)
    connection.close()
    assert len(queries.run) > 20

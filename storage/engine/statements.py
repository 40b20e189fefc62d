"""The queries of `storage/queries/*.sql`, loaded once with aiosql and looked up by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Literal

import aiosql
from aiosql.query_loader import QueryLoader
from aiosql.types import QueryDatum, SQLOperationType

from assembly.immutable import immutable
from storage.engine.errors import StorageError

QUERIES = Path(__file__).parents[1] / "queries"
_NAME = re.compile(r"--\s*name\s*:\s*")

Driver = Literal["aiosqlite", "asyncpg"]


@immutable
class Statement:
    """One query: its text in the driver's dialect, its parameters in the order of their numbers."""

    name: str
    sql: str
    parameters: tuple[str, ...]
    parameter_names: frozenset[str]

    def check(self, given: Mapping[str, object]) -> None:
        """Raises StorageError unless exactly the declared parameters are given."""
        if given.keys() != self.parameter_names:
            raise StorageError(
                f"query {self.name} takes {sorted(self.parameter_names)}, got {sorted(given)}"
            )


@immutable
class Statements:
    """All queries by name, one table for each operator, so that a wrong call fails at once."""

    rows: dict[str, Statement] = field(default_factory=dict)
    row: dict[str, Statement] = field(default_factory=dict)
    value: dict[str, Statement] = field(default_factory=dict)
    run: dict[str, Statement] = field(default_factory=dict)

    def table(self, operation: SQLOperationType, where: str) -> dict[str, Statement]:
        """The table for an operator of aiosql; raises StorageError for those we don't use.

        `<!` returned the wrong ids on SQLite, `#` commits half-way: both are refused here.
        """
        tables = {
            SQLOperationType.SELECT: self.rows,
            SQLOperationType.SELECT_ONE: self.row,
            SQLOperationType.SELECT_VALUE: self.value,
            SQLOperationType.INSERT_UPDATE_DELETE: self.run,
        }
        if operation not in tables:
            raise StorageError(f"{where}: operator for {operation.name} is not used here")
        return tables[operation]


def insertion(table: str, columns: Sequence[str], mark: str) -> Statement:
    """The statement that inserts a row whole; `mark` is the driver's sign, {} for its number."""
    marks = ", ".join(mark.format(number) for number in range(1, len(columns) + 1))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    return Statement(f"insert into {table}", sql, (), frozenset())


class _Loader(QueryLoader):
    """Reads a file without looking for `/* */` at every character: two thirds of aiosql's time."""

    def load_query_data_from_sql(
        self, sql: str, ns_parts: list[str], fname: Path | str = "<unknown>"
    ) -> list[QueryDatum]:
        if "/*" in sql:
            raise StorageError(f"{fname}: comments are written with --")
        return [self._make_query_datum(one, ns_parts, (fname, 0)) for one in _NAME.split(sql)[1:]]


@cache
def load(driver: Driver, folder: Path = QUERIES) -> Statements:
    """Reads every .sql file of the folder, once a process: both stores share what was read.

    Raises StorageError when a name is used twice, or a comment is written otherwise than with --.
    """
    statements = Statements()
    origin: dict[str, str] = {}
    for path in sorted(folder.glob("*.sql")):
        queries = aiosql.from_path(path, driver, attribute=None, loader_cls=_Loader)
        for name in sorted(queries.available_queries):
            if name.endswith("_cursor"):  # made by aiosql beside every SELECT
                continue
            if name in origin:
                raise StorageError(f"query {name} is in {origin[name]} and in {path.name}")
            origin[name] = path.name
            query = getattr(queries, name)
            names = tuple(query.parameters or ())
            if driver == "asyncpg":
                names = tuple(queries.driver_adapter.var_sorted[name])
            table = statements.table(query.operation, f"{path.name}: {name}")
            table[name] = Statement(name, query.sql, names, frozenset(names))
    return statements

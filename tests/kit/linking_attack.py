"""Somebody who wants to know who said what: sees every table after every ballot, but no key.

The linker knows who pressed, and in which order. From everything that changed in any table with
a press it takes numbers: how many rows came and went, their places, lengths, values, first bytes.
By each of these numbers it puts the members in an order, and tries whether that is the order of
the published list, forwards or backwards, or parts those who said yes from those who said no.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import comb
from pathlib import Path
from typing import Any

from storage.engine.database import Database

Line = tuple[Any, ...]  # a row: the names of its columns, then their values
Dump = dict[str, Counter[Line]]

# Where PostgreSQL put a row, and which transaction did, are columns for the linker.
IN_POSTGRESQL = (
    "SELECT '{0}' AS name, jsonb_build_object('ctid', t.ctid::text, 'xmin', t.xmin::text)"
    " || to_jsonb(t) AS line FROM {0} AS t"
)


def dump_file(path: Path) -> Dump:
    """Every table of an SQLite file, with rowids where there are any."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        tables = {name: sql for name, sql in found if not name.startswith("sqlite_stat")}
        return {
            name: _lines(connection, name, "" if "WITHOUT ROWID" in (sql or "") else "rowid AS _r,")
            for name, sql in tables.items()
        }
    finally:
        connection.close()


def _lines(connection: sqlite3.Connection, table: str, place: str) -> Counter[Line]:
    cursor = connection.execute(f"SELECT {place} * FROM {table}")
    names = tuple(column[0] for column in cursor.description)
    return Counter((names, *row) for row in cursor)


async def dump(database: Database, folder: Path) -> Dump:
    """Every table of the main database, and of the key store beside it."""
    keys = {f"keys.{name}": rows for name, rows in dump_file(folder / "keys.db").items()}
    if database.engine == "sqlite":
        return {**dump_file(folder / "voci.db"), **keys}
    async with database.reading() as tx:
        tables = await tx.statement(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
        queries = [IN_POSTGRESQL.format(row["tablename"]) for row in tables]
        found: Dump = defaultdict(Counter)
        for row in await tx.statement(" UNION ALL ".join(queries)):
            line = json.loads(row["line"])
            found[row["name"]][(tuple(line), *map(str, line.values()))] += 1
    return {**found, **keys}


@dataclass
class Case:
    """One decision, as the linker has seen it."""

    first: dict[int, dict[str, int]] = field(default_factory=dict)  # by member
    last: dict[int, dict[str, int]] = field(default_factory=dict)
    presses: Counter[int] = field(default_factory=Counter)
    rows: dict[Any, int] = field(default_factory=dict)  # whose ballot lies at which tag
    changes: Counter[int] = field(default_factory=Counter)  # of a member's row, since it is there
    listed: list[str] = field(default_factory=list)  # the choices, as they lie in the table
    truth: dict[int, str] = field(default_factory=dict)  # what it wants to know

    def pressed(self, member: int, order: int, before: Dump, after: Dump) -> None:
        """What a press has changed; of the first and of the last press of a member."""
        seen = {**dict(_numbers(before, after)), "order": order}
        self.first.setdefault(member, seen)
        self.last[member] = seen
        self.presses[member] += 1
        for where in _ballots(after).keys() - _ballots(before).keys():
            self.rows[where] = member
        self.looked(before, after)

    def looked(self, before: Dump, after: Dump) -> None:
        """Which ballots have changed, of those whose first press was seen; by whom, is unknown."""
        earlier, later = _ballots(before), _ballots(after)
        for where, member in self.rows.items():
            if where in earlier and earlier[where] != later.get(where):
                self.changes[member] += 1

    def features(self) -> Iterator[tuple[str, dict[int, int]]]:
        """Each number that was seen with anybody's press, for every member."""
        yield "presses", self.presses
        yield "changes of the row", self.changes
        beyond = {m: self.changes[m] - presses for m, presses in self.presses.items()}
        yield "changes of the row beyond the presses", beyond
        for which, seen in (("first", self.first), ("last", self.last)):
            for name in sorted({name for numbers in seen.values() for name in numbers}):
                yield f"{which} {name}", {m: numbers.get(name, 0) for m, numbers in seen.items()}

    def guesses(self, noise: random.Random) -> Iterator[tuple[str, int]]:
        """Each way of guessing, with how many of those who said yes it has found."""
        yes = {member for member, choice in self.truth.items() if choice == "yes"}
        half = len(yes)
        members = sorted(self.truth)
        noise.shuffle(members)  # where numbers are equal there is nothing to go by
        for name, values in self.features():
            ranked = sorted(members, key=values.__getitem__)
            yield f"{name}, low", len(yes & {*ranked[:half]})
            yield f"{name}, high", len(yes & {*ranked[-half:]})
            for way, order in (("as listed", ranked), ("backwards", ranked[::-1])):
                guessed = {m for m, said in zip(order, self.listed, strict=True) if said == "yes"}
                yield f"{name}, {way}", len(yes & guessed)


def _ballots(seen: Dump) -> dict[Any, Any]:
    """What lies at each tag."""
    lines = [dict(zip(line[0], line[1:], strict=True)) for line in seen.get("ballots", ())]
    return {(line["decision_id"], line["tag"]): line["sealed"] for line in lines}


def _numbers(before: Dump, after: Dump) -> Iterable[tuple[str, int]]:
    for table, lines in after.items():
        if lines == before.get(table):
            continue
        new, gone = lines - before.get(table, Counter()), before.get(table, Counter()) - lines
        yield f"{table} new", new.total()
        yield f"{table} gone", gone.total()
        sums: Counter[str] = Counter()
        for names, *values in new:
            for name, value in zip(names, values, strict=True):
                for measure, number in _measured(value):
                    sums[f"{table}.{name} {measure}"] += number
        yield from sums.items()


def _measured(value: Any) -> Iterable[tuple[str, int]]:
    """A value as numbers: itself, its length, its first and last bytes."""
    if value is None or isinstance(value, int):
        yield "value", value or 0
        return
    data = value if isinstance(value, bytes) else str(value).encode()
    yield "length", len(data)
    if data.startswith(b"(0,"):  # a ctid
        data = data[3:-1]
    if data.isdigit():
        yield "value", int(data)
    yield "start", int.from_bytes(data[:8].ljust(8, b"\0"), "big")
    yield "end", int.from_bytes(data[-2:], "big")


def successes(cases: list[Case], noise: random.Random) -> Counter[str]:
    """Of each way of guessing: how many of those who said yes it found, over all decisions."""
    found: Counter[str] = Counter()
    for case in cases:
        # Of a number that was nowhere to be seen in this case, every order is as good.
        for way, hits in case.guesses(noise):
            found[way] += hits
    return found


def by_chance(cases: int, half: int, hits: int) -> float:
    """How likely so many hits or more are by blind guessing: exactly, not by approximation.

    Guessing `half` of `2 * half` members hits a hypergeometric number; the sum over independent
    cases has the convolution as its distribution.
    """
    one = [comb(half, k) ** 2 for k in range(half + 1)]
    ways = [1]
    for _ in range(cases):
        longer = [0] * (len(ways) + half)
        for k, count in enumerate(ways):
            for more, weight in enumerate(one):
                longer[k + more] += count * weight
        ways = longer
    return sum(ways[hits:]) / sum(ways)

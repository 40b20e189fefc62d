"""What whoever has copies of the database can know of each member's check-in, as features.

Every row of every table that can be led back to a member is taken, every column of it, its shape
where it has ids of its own, its place among the others and among their own, and what differs
between two copies.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from storage.engine import catalogue
from storage.engine.database import Database

Copy = Mapping[str, Sequence[Mapping[str, Any]]]  # rows by table, in the order in which they lie
Features = dict[str, Hashable]

# In each row of its own member these differ whatever anybody does; they are compared by learning.
OF_ITS_OWN = {
    *("id", "place", "member_id", "telegram_id", "chat_id", "subject_id", "round_id"),
    *("schedule_id", "message_id", "name", "created_at", "joined_at", "granted_at"),
}
# When and how often the first question was tried to be sent, which nobody had answered then.
OF_THE_SENDING = {"not_before", "settled_at", "claimed_until", "attempts"}


@dataclass(frozen=True, slots=True)
class Traced:
    """One member and the ids under which something about them lies."""

    member_id: int
    telegram_id: int
    round_id: int


async def copy_of(database: Database) -> Copy:
    """Every row of every table, and where it lies."""
    places = {"sqlite": "rowid", "postgresql": "CAST(ctid AS text)"}
    async with database.reading() as tx:
        found = {}
        without: set[str] = set()
        if database.engine == "sqlite":
            schema = await tx.statement("SELECT name, sql FROM sqlite_schema")
            without = {row["name"] for row in schema if "WITHOUT ROWID" in (row["sql"] or "")}
        for name in await catalogue.tables(tx, database.engine):
            place = "0" if name in without else places[database.engine]
            rows = await tx.statement(f"SELECT {place} AS place, t.* FROM {name} AS t")
            found[name] = [{column: row[column] for column in row.keys()} for row in rows]  # noqa: SIM118
    return found


def owners(copies: Iterable[Copy], members: Sequence[Traced]) -> dict[tuple[str, int], Traced]:
    """To whom a kind of id leads, as any of the copies tells."""
    found: dict[tuple[str, int], Traced] = {}
    for each in members:
        found["member", each.member_id] = found["round", each.round_id] = each
        found["person", each.telegram_id] = each
    for copy in copies:
        for row in copy.get("schedules", ()):
            kind = "member" if row["kind"] == "checkin" else "round"
            owner = found.get((kind, row["subject_id"]))
            if row["kind"].startswith("checkin") and owner is not None:
                found["schedule", row["id"]] = owner
    return found


KINDS = {
    "member_id": "member",
    "telegram_id": "person",
    "chat_id": "person",
    "round_id": "round",
    "schedule_id": "schedule",
}


def owner_of(
    table: str, row: Mapping[str, Any], known: Mapping[tuple[str, int], Traced]
) -> Traced | None:
    """The member to whom a row can be led back. Rows of earlier weeks' rounds lead to nobody."""
    if table == "rounds":
        return known.get(("round", row["id"]))
    if table == "schedules":
        return known.get(("schedule", row["id"]))
    if table == "members":
        return known.get(("member", row["id"]))
    for column, kind in KINDS.items():
        if row.get(column) is not None and (kind, row[column]) in known:
            return known[kind, row[column]]
    return None


def shape(value: Any) -> Hashable:
    """What can be compared of a value: digits of ids are any digits, sealed bytes are any bytes."""
    if isinstance(value, bytes):
        return "bytes", len(value)
    return re.sub(r"\d+", "#", value) if isinstance(value, str) else value


def traces(
    copies: Mapping[str, Copy], members: Sequence[Traced]
) -> tuple[dict[Traced, Features], dict[Traced, Features]]:
    """Of each member: what should be the same for all, and what can only be learnt from."""
    known = owners(copies.values(), members)
    alike: dict[Traced, Features] = {each: {} for each in members}
    varies: dict[Traced, Features] = {each: {} for each in members}
    rows: dict[tuple[str, str, Traced], list[Mapping[str, Any]]] = defaultdict(list)
    for moment, copy in copies.items():
        for table, lines in copy.items():
            led = [(owner_of(table, row, known), row) for row in lines]
            mine = [(owner, row) for owner, row in led if owner is not None]
            for rank, (owner, row) in enumerate(mine):
                rows[moment, table, owner].append(row)
                varies[owner][f"{moment} {table} rank {len(rows[moment, table, owner])}"] = rank
            for each in members:
                own = rows[moment, table, each]
                # PostgreSQL puts new rows where old ones were pruned, whenever it happens to.
                varies[each][f"{moment} {table} order"] = tuple(map(own.index, _by_key(own)))
                _describe(f"{moment} {table}", own, alike[each], varies[each])
    for one, other in combinations(copies, 2):
        for table in copies[one].keys() & copies[other].keys():
            for each in members:
                before, after = rows[one, table, each], rows[other, table, each]
                alike[each][f"{one} to {other} {table}"] = _differs(before, after)
    return alike, varies


def _describe(
    where: str, rows: Sequence[Mapping[str, Any]], alike: Features, varies: Features
) -> None:
    alike[f"{where} rows"] = len(rows)
    learnt = OF_ITS_OWN | OF_THE_SENDING
    ordered = sorted(
        rows, key=lambda row: repr([shape(row[column]) for column in row if column not in learnt])
    )
    for number, row in enumerate(ordered):
        for column, value in row.items():
            name = f"{where} {number} {column}"
            if column not in learnt:
                alike[name] = shape(value)
            elif isinstance(value, int):
                varies[name] = value
            if isinstance(value, bytes):
                varies[f"{name} first"] = value[0]


def _by_key(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """In an order that their places don't change: a table's first columns are its key."""

    def key(row: Mapping[str, Any]) -> list[str]:
        values = [row[column] for column in row if column != "place"]
        return [f"{each:020}" if isinstance(each, int) else repr(each) for each in values]

    return sorted(rows, key=key)


def _differs(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Hashable:
    """The columns in which a member's rows are not what they were; those of sending count too."""
    if len(before) != len(after):
        return len(before), len(after)
    changed = Counter(
        column
        for one, other in zip(_by_key(before), _by_key(after), strict=True)
        for column in one
        if column != "place" and one[column] != other[column]
    )
    return tuple(sorted(changed.items()))


def differing(alike: Mapping[Traced, Features]) -> dict[str, set[Hashable]]:
    """Features that are not the same for all, with their values."""
    names = {name for features in alike.values() for name in features}
    values = {
        name: {features.get(name, "missing") for features in alike.values()} for name in names
    }
    return {name: found for name, found in sorted(values.items()) if len(found) > 1}


def guessed(
    features: Mapping[Traced, Features], said: Mapping[Traced, bool], chance: random.Random
) -> int:
    """How many of one half are guessed right, by the best rule that is found in the other half.

    Rules: each feature below or above a limit, its parity, its value; and each pair of the best.
    """
    members = sorted(features, key=lambda each: each.member_id)
    chance.shuffle(members)
    half = len(members) // 2
    learnt, tried = members[:half], members[half:]
    rules = _rules(features, learnt, said)
    best = sorted(rules, key=lambda rule: rule[0], reverse=True)[:40]
    for (_, one), (_, other) in combinations(best, 2):
        both: Rule = {each: (one[each], other[each]) for each in members}
        rules.append((_score(both, learnt, said), both))
    _, rule = max(rules, key=lambda found: found[0])
    verdict = _majority(rule, learnt, said)
    return sum(verdict.get(rule[each], chance.random() < 0.5) == said[each] for each in tried)


Rule = dict[Traced, Hashable]


def _rules(
    features: Mapping[Traced, Features], learnt: Sequence[Traced], said: Mapping[Traced, bool]
) -> list[tuple[int, Rule]]:
    found: list[tuple[int, Rule]] = []
    for name in sorted({name for each in features.values() for name in each}):
        values = {each: own.get(name) for each, own in features.items()}
        rules: list[Rule] = [dict(values)]
        numbers = sorted({v for v in values.values() if isinstance(v, int)})
        if len(numbers) > 2:
            rules = [{each: v % 2 if isinstance(v, int) else v for each, v in values.items()}]
            limits = [numbers[len(numbers) * part // 4] for part in (1, 2, 3)]
            rules += [
                {each: isinstance(v, int) and v < limit for each, v in values.items()}
                for limit in limits
            ]
        found += [(_score(rule, learnt, said), rule) for rule in rules]
    return found


def _majority(
    rule: Rule, learnt: Sequence[Traced], said: Mapping[Traced, bool]
) -> dict[Hashable, bool]:
    votes: dict[Hashable, int] = defaultdict(int)
    for each in learnt:
        votes[rule[each]] += 1 if said[each] else -1
    return {value: count > 0 for value, count in votes.items() if count}


def _score(rule: Rule, learnt: Sequence[Traced], said: Mapping[Traced, bool]) -> int:
    verdict = _majority(rule, learnt, said)
    return sum(verdict.get(rule[each]) == said[each] for each in learnt)

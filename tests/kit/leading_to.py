"""The rows by which whoever has the database finds a person."""

from __future__ import annotations

import re

from kit.stage import Stage

from sandbox.people import Person
from storage.centres import Centre
from storage.engine import catalogue

# Where everybody is who takes part, and the chats that were ever written to.
EVERYBODY = {"members", "people", "consents", "outbox_chats", "updates"}


async def leading_to(stage: Stage, centre: Centre, person: Person) -> list[str]:
    """By any of their ids or by their name, but for what lies there of everybody."""
    found = []
    member_id = await stage.member_id(centre, person)
    named = re.compile(rf"(?<!\d)({person.id}|{person.first_name})(?!\d)|:{member_id}(?!\w)")
    for table in await stage.read(catalogue.tables, stage.voci.database.engine):
        for row in await stage.rows(f"SELECT * FROM {table}"):
            columns = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row is no mapping
            theirs = [name for name in columns if name.endswith(("member_id", "author_id", "_by"))]
            if any(columns[name] == member_id for name in theirs) or any(
                named.search(str(value)) for value in columns.values()
            ):
                found.append(f"{table}: {columns}")
    return [each for each in found if each.partition(":")[0] not in EVERYBODY]

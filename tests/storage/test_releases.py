from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from assembly.disclosure import Figures, Release
from assembly.roles import Role
from assembly.windows import SMALL, Window
from storage import centres, releases, windows
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.transaction import Transaction
from storage.releases import Told

MIGRATION = Path(__file__).parents[2] / "storage/migrations/main/0007_releases.sql"
NOTHING = Release(7, None)
SOMETHING = Release(23, Figures("20-49", 2.5))
BY_ROLE = Release(
    72,
    Figures("50+", 2.0),
    ((Role.USER, Figures("20-49", 3.5)), (Role.PROFESSIONAL, Figures("50+", 0.5))),
)


async def centre(tx: Transaction, chat_id: int = -1) -> int:
    found = await centres.by_chat(tx, chat_id) or await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="it", zone="Europe/Rome", now=0
    )
    return found.id


async def release(tx: Transaction, number: int, *, chat_id: int = -1, **drawn: Release) -> int:
    window = Window(number, SMALL)
    ended = await windows.add(
        tx, await centre(tx, chat_id), window, 100 * number, 100 * number + 50
    )
    await releases.add(tx, ended.id, drawn)
    await windows.settle(tx, ended.id, "released", Fraction(2))
    return ended.id


async def test_what_was_told_comes_back_oldest_first(database: Database) -> None:
    async with database.transaction() as tx:
        await release(tx, 0, week=SOMETHING)
        await release(tx, 4, connection=BY_ROLE)
        await release(tx, 8, week=NOTHING)
        await release(tx, 12, week=BY_ROLE, say=NOTHING)
        await release(tx, 12, chat_id=-2, week=SOMETHING)
        here = await centre(tx)
        assert await releases.told(tx, here, "week", 9) == [
            Told(0, 50, Figures("20-49", 2.5)),
            Told(800, 850, None),
            Told(1200, 1250, Figures("50+", 2.0)),
        ]
        assert [told.starts_at for told in await releases.told(tx, here, "week", 2)] == [800, 1200]
        assert await releases.told(tx, here, "say", 9) == [Told(1200, 1250, None)]


async def test_the_last_number_is_the_smallest_of_the_last_release(database: Database) -> None:
    async with database.transaction() as tx:
        here = await centre(tx)
        assert await releases.last_number(tx, here) is None
        await release(tx, 0, week=Release(-4, None))
        assert await releases.last_number(tx, here) == -4
        await release(tx, 4, week=BY_ROLE, say=SOMETHING, connection=Release(25, None))
        assert await releases.last_number(tx, here) == 23
        skipped = await windows.add(tx, here, Window(8, SMALL), 800, 850)
        await windows.settle(tx, skipped.id, "skipped", Fraction(0))
        assert await releases.last_number(tx, here) == 23
        assert await releases.last_number(tx, await centre(tx, -2)) is None


async def test_a_window_has_one_release_of_a_question(database: Database) -> None:
    async with database.transaction() as tx:
        window_id = await release(tx, 0, week=SOMETHING)
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await releases.add(tx, window_id, {"week": BY_ROLE})
    async with database.reading() as tx:
        assert (await releases.told(tx, await centre(tx), "week", 9))[0].figures == SOMETHING.total


async def test_roles_are_kept_where_they_are_shown(database: Database) -> None:
    async with database.transaction() as tx:
        window_id = await release(tx, 0, week=BY_ROLE, say=SOMETHING)
        rows = await tx.statement(
            "SELECT question, role, band, halves FROM release_roles "
            f"WHERE window_id = {window_id} ORDER BY role"
        )
        assert [tuple(row[name] for name in row.keys()) for row in rows] == [  # noqa: SIM118
            ("week", "professional", "50+", 1),
            ("week", "user", "20-49", 7),
        ]


def test_no_column_holds_an_exact_number_or_sum() -> None:
    tables = dict(
        re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", MIGRATION.read_text("utf-8"), re.DOTALL)
    )
    columns = {
        name: re.findall(r"^    ([a-z_]+) ", body, re.MULTILINE) for name, body in tables.items()
    }
    assert columns == {
        "calendars": ["centre_id", "questionnaire", "first_day"],
        "windows": [
            *("id", "centre_id", "questionnaire", "week", "tier"),
            *("starts_at", "ends_at", "status", "charge"),
        ],
        "releases": ["window_id", "question", "c", "band", "halves"],
        "release_roles": ["window_id", "question", "role", "band", "halves"],
        "window_members": ["window_id", "member_id", "role"],
        "window_members_kept": ["window_id", "member_id", "role"],
    }

from __future__ import annotations

import re

import pytest
from kit.centre_rows import add_centre, add_member

from storage import audit
from storage.audit import Action, Entry
from storage.engine.database import Database
from storage.engine.statements import QUERIES


@pytest.fixture
async def centre(database: Database) -> Database:
    """Two centres; Fiona and Gino in the first, in which decision 40 is."""
    async with database.transaction() as tx:
        for centre_id in (1, 2):
            await add_centre(tx, centre_id=centre_id)
        for member_id, name in ((1, "Fiona"), (2, "Gino")):
            await add_member(tx, member_id, name=name)
        await tx.statement(
            "INSERT INTO decisions (id, centre_id, question, quorum_numerator, "
            "quorum_denominator, opened_at) VALUES (40, 1, 'Shall we?', 1, 3, 0)"
        )
    return database


async def note(
    database: Database, member_id: int, action: Action, now: int, **detail: object
) -> None:
    async with database.transaction() as tx:
        await audit.note(
            tx,
            centre_id=1,
            decision_id=40,
            member_id=member_id,
            action=action,
            now=now,
            detail=detail,
        )


async def read(database: Database, most: int = 10, centre_id: int = 1) -> audit.History:
    async with database.reading() as tx:
        return await audit.of_decision(tx, centre_id, 40, most)


async def test_what_was_done_is_read_in_its_order(centre: Database) -> None:
    await note(centre, 1, Action.PUT, 100)
    await note(centre, 2, Action.EXTENDED, 200, **{"from": 300, "to": 900})
    await note(centre, 1, Action.CANCELLED, 200, reason='Zu früh: "nein"')
    history = await read(centre)
    assert history.before == 0
    assert history.entries == (
        Entry(100, Action.PUT, "Fiona", {}),
        Entry(200, Action.EXTENDED, "Gino", {"from": 300, "to": 900}),
        Entry(200, Action.CANCELLED, "Fiona", {"reason": 'Zu früh: "nein"'}),
    )


async def test_of_many_the_latest_are_told_and_the_others_counted(centre: Database) -> None:
    for number in range(5):
        await note(centre, 1, Action.EXTENDED, number, to=number + 1)
    history = await read(centre, most=2)
    assert [each.at for each in history.entries] == [3, 4]
    assert history.before == 3


async def test_nothing_of_it_is_for_another_centre(centre: Database) -> None:
    await note(centre, 1, Action.PUT, 100)
    assert await read(centre, centre_id=2) == audit.History((), 0)


@pytest.mark.parametrize("gone", ["UPDATE members SET status = 'left'", "DELETE FROM members"])
async def test_without_the_member_what_was_done_stays(centre: Database, gone: str) -> None:
    await note(centre, 1, Action.CLOSED, 100)
    async with centre.transaction() as tx:
        await tx.statement(gone)
    assert (await read(centre)).entries == (Entry(100, Action.CLOSED, None, {}),)


def test_only_erasing_and_the_period_change_or_delete_an_entry() -> None:
    """Somebody's own words go with them, and everything when its time is over; nothing else."""
    changing = {
        block.split("(")[0]
        for path in QUERIES.glob("*.sql")
        for block in path.read_text(encoding="utf-8").split("-- name: ")[1:]
        if re.search(r"(UPDATE|DELETE FROM) audit\b", block)
    }
    assert changing == {"erase_noted_reasons", "drop_old_audit"}

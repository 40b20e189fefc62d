"""How points had ended before that was said on purpose, and an assembly that is open meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kit.older_schema import as_before

from assembly.endings import Ending
from storage import assemblies, points, sessions
from storage.engine import schema
from storage.engine.database import Database

Opener = Callable[..., Awaitable[Database]]

ROWS = (
    "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
    "VALUES (1, -100, 'Aurora', 'de', 'Europe/Vienna', 0)",
    "INSERT INTO assemblies"
    " (id, centre_id, starts_at, status, convened_at, opened_at, current_position) VALUES"
    " (1, 1, 0, 'closed', 0, 5, NULL), (2, 1, 0, 'open', 0, 70, 2), (3, 1, 0, 'convened', 0, NULL,"
    " NULL)",
    "INSERT INTO agenda_items (id, assembly_id, position, title, status) VALUES"
    " (11, 1, 1, 'A', 'done'), (12, 1, 2, 'B', 'done'), (13, 1, 3, 'C', 'postponed'),"
    " (14, 1, 4, 'D', 'waiting'), (15, 1, 5, 'E', 'done'),"
    " (21, 2, 1, 'A', 'done'), (22, 2, 2, 'B', 'done'), (23, 2, 3, 'C', 'postponed'),"
    " (24, 2, 4, 'D', 'waiting'), (31, 3, 1, 'A', 'waiting')",
    "INSERT INTO decisions (id, centre_id, assembly_id, item_id, question, quorum_numerator,"
    " quorum_denominator, electorate_size, opened_at, status, closed_at, result) VALUES"
    " (1, 1, 1, 12, 'B?', 0, 1, 6, 50, 'closed', 90, 'not_carried'),"
    " (2, 1, 1, 15, 'E?', 1, 3, 6, 50, 'closed', 90, 'no_quorum'),"
    " (3, 1, 2, 22, 'B?', 0, 1, 6, 50, 'closed', 90, 'carried')",
)


async def test_what_was_said_so_far_is_kept_and_the_open_assembly_goes_on(opener: Opener) -> None:
    database = await opener(migrate=False)
    async with as_before(43, database) as tx:
        for row in ROWS:
            await tx.statement(row)
    await schema.migrate(database, 2)
    async with database.reading() as tx:
        found = [
            [item.ending for item in await points.items(tx, assembly)] for assembly in (1, 2, 3)
        ]
        going_on = await assemblies.find(tx, 1, 2)
    decided, talked, goes_on = Ending.DECIDED, Ending.TALKED, Ending.GOES_ON
    assert found == [
        [talked, decided, goes_on, Ending.NOT_REACHED, talked],
        [talked, decided, goes_on, None],
        [None],
    ]
    assert going_on is not None
    assert (going_on.position, going_on.point_since) == (2, 70)
    async with database.transaction() as tx:
        assert await sessions.end_point(tx, 1, 24, talked)
        assert await sessions.move(tx, 1, 2, position=2, to=3, now=99)
        rows = await tx.statement("SELECT item_id FROM decisions ORDER BY id")
    assert [row["item_id"] for row in rows] == [12, 15, 22]

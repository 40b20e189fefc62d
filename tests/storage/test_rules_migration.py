"""Migration 0011: what was open with ballots in plain is cancelled, what was decided stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kit.older_schema import as_before

from assembly.outcome import Why
from assembly.rule import Rule, Secrecy
from storage import decisions
from storage.engine import schema
from storage.engine.database import Database

Opener = Callable[..., Awaitable[Database]]

ROWS = (
    "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
    "VALUES (1, -100, 'Aurora', 'de', 'Europe/Vienna', 0)",
    "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
    " electorate_size, opened_at, status) VALUES (1, 1, 'Open?', 1, 3, 6, 100, 'open')",
    "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
    " electorate_size, opened_at, status, closed_at, result, figures) VALUES (2, 1, 'Over?', 0, 1,"
    ' 6, 50, \'closed\', 90, \'carried\', \'{"yes": 4, "no": 1, "abstain": 1, "needed": 0}\')',
    "INSERT INTO electors (decision_id, member_id) VALUES (1, 5)",
    "INSERT INTO ballots (decision_id, member_id, choice) VALUES (1, 5, 'yes')",
)


async def test_what_was_open_says_why_it_is_not_any_more(opener: Opener) -> None:
    database = await opener(migrate=False)
    async with as_before(11, database) as tx:
        for row in ROWS:
            await tx.statement(row)
    await schema.migrate(database, 2)
    async with database.reading() as tx:
        open_one, over = [await decisions.get(tx, 1, number) for number in (1, 2)]
        left = await tx.statement(
            "SELECT (SELECT COUNT(*) FROM ballots) + (SELECT COUNT(*) FROM electors) AS n"
        )
    assert open_one and over
    assert (open_one.status, open_one.closed_at) == ("cancelled", 100)
    assert open_one.reason is not None
    assert open_one.reason.startswith("Voci wurde erneuert, w\u00e4hrend die Frage offen war.")
    assert left[0]["n"] == 0
    assert over.rule == Rule(secrecy=Secrecy.SEALED, edition=1)
    assert over.outcome is not None
    assert (over.outcome.votes, over.outcome.why) == (
        {"yes": 4, "no": 1, "abstain": 1},
        Why.REACHED,
    )

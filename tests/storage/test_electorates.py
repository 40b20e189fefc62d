from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, put_question

from assembly.electorate import DAY
from assembly.roles import Role
from assembly.rule import Electorate, Rule, Secrecy
from storage import decisions, electorates, members, newcomers
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

NOW = 1_800_000_000
LATELY = NOW - DAY


async def fill(tx: Transaction, settled: int, new: int) -> list[int]:
    """A centre of long ago: so many users of some time, and so many of yesterday; their ids."""
    await add_centre(tx)
    ids = []
    for number in range(settled + new):
        joined_at = 0 if number < settled else LATELY
        member = await members.add(
            tx, centre_id=1, telegram_id=100 + number, role=Role.USER, name="N", now=joined_at
        )
        ids.append(member.id)
    return ids[settled:]


@pytest.mark.parametrize(
    ("settled", "new", "rule", "stand"),
    [
        (5, 4, Rule(), 5),
        (5, 4, Rule(electorate=Electorate.USER), 5),
        (5, 4, Rule(secrecy=Secrecy.SEALED), 5),
        (5, 4, Rule(secrecy=Secrecy.OPEN), 9),
        (20, 4, Rule(), 24),
        (19, 4, Rule(), 19),
        (0, 4, Rule(), 0),
    ],
)
async def test_newcomers_stand_in_no_small_secret_electorate(
    database: Database, keys_database: Database, settled: int, new: int, rule: Rule, stand: int
) -> None:
    async with database.transaction() as tx:
        await fill(tx, settled, new)
        found = await electorates.candidates(tx, 1, rule, (), NOW)
        assert (len(found.members), found.left_out) == (stand, settled + new - stand)
        if stand:
            keys = KeyStore(keys_database, bytes(32))
            decision_id = await put_question(tx, keys, rule, now=NOW)
            decision = await decisions.get(tx, 1, decision_id)
            assert decision is not None and decision.electorate == stand
            assert (decision.joined_until is not None) == (stand < settled + new)


@pytest.mark.parametrize("electorate", [Electorate.NAMED, Electorate.PRESENT])
async def test_nor_if_they_are_named_or_there(database: Database, electorate: Electorate) -> None:
    async with database.transaction() as tx:
        new = await fill(tx, 6, 4)
        found = await electorates.candidates(
            tx, 1, Rule(electorate=electorate), (1, 2, *new, 777), NOW
        )
        assert [each.id for each in found.members] == [1, 2] and found.left_out == 4


async def test_as_soon_as_they_have_been_there_long_enough(database: Database) -> None:
    async with database.transaction() as tx:
        await fill(tx, 5, 4)
        for later, stand in ((6 * DAY - 1, 5), (6 * DAY, 9)):
            found = await electorates.candidates(tx, 1, Rule(), (), NOW + later)
            assert len(found.members) == stand
        await newcomers.choose(tx, 1, 14, NOW)
        found = await electorates.candidates(tx, 1, Rule(), (), NOW + 6 * DAY)
        assert (len(found.members), found.days) == (5, 14)

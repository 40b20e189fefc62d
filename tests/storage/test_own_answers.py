from __future__ import annotations

import pytest

from assembly.roles import Role
from storage import answers, centres, consents, members, own_answers, people, round_states, rounds
from storage.answers import SKIPPED
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.own_answers import Week
from storage.round_states import RoundState
from storage.secrets.cipher import Unreadable

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = 1_800_000_000
DAY = 86_400


async def member(tx: Transaction, telegram_id: int = 1, chat_id: int = -1) -> int:
    centre = await centres.by_chat(tx, chat_id) or await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="it", zone="Europe/Rome", now=NOW
    )
    await people.meet(tx, telegram_id, "it", NOW)
    joined = await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role=Role.FAMILY, name="Anna", now=NOW
    )
    await consents.grant(tx, joined.id, "checkin", 1, NOW)
    return joined.id


async def week(
    tx: Transaction,
    member_id: int,
    given: dict[str, int],
    *,
    weeks: int = 0,
    key: bytes = KEY,
    closed: bool = True,
) -> None:
    current = await rounds.begin(tx, member_id, NOW + weeks * 7 * DAY)
    assert current is not None
    await round_states.lay_out(tx, key, current, RoundState(given))
    if closed:
        await rounds.close(tx, current.id)
        await answers.keep(tx, key, current.id, given)


async def test_my_weeks_are_the_last_ones_in_order(database: Database) -> None:
    async with database.transaction() as tx:
        me, other = await member(tx, 1), await member(tx, 2)
        for number in range(5):
            await week(tx, me, {"week": number, "say": SKIPPED}, weeks=number)
            await week(tx, other, {"week": 1}, weeks=number, key=OTHER_KEY)
        assert await own_answers.last_weeks(tx, KEY, me, 3) == [
            Week(NOW + number * 7 * DAY, {"week": number}) for number in (2, 3, 4)
        ]
        with pytest.raises(Unreadable):
            await own_answers.last_weeks(tx, OTHER_KEY, me, 12)


async def test_the_open_round_is_the_last_one(database: Database) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        for number in range(3):
            await week(tx, me, {"week": number}, weeks=number, closed=number < 2)
        assert await own_answers.last_weeks(tx, KEY, me, 2) == [
            Week(NOW + number * 7 * DAY, {"week": number}) for number in (1, 2)
        ]


async def test_a_week_that_was_let_go_is_there_without_answers(database: Database) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        await week(tx, me, {})
        assert await own_answers.last_weeks(tx, KEY, me, 12) == [Week(NOW, {})]


@pytest.mark.parametrize("closed", [False, True])
async def test_what_was_given_in_a_round(database: Database, closed: bool) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        await week(tx, me, {"week": 2, "say": SKIPPED}, closed=closed)
        current = await rounds.last(tx, me)
        assert current is not None
        assert await own_answers.given(tx, KEY, current) == {"week": 2, "say": SKIPPED}
        with pytest.raises(Unreadable):
            await own_answers.given(tx, OTHER_KEY, current)

from __future__ import annotations

from fractions import Fraction

import pytest

from assembly import checkin
from assembly.noisy_release import Answered
from assembly.roles import Role
from assembly.windows import SMALL, Window
from storage import answers, centres, consents, members, people, rounds, windows
from storage.answers import SKIPPED
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore
from storage.window_answers import answers_of_window
from storage.windows import CheckinWindow

DAY = 86_400
START = 1_800_000_000
END = START + 28 * DAY


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, b"m" * 32)


async def member(tx: Transaction, keys: KeyStore, telegram_id: int, role: Role = Role.USER) -> int:
    centre = await centres.by_chat(tx, -1) or await centres.add(
        tx, chat_id=-1, name="Aurora", language="it", zone="Europe/Rome", now=0
    )
    await people.meet(tx, telegram_id, "it", 0)
    joined = await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role=role, name="Anna", now=0
    )
    await consents.grant(tx, joined.id, "checkin", consents.VERSIONS["checkin"], 0)
    await keys.create_key(joined.id)
    return joined.id


async def start(tx: Transaction) -> CheckinWindow:
    centre = await centres.by_chat(tx, -1)
    assert centre is not None
    opened = await windows.add(tx, centre.id, Window(0, SMALL), START, END)
    await windows.note_members(tx, opened)
    return opened


async def answer(
    tx: Transaction, keys: KeyStore, member_id: int, closes_at: int, **faces: int
) -> None:
    key = await keys.key(member_id)
    current = await rounds.begin(tx, member_id, closes_at - checkin.closes_at(0))
    assert current is not None
    assert current.closes_at == closes_at
    await answers.keep(tx, key, current.id, faces)


async def test_answers_are_opened_for_the_questions_asked(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        one, other = await member(tx, keys, 1), await member(tx, keys, 2, Role.FAMILY)
        opened = await start(tx)
        await answer(tx, keys, one, START + 3 * DAY, week=4, say=0)
        await answer(tx, keys, one, START + 9 * DAY, week=SKIPPED)
        await answer(tx, keys, other, START + 9 * DAY, week=1, connection=3)
        assert await answers_of_window(tx, keys, opened, ["week"]) == [
            Answered(one, Role.USER, "week", 4),
            Answered(other, Role.FAMILY, "week", 1),
        ]
        assert {
            found.question
            for found in await answers_of_window(tx, keys, opened, ["say", "connection"])
        } == {
            "say",
            "connection",
        }


@pytest.mark.parametrize(
    ("closes_at", "counts"), [(START - 1, 0), (START, 1), (END - 1, 1), (END, 0), (END + 1, 0)]
)
async def test_an_answer_counts_where_its_round_closes(
    database: Database, keys: KeyStore, closes_at: int, counts: int
) -> None:
    async with database.transaction() as tx:
        one = await member(tx, keys, 1)
        opened = await start(tx)
        await answer(tx, keys, one, closes_at, week=2)
        assert len(await answers_of_window(tx, keys, opened, ["week"])) == counts


async def test_who_joined_later_counts_from_the_next_window_on(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await member(tx, keys, 1)
        opened = await start(tx)
        late = await member(tx, keys, 2)
        await answer(tx, keys, late, START + 3 * DAY, week=2)
        assert await answers_of_window(tx, keys, opened, ["week"]) == []
        await windows.settle(tx, opened.id, "released", Fraction(2))
        following = await windows.add(tx, opened.centre_id, Window(4, SMALL), END, END + 28 * DAY)
        await windows.note_members(tx, following)
        await answer(tx, keys, late, END + 3 * DAY, week=2)
        assert await answers_of_window(tx, keys, following, ["week"]) == [
            Answered(late, Role.USER, "week", 2)
        ]


async def test_who_left_or_took_the_consent_back_counts_no_more(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        left, withdrawn, stays = [await member(tx, keys, number) for number in (1, 2, 3)]
        opened = await start(tx)
        for one in (left, withdrawn, stays):
            await answer(tx, keys, one, START + 3 * DAY, week=2)
        await members.leave(tx, left, 99)
        await consents.withdraw(tx, withdrawn, "checkin", START)
        found = await answers_of_window(tx, keys, opened, ["week"])
        assert [one.member_id for one in found] == [stays]


async def test_the_role_is_that_of_the_start(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        one = await member(tx, keys, 1)
        opened = await start(tx)
        await answer(tx, keys, one, START + 3 * DAY, week=2)
        await members.leave(tx, one, 99)
        assert await member(tx, keys, 1, Role.PROFESSIONAL) == one
        await answer(tx, keys, one, START + 10 * DAY, week=4)
        assert {found.role for found in await answers_of_window(tx, keys, opened, ["week"])} == {
            Role.USER
        }


async def test_what_a_destroyed_key_has_sealed_is_gone(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        erased, again, stays = [await member(tx, keys, number) for number in (1, 2, 3)]
        opened = await start(tx)
        for one in (erased, again, stays):
            await answer(tx, keys, one, START + 3 * DAY, week=2)
        await keys.destroy(erased)
        await keys.destroy(again)
        await keys.create_key(again)
        await answer(tx, keys, again, START + 10 * DAY, week=4)
        assert await answers_of_window(tx, keys, opened, ["week"]) == [
            Answered(again, Role.USER, "week", 4),
            Answered(stays, Role.USER, "week", 2),
        ]

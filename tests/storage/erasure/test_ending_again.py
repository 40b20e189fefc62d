"""A database from before an ending is put back: what began later stays, all else ends again."""

from __future__ import annotations

from datetime import datetime

import pytest

from assembly.roles import Role
from assembly.series import Rhythm
from storage import (
    centres,
    checkins,
    consents,
    endings,
    facilitators,
    invitations,
    members,
    people,
    resting,
    series,
)
from storage.endings import Ending
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.erasure.ending_again import end_again
from storage.members import Member
from storage.secrets.keys import KeyStore
from storage.series import Wish

BEGAN, RESTORED = 1_000, 9_000


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def anna(tx: Transaction, keys: KeyStore) -> Member:
    """A facilitator who agreed to check-ins, all from the same moment on."""
    centre = await centres.add(
        tx, chat_id=-1, name="Aurora", language="it", zone="Europe/Rome", now=BEGAN
    )
    await people.meet(tx, 5, "it", BEGAN)
    member = await members.add(
        tx, centre_id=centre.id, telegram_id=5, role=Role.USER, name="Anna", now=BEGAN
    )
    await consents.grant(tx, member.id, "part", 1, BEGAN)
    await consents.grant(tx, member.id, "checkin", 1, BEGAN)
    await checkins.enrol(tx, member.id, centre.zone, BEGAN)
    await facilitators.add(tx, member.id, BEGAN)
    await keys.create_key(member.id)
    return member


async def stands(database: Database, member_id: int) -> dict[Ending, bool]:
    async with database.reading() as tx:
        member = await members.get(tx, member_id)
        assert member is not None
        wish = await checkins.find_settings(tx, member_id)
        agreed = await consents.standing(tx, member_id, "checkin") is not None
        assert agreed == (wish is not None and wish.active)
        return {
            Ending.MEMBERSHIP: member.status == "active",
            Ending.CONSENT: agreed,
            Ending.DUTY: await facilitators.since(tx, member_id) is not None,
        }


@pytest.mark.parametrize(("at", "again"), [(BEGAN - 1, False), (BEGAN, True), (5_000, True)])
@pytest.mark.parametrize(
    ("ending", "ends"),
    [
        (Ending.MEMBERSHIP, {Ending.MEMBERSHIP, Ending.CONSENT, Ending.DUTY}),
        (Ending.CONSENT, {Ending.CONSENT}),
        (Ending.DUTY, {Ending.DUTY}),
    ],
)
async def test_it_ends_again(
    database: Database, keys: KeyStore, ending: Ending, ends: set[Ending], at: int, again: bool
) -> None:
    async with database.transaction() as tx:
        member = await anna(tx, keys)
        await endings.note(tx, keys, ending, endings.of_member(member), at)
    await endings.carry(database, keys)
    assert await end_again(database, keys, RESTORED) == int(again)
    left = await stands(database, member.id)
    assert {each for each, there in left.items() if not there} == (ends if again else set())
    assert await end_again(database, keys, RESTORED) == 0, "nothing is left of it"


async def test_an_invitation_opens_nothing_any_more(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        member = await anna(tx, keys)
        one, other = [
            await invitations.add(tx, centre_id=member.centre_id, role=Role.USER, now=BEGAN)
            for _ in range(2)
        ]
        revoked = invitations.hashed(one)
        await endings.note(tx, keys, Ending.INVITATION, revoked, 5_000)
    await endings.carry(database, keys)
    assert await end_again(database, keys, RESTORED) == 1
    async with database.reading() as tx:
        found = [await invitations.find(tx, token) for token in (one, other)]
    assert [each.revoked for each in found if each] == [True, False]


async def test_a_series_convenes_nothing_any_more(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        member = await anna(tx, keys)
        starts = (
            datetime.fromisoformat("2026-12-03 16:00"),
            datetime.fromisoformat("2026-12-04 16:00"),
        )
        wishes = [Wish(Rhythm(start.weekday()), start, None, 90) for start in starts]
        ended, goes_on = [await series.add(tx, member.centre_id, each, BEGAN) for each in wishes]
        assert ended is not None and goes_on is not None
        await endings.note(tx, keys, Ending.SERIES, ended.subject, 5_000)
    await endings.carry(database, keys)
    assert await end_again(database, keys, RESTORED) == 1
    async with database.reading() as tx:
        assert await series.everywhere(tx) == [goes_on]


async def rights(database: Database, member_id: int) -> tuple[bool, bool]:
    """Whether the member's things are used, and their answers counted."""
    async with database.reading() as tx:
        used = not await members.is_restricted(tx, member_id)
        return used, await members.answers_count(tx, member_id)


@pytest.mark.parametrize(
    ("noted", "used", "counted"),
    [
        ([(Ending.USE, 5_000)], False, True),
        ([(Ending.USE, BEGAN - 1)], True, True),  # before they came back
        ([(Ending.USE, 5_000), (Ending.RESTRICTION, 5_001)], True, True),
        ([(Ending.USE, 5_000), (Ending.RESTRICTION, 4_999)], False, True),
        ([(Ending.COUNTING, 5_000)], True, False),
        ([(Ending.COUNTING, BEGAN - 1)], True, False),  # it holds for a second life too
        ([(Ending.COUNTING, 5_000), (Ending.OBJECTION, 5_001)], True, True),
        ([(Ending.COUNTING, 5_000), (Ending.OBJECTION, 4_999)], True, False),
        ([(Ending.COUNTING, 5_000), (Ending.USE, 5_000)], False, False),
    ],
)
async def test_what_was_wished_for_ones_things_holds_again(
    database: Database,
    keys: KeyStore,
    noted: list[tuple[Ending, int]],
    used: bool,
    counted: bool,
) -> None:
    async with database.transaction() as tx:
        member = await anna(tx, keys)
        for ending, at in noted:
            await endings.note(tx, keys, ending, endings.of_member(member), at)
    await endings.carry(database, keys)
    assert await end_again(database, keys, RESTORED) == (not used) + (not counted)
    assert await rights(database, member.id) == (used, counted)
    assert await end_again(database, keys, RESTORED) == 0


async def test_what_is_wished_again_is_told_before_anything_ends(
    database: Database, keys: KeyStore
) -> None:
    """Killed after the commit of the wish, before the ledger knew of it."""
    async with database.transaction() as tx:
        member = await anna(tx, keys)
        await resting.restrict(tx, keys, member, 5_000)
    await endings.carry(database, keys)
    async with database.transaction() as tx:
        await resting.lift(tx, keys, member, 6_000)
    assert await end_again(database, keys, RESTORED) == 0
    assert await rights(database, member.id) == (True, True)


async def test_where_nothing_ended_nothing_is_looked_at(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        member = await anna(tx, keys)
    assert await end_again(database, keys, RESTORED) == 0
    assert all((await stands(database, member.id)).values())

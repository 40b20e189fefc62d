from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assembly.roles import Role
from storage import admission, centres, checkins, consents, joinings, members, people
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.joinings import Joining
from storage.secrets.keys import KeyDestroyed, KeyStore

ANNA = 11


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def answered(tx: Transaction, *, checkin: bool) -> Joining:
    """Anna on the way into Aurora, with the centre if it is not there yet."""
    centre = await centres.by_chat(tx, -7) or await centres.add(
        tx, chat_id=-7, name="Aurora", language="it", zone="Europe/Rome", now=1
    )
    return Joining(
        centre_id=centre.id,
        centre_name="Aurora",
        centre_language="it",
        centre_zone="Europe/Rome",
        token_hash="0" * 64,
        request_id=None,
        facilitator=False,
        language="de",
        role=Role.FAMILY,
        consented_at=102,
        checkin=checkin,
        checkin_at=105,
    )


async def test_whoever_answered_everything_is_let_in(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        joining = await answered(tx, checkin=True)
        member = await admission.admit(tx, keys, joining, ANNA, "Anna", 200)
        assert member == await members.find(tx, joining.centre_id, ANNA)
        assert (member.role, member.name, member.joined_at) == (Role.FAMILY, "Anna", 200)
        assert [
            (each.purpose, each.granted_at) for each in await consents.history(tx, member.id)
        ] == [
            ("part", 102),
            ("checkin", 105),
        ]
        wish = await checkins.find_settings(tx, member.id)
        assert wish is not None and wish.active
        person = await people.find(tx, ANNA)
        assert person is not None
        assert (person.language, person.current_centre_id) == ("de", joining.centre_id)
        assert await joinings.find(tx, ANNA, joining.centre_id) is None
    assert await keys.key(member.id)


async def test_whoever_comes_back_without_checkins_is_not_asked(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        joining = await answered(tx, checkin=True)
        before = await admission.admit(tx, keys, joining, ANNA, "Anna", 200)
        await members.leave(tx, before.id, 99)
        again = await admission.admit(
            tx, keys, replace(joining, checkin=False), ANNA, "Anna B.", 300
        )
        assert (again.id, again.name) == (before.id, "Anna B.")
        assert await consents.standing(tx, again.id, "checkin") is None
        assert await consents.standing(tx, again.id, "part") is not None


@pytest.mark.parametrize("missing", ["role", "consented_at", "checkin"])
async def test_nobody_is_let_in_before_everything_is_answered(
    database: Database, keys: KeyStore, missing: str
) -> None:
    async with database.transaction() as tx:
        unanswered: Any = {missing: None}
        joining = replace(await answered(tx, checkin=False), **unanswered)
        assert not joining.complete
        with pytest.raises(ValueError, match="still to be answered"):
            await admission.admit(tx, keys, joining, ANNA, "Anna", 200)
        assert await members.find(tx, joining.centre_id, ANNA) is None
    with pytest.raises(KeyDestroyed):
        await keys.key(1)

from __future__ import annotations

import asyncio

from kit.centre_rows import new_centre

from assembly.invitation import state
from assembly.roles import Role
from storage import invitations, members
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.invitations import Invitation, hashed

NOW = 1_000
TWO_WEEKS = 14 * 24 * 3600


async def found(tx: Transaction, token: str) -> Invitation:
    invitation = await invitations.find(tx, token)
    assert invitation is not None
    return invitation


async def test_only_the_hash_of_a_token_is_kept(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        token = await invitations.add(tx, centre_id=centre_id, role=Role.FAMILY, now=NOW, uses=3)
        [row] = await tx.statement("SELECT * FROM invitations")
        assert token not in [row[column] for column in list(row.keys())]
        assert len(token) == 22  # 128 bits
        assert await found(tx, token) == Invitation(
            token_hash=hashed(token),
            centre_id=centre_id,
            role=Role.FAMILY,
            facilitator=False,
            uses_left=3,
            expires_at=NOW + TWO_WEEKS,
            created_by=None,
            confirmed_by=None,
            created_at=NOW,
            revoked=False,
            needs_confirmation=False,
        )


async def test_a_made_up_token_finds_nothing(database: Database) -> None:
    async with database.reading() as tx:
        for token in ("", "x" * 22, "\x00", "\ud800"):
            assert await invitations.find(tx, token) is None


async def test_uses_run_out(database: Database) -> None:
    async with database.transaction() as tx:
        token = await invitations.add(
            tx, centre_id=await new_centre(tx), role=Role.USER, now=NOW, uses=2
        )
        uses = [await invitations.use(tx, hashed(token), NOW) for _ in range(3)]
        assert uses == [True, True, False]
        assert state((await found(tx, token)).policy, NOW) == "used_up"


async def test_two_never_share_the_last_use(database: Database) -> None:
    async with database.transaction() as tx:
        token = await invitations.add(
            tx, centre_id=await new_centre(tx), role=Role.USER, now=NOW, uses=3
        )

    async def use(tx: Transaction) -> bool:
        return await invitations.use(tx, hashed(token), NOW)

    used = await asyncio.gather(*(database.run(use) for _ in range(5)))
    assert sorted(used) == [False, False, True, True, True]


async def test_an_invitation_expires(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        token = await invitations.add(tx, centre_id=centre_id, role=Role.USER, now=NOW)
        assert not await invitations.use(tx, hashed(token), NOW + TWO_WEEKS)
        assert await invitations.still_open(tx, centre_id, NOW + TWO_WEEKS) == []
        assert await invitations.use(tx, hashed(token), NOW + TWO_WEEKS - 1)


async def test_a_revoked_invitation_opens_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        token = await invitations.add(tx, centre_id=await new_centre(tx), role=Role.USER, now=NOW)
        assert await invitations.revoke(tx, hashed(token))
        assert not await invitations.revoke(tx, hashed(token))
        assert not await invitations.use(tx, hashed(token), NOW)


async def test_influence_needs_a_second_facilitator(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        anna, bruno = [
            await members.add(
                tx, centre_id=centre_id, telegram_id=number, role=Role.USER, name="x", now=1
            )
            for number in (11, 12)
        ]
        token = await invitations.add(
            tx,
            centre_id=centre_id,
            role=Role.PROFESSIONAL,
            now=NOW,
            created_by=anna.id,
            needs_confirmation=True,
        )
        assert not await invitations.use(tx, hashed(token), NOW)
        assert not await invitations.confirm(tx, hashed(token), anna.id)  # who made it
        assert await invitations.confirm(tx, hashed(token), bruno.id)
        assert not await invitations.confirm(tx, hashed(token), bruno.id)
        assert await invitations.use(tx, hashed(token), NOW)


async def test_a_button_names_an_invitation_of_its_centre(database: Database) -> None:
    async with database.transaction() as tx:
        here, there = await new_centre(tx, -7), await new_centre(tx, -8)
        token = await invitations.add(tx, centre_id=here, role=Role.USER, now=NOW)
        invitation = await found(tx, token)
        assert await invitations.by_ref(tx, here, invitation.ref) == invitation
        assert await invitations.by_ref(tx, there, invitation.ref) is None
        assert await invitations.get(tx, hashed(token)) == invitation
        assert await invitations.still_open(tx, here, NOW) == [invitation]
        assert await invitations.still_open(tx, there, NOW) == []


async def test_a_new_first_link_ends_the_one_before(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        lost = await invitations.add_first(tx, centre_id, NOW)
        assert await invitations.revoke_first(tx, centre_id) == [hashed(lost)]
        given = await invitations.add_first(tx, centre_id, NOW)
        assert await invitations.not_revoked(tx) == [hashed(given)]
        assert not await invitations.use(tx, hashed(lost), NOW)
        first = await found(tx, given)
        assert (first.facilitator, first.role, first.uses_left) == (True, None, 1)
        assert await invitations.use(tx, hashed(given), NOW)

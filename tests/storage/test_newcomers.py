from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.electorate import DAY, Waiting
from assembly.roles import Role
from storage import members, newcomers
from storage.engine.database import Database

NOW = 1_800_000_000


async def test_a_centre_chooses_how_long_it_waits(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await add_centre(tx, centre_id=2)
        assert await newcomers.waiting(tx, 1) == Waiting()
        assert not await newcomers.choose(tx, 1, 7, NOW), "that is what holds already"
        assert await newcomers.choose(tx, 1, 14, NOW)
        assert await newcomers.waiting(tx, 1) == Waiting(14, 7, NOW)
        assert await newcomers.choose(tx, 1, 0, NOW + 8 * DAY)
        assert await newcomers.waiting(tx, 1) == Waiting(0, 14, NOW + 8 * DAY)
        assert await newcomers.waiting(tx, 2) == Waiting()
        with pytest.raises(ValueError, match="no such choice"):
            await newcomers.choose(tx, 1, 3, NOW)


async def test_who_has_joined_lately_is_a_number_by_role(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await add_centre(tx, centre_id=2)
        for number, (role, centre_id) in enumerate(
            ((Role.USER, 1), (Role.USER, 1), (Role.FAMILY, 1), (Role.PROFESSIONAL, 2))
        ):
            await members.add(
                tx, centre_id=centre_id, telegram_id=100 + number, role=role, name="N", now=NOW
            )
        await add_member(tx, 50, Role.FAMILY)
        assert await newcomers.joined_since(tx, 1, NOW - 1) == {Role.USER: 2, Role.FAMILY: 1}
        assert await newcomers.joined_since(tx, 1, NOW) == {}
        gone = await members.find(tx, 1, 102)
        assert gone is not None and await members.leave(tx, gone.id, NOW)
        assert await newcomers.joined_since(tx, 1, NOW - 1) == {Role.USER: 2}

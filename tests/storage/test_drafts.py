from __future__ import annotations

from storage import drafts
from storage.drafts import Draft
from storage.engine.database import Database

PROPOSAL = Draft(7, 3, "proposal", "title", b"\x00sealed", 12, 100)
NAME = Draft(7, None, "nickname", "text", None, None, 200)


async def test_a_person_is_in_one_conversation_at_a_time(database: Database) -> None:
    async with database.transaction() as tx:
        assert await drafts.find(tx, 7) is None
        await drafts.save(tx, PROPOSAL)
        assert await drafts.find(tx, 7) == PROPOSAL
        await drafts.save(tx, NAME)
        assert await drafts.find(tx, 7) == NAME


async def test_a_conversation_ends_once(database: Database) -> None:
    async with database.transaction() as tx:
        await drafts.save(tx, PROPOSAL)
        assert await drafts.remove(tx, 7)
        assert not await drafts.remove(tx, 7)
        assert await drafts.find(tx, 7) is None

"""A post that may be missing is answered once: it is there, or once more to the letter."""

from __future__ import annotations

import pytest

from storage import outbox, uncertain_posts
from storage.engine.database import Database

NOW, GROUP, CENTRE = 1_000, -7, 3


async def lose(
    database: Database, key: str = "a", chat_id: int = GROUP, expires_at: int | None = None
) -> int:
    async with database.transaction() as tx:
        await outbox.add(
            tx,
            key=key,
            chat_id=chat_id,
            payload="the post",
            now=NOW,
            ref="r",
            centre_id=CENTRE,
            expires_at=expires_at,
        )
        [row] = await outbox.claim_due(tx, NOW, 1)
        await outbox.settle(tx, row.id, "uncertain", NOW)
    return row.id


async def test_what_is_posted_again_is_the_same_to_the_letter(database: Database) -> None:
    post = await lose(database)
    async with database.transaction() as tx:
        assert await uncertain_posts.waits(tx, post)
        assert await uncertain_posts.repeat(tx, CENTRE, post, NOW + 9)
        assert not await uncertain_posts.waits(tx, post)
        assert await outbox.claim_due(tx, NOW + 8, 1) == []
        [row] = await outbox.claim_due(tx, NOW + 9, 1)
    assert (row.id, row.payload, row.ref, row.attempts) == (post, "the post", "r", 2)


async def test_what_is_there_is_not_posted_again_and_its_text_goes(database: Database) -> None:
    post = await lose(database)
    async with database.transaction() as tx:
        assert await uncertain_posts.found(tx, CENTRE, post)
        [row] = await tx.statement("SELECT status, payload FROM outbox")
        assert (row["status"], row["payload"]) == ("sent", None)
        assert not await uncertain_posts.found(tx, CENTRE, post)
        assert not await uncertain_posts.repeat(tx, CENTRE, post, NOW)
        assert await outbox.claim_due(tx, NOW + 9, 1) == []


@pytest.mark.parametrize("centre_id", [CENTRE + 1, 0])
async def test_another_centre_s_post_is_not_theirs_to_answer(
    database: Database, centre_id: int
) -> None:
    post = await lose(database)
    async with database.transaction() as tx:
        assert not await uncertain_posts.found(tx, centre_id, post)
        assert not await uncertain_posts.repeat(tx, centre_id, post, NOW)
        assert await uncertain_posts.waits(tx, post)


async def test_what_somebody_alone_was_to_read_is_not_asked_about(database: Database) -> None:
    post = await lose(database, chat_id=7)
    async with database.transaction() as tx:
        assert not await uncertain_posts.found(tx, CENTRE, post)
        assert not await uncertain_posts.repeat(tx, CENTRE, post, NOW)


async def test_what_would_come_too_late_is_not_posted_again(database: Database) -> None:
    post = await lose(database, expires_at=NOW + 10)
    async with database.transaction() as tx:
        assert not await uncertain_posts.repeat(tx, CENTRE, post, NOW + 10)
        assert await uncertain_posts.repeat(tx, CENTRE, post, NOW + 9)


async def test_it_follows_its_group(database: Database) -> None:
    post = await lose(database)
    async with database.transaction() as tx:
        await outbox.move_chat(tx, GROUP, -8)
        assert await uncertain_posts.repeat(tx, CENTRE, post, NOW)
        [row] = await outbox.claim_due(tx, NOW, 1)
    assert row.chat_id == -8

"""A post that may be missing is answered once: it is there, or once more to the letter."""

from __future__ import annotations

import pytest

from storage import outbox, outbox_changes, outbox_chats, uncertain_posts
from storage.engine.database import Database
from storage.uncertain_posts import Found, Uncertain

NOW, GROUP, CENTRE = 1_000, -7, 3


async def lose(
    database: Database,
    key: str = "a",
    chat_id: int = GROUP,
    expires_at: int | None = None,
    ref: str | None = None,
) -> int:
    async with database.transaction() as tx:
        await outbox.add(
            tx,
            key=key,
            chat_id=chat_id,
            payload="the post",
            now=NOW,
            ref=ref,
            centre_id=CENTRE,
            expires_at=expires_at,
        )
        [row] = await outbox.claim_due(tx, NOW, 1)
        await outbox.settle(tx, row.id, "uncertain", NOW)
    return row.id


async def test_what_is_posted_again_is_the_same_to_the_letter(database: Database) -> None:
    post = await lose(database, ref="r")
    async with database.transaction() as tx:
        assert await uncertain_posts.waits(tx, post)
        assert await uncertain_posts.repeat(tx, CENTRE, post, NOW + 9)
        assert not await uncertain_posts.waits(tx, post)
        assert await outbox.claim_due(tx, NOW + 8, 1) == []
        [row] = await outbox.claim_due(tx, NOW + 9, 1)
    assert (row.id, row.payload, row.ref, row.attempts) == (post, "the post", "r", 2)


async def test_they_are_counted_as_long_as_they_are_kept(database: Database) -> None:
    posts = [await lose(database, key) for key in "ab"]
    for key in "cde":
        await lose(database, key, chat_id=5)
    async with database.transaction() as tx:
        await outbox.add(tx, key="waits", chat_id=5, payload="x", now=NOW)
        assert await uncertain_posts.count(tx) == Uncertain(to_people=3, to_groups=2)
        await uncertain_posts.found(tx, CENTRE, posts[0])
        assert await uncertain_posts.count(tx) == Uncertain(3, 1), "somebody has looked"
        await outbox.prune(tx, NOW + 1)
        assert await uncertain_posts.count(tx) == Uncertain(0, 0)


async def test_what_is_there_is_not_posted_again_and_its_text_goes(database: Database) -> None:
    post = await lose(database)
    async with database.transaction() as tx:
        assert await uncertain_posts.found(tx, CENTRE, post) is Found.FOR_GOOD
        [row] = await tx.statement("SELECT status, payload FROM outbox")
        assert (row["status"], row["payload"]) == ("sent", None)
        assert not await uncertain_posts.found(tx, CENTRE, post)
        assert not await uncertain_posts.repeat(tx, CENTRE, post, NOW)
        assert await outbox.claim_due(tx, NOW + 9, 1) == []


async def test_what_is_there_and_may_change_comes_anew_where_the_centre_posts_now(
    database: Database,
) -> None:
    post = await lose(database, ref="r")
    async with database.transaction() as tx:
        assert await uncertain_posts.found(tx, CENTRE, post) is Found.MAY_CHANGE
        assert await outbox_changes.on_its_way(tx, "r")
        assert not await outbox_changes.reword_post(tx, "r", "other words")
        assert await outbox.claim_due(tx, NOW + 9, 1) == []
        assert not await uncertain_posts.post_anew(tx, "another", GROUP, "as it is now")
        assert await uncertain_posts.post_anew(tx, "r", GROUP - 1, "as it is now")
        assert not await uncertain_posts.post_anew(tx, "r", GROUP - 1, "twice")
        [row] = await outbox.claim_due(tx, NOW + 9, 1)
        assert (row.id, row.chat_id, row.payload) == (post, GROUP - 1, "as it is now")
        await outbox.settle(tx, row.id, "sent", NOW + 9)
        assert not await outbox_changes.on_its_way(tx, "r")


async def test_nobody_is_asked_for_ever(database: Database) -> None:
    post = await lose(database)
    short = await lose(database, "b", GROUP - 1, NOW + 60)
    await lose(database, "to a person", 7)
    async with database.transaction() as tx:
        assert await uncertain_posts.give_up(tx, NOW, NOW + 59) == []
        assert await uncertain_posts.give_up(tx, NOW, NOW + 60) == [(short, CENTRE)]
        assert await uncertain_posts.give_up(tx, NOW + 1, NOW + 60) == [(post, CENTRE)]
        assert await uncertain_posts.give_up(tx, NOW + 1, NOW + 60) == []
        assert not await uncertain_posts.waits(tx, post)
        assert await uncertain_posts.found(tx, CENTRE, post) is None


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
        await outbox_chats.move_chat(tx, GROUP, -8)
        assert await uncertain_posts.repeat(tx, CENTRE, post, NOW)
        [row] = await outbox.claim_due(tx, NOW, 1)
    assert row.chat_id == -8

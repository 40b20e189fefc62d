from __future__ import annotations

import pytest
from markupsafe import Markup
from stage import Stage

from handlers.screen import Screen, dump
from storage import centres, outbox, people

pytestmark = pytest.mark.usefixtures("no_errors")


async def post(stage: Stage, chat_id: int, words: str) -> None:
    """Something waits in the outbox."""
    async with stage.voci.database.transaction() as tx:
        await outbox.add(
            tx,
            key=words,
            chat_id=chat_id,
            payload=dump(Screen(Markup(words), public=True)),  # noqa: S704
            now=int(stage.clock.now()),
        )


async def test_who_blocks_the_bot_is_left_alone_until_they_come_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await post(stage, anna.id, "one")
    anna.block(stage.bot)
    await stage.settle()
    async with stage.voci.database.reading() as tx:
        person = await people.find(tx, anna.id)
    assert person is not None and not person.writable
    await post(stage, anna.id, "two")
    await stage.settle()
    refused = len(stage.world.calls("sendMessage", ok=False))
    await stage.move(3600)
    assert len(stage.world.calls("sendMessage", ok=False)) == refused, "not tried again"
    anna.unblock(stage.bot)
    await stage.settle()
    async with stage.voci.database.reading() as tx:
        person = await people.find(tx, anna.id)
    assert person is not None and person.writable
    assert {message.words for message in stage.said(anna)} >= {"one", "two"}


async def test_a_group_that_put_the_bot_out_is_left_alone(stage: Stage) -> None:
    _, group = await stage.centre()
    stage.operator.remove(group, stage.bot)
    await stage.settle()
    await post(stage, group.id, "hello")
    await stage.settle()
    assert stage.said(group) == []
    stage.operator.add(group, stage.bot)
    await stage.settle()
    assert [message.words for message in stage.said(group)] == ["hello"]


async def test_a_centre_follows_its_group(stage: Stage) -> None:
    group = stage.operator.create_group("Centro Aurora", kind="group")
    stage.operator.add(group, stage.bot)
    async with stage.voci.database.transaction() as tx:
        centre = await centres.add(
            tx, chat_id=group.id, name="Aurora", language="en", zone="Europe/Rome", now=0
        )
    moved = stage.operator.upgrade(group)
    await post(stage, group.id, "for the old chat")
    await stage.settle()
    async with stage.voci.database.reading() as tx:
        assert (await centres.get(tx, centre.id)).chat_id == moved.id
    assert [message.words for message in stage.said(moved)] == ["for the old chat"]


async def test_the_sender_learns_of_a_move_by_itself(stage: Stage) -> None:
    """The message that tells of the move may come later than the refusal that tells of it."""
    group = stage.operator.create_group("Centro Aurora", kind="group")
    stage.operator.add(group, stage.bot)
    await stage.settle()
    async with stage.voci.database.transaction() as tx:
        centre = await centres.add(
            tx, chat_id=group.id, name="Aurora", language="en", zone="Europe/Rome", now=0
        )
    await stage.stop_bot()
    moved = stage.operator.upgrade(group)
    stage.bot.updates.drop_all()
    await stage.start_bot()
    await post(stage, group.id, "hello")
    await stage.settle()
    await stage.move(10)
    async with stage.voci.database.reading() as tx:
        assert (await centres.get(tx, centre.id)).chat_id == moved.id
    assert [message.words for message in stage.said(moved)] == ["hello"]


async def test_what_waited_for_somebody_who_never_wrote_goes_out_when_they_do(
    stage: Stage,
) -> None:
    centre, group = await stage.centre()
    anna = stage.world.person("Anna")
    anna.join(group)
    await stage.enrol(centre, anna, "user", facilitator=False, language="en")
    await post(stage, anna.id, "hello")
    await stage.settle()
    assert stage.said(anna) == []
    await stage.start(anna)
    assert "hello" in [message.words for message in stage.said(anna)]

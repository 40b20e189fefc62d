from __future__ import annotations

import pytest
from kit.centre_rows import put_question
from kit.stage import DAY, HOUR, Stage
from markupsafe import Markup

from assembly.rule import Quorum, Rule
from handlers.assemblies import posts as assembly_posts
from handlers.assemblies.presses import Post
from handlers.core.screen import Screen, dump
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from sandbox.chats import Group
from sandbox.people import Person
from storage import ballots, centres, decisions, members, outbox, people
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def post(stage: Stage, chat_id: int, words: str) -> None:
    """Something waits in the outbox."""
    await stage.write(
        outbox.add,
        key=words,
        chat_id=chat_id,
        payload=dump(Screen(Markup(words), public=True)),  # noqa: S704
        now=stage.now,
    )


async def test_who_blocks_the_bot_is_left_alone_until_they_come_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await post(stage, anna.id, "one")
    anna.block(stage.bot)
    await stage.settle()
    person = await stage.read(people.find, anna.id)
    assert person is not None and not person.writable
    await post(stage, anna.id, "two")
    await stage.settle()
    refused = len(stage.world.calls("sendMessage", ok=False))
    await stage.move(3600)
    assert len(stage.world.calls("sendMessage", ok=False)) == refused, "not tried again"
    anna.unblock(stage.bot)
    await stage.settle()
    person = await stage.read(people.find, anna.id)
    assert person is not None and person.writable
    assert {message.words for message in stage.said(anna)} >= {"one", "two"}


async def test_the_facilitators_hear_once_that_the_group_put_the_bot_out(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.operator.remove(group, stage.bot)
    await stage.settle()
    await post(stage, group.id, "hello")
    await stage.move(3600)
    told = [each.words for each in stage.said(anna) if "may not write" in each.words]
    assert len(told) == 1
    stage.operator.add(group, stage.bot)
    await stage.settle()
    stage.operator.remove(group, stage.bot)
    await stage.settle()
    told = [each.words for each in stage.said(anna) if "may not write" in each.words]
    assert len(told) == 2


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


async def test_a_post_that_arrives_in_a_group_lets_out_what_was_held_back(stage: Stage) -> None:
    """Voci was let in again while it was away for so long that Telegram no longer tells."""
    _, group = await stage.centre()
    stage.operator.remove(group, stage.bot)
    await post(stage, group.id, "one")
    await post(stage, group.id, "two")
    await stage.settle()
    await stage.stop_bot()
    stage.operator.add(group, stage.bot)
    stage.bot.updates.drop_all()
    await stage.start_bot()
    await post(stage, group.id, "three")
    await stage.move(60)
    assert {message.words for message in stage.said(group)} == {"one", "two", "three"}


async def test_a_message_that_arrives_lets_out_what_was_held_back_for_somebody(
    stage: Stage,
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    anna.block(stage.bot)
    await post(stage, anna.id, "one")
    await stage.settle()
    await stage.stop_bot()
    anna.unblock(stage.bot)
    stage.bot.updates.drop_all()
    await stage.start_bot()
    await post(stage, anna.id, "two")
    await stage.move(60)
    assert {message.words for message in stage.said(anna)} >= {"one", "two"}
    person = await stage.read(people.find, anna.id)
    assert person is not None and person.writable


async def test_what_was_held_back_follows_a_group_and_is_let_out(stage: Stage) -> None:
    """Telegram called the group deactivated before it told where it had gone."""
    group = stage.operator.create_group("Centro Aurora", kind="group")
    stage.operator.add(group, stage.bot)
    await stage.settle()
    await stage.write(
        centres.add, chat_id=group.id, name="Aurora", language="en", zone="Europe/Rome", now=0
    )
    said = "Forbidden: the group chat was deleted"
    stage.world.faults.add("refused", method="sendMessage", chat_id=group.id, refusal=said)
    await post(stage, group.id, "hello")
    await stage.settle()
    moved = stage.operator.upgrade(group)
    await stage.settle()
    await stage.move(60)
    assert [message.words for message in stage.said(moved)] == ["hello"]


async def test_a_centre_follows_its_group(stage: Stage) -> None:
    group = stage.operator.create_group("Centro Aurora", kind="group")
    stage.operator.add(group, stage.bot)
    centre = await stage.write(
        centres.add, chat_id=group.id, name="Aurora", language="en", zone="Europe/Rome", now=0
    )
    moved = stage.operator.upgrade(group)
    await post(stage, group.id, "for the old chat")
    await stage.settle()
    assert (await stage.read(centres.get, centre.id)).chat_id == moved.id
    assert [message.words for message in stage.said(moved)] == ["for the old chat"]


async def test_the_sender_learns_of_a_move_by_itself(stage: Stage) -> None:
    """The message that tells of the move may come later than the refusal that tells of it."""
    group = stage.operator.create_group("Centro Aurora", kind="group")
    stage.operator.add(group, stage.bot)
    await stage.settle()
    centre = await stage.write(
        centres.add, chat_id=group.id, name="Aurora", language="en", zone="Europe/Rome", now=0
    )
    await stage.stop_bot()
    moved = stage.operator.upgrade(group)
    stage.bot.updates.drop_all()
    await stage.start_bot()
    await post(stage, group.id, "hello")
    await stage.settle()
    await stage.move(10)
    assert (await stage.read(centres.get, centre.id)).chat_id == moved.id
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


@pytest.fixture
async def anna(stage: Stage) -> Person:
    """The facilitator of a centre whose group is not yet a supergroup."""
    group = stage.operator.create_group("Centro Aurora", kind="group")
    stage.operator.add(group, stage.bot)
    centre = await stage.write(
        centres.add,
        chat_id=group.id,
        name="Aurora",
        language="en",
        zone="Europe/Rome",
        now=stage.now,  # in its first month everybody is asked at once
    )
    return await stage.member(centre, group, "Anna", facilitator=True)


async def put(stage: Stage, anna: Person) -> tuple[Centre, Group]:
    """A question is open and an assembly convened: two posts on their way to the group."""
    [centre] = await stage.read(centres.every)
    assembly = await stage.convene(centre, anna, 3 * DAY, place="The garden")
    async with stage.voci.database.transaction() as tx:
        unit = UnitOfWork(tx, stage.now, stage.voci.services)
        decision_id = await put_question(
            tx,
            stage.voci.keys,
            Rule(quorum=Quorum(centre.quorum)),
            centre_id=centre.id,
            closes_at=stage.now + HOUR,
            now=stage.now,
        )
        decision = await decisions.get(tx, centre.id, decision_id)
        assert decision is not None
        await closing.announce(unit, centre, decision)
        await assembly_posts.post(unit, centre, assembly, Post.ANNOUNCED, "announcement")
    return centre, stage.world.groups[centre.chat_id]


async def upgraded(stage: Stage, group: Group, *, told: bool) -> Group:
    if told:
        return stage.operator.upgrade(group)
    await stage.stop_bot()
    moved = stage.operator.upgrade(group)
    stage.bot.updates.drop_all()
    await stage.start_bot()
    await post(stage, group.id, "hello")  # the refusal tells
    return moved


@pytest.mark.parametrize("told", [True, False], ids=["by the group", "by a refusal"])
async def test_what_is_open_is_posted_anew_where_people_can_press(
    stage: Stage, anna: Person, told: bool
) -> None:
    centre, group = await put(stage, anna)
    await stage.settle()
    assert len(stage.said(group)) == 2
    moved = await upgraded(stage, group, told=told)
    await stage.settle()
    await stage.move(60)
    said = [message for message in stage.said(moved) if message.words != "hello"]
    assert len(said) == 2
    [question] = [message for message in said if "Saturdays" in message.words]
    [card] = [message for message in said if "The garden" in message.words]
    await stage.press(anna, question, "Yes")
    await stage.press(anna, card, 0)
    await stage.move(60)
    assert card.edits == 1  # who is coming is counted here
    async with stage.voci.database.reading() as tx:
        [member] = await members.of_person(tx, anna.id)
        [mine] = (await ballots.of_member(tx, stage.voci.keys, centre.id, member.id)).values()
        assert mine is not None
        assert mine.choice == "yes"
    await stage.move(3600)
    await stage.move(10)  # edits are collected for some seconds
    assert question.edits == 1  # and the end is told in its place
    assert len(stage.said(moved)) == len(said) + 1 + (not told)


@pytest.mark.parametrize("told", [True, False], ids=["by the group", "by a refusal"])
async def test_what_was_on_its_way_is_not_posted_twice(
    stage: Stage, anna: Person, told: bool
) -> None:
    _, group = await put(stage, anna)
    moved = await upgraded(stage, group, told=told)
    await stage.settle()
    await stage.move(60)
    words = [message.words for message in stage.said(moved)]
    assert sum("Saturdays" in text for text in words) == 1
    assert sum("The garden" in text for text in words) == 1

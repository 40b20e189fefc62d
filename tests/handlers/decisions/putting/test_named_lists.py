"""A list picked by hand is secret with the yes of a second facilitator of another role."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import OLDER_MESSAGE, PUT_A_QUESTION, PUT_TO_EVERYBODY
from kit.stage import DAY, Stage

from assembly.rule import Secrecy
from handlers.decisions.presses import OpenDecision
from handlers.decisions.putting.presses import AnswerList, AskAboutList
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import decisions, facilitators, named_lists
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

ASK, YES, NO, BY_NAME = "Ask for a second yes", "Yes, these people", "No", "Make it by name"
FIVE = ("Anna", "Bruno", "Carla", "Dario", "Elena")


@dataclass
class Lists:
    """Fiona and Fritz are users, Gino is a professional, Hanna a family member; they facilitate."""

    stage: Stage
    centre: Centre
    group: Group
    fiona: Person
    fritz: Person
    gino: Person
    hanna: Person
    anna: Person

    async def pick(self, *names: str) -> Message:
        """Fiona prepares a question to these; its preview."""
        await self.stage.say(self.fiona, "/facilitate")
        await self.stage.press_each(self.fiona, PUT_A_QUESTION)
        await self.stage.say(self.fiona, "Shall we?")
        await self.press("More", "Who can take part", "Chosen by name", *names)
        return await self.press("Back", "See the preview")

    async def again(self) -> Message:
        """The preview as it is now."""
        await self.stage.say(self.fiona, "/facilitate")
        return await self.press(PUT_A_QUESTION, "Go on with it")

    async def press(self, *buttons: str) -> Message:
        return await self.stage.press_each(self.fiona, *buttons)

    async def forge(self, person: Person, press: AnswerList | OpenDecision | AskAboutList) -> str:
        made = await self.stage.forge(person, self.stage.last(person), press.encode())
        return made.answer.text if made.answer is not None else ""

    async def list_id(self) -> int:
        fiona = await self.stage.member_id(self.centre, self.fiona)
        kept = await self.stage.read(named_lists.of, fiona)
        assert kept is not None
        return kept.id

    async def put_ones(self) -> list[Decision]:
        return await self.stage.read(decisions.open_ones, self.centre.id)


@pytest.fixture
async def lists(stage: Stage) -> Lists:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    fritz = await stage.member(centre, group, "Fritz", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "professional", facilitator=True)
    hanna = await stage.member(centre, group, "Hanna", "family", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    for name in ("Bruno", "Carla", "Dario", "Elena"):
        await stage.member(centre, group, name)
    return Lists(stage, centre, group, fiona, fritz, gino, hanna, anna)


async def test_with_a_second_yes_the_very_list_is_put(lists: Lists) -> None:
    stage = lists.stage
    preview = await lists.pick(*FIVE)
    assert "once a second facilitator, of another role, has said yes" in preview.words
    assert ASK in preview.labels and PUT_TO_EVERYBODY not in preview.labels
    waiting = await lists.press(ASK)
    assert "They have been asked." in waiting.words and PUT_TO_EVERYBODY not in waiting.labels
    for person in (lists.gino, lists.hanna):
        words = stage.last(person).words
        assert "Fiona would like to ask 5 people in secret, and nobody else:" in words
        assert "Anna\nBruno\nCarla\nDario\nElena" in words and "Shall we?" not in words
    assert "in secret" not in stage.last(lists.fritz).words, "he is of her role"
    await stage.press_each(lists.gino, YES)
    await stage.move(10)
    assert "has a second yes" in stage.last(lists.hanna).words
    assert stage.last(lists.hanna).labels == []
    assert "has a second yes" in stage.last(lists.fiona).words
    await lists.press("See the preview", PUT_TO_EVERYBODY)
    [decision] = await lists.put_ones()
    assert (decision.electorate, decision.rule.secrecy) == (5, Secrecy.SECRET)
    fiona = await stage.member_id(lists.centre, lists.fiona)
    assert await stage.read(named_lists.of, fiona) is None, "a yes is for one question"
    seen = await stage.start(lists.anna, f"decide_{decision.id}")
    assert "Asked by name: Anna, Bruno, Carla, Dario, Elena" in seen.words
    await stage.start(lists.hanna, f"decide_{decision.id}")
    told = await stage.press_each(lists.hanna, "How it is counted", "What happened with it")
    assert "The list of names has the yes of Gino" in told.words
    assert "Asked by name: Anna, Bruno" in told.words


async def test_without_it_the_question_is_by_name(lists: Lists) -> None:
    await lists.pick(*FIVE)
    preview = await lists.press(BY_NAME)
    assert "By name" in preview.words
    await lists.press(PUT_TO_EVERYBODY)
    [decision] = await lists.put_ones()
    assert decision.rule.secrecy is Secrecy.OPEN


async def test_no_made_up_press_puts_it(lists: Lists) -> None:
    await lists.pick(*FIVE)
    [row] = await lists.stage.rows("SELECT content FROM drafts")
    assert row["content"]
    for sign in ("", "00000000"):
        said = await lists.forge(lists.fiona, OpenDecision(lists.centre.id, sign))
        assert said == "This list of names has no second yes."
    await lists.press(ASK)
    for person in (lists.fiona, lists.fritz):
        said = await lists.forge(person, AnswerList(lists.centre.id, await lists.list_id(), True))
        assert said == "Another facilitator has to answer that."
    said = await lists.forge(lists.anna, AnswerList(lists.centre.id, await lists.list_id(), True))
    assert said == "Facilitators can do this."
    assert await lists.put_ones() == []


async def test_a_changed_list_needs_a_new_yes(lists: Lists) -> None:
    stage = lists.stage
    await lists.pick(*FIVE)
    await lists.press(ASK)
    before = await lists.list_id()
    await stage.press_each(lists.gino, YES)
    await lists.press("See the preview")
    await lists.press("More", "Choose the names", "✓ Elena", "Fritz", "Back")
    preview = await lists.press("See the preview")
    assert ASK in preview.labels and PUT_TO_EVERYBODY not in preview.labels
    await lists.press(ASK)
    assert await lists.forge(lists.hanna, AnswerList(lists.centre.id, before, True)) == (
        OLDER_MESSAGE
    )
    assert "Fritz" in stage.last(lists.hanna).words
    await stage.press_each(lists.hanna, YES)
    await lists.press("See the preview", PUT_TO_EVERYBODY)
    assert len(await lists.put_ones()) == 1


async def test_a_no_is_told_and_others_can_be_chosen(lists: Lists) -> None:
    await lists.pick(*FIVE)
    await lists.press(ASK)
    await lists.stage.press_each(lists.hanna, NO)
    assert "somebody said no" in lists.stage.last(lists.fiona).words
    assert "Hanna" not in lists.stage.last(lists.fiona).words
    preview = await lists.press("See the preview")
    assert preview.labels[:2] == ["Choose the names", BY_NAME]
    said = await lists.forge(lists.gino, AnswerList(lists.centre.id, await lists.list_id(), True))
    assert said == "" and "answered with no" in lists.stage.last(lists.gino).words


async def test_left_it_is_nobodys_to_answer_any_more(lists: Lists) -> None:
    await lists.pick(*FIVE)
    await lists.press(ASK)
    await lists.press("Leave it")
    await lists.stage.move(10)
    assert "needs no answer about this list any more" in lists.stage.last(lists.gino).words
    assert not await lists.stage.rows("SELECT * FROM named_lists")


async def test_where_nobody_of_another_role_facilitates(lists: Lists) -> None:
    for person in (lists.gino, lists.hanna):
        member_id = await lists.stage.member_id(lists.centre, person)
        await lists.stage.write(facilitators.end, member_id)
    preview = await lists.pick(*FIVE)
    assert "There is no such facilitator here" in preview.words
    assert ASK not in preview.labels and BY_NAME in preview.labels


async def test_the_second_one_is_no_newcomer(lists: Lists) -> None:
    stage = lists.stage
    for person in (lists.gino, lists.hanna):
        member_id = await stage.member_id(lists.centre, person)
        await stage.write(facilitators.end, member_id)
    await stage.move(60 * DAY)
    await stage.member(lists.centre, lists.group, "Puppet", "family", facilitator=True)
    preview = await lists.pick(*FIVE)
    assert "There is no such facilitator here" in preview.words
    await stage.move(8 * DAY)
    assert ASK in (await lists.again()).labels


async def test_in_the_quiet_hours_nobody_is_asked(lists: Lists) -> None:
    await lists.stage.move(10 * 3600)  # 23:00 in Rome
    await lists.pick(*FIVE)
    await lists.press(ASK)
    assert "in secret" not in lists.stage.last(lists.gino).words
    await lists.stage.move(10 * 3600 + 60)  # 09:01
    assert "in secret" in lists.stage.last(lists.gino).words

"""What members ask and add under a proposal, press by press."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.proposal_scenes import OneProposalScene
from kit.stage import HOUR, Stage

from assembly.harm import Harm
from handlers.proposals.comment_presses import (
    AnswerComment,
    HideCommentFor,
    ReportComment,
    TakeCommentBack,
    WriteComment,
)
from sandbox.chats import Message
from sandbox.people import Person
from storage import comments
from storage.comments import Comment
from storage.engine.transaction import Transaction

pytestmark = pytest.mark.usefixtures("no_errors")

ASK, DOOR = "Ask a question, or add a thought", "Questions and thoughts"
NAMELESS = "Without a name"


@dataclass
class Scene(OneProposalScene):
    """Anna has proposed a quiet room; Bruno asks; Fiona and Gino facilitate."""

    anna: Person
    bruno: Person
    fiona: Person
    gino: Person

    async def write(self, person: Person, text: str, button: str = NAMELESS) -> Message:
        """From the proposal, which has no comment yet or some."""
        screen = await self.see(person)
        door = next(each for each in screen.labels if each == DOOR or "comment" in each)
        await self.stage.press_each(person, door, ASK)
        await self.stage.say(person, text)
        return await self.stage.press_each(person, button)

    async def all(self) -> list[Comment]:
        return await self.stage.read(comments.of_proposal, self.centre.id, self.proposal_id)


@pytest.fixture
async def scene(stage: Stage) -> Scene:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno", "family")
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    proposal_id = await stage.propose(centre, anna, "A quiet room")
    return Scene(stage, centre, group, proposal_id, anna, bruno, fiona, gino)


async def test_somebody_asks_and_the_author_answers(scene: Scene) -> None:
    stage = scene.stage
    page = await scene.write(scene.bruno, "Where shall\nit <b>be</b>?", "With my name: Bruno")
    assert "1. Where shall\nit <b>be</b>?\n— Bruno" in page.words
    said = len(stage.said(scene.anna))
    await stage.move(HOUR)
    told = stage.last(scene.anna)
    assert len(stage.said(scene.anna)) == said + 1
    assert "One comment under your proposal waits for you:" in told.words
    assert "Where" not in told.words, "its words stand under the proposal alone"
    await stage.press(scene.anna, told, "Read and answer")
    await stage.press_each(scene.anna, "1", "Answer it")
    await stage.say(scene.anna, "On the first floor.")
    page = await stage.press_each(scene.anna, "Send the answer")
    assert "Answer: On the first floor." in page.words
    told = stage.last(scene.bruno)
    assert "What you wrote has an answer:" in told.words
    assert "On the first floor." in told.words and "Anna" not in told.words
    await scene.see(scene.gino)
    await stage.press_each(scene.gino, "1 comment", "1", "Back", "Back to the proposal")
    assert "Put forward by Anna." in stage.last(scene.gino).words


async def test_all_of_an_hour_or_a_night_is_one_message(scene: Scene) -> None:
    stage = scene.stage
    await stage.move(10 * HOUR)  # 23:00 in Rome
    said = len(stage.said(scene.anna))
    for person in (scene.bruno, scene.fiona, scene.gino):
        await scene.write(person, "Where is it?")
        await stage.move(HOUR)
    assert len(stage.said(scene.anna)) == said
    await stage.move(8 * HOUR)
    assert len(stage.said(scene.anna)) == said + 1
    assert "3 comments under your proposal wait for you:" in stage.last(scene.anna).words


async def test_what_is_answered_or_gone_by_then_is_not_told(scene: Scene) -> None:
    stage = scene.stage
    said = len(stage.said(scene.anna))
    await scene.write(scene.bruno, "Where is it?")
    [comment] = await scene.all()
    await scene.forge(scene.bruno, TakeCommentBack(scene.centre.id, comment.id, True))
    await stage.move(HOUR)
    assert len(stage.said(scene.anna)) == said
    assert await scene.all() == []


async def test_three_each_and_the_screen_says_so(scene: Scene) -> None:
    for text in ("One?", "Two?", "Three?"):
        page = await scene.write(scene.bruno, text)
    assert ASK not in page.labels and "You have written 3 comments here" in page.words
    await scene.forge(scene.bruno, WriteComment(scene.centre.id, scene.proposal_id))
    assert "You have written 3 comments here" in scene.stage.last(scene.bruno).words
    assert len(await scene.all()) == 3


async def test_too_long_and_too_little_are_asked_again(scene: Scene) -> None:
    stage = scene.stage
    await scene.see(scene.bruno)
    await stage.press_each(scene.bruno, DOOR, ASK)
    assert "up to 300 fit" in (await stage.say(scene.bruno, "why " * 100)).words
    assert "nothing in it that can be read" in (await stage.say(scene.bruno, "…")).words
    seen = await stage.say(scene.bruno, "Why?")
    assert "Everybody in the centre can read this." in seen.words
    await stage.press_each(scene.bruno, "Leave it")
    assert await scene.all() == []
    await stage.press(scene.bruno, stage.last(scene.bruno), "Back to the proposal")


async def test_a_restart_goes_on_where_it_was(scene: Scene) -> None:
    stage = scene.stage
    await scene.see(scene.bruno)
    await stage.press_each(scene.bruno, DOOR, ASK)
    await stage.restart()
    await stage.say(scene.bruno, "Where is it?")
    await stage.restart()
    await stage.press_each(scene.bruno, NAMELESS)
    assert [each.text for each in await scene.all()] == ["Where is it?"]


async def test_a_button_of_other_words_sends_nothing(scene: Scene) -> None:
    stage = scene.stage
    await scene.see(scene.bruno)
    await stage.press_each(scene.bruno, DOOR, ASK)
    first = await stage.say(scene.bruno, "Where is it?")
    await stage.say(scene.bruno, "When is it?")
    pressed = await stage.press(scene.bruno, first, NAMELESS)
    assert pressed.answer is not None and "older message" in pressed.answer.text
    assert await scene.all() == []


async def test_a_facilitator_hides_it_for_a_reason_that_all_read(scene: Scene) -> None:
    stage = scene.stage
    await scene.write(scene.bruno, "Dario is ill again")
    await scene.see(scene.gino)
    await stage.press_each(scene.gino, "1 comment", "1", "Hide it")
    assert "Everybody reads the reason" in stage.last(scene.gino).words
    await stage.press_each(scene.gino, "It tells something private")
    told = stage.last(scene.bruno)
    assert "A facilitator has hidden what you wrote:" in told.words and "Gino" not in told.words
    await scene.see(scene.anna)
    anna = await stage.press_each(scene.anna, "What facilitators did here")
    assert "A comment hidden by Gino" in anna.words and "private" in anna.words
    await stage.press_each(scene.anna, "Back", DOOR)
    page = stage.last(scene.anna)
    assert "Hidden by the facilitators: It tells something private" in page.words
    assert "Dario" not in page.words
    assert "Dario" not in (await stage.press_each(scene.anna, "1")).words
    await scene.see(scene.fiona)
    await stage.press_each(scene.fiona, DOOR, "1")
    assert "Dario" in stage.last(scene.fiona).words, "to judge again"
    await stage.press_each(scene.fiona, "Show it again")
    [comment] = await scene.all()
    assert comment.hidden is None


async def test_nobody_judges_what_is_theirs(scene: Scene) -> None:
    await scene.write(scene.fiona, "Where is it?")
    [comment] = await scene.all()
    hide = HideCommentFor(scene.centre.id, comment.id, Harm.HURTS)
    assert "another facilitator decides" in await scene.forge(scene.fiona, hide)
    await scene.see(scene.bruno)
    assert await scene.forge(scene.bruno, hide) == FACILITATORS_ONLY
    [comment] = await scene.all()
    assert comment.hidden is None


async def test_it_is_told_without_saying_who(scene: Scene) -> None:
    stage = scene.stage
    await scene.write(scene.fiona, "Dario is ill again")
    [comment] = await scene.all()
    await scene.see(scene.bruno)
    await stage.press_each(scene.bruno, "1 comment", "1", "This is about me, or hurts")
    assert "not who" in stage.last(scene.bruno).words
    said = len(stage.said(scene.fiona))
    await stage.press_each(scene.bruno, "Tell the facilitators")
    assert "Somebody says that this comment" in stage.last(scene.gino).words
    assert len(stage.said(scene.fiona)) == said, "not whoever wrote it"
    rows = str([[*row] for row in await stage.rows("SELECT key, ref FROM outbox")])
    assert str(scene.bruno.id) not in rows
    told = len(stage.said(scene.gino))
    await scene.forge(scene.anna, ReportComment(scene.centre.id, comment.id, True))
    assert len(stage.said(scene.gino)) == told, "once"


async def test_only_the_author_answers(scene: Scene) -> None:
    await scene.write(scene.bruno, "Where is it?")
    [comment] = await scene.all()
    await scene.see(scene.gino)
    await scene.forge(scene.gino, AnswerComment(scene.centre.id, comment.id))
    await scene.stage.say(scene.gino, "Nowhere.")
    [comment] = await scene.all()
    assert comment.answer is None


async def test_off_the_list_it_can_be_read_and_not_written(scene: Scene) -> None:
    stage = scene.stage
    await scene.write(scene.bruno, "Where is it?")
    await stage.write(_settle, scene.proposal_id)
    seen = await scene.see(scene.bruno)
    assert "1 comment" in seen.labels
    page = await stage.press_each(scene.bruno, "1 comment")
    assert "Where is it?" in page.words and ASK not in page.labels
    await scene.forge(scene.gino, WriteComment(scene.centre.id, scene.proposal_id))
    await stage.say(scene.gino, "Late")
    assert len(await scene.all()) == 1


async def _settle(tx: Transaction, proposal_id: int) -> None:
    await tx.statement(f"UPDATE proposals SET status = 'settled' WHERE id = {proposal_id}")


async def test_whoever_leads_reads_it_out_at_its_point(scene: Scene) -> None:
    stage = scene.stage
    await scene.write(scene.bruno, "Where is it?")
    points = [(scene.proposal_id, "A quiet room")]
    await stage.convene(scene.centre, scene.fiona, points=points, begun=True)
    await stage.say(scene.fiona, "/facilitate")
    point = await stage.press_each(scene.fiona, "Go on with the assembly")
    assert "1 comment" in point.labels
    page = await stage.press_each(scene.fiona, "1 comment")
    assert "Where is it?" in page.words
    point = await stage.press_each(scene.fiona, "Back to the assembly")
    assert "1 of 1: A quiet room" in point.words
    await scene.see(scene.bruno)
    page = await stage.press_each(scene.bruno, "1 comment")
    assert "Back to the assembly" not in page.labels

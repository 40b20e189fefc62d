from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from kit.phrases import (
    CANCEL_THE_QUESTION,
    CLOSE_NOW,
    HOW_IS_COUNTED,
    HOW_WAS_COUNTED,
    I_ABSTAIN,
    MEMBERS_ONLY,
    PUT_A_QUESTION,
    PUT_TO_EVERYBODY,
    SAID_NO,
    SAID_YES,
    SHOW_TRACKER,
    TAKE_PART,
)
from kit.stage import Stage
from telegram import Update

from handlers.core.navigation import Facilitate, PutQuestion, SeeDecision, ShowDecisions
from handlers.decisions.presses import Cast, CloseDecision, Extend, TurnDecisions
from sandbox.chats import Group, Message
from sandbox.people import Person
from sandbox.presses import Press
from storage import ballots, decisions, facilitators, members
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

QUESTION = "Shall we open on Saturdays from 9 to 13?"
YES, NO, ABSTAIN = "Yes", "No", I_ABSTAIN


@dataclass
class Scene:
    """A centre with a facilitator, Anna, and five other members."""

    stage: Stage
    centre: Centre
    group: Group
    anna: Person
    others: list[Person] = field(default_factory=list)

    async def put(self, text: str = QUESTION) -> Message:
        """Anna puts a question of her own for ten minutes; its message in the group."""
        await self.preview(text)
        await self.press(self.anna, "10 minutes")
        await self.press(self.anna, PUT_TO_EVERYBODY)
        return self.stage.last(self.group)

    async def preview(self, text: str = QUESTION) -> Message:
        hub = await self.stage.say(self.anna, "/facilitate")
        await self.stage.press(self.anna, hub, PUT_A_QUESTION)
        return await self.stage.say(self.anna, text)

    async def press(self, person: Person, button: str | int) -> Press:
        """Press a button of the last message in private."""
        return await self.stage.press(person, self.stage.last(person), button)

    async def cast(self, posted: Message, *choices: str) -> None:
        """The others press in the group, each one choice."""
        for person, choice in zip(self.others, choices, strict=False):
            await self.stage.press(person, posted, choice)

    async def forge(self, person: Person, message: Message, data: str) -> str:
        press = person.forge_press(message, data)
        answer = await press.answered()
        await self.stage.settle()
        return answer.text

    async def decision(self) -> Decision:
        found = await self.stage.read(decisions.get, self.centre.id, 1)
        assert found is not None
        return found

    async def ballots(self) -> int:
        return int((await self.stage.rows("SELECT COUNT(*) AS n FROM ballots"))[0]["n"])


@pytest.fixture
async def scene(stage: Stage) -> Scene:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    scene = Scene(stage, centre, group, anna)
    for name in ("Bruno", "Carla", "Dario", "Elena", "Fabio"):
        scene.others.append(await stage.member(centre, group, name))
    return scene


async def test_a_question_is_put_decided_and_told(scene: Scene) -> None:
    stage = scene.stage
    preview = await scene.preview("Shall we open on Saturdays from 9 to 13")
    assert QUESTION in preview.words  # it became a question
    assert (
        "Carried if more say yes than no. It counts if at least 2 of 6 take part." in preview.words
    )
    await scene.press(scene.anna, "10 minutes")
    assert "Open until 13:10." in stage.last(scene.anna).words
    assert len(stage.said(scene.group)) == 0
    await scene.press(scene.anna, PUT_TO_EVERYBODY)

    posted = stage.last(scene.group)
    assert posted.words.startswith(QUESTION)
    assert posted.labels == [YES, NO, ABSTAIN, TAKE_PART]
    press = await stage.press(scene.others[0], posted, YES)
    assert press.answer is not None
    assert press.answer.text == "You said yes. You can change it until 13:10."
    await scene.cast(posted, NO, YES, YES, NO, ABSTAIN)
    before = posted.words
    assert (posted.edits, posted.labels) == (0, [YES, NO, ABSTAIN, TAKE_PART])

    await stage.move(600)
    told = stage.last(scene.group)
    assert told is not posted
    assert told.words.startswith(
        f"{QUESTION} Not carried: as many said no as yes.\n"
        "2 yes, 2 no, 1 abstained. 5 of 6 took part; 2 were needed.\n\n"
        "The list of ballots, without names, has this seal: "
    )
    await stage.move(10)
    assert posted.labels == [] and posted.words != before
    assert await scene.ballots() == 0
    entries = await stage.voci.keys.database.run(
        lambda tx: tx.rows("ledger_entries", kind="decision closed")
    )
    assert [entry["subject"] for entry in entries] == ["1"]


async def test_of_few_ballots_only_the_outcome_is_told(scene: Scene) -> None:
    posted = await scene.put()
    await scene.cast(posted, YES, YES, YES, NO)
    await scene.stage.move(600)
    words = scene.stage.last(scene.group).words
    assert words.startswith(f"{QUESTION} Carried.\nFewer than 5 took part")
    assert "3" not in words.replace("13", "")
    assert (await scene.decision()).outcome is None


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ((YES,), "Not decided: too few took part."),
        ((ABSTAIN,) * 5, "No result: nobody said anything that counts."),
        ((YES, YES, YES, NO, ABSTAIN), "Carried."),
        ((YES, NO, NO, NO, ABSTAIN), "Not carried."),
        ((), "Not decided: too few took part."),
    ],
)
async def test_outcomes_in_words(scene: Scene, choices: tuple[str, ...], told: str) -> None:
    posted = await scene.put()
    await scene.cast(posted, *choices)
    await scene.stage.move(600)
    assert scene.stage.last(scene.group).words.splitlines()[0] == f"{QUESTION} {told}"


async def test_a_mind_is_changed_in_private(scene: Scene) -> None:
    stage, bruno = scene.stage, scene.others[0]
    posted = await scene.put()
    await scene.cast(posted, YES)
    overview = await stage.say(bruno, "/decide")
    assert QUESTION in overview.words and SAID_YES in overview.words
    await scene.press(bruno, QUESTION)
    labels = stage.last(bruno).labels
    assert labels[:4] == [f"✓ {YES}", NO, ABSTAIN, HOW_IS_COUNTED]
    assert SHOW_TRACKER in labels and labels[-1] == "Back"
    press = await scene.press(bruno, NO)
    assert press.answer is not None and press.answer.text.startswith(SAID_NO)
    assert SAID_NO in stage.last(bruno).words
    assert await scene.ballots() == 1

    yes = next(each for each in stage.last(bruno).buttons if each.label == YES)
    await stage.move(600)
    assert not stage.last(bruno).buttons
    press = await stage.forge(bruno, stage.last(bruno), yes.data or "")
    assert press.answer is not None and "This is over" in press.answer.text
    assert "Fewer than 5 took part" in stage.last(bruno).words
    await scene.press(bruno, HOW_WAS_COUNTED)
    assert "All 6 members can take part." in stage.last(bruno).words
    await scene.press(bruno, "Back")
    await scene.press(bruno, "Back")
    assert "Nothing is being decided right now." in stage.last(bruno).words
    assert "Closed lately" in stage.last(bruno).words


async def test_every_outcome_of_two_months_is_found_page_by_page(scene: Scene) -> None:
    stage, bruno = scene.stage, scene.others[0]
    questions = [f"Shall we cook on day {number}?" for number in range(10)]
    for question in questions:
        await stage.put(scene.centre, 600, question=question)
    await stage.move(600)
    page = await stage.say(bruno, "/decide")
    told = page.labels
    while "More" in stage.last(bruno).labels:
        await scene.press(bruno, "More")
        told += stage.last(bruno).labels
    assert sorted(label for label in told if label in questions) == questions


async def test_how_it_was_counted_is_answered_in_private(scene: Scene) -> None:
    stage, bruno = scene.stage, scene.others[0]
    await scene.cast(await scene.put(), YES, YES, YES, YES, YES)
    await stage.move(600)
    press = await stage.press(bruno, stage.last(scene.group), HOW_WAS_COUNTED)
    assert press.answer is not None and "chat with me" in press.answer.text
    assert "5 yes, 0 no" in stage.last(bruno).words


async def test_the_toast_speaks_the_voter_s_language(scene: Scene) -> None:
    stage = scene.stage
    greta = await stage.member(scene.centre, scene.group, "Greta", language="de")
    posted = await scene.put()
    press = await stage.press(greta, posted, YES)
    assert press.answer is not None
    assert press.answer.text == "Du hast Ja gesagt. Ändern kannst du es bis 13:10."
    assert posted.words.startswith(QUESTION)


# -- who may not ------------------------------------------------------------------------------


async def outsider(scene: Scene) -> Person:
    person = scene.stage.world.person("Otto", language_code="en")
    person.join(scene.group)
    return person


async def of_another_centre(scene: Scene) -> Person:
    centre, group = await scene.stage.centre("Casa Blu")
    person = await scene.stage.member(centre, group, "Paola", facilitator=True)
    person.join(scene.group)
    return person


async def newcomer(scene: Scene) -> Person:
    return await scene.stage.member(scene.centre, scene.group, "Nina")


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (outsider, MEMBERS_ONLY),
        (of_another_centre, MEMBERS_ONLY),
        (newcomer, "It was put before you joined. You take part from the next one on."),
    ],
)
async def test_who_may_not_is_told_kindly(
    scene: Scene, who: Callable[[Scene], Awaitable[Person]], told: str
) -> None:
    posted = await scene.put()
    person = await who(scene)
    press = await scene.stage.press(person, posted, YES)
    assert press.answer is not None
    assert press.answer.text == told
    assert await scene.ballots() == 0


@pytest.mark.parametrize(
    "data",
    [
        "cast:1:1:maybe",
        "cast:1:1",
        "cast:1:1:yes:no",
        "cast:1:01:yes",
        "cast:1:1:yes' OR 1",
        "cast:1:-1:yes",
        "cast:1:999999999999999999:yes",
        "cast:2:1:yes",
        "cast:1:2:yes",
    ],
)
async def test_tampered_ballots_are_not_recorded(scene: Scene, data: str) -> None:
    posted = await scene.put()
    assert await scene.forge(scene.others[0], posted, data) != ""
    assert await scene.ballots() == 0


async def test_a_keyboard_in_another_centre_s_group_counts_nothing(scene: Scene) -> None:
    """A member of both centres presses, in the other's group, a button made up for this one."""
    stage, bruno = scene.stage, scene.others[0]
    await scene.put()
    centre, group = await stage.centre("Casa Blu")
    bruno.join(group)
    await stage.enrol(centre, bruno, "user", facilitator=False, language="en")
    card = await stage.say(bruno, "/agenda", group)
    data = Cast(scene.centre.id, 1, "yes").encode()
    assert await scene.forge(bruno, card, data) == MEMBERS_ONLY
    assert await scene.ballots() == 0


@pytest.mark.parametrize("who", [0, "outsider"])
async def test_duties_are_facilitators_only(scene: Scene, who: int | str) -> None:
    posted = await scene.put()
    person = scene.others[0] if who == 0 else await outsider(scene)
    before = await scene.decision()
    assert before.closes_at is not None
    for press in (
        CloseDecision(scene.centre.id, 1, sure=True),
        Extend(scene.centre.id, 1, before.closes_at + 600),
        PutQuestion(scene.centre.id, 0),
    ):
        assert await scene.forge(person, posted, press.encode()) != ""
    assert await scene.decision() == before


async def test_private_screens_stay_out_of_the_group(scene: Scene) -> None:
    posted = await scene.put()
    ways = ShowDecisions(scene.centre.id), TurnDecisions(scene.centre.id, 1)
    for press in (*ways, SeeDecision(scene.centre.id, 1)):
        await scene.forge(scene.others[0], posted, press.encode())
    assert posted.edits == 0 and scene.stage.last(scene.group) is posted


async def test_after_closing_no_ballot_counts(scene: Scene) -> None:
    posted = await scene.put()
    await scene.cast(posted, YES)
    data = posted.buttons[1].data
    assert data is not None
    scene.stage.clock.move(600)  # time is up, but nobody has counted yet
    assert "Time is up." in await scene.forge(scene.others[1], posted, data)
    await scene.stage.tick()
    assert "This is over" in await scene.forge(scene.others[1], posted, data)
    assert await scene.ballots() == 0


async def test_one_to_five_deliveries_are_as_good_as_one(scene: Scene) -> None:
    """Everybody says yes, then no; what is delivered again, however late, changes nothing."""
    stage = scene.stage
    posted = await scene.put()
    chance = random.Random(5)
    updates: list[Any] = []
    for button in (YES, NO):
        data = next(each.data for each in posted.buttons if each.label == button)
        for person in scene.others:
            press = stage.world.presses.add(person, posted, data or "")
            json = {"update_id": 900_000 + len(updates), "callback_query": press.as_json()}
            updates.append(Update.de_json(json, stage.voci.application.bot))
    again = [update for update in updates for _ in range(chance.randint(0, 4))]
    chance.shuffle(again)
    for update in (*updates, *again):
        await stage.voci.processing.accept(update)
    await stage.settle()
    async with stage.voci.database.reading() as tx:
        decision = await decisions.still_open(tx, 1)
        assert decision is not None
        collected = await ballots.collect(tx, scene.stage.voci.keys, decision)
        assert [ballot.choice for ballot in collected.poll.ballots] == ["no"] * 5


# -- facilitators -----------------------------------------------------------------------------


async def test_a_question_is_reworded_before_it_is_put(scene: Scene) -> None:
    stage = scene.stage
    await scene.preview("Tea?? or <b>coffee</b>")
    assert "Tea?? or <b>coffee</b>?" in stage.last(scene.anna).words
    await scene.press(scene.anna, "Other words")
    assert "at least 5 characters" in (await stage.say(scene.anna, "Tea?")).words
    assert "201 characters" in (await stage.say(scene.anna, "x" * 200)).words
    await stage.say(scene.anna, QUESTION)
    await stage.restart()
    await scene.press(scene.anna, PUT_TO_EVERYBODY)
    assert stage.last(scene.group).words.startswith(QUESTION)
    assert "Open until Thursday 4 December, 20:00." in stage.last(scene.group).words


async def test_a_question_is_put_once(scene: Scene) -> None:
    preview = await scene.preview()
    data = preview.buttons[0].data
    await scene.press(scene.anna, PUT_TO_EVERYBODY)
    assert data is not None
    told = await scene.forge(scene.anna, scene.stage.last(scene.anna), data)
    assert told == "This question was put or left already."
    assert len(scene.stage.said(scene.group)) == 1


async def test_a_question_is_left(scene: Scene) -> None:
    await scene.preview()
    await scene.press(scene.anna, "Leave it")
    assert "For facilitators" in scene.stage.last(scene.anna).words
    assert scene.stage.said(scene.group) == []


async def test_a_question_is_extended_then_closed_early(scene: Scene) -> None:
    stage = scene.stage
    posted = await scene.put()
    await scene.cast(posted, YES, YES, YES, YES, NO)
    await stage.press(scene.anna, posted, YES)
    await scene.press(scene.anna, "10 minutes more")
    assert "Open until 13:20, " in stage.last(scene.anna).words
    await stage.move(600)
    await stage.move(10)
    assert "Open until 13:20." in posted.words and posted.labels[0] == YES
    assert (await scene.decision()).status == "open"
    await scene.press(scene.anna, CLOSE_NOW)
    assert "Everybody has taken part.\nClose it now?" in stage.last(scene.anna).words
    await scene.press(scene.anna, "Keep it open")
    await scene.press(scene.anna, CLOSE_NOW)
    await scene.press(scene.anna, CLOSE_NOW)
    assert "5 yes, 1 no" in stage.last(scene.anna).words
    assert "Carried." in stage.last(scene.group).words
    said = len(stage.said(scene.group))
    await stage.move(1200)  # its planned moment passes without a second outcome
    assert len(stage.said(scene.group)) == said


async def test_two_facilitators_close_at_once(scene: Scene) -> None:
    stage, bruno = scene.stage, scene.others[0]
    posted = await scene.put()
    await scene.cast(posted, YES, YES, YES, YES, YES)
    await stage.press(scene.anna, posted, YES)
    async with stage.voci.database.transaction() as tx:
        rows = await tx.statement(f"SELECT id FROM members WHERE telegram_id = {bruno.id}")
        await facilitators.add(tx, rows[0]["id"], 0)
    data = CloseDecision(scene.centre.id, 1, sure=True).encode()
    first = scene.anna.forge_press(stage.last(scene.anna), data)
    second = bruno.forge_press(await stage.say(bruno, "/decide"), data)
    answers = sorted([(await first.answered()).text, (await second.answered()).text])
    await stage.settle()
    assert answers == ["", "This is over already."]
    outcomes = [each for each in stage.said(scene.group) if "Carried." in each.words]
    assert len([each for each in outcomes if "6 yes" in each.words]) == 1


async def test_a_question_is_cancelled_with_its_reason(scene: Scene) -> None:
    stage = scene.stage
    posted = await scene.put()
    await scene.cast(posted, YES, NO)
    await scene.press(scene.anna, CANCEL_THE_QUESTION)
    assert (await stage.say(scene.anna, "\u200b")).words.startswith(QUESTION)  # asks again
    await stage.say(scene.anna, "We forgot <i>Sundays</i>.")
    await scene.press(scene.anna, CANCEL_THE_QUESTION)
    assert stage.last(scene.group).words.splitlines() == [
        f"{QUESTION} Cancelled.",
        "The reason: We forgot <i>Sundays</i>.",
    ]
    await stage.move(10)
    assert posted.labels == []
    assert await scene.ballots() == 0
    assert (await scene.decision()).status == "cancelled"


async def test_extending_has_an_end(scene: Scene) -> None:
    posted = await scene.put()
    before = await scene.decision()
    assert before.closes_at is not None
    for until in (before.closes_at, before.opened_at, before.opened_at + 15 * 24 * 3600):
        press = Extend(scene.centre.id, 1, until)
        await scene.forge(scene.anna, scene.stage.last(scene.anna), press.encode())
    assert (await scene.decision()).closes_at == before.closes_at
    assert posted.edits == 0


async def test_an_outcome_that_comes_late_waits_for_the_morning(scene: Scene) -> None:
    stage = scene.stage
    posted = await scene.put()
    await scene.cast(posted, YES, YES)
    stage.clock.move(12 * 3600)  # the bot was down; it is one at night
    await stage.tick()
    assert (await scene.decision()).status == "closed"
    assert stage.last(scene.group) is posted
    await stage.move(9 * 3600)
    assert "Carried." in stage.last(scene.group).words


async def test_hub_button_of_a_member_leads_home(scene: Scene) -> None:
    bruno = scene.others[0]
    overview = await scene.stage.say(bruno, "/decide")
    told = await scene.forge(bruno, overview, Facilitate(scene.centre.id).encode())
    assert not told and "For facilitators" not in scene.stage.last(bruno).words


async def test_a_question_sealed_with_an_earlier_key_is_let_go(scene: Scene) -> None:
    stage, anna = scene.stage, scene.anna
    preview = await scene.preview()
    member = await stage.read(members.find, scene.centre.id, anna.id)
    assert member is not None
    await stage.voci.keys.destroy(member.id)
    await stage.voci.keys.create_key(member.id)
    press = await stage.press(anna, preview, PUT_TO_EVERYBODY)
    assert press.answer is not None
    assert press.answer.text == "This question was put or left already."
    assert stage.said(scene.group) == []
    hub = await stage.say(anna, QUESTION)
    assert PUT_A_QUESTION in hub.labels

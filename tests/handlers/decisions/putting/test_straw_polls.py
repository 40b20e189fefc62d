from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import OLDER_MESSAGE, PUT_A_QUESTION, PUT_TO_EVERYBODY
from kit.stage import Stage

from handlers.decisions.putting.presses import PutStrawPoll, SeeStrawPoll
from sandbox.chats import Group, Message
from sandbox.people import Person
from sandbox.polls import Poll
from storage import decisions
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

SMILE = "\U0001f642"  # one sign, two of Telegram's characters
QUESTION = "Shall we open on Saturdays?"
COLOURS = "Which colour for the quiet room?\nBlue\nGreen\nYellow"
STRAW = "Straw poll: not binding"


@dataclass
class Desk:
    stage: Stage
    centre: Centre
    group: Group
    anna: Person
    bruno: Person

    async def press(self, *buttons: str) -> Message:
        return await self.stage.press_each(self.anna, *buttons)

    async def straw(self, text: str) -> Message:
        """The preview of a typed question as a straw poll."""
        await self.stage.say(self.anna, "/facilitate")
        await self.press(PUT_A_QUESTION)
        await self.stage.say(self.anna, text)
        return await self.press("More", "How it is decided", STRAW)

    @property
    def polls(self) -> list[Poll]:
        return [message.poll for message in self.stage.said(self.group) if message.poll]

    async def outbox(self) -> list[tuple[str, str | None]]:
        """What became of the polls that were to be sent, with their words as far as still kept."""
        rows = await self.stage.rows("SELECT key, status, payload FROM outbox ORDER BY id")
        return [(row["status"], row["payload"]) for row in rows if "straw-poll" in row["key"]]


async def make_desk(stage: Stage, language: str = "en") -> Desk:
    centre, group = await stage.centre(language=language)
    anna = await stage.member(centre, group, "Anna", "professional", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno")
    return Desk(stage, centre, group, anna, bruno)


@pytest.fixture
async def desk(stage: Stage) -> Desk:
    return await make_desk(stage)


async def test_the_poll_stands_in_the_group_anonymous_and_marked(desk: Desk) -> None:
    preview = await desk.straw(COLOURS)
    assert "Straw poll, not binding: Which colour for the quiet room?" in preview.words
    assert "Green" in preview.words and "It decides nothing" in preview.words
    assert "Each person can choose one answer." in preview.words
    assert desk.polls == []
    await desk.press(PUT_TO_EVERYBODY)
    [poll] = desk.polls
    assert poll.question == "Straw poll, not binding: Which colour for the quiet room?"
    assert poll.options == ["Blue", "Green", "Yellow"]
    assert (poll.is_anonymous, poll.allows_multiple_answers, poll.is_closed) == (True, False, False)


async def test_it_is_no_decision_and_nothing_of_it_is_kept(desk: Desk) -> None:
    await desk.straw(COLOURS)
    await desk.press(PUT_TO_EVERYBODY)
    message = desk.stage.last(desk.group)
    desk.bruno.answer_poll(message, [1])
    await desk.stage.settle()
    async with desk.stage.voci.database.reading() as tx:
        assert await decisions.open_ones(tx, desk.centre.id) == []
        assert await tx.statement("SELECT kind FROM drafts") == []
    assert await desk.outbox() == [("sent", None)]
    assert (
        "Nothing is being decided right now." in (await desk.stage.say(desk.bruno, "/decide")).words
    )


@pytest.mark.parametrize(
    ("language", "marked", "options"),
    [
        ("en", "Straw poll, not binding: ", ["Yes", "No", "I don’t know"]),
        ("it", "Sondaggio, non vincolante: ", ["Sì", "No", "Non lo so"]),
        ("de", "Stimmungsbild, nicht bindend: ", ["Ja", "Nein", "Weiß nicht"]),
    ],
)
async def test_without_options_it_is_yes_or_no_in_the_group_s_language(
    stage: Stage, language: str, marked: str, options: list[str]
) -> None:
    desk = await make_desk(stage, language)
    await desk.straw(QUESTION)
    await desk.press(PUT_TO_EVERYBODY)
    [poll] = desk.polls
    assert (poll.question, poll.options) == (marked + QUESTION, options)


async def test_signs_that_mean_something_elsewhere_are_only_signs(desk: Desk) -> None:
    await desk.straw("Tea & <b>cake</b>, or what?\n<i>Tea</i>\n{cake}")
    await desk.press(PUT_TO_EVERYBODY)
    [poll] = desk.polls
    assert poll.question == "Straw poll, not binding: Tea & <b>cake</b>, or what?"
    assert poll.options == ["<i>Tea</i>", "{cake}"]


async def test_dates_take_several_answers(desk: Desk) -> None:
    preview = await desk.straw("When shall we meet?\nMonday\nTuesday\nFriday")
    assert "Each person can choose several answers." in preview.words
    await desk.press(PUT_TO_EVERYBODY)
    assert desk.polls[0].allows_multiple_answers


async def test_pressed_twice_it_is_one_poll(desk: Desk) -> None:
    preview = await desk.straw(QUESTION)
    await desk.press(PUT_TO_EVERYBODY)
    press = await desk.stage.forge(desk.anna, preview, PutStrawPoll(desk.centre.id, "").encode())
    assert press.answer is not None
    assert press.answer.text == "This question was put or left already."
    assert len(desk.polls) == 1


async def test_a_draft_and_a_poll_on_its_way_outlive_a_restart(desk: Desk) -> None:
    await desk.straw(QUESTION)
    await desk.stage.restart()
    desk.stage.world.faults.add("429", method="sendPoll", retry_after=30)
    desk.anna.press(desk.stage.last(desk.anna), PUT_TO_EVERYBODY)
    await desk.stage.settle()
    await desk.stage.restart()
    await desk.stage.move(60)
    assert len(desk.polls) == 1
    await desk.stage.restart()
    await desk.stage.move(60)
    assert len(desk.polls) == 1


async def test_a_poll_that_may_stand_there_is_not_sent_again(desk: Desk) -> None:
    await desk.straw(QUESTION)
    desk.stage.world.faults.add("drop_after_accept", method="sendPoll")
    await desk.press(PUT_TO_EVERYBODY)
    await desk.stage.restart()
    await desk.stage.move(60)
    assert len(desk.polls) == 1
    [(status, words)] = await desk.outbox()
    assert status == "uncertain" and QUESTION in str(words), "kept until somebody has looked"


async def test_it_closes_by_itself_when_its_time_is_over(desk: Desk) -> None:
    await desk.straw(QUESTION)
    await desk.press("1 hour", PUT_TO_EVERYBODY)
    message = desk.stage.last(desk.group)
    [poll] = desk.polls
    assert poll.close_date is not None
    assert 0 < poll.close_date - desk.stage.clock.now() <= 3600
    await desk.stage.move(3600)
    with pytest.raises(ValueError, match="closed"):
        desk.bruno.answer_poll(message, [0])


async def test_a_poll_whose_time_has_passed_is_not_sent_any_more(desk: Desk) -> None:
    await desk.straw(QUESTION)
    await desk.press("10 minutes")
    desk.stage.world.faults.add("429", method="sendPoll", retry_after=900)
    await desk.press(PUT_TO_EVERYBODY)
    await desk.stage.move(900)
    assert desk.polls == []
    assert await desk.outbox() == [("dropped", None)]


@pytest.mark.parametrize(
    ("text", "said", "button"),
    [
        (
            SMILE * 150 + " yes?",
            "As a poll, the question has 330 characters; up to 300",
            "Other words",
        ),
        (
            "Which?\n" + "\n".join(f"Nr {n}x" for n in range(13)),
            "13 options; a poll holds up to 12",
            "The options",
        ),
        (
            f"Which?\nBlue\n{SMILE * 51}",
            "too long for a poll: up to 100 characters fit",
            "The options",
        ),
    ],
)
async def test_what_a_poll_cannot_hold_is_said_at_once(
    desk: Desk, text: str, said: str, button: str
) -> None:
    screen = await desk.straw(text)
    assert said in screen.words
    assert button in screen.labels
    await desk.stage.forge(desk.anna, screen, PutStrawPoll(desk.centre.id, "").encode())
    assert desk.polls == []
    assert said in desk.stage.last(desk.anna).words


async def test_a_button_puts_what_stands_above_it(desk: Desk) -> None:
    older = await desk.straw(QUESTION)
    await desk.straw(COLOURS)
    press = await desk.stage.press(desk.anna, older, PUT_TO_EVERYBODY)
    assert press.answer is not None
    assert press.answer.text == OLDER_MESSAGE
    assert desk.polls == [] and "Green" in desk.stage.last(desk.anna).words
    await desk.press(PUT_TO_EVERYBODY)
    assert desk.polls[0].options == ["Blue", "Green", "Yellow"]


async def test_only_facilitators_put_one(desk: Desk) -> None:
    home = await desk.stage.say(desk.bruno, "/decide")
    for press in (SeeStrawPoll(desk.centre.id), PutStrawPoll(desk.centre.id, "")):
        await desk.stage.forge(desk.bruno, home, press.encode())
    assert desk.polls == []
    assert await desk.outbox() == []

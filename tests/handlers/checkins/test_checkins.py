from __future__ import annotations

import pytest
from kit.checkin_steps import (
    DAY,
    HOUR,
    OF_ALL,
    OPEN,
    WEDNESDAY,
    at,
    current,
    given,
    go_to,
    state,
    wants,
)
from kit.stage import Stage

from handlers.checkins.presses import Answer, Ask, HelpFrom, NotThisWeek, ShowWeeks, Snooze
from sandbox.chats import Message
from sandbox.people import Person
from storage.answers import SKIPPED

pytestmark = pytest.mark.usefixtures("no_errors")

Q1, Q2, Q3 = "How has this week been", "How connected did you feel", "How much say did you have"
EMERGENCY = "Not an emergency service: nobody reads this right now."


def questions(stage: Stage, person: Person) -> list[Message]:
    return [message for message in stage.said(person) if OF_ALL in message.words]


async def test_three_taps_in_one_message(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    before = len(stage.said(anna))
    await go_to(stage, WEDNESDAY)
    [message] = stage.said(anna)[before:]
    assert Q1 in message.words
    assert EMERGENCY in message.words
    assert message.labels == [
        "😞 Very hard",
        "😕 Hard",
        "😐 So-so",
        "😌 Good",
        "😊 Very good",
        "Skip",
        "Not this week",
        "Ask me in 3 hours",
        "Help",
    ]
    await stage.press(anna, message, "😌 Good")
    assert Q2 in message.words
    assert "Help" in message.labels
    await stage.press(anna, message, "Skip")
    assert Q3 in message.words
    await stage.press(anna, message, "😞 None at all")
    assert message.words == "Thank you. Only you can see this."
    assert message.labels[:2] == ["My weeks", "Another time of day"]
    assert "Pause" in message.labels
    assert len(stage.said(anna)) == before + 1
    assert await given(stage, centre, anna) == {"week": 3, "connection": SKIPPED, "say": 0}
    assert (await state(stage, centre, anna)).places == (message.id,)


async def test_an_answer_can_be_corrected_until_the_round_closes(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for button in ("😌 Good", "😐 Somewhat", "Skip"):
        await stage.press(anna, message, button)
    await stage.press(anna, message, "Change an answer")
    await stage.press(anna, message, "Back")
    assert "✓ 😐 Somewhat" in message.labels
    await stage.press(anna, message, "😊 Very strongly")
    assert Q3 in message.words
    assert await given(stage, centre, anna) == {"week": 3, "connection": 4, "say": SKIPPED}
    await stage.press(anna, message, "😌 Quite a lot")
    assert message.words == "Thank you. Only you can see this."
    assert (await given(stage, centre, anna))["say"] == 3


async def test_help_is_one_tap_away(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    await stage.press(anna, message, "😌 Good")
    await stage.press(anna, message, "Help")
    assert message.words.startswith("In an emergency call 112.")
    assert message.labels == ["Back"]
    await stage.press(anna, message, "Back")
    assert Q2 in message.words, "the question waited"
    for button in ("😐 Somewhat", "Skip", "Help"):
        await stage.press(anna, message, button)
    assert message.words.startswith("In an emergency call 112.")
    await stage.press(anna, message, "Back")
    assert message.words == "Thank you. Only you can see this."


async def test_half_answered_is_said_to_count_before_and_after(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    counts = "What you have answered counts, also if you stop here."
    assert counts not in message.words
    await stage.press(anna, message, "😌 Good")
    assert counts in message.words
    await go_to(stage, (await current(stage, centre, anna)).closes_at + 10)
    await stage.move(10)
    assert message.words == "3 December: closed. What was answered counts."
    assert await given(stage, centre, anna) == {"week": 3}


async def test_whom_to_call_is_there_when_the_round_is_closed(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    found = await current(stage, centre, anna)
    message = stage.last(anna)
    await go_to(stage, found.closes_at + DAY)
    await stage.forge(anna, message, HelpFrom(centre.id, found.id, 0).encode())
    assert "In an emergency call 112." in stage.last(anna).words


async def test_the_same_press_twice_is_once(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    found = await current(stage, centre, anna)
    data = Answer(centre.id, found.id, 0, 2).encode()
    for _ in range(3):
        await stage.forge(anna, message, data)
        assert Q2 in message.words
    assert await given(stage, centre, anna) == {"week": 2}


async def test_snoozing_brings_it_back_in_three_hours_without_a_reminder(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    closes = (await current(stage, centre, anna)).closes_at
    await stage.press(anna, message, "Ask me in 3 hours")
    assert "It comes again on Wednesday 3 December, 20:0" in message.words
    snoozed = message.words
    await stage.move(60)
    await stage.forge(
        anna, message, Snooze(centre.id, (await current(stage, centre, anna)).id).encode()
    )
    assert message.words == snoozed
    assert len(questions(stage, anna)) == 0
    await stage.move(3 * HOUR)
    assert len(questions(stage, anna)) == 1
    again = stage.last(anna)
    assert again is not message
    assert (await current(stage, centre, anna)).closes_at == closes
    await go_to(stage, closes - 60)
    assert len(questions(stage, anna)) == 1
    await go_to(stage, closes)
    await stage.move(10)
    assert again.labels == message.labels == []


async def test_a_snoozed_round_can_be_answered_at_once(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for button in ("Ask me in 3 hours", "Answer now", "😌 Good", "Skip", "Skip"):
        await stage.press(anna, message, button)
    said = len(stage.said(anna))
    await stage.move(4 * HOUR)
    assert len(stage.said(anna)) == said


async def test_no_snoozing_past_the_end(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    await go_to(stage, WEDNESDAY + 47 * HOUR)
    await stage.press(anna, message, "Ask me in 3 hours")
    assert "before it could come again" in message.words
    assert (await state(stage, centre, anna)).why != "snoozed"


async def test_not_this_week_keeps_nothing_and_asks_no_more(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for button in ("😌 Good", "Back", "Not this week"):
        await stage.press(anna, message, button)
    assert message.words == "All right, not this week. Nothing of it is kept."
    assert await given(stage, centre, anna) == {}
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY + OPEN)
    assert len(stage.said(anna)) == said
    await stage.move(10)
    assert message.labels == []


async def test_not_this_week_can_be_taken_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for button in ("Not this week", "Answer after all", "😌 Good"):
        await stage.press(anna, message, button)
    assert await given(stage, centre, anna) == {"week": 3}
    assert not (await state(stage, centre, anna)).left_out


async def test_one_gentle_reminder_then_it_closes_silently(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    first = stage.last(anna)
    await go_to(stage, WEDNESDAY + DAY - 60)
    assert len(questions(stage, anna)) == 1
    await go_to(stage, WEDNESDAY + DAY + 10)
    assert len(questions(stage, anna)) == 2
    reminder = stage.last(anna)
    assert reminder.words.startswith("If you like: there is time until Friday 5 December, 17:00.")
    assert EMERGENCY in reminder.words
    await go_to(stage, WEDNESDAY + OPEN - 60)
    assert len(questions(stage, anna)) == 2
    await go_to(stage, WEDNESDAY + OPEN + 10)
    await stage.move(10)
    assert {first.words, reminder.words} == {"3 December: closed. What was answered counts."}
    assert first.labels == reminder.labels == []
    assert stage.last(anna) is reminder


@pytest.mark.parametrize("button", ["😌 Good", "Skip"])
async def test_who_has_begun_is_not_reminded(stage: Stage, button: str) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, button)
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY + DAY + HOUR)
    assert len(stage.said(anna)) == said


@pytest.mark.parametrize("button", ["My weeks", "Home", "Pause"])
async def test_what_has_become_something_else_stays_as_it_is(stage: Stage, button: str) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for pressed in ("Skip", "Skip", "Skip", button):
        await stage.press(anna, message, pressed)
    words, labels = message.words, message.labels
    await go_to(stage, WEDNESDAY + OPEN + 60)
    await stage.move(10)
    assert (message.words, message.labels) == (words, labels) and labels


async def test_what_is_finished_loses_its_buttons_like_all_others(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for _ in range(3):
        await stage.press(anna, message, "Skip")
    await go_to(stage, WEDNESDAY + OPEN + 60)
    await stage.move(10)
    assert message.words == "3 December: closed. What was answered counts."
    assert message.labels == []


async def test_an_answer_that_was_to_be_changed_loses_its_buttons_too(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for button in ("Skip", "Skip", "Skip", "Change an answer"):
        await stage.press(anna, message, button)
    assert "😐 Some" in message.labels
    await go_to(stage, (await current(stage, centre, anna)).closes_at + 10)
    await stage.move(10)
    assert message.words == "3 December: closed. What was answered counts."
    assert message.labels == []


async def test_closed_rounds_all_look_alike(stage: Stage) -> None:
    """From the database nobody can tell who answered, skipped, snoozed or did nothing."""
    centre, group = await stage.centre()
    names = ("answers", "skips", "snoozes", "leaves out", "does nothing")
    people = [await wants(stage, centre, group, name) for name in names]
    await go_to(stage, WEDNESDAY)
    for person, buttons in zip(
        people,
        (
            ["😊 Very good", "Skip", "😐 Some"],
            ["Skip"] * 3,
            ["Ask me in 3 hours"],
            ["Not this week"],
            [],
        ),
        strict=True,
    ):
        await stage.press_each(person, *buttons)
    await go_to(stage, WEDNESDAY + OPEN + 60)
    closed = [await current(stage, centre, person) for person in people]
    assert {found.closed for found in closed} == {True}
    async with stage.voci.database.reading() as tx:
        sealed = [await tx.rows("answers_of_round", round_id=found.id) for found in closed]
    assert {len(rows) for rows in sealed} == {1}
    assert len({len(row["sealed"]) for rows in sealed for row in rows}) == 1


@pytest.mark.parametrize("press", [Answer, Ask, Snooze, NotThisWeek])
async def test_a_late_press_changes_nothing(stage: Stage, press: type) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    await stage.press(anna, message, "😐 So-so")
    found = await current(stage, centre, anna)
    rest = {Answer: (1, 4), Ask: (0,)}.get(press, ())
    data = press(centre.id, found.id, *rest).encode()
    await go_to(stage, found.closes_at)
    await stage.forge(anna, message, data)
    assert "closed already, so nothing was changed" in message.words
    assert "The next one comes on Wednesday 10 December, 17:00." in message.words
    assert await given(stage, centre, anna) == {"week": 2}


async def test_who_is_in_the_middle_at_the_end_has_an_hour_to_finish(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    await go_to(stage, WEDNESDAY + 2 * DAY - 10)
    await stage.press(anna, message, "😐 So-so")
    await go_to(stage, WEDNESDAY + OPEN - 60)
    for button in ("😐 Somewhat", "😐 Some"):
        await stage.press(anna, message, button)
    assert message.words.startswith("Thank you.")
    await go_to(stage, WEDNESDAY + OPEN + 10)
    assert len(await given(stage, centre, anna) or {}) == 3


async def test_late_before_the_ticker_came_is_late_too(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    stage.clock.move(OPEN)
    await stage.press(anna, message, "😌 Good")
    assert "closed already" in message.words
    assert await given(stage, centre, anna) == {}


async def test_checkin_opens_the_current_round(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    found = await current(stage, centre, anna)
    message = await stage.say(anna, "/checkin")
    assert Q2 in message.words
    assert await current(stage, centre, anna) == found
    for _ in range(2):
        await stage.press(anna, message, "Skip")
    message = await stage.say(anna, "/checkin")
    assert message.words == "Thank you. Only you can see this."


async def test_checkin_at_another_time_takes_the_place_of_this_weeks(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/checkin")
    assert Q1 in message.words
    for _ in range(3):
        await stage.press(anna, message, "Skip")
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY)
    assert len(stage.said(anna)) == said
    await go_to(stage, at("2025-12-06 12:00"))
    message = await stage.say(anna, "/checkin")
    assert message.words.startswith("You have said already how this week is for you.")
    assert "Wednesday 10 December, 17:00" in message.words
    await go_to(stage, WEDNESDAY + 7 * DAY)
    assert Q1 in stage.last(anna).words


async def test_who_let_this_week_go_is_not_asked_again_in_it(stage: Stage) -> None:
    """A second round in a week would be a row that tells that the first was left untouched."""
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    question = stage.last(anna)
    found = await current(stage, centre, anna)
    data = Answer(centre.id, found.id, 0, 2).encode()
    await go_to(stage, at("2025-12-06 12:00"))
    message = await stage.say(anna, "/checkin")
    assert message.words.splitlines() == [
        "This week’s check-in is closed, and there is one a week.",
        "The next one comes on Wednesday 10 December, 17:00.",
    ]
    await stage.forge(anna, question, data)
    assert "Say how I am" not in question.labels
    assert (await current(stage, centre, anna)).id == found.id
    await go_to(stage, at("2025-12-08 12:00"))
    await stage.forge(anna, question, data)
    await stage.press(anna, question, "Say how I am")
    assert Q1 in question.words


async def test_a_round_begun_from_home_loses_its_buttons_too(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/start")
    await stage.press(anna, message, "Say how I am")
    assert Q1 in message.words
    closes = (await current(stage, centre, anna)).closes_at
    await go_to(stage, closes + 1)
    await stage.move(10)
    assert message.labels == []


async def test_my_weeks_are_a_picture_and_the_same_in_words(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for button in ("😌 Good", "Skip", "😊 A great deal"):
        await stage.press(anna, message, button)
    await go_to(stage, WEDNESDAY + OPEN)
    await go_to(stage, WEDNESDAY + 7 * DAY)
    await go_to(stage, WEDNESDAY + 9 * DAY + 2 * HOUR)
    await go_to(stage, WEDNESDAY + 14 * DAY)
    message = await stage.say(anna, "/checkin")
    await stage.press(anna, message, "😞 Very hard")
    await stage.forge(anna, message, ShowWeeks(centre.id).encode())
    picture = stage.last(anna)
    assert "photo" in picture.content
    assert picture.words.splitlines() == [
        "My weeks",
        "Only you can see this.",
        "",
        "Each line: my week · with others · my say",
        "3 December: Good · – · A great deal",
        "10 December: no answer",
        "17 December: Very hard · – · –",
    ]


async def test_my_weeks_are_empty_at_first(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/start")
    await stage.forge(anna, message, ShowWeeks(centre.id).encode())
    assert message.words.startswith("Your weeks will be here once you have answered.")


async def test_my_weeks_are_mine(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna, bruno = await wants(stage, centre, group), await wants(stage, centre, group, "Bruno")
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    message = stage.last(bruno)
    await stage.forge(bruno, message, ShowWeeks(centre.id).encode())
    assert message.words.startswith("Your weeks will be here once you have answered.")


async def test_no_strangers(stage: Stage) -> None:
    stranger = stage.world.person("Zoe")
    await stage.start(stranger)
    message = await stage.say(stranger, "/checkin")
    assert "for members of a centre" in message.words


async def test_in_a_group_nobody_is_asked_how_they_are(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    said = len(stage.said(group))
    anna.say(group, "/checkin")
    await stage.settle()
    assert len(stage.said(group)) == said

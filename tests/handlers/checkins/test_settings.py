from __future__ import annotations

import pytest
from kit.checkin_steps import DAY, HOUR, OF_ALL, WEDNESDAY, current, given, go_to, wants
from kit.phrases import GO_ON, OLD_ENOUGH, OLDER_MESSAGE, UNDERSTOOD
from kit.stage import Stage

from assembly.roles import Role
from handlers.checkins.presses import (
    Agree,
    ChooseDay,
    ChooseHour,
    Pause,
    SetTime,
    ShowCheckinSettings,
    Stop,
)
from sandbox.people import Person
from storage import checkins, consents, invitations, schedules
from storage.centres import Centre
from storage.checkins import CheckinSettings

pytestmark = pytest.mark.usefixtures("no_errors")


async def wish_of(stage: Stage, centre: Centre, person: Person) -> CheckinSettings | None:
    member_id = await stage.member_id(centre, person)
    return await stage.read(checkins.find_settings, member_id)


async def consented(stage: Stage, centre: Centre, person: Person) -> list[bool]:
    """Every consent to check-ins there was, oldest first: does it stand?"""
    member_id = await stage.member_id(centre, person)
    history = await stage.read(consents.history, member_id)
    return [each.withdrawn_at is None for each in history if each.purpose == "checkin"]


async def test_nobody_is_asked_before_they_agree(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/checkin")
    assert "May Voci ask you once a week how you are? Three taps." in message.words
    assert message.labels == ["Yes", "No, thank you"]
    assert await wish_of(stage, centre, anna) is None
    await go_to(stage, WEDNESDAY)
    assert stage.last(anna) is message
    await stage.press(anna, message, "Yes")
    assert "Voci asks you once a week: Wednesday, 17:00." in message.words
    assert "The next one comes on Wednesday 10 December, 17:00." in message.words
    assert await consented(stage, centre, anna) == [True]
    await stage.press(anna, message, "Answer now")
    assert f"1 {OF_ALL}" in message.words


async def test_no_is_no(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/checkin")
    await stage.press(anna, message, "No, thank you")
    assert await consented(stage, centre, anna) == []
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY + HOUR)
    assert len(stage.said(anna)) == said


async def test_agreeing_twice_is_once(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/checkin")
    for _ in range(2):
        await stage.forge(anna, message, Agree(centre.id).encode())
        await stage.move(60)
    assert await consented(stage, centre, anna) == [True]


async def test_another_time(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/start")
    await stage.forge(anna, message, ShowCheckinSettings(centre.id).encode())
    assert "Voci asks you once a week: Wednesday, 17:00." in message.words
    await stage.press(anna, message, "Another time of day")
    assert message.labels[:7] == [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ]
    await stage.press(anna, message, "Friday")
    assert message.words == "Friday, at what time?"
    await stage.press(anna, message, "10:00")
    assert message.words.splitlines() == [
        "Voci asks you once a week: Friday, 10:00.",
        "The next one comes on Friday 5 December, 10:00.",
    ]
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY)
    assert len(stage.said(anna)) == said
    await go_to(stage, WEDNESDAY + DAY + 17 * HOUR)
    assert f"1 {OF_ALL}" in stage.last(anna).words


@pytest.mark.parametrize(
    "press",
    [
        lambda centre: SetTime(centre, 7, 10),
        lambda centre: SetTime(centre, 0, 3),
        lambda centre: SetTime(centre, 0, 24),
        lambda centre: SetTime(centre, -1, 10),
        lambda centre: ChooseHour(centre, 8),
    ],
)
async def test_a_time_that_is_not_offered_changes_nothing(stage: Stage, press) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    before = await wish_of(stage, centre, anna)
    pressed = await stage.forge(anna, await stage.say(anna, "/start"), press(centre.id).encode())
    assert (await pressed.answered()).text == OLDER_MESSAGE
    assert await wish_of(stage, centre, anna) == before


async def test_a_pause_of_four_weeks_and_then_on_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    for _ in range(3):
        await stage.press(anna, message, "Skip")
    await stage.press(anna, message, "Pause")
    assert "No check-ins until Wednesday 31 December." in message.words
    wish = await wish_of(stage, centre, anna)
    await stage.move(DAY)
    await stage.forge(anna, message, Pause(centre.id, on=True).encode())
    assert await wish_of(stage, centre, anna) == wish
    said = len(stage.said(anna))
    for week in (1, 2, 3):
        await go_to(stage, WEDNESDAY + week * 7 * DAY)
    assert len(stage.said(anna)) == said
    await go_to(stage, WEDNESDAY + 28 * DAY)
    await go_to(stage, WEDNESDAY + 35 * DAY)
    assert f"1 {OF_ALL}" in stage.last(anna).words


async def test_a_pause_can_be_ended(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/start")
    await stage.forge(anna, message, Pause(centre.id, on=True).encode())
    for _ in range(2):
        await stage.forge(anna, message, Pause(centre.id, on=False).encode())
    assert "The next one comes on Wednesday 3 December, 17:00." in message.words
    await go_to(stage, WEDNESDAY)
    assert f"1 {OF_ALL}" in stage.last(anna).words


async def test_a_pause_lets_the_open_round_be(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    await stage.press(anna, message, "😌 Good")
    await stage.forge(anna, message, Pause(centre.id, on=True).encode())
    assert await given(stage, centre, anna) == {"week": 3}
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY + DAY + HOUR)
    assert len(stage.said(anna)) == said


async def test_who_is_paused_may_still_say_how_they_are(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/start")
    await stage.forge(anna, message, Pause(centre.id, on=True).encode())
    message = await stage.say(anna, "/checkin")
    await stage.press(anna, message, "😌 Good")
    assert await given(stage, centre, anna) == {"week": 3}


async def test_stopping_asks_once_and_starting_again_asks_for_consent(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    await stage.press(anna, message, "😌 Good")
    await stage.forge(anna, message, Stop(centre.id, sure=False).encode())
    assert "Nothing depends on it." in message.words
    assert await consented(stage, centre, anna) == [True]
    for _ in range(2):
        await stage.forge(anna, message, Stop(centre.id, sure=True).encode())
        assert message.words.startswith("Voci does not ask you how you are.")
    assert await consented(stage, centre, anna) == [False]
    assert (await current(stage, centre, anna)).closed
    said = len(stage.said(anna))
    for days in (1, 2, 7, 14):
        await go_to(stage, WEDNESDAY + days * DAY)
    assert len(stage.said(anna)) == said
    member_id = await stage.member_id(centre, anna)
    assert await stage.read(schedules.find, checkins.SCHEDULE, member_id) is None
    await stage.press(anna, message, "Start again")
    assert "May Voci ask you once a week" in message.words
    await stage.press(anna, message, "Yes")
    assert await consented(stage, centre, anna) == [False, True]
    assert "Wednesday 24 December, 17:00" in message.words


async def test_stopped_buttons_of_older_messages_lead_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/start")
    await stage.forge(anna, message, Stop(centre.id, sure=True).encode())
    for press in (
        SetTime(centre.id, 1, 10),
        Pause(centre.id, on=True),
        ChooseDay(centre.id),
        ShowCheckinSettings(centre.id),
    ):
        await stage.forge(anna, message, press.encode())
        assert message.words.startswith("Voci does not ask you how you are.")
    wish = await wish_of(stage, centre, anna)
    assert wish is not None
    assert (wish.active, wish.weekday, wish.paused_until) == (False, 2, None)


@pytest.mark.parametrize("reply", ["Yes", "No, thank you"])
async def test_who_says_yes_while_joining_is_asked_from_wednesday_on(
    stage: Stage, reply: str
) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna", language_code="en")
    async with stage.voci.database.transaction() as tx:
        now = stage.now
        token = await invitations.add(tx, centre_id=centre.id, role=Role.FAMILY, now=now, uses=1)
    await stage.open_link(anna, stage.voci.services.link(f"i_{token}"))
    await stage.press_each(anna, OLD_ENOUGH, GO_ON, UNDERSTOOD, reply, "Anna")
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY)
    new = [message.words for message in stage.said(anna)[said:]]
    assert [f"1 {OF_ALL}" in words for words in new] == ([True] if reply == "Yes" else [])

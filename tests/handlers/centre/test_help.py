from __future__ import annotations

import pytest
from kit.stage import Stage

from storage import centres, people

LIMITS = "What Voci is not, and what stays"

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_help_and_privacy_are_for_everybody(stage: Stage) -> None:
    sven = stage.world.person("Sven", language_code="en")
    sven.start(stage.bot)
    await stage.settle()
    assert "To take part" in (await stage.say(sven, "/help")).words
    privacy = await stage.say(sven, "/privacy")
    assert privacy.words.startswith("Who sees what") and privacy.labels == [LIMITS]
    limits = await stage.press_each(sven, LIMITS)
    assert "Telegram itself could read" in limits.words and limits.labels == []
    assert privacy.labels == [LIMITS], "it stays readable"

    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    privacy = await stage.say(anna, "/privacy")
    assert privacy.labels == [LIMITS, "Who is responsible", "Home"]
    limits = await stage.press_each(anna, LIMITS)
    assert "What stays" in limits.words and limits.labels == ["Back"]
    assert (await stage.press_each(anna, "Back")).words.startswith("Who sees what")


async def test_help_by_duty(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    plain, more = await stage.say(anna, "/help"), await stage.say(fiona, "/help")
    assert "/facilitate" not in plain.words and "Change whom to call" not in plain.labels
    assert "/facilitate" in more.words and "Change whom to call" in more.labels
    assert "nobody reads this right now" in plain.words


async def test_facilitators_write_whom_to_call(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    await stage.say(fiona, "/help")
    await stage.press_each(fiona, "Change whom to call")
    assert "That is 501 characters; up to 500 fit." in (await stage.say(fiona, "1" * 501)).words
    assert "nothing in it that can be read" in (await stage.say(fiona, "\u200b\u202e")).words
    await stage.restart()
    page = await stage.say(fiona, "Night line <b>0461 1</b>\nDay: 0461 2")
    assert "Night line <b>0461 1</b>\nDay: 0461 2" in page.words
    assert "Checked on 3 December 2025." in (await stage.say(anna, "/help")).words

    await stage.move(30 * 24 * 3600)
    await stage.press(fiona, page, "Change whom to call")
    await stage.press_each(fiona, "Checked today, still right")
    assert "Checked on 2 January 2026." in stage.last(fiona).words
    await stage.press_each(fiona, "Change whom to call", "Take it away")
    assert "not written down yet" in stage.last(fiona).words
    assert "Nobody reads this here" in (await stage.say(fiona, "0461 3")).words, (
        "the conversation is over"
    )


async def test_going_back_ends_the_conversation(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.say(fiona, "/help")
    await stage.press_each(fiona, "Change whom to call", "Back")
    await stage.say(fiona, "0461 1")
    assert (await stage.read(centres.get, centre.id)).contact is None


async def test_members_do_not_write_contacts(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    page = await stage.say(anna, "/help")
    for data in (f"hC:{centre.id}", f"hV:{centre.id}", f"hR:{centre.id}"):
        press = await stage.forge(anna, page, data)
        assert "Facilitators can do this" in ((await press.answered()).text or "")
    await stage.say(anna, "0461 1")
    assert (await stage.read(centres.get, centre.id)).contact is None


async def test_the_language_is_the_persons(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    page = await stage.say(anna, "/help")
    await stage.press(anna, page, "Language")
    await stage.press_each(anna, "Italiano")
    await stage.forge(anna, page, f"lang:{centre.id}:xx")
    person = await stage.read(people.find, anna.id)
    assert person is not None and person.language == "it"
    assert stage.last(anna).labels[-1] == stage.speech("it")("Home")


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        ("Europe/Rome", "In an emergency call 112."),
        ("Europe/London", "In an emergency call 999."),
        ("UTC", "In an emergency call the emergency number of your country."),
    ],
)
async def test_the_emergency_number_is_that_of_the_country(
    stage: Stage, zone: str, says: str
) -> None:
    centre, group = await stage.centre(zone=zone)
    anna = await stage.member(centre, group, "Anna")
    first, *_ = (await stage.say(anna, "/help")).words.splitlines()
    assert first == f"No emergency service: nobody reads this right now. {says}"

from __future__ import annotations

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.stage import DAY, Stage

from assembly.electorate import Waiting
from handlers.centre.presses import WaitForNewcomers
from storage import newcomers

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_facilitators_read_how_many_have_joined_and_not_who(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.move(10 * DAY)
    assert "in the last 7 days" not in (await stage.say(fiona, "/facilitate")).words
    for name, role in (("Anna", "user"), ("Bruno", "user"), ("Carla", "family")):
        await stage.member(centre, group, name, role)
    hub = await stage.say(fiona, "/facilitate")
    page = await stage.press_each(fiona, "The centre", "Newcomers")
    for words in (hub.words, page.words):
        assert "2 users of the service have joined in the last 7 days." in words
        assert "One family member has joined in the last 7 days." in words
        assert "professional" not in words and "Anna" not in words
    await stage.move(8 * DAY)
    page = await stage.press_each(fiona, "Back", "Newcomers")
    assert "Nobody has joined in the last 7 days." in page.words


async def test_how_long_questions_wait_is_chosen_and_told(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True, language="it")
    await stage.say(fiona, "/facilitate")
    page = await stage.press_each(fiona, "The centre", "Newcomers")
    assert "In the centre’s first month, secret questions count newcomers at once." in page.words
    await stage.move(31 * DAY)
    page = await stage.press_each(fiona, "Back", "Newcomers")
    assert "once they have been a member for 7 days." in page.words
    assert page.labels == ["At once", "✓ After 7 days", "After 14 days", "Back"]
    page = await stage.press_each(fiona, "At once")
    assert "once they have been a member for 7 days." in page.words, "that holds still"
    assert "From " in page.words and "13:0" in page.words
    await stage.move(20)
    assert "Fiona" in stage.last(bruno).words and "7 giorni" in stage.last(bruno).words
    said = len(stage.said(bruno))
    await stage.press_each(fiona, "✓ At once")
    await stage.move(20)
    assert len(stage.said(bruno)) == said, "nothing has changed"
    assert (await stage.read(newcomers.waiting, centre.id)).days_before == 7
    await stage.move(8 * DAY)
    page = await stage.press_each(fiona, "Back", "Newcomers")
    assert "Secret questions count newcomers at once." in page.words


async def test_others_and_made_up_numbers_change_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    home = await stage.say(anna, "/start")
    answer = (await stage.forge(anna, home, WaitForNewcomers(centre.id, 0).encode())).answer
    assert answer is not None and answer.text == FACILITATORS_ONLY
    hub = await stage.say(fiona, "/facilitate")
    for days in (1, 10**12):
        await stage.forge(fiona, hub, WaitForNewcomers(centre.id, days).encode())
    assert await stage.read(newcomers.waiting, centre.id) == Waiting()

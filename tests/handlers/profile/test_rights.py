from __future__ import annotations

import pytest
from kit.stage import Stage

from assembly.retention import Choice, Kept
from handlers.profile.presses import KeepAnswers
from storage import retention

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_my_rights_say_for_how_long_things_are_kept(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    choice = Choice(180, 365, stage.now + 86_400)
    await stage.write(retention.choose, centre.id, Kept.LEFT, choice)
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My rights")
    assert message.words.startswith("Your rights")
    await stage.press(anna, message, "For how long it is kept")
    assert "Who has left, with all of theirs: 12 months (from 4 December 2025: 6 months)" in (
        message.words
    )
    assert "What was done for the assembly, and by whom: 5 years" in message.words
    assert "Your answers: 24 months. What is older is erased every night." in message.words
    assert message.labels == [
        "My answers: 3 months",
        "My answers: 6 months",
        "My answers: 12 months",
        "Back",
    ]
    await stage.press(anna, message, "Back")
    await stage.press(anna, message, "Back")
    assert message.words.startswith("My data and my rights"), "the door that it stands behind"
    await stage.press(anna, message, "Back")
    assert message.words.startswith("About you in Centro Aurora")


async def test_answers_are_kept_shorter_for_who_wishes_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    member_id = await stage.member_id(centre, anna)
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My rights")
    await stage.press(anna, message, "For how long it is kept")
    await stage.press(anna, message, "My answers: 6 months")
    assert "Your answers: 6 months." in message.words
    assert await stage.read(retention.own_days, member_id) == 180
    for made_up in (5, -1, 9_999):
        await stage.forge(anna, message, KeepAnswers(centre.id, made_up).encode())
        assert await stage.read(retention.own_days, member_id) == 180
    await stage.press(anna, message, "My answers: as long as the centre")
    assert await stage.read(retention.own_days, member_id) is None

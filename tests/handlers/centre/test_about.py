from __future__ import annotations

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.stage import DAY, Stage

from storage import centres

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_the_group_is_spoken_to_in_another_language(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True, language="it")
    anna = await stage.member(centre, group, "Anna")
    await stage.put(centre, DAY)
    await stage.convene(centre, fiona, 3 * DAY)
    await stage.say(fiona, "/facilitate")
    page = await stage.press_each(fiona, "The centre")
    assert "The language in the group: English." in page.words
    asked = await stage.press_each(fiona, "Language in the group")
    assert "Now it is English." in asked.words and asked.labels == ["Italiano", "Deutsch", "Back"]
    await stage.press(fiona, asked, "Deutsch")
    assert "The language in the group: German." in stage.last(fiona).words
    await stage.move(10)
    [question] = stage.said(group)
    assert stage.speech("de")("Take part") in question.labels, "what still lives speaks it too"
    assert "Fiona" in stage.last(bruno).words and "tedesco" in stage.last(bruno).words
    assert "Fiona" not in stage.last(anna).words
    said = len(stage.said(bruno))
    await stage.forge(fiona, asked, f"ctl:{centre.id}:de")
    await stage.move(10)
    assert len(stage.said(bruno)) == said, "nothing has changed"


@pytest.mark.parametrize("data", ["ctr:{}", "ctl:{}:", "ctl:{}:de", "ctn:{}", "ctk:{}:00000000"])
async def test_members_and_others_change_nothing(stage: Stage, data: str) -> None:
    centre, group = await stage.centre()
    other, elsewhere = await stage.centre("Casa Alba")
    anna = await stage.member(centre, group, "Anna")
    paula = await stage.member(other, elsewhere, "Paula", facilitator=True)
    for person in (anna, paula):
        page = await stage.say(person, "/help")
        press = await stage.forge(person, page, data.format(centre.id))
        refused = (await press.answered()).text or ""
        assert FACILITATORS_ONLY in refused or "This is for members" in refused
        await stage.say(person, "Another name")
    assert await stage.read(centres.get, centre.id) == centre


async def test_a_language_that_there_is_not_is_asked_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.forge(fiona, await stage.say(fiona, "/facilitate"), f"ctl:{centre.id}:fr")
    assert "Now it is English." in stage.last(fiona).words
    assert await stage.read(centres.get, centre.id) == centre

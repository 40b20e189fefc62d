"""The group's summary over the whole path: people press, weeks go by, the group reads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from kit.checkin_steps import HOUR, at, go_to, wants
from kit.checkin_windows import week
from kit.phrases import ASK_TO_JOIN
from kit.stage import Stage

from assembly.questionnaire import WEEKLY
from bot.noise import OpenDpNoise
from handlers.checkins import summaries
from handlers.checkins.screens import summary as screens
from handlers.checkins.summaries import AGAIN_WITHIN
from sandbox.people import Person

pytestmark = pytest.mark.usefixtures("no_errors")

NAMES = [f"Person {number}" for number in range(12)]


@pytest.fixture(autouse=True)
def no_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenDpNoise, "discrete_laplace", lambda self, scale: 0)


async def answer(stage: Stage, person: Person, *faces: str) -> None:
    await stage.press_each(person, *faces)


async def test_twelve_people_answer_and_the_group_reads_how_they_are(stage: Stage) -> None:
    centre, group = await stage.centre()
    people = [await wants(stage, centre, group, name) for name in NAMES]
    await go_to(stage, week(0))
    await go_to(stage, at("2026-01-07 17:00"))
    for person in people:
        await answer(stage, person, "😌 Good", "😐 Somewhat", "😐 Some")
    before = len(stage.said(group))
    await go_to(stage, week(4))
    assert len(stage.said(group)) == before  # nothing at midnight
    await go_to(stage, week(4) + 9 * HOUR)
    post = stage.last(group)
    assert len(stage.said(group)) == before + 1
    assert post.content["photo"]
    assert post.words.split("\n\n") == [
        "How we are, 5 January to 1 February\nBetween 10 and 19 of us answered.",
        "How our weeks were: about 3 of 4, “Good”.",
        "Chance has shifted the numbers a little, so that they tell little about any one person.",
    ]
    assert post.labels == ["How this works", ASK_TO_JOIN]
    await stage.restart()
    await stage.move(HOUR)
    assert len(stage.said(group)) == before + 1


async def test_ten_with_one_key_destroyed_are_nine_and_too_few(stage: Stage) -> None:
    centre, group = await stage.centre(language="it")
    people = [await wants(stage, centre, group, name) for name in NAMES]
    await go_to(stage, week(0))
    await go_to(stage, at("2026-01-07 17:00"))
    for person in people[:10]:
        await answer(stage, person, "😌 Good")
    await stage.voci.keys.destroy(await stage.member_id(centre, people[0]))
    await go_to(stage, week(4) + 9 * HOUR)
    post = stage.last(group)
    assert "photo" not in post.content
    assert post.words == (
        "Come stiamo, 5 gennaio – 1 febbraio\nQuesta volta non diciamo nulla sulle risposte: sono "
        "troppo poche perché nessuno sia riconoscibile, o quasi troppo poche."
    )


async def test_a_crash_between_writing_and_sending_posts_once(stage: Stage) -> None:
    centre, group = await stage.centre()
    for name in NAMES[:2]:
        await wants(stage, centre, group, name)
    await go_to(stage, week(0))
    stage.clock.move(week(4) + 10 * HOUR - stage.clock.now())
    before = len(stage.said(group))
    await stage.voci.ticker.tick()
    await stage.restart()
    await stage.tick()
    await stage.tick()
    assert len(stage.said(group)) == before + 1


async def test_the_explanation_is_for_everybody(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", language="de")
    stranger = stage.world.person("Sven", language_code="en")
    link = stage.voci.services.link("summaries")
    page = await stage.open_link(stranger, link)
    assert page.words.startswith("How the summaries work")
    assert page.labels == []
    page = await stage.open_link(anna, link)
    assert page.words.startswith("Wie die Zusammenfassungen entstehen")
    assert len(page.labels) == 1


@pytest.mark.parametrize(("after", "posted"), [(AGAIN_WITHIN - 1, True), (AGAIN_WITHIN, False)])
async def test_what_was_drawn_a_day_ago_is_not_posted_again(
    monkeypatch: pytest.MonkeyPatch, after: int, posted: bool
) -> None:
    async def post(*_: object) -> bool:
        return True

    monkeypatch.setattr(summaries, "_post", post)
    monkeypatch.setattr(summaries, "_period", lambda _: None)
    monkeypatch.setattr(screens, "summary", lambda *_: None)
    unit: Any = SimpleNamespace(now=1_000 + after)
    centre: Any = SimpleNamespace(language="en", zone="Europe/Rome")
    found: Any = SimpleNamespace(at=1_000, releases={})
    ended: Any = SimpleNamespace(questionnaire=WEEKLY)
    assert await summaries.post_summary(unit, centre, ended, "x", found) is posted

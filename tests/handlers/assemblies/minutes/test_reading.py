from __future__ import annotations

import pytest
from kit.minuted import Minuted
from kit.stage import HOUR, Stage

from assembly.minutes import Point
from handlers.assemblies.minutes.screens.listing import PAGE

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Minuted:
    return await Minuted.gather(stage)


async def test_all_past_ones_are_listed_by_page(play: Minuted) -> None:
    none = await play.stage.say(play.anna, "/minutes")
    assert "There are none yet." in none.words
    for number in range(PAGE + 1):
        await play.leave(Point(f"Garden {number}"), Point("A trip"))
    newest = await play.stage.say(play.anna, "/minutes")
    assert f"Garden {PAGE} · A trip" in newest.words and "Garden 0" not in newest.words
    oldest = await play.stage.press_each(play.anna, "More")
    assert "Garden 0 · A trip" in oldest.words and "More" not in oldest.labels
    assert "Garden 8" in (await play.stage.press_each(play.anna, "Earlier ones")).words


async def test_a_long_one_is_read_page_by_page(play: Minuted) -> None:
    kept = await play.leave(
        *(
            Point(f"Point {n}", notes=tuple("Long note. " * 90 for _ in range(30)))
            for n in range(60)
        )
    )
    assert len(kept.words) > 1_500_000
    await play.stage.say(play.anna, "/minutes")
    first = await play.stage.press_each(play.anna, 0)
    assert "1. Point 0" in first.words and "More" in first.labels
    second = await play.stage.press_each(play.anna, "More")
    assert "Long note." in second.words and "Earlier ones" in second.labels


async def test_from_home_and_in_one_s_own_language_with_the_minutes_in_the_centre_s(
    stage: Stage,
) -> None:
    play = await Minuted.gather(stage, "it")
    await play.leave(Point("Un giardino", ending="talked"))
    await play.stage.say(play.anna, "/start")
    listed = await play.stage.press_each(play.anna, "Verbali")
    assert "Un giardino" in listed.words
    read = await play.stage.press_each(play.anna, 0)
    assert "1. Un giardino" in read.words and "Tutti i verbali" in read.labels


async def test_all_outcomes_without_a_limit(play: Minuted) -> None:
    for number in range(9):
        await play.stage.put(play.centre, HOUR, question=f"Shall we, for the {number}th time?")
        await play.stage.move(HOUR + 60)
    await play.stage.move(200 * 24 * HOUR)
    await play.stage.say(play.anna, "/minutes")
    newest = await play.stage.press_each(play.anna, "All outcomes")
    assert "for the 8th time?" in newest.words and "for the 0th time?" not in newest.words
    oldest = await play.stage.press_each(play.anna, "More")
    assert "for the 0th time?" in oldest.words
    await play.stage.press_each(play.anna, "All minutes")


async def test_a_link_to_minutes_that_are_gone_leads_to_the_list(play: Minuted) -> None:
    kept = await play.leave(Point("A garden"))
    payload = f"minutes_{play.centre.id}_{kept.assembly_id + 99}"
    seen = await play.stage.start(play.anna, payload)
    assert "A garden" in seen.words and "Find a word" in seen.labels

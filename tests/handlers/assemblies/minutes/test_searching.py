from __future__ import annotations

import pytest
from kit.minuted import Minuted
from kit.stage import Stage

from assembly.minutes import Point
from handlers.assemblies.minutes import searching
from handlers.assemblies.minutes.presses import FoundMinutes
from handlers.assemblies.minutes.screens.searching import PAGE

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Minuted:
    return await Minuted.gather(stage)


async def test_a_word_is_found_the_newest_first(play: Minuted) -> None:
    await play.leave(Point("A garden", notes=("In the Hauptstraße.",)))
    await play.leave(Point("A trip", notes=("To the sea.",)))
    await play.leave(Point("HAUPTSTRASSE 7"))
    await play.stage.say(play.anna, "/minutes")
    asked = await play.stage.press_each(play.anna, "Find a word")
    assert "What are you looking for?" in asked.words
    found = await play.stage.say(play.anna, "hauptstrasse")
    assert "hauptstrasse in the minutes" in found.words
    assert found.words.index("HAUPTSTRASSE 7") < found.words.index("A garden")
    assert "A trip" not in found.words and "Look further back" not in found.labels
    read = await play.stage.press_each(play.anna, 1)
    assert "• In the Hauptstraße." in read.words
    said = await play.stage.say(play.anna, "thank you")
    assert "Nobody reads this here." in said.words, "the conversation is over"


async def test_many_are_found_page_by_page(play: Minuted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "AT_ONCE", 4)
    for number in range(PAGE + 3):
        await play.leave(Point(f"Garden {number}"))
    await play.stage.say(play.anna, "/minutes")
    await play.stage.press_each(play.anna, "Find a word")
    first = (await play.stage.say(play.anna, "garden")).words
    further = await play.stage.press_each(play.anna, "Look further back")
    seen = [number for number in range(PAGE + 3) if f"Garden {number}\n" in f"{first}\n"]
    assert seen == list(range(3, PAGE + 3))
    assert "Garden 0" in further.words and "Look further back" not in further.labels


async def test_what_stands_nowhere_and_what_only_further_back(
    play: Minuted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "AT_ONCE", 1)
    monkeypatch.setattr(searching, "MOST", 2)
    await play.leave(Point("A garden"))
    for _ in range(2):
        await play.leave(Point("A trip"))
    await play.stage.say(play.anna, "/minutes")
    await play.stage.press_each(play.anna, "Find a word")
    later = await play.stage.say(play.anna, "GARDEN")
    assert "It stands in none of the later minutes." in later.words
    assert "A garden" in (await play.stage.press_each(play.anna, "Look further back")).words
    await play.stage.press_each(play.anna, "Another word")
    await play.stage.say(play.anna, "sea")
    none = await play.stage.press_each(play.anna, "Look further back")
    assert "It stands in no minutes." in none.words


async def test_another_centre_s_minutes_are_not_looked_through(play: Minuted) -> None:
    await play.leave(Point("A garden"))
    other = await Minuted.gather(play.stage)
    await play.stage.say(other.anna, "/minutes")
    await play.stage.press_each(other.anna, "Find a word")
    assert "It stands in no minutes." in (await play.stage.say(other.anna, "garden")).words
    press = FoundMinutes(play.centre.id, 0, "garden")
    await play.stage.forge(other.anna, play.stage.last(other.anna), press.encode())
    assert "A garden" not in play.stage.last(other.anna).words


async def test_long_minutes_are_looked_through_a_few_at_a_time(
    play: Minuted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "HEAVIEST", 1)
    await play.leave(Point("A garden"))
    await play.leave(Point("A trip"))
    await play.stage.say(play.anna, "/minutes")
    await play.stage.press_each(play.anna, "Find a word")
    later = await play.stage.say(play.anna, "garden")
    assert "It stands in none of the later minutes." in later.words
    found = await play.stage.press_each(play.anna, "Look further back")
    assert "A garden" in found.words

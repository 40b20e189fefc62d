"""Minutes on paper: for every member, in the centre's language, with names as they are today."""

from __future__ import annotations

import pytest
from kit.minuted import Minuted
from kit.phrases import MEMBERS_ONLY
from kit.printed import Pdf, check
from kit.stage import Stage

from assembly.minutes import Point, Task
from assembly.name_marks import member_mark
from handlers.assemblies.minutes.presses import PrintMinutes
from sandbox.people import Person
from storage import people

pytestmark = pytest.mark.usefixtures("no_errors")

PRINT = "To print (PDF)"


@pytest.fixture
async def play(stage: Stage) -> Minuted:
    return await Minuted.gather(stage)


def the_file(play: Minuted, person: Person, language: str = "en") -> Pdf:
    sent = play.stage.last(person)
    found = play.stage.file(sent)
    assert found.name.startswith("voci-minutes-2") and found.name.endswith(".pdf")
    assert "Names that stand on paper" in sent.words or language != "en"
    return check(found.data, language)


async def printed(play: Minuted, person: Person) -> str:
    await play.stage.say(person, "/minutes")
    await play.stage.press_each(person, 0, PRINT)
    return the_file(play, person).words


async def test_a_member_prints_them_and_finds_back(play: Minuted) -> None:
    await play.leave(Point("A garden", notes=("The fence is low.",), ending="talked"))
    words = await printed(play, play.anna)
    assert "1. A garden • The fence is low. How it ended: talked about" in words
    assert "Fingerprint of these minutes" in words
    assert "1. A garden" in (await play.stage.press_each(play.anna, "Back")).words


async def test_they_speak_as_the_centre_does_whoever_prints_them(stage: Stage) -> None:
    play = await Minuted.gather(stage, "it")
    await stage.write(people.set_language, play.anna.id, "de")
    await play.leave(Point("Un giardino", ending="talked"))
    await stage.say(play.anna, "/minutes")
    await stage.press_each(play.anna, 0, "Zum Ausdrucken (PDF)")
    assert "Namen auf Papier" in stage.last(play.anna).words
    assert "Com’è finita" in the_file(play, play.anna, "it").words


async def test_whoever_is_erased_is_on_no_paper_printed_afterwards(play: Minuted) -> None:
    rosa = await play.stage.member(play.centre, play.group, "Rosalinde")
    mark = member_mark(await play.stage.member_id(play.centre, rosa))
    await play.leave(Point("A garden", notes=(f"{mark} has a spade.",), tasks=(Task("Dig", mark),)))
    assert (await printed(play, play.anna)).count("Rosalinde") == 2
    await play.stage.say(rosa, "/me")
    await play.stage.press_each(rosa, "Erase everything", "Erase everything")
    words = await printed(play, play.anna)
    assert "Rosalinde" not in words
    assert "a former member has a spade." in words


async def test_outsiders_print_none_and_there_are_none_to_make_up(play: Minuted) -> None:
    kept = await play.leave(Point("A garden"))
    stage = play.stage
    otto = stage.world.person("Otto", language_code="en")
    await stage.start(otto)
    press = PrintMinutes(play.centre.id, kept.assembly_id)
    pressed = await stage.forge(otto, stage.last(otto), press.encode())
    assert pressed.answer is not None and pressed.answer.text == MEMBERS_ONLY
    other, group = await stage.centre("Casa Blu")
    paola = await stage.member(other, group, "Paola", facilitator=True)
    await stage.say(paola, "/help")
    press = PrintMinutes(other.id, kept.assembly_id)
    await stage.forge(paola, stage.last(paola), press.encode())
    for person in (otto, paola):
        assert not any("document" in message.content for message in stage.said(person))
        assert "A garden" not in stage.last(person).words

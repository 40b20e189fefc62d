"""Members and facilitators print what the assembly talks about."""

from __future__ import annotations

import pytest
from kit.phrases import MEMBERS_ONLY
from kit.printed import Pdf, check
from kit.stage import Stage

from handlers.assemblies.presses import PrintPoints
from sandbox.people import Person
from storage import proposals

pytestmark = pytest.mark.usefixtures("no_errors")

PRINT = "To print (PDF)"


def the_file(stage: Stage, person: Person, language: str) -> Pdf:
    found = stage.file(stage.last(person))
    assert found.name.startswith("voci-agenda-2") and found.name.endswith(".pdf")
    return check(found.data, language)


async def test_a_member_prints_the_list_with_its_reasons_and_no_author(stage: Stage) -> None:
    centre, group = await stage.centre(language="it")
    anna = await stage.member(centre, group, "Annalisa")
    await stage.propose(centre, anna, "A quiet room", reason="It is loud here.")
    await stage.convene(centre, anna, place="Via Roma 12")
    await stage.say(anna, "/assembly")
    await stage.press_each(anna, "The list", PRINT)
    printed = the_file(stage, anna, "it")
    assert "1. A quiet room It is loud here." in printed.words
    assert "Via Roma 12" in printed.words
    assert "Annalisa" not in printed.words
    await stage.press_each(anna, "In English")
    assert "What we talk about" in the_file(stage, anna, "en").words
    await stage.press_each(anna, "Back")
    assert "What we talk about" in stage.last(anna).words and stage.last(anna).labels[0] == PRINT


async def test_a_fixed_agenda_keeps_its_order_and_no_words_that_were_taken_back(
    stage: Stage,
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    first = await stage.propose(centre, anna, "A quiet room", reason="It is loud here.")
    second = await stage.propose(centre, anna, "A trip", reason="To the sea.")
    points = [(second, "A trip"), (first, "A quiet room")]
    assembly = await stage.convene(centre, anna, points=points)
    member_id = await stage.member_id(centre, anna)
    assert await stage.write(proposals.withdraw, centre.id, first, member_id)
    await stage.propose(centre, anna, "A choir", reason="Singing helps.")
    await stage.say(anna, "/facilitate")
    await stage.press_each(anna, "The list to print (PDF)")
    printed = the_file(stage, anna, "en")
    assert printed.headings == [
        ("H1", "1. A trip"),
        ("H1", "2. taken back"),
        ("H1", "Came later"),
        ("H2", "A choir"),
    ]
    assert "A choir Singing helps." in printed.words
    assert "To the sea." in printed.words
    assert "loud" not in printed.words and "quiet" not in printed.words
    assert "can still change" not in printed.words
    assert assembly.id == 1


async def test_outsiders_print_nothing_and_a_made_up_assembly_is_none(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    await stage.convene(centre, anna)
    otto = stage.world.person("Otto", language_code="en")
    await stage.start(otto)
    pressed = await stage.forge(otto, stage.last(otto), PrintPoints(centre.id, 1, False).encode())
    assert pressed.answer is not None and pressed.answer.text == MEMBERS_ONLY
    other, second = await stage.centre("Casa Blu")
    paola = await stage.member(other, second, "Paola", facilitator=True)
    await stage.say(paola, "/help")
    await stage.forge(paola, stage.last(paola), PrintPoints(other.id, 1, True).encode())
    assert "No assembly is convened" in stage.last(paola).words
    for person in (otto, paola):
        assert not any("document" in message.content for message in stage.said(person))

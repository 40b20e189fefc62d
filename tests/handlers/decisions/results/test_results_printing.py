"""Members print the outcome of a question; nobody else, and nothing that is not decided."""

from __future__ import annotations

import pytest
from kit.phone_voters import QUESTION, Voters, gather_voters
from kit.phrases import HOW_WAS_COUNTED, MEMBERS_ONLY
from kit.printed import Pdf, check
from kit.stage import Stage

from assembly.rule import DecisionMethod, Secrecy
from handlers.decisions.results.presses import PrintOutcome
from sandbox.people import Person
from storage import people

pytestmark = pytest.mark.usefixtures("no_errors")

PRINT = "To print (PDF)"


@pytest.fixture
async def room(stage: Stage) -> Voters:
    return await gather_voters(stage)


async def answered(room: Voters, secrecy: Secrecy = Secrecy.SECRET) -> None:
    """Put to the members, answered by all six, and closed."""
    await room.put(DecisionMethod.MAJORITY, secrecy=secrecy)
    for number, person in enumerate((room.anna, *room.others)):
        await room.open(person)
        await room.tap(person, "No" if number == 1 else "Yes")
    await room.stage.move(600)


def the_file(room: Voters, person: Person, language: str) -> Pdf:
    sent = room.stage.last(person)
    found = room.stage.file(sent)
    assert found.name == "voci-decision-1.pdf"
    assert QUESTION in sent.words
    return check(found.data, language)


async def test_a_member_prints_it_and_finds_back(room: Voters) -> None:
    await answered(room)
    await room.open(room.anna)
    await room.tap(room.anna, HOW_WAS_COUNTED, PRINT)
    printed = the_file(room, room.anna, "en")
    assert "Yes 5" in printed.words and "No 1" in printed.words
    await room.tap(room.anna, "Back")
    assert "How it was counted" in room.words(room.anna)


async def test_paper_speaks_as_the_group_and_on_request_as_the_reader(room: Voters) -> None:
    await answered(room)
    await room.stage.write(people.set_language, room.anna.id, "de")
    await room.open(room.anna)
    await room.tap(room.anna, "Wie gezählt wurde", "Zum Ausdrucken (PDF)")
    assert "How it was counted" in the_file(room, room.anna, "en").words
    await room.tap(room.anna, "Auf Deutsch")
    assert "So wurde gezählt" in the_file(room, room.anna, "de").words
    await room.tap(room.anna, "Auf Englisch")
    the_file(room, room.anna, "en")


async def test_nobody_is_named_on_paper_even_where_it_was_by_name(room: Voters) -> None:
    await answered(room, Secrecy.OPEN)
    await room.open(room.anna)
    await room.tap(room.anna, HOW_WAS_COUNTED, PRINT)
    words = the_file(room, room.anna, "en").words
    assert not [each for each in (room.anna, *room.others) if each.first_name in words]


async def test_what_is_not_decided_is_not_printed(room: Voters) -> None:
    await room.put(DecisionMethod.MAJORITY)
    await room.open(room.anna)
    told = await room.forge(room.anna, PrintOutcome(room.centre.id, 1, own=False))
    assert told == "It has not been counted."
    assert "document" not in room.stage.last(room.anna).content
    await room.forge(room.anna, PrintOutcome(room.centre.id, 99, own=True))
    assert "document" not in room.stage.last(room.anna).content


async def test_a_stranger_prints_nothing(room: Voters) -> None:
    await answered(room)
    otto = room.stage.world.person("Otto", language_code="en")
    await room.stage.start(otto)
    told = await room.forge(otto, PrintOutcome(room.centre.id, 1, own=False))
    assert told == MEMBERS_ONLY
    assert "document" not in room.stage.last(otto).content

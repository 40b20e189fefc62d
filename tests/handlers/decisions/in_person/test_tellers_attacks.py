"""Whoever may not count the hall, or not like this: an answer, and nothing is different."""

from __future__ import annotations

import asyncio

import pytest
from kit.in_person import InPersonAssembly, open_assembly
from kit.phrases import BEGIN_TO_COUNT, CHANGE_IT
from kit.stage import Stage

from assembly.rule import DecisionMethod, Rule
from handlers.core.press import Press
from handlers.decisions.in_person.presses import (
    AskBallots,
    AskPeople,
    BeginCount,
    ChangeCount,
    CheckCount,
    ConfirmCount,
    CountInPerson,
    FillPaper,
    HandOver,
    Of,
    SayBallots,
    SayPeople,
    ShowHeadcount,
)
from sandbox.people import Person
from storage import decisions, facilitators, members
from storage.in_person import Entry

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> InPersonAssembly:
    return await open_assembly(stage)


async def handed(play: InPersonAssembly) -> tuple[int, Entry]:
    """Paula has counted 3 yes and 1 no of 5, and nobody has checked it."""
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "3", "1", "0", "0")
    await play.press(play.paula, "Have it confirmed")
    return decision_id, await seen(play, decision_id)


async def seen(play: InPersonAssembly, decision_id: int) -> Entry:
    entry = await play.entry(decision_id)
    assert entry is not None
    return entry


def everything(centre_id: int, assembly_id: int, decision_id: int, entry: int) -> list[Press]:
    ids = centre_id, decision_id
    return [
        ShowHeadcount(centre_id, assembly_id),
        AskPeople(centre_id, assembly_id, Of.ALL),
        SayPeople(centre_id, assembly_id, Of.ALL, 9),
        SayPeople(centre_id, assembly_id, Of.USER, 9),
        CountInPerson(*ids),
        BeginCount(*ids, 0),
        BeginCount(*ids, entry),
        AskBallots(*ids, Of.ALL, "yes"),
        SayBallots(*ids, Of.ALL, "yes", 5),
        FillPaper(*ids, Of.ALL, ""),
        HandOver(*ids),
        ChangeCount(*ids),
        CheckCount(*ids),
        ConfirmCount(*ids, entry),
    ]


async def unchanged(
    play: InPersonAssembly, person: Person, presses: list[Press], decision_id: int
) -> None:
    """All of these pressed, each answered, and the count is as it was."""
    before = await play.entry(decision_id), await play.people()
    for press in presses:
        pressed = await play.forge(person, press)
        assert pressed.answer is not None
        assert (await play.entry(decision_id), await play.people()) == before, press


async def test_nobody_counts_who_does_not_facilitate_here(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    other, group = await play.stage.centre("Casa Blu")
    zoe = await play.stage.member(other, group, "Zoe", facilitator=True)
    otto = play.stage.world.person("Otto", language_code="en")
    for person in (zoe, otto):
        await play.stage.say(person, "/help")
    ours = everything(play.centre.id, play.assembly_id, decision_id, entry.number)
    for person in (play.anna, zoe, otto):
        await unchanged(play, person, ours, decision_id)
        assert not [each for each in play.stage.said(person) if "Yes: 3" in each.words]
    theirs = everything(other.id, play.assembly_id, decision_id, entry.number)
    await unchanged(play, zoe, theirs, decision_id)
    assert not [each for each in play.stage.said(zoe) if "Saturdays" in each.words]


async def test_in_the_group_nothing_is_counted_or_shown(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    post = play.stage.world.post(play.group, play.stage.bot, text="a message with buttons")
    for press in everything(play.centre.id, play.assembly_id, decision_id, entry.number):
        pressed = await play.stage.forge(play.bruno, post, press.encode())
        assert pressed.answer is not None and pressed.answer.show_alert
    assert await play.entry(decision_id) == entry
    assert post.edits == 0


async def test_nobody_confirms_their_own_count_or_one_of_their_own_role(
    play: InPersonAssembly,
) -> None:
    decision_id, entry = await handed(play)
    ids = play.centre.id, decision_id
    for person in (play.paula, play.petra):
        await unchanged(
            play, person, [CheckCount(*ids), ConfirmCount(*ids, entry.number)], decision_id
        )
    assert await play.counted(decision_id) == {}


async def test_nobody_confirms_what_they_have_not_looked_at(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    ids = play.centre.id, decision_id
    await unchanged(play, play.bruno, [ConfirmCount(*ids, entry.number)], decision_id)


async def test_figures_that_were_changed_since_are_not_confirmed(play: InPersonAssembly) -> None:
    decision_id, old = await handed(play)
    ids = play.centre.id, decision_id
    await play.desk(play.bruno, decision_id, "Check the figures")
    await play.desk(play.paula, decision_id, CHANGE_IT, "Change “Yes”", "4", "Have it confirmed")
    await play.forge(play.bruno, ConfirmCount(*ids, old.number))
    assert await play.counted(decision_id) == {}
    checked = await play.desk(play.bruno, decision_id, "Check the figures")
    assert "Yes: 4" in checked.words
    await play.forge(play.bruno, ConfirmCount(*ids, old.number))
    assert await play.counted(decision_id) == {}
    await play.press(play.bruno, "They are right")
    assert await play.counted(decision_id) == {"yes": 4, "no": 1}


async def test_whose_term_has_ended_neither_enters_nor_confirms(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    await play.desk(play.bruno, decision_id, "Check the figures")
    now = play.stage.now
    async with play.stage.voci.database.transaction() as tx:
        for person in (play.bruno, play.paula):
            member = await members.find(tx, play.centre.id, person.id)
            assert member is not None
            await facilitators.add(tx, member.id, now - 10, until=now - 1)
    every = everything(play.centre.id, play.assembly_id, decision_id, entry.number)
    for person in (play.bruno, play.paula):
        await unchanged(play, person, every, decision_id)
    typed = await play.stage.say(play.paula, "4")
    assert "Yes" not in typed.words
    assert await play.counted(decision_id) == {}


async def test_a_number_typed_after_the_term_has_ended_is_not_taken(play: InPersonAssembly) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    before = await seen(play, decision_id)
    async with play.stage.voci.database.transaction() as tx:
        paula = await members.find(tx, play.centre.id, play.paula.id)
        assert paula is not None
        await facilitators.end(tx, paula.id)
    await play.stage.say(play.paula, "4")
    assert await seen(play, decision_id) == before


async def test_after_closing_nothing_is_entered_or_confirmed(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    await play.desk(play.bruno, decision_id, "Check the figures")
    async with play.stage.voci.database.transaction() as tx:
        decision = await decisions.get(tx, play.centre.id, decision_id)
        assert decision is not None and decision.closes_at is not None
    play.stage.clock.move(decision.closes_at - play.stage.clock.now())
    ids = play.centre.id, decision_id
    late = [
        BeginCount(*ids, entry.number),
        SayBallots(*ids, Of.ALL, "yes", 1),
        ConfirmCount(*ids, entry.number),
    ]
    for person in (play.bruno, play.paula):
        await unchanged(play, person, late, decision_id)


async def test_after_the_assembly_nothing_is_entered_or_confirmed(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    await play.desk(play.bruno, decision_id, "Check the figures")
    await play.end()
    every = everything(play.centre.id, play.assembly_id, decision_id, entry.number)
    for person in (play.bruno, play.paula):
        await unchanged(play, person, every, decision_id)


@pytest.mark.parametrize("ballots", [6, -1, 501, 10**17, -(10**17)])
async def test_no_button_carries_more_than_there_are_people(
    play: InPersonAssembly, ballots: int
) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    ids = play.centre.id, decision_id
    await unchanged(play, play.paula, [SayBallots(*ids, Of.ALL, "yes", ballots)], decision_id)
    await unchanged(
        play,
        play.paula,
        [SayPeople(play.centre.id, play.assembly_id, Of.ALL, number) for number in (-1, 501)],
        decision_id,
    )


async def test_all_ballots_together_are_never_more_than_people(play: InPersonAssembly) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "3")
    ids = play.centre.id, decision_id
    pressed = await play.forge(play.paula, SayBallots(*ids, Of.ALL, "no", 3))
    assert pressed.answer is not None and "at most 2" in pressed.answer.text
    assert sum(each.ballots for each in (await seen(play, decision_id)).ballots) == 3


@pytest.mark.parametrize("choice", ["maybe", "", "YES", "0", "yes no", "x" * 20])
async def test_nothing_is_entered_that_no_ballot_says(play: InPersonAssembly, choice: str) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    ids = play.centre.id, decision_id
    presses: list[Press] = [
        SayBallots(*ids, Of.ALL, choice, 1),
        SayBallots(*ids, Of.USER, "yes", 1),
        AskBallots(*ids, Of.ALL, choice),
        FillPaper(*ids, Of.ALL, choice),
    ]
    await unchanged(play, play.paula, presses, decision_id)


@pytest.mark.parametrize("marks", ["9", "00", "0-", "zz", "x" * 20])
async def test_no_paper_is_marked_as_none_can_be(play: InPersonAssembly, marks: str) -> None:
    await play.room(5)
    decision_id = await play.put(Rule(DecisionMethod.APPROVAL, ("Garden", "Trip")))
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    ids = play.centre.id, decision_id
    presses: list[Press] = [
        FillPaper(*ids, Of.ALL, marks),
        FillPaper(*ids, Of.FAMILY, ""),
        SayBallots(*ids, Of.ALL, marks, 1),
    ]
    await unchanged(play, play.paula, presses, decision_id)


async def test_nobody_enters_into_somebody_elses_count(play: InPersonAssembly) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "3")
    ids = play.centre.id, decision_id
    presses: list[Press] = [
        SayBallots(*ids, Of.ALL, "no", 2),
        AskBallots(*ids, Of.ALL, "no"),
        HandOver(*ids),
        ChangeCount(*ids),
        CheckCount(*ids),
        BeginCount(*ids, 0),
    ]
    for person in (play.bruno, play.petra):
        await unchanged(play, person, presses, decision_id)
        assert "Paula is counting the room." in play.stage.last(person).words
        assert not [each for each in play.stage.said(person) if "Yes: 3" in each.words]


async def test_an_unfinished_count_is_not_handed_over(play: InPersonAssembly) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "3")
    await unchanged(play, play.paula, [HandOver(play.centre.id, decision_id)], decision_id)


async def test_two_who_begin_at_once_make_one_count(play: InPersonAssembly) -> None:
    await play.room(5)
    decision_id = await play.put()
    both = (play.paula, play.bruno)
    for person in both:
        await play.desk(person, decision_id)
    pressed = [each.press(play.stage.last(each), BEGIN_TO_COUNT) for each in both]
    await asyncio.gather(*(each.answered() for each in pressed))
    await play.stage.settle()
    words = [play.stage.last(each).words for each in both]
    assert sum("how many say Yes?" in each for each in words) == 1
    assert sum("is counting the room." in each for each in words) == 1


async def test_two_who_count_again_at_once_throw_away_one_count(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    again = BeginCount(play.centre.id, decision_id, entry.number).encode()
    both = (play.petra, play.bruno)
    pressed = [each.forge_press(play.stage.last(each), again) for each in both]
    await asyncio.gather(*(each.answered() for each in pressed))
    await play.stage.settle()
    assert (await seen(play, decision_id)).number == entry.number + 1


async def test_two_who_confirm_at_once_confirm_once(play: InPersonAssembly) -> None:
    decision_id, entry = await handed(play)
    await play.desk(play.bruno, decision_id, "Check the figures")
    confirm = ConfirmCount(play.centre.id, decision_id, entry.number).encode()
    message = play.stage.last(play.bruno)
    pressed = [play.bruno.forge_press(message, confirm) for _ in range(2)]
    await asyncio.gather(*(each.answered() for each in pressed))
    await play.stage.settle()
    assert await play.counted(decision_id) == {"yes": 3, "no": 1}
    told = [each for each in play.stage.said(play.paula) if "it counts" in each.words]
    assert len(told) == 1

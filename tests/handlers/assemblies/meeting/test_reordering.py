"""A point gets another place: by buttons, with a reason that everybody can read."""

from __future__ import annotations

import pytest
from kit.meeting import HOUR, Meeting
from kit.stage import DAY, Stage

from assembly.openings import Chosen, Opening
from handlers.assemblies.minutes import composing
from handlers.assemblies.reordering_presses import AskWhy, ChoosePlace, ChoosePoint, MoveFor, Why
from storage import agenda_changes, minutes, openings, points
from storage.assemblies import Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

ALL, ORDER = "All points", "Change the order"
PLANTS = "More plants"
SETTLED = 30  # seconds, after which an edit has arrived


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def titles(play: Meeting, assembly: Assembly) -> list[str]:
    return [each.title for each in await play.stage.read(points.items, assembly.id)]


async def test_a_point_of_the_open_assembly_comes_first_for_a_reason_of_the_buttons(
    play: Meeting,
) -> None:
    await play.propose("A quiet room", "A trip in spring", PLANTS)
    assembly = await play.convene()
    await play.open()
    where = await play.press(play.paula, "Next", ALL, ORDER, "3")
    assert "Which number should it have?" in where.words
    assert where.labels == ["1", "2", "Back"]
    why = await play.press(play.paula, "1")
    assert "From number 3 to number 1." in why.words
    listed = await play.press(play.paula, "Somebody has to leave early.")
    assert "1. More plants\n2. A quiet room\n3. A trip in spring (now)" in listed.words
    assert await titles(play, assembly) == [PLANTS, "A quiet room", "A trip in spring"]
    await play.stage.say(play.anna, "/assembly")
    seen = await play.press(play.anna, "The list")
    assert (
        "The order was changed\nMore plants: from 3 to 1. Somebody has to leave early."
        in seen.words
    )
    assert "Paula" not in seen.words


async def test_a_fixed_agenda_is_reordered_with_typed_words(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", PLANTS)
    assembly = await play.convene(12 * HOUR)
    await play.hub()
    change = next(each for each in play.stage.last(play.paula).labels if "Change" in each)
    await play.press(play.paula, change)
    await play.press(play.paula, ORDER, "1", "2")
    short = await play.stage.say(play.paula, "?")
    assert "A little more, please: at least 3 characters" in short.words
    back = await play.stage.say(play.paula, "Rosa comes <b>later</b>.")
    assert ORDER in back.labels
    assert await titles(play, assembly) == ["A trip in spring", "A quiet room", PLANTS]
    await play.stage.say(play.anna, "/assembly")
    seen = await play.press(play.anna, "The list")
    assert "A quiet room: from 1 to 2. Rosa comes <b>later</b>." in seen.words


async def test_what_stands_in_the_group_has_the_new_order(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", PLANTS)
    await play.stage.convene(play.centre, play.paula, 14 * DAY)
    await play.convene(7 * DAY)
    assembly = await play.assembly()
    await play.stage.move(assembly.starts_at - 3 * DAY - play.stage.now)
    await play.stage.move(SETTLED)
    [post] = play.stage.said(play.group)
    assert "1. A quiet room" in post.words
    await play.hub()
    change = next(each for each in play.stage.last(play.paula).labels if "Change" in each)
    await play.press(play.paula, change, ORDER, "3", "1", "It can’t wait.")
    await play.stage.move(SETTLED)
    assert "1. More plants\n2. A quiet room\n3. A trip in spring" in post.words
    assert play.stage.said(play.group) == [post]


async def test_the_answer_to_assembly_counts_in_the_new_order(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", PLANTS)
    await play.convene()
    await play.open()
    card = await play.stage.say(play.anna, "/assembly", play.group)
    assert "Now, 1 of 3: A quiet room" in card.words
    await play.press(play.paula, ALL, ORDER, "1", "3", "It can’t wait.")
    await play.stage.move(SETTLED)
    assert "Now, 3 of 3: A quiet room" in card.words


async def test_what_somebody_else_has_moved_meanwhile_stays_there(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", PLANTS)
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, ALL, ORDER, "3", "1")
    await play.stage.say(play.bruno, "/facilitate")
    await play.press(play.bruno, "Go on with the assembly", ALL, ORDER, "3", "2")
    await play.press(play.bruno, "It can’t wait.")
    answer = await play.stage.press(play.paula, play.stage.last(play.paula), "It can’t wait.")
    assert answer.answer is not None and "changed this point meanwhile" in answer.answer.text
    assert await titles(play, assembly) == ["A quiet room", PLANTS, "A trip in spring"]
    assert len(await play.stage.read(agenda_changes.of, assembly.id)) == 1


async def test_it_can_be_left_and_survives_a_restart(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, ALL, ORDER, "2", "1", "Leave it where it is")
    said = await play.stage.say(play.paula, "It is a nice day.")
    assert "From number" not in said.words
    await play.hub("Go on with the assembly", ALL, ORDER, "2", "1")
    await play.stage.restart()
    await play.stage.say(play.paula, "Rosa has to go.")
    assert await titles(play, assembly) == ["A trip in spring", "A quiet room"]


async def test_only_who_leads_it_moves_points(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    screen = await play.open()
    items = await play.stage.read(points.items, assembly.id)
    other, zoe, zoes = await play.elsewhere()
    for press in (
        ChoosePoint(other.id, assembly.id, 0),
        ChoosePlace(other.id, items[0].id, 0),
        AskWhy(other.id, items[0].id, 1, 2),
        MoveFor(other.id, Why.URGENT),
    ):
        zoe.forge_press(zoes, press.encode())
        await play.stage.settle()
        assert "A quiet room" not in play.stage.last(zoe).words
    for becomes in (0, 1, 3, -7):
        play.paula.forge_press(screen, AskWhy(play.centre.id, items[0].id, 1, becomes).encode())
        play.paula.forge_press(screen, MoveFor(play.centre.id, Why.URGENT).encode())
        await play.stage.settle()
    await play.press(play.paula, "Back", "Close the assembly", "Close it")
    play.paula.forge_press(screen, AskWhy(play.centre.id, items[0].id, 1, 2).encode())
    play.paula.forge_press(screen, MoveFor(play.centre.id, Why.URGENT).encode())
    await play.stage.settle()
    assert await titles(play, assembly) == ["A quiet room", "A trip in spring"]
    assert await play.stage.read(agenda_changes.of, assembly.id) == []


async def test_the_minutes_say_what_was_moved_and_why_and_nothing_of_the_round(
    play: Meeting,
) -> None:
    await play.propose("A quiet room", "A trip in spring")
    await play.stage.write(openings.choose, play.centre.id, Opening.ROUND, Chosen(True))
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, ALL, ORDER, "3", "2", "It can’t wait.", "Back")
    await play.press(play.paula, "Close the assembly", "Close it")
    async with play.stage.voci.database.reading() as tx:
        kept = await minutes.find(tx, play.centre.id, assembly.id)
        assert kept is not None
        told = await composing.whole(tx, play.stage.voci.keys, play.centre, kept, play.stage.now)
    assert [(point.title, point.notes) for point in told.points] == [
        ("A trip in spring", ("Moved from 3 to 2. It can’t wait.",)),
        ("A quiet room", ()),
    ]

"""A point ends because somebody says so: at the point, or before closing."""

from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.phrases import CLOSE_NOW, PUT_TO_EVERYBODY
from kit.stage import Stage

from assembly.endings import Ending
from handlers.assemblies.presses import EndPoint, ReopenPoint
from storage import points, proposals

pytestmark = pytest.mark.usefixtures("no_errors")

ON, CLOSE = "Go on with the assembly", "Close the assembly"


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def decided(play: Meeting) -> None:
    """The point that it is at is put to a decision, and carried."""
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    put = play.stage.last(play.group)
    for person in (play.paula, play.bruno, play.anna):
        await play.stage.press(person, put, "Yes")
    await play.press(play.paula, CLOSE_NOW, CLOSE_NOW, ON)


async def test_decided_is_offered_once_the_ballot_has_an_outcome(play: Meeting) -> None:
    ids = await play.propose("Shall we open on Saturdays?")
    assembly = await play.convene()
    assert "Decided" not in (await play.open()).labels
    await decided(play)
    point = play.stage.last(play.paula)
    assert "It was decided: press Decided if the point ends with that." in point.words
    ended = await play.press(play.paula, "Decided")
    assert "Decided: it leaves the list when you close the assembly." in ended.words
    assert await play.items(assembly) == [Ending.DECIDED]
    await play.press(play.paula, CLOSE, "Close it")
    assert "Off the list now:\n• Shall we open on Saturdays? · decided" in (
        play.stage.last(play.group).words
    )
    found = await play.stage.read(proposals.get, play.centre.id, ids[0])
    assert found is not None and found.status == "settled"


async def test_what_a_ballot_decided_counts_though_nobody_said_so(play: Meeting) -> None:
    await play.propose("Shall we open on Saturdays?", "A quiet room")
    assembly = await play.convene()
    await play.open()
    await decided(play)
    asked = await play.press(play.paula, CLOSE)
    assert "1. Shall we open on Saturdays? · decided\n2. A quiet room · not reached" in asked.words
    await play.press(play.paula, "Close it")
    assert await play.items(assembly) == [Ending.DECIDED, Ending.NOT_REACHED]


async def test_too_few_decide_nothing(play: Meeting) -> None:
    await play.propose("Shall we open on Saturdays?")
    await play.convene()
    await play.open()
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    point = await play.press(play.paula, CLOSE_NOW, CLOSE_NOW, ON)
    assert "Decided" not in point.labels
    asked = await play.press(play.paula, CLOSE)
    assert "1. Shall we open on Saturdays? · goes on next time" in asked.words


async def test_a_point_that_was_taken_back_in_the_room_stays_until_its_author_says_so(
    play: Meeting,
) -> None:
    ids = await play.propose("A quiet room")
    await play.convene()
    await play.open()
    said = await play.press(play.paula, "Taken back")
    assert "whoever proposed it is asked to take it off the list" in said.words
    await play.press(play.paula, CLOSE, "Close it")
    await play.stage.move(30)
    told = play.stage.last(play.anna)
    assert "If you want that, take it off the list" in told.words and "The list" in told.labels
    found = await play.stage.read(proposals.get, play.centre.id, ids[0])
    assert found is not None and found.status == "open"


async def test_each_ending_can_be_changed_before_closing(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, "Talked about", CLOSE)
    one = await play.press(play.paula, "1")
    assert one.words == "1. A quiet room\ntalked about"
    await play.press(play.paula, "It has not ended yet")
    back = await play.press(play.paula, "1", "Goes on next time")
    assert "1. A quiet room · goes on next time\n2. A trip in spring · not reached" in back.words
    back = await play.press(play.paula, "2", "Talked about")
    assert "2. A trip in spring · talked about" in back.words
    await play.press(play.paula, "Close it")
    assert await play.items(assembly) == [Ending.GOES_ON, Ending.TALKED]


async def test_sixty_points_are_seen_by_page_and_closed(play: Meeting) -> None:
    await play.propose(*(f"{'A long title ' * 8}{number}" for number in range(1, 61)))
    assembly = await play.convene()
    await play.open()
    asked = await play.press(play.paula, CLOSE)
    assert asked.labels[:10] == [str(number) for number in range(1, 11)]
    last = await play.press(play.paula, *["More"] * 5)
    assert last.labels[:10] == [str(number) for number in range(51, 61)]
    assert "More" not in last.labels
    changed = await play.press(play.paula, "60", "Talked about")
    assert "60. " in changed.words and "talked about" in changed.words
    closed = await play.press(play.paula, "Close it")
    summary = play.stage.last(play.group)
    assert all("Off the list now:" in each.words for each in (closed, summary))
    assert all(each.words.endswith(" more") for each in (closed, summary))
    endings = await play.items(assembly)
    assert endings == [*[Ending.NOT_REACHED] * 59, Ending.TALKED]


async def test_of_two_who_end_a_point_the_second_sees_how_it_stands(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    first = await play.open()
    await play.stage.say(play.bruno, "/facilitate")
    second = await play.press(play.bruno, ON)
    await play.stage.press(play.paula, first, "Talked about")
    answer = await play.stage.press(play.bruno, second, "Goes on next time")
    assert answer.answer is not None
    assert answer.answer.text == "Somebody has changed this point meanwhile. So it stands now."
    assert "Talked about: it leaves the list" in play.stage.last(play.bruno).words
    assert await play.items(assembly) == [Ending.TALKED]


async def test_no_ending_is_forged(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    screen = await play.open()
    [item] = await play.stage.read(points.items, assembly.id)
    other, zoe, zoes = await play.elsewhere()
    for ending in (Ending.DECIDED, Ending.AGREED, Ending.NOT_REACHED):
        play.paula.forge_press(screen, EndPoint(play.centre.id, item.id, 0, ending).encode())
    zoe.forge_press(zoes, EndPoint(other.id, item.id, 0, Ending.TALKED).encode())
    zoe.forge_press(zoes, EndPoint(play.centre.id, item.id, 1, Ending.TALKED).encode())
    await play.stage.settle()
    assert "A quiet room" not in play.stage.last(zoe).words
    assert await play.items(assembly) == [None]
    await play.press(play.paula, "Talked about")
    zoe.forge_press(zoes, ReopenPoint(other.id, item.id, 0, Ending.TALKED).encode())
    play.paula.forge_press(screen, ReopenPoint(play.centre.id, item.id, 0, Ending.GOES_ON).encode())
    await play.stage.settle()
    assert await play.items(assembly) == [Ending.TALKED]
    await play.press(play.paula, CLOSE, "Close it")
    play.paula.forge_press(screen, ReopenPoint(play.centre.id, item.id, 2, Ending.TALKED).encode())
    await play.stage.settle()
    assert "This assembly is closed." in play.stage.last(play.paula).words
    assert await play.items(assembly) == [Ending.TALKED]


async def test_what_was_merged_or_taken_down_meanwhile_was_not_taken_back(play: Meeting) -> None:
    ids = await play.propose("A garden", "Flowers", "About a person", "A trip")
    assembly = await play.convene()
    await play.open()
    became = {ids[1]: "settled', ended = 'merged", ids[2]: "settled', ended = 'taken-down"}
    for proposal_id, status in {**became, ids[3]: "withdrawn"}.items():
        async with play.stage.voci.database.transaction() as tx:
            await tx.statement(f"UPDATE proposals SET status = '{status}' WHERE id = {proposal_id}")
    point = await play.press(play.paula, "Next")
    assert "It was put together with another one." in point.words
    assert "Put together" in point.labels and "Taken back" not in point.labels
    await play.press(play.paula, "Next")
    assert "Taken down" in play.stage.last(play.paula).labels
    asked = await play.press(play.paula, CLOSE)
    assert "2. Flowers · put together with another proposal" in asked.words
    assert "3. About a person · taken off the list by two facilitators" in asked.words
    assert "4. A trip · taken back" in asked.words
    await play.press(play.paula, "Close it")
    assert await play.items(assembly) == [
        Ending.NOT_REACHED,
        Ending.MERGED,
        Ending.TAKEN_DOWN,
        Ending.TAKEN_BACK,
    ]
    read = await play.press(play.paula, "The minutes")
    assert "How it ended: put together with another proposal" in read.words
    assert "How it ended: taken off the list by two facilitators" in read.words


async def test_words_that_were_put_back_are_on_the_list_again(play: Meeting) -> None:
    [proposal_id] = await play.propose("About a person")
    await play.convene()
    await play.open()
    said = []
    for status in ("'settled', ended = 'taken-down'", "'open', ended = NULL"):
        async with play.stage.voci.database.transaction() as tx:
            await tx.statement(f"UPDATE proposals SET status = {status} WHERE id = {proposal_id}")
        point = await play.hub("Go on with the assembly")
        if "Taken down" in point.labels:
            point = await play.press(play.paula, "Taken down")
        said.append(point.words)
    assert "Taken down." in said[0] and "Taken down." not in said[1]
    assert "Two facilitators took it down." in said[1]
    asked = await play.press(play.paula, CLOSE)
    assert "Off the list: 0. Still on it: 1." in asked.words

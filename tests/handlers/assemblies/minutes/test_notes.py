from __future__ import annotations

import struct

import pytest
from kit.meeting import Meeting
from kit.stage import Stage

from assembly.duties import Duty
from assembly.name_marks import marked_members
from handlers.assemblies.minutes.notes import SILENCE
from handlers.assemblies.minutes.presses import ShowNote, TakeNoteOut
from handlers.core.navigation import TakeNotes
from storage import duties, notes
from storage.assemblies import Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 40, 30) + b"\0" * 8
CHAIRS = "Facilitators can do this, and who chairs the assembly or takes its notes."
CLOSE = ("Close the assembly", "Close it")


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    """An open assembly at the first of two points."""
    meeting = await Meeting.gather(stage)
    await meeting.propose("A garden", "A trip")
    await meeting.convene()
    await meeting.open()
    return meeting


async def noted(play: Meeting, assembly: Assembly) -> dict[str, list[str]]:
    """What lies there, by the title of its point."""
    found: dict[str, list[str]] = {}
    points = {each.id: each.title for each in await play.points(assembly)}
    for note in await play.stage.read(notes.of_assembly, assembly.id):
        title = points.get(note.item_id or 0, "besides")
        found.setdefault(title, []).append("photo" if note.is_photo else note.words)
    return found


async def test_a_line_is_a_note_of_the_point_that_is_open(play: Meeting) -> None:
    screen = await play.press(play.paula, "Notes")
    assert "Notes: A garden" in screen.words and "each line is a note" in screen.words
    screen = await play.stage.say(play.paula, "Who digs?\n\nOn Saturday.")
    assert "1. Who digs?" in screen.words and "2. On Saturday." in screen.words
    point = await play.press(play.paula, "To the point")
    assert "Notes · 2" in point.labels
    await play.press(play.paula, "Next")
    screen = await play.stage.say(play.paula, "In May.")
    assert "Notes: A trip" in screen.words and "1. In May." in screen.words
    await play.press(play.paula, "To the point", "Next")
    screen = await play.stage.say(play.paula, "Thanks to the cooks.")
    assert "Notes: Besides the points" in screen.words
    assert await noted(play, await play.assembly()) == {
        "A garden": ["Who digs?", "On Saturday."],
        "A trip": ["In May."],
        "besides": ["Thanks to the cooks."],
    }


async def test_members_are_kept_as_marks_and_read_by_name(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    screen = await play.stage.say(play.paula, "Anna has a spade, <b>Mr Verdi</b> has none.")
    assert "1. Anna has a spade, <b>Mr Verdi</b> has none." in screen.words
    [note] = await play.stage.read(notes.of_assembly, (await play.assembly()).id)
    anna = await play.stage.member_id(play.centre, play.anna)
    assert marked_members(note.words) == {anna} and "Anna" not in note.words


async def test_a_line_is_worded_anew_and_taken_out(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    await play.stage.say(play.paula, "Who digs?\nWhere?")
    asked = await play.press(play.paula, "1", "Word it anew")
    assert "Who digs?" in asked.words and "Write how it should read." in asked.words
    screen = await play.stage.say(play.paula, "Who digs on Saturday?")
    assert "1. Who digs on Saturday?" in screen.words and "2. Where?" in screen.words
    screen = await play.stage.say(play.paula, "With whom?")
    assert "3. With whom?" in screen.words, "after that lines are added again"
    screen = await play.press(play.paula, "2", "Take it out")
    assert "Where?" not in screen.words and "2. With whom?" in screen.words


async def test_two_who_write_at_once_lose_nothing(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    await play.stage.say(play.bruno, "/facilitate")
    await play.press(play.bruno, "Go on with the assembly", "Notes")
    for number in range(3):
        play.paula.say(play.stage.bot, f"Paula {number}")
        play.bruno.say(play.stage.bot, f"Bruno {number}")
    await play.stage.settle()
    lines = (await noted(play, await play.assembly()))["A garden"]
    bruno = await play.stage.member_id(play.centre, play.bruno)
    assert len(lines) == 6 and sum(bruno in marked_members(line) for line in lines) == 3

    # Both word the same line anew: the second is told, and nothing is lost.
    for person in (play.paula, play.bruno):
        await play.stage.say(person, "And so on.")
        await play.press(person, "1", "Word it anew")
    await play.stage.say(play.paula, "By hers.")
    screen = await play.stage.say(play.bruno, "By his.")
    assert "Somebody has changed that line meanwhile." in screen.words
    assert "1. By hers." in screen.words and "9. By his." in screen.words


async def test_whoever_takes_out_what_was_changed_sees_it_first(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    await play.stage.say(play.paula, "Who digs?")
    old = await play.press(play.paula, "1")
    assembly = await play.assembly()
    [note] = await play.stage.read(notes.of_assembly, assembly.id)
    assert await play.stage.write(notes.change, play.centre.id, note, "Nobody digs.")
    await play.stage.press(play.paula, old, "Take it out")
    assert "Nobody digs." in play.stage.last(play.paula).words
    assert await noted(play, assembly) == {"A garden": ["Nobody digs."]}


async def test_a_photograph_of_the_flip_chart(play: Meeting) -> None:
    play.paula.send_photo(play.stage.bot, PICTURE)
    await play.stage.settle()
    assert "Nobody sees or hears this here." in play.stage.last(play.paula).words
    await play.hub("Go on with the assembly", "Notes")
    play.paula.send_photo(play.stage.bot, PICTURE, "The map.")
    await play.stage.settle()
    screen = play.stage.last(play.paula)
    assert "1. a photograph" in screen.words and "2. The map." in screen.words
    screen = await play.press(play.paula, "1", "Take it out")
    assert "a photograph" not in screen.words
    assert await noted(play, await play.assembly()) == {"A garden": ["The map."]}


async def test_a_killed_process_comes_back_with_the_same_notes(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    await play.stage.say(play.paula, "Who digs?")
    await play.stage.restart()
    screen = await play.stage.say(play.paula, "On Saturday.")
    assert "1. Who digs?" in screen.words and "2. On Saturday." in screen.words


async def test_what_is_typed_after_a_long_silence_is_no_note(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    await play.stage.move(SILENCE + 1)
    screen = await play.stage.say(play.paula, "I am so tired.")
    assert "so I did not note that" in screen.words
    assert await noted(play, await play.assembly()) == {}
    await play.press(play.paula, "Write notes")
    assert "1. Now." in (await play.stage.say(play.paula, "Now.")).words


async def test_once_it_is_closed_nothing_typed_is_a_note(play: Meeting) -> None:
    assembly = await play.assembly()
    screen = await play.press(play.paula, "Notes")
    await play.hub("Go on with the assembly", *CLOSE)
    said = await play.stage.say(play.paula, "I am so tired.")
    assert "Nobody reads this here." in said.words
    assert "Stop writing notes" not in screen.labels, "buttons end with what they belong to"
    assert await noted(play, assembly) == {}


async def test_a_line_that_is_too_long_is_refused_and_the_others_wait(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    refused = await play.stage.say(play.paula, "a" * 1001)
    assert "That is 1,001 characters; up to 1,000 fit in a line." in refused.words
    assert "1. a" in (await play.stage.say(play.paula, "a" * 1000)).words


async def test_nobody_else_writes_or_reads_notes(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    await play.stage.say(play.paula, "Who digs?")
    assembly = await play.assembly()
    [note] = await play.stage.read(notes.of_assembly, assembly.id)
    ids = play.centre.id, assembly.id
    card = await play.stage.say(play.anna, "/assembly")
    for data in (TakeNotes(*ids, 0), ShowNote(*ids, note.id), TakeNoteOut(*ids, note.id, 0)):
        press = await play.stage.forge(play.anna, card, data.encode())
        assert press.answer is not None and CHAIRS in press.answer.text
    assert "Who digs?" not in play.stage.last(play.anna).words
    assert await noted(play, assembly) == {"A garden": ["Who digs?"]}


async def test_a_note_of_another_assembly_is_not_reached_through_this_one(play: Meeting) -> None:
    await play.press(play.paula, "Notes")
    await play.stage.say(play.paula, "Who digs?")
    assembly = await play.assembly()
    [note] = await play.stage.read(notes.of_assembly, assembly.id)
    other = await play.stage.convene(play.centre, play.paula, 7 * 24 * 3600)
    press = TakeNoteOut(play.centre.id, other.id, note.id, 0)
    await play.stage.forge(play.paula, play.stage.last(play.paula), press.encode())
    assert await noted(play, assembly) == {"A garden": ["Who digs?"]}


async def test_whoever_takes_the_notes_finds_them_in_the_assembly(play: Meeting) -> None:
    card = await play.stage.say(play.anna, "/assembly")
    assert "Write notes" not in card.labels
    assembly = await play.assembly()
    anna = await play.stage.member_id(play.centre, play.anna)
    took = (assembly.id, Duty.RECORDER, anna, play.stage.now)
    assert await play.stage.write(duties.take, *took)
    await play.stage.say(play.anna, "/assembly")
    screen = await play.press(play.anna, "Write notes")
    assert "Notes: A garden" in screen.words and "To the point" not in screen.labels
    assert "Write a task" in screen.labels
    assert "1. Who digs?" in (await play.stage.say(play.anna, "Who digs?")).words
    await play.press(play.anna, "Stop writing notes")
    assert "Nobody reads this here." in (await play.stage.say(play.anna, "Hello")).words


async def test_a_caption_that_is_too_long_is_said_to_be_and_the_photograph_stays(
    play: Meeting,
) -> None:
    await play.press(play.paula, "Notes")
    play.paula.send_photo(play.stage.bot, PICTURE, caption="x" * 1_010)
    await play.stage.settle()
    told = play.stage.last(play.paula).words
    assert "That is 1,010 characters; up to 1,000 fit in a line." in told
    assert await noted(play, await play.assembly()) == {"A garden": ["photo"]}

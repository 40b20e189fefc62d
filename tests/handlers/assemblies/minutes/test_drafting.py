from __future__ import annotations

import struct

import pytest
from kit.meeting import Meeting
from kit.stage import HOUR, MINUTE, Stage

from assembly.duties import Duty
from assembly.minutes import fingerprint
from assembly.name_marks import marked_members
from handlers.assemblies.minutes.presses import ShowPhoto
from sandbox.chats import Message
from storage import assemblies, duties, members, minutes, notes, schedules
from storage.assemblies import Assembly
from storage.minutes import Kept

pytestmark = pytest.mark.usefixtures("no_errors")

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 40, 30) + b"\0" * 8
WAIT = 48 * HOUR


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    """An open assembly at the first of two points, with a note that names Anna."""
    meeting = await Meeting.gather(stage)
    await meeting.propose("A garden", "A trip", reason="It would be good for all.")
    await meeting.convene()
    await meeting.open()
    await meeting.press(meeting.paula, "Notes")
    await stage.say(meeting.paula, "Anna has a spade.\nMr Verdi has none.")
    await meeting.press(meeting.paula, "To the point")
    return meeting


async def close(play: Meeting) -> Assembly:
    assembly = await play.assembly()
    await play.hub("Go on with the assembly", "Close the assembly", "Close it")
    found = await play.stage.read(assemblies.by_id, assembly.id)
    assert found is not None
    return found


async def kept(play: Meeting, assembly: Assembly) -> Kept:
    found = await play.stage.read(minutes.find, play.centre.id, assembly.id)
    assert found is not None
    return found


def last_post(play: Meeting) -> Message:
    return play.stage.last(play.group)


async def test_they_are_drafted_at_closing_and_published_two_days_later(play: Meeting) -> None:
    await play.press(play.paula, "Talked about")
    assembly = await close(play)
    draft = await play.press(play.paula, "The minutes")
    assert "Minutes of" in draft.words and draft.words.count("A draft") == 1
    assert "A draft: it can be corrected until " in draft.words
    assert "1. A garden" in draft.words and "It would be good for all." in draft.words
    assert "• Anna has a spade." in draft.words
    assert "How it ended: talked about" in draft.words
    assert "2. A trip" in draft.words and "How it ended: not reached" in draft.words
    assert "people were there" not in draft.words, "nobody was counted"
    assert "The minutes" in last_post(play).labels
    posts = len(play.stage.said(play.group))

    await play.stage.move(WAIT - MINUTE)
    assert (await kept(play, assembly)).is_draft and len(play.stage.said(play.group)) == posts
    await play.stage.move(MINUTE)
    await play.stage.move(12 * HOUR)  # the night over, if it is one
    post = last_post(play)
    assert "The minutes of" in post.words and "2 points." in post.words
    assert post.labels == ["All of it"]
    assert "Anna" not in post.words and "Verdi" not in post.words
    published = await kept(play, assembly)
    assert published.hash == fingerprint(published.words)
    assert await play.stage.read(schedules.find, "minutes-publish", assembly.id) is None
    assert await play.stage.read(notes.of_assembly, assembly.id) == [], "forgotten: who wrote it"

    read = await play.stage.open_link(play.anna, post.buttons[0].url or "")
    assert "• Anna has a spade." in read.words and "draft" not in read.words
    assert "Fingerprint" in read.words


async def test_the_fingerprint_outlives_a_change_of_names_and_an_erasure(play: Meeting) -> None:
    assembly = await close(play)
    await play.stage.move(WAIT)
    before = await kept(play, assembly)
    anna = await play.stage.member_id(play.centre, play.anna)
    assert "Anna" not in before.words and anna in marked_members(before.words)
    await play.stage.write(members.rename, anna, "Annalisa")
    read = await read_by_paula(play)
    assert "• Annalisa has a spade." in read.words
    await play.stage.say(play.anna, "/me")
    await play.press(play.anna, "Erase everything", "Erase everything")
    read = await read_by_paula(play)
    assert "• a former member has a spade." in read.words and "Anna" not in read.words
    assert await kept(play, assembly) == before


async def test_one_that_is_over_before_its_time_began_before_it_ended(play: Meeting) -> None:
    assembly = await close(play)
    told = (await kept(play, assembly)).minutes
    assert assembly.closed_at is not None and assembly.closed_at < assembly.starts_at
    assert told.starts_at == assembly.opened_at and told.starts_at <= told.closed_at


async def test_whoever_erases_themselves_before_they_are_out_is_not_named_in_them(
    play: Meeting,
) -> None:
    await play.press(play.paula, "We agreed: …")
    await play.stage.say(play.paula, "Anna keeps the key of the garden.")
    await play.press(play.paula, "Tell the group", "Write a task")
    await play.stage.say(play.paula, "Ask Anna for the key")
    await play.press(play.paula, "By the next assembly")
    assembly = await close(play)
    await play.stage.say(play.anna, "/me")
    await play.press(play.anna, "Erase everything", "Erase everything")
    await play.stage.move(WAIT)
    found = await kept(play, assembly)
    assert not found.is_draft and "Anna" not in found.words
    [point] = [each for each in found.minutes.points if each.tasks]
    assert point.outcome == ("We agreed: … keeps the key of the garden.",)
    assert point.tasks[0].what == "Ask … for the key"


async def read_by_paula(play: Meeting) -> Message:
    await play.stage.say(play.paula, "/minutes")
    return await play.stage.press_each(play.paula, 0)


async def test_what_was_put_to_a_decision_stands_with_its_outcome(play: Meeting) -> None:
    await play.press(play.paula, "Put it to a decision", "Put it to everybody")
    for person, answer in ((play.paula, "Yes"), (play.anna, "Yes"), (play.bruno, "No")):
        await play.stage.press(person, play.stage.last(play.group), answer)
    assembly = await close(play)
    draft = await play.press(play.paula, "The minutes")
    assert "Still being decided: A garden?" in draft.words
    await play.stage.move(WAIT)
    told = (await kept(play, assembly)).minutes
    assert told.points[0].outcome[0].startswith("A garden?"), "it came out while they waited"
    assert "Still being decided" not in told.points[0].outcome[0]


async def test_the_draft_is_mended_at_its_points(play: Meeting) -> None:
    assembly = await close(play)
    points = await play.press(play.paula, "The minutes", "Write at its points")
    assert "1. A garden · 2" in points.words and "3. Besides the points" in points.words
    await play.press(play.paula, "2", "Write notes")
    screen = await play.stage.say(play.paula, "In May.")
    assert "Notes: A trip" in screen.words and "1. In May." in screen.words
    await play.press(play.paula, "All points", "1", "2", "Take it out")
    await play.stage.move(WAIT)
    told = (await kept(play, assembly)).minutes
    assert [len(each.notes) for each in told.points] == [1, 1]
    assert told.points[1].notes == ("In May.",)
    said = await play.stage.say(play.paula, "I am so tired.")
    assert "Nobody reads this here." in said.words


async def test_a_killed_process_publishes_them_once(play: Meeting) -> None:
    assembly = await close(play)
    await play.stage.restart()
    await play.stage.move(WAIT)
    await play.stage.restart()
    await play.stage.move(12 * HOUR)
    posts = [each for each in play.stage.said(play.group) if "The minutes of" in each.words]
    assert len(posts) == 1
    assert not (await kept(play, assembly)).is_draft


async def test_photographs_are_shown_and_go_with_who_took_them(play: Meeting) -> None:
    await play.hub("Go on with the assembly", "Notes · 2")
    play.paula.send_photo(play.stage.bot, PICTURE)
    await play.stage.settle()
    assembly = await close(play)
    await play.stage.move(WAIT)
    read = await play.stage.open_link(play.anna, last_minutes_link(play))
    assert "One photograph was taken." in read.words
    photo = await play.press(play.anna, "Photographs · 1")
    assert photo.content.get("photo") and "A garden" in photo.words
    [note] = await play.stage.read(notes.of_assembly, assembly.id)
    assert note.is_photo
    await play.stage.say(play.paula, "/me")
    await play.press(play.paula, "Erase everything", "Erase everything")
    assert await play.stage.read(notes.of_assembly, assembly.id) == []
    data = ShowPhoto(play.centre.id, assembly.id, 1).encode()
    await play.stage.forge(play.anna, play.stage.last(play.anna), data)
    assert "Photographs · 1" not in play.stage.last(play.anna).labels


async def test_a_photograph_in_which_somebody_is_goes_from_published_minutes(
    play: Meeting,
) -> None:
    await play.hub("Go on with the assembly", "Notes · 2")
    play.paula.send_photo(play.stage.bot, PICTURE)
    await play.stage.settle()
    assembly = await close(play)
    await play.stage.move(WAIT)
    await play.stage.open_link(play.anna, last_minutes_link(play))
    assert "Take it out …" not in (await play.press(play.anna, "Photographs · 1")).labels
    await play.stage.open_link(play.bruno, last_minutes_link(play))
    asked = await play.press(play.bruno, "Photographs · 1", "Take it out …")
    assert "Voci forgets it." in asked.words
    await play.press(play.bruno, "Back")
    read = await play.press(play.bruno, "Photographs · 1", "Take it out …", "Take it out")
    assert "A garden" in read.words and "Photographs · 1" not in read.labels
    assert await play.stage.read(notes.of_assembly, assembly.id) == []


def last_minutes_link(play: Meeting) -> str:
    posts = [each for each in play.stage.said(play.group) if "All of it" in each.labels]
    return posts[-1].buttons[0].url or ""


async def test_as_a_file_and_the_text_of_which_the_fingerprint_is(play: Meeting) -> None:
    assembly = await close(play)
    await play.stage.move(WAIT)
    await read_by_paula(play)
    sent = await play.press(play.paula, "As a file")
    assert sent.file is not None and sent.file.name.endswith(".md")
    assert "- Anna has a spade." in sent.file.data.decode()
    await read_by_paula(play)
    sent = await play.press(play.paula, "The text of the fingerprint")
    found = await kept(play, assembly)
    assert sent.file is not None and fingerprint(sent.file.data.decode()) == found.hash
    assert found.hash and found.hash in sent.words


async def test_the_recorder_goes_on_until_they_are_out(play: Meeting) -> None:
    assembly = await play.assembly()
    anna = await play.stage.member_id(play.centre, play.anna)
    assert await play.stage.write(duties.take, assembly.id, Duty.RECORDER, anna, play.stage.now)
    await close(play)
    told = play.stage.last(play.anna)
    assert "The minutes are drafted." in told.words
    await play.press(play.anna, "Write at its points", "1", "Write notes")
    assert "3. Who digs?" in (await play.stage.say(play.anna, "Who digs?")).words
    await play.stage.move(WAIT)
    said = await play.stage.say(play.anna, "And more.")
    assert "Nobody reads this here." in said.words
    assert await play.stage.read(duties.recorded, play.centre.id, assembly.id, anna) is False


async def test_outsiders_read_nothing(play: Meeting) -> None:
    other, group = await play.stage.centre("Casa Blu")
    hugo = await play.stage.member(other, group, "Hugo", facilitator=True)
    zoe = play.stage.world.person("Zoe")
    await close(play)
    await play.stage.move(WAIT)
    for person in (hugo, zoe):
        seen = await play.stage.open_link(person, last_minutes_link(play))
        assert "Anna" not in seen.words and "garden" not in seen.words
        assert "This is for members of a centre." in seen.words


async def test_how_many_were_there_is_told_in_bands(play: Meeting) -> None:
    await play.stage.press(play.anna, play.stage.last(play.group), "I’m here")
    await close(play)
    draft = await play.press(play.paula, "The minutes")
    assert "Fewer than 5 people were there." in draft.words


async def test_the_next_assembly_begins_with_them(play: Meeting) -> None:
    await close(play)
    await play.stage.move(WAIT)
    await play.convene()
    point = await play.open()
    assert "Minutes of the last time: all right?" in point.words
    assert "Now: ask whether they are right." in point.words
    read = await play.press(play.paula, "Read the minutes")
    assert "• Anna has a spade." in read.words
    await play.hub("Go on with the assembly", "Notes")
    noted = await play.stage.say(play.paula, "It was Bruno who has a spade.")
    assert "1. It was Bruno who has a spade." in noted.words
    await play.hub("Go on with the assembly", "Next")
    asked = await play.hub("Go on with the assembly", "Close the assembly")
    assert "Minutes of the last time" not in asked.words and "2. A garden" in asked.words
    await close(play)
    draft = await play.press(play.paula, "The minutes")
    looked_back, _, rest = draft.words.partition("2. ")
    assert "How it ended" not in looked_back, "leafed past, which is how it goes, and reached"
    assert "How it ended: not reached" in rest


async def test_one_that_is_opened_days_before_began_on_that_day_wherever_it_is_told(
    stage: Stage,
) -> None:
    play = await Meeting.gather(stage)
    await play.propose("A garden")
    assembly = await play.convene(ahead=5 * 24 * HOUR)
    planned, today = (stage.speech().day(at) for at in (assembly.starts_at, stage.now))
    await play.hub("Open the assembly", "Open it now")
    await play.press(play.paula, "Talked about", "Close the assembly", "Close it")
    await stage.move(60)
    told = [each.words for each in stage.said(play.group) if "The assembly" in each.words]
    told.append(stage.last(play.anna).words)  # what became of her proposal
    read = await play.press(play.paula, "The minutes")
    assert len(told) > 2
    for words in (*told, read.words):
        assert planned not in words and today in words


async def test_the_list_names_what_was_talked_about(play: Meeting) -> None:
    await play.press(play.paula, "Talked about")
    await close(play)
    listed = await play.stage.say(play.paula, "/minutes")
    assert "(a draft)\nA garden" in listed.words and "A trip" not in listed.words
    await play.stage.move(WAIT + MINUTE)
    await play.convene()
    await play.open()
    agenda = await play.stage.say(play.anna, "/agenda")
    assert "1. Minutes of the last time: all right?\n2. A trip · " in agenda.words
    assert agenda.labels[0] == "2"
    await play.press(play.paula, "Next")
    await play.press(play.paula, "Talked about")
    await close(play)
    for _ in range(2):
        listed = await play.stage.say(play.paula, "/minutes")
        assert "A trip" in listed.words and "A garden" in listed.words
        assert "Minutes of the last time" not in listed.words
        await play.stage.move(WAIT + MINUTE)


async def test_whoever_writes_notes_while_another_closes_reads_where_to_go_on(
    play: Meeting,
) -> None:
    await play.stage.say(play.bruno, "/facilitate")
    await play.press(play.bruno, "Go on with the assembly", "Notes · 2")
    await close(play)
    told = play.stage.last(play.bruno)
    assert told.words.startswith("The minutes are drafted.")
    assert told.labels == ["Read the minutes", "Write at its points"]
    assert "drafted" not in play.stage.last(play.paula).words, "she closed it, and read so"
    await play.press(play.bruno, "Write at its points")
    assert "A garden" in play.stage.last(play.bruno).words

from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.stage import HOUR, Stage

from handlers.assemblies.minutes.presses import ShowCorrection, TakeCorrectionBack, TakeOver
from storage import minutes
from storage.minutes import Correction, Kept

pytestmark = pytest.mark.usefixtures("no_errors")

WAIT = 48 * HOUR
WRITERS_ONLY = "Facilitators can do this, and who chairs the assembly or takes its notes."


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    """An assembly that is over, in whose minutes it says that Anna has a spade."""
    meeting = await Meeting.gather(stage)
    await meeting.propose("A garden")
    await meeting.convene()
    await meeting.open()
    await meeting.press(meeting.paula, "Notes")
    await stage.say(meeting.paula, "Anna has a spade.")
    await meeting.press(meeting.paula, "To the point", "Close the assembly", "Close it")
    await stage.move(21 * HOUR)  # into the next day
    return meeting


async def open_draft(play: Meeting) -> None:
    """Anna reads the draft, from the link under the group's summary."""
    for post in play.stage.said(play.group):
        for button in post.buttons:
            if button.label == "The minutes":
                await play.stage.open_link(play.anna, button.url or "")


async def correct(play: Meeting, words: str = "It was Bruno who has a spade.") -> None:
    await open_draft(play)
    asked = await play.press(play.anna, "Something is not right")
    assert "What is not right?" in asked.words
    await play.stage.say(play.anna, words)


async def all_of(play: Meeting) -> list[Correction]:
    kept = await the_minutes(play)
    return await play.stage.read(minutes.corrections, kept.assembly_id)


async def the_minutes(play: Meeting) -> Kept:
    [kept] = await play.stage.read(minutes.page, play.centre.id, 0, 9)
    return kept


async def test_one_is_taken_over(play: Meeting) -> None:
    await correct(play)
    mine = play.stage.last(play.anna)
    assert "It was Bruno who has a spade." in mine.words
    assert "It is with whoever writes the minutes." in mine.words
    told = play.stage.last(play.paula)
    assert "Somebody finds that something is not right in the minutes" in told.words
    assert "Anna" not in told.words
    seen = await play.press(play.paula, "Look at it")
    assert "It was Bruno who has a spade." in seen.words and "Anna" not in seen.words
    await play.press(play.paula, "To the notes", "1", "1", "Word it anew")
    await play.stage.say(play.paula, "Bruno has a spade.")
    await play.press(play.paula, "All points", "One correction", "It is in the minutes now")
    assert "No correction waits." in play.stage.last(play.paula).words
    heard = play.stage.last(play.anna)
    assert "What was not right for you" in heard.words and "The minutes say so now." in heard.words

    await play.stage.move(WAIT)
    told_in = (await the_minutes(play)).minutes
    assert told_in.corrections == () and len(told_in.points[0].notes) == 1
    assert await all_of(play) == [], "what was taken over is forgotten"


async def test_who_was_told_and_did_not_look_has_no_buttons_once_they_are_published(
    play: Meeting,
) -> None:
    await correct(play)
    told = play.stage.last(play.paula)
    assert told.labels == ["Look at it", "Read the minutes"]
    for _ in range(2):  # with one that waits they are put off once
        await play.stage.move(WAIT)
    assert not (await the_minutes(play)).is_draft
    said = [each for each in play.stage.said(play.paula) if "is not right in" in each.words]
    assert told in said and len(said) == 2
    assert [each.labels for each in said] == [[], []]


async def test_one_is_answered_and_both_stand_in_the_minutes(play: Meeting) -> None:
    await correct(play)
    await play.press(play.paula, "Look at it", "Answer it")
    await play.stage.say(play.paula, "x")
    assert "A little more, please: at least 2 characters" in play.stage.last(play.paula).words
    await play.stage.say(play.paula, "Anna showed it to us.")
    heard = play.stage.last(play.anna)
    assert "Answer: Anna showed it to us." in heard.words
    await play.stage.move(WAIT)
    assert not (await the_minutes(play)).is_draft
    await play.stage.say(play.bruno, "/minutes")
    read = await play.stage.press_each(play.bruno, 0)
    assert "Corrections" in read.words and "It was Bruno who has a spade." in read.words
    assert "Anna showed it to us." in read.words


async def test_what_somebody_said_goes_with_them_and_the_fingerprint_stays(play: Meeting) -> None:
    await correct(play)
    await play.press(play.paula, "Look at it", "Answer it")
    await play.stage.say(play.paula, "We saw it.")
    await play.stage.move(WAIT)
    before = await the_minutes(play)
    await play.stage.say(play.anna, "/me")
    await play.press(play.anna, "Erase everything", "Erase everything")
    assert await the_minutes(play) == before
    await play.stage.say(play.bruno, "/minutes")
    read = await play.stage.press_each(play.bruno, 0)
    assert "who has a spade" not in read.words
    assert "(taken back by whoever wrote it)" in read.words and "We saw it." in read.words


async def test_where_nobody_answers_they_wait_a_day_and_are_out_with_it(play: Meeting) -> None:
    await correct(play)
    heard = len(play.stage.said(play.paula))
    await play.stage.move(WAIT - 21 * HOUR)
    assert (await the_minutes(play)).is_draft
    await play.stage.move(12 * HOUR)
    assert len(play.stage.said(play.paula)) == heard + 1, "they are told once more"
    await play.stage.move(12 * HOUR)
    kept = await the_minutes(play)
    assert not kept.is_draft and len(kept.minutes.corrections) == 1


async def test_one_s_own_can_be_taken_back_until_it_is_dealt_with(play: Meeting) -> None:
    await correct(play)
    asked = await play.press(play.anna, "Take it back · 1")
    assert "What is not right?" in asked.words and "spade" not in asked.words
    assert await all_of(play) == []


async def test_three_and_no_more(play: Meeting) -> None:
    for number in range(3):
        await correct(play, f"It was {number}.")
    await open_draft(play)
    full = await play.press(play.anna, "Something is not right")
    assert "You have said as much as fits." in full.words
    said = await play.stage.say(play.anna, "And four.")
    assert "Nobody reads this here." in said.words and len(await all_of(play)) == 3
    told = [each for each in play.stage.said(play.paula) if "Somebody finds" in each.words]
    assert len(told) == 1, "one message for all of them"


async def test_two_who_deal_with_one_at_once_do_it_once(play: Meeting) -> None:
    await correct(play)
    for person in (play.paula, play.bruno):
        await play.press(person, "Look at it")
    heard = len(play.stage.said(play.anna))
    play.paula.press(play.stage.last(play.paula), "It is in the minutes now")
    play.bruno.press(play.stage.last(play.bruno), "It is in the minutes now")
    await play.stage.settle()
    assert len(play.stage.said(play.anna)) == heard + 1


async def test_too_late(play: Meeting) -> None:
    await open_draft(play)
    await play.press(play.anna, "Something is not right")
    await play.stage.move(WAIT)
    shown = await play.stage.say(play.anna, "It was Bruno.")
    assert "A garden" in shown.words, "the minutes as they are"
    assert await all_of(play) == []
    said = await play.stage.say(play.anna, "And now?")
    assert "Nobody reads this here." in said.words


async def test_only_who_writes_the_minutes_deals_with_them(play: Meeting) -> None:
    await correct(play)
    [found] = await all_of(play)
    ids = play.centre.id, found.assembly_id, found.id
    card = play.stage.last(play.anna)
    for press in (ShowCorrection(*ids), TakeOver(*ids)):
        pressed = await play.stage.forge(play.anna, card, press.encode())
        assert pressed.answer is not None and pressed.answer.text == WRITERS_ONLY
    await play.stage.forge(
        play.bruno, play.stage.last(play.bruno), TakeCorrectionBack(*ids).encode()
    )
    assert [each.status for each in await all_of(play)] == ["open"]


async def test_a_restart_loses_nothing_of_it(play: Meeting) -> None:
    await open_draft(play)
    await play.press(play.anna, "Something is not right")
    await play.stage.restart()
    await play.stage.say(play.anna, "It was Bruno.")
    assert [each.status for each in await all_of(play)] == ["open"]


async def test_who_said_it_is_not_known_by_who_was_not_told(play: Meeting) -> None:
    for post in play.stage.said(play.group):
        for button in post.buttons:
            if button.label == "The minutes":
                await play.stage.open_link(play.paula, button.url or "")
    await play.press(play.paula, "Something is not right")
    await play.stage.say(play.paula, "It was Bruno who has a spade.")
    for person in (play.paula, play.bruno):
        told = [each for each in play.stage.said(person) if "Somebody finds" in each.words]
        assert len(told) == 1


async def test_what_comes_after_another_was_dealt_with_is_told_too(play: Meeting) -> None:
    def told() -> int:
        return sum(
            "finds that something is not right" in each.words
            for each in play.stage.said(play.bruno)
        )

    await correct(play)
    await correct(play, "And it is a fork.")
    assert told() == 1, "both wait, and one message says so"
    for correction in await all_of(play):
        press = TakeOver(play.centre.id, correction.assembly_id, correction.id)
        await play.stage.forge(play.paula, play.stage.last(play.paula), press.encode())
    await correct(play, "It was on Tuesday.")
    await play.stage.move(60)
    assert told() == 2
    [mine] = [each for each in await all_of(play) if each.status == "open"]
    back = TakeCorrectionBack(play.centre.id, mine.assembly_id, mine.id)
    for _ in range(3):
        await play.stage.forge(play.anna, play.stage.last(play.anna), back.encode())
        await play.stage.say(play.anna, "It was on Tuesday.")
        [mine] = [each for each in await all_of(play) if each.status == "open"]
        back = TakeCorrectionBack(play.centre.id, mine.assembly_id, mine.id)
    await play.stage.move(60)
    assert told() == 2, "who takes it back and says it again calls nobody"

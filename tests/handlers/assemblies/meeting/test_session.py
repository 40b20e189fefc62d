from __future__ import annotations

import pytest
from kit.meeting import HOUR, Meeting
from kit.phrases import ASK_TO_JOIN, CLOSE_NOW, I_AM_COMING, PUT_TO_EVERYBODY
from kit.stage import Stage

from assembly.endings import Ending
from assembly.session import Way
from handlers.assemblies.presses import CloseAssembly, OpenAssembly, Step
from handlers.core.navigation import ShowSession
from storage import barred_chats, proposals, schedules
from storage.erasure.shredder import Shredder

pytestmark = pytest.mark.usefixtures("no_errors")

NOT_REACHED = Ending.NOT_REACHED
TALKED, GOES_ON, REOPEN = "Talked about", "Goes on next time", "It has not ended yet"


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def test_a_facilitator_opens_walks_and_closes(play: Meeting) -> None:
    ids = await play.propose("A quiet room", "A trip in spring", "More plants", reason="It helps.")
    assembly = await play.convene()
    point = await play.open()
    assert "1 of 3: A quiet room" in point.words
    assert "It helps." in point.words and "By Anna." in point.words
    assert point.labels[-2:] == ["How many without a phone", "More"]
    assert "NOT voting by phone" in point.words
    more = await play.press(play.paula, "More")
    assert "How many without a phone" in more.labels
    assert "NOT voting by phone" not in more.words, "asked once, at the point itself"
    assert more.labels[0] == "Put it to a decision"
    last = ["How many without a phone", "Close the assembly", "Facilitator’s menu", "Back"]
    assert more.labels[-4:] == last
    assert "1 of 3: A quiet room" in (await play.press(play.paula, "Back")).words
    opening = play.stage.last(play.group)
    assert "The assembly is open." in opening.words
    assert "First of 3 points: A quiet room" in opening.words
    assert await play.status(assembly) == "open"

    assert "2 of 3: A trip in spring" in (await play.press(play.paula, "Next")).words
    assert "1 of 3" in (await play.press(play.paula, "The one before")).words
    assert "2 of 3" in (await play.press(play.paula, "Next")).words
    goes_on = await play.press(play.paula, GOES_ON)
    assert "2 of 3" in goes_on.words
    assert "Goes on next time: it stays on the list." in goes_on.words
    assert "3 of 3: More plants" in (await play.press(play.paula, "Next")).words
    talked = await play.press(play.paula, TALKED)
    assert "3 of 3: More plants" in talked.words
    assert "Talked about: it leaves the list when you close the assembly." in talked.words
    assert TALKED not in talked.labels and REOPEN in talked.labels
    end = await play.press(play.paula, "Next")
    assert "That was the last point." in end.words
    asked = await play.press(play.paula, "Close the assembly")
    assert asked.words == (
        "Close the assembly?\n\n"
        "This is how the points end. Press a number to change one:\n"
        "1. A quiet room · not reached\n"
        "2. A trip in spring · goes on next time\n"
        "3. More plants · talked about\n\n"
        "Off the list: 1. Still on it: 2.\n"
        "The group gets a summary."
    )
    left = "Off the list now:\n• More plants · talked about\n\n"
    left += "Still on the list for next time:\n"
    left += "• A quiet room · not reached\n• A trip in spring · goes on next time"
    closed = await play.press(play.paula, "Close it")
    assert "The assembly is closed." in closed.words and left in closed.words

    assert await play.status(assembly) == "closed"
    assert await play.items(assembly) == [NOT_REACHED, Ending.GOES_ON, Ending.TALKED]
    async with play.stage.voci.database.reading() as tx:
        found = [await proposals.get(tx, play.centre.id, each) for each in ids]
    assert [each and each.status for each in found] == ["open", "open", "settled"]
    summary = play.stage.last(play.group)
    assert "Nothing was put to a decision this time." in summary.words
    assert left in summary.words
    assert summary.labels == [ASK_TO_JOIN, "The minutes"]


async def test_looking_through_the_points_settles_nothing(play: Meeting) -> None:
    ids = await play.propose(*(f"Point number {number}" for number in range(1, 6)))
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, *["Next"] * 5)
    asked = await play.press(play.paula, "Close the assembly")
    assert "Off the list: 0. Still on it: 5." in asked.words
    await play.press(play.paula, "Close it")
    assert await play.items(assembly) == [NOT_REACHED] * 5
    found = await play.stage.read(proposals.agenda, play.centre.id)
    assert [each.id for each in found.items] == ids


async def test_how_a_point_ended_can_be_taken_back(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, TALKED, "Next", "The one before")
    assert await play.items(assembly) == [Ending.TALKED, None], "moving on changes nothing"
    reopened = await play.press(play.paula, REOPEN)
    assert TALKED in reopened.labels and "leaves the list" not in reopened.words
    assert await play.items(assembly) == [None, None]


async def test_what_its_author_took_back_neither_leaves_nor_stays(play: Meeting) -> None:
    gone, _ = await play.propose("A quiet room", "A trip in spring")
    await play.convene()
    author_id = await play.stage.member_id(play.centre, play.anna)
    await play.stage.write(proposals.withdraw, play.centre.id, gone, author_id)
    await play.open()
    asked = await play.press(play.paula, "Close the assembly")
    assert "1. A quiet room · taken back" in asked.words
    assert "Off the list: 0. Still on it: 1." in asked.words
    await play.press(play.paula, "Close it")
    summary = play.stage.last(play.group).words
    assert "A quiet room" not in summary and "A trip in spring" in summary


async def test_the_group_hears_three_things(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.convene()
    await play.open()
    await play.press(play.paula, TALKED, "Close the assembly", "Close it")
    await play.stage.move(30)
    announcement, opening, summary = play.stage.said(play.group)
    assert "is over" in announcement.words and announcement.labels == []
    assert "is over" in opening.words and opening.labels == []
    assert "The assembly of" in summary.words


async def test_whoever_proposed_it_hears_what_became_of_it(play: Meeting) -> None:
    await play.propose("Shall we open on Saturdays?", "A quiet <room>", "A trip in spring")
    await play.convene()
    await play.open()
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    await play.press(play.paula, CLOSE_NOW, CLOSE_NOW, "Go on with the assembly")
    await play.press(play.paula, GOES_ON, "Next", TALKED, "Next", "Close the assembly", "Close it")
    await play.stage.move(30)
    told = [message.words for message in play.stage.said(play.anna)]
    told = [words for words in told if "talked about" in words]
    assert told == [
        "Centro Aurora: what became of your proposal\n\n"
        "Shall we open on Saturdays?\nOn Wednesday 3 December it was talked about. It goes on next "
        "time.\nNot decided: too few took part.",
        "Centro Aurora: what became of your proposal\n\nA quiet <room>\n"
        "On Wednesday 3 December it was talked about, and is off the list now.",
    ]
    assert play.stage.last(play.anna).labels == ["Home"]
    assert all("your proposal" not in each.words for each in play.stage.said(play.bruno))


async def test_at_night_the_news_wait_for_the_morning(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.convene()
    await play.open()
    await play.stage.move(9 * HOUR)
    await play.hub("Go on with the assembly", TALKED, "Close the assembly", "Close it")
    await play.stage.move(30)
    assert "talked about" not in play.stage.last(play.anna).words
    await play.stage.move(12 * HOUR)
    assert "talked about" in play.stage.last(play.anna).words


async def test_from_a_question_the_way_leads_back_to_the_agenda(play: Meeting) -> None:
    await play.propose("Shall we open on Saturdays?", "A trip in spring")
    await play.convene()
    await play.open()
    put = await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    assert "Go on with the assembly" in put.labels
    point = await play.press(play.paula, "Go on with the assembly")
    assert "Still being decided: Shall we open on Saturdays?" in point.words
    assert "Put it to a decision" not in point.labels
    await play.press(play.paula, "See the question", CLOSE_NOW, CLOSE_NOW)
    back = await play.press(play.paula, "Go on with the assembly")
    assert "Shall we open on Saturdays? Not decided: too few took part." in back.words
    assert "Next" in back.labels
    assert "Put it to a decision" in (await play.press(play.paula, "More")).labels
    await play.stage.say(play.anna, "/decide")
    seen = await play.press(play.anna, "Shall we open on Saturdays?")
    assert "Go on with the assembly" not in seen.labels


async def test_the_summary_says_what_was_decided_and_what_comes_next(play: Meeting) -> None:
    await play.propose("Shall we open on Saturdays?", "A trip in <spring>")
    await play.convene()
    await play.open()
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    await play.stage.move(11 * 60)
    await play.hub("Go on with the assembly", TALKED, "Next")
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    await play.convene(20 * 24 * HOUR)
    await play.hub("Go on with the assembly")
    asked = await play.press(play.paula, "Close the assembly")
    assert "2. A trip in <spring> · goes on next time" in asked.words
    assert "One decision is still open: it goes on until its time." in asked.words
    await play.press(play.paula, "Close it")
    assert play.stage.last(play.group).words == (
        "What we decided on Wednesday 3 December\n"
        "Shall we open on Saturdays? Not decided: too few took part.\n"
        "Still being decided: A trip in <spring>?\n\n"
        "Off the list now:\n• Shall we open on Saturdays? · talked about\n\n"
        "Still on the list for next time:\n• A trip in <spring> · goes on next time\n\n"
        "The next assembly: Tuesday 23 December, 13:11."
    )


async def test_opening_early_asks_once_and_fixes_the_agenda(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene(72 * HOUR)
    assert assembly.frozen_at is None
    asked = await play.open()
    assert "Open it already?" in asked.words
    assert await play.status(assembly) == "convened"
    assert "Open the assembly" in (await play.press(play.paula, "Not yet")).labels
    await play.press(play.paula, "Open the assembly", "Open it now")
    assert await play.status(assembly) == "open"
    await play.propose("Too late for this one")
    assert await play.items(assembly) == [None]
    async with play.stage.voci.database.reading() as tx:
        for kind in ("freeze", "reminder-7d", "reminder-24h", "reminder-2h", "today"):
            assert await schedules.find(tx, f"assembly-{kind}", assembly.id) is None


async def test_an_assembly_without_points_can_be_held(play: Meeting) -> None:
    assembly = await play.convene()
    end = await play.open()
    assert "Nothing is on the list." in end.words
    assert "what is on our minds" in play.stage.last(play.group).words
    await play.press(play.paula, "Close the assembly", "Close it")
    assert await play.status(assembly) == "closed"
    assert "stay" not in play.stage.last(play.group).words


async def test_closing_in_the_middle_keeps_the_rest_on_the_list(play: Meeting) -> None:
    ids = await play.propose("A quiet room", "A trip in spring", "More plants")
    assembly = await play.convene()
    await play.open()
    await play.press(play.paula, TALKED, "Next")
    asked = await play.press(play.paula, "Close the assembly")
    assert "2. A trip in spring · not reached\n3. More plants · not reached" in asked.words
    assert "2 of 3" in (await play.press(play.paula, "Not yet")).words
    await play.press(play.paula, "Close the assembly", "Close it")
    assert await play.items(assembly) == [Ending.TALKED, NOT_REACHED, NOT_REACHED]
    found = await play.stage.read(proposals.agenda, play.centre.id)
    assert [each.id for each in found.items] == ids[1:]
    following = await play.convene(2 * HOUR)
    assert await play.items(following) == [None, None, None], "with the minutes of this one"


async def test_who_was_there_leaves_the_log_of_the_database_once_it_is_closed(
    play: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    shredded: list[str] = []

    async def shred(_: Shredder) -> None:
        shredded.append(await play.status(assembly))

    monkeypatch.setattr(Shredder, "shred", shred)
    await play.propose("A quiet room")
    assembly = await play.convene()
    await play.open()
    assert shredded == []
    await play.press(play.paula, "Close the assembly", "Close it")
    assert shredded == ["closed"], "once, after the commit"


async def test_two_facilitators_walk_together(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", "More plants")
    assembly = await play.convene()
    first = await play.open()
    await play.stage.say(play.bruno, "/facilitate")
    second = await play.press(play.bruno, "Go on with the assembly")
    assert "1 of 3" in second.words
    one, two = play.paula.press(first, TALKED), play.bruno.press(second, "Next")
    await one.answered()
    await two.answered()
    await play.stage.settle()
    assert "2 of 3" in play.stage.last(play.bruno).words
    assert await play.items(assembly) == [Ending.TALKED, None, None]


async def test_two_facilitators_who_open_at_once_open_once(play: Meeting) -> None:
    await play.propose("A quiet room")
    await play.convene()
    for person in (play.paula, play.bruno):
        await play.stage.say(person, "/facilitate")
    presses = [
        person.press(play.stage.last(person), "Open the assembly")
        for person in (play.paula, play.bruno)
    ]
    for press in presses:
        await press.answered()
    await play.stage.settle()
    assert all("1 of 1" in play.stage.last(each).words for each in (play.paula, play.bruno))
    openings = [each for each in play.stage.said(play.group) if "is open" in each.words]
    assert len(openings) == 1


async def test_an_old_screen_shows_where_things_stand(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring", "More plants")
    assembly = await play.convene()
    screen = await play.open()
    await play.press(play.paula, "Next", "Next")
    stale = Step(play.centre.id, assembly.id, 1, Way.NEXT).encode()
    for data in (stale, f"stp:{play.centre.id}:{assembly.id}:1:d"):
        play.paula.forge_press(screen, data)
        await play.stage.settle()
        assert "3 of 3" in play.stage.last(play.paula).words
    assert await play.items(assembly) == [None, None, None]


async def test_one_assembly_is_open_at_a_time(play: Meeting) -> None:
    await play.convene()
    await play.open()
    other = await play.convene(HOUR + 600)
    hub = await play.stage.say(play.paula, "/facilitate")
    play.paula.forge_press(hub, OpenAssembly(play.centre.id, other.id, sure=True).encode())
    await play.stage.settle()
    assert "still open" in play.stage.last(play.paula).words
    assert await play.status(other) == "convened"
    await play.press(play.paula, "Go there", "Close the assembly", "Close it")
    assert "Open the assembly" in (await play.press(play.paula, "Back")).labels


async def test_what_the_author_took_back_is_said(play: Meeting) -> None:
    [proposal_id] = await play.propose("A quiet room", reason="It helps.")
    await play.convene()
    author_id = await play.stage.member_id(play.centre, play.anna)
    await play.stage.write(proposals.withdraw, play.centre.id, proposal_id, author_id)
    point = await play.open()
    assert "has since taken it back" in point.words


async def test_an_assembly_long_past_can_not_be_opened(play: Meeting) -> None:
    assembly = await play.convene()
    hub = await play.stage.say(play.paula, "/facilitate")
    await play.stage.move(14 * HOUR)
    await play.stage.press(play.paula, hub, "Open the assembly")
    assert await play.status(assembly) == "convened"
    assert "This assembly is not open." in play.stage.last(play.paula).words
    answer = await play.stage.press(play.anna, play.stage.last(play.group), I_AM_COMING)
    assert answer.answer is not None and "did not take place" in answer.answer.text


async def test_after_closing_nothing_of_it_can_be_pressed(play: Meeting) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    screen = await play.open()
    await play.press(play.paula, "Close the assembly", "Close it")
    said = len(play.stage.said(play.group))
    for data in (
        Step(play.centre.id, assembly.id, 1, Way.NEXT),
        ShowSession(play.centre.id, assembly.id),
        CloseAssembly(play.centre.id, assembly.id, sure=True),
        OpenAssembly(play.centre.id, assembly.id, sure=True),
    ):
        play.paula.forge_press(screen, data.encode())
        await play.stage.settle()
        assert "This assembly is closed." in play.stage.last(play.paula).words
    assert len(play.stage.said(play.group)) == said
    assert await play.items(assembly) == [NOT_REACHED]


@pytest.mark.parametrize("position", [0, -1, 3, 999])
async def test_nobody_walks_off_the_agenda(play: Meeting, position: int) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    screen = await play.open()
    for way in Way:
        data = Step(play.centre.id, assembly.id, position, way).encode()
        play.paula.forge_press(screen, data)
        await play.stage.settle()
    assert "1 of 1" in play.stage.last(play.paula).words
    assert await play.items(assembly) == [None]


async def test_only_facilitators_of_the_centre_walk_and_only_in_private(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    assembly = await play.convene()
    await play.open()
    other, zoe, zoes = await play.elsewhere()
    outsider = play.stage.world.person("Otto", language_code="en")
    post = play.stage.last(play.group)
    centre_id = play.centre.id
    forged = (
        Step(centre_id, assembly.id, 1, Way.NEXT),
        CloseAssembly(centre_id, assembly.id, sure=True),
        ShowSession(centre_id, assembly.id),
        OpenAssembly(centre_id, assembly.id, sure=True),
    )
    for person, message in ((play.anna, post), (zoe, zoes), (outsider, post), (play.paula, post)):
        for press in forged:
            answer = await person.forge_press(message, press.encode()).answered()
            assert answer.show_alert and answer.text
    for press in (
        Step(other.id, assembly.id, 1, Way.NEXT),
        CloseAssembly(other.id, assembly.id, sure=True),
        ShowSession(other.id, assembly.id),
        OpenAssembly(other.id, assembly.id, sure=True),
    ):
        zoe.forge_press(zoes, press.encode())
        await play.stage.settle()
        assert "A quiet room" not in play.stage.last(zoe).words
    assert await play.items(assembly) == [None, None]
    assert await play.status(assembly) == "open"


async def test_the_walk_survives_a_restart(play: Meeting) -> None:
    await play.propose("A quiet room", "A trip in spring")
    await play.convene()
    await play.open()
    await play.press(play.paula, "Next")
    await play.stage.restart()
    assert "1 of 2" in (await play.press(play.paula, "The one before")).words


async def test_where_voci_may_not_write_nobody_is_told_that_the_group_is_told(
    play: Meeting,
) -> None:
    kept = "It is kept, and comes when I may."
    play.stage.operator.restrict(play.group, play.stage.bot)
    await play.stage.settle()
    await play.convene()
    announced = play.stage.last(play.paula)
    assert kept in announced.words and "told now" not in announced.words
    hub = await play.hub()
    opened = await play.stage.press(play.paula, hub, "Open the assembly")
    assert opened.answer is not None and kept in opened.answer.text
    play.stage.operator.restrict(play.group, play.stage.bot, may_write=True)
    await play.stage.move(60)
    assert [each.words.splitlines()[0] for each in play.stage.said(play.group)][1:] == [
        "The assembly is open."
    ]


async def test_where_voci_may_not_write_the_summary_is_not_said_to_be_on_its_way(
    play: Meeting,
) -> None:
    await play.convene()
    await play.open()
    await play.stage.write(barred_chats.bar, play.group.id, play.stage.now)
    closed = await play.press(play.paula, "Close the assembly", "Close it")
    assert "is kept, and comes when I may write there" in closed.words


async def test_a_point_says_in_five_lines_and_eight_buttons_what_is_used_most(
    play: Meeting,
) -> None:
    await play.propose("A quiet room", "A trip", reason="It helps.")
    await play.convene()
    await play.open()
    await play.press(play.paula, "Close the assembly", "Close it")
    await play.stage.move(24 * HOUR)
    await play.convene()
    await play.open()
    point = await play.press(play.paula, "Next", "Next")
    assert "It has waited since" in point.words
    told = []
    for button in ("The one before", "We agreed: …", "Next", TALKED, "The one before"):
        point = await play.press(play.paula, button)
        if button == "We agreed: …":
            await play.stage.say(play.paula, "We paint it green.")
            await play.press(play.paula, "Tell the group")
            point = await play.hub("Go on with the assembly")
        told.append((point.words, point.labels))
    for words, labels in told:
        said, _, cue = words.rpartition("\n\n")
        assert len(said.splitlines()) <= 5 and cue.startswith("Now: "), words
        assert len(labels) <= 8 and "Next" in labels[:2] and labels[-1] == "More"

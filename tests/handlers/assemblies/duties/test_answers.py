"""What whoever is asked says, what facilitators take, and what everybody sees of it."""

from __future__ import annotations

import pytest
from kit.phrases import CHAIRS_ONLY, FACILITATORS_ONLY
from kit.stage import DAY, HOUR

from assembly.duties import Duty
from assembly.session import Way
from handlers.assemblies.duty_presses import AnswerDuty, GiveDutyUp, TakeDuty, TellMyName
from handlers.assemblies.presses import CloseAssembly, OpenAssembly, Step
from handlers.assemblies.reordering_presses import AskWhy, ChoosePlace
from handlers.assemblies.timing_presses import PlanTime, SetTime
from handlers.core.navigation import ShowSession
from sandbox.people import Person
from storage import points
from storage.assemblies import Assembly

from .conftest import NOT_THIS_TIME, YES, Cast

pytestmark = pytest.mark.usefixtures("no_errors")

CHAIR, RECORDER = Duty.CHAIR, Duty.RECORDER


async def chaired(play: Cast, ahead: int = 3 * HOUR) -> Assembly:
    """An assembly that Anna, who doesn't facilitate, has agreed to chair."""
    await play.wish(CHAIR, play.anna)
    assembly = await play.convene_and_look(ahead)
    await play.says(play.anna, YES)
    return assembly


async def card(play: Cast, person: Person) -> str:
    return (await play.stage.say(person, "/assembly")).words


async def test_the_name_is_told_only_where_they_want_it(play: Cast) -> None:
    await chaired(play)
    asked = play.stage.last(play.anna)
    assert "You chair the assembly on" in asked.words
    assert asked.labels == ["Tell my name", "Don’t tell it"]
    await play.stage.press_each(play.anna, "Don’t tell it")
    assert "Anna" not in await card(play, play.carlo)
    overview = await play.stage.press_each(play.carlo, "Chair and notes")
    assert "Chair: somebody has said yes" in overview.words and "Anna" not in overview.words
    await card(play, play.anna)
    await play.stage.press_each(play.anna, "Chair and notes", "Tell my name")
    await play.later(60)
    assert "Chair: Anna" in await card(play, play.carlo)
    assert "Chair: Anna" in play.stage.last(play.group).words
    await play.stage.press_each(play.anna, "Don’t tell my name")
    await play.later(60)
    assert "Anna" not in await card(play, play.carlo)
    assert "Anna" not in play.stage.last(play.group).words


async def test_a_yes_can_be_taken_back_until_it_opens(play: Cast) -> None:
    await play.wish(CHAIR, play.carlo)
    assembly = await chaired(play, 5 * HOUR)
    await card(play, play.anna)
    sure = await play.stage.press_each(play.anna, "Chair and notes", "I can’t after all")
    assert "Somebody else is asked then." in sure.words
    assert await play.leads(assembly) == "Anna"
    await play.stage.press_each(play.anna, "I do it", "I can’t after all", "Ask somebody else")
    await play.later(0)
    assert await play.leads(assembly) is None
    assert play.all_asked() == ["Carlo"]
    await play.says(play.carlo, YES)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly", "Open it now")
    data = GiveDutyUp(play.centre.id, assembly.id, sure=True).encode()
    await play.stage.forge(play.carlo, play.stage.last(play.carlo), data)
    assert await play.leads(assembly) == "Carlo"


async def test_an_answer_that_comes_too_late_takes_nothing_away(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    assembly = await play.convene_and_look(5 * HOUR)
    question = play.asked(play.anna)[0]
    await play.stage.say(play.bruno, "/facilitate")
    await play.stage.press_each(play.bruno, "Chair and notes", "I’ll chair")
    assert await play.leads(assembly) == "Bruno"
    late = AnswerDuty(play.centre.id, assembly.id, CHAIR, yes=True).encode()
    press = await play.stage.forge(play.anna, question, late)
    assert press.answer is not None and "this is settled by now" in press.answer.text
    no = AnswerDuty(play.centre.id, assembly.id, CHAIR, yes=False).encode()
    await play.stage.forge(play.anna, play.stage.last(play.anna), no)
    assert await play.leads(assembly) == "Bruno"


async def test_two_facilitators_who_press_at_once(play: Cast) -> None:
    assembly = await play.convene(3 * HOUR)
    for person in (play.paula, play.bruno):
        await play.stage.say(person, "/facilitate")
        await play.stage.press_each(person, "Chair and notes")
    both = [
        person.press(play.stage.last(person), "I’ll chair") for person in (play.paula, play.bruno)
    ]
    for press in both:
        await press.answered()
    await play.stage.settle()
    assert await play.leads(assembly) in ("Paula", "Bruno")
    told = [each.answer.text for each in both if each.answer is not None and each.answer.text]
    assert told == ["Somebody else does it already."]
    rows = await play.stage.rows("SELECT status FROM assembly_duties")
    assert [row["status"] for row in rows] == ["yes"]


async def test_whoever_chairs_opens_it_walks_through_it_and_closes_it(play: Cast) -> None:
    await play.stage.propose(play.centre, play.carlo, "A quiet room")
    assembly = await chaired(play)
    assert "Open the assembly" not in (await play.stage.say(play.anna, "/assembly")).labels
    await play.later(HOUR)  # two hours before it starts
    shown = await play.stage.say(play.anna, "/assembly")
    assert shown.labels[0] == "Open the assembly"
    point = await play.stage.press_each(play.anna, "Open the assembly")
    assert "1 of 1: A quiet room" in point.words
    assert "Now: ask who would like to begin." in point.words
    more = await play.stage.press_each(play.anna, "More")
    assert "Home" in more.labels and "Facilitator’s menu" not in more.labels
    preview = await play.stage.press_each(play.anna, "Put it to a decision")
    assert "Shall" in preview.words or "A quiet room" in preview.words
    back = await play.stage.press_each(play.anna, "Leave it")
    assert "1 of 1" in back.words, "back at the point, not in the facilitators' menu"
    await play.stage.press_each(play.anna, "Close the assembly")
    closed = await play.stage.press_each(play.anna, "Close it")
    assert "closed" in closed.words
    assert await play.stage.status(assembly) == "closed"
    home = await play.stage.press_each(play.anna, "Back")
    assert "Centro Aurora" in home.words and "For facilitators" not in home.words
    for press in (
        Step(play.centre.id, assembly.id, 1, Way.NEXT),
        ShowSession(play.centre.id, assembly.id),
        CloseAssembly(play.centre.id, assembly.id, sure=True),
    ):
        told = await play.stage.forge(play.anna, play.stage.last(play.anna), press.encode())
        assert told.answer is not None and told.answer.text == CHAIRS_ONLY


async def test_a_card_that_follows_has_the_way_in_for_whoever_leads_and_writes(play: Cast) -> None:
    await play.wish(RECORDER, play.dora)
    await chaired(play)
    await play.says(play.dora, YES)
    for person in (play.anna, play.dora, play.carlo, play.bruno):
        await card(play, person)
        labels = play.stage.last(person).labels
        assert "Go on with the assembly" not in labels, "it is not open"
        await play.stage.press_each(person, "Remind me here too")
    await play.later(2 * HOUR)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly")
    await play.later(60)
    people = (play.anna, play.dora, play.carlo, play.bruno)
    shown = [play.stage.last(each).labels for each in people]
    assert shown[0][0] == "Go on with the assembly"
    assert shown[1][0] == "Write notes"
    assert shown[2][0] == "I’m here"
    assert shown[3][0] == "Go on with the assembly", "who facilitates"


async def test_of_another_assembly_they_have_no_power(play: Cast) -> None:
    assembly = await chaired(play)
    other = await play.convene(5 * HOUR)
    await play.later(HOUR)
    open_other = OpenAssembly(play.centre.id, other.id, sure=True).encode()
    told = await play.stage.forge(play.anna, play.stage.last(play.anna), open_other)
    assert told.answer is not None and told.answer.text == CHAIRS_ONLY
    assert await play.stage.status(other) == "convened"
    take = TakeDuty(play.centre.id, assembly.id, RECORDER).encode()
    told = await play.stage.forge(play.anna, play.stage.last(play.anna), take)
    assert told.answer is not None and told.answer.text == FACILITATORS_ONLY


async def test_while_theirs_is_open_the_points_of_another_are_not_theirs(play: Cast) -> None:
    for title in ("A quiet room", "A trip in spring"):
        await play.stage.propose(play.centre, play.carlo, title)
    other = await play.convene(23 * HOUR)
    items = await play.stage.read(points.items, other.id)
    await chaired(play)
    await play.later(2 * HOUR)
    await card(play, play.anna)
    open_one = await play.stage.press_each(play.anna, "Open the assembly")
    for press in (
        ChoosePlace(play.centre.id, items[0].id, 0),
        AskWhy(play.centre.id, items[0].id, items[0].position, items[0].position + 1),
        PlanTime(play.centre.id, items[0].id, 0),
        SetTime(play.centre.id, items[0].id, 0, 15),
    ):
        told = await play.stage.forge(play.anna, open_one, press.encode())
        assert told.answer is not None and told.answer.text == CHAIRS_ONLY, press
    assert await play.stage.read(points.items, other.id) == items


async def test_when_both_phones_die_any_facilitator_goes_on_at_the_same_point(
    play: Cast,
) -> None:
    for title in ("A quiet room", "A trip in spring"):
        await play.stage.propose(play.centre, play.carlo, title)
    await play.wish(RECORDER, play.dora)
    await chaired(play)
    await play.says(play.dora, YES)
    await play.later(2 * HOUR)
    await play.stage.say(play.anna, "/assembly")
    await play.stage.press_each(play.anna, "Open the assembly", "Next")
    await play.stage.restart()
    await play.stage.say(play.bruno, "/facilitate")
    point = await play.stage.press_each(play.bruno, "Go on with the assembly")
    assert "2 of 2" in point.words
    await card(play, play.bruno)
    assert play.stage.last(play.bruno).labels[0] == "Go on with the assembly", (
        "under /assembly, too"
    )
    assert "2 of 2" in (await play.stage.press_each(play.bruno, "Go on with the assembly")).words
    await card(play, play.carlo)
    assert "Go on with the assembly" not in play.stage.last(play.carlo).labels


async def test_whoever_chairs_is_told_when_it_is_time(play: Cast) -> None:
    assembly = await chaired(play)
    await play.later(3 * HOUR)
    told = play.stage.last(play.anna)
    assert "It is time for the assembly" in told.words
    await play.stage.press_each(play.anna, "Open the assembly")
    assert await play.stage.status(assembly) == "open"


async def test_everybody_sees_how_often_each_role_has_and_nobody_who(play: Cast) -> None:
    await chaired(play)
    await play.later(2 * HOUR)
    await play.stage.say(play.anna, "/assembly")
    await play.stage.press_each(play.anna, "Open the assembly", "Close the assembly", "Close it")
    await play.convene(2 * DAY)
    await play.stage.say(play.carlo, "/assembly")
    seen = await play.stage.press_each(play.carlo, "Chair and notes")
    assert "Chair: users 1, families 0, professionals 0" in seen.words
    assert "Anna" not in seen.words
    assert "Notes: nobody yet" in seen.words


async def test_the_wish_is_a_switch_of_ones_own(play: Cast) -> None:
    await play.stage.say(play.anna, "/me")
    shown = await play.stage.press_each(play.anna, "Chairing and notes")
    assert "You are not asked at the moment." in shown.words
    shown = await play.stage.press_each(play.anna, "I’d like to chair now and then")
    assert "whether you chair." in shown.words
    shown = await play.stage.press_each(play.anna, "I’d like to take notes now and then")
    assert "whether you chair, or take notes." in shown.words
    shown = await play.stage.press_each(play.anna, "Chair no longer")
    assert "whether you take notes." in shown.words
    assert (await play.stage.press_each(play.anna, "Back")).words.startswith(
        "Questions and reminders"
    )


async def test_a_wish_while_somebody_is_looked_for_is_heard_at_once(play: Cast) -> None:
    await play.convene_and_look(5 * HOUR)
    await play.stage.say(play.anna, "/me")
    await play.stage.press_each(play.anna, "Chairing and notes", "I’d like to chair now and then")
    await play.later(0)
    assert play.all_asked() == ["Anna"]


async def test_of_an_assembly_that_is_over_nothing_can_be_said(play: Cast) -> None:
    assembly = await chaired(play)
    await play.later(2 * HOUR)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly", "Close the assembly", "Close it")
    ids = play.centre.id, assembly.id
    for press in (
        AnswerDuty(*ids, CHAIR, yes=True),
        TellMyName(*ids, on=True),
        GiveDutyUp(*ids, sure=True),
    ):
        await play.stage.forge(play.anna, play.stage.last(play.anna), press.encode())
        assert "nobody has a duty any more" in play.stage.last(play.anna).words
    assert await play.stage.rows("SELECT * FROM assembly_duties") == []


async def test_not_this_time_is_a_way_back(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    await play.convene_and_look(5 * HOUR)
    shown = await play.says(play.anna, NOT_THIS_TIME)
    assert "somebody else is asked" in shown.words and shown.labels == ["Home"]

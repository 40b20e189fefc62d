"""The assembly in one's own calendar: read by a second library, as a calendar would."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import takewhile

import pytest
import vobject
from kit.regular import Regular, regular
from kit.stage import DAY, Stage

from assembly import series as rules
from handlers.assemblies.convening_presses import CancelAssembly
from sandbox.chats import Message
from sandbox.people import Person
from storage import members

pytestmark = pytest.mark.usefixtures("no_errors")

EVERY_THURSDAY = "Every Thursday at 16:00"
INTO = "Into my calendar"


@pytest.fixture
async def play(stage: Stage) -> Regular:
    made = await regular(stage)
    await made.convene_next()
    return made


def read(message: Message) -> vobject.base.Component:
    assert message.file is not None and message.file.name.endswith(".ics")
    for name in ("Europe/Rome", "America/New_York"):
        vobject.icalendar.registerTzid(name, None)
    return vobject.readOne(message.file.data.decode())


async def from_card(play: Regular, person: Person) -> vobject.base.Component:
    await play.stage.say(person, "/assembly")
    return read(await play.stage.press_each(person, INTO))


def link_of(message: Message, label: str) -> str:
    [url] = [each.url for each in message.buttons if each.label == label]
    assert url is not None
    return url


def moments(calendar: vobject.base.Component, until: datetime) -> list[int]:
    """As a calendar shows them: what stands in for a day of the series takes its place."""
    shown: dict[datetime, datetime] = {}
    events = list(calendar.vevent_list)
    for event in events:
        if hasattr(event, "rrule"):
            ahead = takewhile(lambda each: each <= until, event.getrruleset(addRDate=True))
            shown |= {each: each for each in ahead}
    for event in events:
        if hasattr(event, "recurrence_id"):
            del shown[event.recurrence_id.value]
        if not hasattr(event, "rrule"):
            shown[event.dtstart.value] = event.dtstart.value
    return sorted(int(each.timestamp()) for each in shown.values())


async def test_the_whole_series_is_in_the_file(play: Regular) -> None:
    calendar = await from_card(play, play.bruno)
    [event] = calendar.vevent_list
    assert event.summary.value == "Assembly: Centro Aurora"
    assert event.location.value == "Via Roma 12"
    until = datetime(2027, 1, 1, tzinfo=UTC)
    found = rules.occurrences(
        play.series.rhythm, play.series.start, (), play.centre.clock, play.stage.now
    )
    expected = list(takewhile(lambda each: each <= until.timestamp(), (o.starts_at for o in found)))
    assert moments(calendar, until) == expected and len(expected) == 57
    assert "All the next ones are in it too." in play.stage.last(play.bruno).words


async def test_a_link_under_the_post_leads_to_the_file(play: Regular) -> None:
    await play.go_to("2025-12-03 16:00")  # the day before: where people meet weekly that is it
    [post] = play.stage.said(play.group)
    given = await play.stage.open_link(play.bruno, link_of(post, INTO))
    assert read(given).method.value == "PUBLISH"
    zoe = play.stage.world.person("Zoe")
    refused = await play.stage.open_link(zoe, link_of(post, INTO))
    assert refused.file is None


async def test_exceptions_and_pauses_are_those_of_the_series(play: Regular) -> None:
    await play.see(EVERY_THURSDAY, "Change only one day", "Thu 11 Dec", "It does not take place")
    await play.stage.press_each(play.paula, "Cancel the assembly")
    await play.see(EVERY_THURSDAY, "Change only one day", "Thu 18 Dec", "Another time or place")
    await play.stage.press_each(play.paula, "Fri 12 Dec", "10:00", "Skip", "Move it")
    await play.see(EVERY_THURSDAY, "When it does not meet", "Another pause", "Thu 25 Dec")
    await play.stage.press_each(play.paula, "Thu 1 Jan")
    calendar = await from_card(play, play.bruno)
    until = datetime(2026, 1, 16, tzinfo=UTC)
    days = [play.stage.speech().moment(each).partition(" ")[2] for each in moments(calendar, until)]
    assert days == [
        "4 December, 16:00",
        "12 December, 10:00",
        "8 January, 16:00",
        "15 January, 16:00",
    ]
    sequences = {event.sequence.value for event in calendar.vevent_list}
    assert len({event.uid.value for event in calendar.vevent_list}) == 1
    assert len(sequences) == 1 and int(sequences.pop()) == 3


async def test_the_name_stays_and_the_count_grows(play: Regular) -> None:
    before = (await from_card(play, play.bruno)).vevent
    await play.see(EVERY_THURSDAY, "Change it", "Hour", "17:00", "Announce the change")
    await play.stage.restart()
    after = (await from_card(play, play.bruno)).vevent_list
    whole = next(each for each in after if hasattr(each, "rrule"))
    assert whole.uid.value == before.uid.value
    assert int(whole.sequence.value) > int(before.sequence.value)


async def test_what_is_cancelled_is_taken_out(play: Regular) -> None:
    [made] = await play.all()
    hub = await play.see()
    before = (await from_card(play, play.bruno)).vevent
    press = CancelAssembly(play.centre.id, made.id, sure=True)
    await play.stage.forge(play.paula, hub, press.encode())
    [told] = play.told("does not take place")
    given = await play.stage.open_link(play.bruno, link_of(told, "Out of my calendar"))
    calendar = read(given)
    assert calendar.method.value == "CANCEL"
    [event] = calendar.vevent_list
    assert event.status.value == "CANCELLED" and event.uid.value == before.uid.value
    assert int(event.sequence.value) > int(before.sequence.value)
    assert event.recurrence_id.value == before.dtstart.value
    assert moments(await from_card(play, play.bruno), before.dtstart.value) == []


async def test_an_assembly_of_no_series_stands_alone(stage: Stage) -> None:
    centre, group = await stage.centre("Café & Süd")
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    made = await stage.convene(centre, paula, DAY, place="Via Roma 12, <2>")
    await stage.say(paula, "/assembly")
    calendar = read(await stage.press_each(paula, INTO))
    [event] = calendar.vevent_list
    assert event.summary.value == "Assembly: Café & Süd"
    assert event.location.value == "Via Roma 12, <2>"
    assert int(event.dtstart.value.timestamp()) == made.starts_at
    assert not hasattr(event, "rrule") and not hasattr(event, "recurrence_id")


async def test_a_series_that_ended_has_an_end(play: Regular) -> None:
    await play.see(EVERY_THURSDAY, "End it", "End it")
    calendar = await from_card(play, play.bruno)
    assert len(moments(calendar, datetime(2030, 1, 1, tzinfo=UTC))) == 1
    assert "All the next ones" not in play.stage.last(play.bruno).words


async def test_nobodys_name_is_in_it(play: Regular) -> None:
    await play.stage.say(play.bruno, "/assembly")
    given = await play.stage.press_each(play.bruno, INTO)
    assert given.file is not None
    text = given.file.data.decode()
    async with play.stage.voci.database.reading() as tx:
        everybody = await members.everybody(tx)
    for member in everybody:
        assert (member.name or "?") not in text and str(member.telegram_id) not in text
    assert str(play.centre.chat_id) not in text


async def test_another_centres_assembly_is_not_given(play: Regular) -> None:
    other, group = await play.stage.centre("Casa Blu")
    hugo = await play.stage.member(other, group, "Hugo")
    [made] = await play.all()
    link = play.stage.voci.services.link(f"calendar_{other.id}_{made.id}")
    given = await play.stage.open_link(hugo, link)
    assert given.file is None and "Via Roma" not in given.words

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.stage import DAY, HOUR, Stage

from assembly.recurrence import local
from handlers.assemblies import planning, reminders
from sandbox.chats import Message
from sandbox.people import Person
from storage import assemblies, centres, checkins, consents, decisions, schedules
from storage.assemblies import Assembly
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")
ROME, LONDON = ZoneInfo("Europe/Rome"), ZoneInfo("Europe/London")


async def begin(stage: Stage, person: Person) -> Message:
    await stage.say(person, "/facilitate")
    return await stage.press_each(person, "The centre", "Time zone")


async def planned(stage: Stage, centre: Centre, person: Person, ahead: int) -> Assembly:
    """An assembly with everything that falls due for it."""
    found = await stage.convene(centre, person, ahead)
    await stage.write(reminders.plan, found, centre.zone, stage.now)
    await stage.write(planning.plan_opening, found, centre.zone)
    return found


async def due(stage: Stage, kind: str, subject_id: int) -> int:
    row = await stage.read(schedules.find, kind, subject_id)
    assert row is not None and row.next_at is not None
    return row.next_at


async def test_the_clocks_are_set_and_what_people_were_told_stays(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True, language="it")
    anna_id = await stage.member_id(centre, await stage.member(centre, group, "Anna"))
    await stage.write(consents.grant, anna_id, "checkin", consents.VERSIONS["checkin"], stage.now)
    await stage.write(checkins.enrol, anna_id, centre.zone, stage.now)
    decision = await stage.put(centre, DAY)
    meeting = await planned(stage, centre, fiona, 2 * DAY + 3 * HOUR)
    asked = await due(stage, checkins.SCHEDULE, anna_id)

    page = await begin(stage, fiona)
    assert "Now: Rome, where it is 13:00." in page.words
    assert "bigger city" in (await stage.say(fiona, "Castelnuovo")).words
    preview = await stage.say(fiona, "london")
    assert preview.words.startswith("In London it is 12:00 now.")
    assert "stays on Friday 5 December, 16:00." in preview.words
    assert "at 13:00 by these clocks, at 12:00 by the new ones" in preview.words
    assert "is 999 then" in preview.words
    assert await stage.read(centres.get, centre.id) == centre, "nothing has happened yet"
    await stage.press(fiona, preview, "Set the clocks so")
    await stage.move(10)

    assert "London, where it is 12:00 now." in stage.last(fiona).words
    [moved] = await stage.read(assemblies.upcoming, centre.id, stage.now)
    assert local(moved.starts_at, LONDON) == local(meeting.starts_at, ROME)
    assert await due(stage, planning.OPENING, meeting.id) == moved.starts_at
    assert await due(stage, checkins.SCHEDULE, anna_id) == asked + HOUR
    as_it_is = await stage.read(decisions.get, centre.id, decision.id)
    assert as_it_is is not None and as_it_is.closes_at == decision.closes_at
    assert "12:00" in stage.last(group).words and "13:00" not in stage.last(group).words
    assert "Fiona" in stage.last(bruno).words and "Londra" in stage.last(bruno).words


async def test_what_was_told_is_not_told_again_and_what_is_due_is_not_lost(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    meeting = await planned(stage, centre, fiona, DAY + HOUR)
    await stage.move(90 * 60)
    assert [each.words.split(",")[0] for each in stage.said(group)] == ["Assembly tomorrow"]
    page = await begin(stage, fiona)
    await stage.forge(fiona, page, f"ctz:{centre.id}:Europe/London:1")
    await stage.move(2 * HOUR)
    assert len(stage.said(group)) == 1, "the day before comes once"
    await stage.move(meeting.starts_at - stage.now + HOUR - 90 * 60)
    assert "today" in stage.last(group).words and len(stage.said(group)) == 2


async def test_what_the_new_clocks_make_late_is_said_at_once(stage: Stage) -> None:
    centre, group = await stage.centre(zone="Europe/London")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await planned(stage, centre, fiona, 5 * HOUR)
    await stage.move(150 * 60)
    page = await begin(stage, fiona)
    await stage.forge(fiona, page, f"ctz:{centre.id}:Europe/Rome:1")
    await stage.move(60)
    assert "today" in stage.last(group).words, "two hours before is half an hour ago by now"


async def test_the_morning_is_that_of_the_new_clocks(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", facilitator=True)
    before = len(stage.said(bruno))
    await stage.move(10 * HOUR)  # 23:00 in Rome
    page = await begin(stage, fiona)
    await stage.forge(fiona, page, f"ctl:{centre.id}:de")
    await stage.forge(fiona, page, f"ctz:{centre.id}:Europe/London:1")
    await stage.move(10 * HOUR + 60)  # 9:01 in Rome, 8:01 in London
    assert len(stage.said(bruno)) == before
    await stage.move(HOUR)
    assert len(stage.said(bruno)) == before + 2


async def test_an_assembly_whose_time_has_come_stays(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    meeting = await planned(stage, centre, fiona, HOUR)
    await stage.move(90 * 60)
    page = await begin(stage, fiona)
    await stage.forge(fiona, page, f"ctz:{centre.id}:Europe/London:1")
    [same] = await stage.read(assemblies.upcoming, centre.id, stage.now)
    assert same.starts_at == meeting.starts_at


async def test_an_assembly_that_is_being_convened_keeps_its_hour(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    gina = await stage.member(centre, group, "Gina", facilitator=True)
    hub = await stage.say(fiona, "/facilitate")
    noon = stage.now // HOUR * HOUR + 3 * DAY
    await stage.forge(fiona, hub, f"cvt:{centre.id}:0:{noon}")
    preview = await stage.say(fiona, "Via Roma 12")
    assert "Saturday 6 December, 13:00" in preview.words
    await stage.forge(gina, await stage.say(gina, "/start"), f"ctz:{centre.id}:Europe/London:1")
    await stage.press(fiona, preview, 0)
    assert await stage.read(assemblies.upcoming, centre.id, stage.now) == []
    again = await stage.say(fiona, "Via Roma 12")
    assert "Saturday 6 December, 13:00" in again.words
    await stage.press(fiona, again, 0)
    [convened] = await stage.read(assemblies.upcoming, centre.id, stage.now)
    assert convened.starts_at == noon + HOUR


@pytest.mark.parametrize("data", ["ctz:{}::0", "ctz:{}:Europe/London:1", "ctz:{}:Mars/Olympus:1"])
async def test_members_set_no_clocks(stage: Stage, data: str) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    press = await stage.forge(anna, await stage.say(anna, "/help"), data.format(centre.id))
    assert FACILITATORS_ONLY in ((await press.answered()).text or "")
    await stage.say(anna, "London")
    assert await stage.read(centres.get, centre.id) == centre


async def test_a_zone_that_there_is_not_is_asked_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    page = await stage.say(fiona, "/facilitate")
    await stage.forge(fiona, page, f"ctz:{centre.id}:Mars/Olympus:1")
    assert "Which time" in stage.last(fiona).words
    await stage.press_each(fiona, "Back")
    assert "Nobody reads this here" in (await stage.say(fiona, "London")).words
    assert await stage.read(centres.get, centre.id) == centre

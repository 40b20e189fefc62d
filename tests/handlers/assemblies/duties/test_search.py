"""Who is asked to chair and to take notes, one after the other, until somebody has said yes."""

from __future__ import annotations

import pytest
from kit.stage import DAY, HOUR

from assembly.duties import Duty
from handlers.assemblies.duties import search
from handlers.core.unit_of_work import UnitOfWork
from storage import duties, schedules
from storage.backups.backup_tables import as_kept

from .conftest import NOT_THIS_TIME, YES, Cast

HELD = "My data and my rights"
pytestmark = pytest.mark.usefixtures("no_errors")

CHAIR, RECORDER = Duty.CHAIR, Duty.RECORDER
NOBODY = "Nobody chairs the assembly on"


async def test_two_of_two_roles_are_asked_two_days_before(play: Cast) -> None:
    await play.wish(CHAIR, play.anna, play.bea)
    await play.wish(RECORDER, play.anna, play.bea, play.carlo)
    await play.convene()
    await play.later(23 * HOUR)
    assert play.all_asked() == []
    await play.later(HOUR)
    assert play.all_asked() == ["Anna", "Carlo"]
    [question] = play.asked(play.anna)
    assert "Would you chair the assembly on" in question.words
    assert "Nobody reads that you were asked." in question.words
    assert question.labels == [YES, NOT_THIS_TIME]
    assert "take notes" in play.asked(play.carlo)[0].words
    assert all("Anna" not in each.words for each in play.stage.said(play.group))


async def test_nobody_wishes_and_nobody_hears_of_it(play: Cast) -> None:
    assembly = await play.convene_and_look()
    await play.later(47 * HOUR)
    assert play.all_asked() == []
    said = [each.words for each in (*play.stage.said(play.paula), *play.stage.said(play.anna))]
    assert not any("chair" in each.lower() for each in said)
    assert await play.stage.read(schedules.find, search.KIND, assembly.id) is None


async def test_a_no_and_silence_lead_to_the_next_and_look_alike(play: Cast) -> None:
    await play.wish(CHAIR, play.anna, play.carlo, play.dora)
    assembly = await play.convene_and_look()
    assert play.all_asked() == ["Anna"]
    await play.says(play.anna, NOT_THIS_TIME)
    await play.later(0)
    assert play.all_asked() == ["Carlo"]
    silent = play.asked(play.carlo)[0]
    await play.later(20 * HOUR)  # to the morning after
    await play.later(6)
    assert play.all_asked() == ["Dora"]
    assert "somebody else is asked" in silent.words and silent.labels == ["Home"]
    rows = await play.stage.rows("SELECT status FROM assembly_duties ORDER BY asked_at")
    assert [row["status"] for row in rows] == ["no", "no", "asked"]
    asked = [await play.stage.member_id(play.centre, each) for each in (play.anna, play.carlo)]
    held = [row["ref"] for row in await play.stage.rows("SELECT ref FROM messages")]
    assert {search.card(assembly.id, each) for each in asked} <= set(held), "of both or of none"
    assert [as_kept("messages", {"ref": each}) for each in held if ":duty:" in each] == [None] * 3
    keys = [row["key"] for row in await play.stage.rows("SELECT key FROM outbox")]
    assert not any("chair" in each for each in keys), "keys outlive the assembly"
    await play.says(play.dora, YES)
    assert await play.leads(assembly) == "Dora"


async def test_where_nobody_is_left_the_facilitators_hear_it_once(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    assembly = await play.convene_and_look()
    await play.says(play.anna, NOT_THIS_TIME)
    await play.later(0)
    for person in (play.paula, play.bruno):
        [told] = [each for each in play.stage.said(person) if NOBODY in each.words]
        assert told.labels == ["I’ll chair", "Chair and notes"]
        assert "Anna" not in told.words
    await play.later(40 * HOUR)
    assert len([each for each in play.stage.said(play.bruno) if NOBODY in each.words]) == 1
    assert await play.leads(assembly) is None


async def test_nobody_is_asked_at_night(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    await play.convene(2 * DAY + 10 * HOUR)  # at 23:00
    await play.later(10 * HOUR)
    assert play.all_asked() == []
    await play.later(10 * HOUR)
    assert play.all_asked() == ["Anna"]


async def test_convened_for_this_afternoon_they_are_asked_at_once(play: Cast) -> None:
    await play.wish(CHAIR, play.anna, play.carlo)
    await play.convene_and_look(5 * HOUR)
    assert play.all_asked() == ["Anna"]
    await play.later(100 * 60)
    assert play.all_asked() == ["Carlo"]
    await play.later(100 * 60)
    assert play.all_asked() == [], "two hours before it ends"
    assert NOBODY in play.stage.last(play.bruno).words


async def test_whoever_says_that_they_can_not_come_is_not_asked(play: Cast) -> None:
    await play.wish(CHAIR, play.anna, play.carlo)
    await play.convene()
    await play.stage.say(play.anna, "/assembly")
    await play.stage.press_each(play.anna, "I can’t")
    await play.later(24 * HOUR)
    assert play.all_asked() == ["Carlo"]
    await play.says(play.carlo, YES)
    await play.stage.say(play.carlo, "/assembly")
    await play.stage.press_each(play.carlo, "I can’t")
    await play.later(0)
    assert NOBODY in play.stage.last(play.bruno).words


async def test_of_one_role_only_it_goes_on_and_the_facilitators_hear_it(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    await play.wish(RECORDER, play.bea)
    assembly = await play.convene_and_look()
    assert play.all_asked() == ["Anna", "Bea"]
    await play.says(play.anna, YES)
    await play.says(play.bea, YES)
    await play.later(0)
    told = [each for each in play.stage.said(play.bruno) if "with the same role" in each.words]
    assert len(told) == 1 and "Anna" not in told[0].words
    assert await play.leads(assembly, RECORDER) == "Bea"


async def test_the_turn_goes_round(play: Cast) -> None:
    await play.wish(CHAIR, play.anna, play.bea)
    for name in ("Anna", "Bea", "Anna"):
        assembly = await play.convene_and_look(20 * HOUR)
        assert play.all_asked() == [name]
        asked = play.anna if name == "Anna" else play.bea
        await play.says(asked, YES)
        await play.stage.say(play.paula, "/facilitate")
        await play.stage.press_each(play.paula, "Open the assembly", "Open it now")
        await play.stage.press_each(play.paula, "Close the assembly", "Close it")
        assert await play.leads(assembly) is None
        await play.later(DAY)


async def test_moved_whoever_said_yes_is_asked_about_the_new_time(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    await play.wish(RECORDER, play.carlo)
    assembly = await play.convene_and_look()
    await play.says(play.anna, YES)
    moment = play.stage.now // 60 * 60 + 30 * HOUR
    hub = await play.stage.say(play.paula, "/facilitate")
    play.paula.forge_press(hub, f"cvt:{play.centre.id}:{assembly.id}:{moment}")
    await play.stage.settle()
    await play.stage.press_each(play.paula, "Skip", "Move it")
    await play.later(60)
    assert await play.leads(assembly) is None
    assert play.all_asked() == ["Anna", "Carlo"], "and the search goes on"
    assert play.stage.speech().moment(moment) in play.asked(play.anna)[-1].words
    await play.says(play.anna, YES)
    assert await play.leads(assembly) == "Anna"


async def test_cancelled_nothing_is_left(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    assembly = await play.convene_and_look()
    hub = await play.stage.say(play.paula, "/facilitate")
    play.paula.forge_press(hub, f"asx:{play.centre.id}:{assembly.id}:1")
    await play.later(60)
    assert play.all_asked() == []
    assert await play.stage.rows("SELECT * FROM assembly_duties") == []
    assert await play.stage.read(schedules.find, search.KIND, assembly.id) is None


async def test_when_it_opens_nobody_is_asked_any_more(play: Cast) -> None:
    await play.wish(CHAIR, play.anna)
    await play.wish(RECORDER, play.carlo)
    assembly = await play.convene_and_look(5 * HOUR)
    await play.says(play.carlo, YES)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly", "Open it now")
    await play.later(60)
    assert play.all_asked() == []
    rows = await play.stage.rows("SELECT status FROM assembly_duties")
    assert [row["status"] for row in rows] == ["yes"]
    assert await play.stage.status(assembly) == "open"


async def test_a_restart_changes_nothing(play: Cast) -> None:
    await play.wish(CHAIR, play.anna, play.carlo)
    await play.convene_and_look()
    await play.stage.restart()
    await play.later(0)
    assert play.all_asked() == ["Anna"] and len(play.asked(play.anna)) == 1
    await play.stage.stop_bot()
    play.stage.clock.move(20 * HOUR)
    await play.stage.start_bot()
    await play.later(0)
    await play.later(6)
    assert play.all_asked() == ["Carlo"]


async def test_after_a_restore_the_search_begins_again(play: Cast) -> None:
    await play.wish(CHAIR, play.anna, play.carlo)
    await play.wish(RECORDER, play.dora)
    assembly = await play.convene_and_look()
    await play.says(play.dora, YES)
    async with play.stage.voci.database.transaction() as tx:  # a backup keeps no more than this
        await tx.statement("DELETE FROM assembly_duties WHERE status <> 'yes'")
        await tx.statement("DELETE FROM schedules WHERE kind = 'assembly-duties'")
        await search.plan_all(tx, play.centre, play.stage.now)
    await play.later(60)
    assert play.all_asked() == ["Anna", "Carlo"]
    assert await play.leads(assembly, RECORDER) == "Dora"
    assert await play.leads(assembly) is None


@pytest.mark.parametrize("way", ["leaves", "erases", "rests"])
async def test_whoever_goes_after_their_yes_is_looked_for_anew(play: Cast, way: str) -> None:
    await play.wish(CHAIR, play.anna, play.carlo)
    assembly = await play.convene_and_look()
    await play.says(play.anna, YES)
    await play.stage.press_each(play.anna, "Tell my name")
    await play.later(60)
    assert "Chair: Anna" in play.stage.last(play.group).words
    ways = {
        "leaves": ("/me", HELD, "Leave the assembly", "Leave"),
        "erases": ("/me", HELD, "Erase everything", "Erase everything"),
        "rests": ("/me", HELD, "My rights", "Keep my things", "Don’t use them"),
    }
    command, *buttons = ways[way]
    await play.stage.say(play.anna, command)
    for label in buttons:
        shown = play.stage.last(play.anna)
        found = next(each for each in shown.labels if each.startswith(label))
        await play.stage.press(play.anna, shown, found)
    await play.later(60)
    assert await play.leads(assembly) is None
    assert play.all_asked() == ["Carlo"]
    assert all("Anna" not in each.words for each in play.stage.said(play.group))
    assert len((await play.stage.read(duties.of_assembly, assembly.id)).asked) == 1


async def test_minutes_that_never_come_out_are_nobodys_after_a_while(play: Cast) -> None:
    await play.wish(RECORDER, play.carlo)
    assembly = await play.convene_and_look(5 * HOUR)
    await play.says(play.carlo, YES)
    async with play.stage.voci.database.transaction() as tx:
        await tx.statement(f"UPDATE assemblies SET status = 'closed' WHERE id = {assembly.id}")
        unit = UnitOfWork(tx, play.stage.now, play.stage.voci.services)
        await search.closed(unit, play.centre, assembly)
    await play.later(13 * DAY)
    assert await play.leads(assembly, RECORDER) == "Carlo"
    await play.later(DAY)
    assert await play.leads(assembly, RECORDER) is None

"""What an assembly begins with, as its centre wants it: points, rules, and when the break is."""

from __future__ import annotations

from markupsafe import Markup

from assembly.openings import Opening, begins_with, break_at, complete
from handlers.assemblies.screens import openings as screens
from handlers.assemblies.screens.point_text import Before
from handlers.core.speech import Speech
from storage import centres, decisions, follow_ups, minutes, openings
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.points import Kind

_KINDS: dict[Opening, Kind] = {
    Opening.ROUND: "opening",
    Opening.FOLLOW_UP: "follow-up",
    Opening.REPORTS: "report",
}


async def points(tx: Transaction, centre_id: int, now: int) -> list[tuple[Kind, str]]:
    """The points before the proposals, in the centre's language; first the minutes of last time."""
    chosen = await openings.of(tx, centre_id)
    speak = Speech.of(await centres.get(tx, centre_id))
    before = await follow_ups.follow_up(tx, centre_id, now)
    followed = bool(before.settled or before.tasks)
    told: list[tuple[Kind, str]] = []
    if await minutes.newest(tx, centre_id) is not None:
        told.append(("minutes", screens.minutes_title(speak)))
    return told + [
        (_KINDS[each], screens.title(each, complete(chosen)[each].words, speak))
        for each in begins_with(chosen, something_followed=followed)
    ]


async def follow_up(tx: Transaction, assembly: Assembly, now: int) -> Before:
    """What was decided before and what became of it, for whoever leads."""
    found = await follow_ups.follow_up(tx, assembly.centre_id, now, assembly.id)
    over = []
    if found.assembly_id is not None:
        over = await decisions.outcomes_of(tx, found.assembly_id)
    return Before(found, tuple(over))


async def rules(tx: Transaction, centre: Centre) -> Markup | None:
    """How people talk with each other there, for the post that opens the assembly."""
    holds = complete(await openings.of(tx, centre.id))[Opening.RULES]
    return screens.rules(holds.words, Speech.of(centre)) if holds.active else None


async def plan_break(tx: Transaction, assembly: Assembly, now: int) -> int | None:
    """Of an assembly that has been opened now; its moment in UTC epoch seconds, None for none."""
    moment = break_at(await openings.of(tx, assembly.centre_id), now)
    if moment is not None:
        await openings.plan_break(tx, assembly.id, moment)
    return moment

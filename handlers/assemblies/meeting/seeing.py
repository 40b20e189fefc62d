"""Where an open assembly is, as whoever leads it sees it: to be shown, or to be edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assembly.agreement import Standing
from assembly.in_person import settled
from handlers.assemblies import beginning, points
from handlers.assemblies.meeting.screens import going_on, opened_again, script
from handlers.assemblies.meeting.screens import session as screens
from handlers.assemblies.meeting.screens.late import came_later
from handlers.assemblies.screens.point_text import PointSeen
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.decisions.in_person.screens import headcount as headcount_screens
from storage import (
    agreements,
    comments,
    headcount,
    late_points,
    minutes,
    notes,
    presences,
    proposals,
    tasks,
)
from storage import points as stored_points
from storage.assemblies import Assembly
from storage.engine.transaction import Transaction
from storage.messages import CARD
from storage.points import AgendaItem


async def screen(
    tx: Transaction, assembly: Assembly, now: int, speak: Speech, *, desk: bool
) -> Screen:
    """The point that an open assembly is at, or its end; `desk`: who leads facilitates, too."""
    items = await stored_points.items(tx, assembly.id)
    position = assembly.position or 1
    again = await _opened_again(tx, assembly, items, position)
    insistent = None
    if position == 1 and all(item.kind != "follow-up" for item in items):
        insistent = await tasks.insistent(tx, assembly.centre_id, now)
    if position <= len(items):
        seen = await _seen(tx, assembly, items[position - 1], len(items), now)
        late = await late_points.waiting(tx, assembly, now) if position == 1 else []
        seen = replace(seen, insistent=insistent, late=len(late))
        cue = script.at_point(seen.item, seen.course, seen.put, speak, pause=seen.pause)
        found = opened_again.beside(screens.point(seen, speak), position, again, speak)
        found = script.beside(found, cue)
        asks = position == 1 and not await headcount.people(tx, assembly.id)
        return await _with_headcount(tx, found, assembly, speak) if asks else found
    late = await late_points.waiting(tx, assembly, now)
    found = screens.all_through(assembly, len(items), speak, insistent, desk=desk)
    if late:
        found = came_later(assembly, len(items), late, speak)
    found = opened_again.beside(found, position, again, speak)
    found = script.beside(found, script.at_the_end(speak, came_later=bool(late)))
    return await _with_headcount(tx, found, assembly, speak)


async def more(
    tx: Transaction, assembly: Assembly, now: int, speak: Speech, *, desk: bool
) -> Screen | None:
    """What else can be done at that point, and who is there; None at the end, where all is said."""
    items = await stored_points.items(tx, assembly.id)
    position = assembly.position or 1
    if position > len(items):
        return None
    seen = await _seen(tx, assembly, items[position - 1], len(items), now)
    # At the first point what came later stands at the point itself.
    late = await late_points.waiting(tx, assembly, now) if position > 1 else []
    found = screens.more(replace(seen, desk=desk, late=len(late)), speak)
    return await _with_headcount(tx, found, assembly, speak, asks=False)


def ref(assembly: Assembly, member_id: int) -> str:
    """The name of the message in which a member leads the assembly, for as long as it shows it."""
    return f"{prefix(assembly)}{member_id}"


def prefix(assembly: Assembly) -> str:
    """How these names begin; at its end they go with the other cards about it."""
    return f"{CARD}assembly:{assembly.id}:lead:"


async def _opened_again(
    tx: Transaction, assembly: Assembly, items: Sequence[AgendaItem], position: int
) -> list[AgendaItem]:
    """Points elsewhere whose wording somebody turned back, and of which nothing was said since."""
    turned = {
        each.item_id
        for each in await agreements.of_assembly(tx, assembly.id)
        if each.standing is Standing.TURNED_BACK
    }
    open_ones = (each for each in items if each.ending is None and each.id in turned)
    return [each for each in open_ones if each.position != position]


async def _seen(
    tx: Transaction, assembly: Assembly, item: AgendaItem, total: int, now: int
) -> PointSeen:
    proposal = None
    if item.proposal_id is not None:
        proposal = await proposals.get(tx, assembly.centre_id, item.proposal_id)
    put = [each for each in await points.put(tx, assembly) if each.item_id == item.id]
    agreement = await agreements.at_point(tx, assembly.id, item.id)
    follows = item.kind == "follow-up"
    approves = item.kind == "minutes"
    return PointSeen(
        item,
        total,
        points.course_of(item, put, agreement),
        proposal,
        put,
        notes=await notes.count_at(tx, assembly.id, item.id),
        tasks=await tasks.of_item(tx, item.id),
        agreement=agreement,
        comments=await comments.count(tx, item.proposal_id) if item.proposal_id else 0,
        before=await beginning.follow_up(tx, assembly, now) if follows else None,
        pause=assembly.break_at is not None and now >= assembly.break_at,
        assembly=assembly,
        now=now,
        minutes_of=await minutes.newest(tx, assembly.centre_id) if approves else None,
    )


async def _with_headcount(
    tx: Transaction, found: Screen, assembly: Assembly, speak: Speech, *, asks: bool = True
) -> Screen:
    """With how many are there; where it `asks`, how many don't vote by phone until it is said."""
    present = await presences.present_by_role(tx, assembly.id)
    headcounts = settled(await headcount.people(tx, assembly.id))
    rows, last = going_on.parted(found.buttons)
    shown = headcount_screens.with_headcount(
        replace(found, buttons=rows),
        assembly,
        sum(present.values()),
        headcounts,
        speak,
        asks=asks,
    )
    return replace(shown, buttons=(*shown.buttons, *last))

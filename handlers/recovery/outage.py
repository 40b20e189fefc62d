"""After an outage: Telegram drops presses after 150 s, so what can be pressed is shown again."""

from __future__ import annotations

from handlers.assemblies.agreeing import standing
from handlers.checkins import keeping
from handlers.core.registration import App, falls_due
from handlers.core.screens.parts import way_in
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from handlers.decisions.screens import decisions as screens
from storage import centres, decisions, in_person, messages, schedules, updates
from storage.centres import Centre
from storage.decisions import Decision
from storage.schedules import Schedule

KIND = "outage"  # of a centre's schedule
PRESSES_KEPT = 150  # seconds: for so long Telegram keeps a press for a bot that is away


async def begin_again(unit: UnitOfWork) -> bool:
    """At start: plan to show what is open again, where presses may have been lost; once an outage.

    Each centre has its turn at the first tick, before all that fell due meanwhile: the bot does
    not wait with everybody's presses until the last of many is through.
    """
    since = await updates.last_alive(unit.tx)
    await updates.note_alive(unit.tx, unit.now)
    if since is None or unit.now - since <= PRESSES_KEPT:
        return False
    await unit.tx.run("plan_after_outage", kind=KIND, since=since)
    return True


async def fall_due(row: Schedule, unit: UnitOfWork) -> bool:
    """A centre's turn; its schedule is named by the last moment before the outage."""
    centre = await centres.get(unit.tx, row.subject_id)
    await schedules.remove(unit.tx, KIND, centre.id)
    await _decisions(unit, centre, row.next_at or unit.now)
    await standing.begin_anew(unit, centre)
    await keeping.show_after_outage(unit, centre.id)
    return True


async def _decisions(unit: UnitOfWork, centre: Centre, since: int) -> None:
    morning = centre.waits_until(unit.now)
    for decision in await decisions.open_ones(unit.tx, centre.id):
        closes_at = decision.closes_at
        if closes_at is not None and closes_at <= unit.now:
            continue  # it closes at the first tick
        waits = closes_at is None or morning < closes_at
        at = morning if waits else unit.now
        await _post_again(unit, centre, decision, f"away:{since}:{decision.id}", at)


async def _post_again(
    unit: UnitOfWork, centre: Centre, decision: Decision, key: str, at: int
) -> None:
    """The question anew, and the buttons off the post of before; none is needed on its way."""
    ref = closing.ref(decision)
    old = await messages.find(unit.tx, ref)
    if old is None:
        return
    speak = Speech.of(centre)
    button = way_in(speak, unit.services.link, decision)
    told = await in_person.with_people(unit.tx, decision)
    await unit.post_to_group(
        centre,
        key,
        screens.posted_again(told, speak, unit.now, button),
        ref=ref,
        not_before=at,
        expires_at=decision.closes_at,
    )
    await messages.remember(unit.tx, key, old.chat_id, old.message_id)
    below = screens.stands_below(decision, speak)
    await unit.repost_to_group(centre, key, below, not_before=at)


def register(_: App) -> None:
    falls_due(KIND, fall_due)

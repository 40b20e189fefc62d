"""Setting a centre's clocks to another time zone: what moves is said first, then done at once."""

from __future__ import annotations

from assembly import zones
from handlers.assemblies.convening import shifting
from handlers.centre.presses import SetClocks
from handlers.centre.screens import clocks as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ShowCentre
from handlers.core.registration import App, presses, typed
from handlers.decisions import closing
from storage import assemblies, centres, checkins, decisions, drafts, outbox_changes
from storage.centres import Centre
from storage.drafts import Draft

KIND = "centre-zone"


async def set_clocks(press: SetClocks, context: Context) -> None:
    zone = zones.named(press.zone)
    if zone is None:
        if not await asks_first(press, context):
            await _ask(context)
    elif zone == context.centre.zone:
        await context.go(ShowCentre(press.centre_id))
    elif press.sure:
        await forget(context)
        await _set(zone, context)
        await context.go(ShowCentre(press.centre_id))
    else:
        await _preview(zone, context)


async def take_text(_: Draft, context: Context) -> None:
    """A city or a zone, as it was typed."""
    zone = zones.at(context.text, context.speak.language)
    if zone is None:
        context.show(screens.unknown(context.speak, context.centre.id))
    else:
        await _preview(zone, context)


async def ask_again(_: Draft, context: Context) -> None:
    await _ask(context)


async def forget(context: Context) -> None:
    """Whatever is typed next is no place; another conversation stays."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind == KIND:
        await drafts.remove(context.tx, draft.telegram_id)


async def _ask(context: Context) -> None:
    member = context.member
    draft = Draft(member.telegram_id, member.centre_id, KIND, "", None, None, context.now)
    await drafts.save(context.tx, draft)
    context.show(screens.ask(context.speak, context.centre, context.now))


async def _preview(zone: str, context: Context) -> None:
    centre, now = context.centre, context.now
    upcoming = await assemblies.upcoming(context.tx, centre.id, now)
    starts = [each.starts_at for each in upcoming if each.starts_at > now]
    running = await decisions.open_ones(context.tx, centre.id)
    closings = [each.closes_at for each in running if each.closes_at is not None]
    context.show(
        screens.preview(
            context.speak,
            centre,
            zone,
            now,
            meeting=min(starts, default=None),
            closing=min(closings, default=None),
        )
    )


async def _set(zone: str, context: Context) -> None:
    """In one transaction, so that nothing ever falls due by the clocks of before."""
    tx, unit, now, before = context.tx, context.unit, context.now, context.centre
    await centres.set_zone(tx, context.centre.id, zone)
    await enter(context, context.centre.id)
    centre = context.centre
    await _wait_anew(context, before)
    await shifting.shift_all(unit, centre, before.clock)
    for decision in await decisions.open_ones(tx, centre.id):
        await closing.moved(unit, centre, decision)
    await checkins.shift_all(tx, centre.id, before.zone, zone)
    await tell_others(context, "zone", lambda speak, who: screens.changed(speak, centre, now, who))


async def _wait_anew(context: Context, before: Centre) -> None:
    """What waits for the morning waits for that of the new clocks."""
    morning = before.waits_until(context.now)
    if morning > context.now:
        instead = context.centre.waits_until(context.now)
        await outbox_changes.wait_anew(context.tx, context.centre.id, morning, instead)


def register(app: App) -> None:
    typed(KIND, take_text, resume=ask_again, may=May.FACILITATORS)
    app.add_handler(presses(SetClocks, set_clocks, may=May.FACILITATORS))

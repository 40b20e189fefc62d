"""An assembly that a facilitator is convening: a draft, sealed with the facilitator's own key."""

from __future__ import annotations

from dataclasses import asdict, replace
from zoneinfo import ZoneInfo

from assembly.immutable import immutable
from assembly.zones import same_hour
from handlers.core.context import Context
from handlers.core.sealed_draft import Content, SealedDraft
from storage.drafts import Draft

KIND = "convene"
_drafts = SealedDraft(KIND, b"draft:%d:convene")


@immutable
class Plan:
    """What has been chosen so far.

    `assembly_id` is 0 for a new assembly. `day` is the day's number in the calendar; while there
    is none, the question is on which day. `starts_at`
    is in UTC epoch seconds; once it is there the question is where. `complete`: the place is
    answered, also when it is left open. `zone`: by which clocks the moment was chosen.
    """

    assembly_id: int = 0
    day: int | None = None
    starts_at: int | None = None
    place: str | None = None
    complete: bool = False
    zone: str = ""


async def find(context: Context) -> Plan | None:
    """What this facilitator is convening in this centre, if anything."""
    found = await _drafts.find(context)
    return _plan(found[1], context) if found is not None else None


async def read(draft: Draft, context: Context) -> Plan | None:
    """The draft in plain, if it is one of these, for this centre, and its key still opens it."""
    content = await _drafts.read(draft, context)
    return _plan(content, context) if content is not None else None


async def keep(plan: Plan, context: Context) -> None:
    """Keep it; it takes the place of any other conversation."""
    zone = context.centre.zone
    await _drafts.keep(asdict(replace(plan, zone=zone)), context, step=KIND)


def _plan(content: Content, context: Context) -> Plan:
    """As it was chosen: where the centre's clocks were changed since, the hour stays."""
    plan = Plan(**content)
    if plan.starts_at is None or plan.zone in ("", context.centre.zone):
        return plan
    starts_at = same_hour(plan.starts_at, ZoneInfo(plan.zone), context.centre.clock)
    return replace(plan, starts_at=starts_at, zone=context.centre.zone)


async def forget(context: Context) -> None:
    """It is announced, or left."""
    await _drafts.forget(context)

"""An assembly that a facilitator is convening: a draft, sealed with the facilitator's own key."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from handlers.context import Context
from storage import drafts
from storage.cipher import Unreadable, seal, unseal
from storage.drafts import Draft
from storage.keys import KeyDestroyed

KIND = "convene"


@dataclass(frozen=True, slots=True)
class Plan:
    """What has been chosen so far.

    `assembly_id` is 0 for a new assembly. `day` is the day's number in the calendar. `starts_at`
    is in UTC epoch seconds; once it is there the question is where. `complete`: the place is
    answered, also when it is left open.
    """

    assembly_id: int = 0
    day: int | None = None
    starts_at: int | None = None
    place: str | None = None
    complete: bool = False


async def find(context: Context) -> Plan | None:
    """What this facilitator is convening in this centre, if anything."""
    draft = await drafts.find(context.tx, context.who().id)
    return await read(draft, context) if draft is not None else None


async def read(draft: Draft, context: Context) -> Plan | None:
    """The draft in plain, if it is one of these, for this centre, and its key still opens it."""
    if draft.kind != KIND or draft.centre_id != context.centre.id or draft.content is None:
        return None
    try:
        key = await context.services.keys.key(context.member.id)
        content = unseal(key, draft.content, _belongs(context))
    except (KeyDestroyed, Unreadable):
        return None
    return Plan(**json.loads(content))


async def keep(plan: Plan, context: Context) -> None:
    """Keep it; it takes the place of any other conversation."""
    key = await context.services.keys.key(context.member.id)
    content = seal(key, json.dumps(asdict(plan)).encode(), _belongs(context))
    draft = Draft(context.who().id, context.centre.id, KIND, KIND, content, None, context.now)
    await drafts.save(context.tx, draft)


async def forget(context: Context) -> None:
    """It is announced, or left."""
    await drafts.remove(context.tx, context.who().id)


def _belongs(context: Context) -> bytes:
    """Where the content belongs: copied into another row it can't be read."""
    return b"draft:%d:%s" % (context.member.id, KIND.encode())

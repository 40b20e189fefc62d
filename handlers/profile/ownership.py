"""Who has left may read, take away and erase their own, as members may."""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.guards import stand_in
from storage import members


async def former(context: Context) -> bool:
    """Find the centre that somebody who is in none has left last; False for everybody else."""
    mine = await members.of_person(context.tx, context.who().id)
    left = [member for member in mine if member.status == "left"]
    if left:
        await stand_in(context, left[-1])
    return bool(left)

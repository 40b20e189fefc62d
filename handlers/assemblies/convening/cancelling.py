"""An assembly that is not held: nothing falls due for it any more, and nothing says it is."""

from __future__ import annotations

from dataclasses import replace

from handlers.assemblies import posts, reminders
from handlers.assemblies.convening import unopened
from handlers.assemblies.duties import search
from handlers.assemblies.tasks import authors as news
from handlers.core.context import Context
from storage import assemblies, authors
from storage.assemblies import Assembly


async def cancel(
    context: Context, assembly: Assembly, reason: str | None = None
) -> Assembly | None:
    """Cancel it, and say so where it stands; None once it is open or over.

    The caller tells the group in a message of its own.
    """
    ids = context.centre.id, assembly.id
    proposed = await authors.on_agenda(context.tx, assembly.id)
    if not await assemblies.cancel(context.tx, *ids, reason, context.member.id):
        return None
    cancelled = replace(assembly, status="cancelled", reason=reason)
    await reminders.unplan(context.tx, assembly)
    await unopened.answered(context, cancelled)
    await search.cancelled(context.tx, cancelled)
    await posts.refresh(context.unit, context.centre, cancelled)
    await news.again(context.unit, context.centre, proposed)
    return cancelled

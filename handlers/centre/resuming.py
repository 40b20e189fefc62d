"""Where somebody stands, for a text that was taken but perhaps never answered.

It is shown inside a rehearsal: whatever is written on the way is taken back.
"""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.registration import resumes
from handlers.decisions.ballots import objecting
from handlers.membership.progress import resume
from storage import drafts


async def show_open_question(context: Context) -> None:
    """The question that is open in the person's conversation, or on their way into a centre."""
    if context.person is None or not context.in_private:
        return
    draft = await drafts.find(context.tx, context.person.id)
    awaited = await objecting.awaited_reason(context, draft)
    if awaited is not None:
        await objecting.show_question(awaited, context)
    elif draft is not None:
        await resumes[draft.kind](draft, context)
    elif not await enter(context):
        await resume(context)

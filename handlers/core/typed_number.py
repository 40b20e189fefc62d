"""A number that can be pressed or typed: typed only while nothing else is being written."""

from __future__ import annotations

from handlers.core.context import Context
from storage import drafts
from storage.drafts import Draft

PEOPLE = "hall-people"  # the draft's step says of which assembly and role, and for which question
BALLOTS = "hall-ballots"  # of which question, role and word
KINDS = frozenset({PEOPLE, BALLOTS})


async def ask(kind: str, step: str, context: Context, *, instead: bool = False) -> bool:
    """Whether the next text is taken for this number: not while something else is being written.

    `instead`: it takes the place of whatever that is.
    """
    telegram_id = context.member.telegram_id
    found = await drafts.find(context.tx, telegram_id)
    if found is not None and found.kind not in KINDS and not instead:
        return False
    draft = Draft(telegram_id, context.centre.id, kind, step, None, None, context.now)
    await drafts.save(context.tx, draft)
    return True


async def stop(context: Context) -> None:
    """Whatever is typed next is no number; what else is being written stays."""
    found = await drafts.find(context.tx, context.member.telegram_id)
    if found is not None and found.kind in KINDS:
        await drafts.remove(context.tx, found.telegram_id)

"""What was written under a proposal is told to its author, and an answer to whoever asked."""

from __future__ import annotations

from assembly.commenting import notice_at
from handlers.core.context import Context
from handlers.core.registration import App, looked_at_again
from handlers.core.screen import dump
from handlers.core.speech import Speech
from handlers.core.speech_to import speech_to
from handlers.core.unit_of_work import UnitOfWork
from handlers.proposals.screens import commenting as screens
from storage import centres, comments, people, proposals
from storage.outbox import Outgoing
from storage.proposals import Proposal

LASTING = "it leads to what stands under the proposal, or to what became of it"


async def tell_author(item: Proposal, context: Context) -> None:
    """One message for all that is written within an hour, or over night; it counts when it goes."""
    person = await people.of_member(context.tx, item.author_id)
    if person is None or item.author_id == context.member.id:
        return
    centre = context.centre
    due = centre.waits_until(notice_at(context.now))
    await context.unit.post(
        f"comments:{item.id}:{due}",
        person.telegram_id,
        screens.waiting(item, 1, centre, Speech.of(centre, person.language)),
        centre_id=centre.id,
        lasting=LASTING,
        not_before=due,
    )


async def tell_who_asked(item: Proposal, comment_id: int, context: Context) -> None:
    """Once, that there is an answer; what it says by then."""
    comment = await comments.get(context.tx, item.centre_id, comment_id)
    person = await people.of_member(context.tx, comment.author_id if comment is not None else None)
    if comment is None or person is None:
        return
    centre = context.centre
    await context.unit.post(
        f"answered:{comment.id}",
        person.telegram_id,
        screens.answered(item, comment, centre, Speech.of(centre, person.language)),
        centre_id=centre.id,
        lasting=LASTING,
        not_before=centre.waits_until(context.now),
    )


async def still_waiting(row: Outgoing, unit: UnitOfWork) -> str | None:
    """How many comments wait by now; None where all are answered, hidden, or the list moved on."""
    proposal_id = int(row.key.split(":")[1])
    item = await proposals.get(unit.tx, row.centre_id or 0, proposal_id)
    waiting = await comments.unanswered(unit.tx, proposal_id)
    if item is None or not waiting:
        return None
    centre = await centres.get(unit.tx, item.centre_id)
    speak = await speech_to(unit.tx, centre, row.chat_id)
    return dump(screens.waiting(item, waiting, centre, speak))


async def still_answered(row: Outgoing, unit: UnitOfWork) -> str | None:
    """The answer as it is by now; None where the comment was taken back or hidden."""
    comment = await comments.get(unit.tx, row.centre_id or 0, int(row.key.split(":")[1]))
    if comment is None or comment.hidden or not comment.answer:
        return None
    item = await proposals.get(unit.tx, comment.centre_id, comment.proposal_id)
    if item is None:
        return None
    centre = await centres.get(unit.tx, comment.centre_id)
    speak = await speech_to(unit.tx, centre, row.chat_id)
    return dump(screens.answered(item, comment, centre, speak))


def register(app: App) -> None:
    looked_at_again("comments", still_waiting)
    looked_at_again("answered", still_answered)

"""A proposal that is about somebody or hurts them: told to facilitators, asked back to its author.

Nothing is kept of who said so. To ask back changes nothing: the author decides.
"""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, looked_at_again, presses
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.proposals.agenda import open_proposal, show_proposal
from handlers.proposals.presses import AskBack, AskBackFor, ReportProposal
from handlers.proposals.reporting import tell_facilitators
from handlers.proposals.screens import harm as screens
from storage import people, proposals
from storage.outbox import Outgoing
from storage.proposals import Proposal

LASTING = "it leads to the proposal, or to what became of it"


async def report(press: ReportProposal, context: Context) -> None:
    """Tell the facilitators, once for these words; asks once, saying what they will read."""
    item = await open_proposal(press.proposal_id, context)
    if item is None:
        return
    if item.author_id == context.member.id:
        await show_proposal(context, item.id)
    elif not press.sure:
        context.show(screens.ask_to_report(item, context.speak))
    else:
        told = await _tell_facilitators(item, context)
        context.show(screens.reported(item, context.speak, told=told))


async def _tell_facilitators(item: Proposal, context: Context) -> bool:
    """All but the author, who is asked by them and not by whoever it is about.

    Also whoever said so, if they facilitate: otherwise a message that is missing would name them.
    """
    told = await tell_facilitators(
        f"report:{item.id}:{_touched(item)}",
        lambda speak: screens.report(item, context.centre, speak),
        context,
        lasting=LASTING,
        judges=lambda member_id: member_id != item.author_id,
    )
    return any(member_id != context.member.id for member_id in told)


async def ask_back(press: AskBack, context: Context) -> None:
    """Why: one of three reasons."""
    item = await open_proposal(press.proposal_id, context)
    if item is not None:
        context.show(screens.why(item, context.speak))


async def ask_back_for(press: AskBackFor, context: Context) -> None:
    """In private, without a name, once for these words."""
    item = await open_proposal(press.proposal_id, context)
    if item is None:
        return
    person = await people.of_member(context.tx, item.author_id)
    if person is None:
        context.toast(context.speak("Whoever put it forward is not here any more."), alert=True)
    elif item.author_id == context.member.id:
        context.toast(context.speak("It is your own: you can change it."), alert=True)
    else:
        centre = context.centre
        speak = Speech.of(centre, person.language)
        fresh = await context.unit.post(
            f"askback:{item.id}:{_touched(item)}",
            person.telegram_id,
            screens.asked_back(item, centre, press.harm, speak),
            centre_id=centre.id,
            lasting=LASTING,
            not_before=centre.waits_until(context.now),
        )
        asked = context.speak("They are asked, in private and without your name.")
        context.toast(asked if fresh else context.speak("They have been asked already."))
    await show_proposal(context, item.id)


async def still_said(row: Outgoing, unit: UnitOfWork) -> str | None:
    """What waits to be sent, unless its proposal has other words by now, or is off the list."""
    _, proposal_id, touched_at, *_ = row.key.split(":")
    item = await proposals.get(unit.tx, row.centre_id or 0, int(proposal_id))
    if item is None or not item.is_open or _touched(item) != int(touched_at):
        return None
    return row.payload


def _touched(item: Proposal) -> int:
    return item.edited_at or item.created_at


def register(app: App) -> None:
    looked_at_again("report", still_said)
    looked_at_again("askback", still_said)
    app.add_handler(presses(ReportProposal, report, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(AskBack, ask_back, may=May.FACILITATORS))
    app.add_handler(presses(AskBackFor, ask_back_for, may=May.FACILITATORS))

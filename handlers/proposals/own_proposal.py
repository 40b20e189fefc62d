"""A proposal that is ready: sent, changed while it is on the list, and taken back."""

from __future__ import annotations

from dataclasses import replace

from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.proposals import draft as proposal_draft
from handlers.proposals import merging
from handlers.proposals.agenda import show_proposal
from handlers.proposals.draft import OPEN_AT_ONCE, Step, Writing, arrive, list_is_full
from handlers.proposals.presses import EditProposal, SendProposal, WithdrawProposal
from handlers.proposals.screens import agenda as agenda_screens
from handlers.proposals.screens import own_proposal
from handlers.proposals.screens import propose as screens
from storage import assemblies, off_list, proposals, taken_back
from storage.proposals import Proposal

JUST_NOW = 600  # seconds in which a second press on "With my name" still means the same proposal


async def send(press: SendProposal, context: Context) -> None:
    """The last answer: it goes on the list, or what was changed is saved."""
    writing = await proposal_draft.find(context)
    if writing is None:
        await _sent_already(context)
    elif writing.step != Step.PREVIEW:
        context.show(await arrive(writing, context))
    elif writing.editing is not None:
        await _save(writing, writing.editing, press.named, context)
    elif await list_is_full(context):
        context.show(screens.enough_for_now(context.centre.id, OPEN_AT_ONCE, context.speak))
    else:
        await _put_on_the_list(writing, press.named, context)


async def _put_on_the_list(writing: Writing, named: bool, context: Context) -> None:
    proposal_id = await proposals.add(
        context.tx,
        centre_id=context.centre.id,
        author_id=context.member.id,
        title=writing.title or "",
        reason=writing.reason,
        named=named,
        now=context.now,
    )
    await proposal_draft.forget(context)
    item = await proposals.get(context.tx, context.centre.id, proposal_id, context.member.id)
    if item is not None:
        await _show_sent(item, context)


async def _show_sent(item: Proposal, context: Context) -> None:
    coming = await assemblies.upcoming(context.tx, context.centre.id, context.now)
    later = [each for each in coming if each.frozen_at is None and each.status == "convened"]
    starts_at = later[0].starts_at if later else None
    fixed = bool(coming) and not later
    context.show(own_proposal.sent(item, starts_at, fixed, context.speak))


async def _sent_already(context: Context) -> None:
    """Pressed twice: show again what the first press did, if that was just now."""
    mine = await proposals.own(context.tx, context.member.id)
    last = max(mine, key=lambda each: each.touched_at, default=None)
    if last is None or last.status != "open" or context.now - last.touched_at > JUST_NOW:
        context.show(screens.nothing_begun(context.centre.id, context.speak))
        return
    item = await proposals.get(context.tx, context.centre.id, last.id, context.member.id)
    if item is not None and item.edited_at is None:
        await _show_sent(item, context)
    else:
        await show_proposal(context, last.id)


async def _save(writing: Writing, proposal_id: int, named: bool, context: Context) -> None:
    ids = (context.centre.id, proposal_id)
    before = await proposals.get(context.tx, *ids)
    words = (writing.title or "", writing.reason, named)
    await proposal_draft.forget(context)
    if before is not None and (before.title, before.reason, before.named) == words:
        context.show(own_proposal.unchanged(*ids, context.speak))
        return
    saved = await proposals.edit(
        context.tx,
        centre_id=context.centre.id,
        proposal_id=proposal_id,
        author_id=context.member.id,
        title=words[0],
        reason=words[1],
        named=named,
        now=context.now,
    )
    if saved:
        if before is not None and before.named != named:
            services = context.services
            await taken_back.note_name(context.tx, services.keys, before, context.now, back=named)
            context.unit.after_commit.append(services.eraser.catch_up)
        if before is None or (before.title, before.reason) != words[:2]:
            await merging.reworded(proposal_id, context)
        context.toast(context.speak("Saved."))
        await show_proposal(context, proposal_id)
    else:
        context.show(agenda_screens.gone(context.speak, context.centre.id))


async def edit(press: EditProposal, context: Context) -> None:
    """The author wants other words: what is half-written comes first."""
    item = await _own_open(press, context)
    if item is None:
        return
    writing = await proposal_draft.find(context)
    if writing is not None and writing.begun and writing.editing != item.id:
        context.toast(context.speak("First finish what you are writing, or leave it."))
        context.show(screens.resume(context.centre.id, writing.title, context.speak))
        return
    if await asks_first(press, context, same=proposal_draft.KIND):
        return
    if writing is None or writing.editing != item.id:
        writing = Writing(title=item.title, reason=item.reason, editing=item.id, seen=True)
    context.show(await arrive(replace(writing, step=Step.PREVIEW), context))


async def withdraw(press: WithdrawProposal, context: Context) -> None:
    """The author takes it back; asks once, saying what will be lost."""
    item = await _own_open(press, context)
    if item is None:
        return
    if not press.sure:
        context.show(own_proposal.take_back(item, context.speak))
        return
    ids = (press.centre_id, press.proposal_id, context.member.id)
    if await proposals.withdraw(context.tx, *ids):
        services = context.services
        await off_list.note(context.tx, services.keys, item, context.now, back=False)
        context.unit.after_commit.append(services.eraser.catch_up)
    context.toast(context.speak("Your proposal is taken back."))
    context.show(own_proposal.taken_back(item, context.speak))


async def _own_open(press: EditProposal | WithdrawProposal, context: Context) -> Proposal | None:
    """The proposal if its author pressed and it is open; otherwise shows where it stands."""
    ids = (press.centre_id, press.proposal_id, context.member.id)
    item = await proposals.get(context.tx, *ids)
    if item is not None and item.is_open and item.author_id == context.member.id:
        return item
    if item is not None and item.is_open:
        context.toast(context.speak("Only whoever put it forward can change it."), alert=True)
    await show_proposal(context, press.proposal_id)
    return None


def register(app: App) -> None:
    app.add_handler(presses(SendProposal, send, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(EditProposal, edit, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(WithdrawProposal, withdraw, may=May.MEMBERS_IN_PRIVATE))

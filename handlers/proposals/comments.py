"""What was asked and added under a proposal: reading it, taking one's own back, what was done."""

from __future__ import annotations

from assembly.commenting import left
from assembly.duties import Duty
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowComments
from handlers.core.registration import App, presses
from handlers.proposals.agenda import show_proposal
from handlers.proposals.comment_presses import SeeComment, SeeDeeds, TakeCommentBack
from handlers.proposals.screens import agenda as agenda_screens
from handlers.proposals.screens import comments as screens
from storage import (
    assemblies,
    comments,
    duties,
    outbox_changes,
    points,
    proposal_audit,
    proposals,
    taken_back,
)
from storage.comments import Comment
from storage.proposals import Proposal

SHOWN = 20  # deeds; few proposals have any


async def show_page(press: ShowComments, context: Context) -> None:
    """A page of what stands under a proposal."""
    item = await proposals.get(context.tx, press.centre_id, press.proposal_id)
    if item is None:
        context.show(agenda_screens.gone(context.speak, context.centre.id))
    elif item.status == "taken-down":
        await show_proposal(context, item.id)
    else:
        found = await comments.of_proposal(context.tx, item.centre_id, item.id)
        await _show(item, found, press.page, context)


async def show_with(item: Proposal, comment_id: int, context: Context) -> None:
    """The page on which a comment stands; where it is gone, the last one."""
    found = await comments.of_proposal(context.tx, item.centre_id, item.id)
    await _show(item, found, screens.place_of(found, comment_id, context.speak), context)


async def _show(item: Proposal, found: list[Comment], page: int, context: Context) -> None:
    written = await comments.written_by(context.tx, item.id, context.member.id)
    screen = screens.page(item, found, page, left(written), context.speak)
    leading = await _leading(item, context)
    if leading is not None:
        screen = screen.with_row(screens.to_session(item, leading, context.speak))
    context.show(screen)


async def _leading(item: Proposal, context: Context) -> int | None:
    """The open assembly that has it as a point, for whoever leads it: they read it out there."""
    ids = context.centre.id, context.member.id
    leads = context.facilitates or await duties.leads(context.tx, *ids, Duty.CHAIR, context.now)
    if not leads:
        return None
    for assembly in await assemblies.upcoming(context.tx, context.centre.id, context.now):
        if assembly.status == "open":
            items = await points.items(context.tx, assembly.id)
            return assembly.id if item.id in (each.proposal_id for each in items) else None
    return None


async def see_comment(press: SeeComment, context: Context) -> None:
    comment = await find(press.comment_id, context)
    if comment is not None:
        await show_one(comment.id, context)


async def show_one(comment_id: int, context: Context) -> None:
    """One comment as it is now, with what whoever looks can do."""
    comment = await find(comment_id, context)
    if comment is not None:
        viewer, facilitates = context.member.id, context.facilitates
        context.show(screens.one(comment, viewer, context.speak, facilitates=facilitates))


async def take_back(press: TakeCommentBack, context: Context) -> None:
    """Whoever wrote it deletes it; asks once, saying what goes with it."""
    comment = await find(press.comment_id, context)
    if comment is None:
        return
    if comment.author_id != context.member.id:
        await show_one(comment.id, context)
    elif not press.sure:
        context.show(screens.sure_to_take_back(comment, context.speak))
    else:
        if await comments.take_back(context.tx, comment.id, context.member.id):
            keys, eraser = context.services.keys, context.services.eraser
            await taken_back.note_deleted(context.tx, keys, comment, context.now)
            context.unit.after_commit.append(eraser.catch_up)
        # What its writer was told of it says that it was theirs.
        await outbox_changes.forget(context.tx, f"answered:{comment.id}")
        told = f"hidden:{comment.id}:"
        await outbox_changes.forget_told(context.tx, context.member.telegram_id, told)
        context.toast(context.speak("Taken back."))
        await context.go(ShowComments(comment.centre_id, comment.proposal_id, 0))


async def see_deeds(press: SeeDeeds, context: Context) -> None:
    """What facilitators did with a proposal, and with what stands under it."""
    item = await proposals.get(context.tx, press.centre_id, press.proposal_id)
    if item is None:
        await show_proposal(context, press.proposal_id)
        return
    found = await proposal_audit.of_proposal(context.tx, item.centre_id, item.id, SHOWN)
    context.show(screens.deeds(item, found, context.speak))


async def find(comment_id: int, context: Context) -> Comment | None:
    """A comment of the member's centre; otherwise says that it is gone."""
    comment = await comments.get(context.tx, context.centre.id, comment_id)
    if comment is None:
        context.toast(context.speak("This comment is not there any more."))
        context.show(agenda_screens.gone(context.speak, context.centre.id))
    return comment


def register(app: App) -> None:
    app.add_handler(presses(ShowComments, show_page, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SeeComment, see_comment, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TakeCommentBack, take_back, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SeeDeeds, see_deeds, may=May.MEMBERS_IN_PRIVATE))

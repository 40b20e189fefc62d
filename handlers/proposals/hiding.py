"""A comment that is about somebody or hurts them: told to facilitators, hidden, shown again.

Nothing is kept of who said so. What a facilitator does everybody can read, with the reason.
"""

from __future__ import annotations

from assembly.commenting import may_hide
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, looked_at_again, presses
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.proposals import comments as reading
from handlers.proposals.comment_news import LASTING
from handlers.proposals.comment_presses import (
    HideComment,
    HideCommentFor,
    ReportComment,
    ShowCommentAgain,
)
from handlers.proposals.reporting import tell_facilitators
from handlers.proposals.screens import commenting as told_screens
from handlers.proposals.screens import comments as screens
from storage import comments, people, proposal_audit, taken_back
from storage.comments import Comment
from storage.outbox import Outgoing
from storage.proposal_audit import Deed


async def hide(press: HideComment, context: Context) -> None:
    """Why: one of three reasons."""
    comment = await _to_judge(press.comment_id, context)
    if comment is not None and comment.hidden is None:
        context.show(screens.why_hide(comment, context.speak))
    elif comment is not None:
        await reading.show_one(comment.id, context)


async def hide_for(press: HideCommentFor, context: Context) -> None:
    """The reason stands in its place; whoever wrote it is told, and everybody can read by whom."""
    comment = await _to_judge(press.comment_id, context)
    if comment is None:
        return
    if await comments.hide(context.tx, comment.id, press.harm):
        by = (comment.proposal_id, context.member.id)
        await proposal_audit.note(
            context.tx, *by, Deed.COMMENT_HIDDEN, context.now, reason=press.harm
        )
        keys, eraser = context.services.keys, context.services.eraser
        await taken_back.note_hidden(context.tx, keys, comment, press.harm, context.now)
        context.unit.after_commit.append(eraser.catch_up)
        await _tell_who_wrote(comment.id, context)
    await reading.show_one(comment.id, context)


async def show_again(press: ShowCommentAgain, context: Context) -> None:
    """It can be read again; that is noted, too."""
    comment = await _to_judge(press.comment_id, context)
    if comment is None:
        return
    if await comments.show(context.tx, comment.id):
        by = (comment.proposal_id, context.member.id)
        await proposal_audit.note(context.tx, *by, Deed.COMMENT_SHOWN, context.now)
        keys, eraser = context.services.keys, context.services.eraser
        await taken_back.note_shown(context.tx, keys, comment, context.now)
        context.unit.after_commit.append(eraser.catch_up)
    await reading.show_one(comment.id, context)


async def report(press: ReportComment, context: Context) -> None:
    """Tell the facilitators, once for each comment; asks once, saying what they will read."""
    comment = await reading.find(press.comment_id, context)
    if comment is None:
        return
    if comment.hidden is not None or comment.author_id == context.member.id:
        await reading.show_one(comment.id, context)
    elif not press.sure:
        context.show(told_screens.sure_to_report(comment, context.speak))
    else:
        told = await _tell_facilitators(comment, context)
        nobody = context.speak("Nobody facilitates here who could be told.")
        said = context.speak("The facilitators are told. Who said so is kept nowhere.")
        context.toast((said if told else nobody).unescape(), alert=True)
        await reading.show_one(comment.id, context)


async def _tell_facilitators(comment: Comment, context: Context) -> bool:
    """Those who can judge it: not whoever wrote it, nor whose proposal it is."""
    told = await tell_facilitators(
        f"commentreport:{comment.id}",
        lambda speak: told_screens.report(comment, context.centre, speak),
        context,
        lasting=LASTING,
        judges=lambda member_id: may_hide(comment.parts, member_id, facilitates=True),
    )
    return bool(told)


async def _tell_who_wrote(comment_id: int, context: Context) -> None:
    """In private, with the reason, and not which facilitator: that stands where all can read it."""
    comment = await comments.get(context.tx, context.centre.id, comment_id)
    person = await people.of_member(context.tx, comment.author_id if comment else None)
    if comment is None or person is None:
        return
    centre = context.centre
    await context.unit.post(
        f"hidden:{comment.id}:{context.now}",
        person.telegram_id,
        told_screens.hidden(comment, centre, Speech.of(centre, person.language)),
        centre_id=centre.id,
        lasting=LASTING,
        not_before=centre.waits_until(context.now),
    )


async def still_there(row: Outgoing, unit: UnitOfWork) -> str | None:
    """What waits to be told, unless the comment is hidden by now, or taken back."""
    comment = await comments.get(unit.tx, row.centre_id or 0, int(row.key.split(":")[1]))
    return row.payload if comment is not None and comment.hidden is None else None


async def _to_judge(comment_id: int, context: Context) -> Comment | None:
    """The comment for a facilitator who is part of it in no other way; otherwise says why not."""
    comment = await reading.find(comment_id, context)
    if comment is None:
        return None
    if may_hide(comment.parts, context.member.id, facilitates=context.facilitates):
        return comment
    own = context.speak("It is yours, or under your proposal: another facilitator decides.")
    context.toast(own.unescape(), alert=True)
    await reading.show_one(comment.id, context)
    return None


def register(app: App) -> None:
    looked_at_again("commentreport", still_there)
    app.add_handler(presses(HideComment, hide, may=May.FACILITATORS))
    app.add_handler(presses(HideCommentFor, hide_for, may=May.FACILITATORS))
    app.add_handler(presses(ShowCommentAgain, show_again, may=May.FACILITATORS))
    app.add_handler(presses(ReportComment, report, may=May.MEMBERS_IN_PRIVATE))

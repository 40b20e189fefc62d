"""Asking and adding under a proposal, and its author's answer: typed, seen once more, sent."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace

from assembly import wording
from assembly.commenting import left, may_answer, notice_at
from assembly.immutable import immutable
from assembly.wording import COMMENT, WordingError
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ShowComments
from handlers.core.registration import App, looked_at_again, presses, typed
from handlers.core.screen import dump
from handlers.core.screens import plain
from handlers.core.sealed_draft import SealedDraft
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.proposals import comments as reading
from handlers.proposals.agenda import show_proposal
from handlers.proposals.comment_presses import (
    AnswerComment,
    LeaveComment,
    SendComment,
    WriteComment,
)
from handlers.proposals.screens import commenting as screens
from storage import centres, comments, members, people, proposals
from storage.comments import Comment
from storage.drafts import Draft
from storage.outbox import Outgoing
from storage.people import Person
from storage.proposals import Proposal

KIND = "comment"
LASTING = "it leads to what stands under the proposal, or to what became of it"
_drafts = SealedDraft(KIND, b"comment written by member %d")
_SIGN = 8  # hexadecimal digits in a button


@immutable
class Writing:
    """Under which proposal, and which comment is answered, 0 for a new one."""

    proposal_id: int
    answers: int = 0
    text: str | None = None

    @property
    def sign(self) -> str:
        """These words under this proposal, in a button."""
        said = f"{self.proposal_id}:{self.answers}:{self.text}"
        return hashlib.sha256(said.encode()).hexdigest()[:_SIGN]


async def write(press: WriteComment, context: Context) -> None:
    """Ask for a question or a thought, while the proposal is open and one may write more."""
    item = await _open_one(press.proposal_id, context)
    if item is None:
        return
    written = await comments.written_by(context.tx, item.id, context.member.id)
    if not left(written):
        await context.go(ShowComments(item.centre_id, item.id, 0))
    elif not await asks_first(press, context, same=KIND):
        await _arrive(Writing(item.id), context)


async def answer(press: AnswerComment, context: Context) -> None:
    """Ask whoever put the proposal forward for an answer."""
    comment = await reading.find(press.comment_id, context)
    if comment is None:
        return
    if not may_answer(comment.parts, context.member.id) or comment.hidden or not comment.is_open:
        await reading.show_one(comment.id, context)
    elif not await asks_first(press, context, same=KIND):
        await _arrive(Writing(comment.proposal_id, comment.id), context)


async def take_text(draft: Draft, context: Context) -> None:
    """It is seen once more before everybody reads it."""
    writing = await read(draft, context)
    if writing is None:
        return
    try:
        text = wording.comment(context.text)
    except WordingError as error:
        await _asked_again(writing, error, context)
    else:
        await _arrive(replace(writing, text=text), context)


async def _asked_again(writing: Writing, error: WordingError, context: Context) -> None:
    item = await _open_one(writing.proposal_id, context)
    if item is None:
        await _drafts.forget(context)
    else:
        screen = screens.ask(item, COMMENT[1], context.speak)
        context.show(screen.on_top(plain.misfit(error, context.speak)))


async def ask_again(draft: Draft, context: Context) -> None:
    writing = await read(draft, context)
    if writing is not None:
        await _arrive(writing, context)


async def find(context: Context) -> Writing | None:
    """What the member is writing in this centre, if anything."""
    found = await _drafts.find(context)
    return Writing(**found[1]) if found is not None else None


async def read(draft: Draft, context: Context) -> Writing | None:
    content = await _drafts.read(draft, context)
    return Writing(**content) if content is not None else None


async def beginning(context: Context) -> str | None:
    """Its words; None where nothing is written yet."""
    writing = await find(context)
    return writing.text if writing is not None else None


async def _arrive(writing: Writing, context: Context) -> None:
    """Keep it, and show what is asked: for the words, or whether they are to be sent."""
    item = await _open_one(writing.proposal_id, context)
    if item is None:
        await _drafts.forget(context)
        return
    answered: Comment | None = None
    if writing.answers:
        answered = await reading.find(writing.answers, context)
        if answered is None:
            await _drafts.forget(context)
            return
    await _drafts.keep(asdict(writing), context)
    speak, text, sign = context.speak, writing.text, writing.sign
    if answered is None and text is None:
        screen = screens.ask(item, COMMENT[1], speak)
    elif answered is None:
        screen = screens.preview(item, text or "", sign, context.member.name, speak)
    elif text is None:
        screen = screens.ask_answer(item, answered, COMMENT[1], speak)
    else:
        screen = screens.preview_answer(item, answered, text, sign, speak)
    context.show(screen)


async def leave(press: LeaveComment, context: Context) -> None:
    """Nothing was sent."""
    await _drafts.forget(context)
    await context.go(ShowComments(press.centre_id, press.proposal_id, 0))


async def send(press: SendComment, context: Context) -> None:
    """Everybody reads it, if these are the words that the button stood under."""
    writing = await find(context)
    if writing is None or writing.text is None or press.sign != writing.sign:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    item = await _open_one(writing.proposal_id, context)
    await _drafts.forget(context)
    if item is None:
        return
    if writing.answers:
        await _answer(item, writing.answers, writing.text, context)
    else:
        await _add(item, writing.text, press.named, context)


async def _add(item: Proposal, text: str, named: bool, context: Context) -> None:
    comment_id = await comments.add(
        context.tx,
        centre_id=item.centre_id,
        proposal_id=item.id,
        member_id=context.member.id,
        text=text,
        named=named,
        now=context.now,
    )
    if comment_id is not None:
        await _tell_author(item, context)
        context.toast(context.speak("Everybody can read it now."))
    await reading.show_with(item, comment_id or 0, context)


async def _answer(item: Proposal, comment_id: int, text: str, context: Context) -> None:
    if await comments.answer(context.tx, comment_id, context.member.id, text):
        await _tell_who_asked(item, comment_id, context)
        context.toast(context.speak("Everybody can read it now."))
    await reading.show_with(item, comment_id, context)


async def _tell_author(item: Proposal, context: Context) -> None:
    """One message for all that is written within an hour, or over night; it counts when it goes."""
    person = await _person(item.author_id, context)
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


async def _tell_who_asked(item: Proposal, comment_id: int, context: Context) -> None:
    """Once, that there is an answer; what it says by then."""
    comment = await comments.get(context.tx, item.centre_id, comment_id)
    person = await _person(comment.author_id if comment is not None else None, context)
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


async def _person(member_id: int | None, context: Context) -> Person | None:
    """Whom to write to: while they take part."""
    member = await members.get(context.tx, member_id or 0)
    if member is None or member.status != "active":
        return None
    return await people.find(context.tx, member.telegram_id)


async def still_waiting(row: Outgoing, unit: UnitOfWork) -> str | None:
    """How many comments wait by now; None where all are answered, hidden, or the list moved on."""
    proposal_id = int(row.key.split(":")[1])
    item = await proposals.get(unit.tx, row.centre_id or 0, proposal_id)
    waiting = await comments.unanswered(unit.tx, proposal_id)
    if item is None or not waiting:
        return None
    centre = await centres.get(unit.tx, item.centre_id)
    person = await people.find(unit.tx, row.chat_id)
    speak = Speech.of(centre, person.language if person else None)
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
    person = await people.find(unit.tx, row.chat_id)
    speak = Speech.of(centre, person.language if person else None)
    return dump(screens.answered(item, comment, centre, speak))


async def _open_one(proposal_id: int, context: Context) -> Proposal | None:
    """The proposal while it is on the list; otherwise shows what became of it."""
    item = await proposals.get(context.tx, context.centre.id, proposal_id)
    if item is not None and item.is_open:
        return item
    await show_proposal(context, proposal_id)
    return None


def register(app: App) -> None:
    typed(KIND, take_text, resume=ask_again, copied=find, loses=beginning, may=May.MEMBERS)
    looked_at_again("comments", still_waiting)
    looked_at_again("answered", still_answered)
    app.add_handler(presses(WriteComment, write, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(AnswerComment, answer, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SendComment, send, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(LeaveComment, leave, may=May.MEMBERS_IN_PRIVATE))

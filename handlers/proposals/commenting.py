"""Asking and adding under a proposal, and its author's answer: typed, seen once more, sent."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace

from assembly import wording
from assembly.commenting import left, may_answer
from assembly.immutable import immutable
from assembly.wording import COMMENT, WordingError
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ShowComments
from handlers.core.registration import App, presses, typed
from handlers.core.screens import plain
from handlers.core.sealed_draft import SealedDraft
from handlers.proposals import comment_news
from handlers.proposals import comments as reading
from handlers.proposals.agenda import open_proposal
from handlers.proposals.comment_presses import (
    AnswerComment,
    LeaveComment,
    SendComment,
    WriteComment,
)
from handlers.proposals.screens import commenting as screens
from storage import comments
from storage.comments import Comment
from storage.drafts import Draft
from storage.proposals import Proposal

KIND = "comment"
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
    item = await open_proposal(press.proposal_id, context)
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
    item = await open_proposal(writing.proposal_id, context)
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
    item = await open_proposal(writing.proposal_id, context)
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
    item = await open_proposal(writing.proposal_id, context)
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
        await comment_news.tell_author(item, context)
        context.toast(context.speak("Everybody can read it now."))
    await reading.show_with(item, comment_id or 0, context)


async def _answer(item: Proposal, comment_id: int, text: str, context: Context) -> None:
    if await comments.answer(context.tx, comment_id, context.member.id, text):
        await comment_news.tell_who_asked(item, comment_id, context)
        context.toast(context.speak("Everybody can read it now."))
    await reading.show_with(item, comment_id, context)


def register(app: App) -> None:
    typed(KIND, take_text, resume=ask_again, copied=find, loses=beginning, may=May.MEMBERS)
    app.add_handler(presses(WriteComment, write, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(AnswerComment, answer, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SendComment, send, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(LeaveComment, leave, may=May.MEMBERS_IN_PRIVATE))

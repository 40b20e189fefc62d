"""Proposing: one question after the other, a preview, and then it is on the list."""

from __future__ import annotations

from assembly import wording
from assembly.clean_text import clean
from assembly.wording import WordingError
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ProposeWritten, StartProposal
from handlers.core.press import Press
from handlers.core.registration import PRIVATE, App, command, deep_link, presses, typed
from handlers.core.screens import plain
from handlers.proposals import draft as proposal_draft
from handlers.proposals.draft import OPEN_AT_ONCE, Step, Writing, arrive, change, list_is_full
from handlers.proposals.presses import (
    ChangeText,
    GoOn,
    KeepFitting,
    LeaveProposal,
    Part,
    ShortenText,
    SkipReason,
    StartAgain,
    WriteAnew,
)
from handlers.proposals.screens import own_proposal
from handlers.proposals.screens import propose as screens
from storage.drafts import Draft


async def propose(context: Context) -> None:
    """/propose, typed, perhaps with the title behind it."""
    await begin(context, context.argument)


async def start(_: StartProposal, context: Context) -> None:
    await begin(context)


async def propose_written(_: ProposeWritten, context: Context) -> None:
    """What was written without being asked for; its answer's button makes it a title."""
    await begin(context, context.replied)


async def follow_link(_: str, context: Context) -> None:
    """`propose_<centre>`, from the list in the group."""
    await begin(context)


async def begin(context: Context, title: str = "") -> None:
    """Ask the first question, or take its answer, unless something is half-written."""
    writing = await proposal_draft.find(context)
    if writing is not None and writing.begun:
        screen = screens.resume(context.centre.id, writing.title, context.speak)
        if title and clean(title) != writing.title:
            screen = screen.on_top(screens.one_at_a_time(context.speak))
        context.show(screen)
    elif await asks_first(_begins(context, title), context):
        return
    elif title and not await list_is_full(context):
        await _take_answer(Writing(), title, context)
    else:
        await ask_title(context)


def _begins(context: Context, title: str) -> Press:
    """The same once more: a title stands above the question, as somebody wrote it."""
    centre_id = context.centre.id
    return ProposeWritten(centre_id) if title else StartProposal(centre_id)


async def ask_title(context: Context) -> None:
    """Begin anew, unless the list holds enough of this member's."""
    if await list_is_full(context):
        context.show(screens.enough_for_now(context.centre.id, OPEN_AT_ONCE, context.speak))
    else:
        context.show(await arrive(Writing(), context))


async def take_text(draft: Draft, context: Context) -> None:
    """Typed while a proposal is being written."""
    writing = await proposal_draft.read(draft, context)
    if writing is None:
        await begin(context)
    elif writing.belongs_to_long(_sent_at(context)):
        context.show(await arrive(_with_long(writing, context.text, context), context))
    elif writing.step in (Step.TITLE, Step.REASON):
        await _take_answer(writing, context.text, context)
    else:
        screen = await arrive(writing, context)
        context.show(screen.on_top(screens.press_please(context.speak)))


async def ask_again(draft: Draft, context: Context) -> None:
    writing = await proposal_draft.read(draft, context)
    if writing is not None:
        context.show(await arrive(writing, context))


async def _take_answer(writing: Writing, text: str, context: Context) -> None:
    try:
        if writing.step == Step.TITLE:
            answered = writing.with_title(wording.title(text))
        else:
            answered = writing.with_reason(wording.reason(text))
    except WordingError as error:
        if error.kind == "long":
            context.show(await arrive(_with_long(writing, text, context), context))
        else:
            screen = await arrive(writing.at(writing.step), context)
            context.show(screen.on_top(plain.too_little(error.limit, context.speak)))
    else:
        context.show(await arrive(answered, context))


def _with_long(writing: Writing, text: str, context: Context) -> Writing:
    return writing.with_long(clean(text), _sent_at(context))


def _sent_at(context: Context) -> int:
    message = context.incoming.message
    return int(message.date.timestamp()) if message is not None else context.now


async def go_on(_: GoOn, context: Context) -> None:
    await change(context, Writing.gone_on)


async def start_again(_: StartAgain, context: Context) -> None:
    await proposal_draft.forget(context)
    await ask_title(context)


async def write_anew(_: WriteAnew, context: Context) -> None:
    await change(context, lambda writing: writing.at(writing.step))


async def skip_reason(_: SkipReason, context: Context) -> None:
    def step(writing: Writing) -> Writing:
        return writing.with_reason(None) if writing.step == Step.REASON else writing

    await change(context, step)


async def keep_fitting(_: KeepFitting, context: Context) -> None:
    await change(context, _kept)


def _kept(writing: Writing) -> Writing:
    if not writing.long:
        return writing
    if writing.step == Step.REASON:
        return writing.with_reason(writing.fitting)
    try:
        return writing.with_title(wording.title(writing.fitting))
    except WordingError:  # nothing readable at its beginning
        return writing.at(writing.step)


async def shorten(_: ShortenText, context: Context) -> None:
    writing = await proposal_draft.find(context)
    if writing is None or not writing.long:
        await change(context, lambda writing: writing)
        return
    context.show(screens.shorten(context.centre.id, writing.fitting, context.speak))


async def change_text(press: ChangeText, context: Context) -> None:
    writing = await proposal_draft.find(context)
    if writing is None or not writing.seen:
        await change(context, lambda writing: writing)
    elif press.part == Part.CHOOSE:
        words = (writing.title or "", writing.reason)
        context.show(own_proposal.choose_part(context.centre.id, *words, context.speak))
    else:
        step = Step.TITLE if press.part == Part.TITLE else Step.REASON
        context.show(await arrive(writing.at(step), context))


async def leave(_: LeaveProposal, context: Context) -> None:
    writing = await proposal_draft.find(context) or Writing()
    await proposal_draft.forget(context)
    if writing.editing:
        context.show(own_proposal.unchanged(context.centre.id, writing.editing, context.speak))
        return
    words = (writing.title, writing.reason)
    context.show(screens.left(context.centre.id, *words, context.speak))


def register(app: App) -> None:
    typed(
        proposal_draft.KIND,
        take_text,
        resume=ask_again,
        copied=proposal_draft.find,
        loses=proposal_draft.beginning,
        joins_pieces=True,
        may=May.MEMBERS,
    )
    deep_link("propose", follow_link, may=May.MEMBERS)
    app.add_handler(command("propose", propose, PRIVATE, may=May.MEMBERS))
    app.add_handler(presses(StartProposal, start, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ProposeWritten, propose_written, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(GoOn, go_on, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(StartAgain, start_again, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(WriteAnew, write_anew, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SkipReason, skip_reason, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShortenText, shorten, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(KeepFitting, keep_fitting, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ChangeText, change_text, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(LeaveProposal, leave, may=May.MEMBERS_IN_PRIVATE))

"""Another name: chosen with a button, or written."""

from __future__ import annotations

from typing import assert_never

from assembly import wording
from assembly.wording import presentable
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.registration import App, presses, typed
from handlers.core.speech import Speech
from handlers.profile.me import show
from handlers.profile.presses import MyName, NewName
from handlers.profile.screens import name_and_language
from storage import drafts, members
from storage.drafts import Draft

NAME = "my-name"  # the kind of draft in which another name is typed


async def choose_name(press: MyName, context: Context) -> None:
    member, telegram = context.member, context.who()
    first = presentable(telegram.first_name)
    match press.name:
        case NewName.ASK:
            await _forget_draft(context)
            context.show(name_and_language.name(context.speak, member, first))
        case NewName.NICKNAME:
            if await asks_first(press, context):
                return
            await drafts.save(
                context.tx,
                Draft(member.telegram_id, member.centre_id, NAME, "", None, None, context.now),
            )
            context.show(
                name_and_language.nickname(context.speak, member.centre_id, wording.NAME[1])
            )
        case NewName.FIRST:
            if first is not None:
                await _rename(context, first)
        case NewName.MEMBER:  # said as others will read it: in the language of the centre
            await _rename(context, Speech.of(context.centre)("a member").unescape())
        case _:
            assert_never(press.name)


async def type_name(_: Draft, context: Context) -> None:
    """The name as it was written."""
    try:
        name = wording.name(context.text)
    except wording.WordingError:
        screen = name_and_language.unfit_name(context.speak, context.centre.id, wording.NAME[1])
        context.show(screen)
        return
    await _rename(context, name)


async def ask_name_again(_: Draft, context: Context) -> None:
    context.show(name_and_language.nickname(context.speak, context.centre.id, wording.NAME[1]))


async def _rename(context: Context, name: str) -> None:
    await _forget_draft(context)
    await members.rename(context.tx, context.member.id, name)
    await enter(context, context.centre.id)
    await show(context)


async def _forget_draft(context: Context) -> None:
    """The name is chosen otherwise; another conversation stays."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind == NAME:
        await drafts.remove(context.tx, draft.telegram_id)


def register(app: App) -> None:
    typed(NAME, type_name, resume=ask_name_again, may=May.MEMBERS)
    app.add_handler(presses(MyName, choose_name, may=May.MEMBERS_IN_PRIVATE))

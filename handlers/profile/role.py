"""Correcting one's role: asked for by oneself, confirmed by a facilitator of another role."""

from __future__ import annotations

from assembly.roles import Role, may_correct
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from handlers.core.speech_to import speech_to
from handlers.profile.presses import ConfirmRole, MyRole
from handlers.profile.screens import role as screens
from storage import facilitators, members
from storage.facilitators import Facilitator
from storage.members import Member


async def ask(press: MyRole, context: Context) -> None:
    """Which it is; then it is put to those who can confirm it."""
    member, centre = context.member, context.centre
    if press.role not in set(Role) - {member.role}:
        context.show(screens.choose(context.speak, centre.id, member.role))
        return
    wanted = Role(press.role)
    able = await _able(context, member, wanted)
    if not able:
        context.show(screens.nobody_confirms(context.speak, centre.id))
        return
    if await members.want_role(context.tx, member.id, wanted):
        for each in able:
            speak = Speech.of(centre, each.language)
            await context.unit.post(
                f"{_ref(member.id, each)}:{context.now}",
                each.telegram_id,
                screens.asked(speak, centre, member, wanted),
                centre_id=centre.id,
                ref=_ref(member.id, each),
                not_before=centre.waits_until(context.now),
            )
    context.show(screens.passed_on(context.speak, centre.id, wanted))


async def confirm(press: ConfirmRole, context: Context) -> None:
    """The first answer counts, to what is asked for now and by whoever may."""
    centre = context.centre
    member = await members.get(context.tx, press.member_id)
    if member is None or member.centre_id != centre.id or member.status != "active":
        context.toast(context.speak("This request is answered already."), alert=True)
        return
    able = await _able(context, member, press.role)
    if context.member.id not in {each.member_id for each in able}:
        context.toast(
            context.speak("A facilitator of another role has to answer that."), alert=True
        )
        return
    if not await members.settle_role(context.tx, member.id, press.role, yes=press.yes):
        context.toast(context.speak("This request is answered already."), alert=True)
        return
    for each in able:
        speak = Speech.of(centre, each.language)
        done = screens.settled(speak, centre, member, yes=press.yes)
        if each.member_id == context.member.id:
            context.show(done)
        else:
            ref = _ref(member.id, each)
            await context.unit.repost(ref, each.telegram_id, done, centre_id=centre.id)
    speak = await speech_to(context.tx, centre, member.telegram_id)
    await context.unit.post(
        f"role:{member.id}:answer:{context.now}",
        member.telegram_id,
        screens.told(speak, centre, press.role, yes=press.yes),
        centre_id=centre.id,
        not_before=centre.waits_until(context.now),
    )


async def _able(context: Context, member: Member, wanted: Role) -> list[Facilitator]:
    on_duty = await facilitators.contacts(context.tx, context.centre.id, context.now)
    return [
        each
        for each in on_duty
        if each.member_id != member.id and may_correct(member.role, wanted, each.role)
    ]


def _ref(member_id: int, each: Facilitator) -> str:
    return f"role:{member_id}:{each.telegram_id}"


def register(app: App) -> None:
    app.add_handler(presses(MyRole, ask, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ConfirmRole, confirm, may=May.FACILITATORS))

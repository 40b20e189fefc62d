"""Joining by invitation: three short screens, consent by purpose, a name, and in."""

from __future__ import annotations

from typing import assert_never

from assembly import wording
from assembly.centre_facts import age_limit
from assembly.invitation import state
from assembly.wording import presentable
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.half_written import asks_first
from handlers.core.home import show_home, speak_as_known
from handlers.core.may import May
from handlers.core.navigation import INVITATION
from handlers.core.registration import App, deep_link, presses, typed
from handlers.core.screens import home
from handlers.core.speech import LANGUAGES, Speech
from handlers.core.unnaming import unname
from handlers.membership.presses import (
    JoinAs,
    JoinCheckin,
    JoinConsent,
    JoinIn,
    JoinName,
    JoinNot,
    JoinShow,
    NameChoice,
    Step,
    TakeDuty,
)
from handlers.membership.progress import (
    admit,
    go_on,
    show_question,
    take_duty,
)
from handlers.membership.screens import arrival
from handlers.membership.screens import join as screens
from storage import centre_facts, drafts, invitations, joinings, retention
from storage.drafts import Draft
from storage.erasure import erasing

NICKNAME = "nickname"


async def open_invitation(token: str, context: Context) -> None:
    """The link of an invitation: in, or why not."""
    await speak_as_known(context)
    invitation = await invitations.find(context.tx, token)
    if invitation is None:
        context.show(home.broken_link(context.speak))
        return
    status = state(invitation.policy, context.now)
    centre_id = invitation.centre_id
    if await enter(context, centre_id):
        if not invitation.facilitator or context.facilitates:
            context.show(arrival.already(context.speak, context.centre, context.facilitates))
        elif status == "valid":
            name = context.centre.name
            context.show(arrival.duty(context.speak, name, centre_id, token))
        else:
            context.show(arrival.closed_door(context.speak, status, centre_id))
        return
    if status != "valid":
        context.show(arrival.closed_door(context.speak, status, centre_id))
        return
    await joinings.begin(
        context.tx,
        context.who().id,
        centre_id,
        language=context.speak.language,
        role=invitation.role,
        at=context.now,
        token_hash=invitation.token_hash,
    )
    await go_on(context, centre_id)


async def show(press: JoinShow, context: Context) -> None:
    joining = context.joining
    facts = await centre_facts.known(context.tx, joining.centre_id)
    if joining.waits_for_guardian and press.step not in (Step.RESPONSIBLE, Step.RECIPIENTS):
        await go_on(context, joining.centre_id)
        return
    match press.step:
        case Step.WELCOME:
            screen = screens.welcome(context.speak, joining, age_limit(facts))
        case Step.WHO_SEES:
            screen = screens.who_sees_what(context.speak, joining)
        case Step.MORE:
            screen = screens.more(context.speak, joining)
        case Step.LIMITS:
            screen = screens.limits(context.speak, joining, facts)
        case Step.RESPONSIBLE:
            screen = screens.who_is_responsible(context.speak, joining, facts)
        case Step.RECIPIENTS:
            periods = await retention.periods(context.tx, joining.centre_id, context.now)
            screen = screens.who_else_gets_them(context.speak, joining, facts, periods)
        case _:
            assert_never(press.step)
    context.show(screen)


async def speak_in(press: JoinIn, context: Context) -> None:
    if press.language in LANGUAGES:
        await joinings.speak(
            context.tx, context.who().id, context.joining.centre_id, press.language, context.now
        )
        context.speak = Speech(press.language, context.joining.centre_zone)
    await go_on(context, context.joining.centre_id)


async def consent(_: JoinConsent, context: Context) -> None:
    await joinings.consent(context.tx, context.who().id, context.joining.centre_id, context.now)
    await show_question(context, context.joining.centre_id)


async def choose_role(press: JoinAs, context: Context) -> None:
    await joinings.choose_role(
        context.tx, context.who().id, context.joining.centre_id, press.role, context.now
    )
    await show_question(context, context.joining.centre_id)


async def answer_checkin(press: JoinCheckin, context: Context) -> None:
    await joinings.answer_checkin(
        context.tx, context.who().id, context.joining.centre_id, press.yes, context.now
    )
    await show_question(context, context.joining.centre_id)


async def choose_name(press: JoinName, context: Context) -> None:
    person = context.who()
    match press.name:
        case NameChoice.NICKNAME:
            if await asks_first(press, context):
                return
            await drafts.save(
                context.tx,
                Draft(person.id, context.joining.centre_id, NICKNAME, "", None, None, context.now),
            )
            context.show(screens.nickname(context.speak, context.joining, wording.NAME[1]))
            return
        case NameChoice.FIRST:
            name = presentable(person.first_name)
        case NameChoice.MEMBER:  # said as others will read it: in the language of the centre
            speak = Speech(context.joining.centre_language)
            name = str(speak("a member"))
        case _:
            assert_never(press.name)
    if name is None:
        await show_question(context, context.joining.centre_id)
    else:
        await admit(context, context.joining, name)


async def typed_nickname(_: Draft, context: Context) -> None:
    """The name that somebody wrote."""
    try:
        name = wording.name(context.text)
    except wording.WordingError:
        context.show(screens.unfit_name(context.speak, wording.NAME[1]))
        return
    await admit(context, context.joining, name)


async def ask_nickname_again(_: Draft, context: Context) -> None:
    context.show(screens.nickname(context.speak, context.joining, wording.NAME[1]))


async def not_now(_: JoinNot, context: Context) -> None:
    telegram_id = context.who().id
    draft = await drafts.find(context.tx, telegram_id)
    if draft is not None and draft.kind == NICKNAME:
        await drafts.remove(context.tx, telegram_id)
    instead = Speech(context.joining.centre_language)("a member").unescape()
    await unname(context.unit, context.joining.centre_id, telegram_id, instead)
    await erasing.turn_back(context.tx, telegram_id, context.joining.centre_id)
    context.unit.after_commit.append(context.services.shredder.shred)
    context.show(screens.not_now(context.speak))


async def accept_duty(press: TakeDuty, context: Context) -> None:
    """A member takes on the duty, if the invitation still holds."""
    if context.facilitates:
        await show_home(context)
        return
    invitation = await invitations.find(context.tx, press.token)
    meant = invitation is not None and invitation.centre_id == press.centre_id
    if invitation is None or not meant or not invitation.facilitator:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    if not await invitations.use(context.tx, invitation.token_hash, context.now):
        status = state(invitation.policy, context.now)
        context.show(arrival.closed_door(context.speak, status, press.centre_id))
        return
    await take_duty(context, press.centre_id, context.member.id)
    await enter(context, press.centre_id)
    context.show(arrival.holds_duty(context.speak, context.centre))


def register(app: App) -> None:
    deep_link(INVITATION, open_invitation, may=May.WITH_LINK)
    typed(NICKNAME, typed_nickname, resume=ask_nickname_again, may=May.JOINING)
    app.add_handler(presses(JoinShow, show, may=May.JOINING))
    app.add_handler(presses(JoinIn, speak_in, may=May.JOINING))
    app.add_handler(presses(JoinConsent, consent, may=May.JOINING))
    app.add_handler(presses(JoinAs, choose_role, may=May.JOINING))
    app.add_handler(presses(JoinCheckin, answer_checkin, may=May.JOINING))
    app.add_handler(presses(JoinName, choose_name, may=May.JOINING))
    app.add_handler(presses(JoinNot, not_now, may=May.JOINING))
    app.add_handler(presses(TakeDuty, accept_duty, may=May.MEMBERS_IN_PRIVATE))

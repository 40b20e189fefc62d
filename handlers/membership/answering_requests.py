"""Facilitators answer somebody who asks to join: one of them, or two for a professional."""

from __future__ import annotations

from assembly.invitation import ask_again_at, needs_confirmation
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.names import marked
from handlers.core.registration import App, looked_at_again, presses
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.membership import gathering
from handlers.membership.presses import (
    AnswerRequest,
    DeclineRequest,
    LeaveRequest,
    SeeRequests,
)
from handlers.membership.screens import answering_requests as answers
from handlers.membership.screens import join_requests as screens
from storage import facilitators, join_requests, messages, people
from storage.join_requests import JoinRequest
from storage.messages import Place


async def answer(press: AnswerRequest, context: Context) -> None:
    """The first answer counts; only to welcome a professional it takes a second facilitator."""
    request = await _find(context, press.request_id)
    if request is None:
        return
    if not press.yes and request.answered_at is None:
        again_at = ask_again_at(context.now)
        asked = answers.ask_decline(context.speak, context.centre.name, request, again_at)
        await _show(asked, context)
        return
    contacts = await facilitators.contacts(context.tx, press.centre_id, context.now)
    takes_two = needs_confirmation(request.role, False, len(contacts))
    alone = request.welcomed_by in (None, context.member.id)
    if press.yes and takes_two and alone and request.answered_at is None:
        await _welcome_first(context, request)
    else:
        await _settle(context, request, accepted=press.yes)


async def decline(press: DeclineRequest, context: Context) -> None:
    """The answer that one facilitator can give alone; the first answer counts here too."""
    request = await _find(context, press.request_id)
    if request is None:
        return
    await _settle(context, request, accepted=False)


async def leave_for_later(press: LeaveRequest, context: Context) -> None:
    """It stays where it is, for this facilitator and for the others."""
    request = await _find(context, press.request_id)
    if request is None:
        return
    if not press.back:
        context.toast(context.speak("It waits here, for you and for the other facilitators."))
    await _show(await _as_it_stands(context, request), context)


async def _find(context: Context, request_id: int) -> JoinRequest | None:
    """The request; where it is gone, whoever pressed is told that it is answered."""
    request = await join_requests.find(context.tx, context.centre.id, request_id)
    if request is None:
        # Whoever was welcomed has come in, or has erased what they asked.
        context.toast(context.speak("This request is answered already."), alert=True)
    return request


async def see_all(_: SeeRequests, context: Context) -> None:
    """Who waits for an answer."""
    centre = context.centre
    number = len(await facilitators.contacts(context.tx, centre.id, context.now))
    found = await gathering.gathered(context.tx, centre, context.speak, number)
    await _show(found or answers.nobody_asks(context.speak, centre.name), context)


async def _show(screen: Screen, context: Context) -> None:
    """Pressed in the message that says who waits, it goes on being the one that does: whoever has
    their request forgotten is named in it no more.
    """
    name, message = gathering.ref(context.centre.id, context.member.telegram_id), context.message
    place = await messages.find(context.tx, name)
    here = message is not None and place == Place(message.chat.id, message.message_id)
    context.show(screen, ref=name if here else None)


async def _as_it_stands(context: Context, request: JoinRequest) -> Screen:
    centre, others = context.centre, await _others_wait(context, request)
    if request.answered_at is not None:
        asker = marked(request.telegram_id, request.name)
        accepted = request.answer == "accepted"
        return answers.answered(context.speak, centre, asker, accepted, others=others)
    number = len(await facilitators.contacts(context.tx, centre.id, context.now))
    return await gathering.alone(context.tx, centre, context.speak, request, number, others=others)


async def _others_wait(context: Context, request: JoinRequest) -> bool:
    waiting = await join_requests.open_ones(context.tx, context.centre.id)
    return any(each.id != request.id for each in waiting)


async def _welcome_first(context: Context, request: JoinRequest) -> None:
    """Note it, and let everybody read that one more is needed."""
    if not await join_requests.welcome(
        context.tx, context.centre.id, request.id, context.member.id
    ):
        context.toast(context.speak("Another facilitator has to answer that."), alert=True)
    await _show(await _as_it_stands(context, await _anew(context, request)), context)
    await gathering.renew(context.unit, context.centre, context.member.telegram_id)


async def _anew(context: Context, request: JoinRequest) -> JoinRequest:
    return await join_requests.find(context.tx, request.centre_id, request.id) or request


async def _settle(context: Context, request: JoinRequest, *, accepted: bool) -> None:
    """Answer it, unless somebody has; whoever pressed sees how it ended."""
    centre = context.centre
    fresh = await join_requests.answer(
        context.tx,
        centre.id,
        request.id,
        "accepted" if accepted else "declined",
        answered_by=context.member.id,
        now=context.now,
    )
    await _show(await _as_it_stands(context, await _anew(context, request)), context)
    if not fresh:
        return
    await _tell_asker(context, request, accepted)
    asker = marked(request.telegram_id, request.name)
    await gathering.renew(
        context.unit,
        centre,
        context.member.telegram_id,
        lambda speak: answers.answered(speak, centre, asker, accepted),
    )


async def _tell_asker(context: Context, request: JoinRequest, accepted: bool) -> None:
    centre = context.centre
    asker = await people.find(context.tx, request.telegram_id)
    speak = Speech.of(centre, asker.language if asker else None)
    screen = (
        screens.welcomed(speak, centre.name, centre.id)
        if accepted
        else screens.declined(speak, centre.name, ask_again_at(context.now))
    )
    await context.unit.post(
        f"request:{request.id}:answer",
        request.telegram_id,
        screen,
        centre_id=centre.id,
        lasting="whoever was welcomed can come in as long as they wish",
        not_before=centre.waits_until(context.now),
    )


def register(app: App) -> None:
    looked_at_again(gathering.PREFIX, gathering.at_sending)
    app.add_handler(presses(SeeRequests, see_all, may=May.FACILITATORS))
    app.add_handler(presses(AnswerRequest, answer, may=May.FACILITATORS))
    app.add_handler(presses(DeclineRequest, decline, may=May.FACILITATORS))
    app.add_handler(presses(LeaveRequest, leave_for_later, may=May.FACILITATORS))

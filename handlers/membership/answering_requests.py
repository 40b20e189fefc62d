"""Facilitators answer somebody who asks to join: one of them, or two for a professional."""

from __future__ import annotations

from assembly.invitation import ask_again_at, needs_confirmation
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.names import marked
from handlers.core.registration import App, presses
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.membership.presses import AnswerRequest, DeclineRequest, LeaveRequest
from handlers.membership.screens import join_requests as screens
from storage import centres, facilitators, join_requests, members, messages, outbox, people
from storage.centres import Centre
from storage.facilitators import Facilitator
from storage.join_requests import JoinRequest


async def put_to_facilitators(unit: UnitOfWork, centre: Centre, request: JoinRequest) -> None:
    """Ask every facilitator, each in their own chat."""
    contacts = await facilitators.contacts(unit.tx, centre.id, unit.now)
    takes_two = needs_confirmation(request.role, False, len(contacts))
    for contact in contacts:
        speak = Speech.of(centre, contact.language)
        ref = _ref(request, contact)
        await unit.post(
            ref,
            contact.telegram_id,
            screens.request(speak, centre.name, request, takes_two=takes_two),
            centre_id=centre.id,
            ref=ref,
            not_before=centre.waits_until(unit.now),
        )


async def answer(press: AnswerRequest, context: Context) -> None:
    """The first answer counts; only to welcome a professional it takes a second facilitator."""
    request = await _find(context, press.request_id)
    if request is None:
        return
    if not press.yes and request.answered_at is None:
        again_at = ask_again_at(context.now)
        context.show(screens.ask_decline(context.speak, context.centre.name, request, again_at))
        return
    contacts = await facilitators.contacts(context.tx, press.centre_id, context.now)
    takes_two = needs_confirmation(request.role, False, len(contacts))
    alone = request.welcomed_by in (None, context.member.id)
    if press.yes and takes_two and alone and request.answered_at is None:
        await _welcome_first(context, request, contacts)
    else:
        await _settle(context, request, contacts, accepted=press.yes)


async def decline(press: DeclineRequest, context: Context) -> None:
    """The answer that one facilitator can give alone; the first answer counts here too."""
    request = await _find(context, press.request_id)
    if request is None:
        return
    contacts = await facilitators.contacts(context.tx, press.centre_id, context.now)
    await _settle(context, request, contacts, accepted=False)


async def leave_for_later(press: LeaveRequest, context: Context) -> None:
    """It stays where it is, for this facilitator and for the others."""
    request = await _find(context, press.request_id)
    if request is None:
        return
    if not press.back:
        context.toast(context.speak("It waits here, for you and for the other facilitators."))
    context.show(await _as_it_stands(context, request))


async def take_back(unit: UnitOfWork, request: JoinRequest) -> None:
    """Whoever asked has it forgotten: no facilitator reads of it any more, nor sees the name."""
    ref = f"request:{request.id}:"
    for beginning in (ref, f"edit:{ref}"):
        await outbox.drop_unsent(unit.tx, beginning)
    centre = await centres.get(unit.tx, request.centre_id)
    for contact in await facilitators.contacts(unit.tx, centre.id, unit.now):
        if await messages.find(unit.tx, _ref(request, contact)) is not None:
            speak = Speech.of(centre, contact.language)
            screen = screens.taken_back(speak, centre.name)
            await unit.repost(
                _ref(request, contact), contact.telegram_id, screen, centre_id=centre.id
            )


async def _find(context: Context, request_id: int) -> JoinRequest | None:
    """The request; where it is gone, whoever pressed is told that it is answered."""
    request = await join_requests.find(context.tx, context.centre.id, request_id)
    if request is None:
        # Whoever was welcomed has come in, or has erased what they asked.
        context.toast(context.speak("This request is answered already."), alert=True)
    return request


async def _as_it_stands(context: Context, request: JoinRequest) -> Screen:
    centre = context.centre
    if request.answered_at is not None:
        asker = marked(request.telegram_id, request.name)
        accepted = request.answer == "accepted"
        return screens.answered(context.speak, centre.name, asker, accepted)
    contacts = await facilitators.contacts(context.tx, centre.id, context.now)
    takes_two = needs_confirmation(request.role, False, len(contacts))
    first = await members.get(context.tx, request.welcomed_by) if request.welcomed_by else None
    name = marked(first.telegram_id, first.name) if first is not None else None
    return screens.request(context.speak, centre.name, request, takes_two=takes_two, first=name)


async def _welcome_first(
    context: Context, request: JoinRequest, contacts: list[Facilitator]
) -> None:
    """Note it, and let everybody read that one more is needed."""
    centre = context.centre
    name = marked(context.member.telegram_id, context.member.name)
    context.show(screens.request(context.speak, centre.name, request, takes_two=True, first=name))
    if not await join_requests.welcome(context.tx, centre.id, request.id, context.member.id):
        context.toast(context.speak("Another facilitator has to answer that."), alert=True)
        return
    for contact in contacts:
        if contact.member_id != context.member.id:
            speak = Speech.of(centre, contact.language)
            screen = screens.request(speak, centre.name, request, takes_two=True, first=name)
            await _replace(context, request, contact, screen)


async def _settle(
    context: Context, request: JoinRequest, contacts: list[Facilitator], *, accepted: bool
) -> None:
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
    asker = marked(request.telegram_id, request.name)
    if not fresh:
        accepted = request.answer == "accepted"
    context.show(screens.answered(context.speak, centre.name, asker, accepted))
    if not fresh:
        return
    await _tell_asker(context, request, accepted)
    for contact in contacts:
        if contact.member_id != context.member.id:
            speak = Speech.of(centre, contact.language)
            screen = screens.answered(speak, centre.name, asker, accepted)
            await _replace(context, request, contact, screen)


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


async def _replace(
    context: Context, request: JoinRequest, contact: Facilitator, screen: Screen
) -> None:
    """What another facilitator was asked gives way to where it stands now."""
    ref = _ref(request, contact)
    await context.unit.repost(ref, contact.telegram_id, screen, centre_id=context.centre.id)


def _ref(request: JoinRequest, contact: Facilitator) -> str:
    return f"request:{request.id}:{contact.telegram_id}"


def register(app: App) -> None:
    app.add_handler(presses(AnswerRequest, answer, may=May.FACILITATORS))
    app.add_handler(presses(DeclineRequest, decline, may=May.FACILITATORS))
    app.add_handler(presses(LeaveRequest, leave_for_later, may=May.FACILITATORS))

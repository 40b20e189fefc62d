"""Asking to join without an invitation; facilitators answer in `answering_requests.py`."""

from __future__ import annotations

from assembly import asking, wording
from assembly.invitation import ask_again_at, expires_at
from assembly.roles import Role
from assembly.wording import presentable
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.half_written import asks_first
from handlers.core.home import show_home, speak_as_known
from handlers.core.may import May
from handlers.core.navigation import ASKING, AskToJoin
from handlers.core.registration import App, deep_link, linked_id, presses, typed
from handlers.core.screen import Screen
from handlers.core.screens import home
from handlers.core.speech import Speech
from handlers.membership import gathering
from handlers.membership.presses import AskAs, AskName, EnterAsked, NameChoice
from handlers.membership.progress import go_on
from handlers.membership.screens import join
from handlers.membership.screens import join_requests as screens
from storage import centres, drafts, facilitators, join_requests, joinings, marks, people
from storage.centres import Centre
from storage.drafts import Draft
from storage.join_requests import JoinRequest
from storage.marks import Kind

NAME = "asking_name"  # the kind of draft in which the name is typed; its step is the role


async def open_link(rest: str, context: Context) -> None:
    """The link under a group's post: what this is, and how to ask."""
    centre = await _asker(context, linked_id(rest) or 0)
    if centre is not None:
        context.show(screens.what_this_is(context.speak, centre.name, centre.id))


async def ask(press: AskToJoin, context: Context) -> None:
    if await _asker(context, press.centre_id) is not None:
        context.show(screens.role(context.speak, press.centre_id))


async def choose_role(press: AskAs, context: Context) -> None:
    if await _asker(context, press.centre_id) is not None:
        first_name = presentable(context.who().first_name)
        context.show(screens.name(context.speak, press.centre_id, press.role, first_name))


async def choose_name(press: AskName, context: Context) -> None:
    centre = await _asker(context, press.centre_id)
    if centre is None:
        return
    first_name = presentable(context.who().first_name)
    if press.name is NameChoice.FIRST and first_name is not None:
        await _pass_on(context, centre, press.role, first_name)
        return
    if await asks_first(press, context):
        return
    draft = Draft(context.who().id, centre.id, NAME, press.role.value, None, None, context.now)
    await drafts.save(context.tx, draft)
    context.show(screens.nickname(context.speak, wording.NAME[1]))


async def typed_name(draft: Draft, context: Context) -> None:
    """The name that the facilitators shall read."""
    centre = await _asker(context, draft.centre_id or 0)
    if centre is None:
        await drafts.remove(context.tx, draft.telegram_id)
        return
    try:
        name = wording.name(context.text)
    except wording.WordingError:
        context.show(join.unfit_name(context.speak, wording.NAME[1]))
        return
    await drafts.remove(context.tx, draft.telegram_id)
    await _pass_on(context, centre, Role(draft.step), name)


async def ask_name_again(draft: Draft, context: Context) -> None:
    if await _asker(context, draft.centre_id or 0) is not None:
        context.show(screens.nickname(context.speak, wording.NAME[1]))


async def enter_asked(press: EnterAsked, context: Context) -> None:
    """Somebody who was welcomed comes in."""
    centre = await _asker(context, press.centre_id)
    if centre is not None:
        context.show(screens.what_this_is(context.speak, centre.name, centre.id))


async def _asker(context: Context, centre_id: int) -> Centre | None:
    """The centre, if this person may ask to join it now; otherwise they see where they stand."""
    await speak_as_known(context)
    try:
        centre = await centres.get(context.tx, centre_id)
    except LookupError:
        context.show(home.broken_link(context.speak))
        return None
    if await enter(context, centre.id):
        await show_home(context)
        return None
    request = await join_requests.latest(context.tx, centre.id, context.who().id)
    if request is not None and standing(request, context.now) == "accepted":
        await _let_in(context, request)
        return None
    screen = await _hindrance(context, centre, request)
    if screen is None:
        return centre
    context.show(screen)
    return None


async def _hindrance(
    context: Context, centre: Centre, request: JoinRequest | None
) -> Screen | None:
    speak = Speech.of(centre, context.speak.language)
    if request is not None and request.answered_at is None:
        return screens.passed_on(speak, centre.name)
    if request is not None and standing(request, context.now) == "declined":
        return screens.later_again(speak, centre.name, ask_again_at(request.answered_at or 0))
    if not await facilitators.contacts(context.tx, centre.id, context.now):
        return screens.nobody_yet(speak, centre.name)
    return await _too_often(context, centre, speak)


async def _too_often(context: Context, centre: Centre, speak: Speech) -> Screen | None:
    """What counts although it was forgotten: a refusal, how often this one and others asked."""
    tx, keys, now, person = context.tx, context.services.keys, context.now, context.who()
    refused = await marks.moments(tx, keys, Kind.REFUSED, centre.id, person.id, now)
    if refused:
        return screens.later_again(speak, centre.name, ask_again_at(refused[-1]))
    asked = await marks.moments(tx, keys, Kind.ASKED, centre.id, person.id, now)
    again_at = asking.again_at(asked, now)
    if again_at is not None:
        return screens.often(speak, again_at)
    if asking.full(await marks.in_centre(tx, Kind.ASKED, centre.id, now - asking.DAY)):
        return screens.many_today(speak, centre.name)
    return None


def standing(request: JoinRequest, now: int) -> str:
    """What an answer still means: "accepted" or "declined" for a time, then "past"."""
    if request.answered_at is None:
        return "open"
    if request.answer == "accepted":
        return "accepted" if now < expires_at(request.answered_at) else "past"
    return "declined" if now < ask_again_at(request.answered_at) else "past"


async def _let_in(context: Context, request: JoinRequest) -> None:
    person = context.who()
    if await joinings.find(context.tx, person.id, request.centre_id) is None:
        await joinings.begin(
            context.tx,
            person.id,
            request.centre_id,
            language=context.speak.language,
            role=request.role,
            at=context.now,
            request_id=request.id,
        )
    await go_on(context, request.centre_id)


async def _pass_on(context: Context, centre: Centre, role: Role, name: str) -> None:
    """Store the question and put it to every facilitator."""
    person, keys = context.who(), context.services.keys
    await people.meet(context.tx, person.id, context.speak.language, context.now)
    request_id = await join_requests.ask(
        context.tx,
        centre_id=centre.id,
        telegram_id=person.id,
        role=role,
        name=name,
        now=context.now,
    )
    context.show(screens.passed_on(context.speak, centre.name))
    request = await join_requests.find(context.tx, centre.id, request_id or 0)
    if request is not None:
        await marks.add(context.tx, keys, Kind.ASKED, centre.id, person.id, context.now)
        await gathering.tell(context.unit, centre)


def register(app: App) -> None:
    deep_link(ASKING, open_link, may=May.ANYBODY)
    typed(NAME, typed_name, resume=ask_name_again, may=May.ANYBODY)
    app.add_handler(presses(AskToJoin, ask, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(AskAs, choose_role, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(AskName, choose_name, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(EnterAsked, enter_asked, may=May.ANYBODY_IN_PRIVATE))

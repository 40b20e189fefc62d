"""Check-ins: three questions, each with five faces, each of which can be skipped.

Every press is checked against the round as it is now: the member's own, and still open.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from assembly.checkin import snoozed_until
from assembly.questionnaire import LEVELS
from handlers.checkins import rounds as due_rounds
from handlers.checkins.presses import Answer, Ask, HelpFrom, NotThisWeek, ShowWeeks, Snooze
from handlers.checkins.screens import checkins as screens
from handlers.checkins.screens import settings, weeks
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import StartCheckin
from handlers.core.registration import PRIVATE, App, command, presses
from handlers.core.screen import Screen
from storage import answers, checkins, consents, rounds, schedules
from storage.rounds import Round
from storage.secrets.keys import KeyDestroyed

P = TypeVar("P", Answer, Ask, NotThisWeek, Snooze)

WEEKS_SHOWN = 12


async def type_checkin(context: Context) -> None:
    """/checkin."""
    await _start(context)


async def start_checkin(_: StartCheckin, context: Context) -> None:
    await _start(context)


async def _start(context: Context) -> None:
    """Go on with the current round, or begin one; one a week counts."""
    tx, member = context.tx, context.member
    stands = await consents.standing(tx, member.id, "checkin") is not None
    if not stands or await consents.rests(tx, member.id, "checkin"):
        context.show(settings.offer(context.speak, member.centre_id))
        return
    latest = await rounds.last(tx, member.id)
    if latest is not None and latest.takes_answers(context.now):
        await _show_round(context, latest)
        return
    centre, keys = context.centre, context.services.keys
    if await due_rounds.counts_for(tx, keys, latest, context.now, centre.clock):
        due = await next_at(context)
        context.show(screens.done_this_week(context.speak, member.centre_id, due))
        return
    current = await due_rounds.begin(tx, keys, member.id, context.now, centre.zone, remind=False)
    if current is not None:
        await _show_round(context, current)


async def _show_round(context: Context, current: Round) -> None:
    """Show where a round stands, and remember the message, so that it can lose its buttons."""
    key = await _key(context)
    if key is None:
        return
    _, ref = due_rounds.refs(current.id)
    given = await answers.read(context.tx, key, current.id)
    context.show(_stand(context, current, given), ref=ref)


async def _key(context: Context) -> bytes | None:
    """The member's key; None once it is destroyed, which is when somebody is being erased."""
    try:
        return await context.services.keys.key(context.member.id)
    except KeyDestroyed:
        return None


def own_open_round(
    talk: Callable[[P, Context, Round, bytes], Awaitable[None]],
) -> Callable[[P, Context], Awaitable[None]]:
    """The press answers the member whose round it names, while it is open."""

    @wraps(talk)
    async def guarded(press: P, context: Context) -> None:
        current = await rounds.find(context.tx, context.member.id, press.round_id)
        key = await _key(context)
        if current is None or key is None:
            context.toast(context.speak("This button belongs to an older message."), alert=True)
        elif not current.takes_answers(context.now):
            due = await next_at(context)
            context.show(screens.too_late(context.speak, press.centre_id, due))
        else:
            await talk(press, context, current, key)

    return guarded


@own_open_round
async def answer(press: Answer, context: Context, current: Round, key: bytes) -> None:
    """A face, or a skip; answering again takes the place of the answer before."""
    known = press.value == answers.SKIPPED or press.value in LEVELS
    questions = current.questionnaire.questions
    if press.question not in range(len(questions)) or not known:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    tx = context.tx
    await answers.put(tx, key, current.id, questions[press.question], press.value)
    given = await answers.read(tx, key, current.id)
    complete = current.questionnaire.next_question(given) is None
    await rounds.set_status(tx, current.id, "done" if complete else "open", context.now)
    await schedules.remove(tx, due_rounds.AGAIN, current.id)
    following = press.question + 1
    if following < len(questions):
        context.show(_question(context, current, following, given))
        return
    if complete:
        await due_rounds.forget(tx, current.id)
    context.show(_stand(context, current, given))


@own_open_round
async def ask(press: Ask, context: Context, current: Round, key: bytes) -> None:
    """One question again, with the answer that stands; after the last one, how the round stands."""
    questions = len(current.questionnaire.questions)
    if press.question not in range(questions + 1):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    given = await answers.read(context.tx, key, current.id)
    if press.question == questions:
        context.show(_stand(context, current, given))
        return
    context.show(_question(context, current, press.question, given))


async def help_from(press: HelpFrom, context: Context) -> None:
    """Whom to call, whatever has become of the round; the question waits behind *Back*."""
    context.show(screens.help_from(context.speak, context.centre, press))


@own_open_round
async def snooze(press: Snooze, context: Context, current: Round, key: bytes) -> None:
    """In three hours; that takes the place of the reminder, and moves no closing."""
    tx, centre = context.tx, context.centre
    given = await answers.read(tx, key, current.id)
    if current.questionnaire.next_question(given) is None:
        context.show(_stand(context, current, given))
        return
    planned = await schedules.find(tx, due_rounds.AGAIN, current.id)
    again = planned.next_at if planned else None
    if again is None:
        again = snoozed_until(context.now, current.ends_at, centre.clock)
    if again is None:
        context.show(screens.too_late_to_snooze(context.speak, press.centre_id, current))
        return
    await schedules.set(tx, due_rounds.AGAIN, current.id, again, centre.zone)
    await rounds.set_status(tx, current.id, "snoozed", context.now)
    await rounds.set_reminded(tx, current.id)
    context.show(screens.snoozed(context.speak, press.centre_id, current, again))


@own_open_round
async def not_this_week(press: NotThisWeek, context: Context, current: Round, key: bytes) -> None:
    """Left out: what was answered of it goes too."""
    await answers.clear(context.tx, key, current.id)
    await rounds.set_status(context.tx, current.id, "skipped", context.now)
    await schedules.remove(context.tx, due_rounds.AGAIN, current.id)
    context.show(screens.not_this_week(context.speak, press.centre_id, current))


async def show_weeks(press: ShowWeeks, context: Context) -> None:
    """One's own answers; nobody can ask for anybody else's."""
    key = await _key(context)
    mine = []
    if key is not None:
        mine = await answers.last_weeks(context.tx, key, context.member.id, WEEKS_SHOWN)
    context.show(weeks.weeks(context.speak, press.centre_id, mine))


async def next_at(context: Context) -> int | None:
    """When the member is asked next; None where they are not, or not before a pause ends."""
    wish = await checkins.find_settings(context.tx, context.member.id)
    planned = await schedules.find(context.tx, checkins.SCHEDULE, context.member.id)
    if wish is None or not wish.active or wish.paused(context.now) or planned is None:
        return None
    return planned.next_at


def _question(context: Context, current: Round, number: int, given: dict[str, int]) -> Screen:
    chosen = given.get(current.questionnaire.questions[number])
    return screens.question(context.speak, context.member.centre_id, current, number, chosen)


def _stand(context: Context, current: Round, given: dict[str, int]) -> Screen:
    """The first question that is left, or the end."""
    left = current.questionnaire.next_question(given)
    if left is None:
        return screens.thanks(context.speak, context.member.centre_id, current)
    return _question(context, current, current.questionnaire.questions.index(left), given)


def register(app: App) -> None:
    app.add_handler(command("checkin", type_checkin, PRIVATE, may=May.MEMBERS))
    app.add_handler(presses(StartCheckin, start_checkin, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(Answer, answer, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(Ask, ask, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(HelpFrom, help_from, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(Snooze, snooze, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(NotThisWeek, not_this_week, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowWeeks, show_weeks, may=May.MEMBERS_IN_PRIVATE))

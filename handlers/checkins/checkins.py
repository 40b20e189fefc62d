"""Check-ins: three questions, each with five faces, each of which can be skipped.

Every press is checked against the round as it is now: the member's own, and still open.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, TypeVar

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
from storage import answers, checkins, consents, own_answers, round_states, rounds, schedules
from storage.round_ends import key_of
from storage.round_states import RoundState
from storage.rounds import Round

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
    if latest is not None and due_rounds.this_week(latest, context.now, centre.clock):
        await _show_over(context, latest)
        return
    key = await key_of(keys, member.id)
    current = await due_rounds.begin(tx, key, member.id, context.now, centre.zone, remind=False)
    if current is not None:
        await _show_round(context, current)


async def _show_round(context: Context, current: Round) -> None:
    """Show where a round stands, and remember the message, so that it can lose its buttons."""
    mine = await _mine(context, current)
    if mine is None:
        return
    _show(context, current, _stand(context, current, mine.state.given))


def _show(context: Context, current: Round, screen: Screen) -> None:
    """One of a round's screens: as long as the message is one, it loses its buttons at the end."""
    _, ref = due_rounds.refs(current.id)
    context.show(screen, ref=ref)


async def _show_over(context: Context, latest: Round) -> None:
    """This week's round is closed; whether anything was said in it only its member is told."""
    key = await key_of(context.services.keys, context.member.id)
    said = await own_answers.given(context.tx, key, latest) if key is not None else {}
    due, centre_id = await next_at(context), context.member.centre_id
    over = screens.done_this_week if said else screens.over_this_week
    context.show(over(context.speak, centre_id, due))


@dataclass(slots=True)
class Mine:
    """A member's own open round, as it stands."""

    round: Round
    key: bytes
    state: RoundState

    async def write(self, context: Context, **changed: Any) -> None:
        """Let it stand otherwise from now on."""
        self.state = replace(self.state, **changed)
        await round_states.write(context.tx, self.key, self.round, self.state)


async def _mine(context: Context, current: Round) -> Mine | None:
    """None once the key is destroyed, which is when somebody is being erased."""
    key = await key_of(context.services.keys, context.member.id)
    state = await round_states.find(context.tx, key, current) if key is not None else None
    return Mine(current, key, state) if key is not None and state is not None else None


def own_open_round(
    talk: Callable[[P, Context, Mine], Awaitable[None]],
) -> Callable[[P, Context], Awaitable[None]]:
    """The press answers the member whose round it names, while it is open."""

    @wraps(talk)
    async def guarded(press: P, context: Context) -> None:
        current = await rounds.find(context.tx, context.member.id, press.round_id)
        key = await key_of(context.services.keys, context.member.id)
        if current is None or key is None:
            context.toast(context.speak("This button belongs to an older message."), alert=True)
            return
        mine = await _mine(context, current) if current.takes_answers(context.now) else None
        if mine is None:
            latest = await rounds.last(context.tx, context.member.id)
            over = due_rounds.this_week(latest, context.now, context.centre.clock)
            due = await next_at(context)
            context.show(screens.too_late(context.speak, press.centre_id, due, over=over))
        else:
            await talk(press, context, mine)

    return guarded


@own_open_round
async def answer(press: Answer, context: Context, mine: Mine) -> None:
    """A face, or a skip; answering again takes the place of the answer before."""
    current = mine.round
    known = press.value == answers.SKIPPED or press.value in LEVELS
    questions = current.questionnaire.questions
    if press.question not in range(len(questions)) or not known:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    given = {**mine.state.given, questions[press.question]: press.value}
    following = press.question + 1
    await mine.write(context, given=given, again_at=0, left_out=False)
    if following < len(questions):
        _show(context, current, _question(context, current, following, given))
    else:
        _show(context, current, _stand(context, current, given))


@own_open_round
async def ask(press: Ask, context: Context, mine: Mine) -> None:
    """One question again, with the answer that stands; after the last one, how the round stands."""
    questions = len(mine.round.questionnaire.questions)
    if press.question not in range(questions + 1):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
    elif press.question == questions:
        _show(context, mine.round, _stand(context, mine.round, mine.state.given))
    else:
        _show(context, mine.round, _question(context, mine.round, press.question, mine.state.given))


async def help_from(press: HelpFrom, context: Context) -> None:
    """Whom to call, whatever has become of the round; the question waits behind *Back*."""
    _, ref = due_rounds.refs(press.round_id)
    context.show(screens.help_from(context.speak, context.centre, press), ref=ref)


@own_open_round
async def snooze(press: Snooze, context: Context, mine: Mine) -> None:
    """In three hours; that takes the place of the reminder, and moves no closing."""
    current, state = mine.round, mine.state
    if current.questionnaire.next_question(state.given) is None:
        _show(context, current, _stand(context, current, state.given))
        return
    again: int | None = state.again_at if state.why == "snoozed" else None
    if not again:
        again = snoozed_until(context.now, current.ends_at, context.centre.clock)
    if again is None:
        _show(
            context,
            current,
            screens.too_late_to_snooze(context.speak, press.centre_id, current),
        )
        return
    await mine.write(context, again_at=again, why="snoozed", left_out=False)
    _show(context, current, screens.snoozed(context.speak, press.centre_id, current, again))


@own_open_round
async def not_this_week(press: NotThisWeek, context: Context, mine: Mine) -> None:
    """Left out: what was answered of it goes too."""
    await mine.write(context, given={}, again_at=0, left_out=True)
    _show(context, mine.round, screens.not_this_week(context.speak, press.centre_id, mine.round))


async def show_weeks(press: ShowWeeks, context: Context) -> None:
    """One's own answers; nobody can ask for anybody else's."""
    key = await key_of(context.services.keys, context.member.id)
    mine = []
    if key is not None:
        mine = await own_answers.last_weeks(context.tx, key, context.member.id, WEEKS_SHOWN)
    context.show(weeks.weeks(context.speak, press.centre_id, mine))


async def next_at(context: Context) -> int | None:
    """When the member is asked next; None where they are not, or not before a pause ends."""
    wish = await checkins.find_settings(context.tx, context.member.id)
    planned = await schedules.find(context.tx, checkins.SCHEDULE, context.member.id)
    if wish is None or not wish.active or wish.paused(context.now) or planned is None:
        return None
    return planned.next_at


def _question(context: Context, current: Round, number: int, given: Mapping[str, int]) -> Screen:
    chosen = given.get(current.questionnaire.questions[number])
    return screens.question(context.speak, context.member.centre_id, current, number, chosen)


def _stand(context: Context, current: Round, given: Mapping[str, int]) -> Screen:
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

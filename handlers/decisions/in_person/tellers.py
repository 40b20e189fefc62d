"""Ballots from the room: one facilitator enters the count, another of another role confirms it."""

from __future__ import annotations

from assembly import in_person as rules
from assembly import marking
from assembly.ballot import Misvote
from assembly.collected import INVALID
from assembly.counting.table import WORDS
from assembly.in_person import Headcounts, NoNumber, Place, State, TooMany
from assembly.outcome import InPersonBallots
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses, typed
from handlers.decisions import cards
from handlers.decisions.history import note
from handlers.decisions.in_person import tellers_desk
from handlers.decisions.in_person.presses import (
    AskBallots,
    BeginCount,
    ChangeCount,
    CheckCount,
    ConfirmCount,
    CountInPerson,
    FillPaper,
    HandOver,
    Of,
    SayBallots,
)
from handlers.decisions.in_person.screens import papers
from handlers.decisions.in_person.screens.figures import too_many
from handlers.decisions.in_person.screens.headcount import no_number
from storage import drafts, in_person
from storage.audit import Action
from storage.decisions import Decision
from storage.drafts import Draft


async def show(press: CountInPerson, context: Context) -> None:
    """Where the count stands, for this facilitator."""
    await _as_it_is(press.decision_id, context)


async def _as_it_is(decision_id: int, context: Context) -> None:
    if (opened := await tellers_desk.open_one(decision_id, context)) is not None:
        await tellers_desk.show(*opened, context)


async def begin(press: BeginCount, context: Context) -> None:
    """Count, in the place of what was seen; nothing is thrown away that was not seen."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is None or not await tellers_desk.can_be_counted(*opened, context):
        return
    me, (decision, _) = context.member, opened
    if press.entry:
        before = await in_person.entry(context.tx, me.centre_id, decision.id)
        anew = await in_person.restart(context.tx, decision.id, me.id, me.role, press.entry)
        if anew:
            await _asked_no_more(decision.id, context)
        if anew and before is not None and before.state is State.CONFIRMED:
            await note(context, decision, Action.IN_PERSON_RESTARTED)
            await tellers_desk.tell_thrown_away(decision, before, context)
    else:
        await in_person.begin(context.tx, me.centre_id, decision.id, me.id, me.role, context.now)
    await _as_it_is(decision.id, context)


async def ask(press: AskBallots, context: Context) -> None:
    """One number again."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is None:
        return
    place = Place(press.choice, press.of.role)
    if opened[0].rule.method in WORDS and await tellers_desk.is_counting(*opened, place, context):
        await tellers_desk.ask(*opened, place, context, instead=press.instead)
    else:
        await tellers_desk.show(*opened, context)


async def say(press: SayBallots, context: Context) -> None:
    """The number was pressed, or a paper was copied or taken away."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is None:
        return
    place = Place(press.choice, press.of.role)
    if 0 <= press.ballots <= rules.MOST and await tellers_desk.is_counting(*opened, place, context):
        try:
            await _enter(*opened, place, press.ballots, context)
        except TooMany as error:
            context.toast(too_many(error.most, context.speak).unescape(), alert=True)
    await tellers_desk.show(*opened, context)


async def take_number(draft: Draft, context: Context) -> None:
    """The number was typed."""
    opened, place = await _typed_for(draft, context)
    if opened is None or not await tellers_desk.is_counting(*opened, place, context):
        await drafts.remove(context.tx, draft.telegram_id)
        if opened is not None:
            await tellers_desk.show(*opened, context)
        return
    try:
        await _enter(*opened, place, rules.number(context.text), context)
    except NoNumber:
        await tellers_desk.ask(*opened, place, context, no_number(context.speak))
    except TooMany as error:
        await tellers_desk.ask(*opened, place, context, too_many(error.most, context.speak))
    else:
        await tellers_desk.show(*opened, context)


async def ask_again(draft: Draft, context: Context) -> None:
    """After an outage the typed number may be lost."""
    opened, _ = await _typed_for(draft, context)
    if opened is not None:
        await tellers_desk.show(*opened, context)


async def fill(press: FillPaper, context: Context) -> None:
    """A paper, tap by tap; nothing of it is stored before it is added."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is None:
        return
    (decision, _), place = opened, Place(INVALID, press.of.role)
    entry = await in_person.entry(context.tx, press.centre_id, press.decision_id)
    try:
        marks = marking.read(press.marks, decision.rule)
    except Misvote:
        entry = None
    counting = await tellers_desk.is_counting(*opened, place, context)
    if entry is None or not counting or decision.rule.method in WORDS:
        await tellers_desk.show(*opened, context)
        return
    context.show(papers.fill(decision, place, marks, entry.ballots, context.speak))


async def hand_over(press: HandOver, context: Context) -> None:
    """Complete: whoever could confirm it is asked."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is None:
        return
    (decision, headcounts), me = opened, context.member
    entry = await in_person.entry(context.tx, press.centre_id, decision.id)
    whole = entry and rules.complete(decision.rule, entry.ballots, headcounts or {})
    if whole and await in_person.hand_over(context.tx, decision.id, me.id, headcounts or {}):
        people = {"people": rules.headcount_of(headcounts or {}, None)}
        await note(context, decision, Action.IN_PERSON_ENTERED, people)
        await tellers_desk.ask_to_check(decision, context)
    await tellers_desk.show(*opened, context)


async def change(press: ChangeCount, context: Context) -> None:
    """Back to counting, with the figures as they were."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is not None:
        if await in_person.take_back(context.tx, press.decision_id, context.member.id):
            await _asked_no_more(press.decision_id, context)
        await _as_it_is(press.decision_id, context)


async def check(press: CheckCount, context: Context) -> None:
    """Take it on: from now on this one sees the figures too, and nobody else."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is not None:
        me = context.member
        await in_person.check(context.tx, press.decision_id, me.id, me.role)
        await tellers_desk.show(*opened, context)


async def confirm(press: ConfirmCount, context: Context) -> None:
    """They are right: the very figures that were seen, and they count."""
    opened = await tellers_desk.open_one(press.decision_id, context)
    if opened is None:
        return
    me = context.member
    if await in_person.confirm(context.tx, press.decision_id, me.id, me.role, press.entry):
        people = {"people": rules.headcount_of(opened[1] or {}, None)}
        await note(context, opened[0], Action.IN_PERSON_CONFIRMED, people)
        await tellers_desk.tell_confirmed(opened[0], context)
        await _asked_no_more(press.decision_id, context)
    await tellers_desk.show(*opened, context)


async def _asked_no_more(decision_id: int, context: Context) -> None:
    """There is nothing to check any more for those who were asked."""
    await context.unit.retire_cards(cards.to_check(decision_id))


async def _enter(
    decision: Decision, headcounts: Headcounts | None, place: Place, ballots: int, context: Context
) -> None:
    """Raises TooMany where there are fewer people than that."""
    entry = await in_person.entry(context.tx, decision.centre_id, decision.id)
    rules.check(place, ballots, entry.ballots if entry else (), headcounts or {})
    said = InPersonBallots(place.choice, ballots, place.role)
    await in_person.put(context.tx, decision.id, context.member.id, said)


async def _typed_for(
    draft: Draft, context: Context
) -> tuple[tuple[Decision, Headcounts | None] | None, Place]:
    """The open question that a typed number is for, if whoever typed it may say it still."""
    decision_id, said_of, choice = draft.step.split(":")
    place = Place(choice, Of(said_of).role)
    return await tellers_desk.open_one(int(decision_id), context), place


def register(app: App) -> None:
    typed(tellers_desk.KIND, take_number, resume=ask_again, may=May.FACILITATORS)
    app.add_handler(presses(CountInPerson, show, may=May.FACILITATORS))
    app.add_handler(presses(BeginCount, begin, may=May.FACILITATORS))
    app.add_handler(presses(AskBallots, ask, may=May.FACILITATORS))
    app.add_handler(presses(SayBallots, say, may=May.FACILITATORS))
    app.add_handler(presses(FillPaper, fill, may=May.FACILITATORS))
    app.add_handler(presses(HandOver, hand_over, may=May.FACILITATORS))
    app.add_handler(presses(ChangeCount, change, may=May.FACILITATORS))
    app.add_handler(presses(CheckCount, check, may=May.FACILITATORS))
    app.add_handler(presses(ConfirmCount, confirm, may=May.FACILITATORS))

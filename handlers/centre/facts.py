"""Who is responsible: facilitators write it, a second one confirms, and everybody can read it."""

from __future__ import annotations

from markupsafe import Markup

from assembly import centre_facts as rules
from assembly.centre_facts import Fact
from assembly.confirming import Facilitators, may_confirm, seconds
from assembly.wording import WordingError
from handlers.centre.presses import (
    AskFact,
    ChooseAge,
    ChooseBasis,
    RemoveOfficer,
    SettleFacts,
    ShowFacts,
    WriteBody,
)
from handlers.centre.screens import facts as screens
from handlers.core import asking_anew
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import WriteFacts
from handlers.core.registration import App, looked_at_again, presses, typed
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import centre_facts, drafts, facilitators
from storage.centre_facts import Waiting
from storage.drafts import Draft
from storage.outbox import Outgoing

KIND = "fact"  # of the draft in which one is typed; its step is the fact, and one of these:
WALK, ANOTHER = "+", "!"  # the next is asked for then; it is another body
ASKED = "facts"  # how the key begins of what a second facilitator is asked


async def show(_: ShowFacts, context: Context) -> None:
    await _forget_draft(context)
    await _show_desk(context)


async def ask_all(press: WriteFacts, context: Context) -> None:
    """From the first that is not written yet; each can be left for later."""
    if await asks_first(press, context):
        return
    await _walk_on(context, Fact.RESPONSIBLE)


async def ask(press: AskFact, context: Context) -> None:
    """One of them; a body that is named already is changed with care."""
    if await asks_first(press, context):
        return
    known = await centre_facts.known(context.tx, context.centre.id)
    body = known.get(Fact.RESPONSIBLE)
    if press.walk:
        await _walk_on(context, press.fact)
    elif press.fact is Fact.RESPONSIBLE and body is not None:
        context.show(screens.another_body(context.speak, context.centre.id, body))
    else:
        await _ask(context, press.fact, walk=False)


async def write_body(press: WriteBody, context: Context) -> None:
    if not await asks_first(press, context):
        await _ask(context, Fact.RESPONSIBLE, walk=False, another=press.another)


async def choose_basis(press: ChooseBasis, context: Context) -> None:
    await _take(context, Fact.BASIS, press.basis.value, walk=press.walk)


async def choose_age(press: ChooseAge, context: Context) -> None:
    await _take(context, Fact.AGE, press.age.value, walk=press.walk)


async def remove_officer(_: RemoveOfficer, context: Context) -> None:
    await _take(context, Fact.OFFICER, None, walk=False)


async def take_words(draft: Draft, context: Context) -> None:
    """What a facilitator wrote."""
    fact = Fact(draft.step.rstrip(WALK + ANOTHER))
    try:
        words = rules.words(fact, context.text)
    except WordingError:
        context.show(screens.unfit(context.speak, context.centre.id, rules.longest(fact)))
        return
    except ValueError:  # a basis and an age are pressed, not written
        await _ask(context, fact, walk=draft.step.endswith(WALK))
        return
    another = draft.step.endswith(ANOTHER)
    await _take(context, fact, words, walk=draft.step.endswith(WALK), another=another)


async def ask_again(draft: Draft, context: Context) -> None:
    fact, another = Fact(draft.step.rstrip(WALK + ANOTHER)), draft.step.endswith(ANOTHER)
    await _ask(context, fact, walk=draft.step.endswith(WALK), another=another)


async def settle(press: SettleFacts, context: Context) -> None:
    """The second one's answer, to all that they have seen."""
    tx, centre, me = context.tx, context.centre, context.member
    mine = await _settles(context, await centre_facts.waiting(tx, centre.id))
    seen = [each for each in mine if each.id <= press.newest]
    if not seen:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
    # Another body first: what was said of the one before goes with it, and nothing of what follows.
    for each in sorted(seen, key=lambda each: not each.another):
        if await centre_facts.settle(tx, centre.id, each.id, me.id, context.now, holds=press.yes):
            await _answer(context, each, holds=press.yes)
            if press.yes and each.another:
                await asking_anew.ask_everybody(context.unit, centre.id)
    await _show_desk(context)


async def _ask(context: Context, fact: Fact, *, walk: bool, another: bool = False) -> None:
    step = fact.value + (WALK if walk else "") + (ANOTHER if another else "")
    me, centre = context.member, context.centre
    await drafts.save(
        context.tx, Draft(me.telegram_id, centre.id, KIND, step, None, None, context.now)
    )
    stands = (await _ahead(context)).get(fact)
    context.show(screens.ask(context.speak, centre.id, fact, stands, walk=walk))


async def _walk_on(context: Context, fact: Fact | None) -> None:
    """From this one on to the first that is neither written nor waits; then the desk."""
    ahead = await _ahead(context)
    while fact is not None and fact in ahead:
        fact = rules.following(fact)
    if fact is None:
        await _show_desk(context)
    else:
        await _ask(context, fact, walk=True)


async def _ahead(context: Context) -> dict[Fact, str]:
    """What holds once everything that waits is confirmed."""
    tx, centre_id = context.tx, context.centre.id
    known = await centre_facts.known(tx, centre_id)
    waiting = await centre_facts.waiting(tx, centre_id)
    return rules.once_confirmed(known, ((each.fact, each.words, each.another) for each in waiting))


async def _take(
    context: Context, fact: Fact, words: str | None, *, walk: bool, another: bool = False
) -> None:
    """Propose it; alone it holds at once. On the walk, and of another body, the next follows."""
    tx, centre, me = context.tx, context.centre, context.member
    await _forget_draft(context)
    others = seconds(await _facilitators(context), me.id, me.role)
    waited = await centre_facts.waiting(tx, centre.id)
    change_id = await centre_facts.propose(
        tx, centre.id, fact, words, me.id, context.now, another=another
    )
    if not others:
        await centre_facts.settle(tx, centre.id, change_id, me.id, context.now, holds=True)
        if another:
            await asking_anew.ask_everybody(context.unit, centre.id)
        note = screens.holds_alone(context.speak)
    else:
        note = screens.proposed(context.speak)
        if not any(each.proposed_by == me.id for each in waited):
            await _ask_seconds(context, change_id, others)
    if walk or another:
        await _walk_on(context, rules.following(fact))
    else:
        await _show_desk(context, note)


async def _show_desk(context: Context, note: Markup | None = None) -> None:
    known = await centre_facts.known(context.tx, context.centre.id)
    waiting = await centre_facts.waiting(context.tx, context.centre.id)
    settles = await _settles(context, waiting)
    context.show(screens.desk(context.speak, context.centre, known, waiting, settles, note))


async def _settles(context: Context, waiting: list[Waiting]) -> list[Waiting]:
    """Those of them that whoever acts may confirm."""
    known = await _facilitators(context)
    me = context.member.id
    return [each for each in waiting if may_confirm(known, each.proposed_by, each.role, me)]


async def _facilitators(context: Context) -> Facilitators:
    contacts = await facilitators.contacts(context.tx, context.centre.id, context.now)
    return {each.member_id: each.role for each in contacts}


async def _ask_seconds(context: Context, change_id: int, others: frozenset[int]) -> None:
    """Once for all that one facilitator changes: what waits is read on the desk."""
    centre = context.centre
    for contact in await facilitators.contacts(context.tx, centre.id, context.now):
        if contact.member_id in others:
            await context.unit.post(
                f"{ASKED}:{change_id}:{contact.telegram_id}",
                contact.telegram_id,
                screens.asked(Speech.of(centre, contact.language), centre),
                centre_id=centre.id,
                not_before=centre.waits_until(context.now),
                lasting="it leads to what waits now, and to what holds",
            )


async def _answer(context: Context, change: Waiting, *, holds: bool) -> None:
    """The proposer hears how it ended, once for all that was answered with one press."""
    centre = context.centre
    for contact in await facilitators.contacts(context.tx, centre.id, context.now):
        if contact.member_id == change.proposed_by != context.member.id:
            await context.unit.post(
                f"facts-answer:{contact.telegram_id}:{context.now}",
                contact.telegram_id,
                screens.answered(Speech.of(centre, contact.language), centre, holds=holds),
                centre_id=centre.id,
                not_before=centre.waits_until(context.now),
                lasting="it leads to what holds now",
            )


async def _forget_draft(context: Context) -> None:
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind == KIND:
        await drafts.remove(context.tx, draft.telegram_id)


async def _still_waiting(row: Outgoing, unit: UnitOfWork) -> str | None:
    """Who is asked in the morning is spared what somebody has answered at night."""
    waiting = await centre_facts.waiting(unit.tx, row.centre_id or 0)
    return row.payload if waiting else None


def register(app: App) -> None:
    looked_at_again(ASKED, _still_waiting)
    typed(KIND, take_words, resume=ask_again, may=May.FACILITATORS)
    app.add_handler(presses(ShowFacts, show, may=May.FACILITATORS))
    app.add_handler(presses(WriteFacts, ask_all, may=May.FACILITATORS))
    app.add_handler(presses(AskFact, ask, may=May.FACILITATORS))
    app.add_handler(presses(WriteBody, write_body, may=May.FACILITATORS))
    app.add_handler(presses(ChooseBasis, choose_basis, may=May.FACILITATORS))
    app.add_handler(presses(ChooseAge, choose_age, may=May.FACILITATORS))
    app.add_handler(presses(RemoveOfficer, remove_officer, may=May.FACILITATORS))
    app.add_handler(presses(SettleFacts, settle, may=May.FACILITATORS))

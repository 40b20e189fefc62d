"""Two alike proposals are put together: a facilitator suggests it, and both authors decide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from assembly.merging import WAITS, united
from assembly.similarity import most_similar
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, falls_due, presses
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.proposals.agenda import open_proposal, show_proposal
from handlers.proposals.merge_presses import AnswerMerge, FindAlike, SuggestMerge
from handlers.proposals.screens import merging as screens
from storage import centres, merges, messages, people, proposal_audit, proposals, schedules
from storage.centres import Centre
from storage.merges import Merge
from storage.people import Person
from storage.points import REWORDED
from storage.proposal_audit import Deed
from storage.schedules import Schedule

KIND = "merge"  # the schedule that ends the time to answer; its subject is the one that leads
SHOWN = 5  # alike ones among which a facilitator chooses
LASTING = "it leads to what became of the two"


async def find_alike(press: FindAlike, context: Context) -> None:
    """Those on the list whose words resemble this one's."""
    item = await open_proposal(press.proposal_id, context)
    if item is None:
        return
    agenda = await proposals.agenda(context.tx, context.centre.id)
    others = {each.id: each for each in agenda.items if each.id != item.id}
    titles = {each.id: each.title for each in others.values()}
    # In a thread: however many there are, others' presses are answered meanwhile.
    found = await asyncio.to_thread(most_similar, item.title, titles, SHOWN)
    context.show(screens.choose(item, [others[each] for each in found], context.speak))


async def suggest(press: SuggestMerge, context: Context) -> None:
    """Ask both authors, after asking once."""
    item = await open_proposal(press.proposal_id, context)
    kept = await proposals.get(context.tx, context.centre.id, press.kept_id)
    if item is None or kept is None or not kept.is_open or kept.id == item.id:
        if item is not None:
            await show_proposal(context, item.id)
        return
    if not press.sure:
        context.show(screens.sure(item, kept, context.speak))
        return
    ids = (context.centre.id, kept.id, item.id)
    if await merges.suggest(context.tx, *ids, context.member.id, context.now):
        await _ask(item.id, context)
        asked = context.speak("Both authors are asked. If both want it, they are put together.")
    else:
        asked = context.speak("One of them is asked about already.")
    context.toast(asked.unescape(), alert=True)
    await show_proposal(context, item.id)


async def reworded(proposal_id: int, context: Context) -> None:
    """Its author has given one of a pair other words: both are asked about these."""
    for merged_id in await merges.ask_anew(context.tx, proposal_id, context.now):
        await _ask(merged_id, context, anew=True)


async def _ask(merged_id: int, context: Context, *, anew: bool = False) -> None:
    found = await merges.find(context.tx, merged_id)
    if found is None:
        return
    centre = context.centre
    await schedules.set(context.tx, KIND, merged_id, context.now + WAITS, centre.zone)
    for person, member_id in await _authors(found, context.unit):
        ref = _card(found, member_id)
        await context.unit.post(
            f"{ref}:{found.at}",
            person.telegram_id,
            screens.asked(found, centre, Speech.of(centre, person.language), anew=anew),
            centre_id=centre.id,
            ref=ref,
            not_before=centre.waits_until(context.now),
        )


async def answer(press: AnswerMerge, context: Context) -> None:
    """An author says it, and may say otherwise until the time is over, or both have said yes."""
    found = await merges.find(context.tx, press.proposal_id)
    me = context.member.id
    asks = found is not None and found.centre_id == context.centre.id and not found.is_done
    if not asks or not await merges.answer(context.tx, press.proposal_id, me, press.answer):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        await show_proposal(context, press.proposal_id)
        return
    found = await merges.find(context.tx, press.proposal_id)
    if found is None:
        return
    if found.can_be and united(found.kept, found.merged, over=False):
        # The message that was pressed becomes the proposal, with its buttons.
        await messages.forget(context.tx, _card(found, me))
        await _unite(found, context.unit, context.centre)
        await show_proposal(context, found.kept_id)
    else:
        screen = screens.asked(found, context.centre, context.speak, press.answer)
        context.show(screen, ref=_card(found, me))


async def end(row: Schedule, unit: UnitOfWork) -> bool:
    """The time is over: together, or as they were. How anybody answered goes with it."""
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    found = await merges.find(unit.tx, row.subject_id)
    if found is None or found.is_done:
        return False
    centre = await centres.get(unit.tx, found.centre_id)
    if found.can_be and united(found.kept, found.merged, over=True):
        await _unite(found, unit, centre)
        return True
    await merges.end(unit.tx, found.merged_id)
    await _end_cards(found, unit, centre, screens.apart)
    told = {person.telegram_id: person for person, _ in await _authors(found, unit)}
    suggester = await people.of_member(unit.tx, found.suggested_by)
    if suggester is not None:
        told[suggester.telegram_id] = suggester
    for person in told.values():
        await unit.post(
            f"apart:{found.merged_id}:{found.at}:{person.telegram_id}",
            person.telegram_id,
            screens.apart(found, centre, Speech.of(centre, person.language)),
            centre_id=centre.id,
            lasting=LASTING,
            not_before=centre.waits_until(unit.now),
        )
    return True


async def _unite(found: Merge, unit: UnitOfWork, centre: Centre) -> None:
    came = await merges.unite(unit.tx, found, unit.now)
    if came is None:
        return
    await schedules.remove(unit.tx, KIND, found.merged_id)
    await _end_cards(found, unit, centre, screens.done)
    if found.suggested_by is not None:
        for proposal_id in (found.merged_id, found.kept_id):
            by = (proposal_id, found.suggested_by)
            await proposal_audit.note(unit.tx, *by, Deed.MERGED, unit.now)
    for assembly_id in came.assemblies:
        await schedules.set(unit.tx, REWORDED, assembly_id, unit.now, centre.zone)
    told = {voice.telegram_id: voice.language for voice in came.voices}
    told |= {person.telegram_id: person.language for person, _ in await _authors(found, unit)}
    for telegram_id, language in sorted(told.items()):
        await unit.post(
            f"merged:{found.merged_id}:{telegram_id}",
            telegram_id,
            screens.done(found, centre, Speech.of(centre, language)),
            centre_id=centre.id,
            lasting=LASTING,
            not_before=centre.waits_until(unit.now),
        )


async def _end_cards(
    found: Merge, unit: UnitOfWork, centre: Centre, say: Callable[[Merge, Centre, Speech], Screen]
) -> None:
    """The question says what came of it, and no more what could still be changed."""
    for card in await messages.under(unit.tx, f"merge:{found.merged_id}:", centre.id):
        said = replace(say(found, centre, Speech.of(centre, card.language)), buttons=())
        await unit.repost(card.ref, card.chat_id, said, centre_id=centre.id)


async def _authors(found: Merge, unit: UnitOfWork) -> list[tuple[Person, int]]:
    """Those who are here, each once, with their ids as members."""
    told = []
    for member_id in sorted({found.kept_author_id or 0, found.merged_author_id or 0}):
        person = await people.of_member(unit.tx, member_id)
        if person is not None:
            told.append((person, member_id))
    return told


def _card(found: Merge, member_id: int) -> str:
    """The name of an author's question, under which it loses its buttons."""
    return f"merge:{found.merged_id}:{member_id}"


def register(app: App) -> None:
    falls_due(KIND, end)
    app.add_handler(presses(FindAlike, find_alike, may=May.FACILITATORS))
    app.add_handler(presses(SuggestMerge, suggest, may=May.FACILITATORS))
    app.add_handler(presses(AnswerMerge, answer, may=May.MEMBERS_IN_PRIVATE))

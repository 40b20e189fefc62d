"""A proposal that names or hurts somebody is taken down: by two facilitators, for all to see why.

No single duty is enough, and the assembly has the last word.
"""

from __future__ import annotations

from assembly.taking_down import seconds
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, looked_at_again, presses
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.proposals.agenda import open_proposal, show_proposal
from handlers.proposals.screens import taking_down as screens
from handlers.proposals.takedown_presses import (
    AskAssembly,
    AskTakeDown,
    AskTakeDownFor,
    LeaveUp,
    PutBack,
    TakeDown,
)
from storage import (
    facilitators,
    messages,
    off_list,
    people,
    proposal_audit,
    proposals,
    schedules,
    takedowns,
)
from storage.facilitators import Facilitator
from storage.outbox import Outgoing
from storage.points import REWORDED
from storage.proposal_audit import Deed
from storage.proposals import Proposal
from storage.takedowns import Takedown

LASTING = "it leads to what became of the proposal"


async def ask(press: AskTakeDown, context: Context) -> None:
    """Why: one of three reasons."""
    item = await open_proposal(press.proposal_id, context)
    if item is not None and await _others(item, context):
        context.show(screens.why(item, context.speak))


async def ask_for(press: AskTakeDownFor, context: Context) -> None:
    """A second facilitator of another role is asked; until then it stays on the list."""
    item = await open_proposal(press.proposal_id, context)
    others = await _others(item, context) if item is not None else []
    if item is None or not others:
        return
    centre, me = context.centre, context.member
    if not await takedowns.ask(context.tx, centre.id, item.id, me.id, press.harm, context.now):
        context.toast(context.speak("That is asked already, or can’t be."), alert=True)
    else:
        for contact in others:
            ref = _card(item.id, contact.telegram_id)
            await context.unit.post(
                f"{ref}:{context.now}",
                contact.telegram_id,
                screens.asked(item, press.harm, centre, Speech.of(centre, contact.language)),
                centre_id=centre.id,
                ref=ref,
            )
        asked = context.speak("The others are asked. Until one agrees, it stays on the list.")
        context.toast(asked.unescape(), alert=True)
    await show_proposal(context, item.id)


async def _others(item: Proposal, context: Context) -> list[Facilitator]:
    """Who can be the second one; says so where nobody can, or it is one's own."""
    me = context.member
    contacts = await facilitators.contacts(context.tx, context.centre.id, context.now)
    known = {each.member_id: each.role for each in contacts}
    found = seconds(known, me.id, me.role, item.author_id)
    if item.author_id == me.id:
        own = context.speak("It is your own: you can change it.")
        context.toast(own.unescape(), alert=True)
        return []
    if not found:
        alone = context.speak(
            "It takes two facilitators of two roles, and there is nobody else. You can ask it back."
        )
        context.toast(alone.unescape(), alert=True)
    return [each for each in contacts if each.member_id in found]


async def take_down(press: TakeDown, context: Context) -> None:
    """The second one agrees: its words go from the list, the agendas and the posts."""
    found = await _asked(press.proposal_id, context)
    if found is None:
        return
    tx, centre = context.tx, context.centre
    instead = screens.title_instead(Speech.of(centre)).unescape()
    touched = await takedowns.confirm(
        tx, press.proposal_id, context.member.id, instead, context.now
    )
    await _answered(press.proposal_id, context, down=True)
    done = await takedowns.find(tx, press.proposal_id)
    if touched is not None and done is not None:
        for member_id in (found.asked_by, context.member.id):
            by = (press.proposal_id, member_id or 0)
            await proposal_audit.note(tx, *by, Deed.TAKEN_DOWN, context.now, reason=found.harm)
        await _note(press.proposal_id, context, back=False)
        await _reworded(touched, context)
        await _tell_all(done, context)
    await show_proposal(context, press.proposal_id)


async def leave_up(press: LeaveUp, context: Context) -> None:
    """The second one does not agree: it stays, and nothing is noted."""
    found = await _asked(press.proposal_id, context)
    if found is None:
        return
    await takedowns.refuse(context.tx, press.proposal_id)
    await _answered(press.proposal_id, context, down=False)
    context.toast(context.speak("It stays on the list.").unescape())
    await show_proposal(context, press.proposal_id)


async def _asked(proposal_id: int, context: Context) -> Takedown | None:
    """What is asked, if whoever presses can answer it now; otherwise shows how it stands."""
    item = await proposals.get(context.tx, context.centre.id, proposal_id)
    found = await takedowns.find(context.tx, proposal_id) if item is not None else None
    me = context.member
    if item is not None and found is not None and not found.is_down and found.asked_role:
        contacts = await facilitators.contacts(context.tx, context.centre.id, context.now)
        known = {each.member_id: each.role for each in contacts}
        # Whoever asked still counts: the duty may have been given back since.
        if me.id in seconds(known, found.asked_by or 0, found.asked_role, item.author_id):
            return found
        waits = context.speak("A facilitator of another role answers this.")
        context.toast(waits.unescape(), alert=True)
    await show_proposal(context, proposal_id)
    return None


async def _answered(proposal_id: int, context: Context, *, down: bool) -> None:
    """Nobody else is asked any more, and reads what came of it; the message that was pressed
    becomes the proposal."""
    centre = context.centre
    await messages.forget(context.tx, _card(proposal_id, context.member.telegram_id))
    item = await proposals.get(context.tx, centre.id, proposal_id)
    for card in await messages.under(context.tx, _cards(proposal_id), centre.id):
        if item is not None:
            told = screens.answered(item, centre, Speech.of(centre, card.language), down=down)
            await context.unit.repost(card.ref, card.chat_id, told, centre_id=centre.id)


async def _tell_all(found: Takedown, context: Context) -> None:
    """Its author, each voice, and the group; none of them at night."""
    tx, unit, centre = context.tx, context.unit, context.centre
    due = centre.waits_until(context.now)
    key = f"takendown:{found.proposal_id}:{found.at}"
    item = await proposals.get(tx, centre.id, found.proposal_id)
    author = await people.of_member(tx, item.author_id if item is not None else None)
    told = 0
    if item is not None and author is not None:
        told, speak = author.telegram_id, Speech.of(centre, author.language)
        screen = screens.told_author(item, found, centre, speak)
        await unit.post(key, told, screen, centre_id=centre.id, lasting=LASTING, not_before=due)
    for voice in await takedowns.voices(tx, found.proposal_id):
        if voice.telegram_id != told:
            await unit.post(
                f"{key}:{voice.telegram_id}",
                voice.telegram_id,
                screens.told_voice(found, centre, Speech.of(centre, voice.language)),
                centre_id=centre.id,
                lasting=LASTING,
                not_before=due,
            )
    screen = screens.told_group(found, context.services.link, Speech.of(centre))
    await unit.post_to_group(centre, f"{key}:group", screen, not_before=due)


async def put_back(press: PutBack, context: Context) -> None:
    """One is enough: what can be said is the rule, and two can take it down again."""
    ids = press.centre_id, press.proposal_id
    item = await proposals.get(context.tx, *ids)
    if item is not None and item.author_id == context.member.id:
        own = context.speak("It is your own: another facilitator decides, or the assembly.")
        context.toast(own.unescape(), alert=True)
    elif item is not None:
        touched = await takedowns.put_back(context.tx, *ids)
        if touched is not None:
            by = (item.id, context.member.id)
            await proposal_audit.note(context.tx, *by, Deed.PUT_BACK, context.now)
            await _note(item.id, context, back=True)
            await _reworded(touched, context)
    await show_proposal(context, press.proposal_id)


async def _note(proposal_id: int, context: Context, *, back: bool) -> None:
    """No restore is to undo it."""
    item = await proposals.get(context.tx, context.centre.id, proposal_id)
    if item is not None:
        services = context.services
        await off_list.note(context.tx, services.keys, item, context.now, back=back)
        context.unit.after_commit.append(services.eraser.catch_up)


async def ask_assembly(press: AskAssembly, context: Context) -> None:
    """Its author puts the question on the list, once, without a name."""
    item = await proposals.get(context.tx, press.centre_id, press.proposal_id)
    found = await takedowns.find(context.tx, press.proposal_id) if item is not None else None
    if item is None or found is None or not found.is_down or item.author_id != context.member.id:
        await show_proposal(context, press.proposal_id)
        return
    speak = Speech.of(context.centre)
    words = {
        "title": screens.appeal_title(speak).unescape(),
        "words": screens.appeal_words(found, speak).unescape(),
    }
    author = context.member.id
    made = await takedowns.appeal(
        context.tx, context.centre.id, found, author, **words, now=context.now
    )
    await show_proposal(context, made or found.appeal_id or item.id)


async def still_down(row: Outgoing, unit: UnitOfWork) -> str | None:
    """What waits to be told, unless it was put back by now."""
    found = await takedowns.find(unit.tx, int(row.key.split(":")[1]))
    return row.payload if found is not None and found.is_down else None


async def _reworded(assembly_ids: list[int], context: Context) -> None:
    for assembly_id in assembly_ids:
        await schedules.set(context.tx, REWORDED, assembly_id, context.now, context.centre.zone)


def _card(proposal_id: int, telegram_id: int) -> str:
    """The name of the message in which somebody is asked to be the second one."""
    return f"{_cards(proposal_id)}{telegram_id}"


def _cards(proposal_id: int) -> str:
    return f"takedown:{proposal_id}:"


def register(app: App) -> None:
    looked_at_again("takendown", still_down)
    app.add_handler(presses(AskTakeDown, ask, may=May.FACILITATORS))
    app.add_handler(presses(AskTakeDownFor, ask_for, may=May.FACILITATORS))
    app.add_handler(presses(TakeDown, take_down, may=May.FACILITATORS))
    app.add_handler(presses(LeaveUp, leave_up, may=May.FACILITATORS))
    app.add_handler(presses(PutBack, put_back, may=May.FACILITATORS))
    app.add_handler(presses(AskAssembly, ask_assembly, may=May.MEMBERS_IN_PRIVATE))

"""The list: what the assembly talks about, in private and in the group, and adding one's voice."""

from __future__ import annotations

from itertools import takewhile

from assembly.voices import is_small
from handlers.core.context import Context
from handlers.core.guards import enter, refuse
from handlers.core.home import centre_of_group
from handlers.core.may import May
from handlers.core.navigation import ShowAgenda
from handlers.core.registration import GROUP, PRIVATE, App, command, deep_link, linked_id, presses
from handlers.core.screens.parts import take_part
from handlers.core.speech import Speech
from handlers.proposals.presses import AgendaPage, SeeProposal, Support
from handlers.proposals.screens import agenda as screens
from handlers.proposals.screens import merging as merging_screens
from handlers.proposals.screens import taking_down as down_screens
from handlers.proposals.screens.agenda import AgendaNow
from storage import (
    assemblies,
    comments,
    members,
    merges,
    outbox_changes,
    points,
    proposal_audit,
    proposals,
    takedowns,
)
from storage.centres import Centre
from storage.proposals import Proposal


async def agenda(context: Context) -> None:
    """/agenda in private: the whole list."""
    await show_page(context, 0)


async def agenda_in_group(context: Context) -> None:
    """/agenda in the group: the top of the list, the same whoever asks, members or not."""
    centre = await centre_of_group(context)
    if centre is None or context.person is None:
        await refuse(context)
        return
    link, speak = context.services.link, Speech.of(centre)
    button = take_part(speak, link, centre)
    found = await agenda_now(context, centre, viewer_id=0)
    context.show(screens.public_listing(found, centre.id, link, button, speak, context.now))


async def show_agenda(_: ShowAgenda, context: Context) -> None:
    await show_page(context, 0)


async def turn_page(press: AgendaPage, context: Context) -> None:
    await show_page(context, press.page)


async def see_proposal(press: SeeProposal, context: Context) -> None:
    await show_proposal(context, press.proposal_id)


async def support(press: Support, context: Context) -> None:
    """Add a voice or take it back: the press says which, so twice is the same as once."""
    ids = (press.centre_id, press.proposal_id, context.member.id)
    await proposals.support(context.tx, *ids, on=press.on)
    if not press.on:
        await _forget_told(context, press.proposal_id)
    item = await proposals.get(context.tx, *ids)
    if item is None or not item.is_open:
        context.toast(context.speak("That is not on the list any more."))
    else:
        with_it, back = context.speak("Your voice is with it."), context.speak("Taken back.")
        context.toast(with_it if item.supported else back)
    await show_proposal(context, press.proposal_id)


async def _forget_told(context: Context, proposal_id: int) -> None:
    """What somebody was told because their voice was with it says that it was."""
    together = await merges.led_here(context.tx, proposal_id)
    told = f"takendown:{proposal_id}:", *(f"merged:{each}:" for each in together)
    await outbox_changes.forget_told(context.tx, context.member.telegram_id, *told)


async def follow_list_link(_: str, context: Context) -> None:
    """`agenda_<centre>`, from the list in the group."""
    await show_page(context, 0)


async def follow_proposal_link(payload: str, context: Context) -> None:
    """`p_<proposal>`, from the list in the group."""
    await show_proposal(context, linked_id(payload) or 0)


async def _centre_of_proposal(payload: str, context: Context) -> int | None:
    """Outsiders learn nothing, not even whether there is such a one."""
    centre_id = await proposals.centre_of(context.tx, linked_id(payload) or 0)
    known = centre_id is not None and await enter(context, centre_id)
    return centre_id if known else None


async def show_page(context: Context, page: int) -> None:
    """The list in private."""
    found = await agenda_now(context, context.centre, context.member.id)
    context.show(screens.listing(found, context.centre.id, page, context.speak, context.now))


async def show_proposal(context: Context, proposal_id: int) -> None:
    """One proposal of the member's centre, as it is now."""
    member = context.member
    item = await proposals.get(context.tx, context.centre.id, proposal_id, member.id)
    if item is None:
        context.show(screens.gone(context.speak, context.centre.id))
        return
    if item.status == "taken-down":
        await _show_down(item, context)
        return
    merge = await merges.find(context.tx, item.id) if item.status == "merged" else None
    if merge is not None:
        context.show(merging_screens.leads(item, merge, context.speak))
        return
    small = is_small(member.role, await members.counts(context.tx, context.centre.id))
    under = screens.Under(
        await comments.count(context.tx, item.id),
        bool(await proposal_audit.of_proposal(context.tx, item.centre_id, item.id, 1)),
    )
    context.show(
        screens.proposal(
            item, member.id, small, context.speak, under=under, facilitates=context.facilitates
        )
    )


async def open_proposal(proposal_id: int, context: Context) -> Proposal | None:
    """One of the member's centre while it is on the list; otherwise what became of it is shown."""
    item = await proposals.get(context.tx, context.centre.id, proposal_id)
    if item is not None and item.is_open:
        return item
    await show_proposal(context, proposal_id)
    return None


async def _show_down(item: Proposal, context: Context) -> None:
    """One that two facilitators took down: others than its author read why, and not what."""
    found = await takedowns.find(context.tx, item.id)
    if found is None:
        context.show(screens.gone(context.speak, context.centre.id))
        return
    author = item.author_id == context.member.id
    context.show(
        down_screens.down(item, found, context.speak, author=author, desk=context.facilitates)
    )


async def agenda_now(context: Context, centre: Centre, viewer_id: int) -> AgendaNow:
    """The open proposals, and the assembly that they are for."""
    agenda = await proposals.agenda(context.tx, centre.id, viewer_id)
    coming = await assemblies.upcoming(context.tx, centre.id, context.now)
    if not coming:
        return AgendaNow(agenda.items, agenda.sizes)
    if coming[0].frozen_at is None:
        return AgendaNow(agenda.items, agenda.sizes, coming[0].starts_at)
    items = await points.items(context.tx, coming[0].id)
    fixed = tuple(point.proposal_id for point in items)
    begins = tuple(point.title for point in takewhile(lambda each: not each.is_proposed, items))
    return AgendaNow(agenda.items, agenda.sizes, coming[0].starts_at, fixed, begins)


def register(app: App) -> None:
    deep_link("p", follow_proposal_link, may=May.MEMBERS, centre=_centre_of_proposal)
    deep_link("agenda", follow_list_link, may=May.MEMBERS)
    app.add_handler(command("agenda", agenda, PRIVATE, may=May.MEMBERS))
    app.add_handler(command("agenda", agenda_in_group, GROUP, may=May.ANYBODY))
    app.add_handler(presses(ShowAgenda, show_agenda, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(AgendaPage, turn_page, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SeeProposal, see_proposal, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(Support, support, may=May.MEMBERS_IN_PRIVATE))

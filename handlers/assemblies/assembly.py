"""The next assembly: when and where it is, whether I am coming, and reminders in private."""

from __future__ import annotations

from assembly.duties import Duty
from handlers.assemblies import cards, posts, sending
from handlers.assemblies.agreeing.screens.agreeing import with_reading
from handlers.assemblies.duties import search
from handlers.assemblies.presses import Attend, ChooseReminders, Here, PointsPage, Post, ShowPoints
from handlers.assemblies.screens import agenda, attendance, presence
from handlers.assemblies.screens import assembly as screens
from handlers.assemblies.screens.agenda import Listed
from handlers.assemblies.screens.assembly import Mine
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowAssembly
from handlers.core.registration import App, command, deep_link, linked_id, presses
from handlers.core.speech import Speech
from storage import (
    agenda_changes,
    agreements,
    assemblies,
    attendances,
    duties,
    late_points,
    points,
    presences,
    proposals,
)
from storage.assemblies import Assembly
from storage.attendances import Attendance
from storage.engine.transaction import Transaction


async def next_assembly(context: Context) -> None:
    """/assembly, in private and in the group."""
    upcoming = await assemblies.upcoming(context.tx, context.centre.id, context.now)
    if context.in_private:
        await show_card(context, upcoming[0] if upcoming else None)
    elif not upcoming:
        context.show(screens.none_convened(context.centre.id, context.speak, public=True))
    else:
        seen = await posts.overview(context.tx, upcoming[0])
        screen = screens.post(Post.CARD, seen, context.now, context.speak, context.services.link)
        context.show(screen, ref=posts.ref(upcoming[0], Post.CARD))


async def show_next(press: ShowAssembly, context: Context) -> None:
    """The button that leads here from elsewhere."""
    upcoming = await assemblies.upcoming(context.tx, press.centre_id, context.now)
    await show_card(context, upcoming[0] if upcoming else None)


async def attend(press: Attend, context: Context) -> None:
    """I'm coming, maybe, I can't: recorded, and counted where it was pressed."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    if not assembly.takes_place(context.now):
        headline = screens.headline(assembly, context.now, context.speak)
        context.toast(headline.striptags(), alert=True)
    else:
        await attendances.answer(context.tx, assembly.id, context.member.id, press.answer)
        begun = assembly.status == "open"
        context.toast(attendance.said(press.answer, context.speak, begun=begun))
        if press.answer is Attendance.NO:
            await search.cannot_come(context.unit, context.centre, assembly, context.member.id)
    if context.in_private:
        await show_card(context, assembly)
        await posts.show_coming(context.unit, context.centre, assembly)
    elif assembly.takes_place(context.now):
        await posts.show_coming(context.unit, context.centre, assembly, press.post)
    else:
        await _retire(press.post, assembly, context)


async def _retire(kind: Post, assembly: Assembly, context: Context) -> None:
    """A post of which nobody remembers where it is loses its buttons at the latest here."""
    seen = await posts.overview(context.tx, assembly)
    speak = Speech.of(context.centre)
    context.show(screens.post(kind, seen, context.now, speak, context.services.link))


async def wish(press: ChooseReminders, context: Context) -> None:
    """Reminders in private too, or no longer."""
    await attendances.wish(context.tx, context.member.id, press.on)
    if press.on:
        context.toast(context.speak("You will get the reminders here too.").unescape())
    else:
        context.toast(context.speak("You will get no reminders here.").unescape())
    upcoming = await assemblies.upcoming(context.tx, press.centre_id, context.now)
    await show_card(context, upcoming[0] if upcoming else None)


async def show_points(press: ShowPoints, context: Context) -> None:
    """The list, from the member's own card."""
    await _show_points(context, press.assembly_id)


async def open_points(payload: str, context: Context) -> None:
    """The list, from the link under a post in the group."""
    await _show_points(context, linked_id(payload.partition("_")[2]) or 0)


async def turn_points(press: PointsPage, context: Context) -> None:
    """Another page of it."""
    await _show_points(context, press.assembly_id, press.page)


async def _show_points(context: Context, assembly_id: int, page: int = 1) -> None:
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if assembly is None:
        context.show(screens.none_convened(context.centre.id, context.speak, public=False))
        return
    listed = await _listed(context.tx, assembly)
    changes = await agenda_changes.of(context.tx, assembly.id)
    fixed_at = await sending.planned_at(context.tx, assembly)
    late: list[str] = []
    if assembly.takes_place(context.now):
        found = await late_points.waiting(context.tx, assembly, context.now)
        late = [each.title for each in found]
    context.show(agenda.agenda(assembly, listed, changes, page, context.speak, fixed_at, late))


async def _listed(tx: Transaction, assembly: Assembly) -> list[Listed]:
    """The points as they were fixed, or the proposals as they stand now."""
    if assembly.frozen_at is not None:
        items = await points.items(tx, assembly.id)
        why = await proposals.reasons_on(tx, assembly.id)
        return [
            Listed(each.title, each.waits_since, each.ending, why.get(each.id)) for each in items
        ]
    carried = await points.carried_over(tx, assembly.centre_id)
    found = await proposals.agenda(tx, assembly.centre_id)
    return [Listed(each.title, carried.get(each.id), None, each.reason) for each in found.items]


async def show_card(context: Context, assembly: Assembly | None) -> None:
    """The assembly as this member sees it in private."""
    if assembly is None:
        context.show(screens.none_convened(context.centre.id, context.speak, public=False))
        return
    mine = Mine(
        await attendances.of(context.tx, assembly.id, context.member.id),
        await attendances.wishes(context.tx, context.member.id),
        await presences.is_here(context.tx, assembly.id, context.member.id),
        await _has(Duty.CHAIR, context, assembly) or _goes_on(context, assembly),
        await _has(Duty.RECORDER, context, assembly),
    )
    seen = await posts.overview(context.tx, assembly)
    screen = screens.card(seen, mine, context.now, context.speak)
    if assembly.status == "open":
        agreed = await agreements.of_assembly(context.tx, assembly.id)
        screen = with_reading(screen, agreed, context.speak)
    lives = assembly.takes_place(context.now)
    context.show(screen, ref=cards.ref(assembly, context.member.id) if lives else None)


def _goes_on(context: Context, assembly: Assembly) -> bool:
    """Whoever facilitates can go on at the same point, should the chair be away."""
    return context.facilitates and assembly.status == "open"


async def _has(duty: Duty, context: Context, assembly: Assembly) -> bool:
    """Whether this member chairs it, or takes its notes, and it can be opened by now or is open."""
    ids = context.centre.id, context.member.id
    return await duties.leads(context.tx, *ids, duty, context.now, assembly.id)


async def say(press: Here, context: Context) -> None:
    """I'm here, or not after all: the number counts, and is deleted by name at the end."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None or assembly.status != "open":
        context.toast(context.speak("This assembly is not open any more."), alert=True)
    else:
        changed = await presences.say(
            context.tx,
            centre_id=press.centre_id,
            assembly_id=press.assembly_id,
            member_id=context.member.id,
            here=press.on,
        )
        context.toast(
            presence.said(press.on, changed, context.speak), alert=press.on and not changed
        )
    if context.in_private:
        await show_card(context, assembly)


def register(app: App) -> None:
    app.add_handler(presses(Here, say, may=May.MEMBERS))
    app.add_handler(command("assembly", next_assembly, may=May.MEMBERS))
    app.add_handler(presses(ShowAssembly, show_next, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(Attend, attend, may=May.MEMBERS))
    app.add_handler(presses(ChooseReminders, wish, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowPoints, show_points, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(PointsPage, turn_points, may=May.MEMBERS_IN_PRIVATE))
    deep_link("points", open_points, may=May.MEMBERS)

"""The headcount: the chair says how many people in the room don't vote by phone."""

from __future__ import annotations

from assembly import in_person as rules
from assembly.in_person import Headcounts, NoNumber
from assembly.roles import Role
from handlers.core import typed_number
from handlers.core.context import Context
from handlers.core.guards import at_the_desk, enter, refuse
from handlers.core.navigation import Facilitate, ShowHeadcount
from handlers.core.registration import App, presses, typed
from handlers.core.screens import plain
from handlers.decisions.in_person.presses import AskPeople, Of, SayPeople, of
from handlers.decisions.in_person.screens import headcount as screens
from storage import assemblies, decisions, drafts, headcount, in_person
from storage.assemblies import Assembly
from storage.drafts import Draft

KIND = typed_number.PEOPLE


@at_the_desk
async def show(press: ShowHeadcount, context: Context) -> None:
    """What was said, or what is still to be said."""
    assembly = await _open_one(context, press.assembly_id)
    if assembly is not None:
        await ask_or_show(context, assembly)


@at_the_desk
async def ask(press: AskPeople, context: Context) -> None:
    """One number again."""
    assembly = await _open_one(context, press.assembly_id)
    if assembly is not None:
        await _ask(context, assembly, press.of.role, instead=press.instead)


@at_the_desk
async def say(press: SayPeople, context: Context) -> None:
    """The number was pressed."""
    assembly = await _open_one(context, press.assembly_id)
    if assembly is not None and 0 <= press.people <= rules.MOST:
        await _say(context, assembly, press.of.role, press.people)


async def take_number(draft: Draft, context: Context) -> None:
    """The number was typed."""
    assembly_id, said_of = draft.step.split(":")
    if not await enter(context, draft.centre_id) or not context.facilitates:
        await drafts.remove(context.tx, draft.telegram_id)
        await refuse(context)
        return
    assembly = await _open_one(context, int(assembly_id))
    if assembly is None:
        await drafts.remove(context.tx, draft.telegram_id)
        return
    try:
        number = rules.number(context.text)
    except NoNumber:
        problem = screens.no_number(context.speak)
        context.show(screens.ask(assembly, Of(said_of).role, context.speak, problem))
        return
    await _say(context, assembly, Of(said_of).role, number)


async def ask_again(draft: Draft, context: Context) -> None:
    """After an outage the typed number may be lost."""
    assembly_id, said_of = draft.step.split(":")
    if await enter(context, draft.centre_id) and context.facilitates:
        assembly = await _open_one(context, int(assembly_id))
        if assembly is not None:
            context.show(screens.ask(assembly, Of(said_of).role, context.speak))


async def ask_or_show(context: Context, assembly: Assembly) -> None:
    """The next number that is missing, by role where an open question needs it; or them all."""
    said = await headcount.people(context.tx, assembly.id)
    by_role = any(role is not None for role in said) or await _roles_needed(context, assembly)
    wanted: tuple[Role | None, ...] = tuple(Role) if by_role else (None,)
    missing = [role for role in wanted if role not in said]
    if missing:
        await _ask(context, assembly, missing[0])
        return
    await typed_number.stop(context)
    context.show(screens.overview(assembly, rules.settled(said), context.speak))


async def _ask(
    context: Context, assembly: Assembly, role: Role | None, *, instead: bool = False
) -> None:
    step = f"{assembly.id}:{of(role).value}"
    typed = await typed_number.ask(KIND, step, context, instead=instead)
    context.show(screens.ask(assembly, role, context.speak, typed=typed))


async def _say(context: Context, assembly: Assembly, role: Role | None, people: int) -> None:
    """Store it, unless more ballots of the hall are entered than there would be people."""
    tx = context.tx
    said = await headcount.people(tx, assembly.id)
    after: Headcounts = {None: people} if role is None else {**said, role: people}
    counts = await in_person.entered(tx, assembly.id)
    if all(rules.fits(ballots, rules.settled(after)) for ballots in counts.values()):
        await headcount.say_people(tx, assembly.centre_id, assembly.id, role, people)
    elif context.incoming.callback_query is not None:
        context.toast(screens.fewer_than_ballots(context.speak), alert=True)
    else:
        await typed_number.stop(context)
        context.show(screens.refused(assembly, context.speak))
        return
    await ask_or_show(context, assembly)


async def _roles_needed(context: Context, assembly: Assembly) -> bool:
    """Whether a question that is open here counts each role."""
    found = await decisions.open_ones(context.tx, assembly.centre_id)
    return any(
        None not in rules.asked_roles(each.rule)
        for each in found
        if each.assembly_id == assembly.id and rules.asked_roles(each.rule)
    )


async def _open_one(context: Context, assembly_id: int) -> Assembly | None:
    """The assembly while it is open; otherwise says where it stands."""
    found = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if found is not None and found.status == "open":
        return found
    if found is None:
        await context.go(Facilitate(context.centre.id))
    else:
        context.show(plain.over(found, context.speak))
    return None


def register(app: App) -> None:
    typed(KIND, take_number, resume=ask_again)
    app.add_handler(presses(ShowHeadcount, show))
    app.add_handler(presses(AskPeople, ask))
    app.add_handler(presses(SayPeople, say))

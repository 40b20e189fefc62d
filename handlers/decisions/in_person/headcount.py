"""The headcount: the chair says how many people in the room don't vote by phone.

Asked for because a question is to be counted, it leads back to that question: the draft in which
the number is typed says which, after assembly and role.
"""

from __future__ import annotations

from assembly import in_person as rules
from assembly.in_person import Headcounts, NoNumber
from assembly.roles import Role
from handlers.core import typed_number
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate
from handlers.core.registration import App, presses, typed
from handlers.core.screens import plain
from handlers.decisions.in_person.presses import (
    AskPeople,
    CountInPerson,
    Of,
    SayPeople,
    ShowHeadcount,
    of,
)
from handlers.decisions.in_person.screens import headcount as screens
from storage import assemblies, decisions, drafts, headcount, in_person
from storage.assemblies import Assembly
from storage.drafts import Draft

KIND = typed_number.PEOPLE


async def show(press: ShowHeadcount, context: Context) -> None:
    """What was said, or what is still to be said."""
    assembly = await _open_one(context, press.assembly_id)
    if assembly is not None:
        await ask_or_show(context, assembly)


async def ask(press: AskPeople, context: Context) -> None:
    """One number again."""
    assembly = await _open_one(context, press.assembly_id)
    if assembly is not None:
        question = await _asked_for(context)
        await _ask(context, assembly, press.of.role, question, instead=press.instead)


async def say(press: SayPeople, context: Context) -> None:
    """The number was pressed."""
    assembly = await _open_one(context, press.assembly_id)
    if assembly is not None and 0 <= press.people <= rules.MOST:
        await _say(context, assembly, press.of.role, press.people, await _asked_for(context))


async def take_number(draft: Draft, context: Context) -> None:
    """The number was typed."""
    assembly_id, said_of, question = _read(draft.step)
    assembly = await _open_one(context, assembly_id)
    if assembly is None:
        await drafts.remove(context.tx, draft.telegram_id)
        return
    try:
        number = rules.number(context.text)
    except NoNumber:
        problem = screens.no_number(context.speak)
        context.show(screens.ask(assembly, said_of.role, context.speak, question, problem))
        return
    await _say(context, assembly, said_of.role, number, question)


async def ask_again(draft: Draft, context: Context) -> None:
    """After an outage the typed number may be lost."""
    assembly_id, said_of, question = _read(draft.step)
    assembly = await _open_one(context, assembly_id)
    if assembly is not None:
        context.show(screens.ask(assembly, said_of.role, context.speak, question))


async def ask_or_show(context: Context, assembly: Assembly, question: int = 0) -> None:
    """The next number that is missing, by role where an open question needs it; or them all.

    `question`: the id of the one that is to be counted; 0 where that is not why it is asked.
    """
    said = await headcount.people(context.tx, assembly.id)
    missing = await _missing(context, assembly, said)
    if missing:
        await _ask(context, assembly, missing[0], question)
        return
    await typed_number.stop(context)
    context.show(screens.overview(assembly, rules.settled(said), context.speak))


async def _missing(context: Context, assembly: Assembly, said: Headcounts) -> list[Role | None]:
    by_role = any(role is not None for role in said) or await _roles_needed(context, assembly)
    wanted: tuple[Role | None, ...] = tuple(Role) if by_role else (None,)
    return [role for role in wanted if role not in said]


async def _ask(
    context: Context,
    assembly: Assembly,
    role: Role | None,
    question: int,
    *,
    instead: bool = False,
) -> None:
    step = f"{assembly.id}:{of(role).value}:{question}"
    typed = await typed_number.ask(KIND, step, context, instead=instead)
    context.show(screens.ask(assembly, role, context.speak, question, typed=typed))


def _read(step: str) -> tuple[int, Of, int]:
    """Assembly, role, and question; drafts from before there were questions in them have none."""
    assembly_id, said_of, *question = step.split(":")
    return int(assembly_id), Of(said_of), int(question[0]) if question else 0


async def _asked_for(context: Context) -> int:
    """The question that is to be counted; 0 where none is, or where something else is written."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    return _read(draft.step)[2] if draft is not None and draft.kind == KIND else 0


async def _say(
    context: Context, assembly: Assembly, role: Role | None, people: int, question: int
) -> None:
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
        context.show(screens.refused(assembly, context.speak, question))
        return
    now_said = await headcount.people(tx, assembly.id)
    if question and not await _missing(context, assembly, now_said):
        await context.go(CountInPerson(assembly.centre_id, question))
        return
    await ask_or_show(context, assembly, question)


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
    typed(KIND, take_number, resume=ask_again, may=May.CHAIRS)
    app.add_handler(presses(ShowHeadcount, show, may=May.CHAIRS))
    app.add_handler(presses(AskPeople, ask, may=May.CHAIRS))
    app.add_handler(presses(SayPeople, say, may=May.CHAIRS))

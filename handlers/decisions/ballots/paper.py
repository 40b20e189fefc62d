"""The ballot of whoever is looking: put together from what is stored, shown by several features."""

from __future__ import annotations

from markupsafe import Markup

from assembly.forms.form import Marks
from assembly.rule import Electorate, Secrecy
from handlers.core.context import Context
from handlers.core.screen import Screen, lines
from handlers.core.speech import Speech
from handlers.decisions.ballots.screens import own_ballot as screens
from handlers.decisions.ballots.screens.helping import with_help
from handlers.decisions.ballots.screens.own_ballot import Paper
from handlers.decisions.results.screens import rules
from handlers.decisions.results.screens.ballot_words import not_yours
from handlers.decisions.results.screens.versions import version
from storage import ballots, decisions, helpings, in_person, reasons
from storage.ballots import Mine
from storage.decisions import Decision


async def ballot(decision: Decision, context: Context, marks: Marks | None = None) -> Screen:
    """An open decision for the member who looks: their ballot, marked like this while filling in.

    Whoever is filling in sees nothing but what that takes.
    """
    speak = context.speak
    mine = await mine_of(context)
    told = await in_person.with_people(context.tx, decision)
    paper = sheet(told, mine.get(decision.id), speak)
    if decision.id not in mine:
        why = not_yours(decision, context.member, speak)
        return screens.closed_to(paper, why, speak, context.now)
    screen = screens.paper(paper, marks, speak, context.now)
    if marks is not None or await _was_helped(decision, context):
        return screen
    return with_help(screen, decision, speak)


async def _was_helped(decision: Decision, context: Context) -> bool:
    """Help is to be had once."""
    keys = context.services.keys
    return await helpings.entered(context.tx, keys, decision.id, context.member.id)


async def ask_reason(decision: Decision, context: Context) -> Screen | None:
    """The question why, to whoever objected a moment ago; None for everybody else.

    As this question is on the screen now, what is typed next is meant for no other.
    """
    asked = await reasons.look_at(
        context.tx,
        context.services.keys,
        telegram_id=context.member.telegram_id,
        decision_id=decision.id,
        now=context.now,
    )
    if not asked or decision.rule.secrecy is Secrecy.SEALED:
        return None
    given = (await mine_of(context)).get(decision.id)
    return screens.ask_reason(sheet(decision, given, context.speak), context.speak)


async def mine_of(context: Context) -> dict[int, Mine | None]:
    """The open decisions in which the member takes part, with what they said."""
    keys, centre = context.services.keys, context.centre
    return await ballots.of_member(context.tx, keys, centre.id, context.member.id)


def sheet(decision: Decision, given: Mine | None, speak: Speech) -> Paper:
    """A decision as it stands on a member's ballot."""
    who = rules.who(decision.rule, decision.electorate, speak)
    return Paper(
        decision.centre_id,
        decision.id,
        decision.question,
        decision.rule,
        decision.closes_at,
        lines(
            version(decision, speak),
            rules.counted(decision.rule, decision.electorate, speak),
            None if decision.rule.electorate is Electorate.ALL else who,
        ),
        given.choice if given else None,
        given.reason if given else "",
    )


async def open_to(decision_id: int, context: Context) -> Decision | None:
    """The decision, if the member can take part in it now; otherwise the toast says why not."""
    decision = await decisions.get(context.tx, context.centre.id, decision_id)
    why_not = await hindrance(decision, context)
    if why_not is None:
        return decision
    context.toast(why_not, alert=True)
    return None


async def hindrance(decision: Decision | None, context: Context) -> Markup | None:
    """Why the member can't take part in a decision now; None where they can."""
    speak = context.speak
    if decision is None:
        return speak("There is no such decision.")
    if decision.status != "open":
        return speak("This is over already.")
    if decision.closes_at is not None and decision.closes_at <= context.now:
        return speak("Time is up. It is being counted.")
    if decision.id not in await mine_of(context):
        return not_yours(decision, context.member, speak)
    return None

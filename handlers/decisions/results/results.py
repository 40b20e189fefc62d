"""What a closed decision came to, looked at from nearer: its picture, each figure, each name."""

from __future__ import annotations

from assembly.rule import Secrecy
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from handlers.decisions.results.presses import AsPicture, PrintOutcome, TurnReport, WhoSaidWhat
from handlers.decisions.results.reasons import reasons
from handlers.decisions.results.screens import printouts, report, roll_call
from storage import decisions, published
from storage.decisions import Decision


async def as_picture(press: AsPicture, context: Context) -> None:
    """The picture with its words; in words alone where there is nothing to be seen."""
    decision = await _closed(press.centre_id, press.decision_id, context)
    if decision is None:
        return
    screen = report.as_picture(decision, await reasons(context.tx, decision), context.speak)
    if screen is None:
        context.toast(context.speak("There is no picture of this one."), alert=True)
        await context.go(SeeDecision(context.centre.id, decision.id))
    else:
        context.show(screen)


async def turn(press: TurnReport, context: Context) -> None:
    """Another page of how it was counted."""
    decision = await _closed(press.centre_id, press.decision_id, context)
    if decision is not None:
        given = await reasons(context.tx, decision)
        context.show(report.how_counted(decision, given, press.page, context.speak))


async def print_outcome(press: PrintOutcome, context: Context) -> None:
    """The outcome as a file to print; for the wall it speaks as the group does."""
    decision = await _closed(press.centre_id, press.decision_id, context)
    if decision is None:
        return
    wall = Speech.of(context.centre)
    wanted = printouts.outcome(
        decision,
        await reasons(context.tx, decision),
        context.centre,
        context.speak if press.own else wall,
        context.services.link,
    )
    context.show(printouts.screen(press, wanted, wall, context.speak))


async def who_said_what(press: WhoSaidWhat, context: Context) -> None:
    """The roll call: only where everybody knew from the start that there would be one."""
    decision = await _closed(press.centre_id, press.decision_id, context)
    if decision is None:
        return
    if decision.rule.secrecy is not Secrecy.OPEN:
        context.toast(context.speak("It was secret: who said what is not known."), alert=True)
        await context.go(SeeDecision(context.centre.id, decision.id))
        return
    said = await published.roll_call(context.tx, decision.id)
    context.show(roll_call.screen(decision, said, press.page, context.speak))


async def _closed(centre_id: int, decision_id: int, context: Context) -> Decision | None:
    """The decision once it is counted; otherwise it is shown as it is."""
    decision = await decisions.get(context.tx, centre_id, decision_id)
    if decision is not None and decision.status == "closed":
        return decision
    context.toast(context.speak("It has not been counted."), alert=True)
    await context.go(SeeDecision(context.centre.id, decision_id))
    return None


def register(app: App) -> None:
    app.add_handler(presses(AsPicture, as_picture, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TurnReport, turn, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(PrintOutcome, print_outcome, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(WhoSaidWhat, who_said_what, may=May.MEMBERS_IN_PRIVATE))

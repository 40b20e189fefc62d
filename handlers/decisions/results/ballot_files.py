"""The ballots of a closed decision as a file: made when it is asked for, and stored nowhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from assembly.alphabet import place
from assembly.ballot import Ballot
from assembly.interchange import as_blt, as_csv
from assembly.rule import Secrecy
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, presses
from handlers.decisions.results.presses import ChooseFile, Form, TakeFile
from handlers.decisions.results.screens import ballot_files as screens
from handlers.decisions.results.screens.report import is_published, not_published
from handlers.decisions.results.screens.roll_call import someone
from storage import decisions, published
from storage.decisions import Decision


async def choose(press: ChooseFile, context: Context) -> None:
    """Which files there are."""
    decision = await _published(press.centre_id, press.decision_id, context)
    if decision is not None:
        context.show(screens.choose(decision, context.speak))


async def take(press: TakeFile, context: Context) -> None:
    """One of them, with the answer."""
    decision = await _published(press.centre_id, press.decision_id, context)
    if decision is None:
        return
    if press.form not in screens.forms(decision):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    text = await _WRITTEN[press.form](decision, context)
    context.show(screens.file(decision, press.form, text, context.speak))


async def _published(centre_id: int, decision_id: int, context: Context) -> Decision | None:
    """The decision, if its ballots can be had; otherwise it is shown, and the toast says why not"""
    decision = await decisions.get(context.tx, centre_id, decision_id)
    if decision is not None and is_published(decision):
        return decision
    if decision is None:
        why_not = context.speak("There is no such decision.")
    elif decision.status == "closed":
        why_not = not_published(context.speak)
    else:
        why_not = context.speak("Nothing of it is published: it was not counted.")
    context.toast(why_not.unescape(), alert=True)
    await context.go(SeeDecision(context.centre.id, decision_id))
    return None


async def _list(decision: Decision, context: Context) -> str:
    text = await published.text(context.tx, decision)
    assert text is not None  # noqa: S101 - it is published
    return text


async def _blt(decision: Decision, context: Context) -> str:
    said = [ballot for _, ballot in await _ballots(decision, context)]
    hall = await published.hall(context.tx, decision.id)
    return as_blt(decision.rule, decision.question, said, hall)


async def _csv(decision: Decision, context: Context) -> str:
    who = "name" if decision.rule.secrecy is Secrecy.OPEN else "tracker"
    hall = await published.hall(context.tx, decision.id)
    # A spreadsheet takes a file that begins with this sign for Unicode, and in German and Italian
    # a comma for that of decimals.
    separator = "," if context.speak.language == "en" else ";"
    table = as_csv(decision.rule, who, await _ballots(decision, context), hall, separator)
    return "\ufeff" + table


async def _ballots(decision: Decision, context: Context) -> list[tuple[str, Ballot]]:
    """Under their names or trackers; a role nobody has shown here stays out of a roll call."""
    if decision.rule.secrecy is not Secrecy.OPEN:
        return await published.ballots(context.tx, decision.id)
    called = await published.roll_call(context.tx, decision.id)
    # Where two share a name, what they said decides: the order of casting is nobody's business.
    listed = sorted(
        called,
        key=lambda one: (
            one.name is None,
            place(one.name or ""),
            one.ballot.choice,
            one.ballot.reason,
        ),
    )
    return [
        (someone(one, context.speak), Ballot(one.ballot.choice, one.ballot.reason))
        for one in listed
    ]


_WRITTEN: dict[Form, Callable[[Decision, Context], Awaitable[str]]] = {
    Form.LIST: _list,
    Form.BLT: _blt,
    Form.CSV: _csv,
}


def register(app: App) -> None:
    app.add_handler(presses(ChooseFile, choose, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TakeFile, take, may=May.MEMBERS_IN_PRIVATE))

"""A question that met objections is put again, in other words: the next version of it."""

from __future__ import annotations

from dataclasses import replace

from assembly.deadlines import Span
from assembly.rule import Secrecy
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, presses
from handlers.decisions.presses import PutAgain
from handlers.decisions.putting.draft import begun
from handlers.decisions.putting.questions import ask
from handlers.decisions.results.screens.versions import met_objections
from storage import assemblies, decisions
from storage.decisions import Decision


async def put_again(press: PutAgain, context: Context) -> None:
    if not await asks_first(press, context):
        await _begin(press.decision_id, context)


async def _begin(decision_id: int, context: Context) -> None:
    """Ask for the new wording; rule and electorate are carried over.

    Who was on a list of names is forgotten at closing: they are chosen anew, in the preview.
    """
    before = await decisions.get(context.tx, context.centre.id, decision_id)
    if before is None or not met_objections(before):
        context.toast(context.speak("There is nothing to put again here."), alert=True)
        await context.go(SeeDecision(context.centre.id, decision_id))
        return
    later = await decisions.next_version(context.tx, context.centre.id, before.id)
    if later is not None:
        context.toast(context.speak("It was put again already."))
        await context.go(SeeDecision(context.centre.id, later))
        return
    during = await _open_assembly(before, context)
    span = Span.TEN_MINUTES if during is not None else Span.TOMORROW
    rule = before.rule
    if rule.secrecy is Secrecy.SEALED:
        rule = replace(rule, secrecy=Secrecy.SECRET)
    question = begun(span, rule, during, before.item_id if during is not None else None)
    await ask(replace(question, previous_id=before.id), context)


async def _open_assembly(before: Decision, context: Context) -> int | None:
    if before.assembly_id is None:
        return None
    assembly = await assemblies.find(context.tx, context.centre.id, before.assembly_id)
    return assembly.id if assembly is not None and assembly.status == "open" else None


def register(app: App) -> None:
    app.add_handler(presses(PutAgain, put_again, may=May.FACILITATORS))

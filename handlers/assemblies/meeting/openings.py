"""How a centre's assemblies begin: facilitators switch it on and off, and word it."""

from __future__ import annotations

from dataclasses import replace

from assembly import wording
from assembly.openings import BREAKS, Chosen, Opening, complete
from handlers.assemblies.meeting import timing
from handlers.assemblies.openings_presses import (
    ChooseBreak,
    HadBreak,
    ShowOpening,
    ShowOpenings,
    SwitchOpening,
    UsualWords,
    WordOpening,
)
from handlers.assemblies.screens import openings as screens
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ShowSession
from handlers.core.registration import App, presses, typed
from handlers.core.sealed_draft import SealedDraft
from storage import assemblies, openings
from storage.drafts import Draft

KIND = "opening"
_drafts = SealedDraft(KIND, b"words of an opening written by member %d")


async def show(press: ShowOpenings, context: Context) -> None:
    """Whoever turned back from a question is not waited for any more."""
    await forget(context)
    chosen = await openings.of(context.tx, press.centre_id)
    context.show(screens.settings(press.centre_id, chosen, context.speak))


async def show_one(press: ShowOpening, context: Context) -> None:
    await forget(context)
    await _show(press.opening, context)


async def switch(press: SwitchOpening, context: Context) -> None:
    """A break is switched by its minutes."""
    if press.opening is not Opening.BREAK:
        holds = await _holds(press.opening, context)
        await openings.choose(
            context.tx, press.centre_id, press.opening, replace(holds, active=press.on)
        )
    await _show(press.opening, context)


async def choose_break(press: ChooseBreak, context: Context) -> None:
    minutes = press.minutes if press.minutes in BREAKS else None
    chosen = Chosen(minutes is not None, None, minutes)
    await openings.choose(context.tx, press.centre_id, Opening.BREAK, chosen)
    await _show(Opening.BREAK, context)


async def write_words(press: WordOpening, context: Context) -> None:
    if press.opening is Opening.BREAK:
        await _show(press.opening, context)
        return
    if await asks_first(press, context, same=KIND):
        return
    await _drafts.keep({"opening": press.opening.value}, context)
    context.show(screens.ask(press.centre_id, press.opening, context.speak))


async def take_words(_: Draft, context: Context) -> None:
    """So it reads from now on; whoever words it wants to have it."""
    opening = await _written(context)
    if opening is None:
        return
    fit = wording.rules if opening is Opening.RULES else wording.title
    try:
        words = fit(context.text)
    except wording.WordingError as error:
        context.show(screens.ask(context.centre.id, opening, context.speak, error))
        return
    await forget(context)
    await openings.choose(context.tx, context.centre.id, opening, Chosen(True, words))
    await _show(opening, context)


async def ask_again(_: Draft, context: Context) -> None:
    opening = await _written(context)
    if opening is not None:
        context.show(screens.ask(context.centre.id, opening, context.speak))


async def usual_words(press: UsualWords, context: Context) -> None:
    holds = await _holds(press.opening, context)
    if holds.words is not None:
        await openings.choose(
            context.tx, press.centre_id, press.opening, replace(holds, words=None)
        )
    await _show(press.opening, context)


async def had_break(press: HadBreak, context: Context) -> None:
    """Nobody is reminded of it any more."""
    if await assemblies.find(context.tx, press.centre_id, press.assembly_id) is not None:
        await openings.plan_break(context.tx, press.assembly_id, None)
        await timing.plan(context.tx, press.assembly_id, context.now)
    await context.go(ShowSession(press.centre_id, press.assembly_id))


async def forget(context: Context) -> None:
    """What was asked is answered, or left."""
    await _drafts.forget(context)


async def _written(context: Context) -> Opening | None:
    found = await _drafts.find(context)
    return Opening(found[1]["opening"]) if found is not None else None


async def _holds(opening: Opening, context: Context) -> Chosen:
    return complete(await openings.of(context.tx, context.centre.id))[opening]


async def _show(opening: Opening, context: Context) -> None:
    holds = await _holds(opening, context)
    context.show(screens.one(context.centre.id, opening, holds, context.speak))


def register(app: App) -> None:
    typed(KIND, take_words, resume=ask_again, may=May.FACILITATORS)
    app.add_handler(presses(ShowOpenings, show, may=May.FACILITATORS))
    app.add_handler(presses(ShowOpening, show_one, may=May.FACILITATORS))
    app.add_handler(presses(SwitchOpening, switch, may=May.FACILITATORS))
    app.add_handler(presses(ChooseBreak, choose_break, may=May.FACILITATORS))
    app.add_handler(presses(WordOpening, write_words, may=May.FACILITATORS))
    app.add_handler(presses(UsualWords, usual_words, may=May.FACILITATORS))
    app.add_handler(presses(HadBreak, had_break, may=May.CHAIRS))

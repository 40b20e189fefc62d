"""Calling a centre otherwise: typed, seen once more, then told to the group."""

from __future__ import annotations

import hashlib

from assembly import wording
from handlers.centre.presses import TakeName, WriteName
from handlers.centre.screens import naming as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ShowCentre
from handlers.core.registration import App, presses, typed
from handlers.core.sealed_draft import Content, SealedDraft
from handlers.core.speech import Speech
from storage import centres
from storage.drafts import Draft

KIND = "centre-name"
_SIGN = 8  # hexadecimal digits in a button
_drafts = SealedDraft(KIND, b"name of a centre written by member %d")


async def write_name(press: WriteName, context: Context) -> None:
    if await asks_first(press, context, same=KIND):
        return
    await _drafts.keep({}, context)
    context.show(screens.ask(context.speak, context.centre, wording.CENTRE[1]))


async def take_text(_: Draft, context: Context) -> None:
    """The name as it was written: it is seen once more before anything happens."""
    try:
        name = wording.centre(context.text)
    except wording.WordingError:
        context.show(screens.unfit(context.speak, context.centre.id, wording.CENTRE[1]))
        return
    await _drafts.keep({"name": name}, context)
    await _preview(name, context)


async def ask_again(_: Draft, context: Context) -> None:
    name = await written(context)
    if name is None:
        context.show(screens.ask(context.speak, context.centre, wording.CENTRE[1]))
    else:
        await _preview(name, context)


async def take_name(press: TakeName, context: Context) -> None:
    """So it is called from now on, if it is the name that the button stood under."""
    name = await written(context)
    if name is None or press.sign != _sign(name):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
    else:
        await forget(context)
        await _rename(name, context)
    await context.go(ShowCentre(context.centre.id))


async def written(context: Context) -> str | None:
    """The name that this facilitator has written and not taken yet."""
    content = await half_written(context)
    return content.get("name") if content is not None else None


async def half_written(context: Context) -> Content | None:
    """The same for their own copy."""
    found = await _drafts.find(context)
    return found[1] if found is not None else None


async def forget(context: Context) -> None:
    """It is taken, or left."""
    await _drafts.forget(context)


async def _rename(name: str, context: Context) -> None:
    before = context.centre.name
    if name == before:
        return
    await centres.rename(context.tx, context.centre.id, name)
    await enter(context, context.centre.id)
    await context.unit.post_to_group(
        context.centre,
        f"centre:{context.centre.id}:name:{context.now}",
        screens.told(Speech.of(context.centre), before, name),
        not_before=context.centre.waits_until(context.now),
    )
    await tell_others(context, "name", lambda speak, who: screens.renamed(speak, before, name, who))


async def _preview(name: str, context: Context) -> None:
    others = [each for each in await centres.called(context.tx, name) if each != context.centre]
    context.show(
        screens.preview(context.speak, context.centre, name, _sign(name), taken=bool(others))
    )


def _sign(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:_SIGN]


def register(app: App) -> None:
    typed(
        KIND, take_text, resume=ask_again, copied=half_written, loses=written, may=May.FACILITATORS
    )
    app.add_handler(presses(WriteName, write_name, may=May.FACILITATORS))
    app.add_handler(presses(TakeName, take_name, may=May.FACILITATORS))

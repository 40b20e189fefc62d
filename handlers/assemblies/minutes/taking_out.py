"""The name of somebody who is no member is taken out of published minutes, by any facilitator.

It makes another version with a fingerprint of its own; that there was one before, when, and who
changed it can be read below the minutes. Nothing is left of the name.
"""

from __future__ import annotations

import secrets

from assembly import taking_out as rule
from assembly.minutes import SALT
from assembly.taking_out import times, without
from assembly.wording import WordingError
from handlers.assemblies.minutes.presses import TakeNameOut
from handlers.assemblies.minutes.screens import taking_out as screens
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ShowMinutes
from handlers.core.registration import App, presses, typed
from handlers.core.sealed_draft import Content, SealedDraft
from storage import minutes, taken_out
from storage.drafts import Draft
from storage.minutes import Kept

KIND = "minutes-name"
_drafts = SealedDraft(KIND, b"draft:%d:minutes-name")


async def ask(press: TakeNameOut, context: Context) -> None:
    """Which name? Pressed again, when it has been said: take it out."""
    kept = await _published(press.assembly_id, context)
    if kept is None or await asks_first(press, context, same=KIND):
        return
    found = await _drafts.find(context)
    if press.sure and found is not None and found[0] == str(kept.assembly_id):
        await _take_out(kept, found[1].get("name", ""), context)
        return
    await _drafts.keep({}, context, step=str(kept.assembly_id))
    context.show(screens.ask(kept, context.speak))


async def take_text(draft: Draft, context: Context) -> None:
    """The name: shown with how often it stands there, before it is taken out."""
    kept = await _published(int(draft.step), context)
    if kept is None:
        return
    try:
        name = rule.name(context.text)
    except WordingError:
        context.show(screens.no_name(kept, context.speak))
        return
    often = await _often(kept, name, context)
    if not often:
        context.show(screens.not_there(kept, name, context.speak))
        return
    await _drafts.keep({"name": name}, context, step=str(kept.assembly_id))
    context.show(screens.sure(kept, name, often, context.speak))


async def resume(draft: Draft, context: Context) -> None:
    """With the name, where one was typed already."""
    name = await beginning(context)
    if name is None:
        await ask(TakeNameOut(context.centre.id, int(draft.step), sure=False), context)
        return
    kept = await _published(int(draft.step), context)
    if kept is not None:
        often = await _often(kept, name, context)
        context.show(screens.sure(kept, name, often, context.speak))


async def _often(kept: Kept, name: str, context: Context) -> int:
    often = times(kept.minutes, name)
    for each in await minutes.corrections(context.tx, kept.assembly_id):
        often += each.words != rule.taken_out(each.words, name)
    return often


async def half_written(context: Context) -> Content | None:
    """Which name was typed, for their own copy."""
    found = await _drafts.find(context)
    return found[1] if found is not None else None


async def beginning(context: Context) -> str | None:
    """That name; None where none is written yet."""
    content = await half_written(context)
    return content.get("name") if content is not None else None


async def _take_out(kept: Kept, name: str, context: Context) -> None:
    await _drafts.forget(context)
    if name:
        told = without(kept.minutes, name, context.now, secrets.token_hex(SALT))
        if await minutes.change(context.tx, kept, told, context.member.id, context.now):
            for each in await minutes.corrections(context.tx, kept.assembly_id):
                words = rule.taken_out(each.words, name)
                answer = rule.taken_out(each.answer, name)
                await minutes.reword_correction(context.tx, each.id, words, answer)
            keys = context.services.keys
            await taken_out.note_name(context.tx, keys, kept.assembly_id, name, context.now)
            context.unit.after_commit.append(context.services.eraser.catch_up)
        else:
            context.toast(context.speak("Somebody was quicker. Look again, please.").unescape())
    await context.go(ShowMinutes(context.centre.id, kept.assembly_id, 1))


async def _published(assembly_id: int, context: Context) -> Kept | None:
    """Published minutes of this centre; a draft is mended at its points, and so shown."""
    kept = await minutes.find(context.tx, context.centre.id, assembly_id)
    if kept is not None and not kept.is_draft:
        return kept
    await _drafts.forget(context)
    await context.go(ShowMinutes(context.centre.id, assembly_id, 1))
    return None


def register(app: App) -> None:
    app.add_handler(presses(TakeNameOut, ask, may=May.FACILITATORS))
    typed(
        KIND,
        take_text,
        resume=resume,
        copied=half_written,
        loses=beginning,
        may=May.FACILITATORS,
    )

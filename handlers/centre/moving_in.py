"""A centre moves into a new group: /setup there, where two of its facilitators wanted it."""

from __future__ import annotations

from dataclasses import replace

from assembly.clean_text import clean
from handlers.centre import live_posts, setup
from handlers.centre.presses import MoveHere
from handlers.centre.screens import moving as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from storage import centre_moves, centres, facilitators, outbox_chats, setups
from storage.centre_moves import Move
from storage.centres import Centre

FAREWELL = 24 * 3600  # seconds for which the old group is tried


async def move_here(press: MoveHere, context: Context) -> None:
    """Carry the move out, if it still stands: everything in one transaction, or nothing."""
    if await setup.under_way(context) is None:
        return
    waiting = await centre_moves.confirmed(context.tx, context.now)
    move = next((each for each in waiting if each.centre_id == press.centre_id), None)
    if move is None:
        context.toast(context.speak("This move does not wait any more."), alert=True)
        await setup.show_step(context)
        return
    centre = await centres.get(context.tx, move.centre_id)
    if await outbox_chats.sends_to(context.tx, centre.destination.chat_id):
        said = context.speak("A post to the old group is just leaving. Please press again.")
        context.toast(said, alert=True)
        return
    await _carry_out(move, centre, context)


async def _carry_out(move: Move, before: Centre, context: Context) -> None:
    tx, unit = context.tx, context.unit
    chat_id = setup.chat_id(context)
    await centre_moves.end(tx, move.centre_id, move.begun_at)
    await setups.end(tx, chat_id)
    centre = replace(before, chat_id=chat_id)
    left = await live_posts.places(unit, before)
    await live_posts.post_again(unit, centre, turn=f":{context.now}")
    await centre_moves.carry_out(tx, before, chat_id, context.topic)
    for place in left:
        await unit.take_buttons(place)
    speak = Speech.of(centre)
    await unit.post_to_group(
        before,
        f"centre:{centre.id}:left:{context.now}",
        screens.gone(speak, centre.name),
        expires_at=context.now + FAREWELL,
    )
    await _tell_facilitators(centre, context)
    context.show(screens.arrived(speak, centre.name))


async def _tell_facilitators(centre: Centre, context: Context) -> None:
    chat = context.incoming.effective_chat
    group = clean((chat.title if chat else None) or "")
    for person in await facilitators.contacts(context.tx, centre.id, context.now):
        await context.unit.post(
            f"centre:{centre.id}:moved:{context.now}:{person.telegram_id}",
            person.telegram_id,
            screens.done(Speech.of(centre, person.language), centre.name, group),
            centre_id=centre.id,
            not_before=centre.waits_until(context.now),
        )


def register(app: App) -> None:
    app.add_handler(presses(MoveHere, move_here, may=May.OPERATORS))

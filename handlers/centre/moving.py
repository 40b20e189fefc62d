"""Moving a centre to another group, as far as facilitators go: begun by one, confirmed by another.

The rest is said by whoever runs the bot, in the new group: see moving_in.
"""

from __future__ import annotations

from assembly.confirming import seconds
from assembly.roles import Role
from handlers.centre.presses import BeginMove, ConfirmMove, ShowMove, StopMove
from handlers.centre.screens import moving as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from storage import centre_moves, facilitators
from storage.centre_moves import Move


async def show_move(_: ShowMove, context: Context) -> None:
    await _show(context)


async def begin(_: BeginMove, context: Context) -> None:
    """It waits for another facilitator; where there is none, the screen says what is needed."""
    if await _standing(context) is None and not await _alone(context):
        await centre_moves.begin(context.tx, context.centre.id, context.member.id, context.now)
        await tell_others(
            context,
            "move",
            lambda speak, who: screens.begun(speak, context.centre, who),
            lasting="it leads to where the move stands",
        )
    await _show(context)


async def confirm(press: ConfirmMove, context: Context) -> None:
    """The second facilitator's answer, to the move that they were asked about."""
    move = await _standing(context)
    if move is None or move.begun_at != press.begun_at:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
    elif move.confirmed_by is None:
        if not await _may_confirm(move, context):
            context.toast(context.speak("Another facilitator has to answer that."), alert=True)
        elif await centre_moves.confirm(context.tx, move, context.member.id):
            await tell_others(
                context,
                "move",
                lambda speak, who: screens.confirmed(speak, context.centre, move.expires_at, who),
                lasting="it leads to where the move stands",
            )
    await _show(context)


async def stop(press: StopMove, context: Context) -> None:
    """Any facilitator can: nothing has moved yet."""
    if await centre_moves.end(context.tx, press.centre_id, press.begun_at):
        await tell_others(
            context, "move", lambda speak, who: screens.stopped(speak, context.centre, who)
        )
    await _show(context)


async def _show(context: Context) -> None:
    speak, centre = context.speak, context.centre
    move = await _standing(context)
    if move is None:
        context.show(screens.explained(speak, centre, alone=await _alone(context)))
    elif move.confirmed_by is not None:
        context.show(screens.waits_for_setup(speak, centre, move.begun_at, move.expires_at))
    else:
        may = await _may_confirm(move, context)
        own = move.begun_by == context.member.id
        context.show(
            screens.waits_for_another(
                speak, centre, move.begun_at, move.expires_at, own=own, may_confirm=may
            )
        )


async def _standing(context: Context) -> Move | None:
    """The move that waits; over is what was begun or confirmed by who facilitates no more."""
    move = await centre_moves.find(context.tx, context.centre.id, context.now)
    if move is None:
        return None
    if {move.begun_by, move.confirmed_by or move.begun_by} <= (await _roles(context)).keys():
        return move
    await centre_moves.end(context.tx, move.centre_id, move.begun_at)
    return None


async def _may_confirm(move: Move, context: Context) -> bool:
    on_duty = await _roles(context)
    return context.member.id in seconds(on_duty, move.begun_by, on_duty[move.begun_by])


async def _alone(context: Context) -> bool:
    return (await _roles(context)).keys() == {context.member.id}


async def _roles(context: Context) -> dict[int, Role]:
    """Of those who facilitate, by member."""
    on_duty = await facilitators.contacts(context.tx, context.centre.id, context.now)
    return {each.member_id: each.role for each in on_duty}


def register(app: App) -> None:
    app.add_handler(presses(ShowMove, show_move, may=May.FACILITATORS))
    app.add_handler(presses(BeginMove, begin, may=May.FACILITATORS))
    app.add_handler(presses(ConfirmMove, confirm, may=May.FACILITATORS))
    app.add_handler(presses(StopMove, stop, may=May.FACILITATORS))

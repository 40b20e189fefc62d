"""A post that may be missing in the group: a facilitator looks, and answers for all of them."""

from __future__ import annotations

from collections.abc import Callable

from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.notices import UNCERTAIN, uncertain_ref
from handlers.core.registration import App, looked_at_again, presses
from handlers.core.screen import Screen
from handlers.core.screens import uncertain_posts as screens
from handlers.core.screens.home import to_home
from handlers.core.screens.uncertain_posts import ItIsThere, PostAgain
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import facilitators, uncertain_posts
from storage.outbox import Outgoing
from storage.uncertain_posts import Found


async def it_is_there(press: ItIsThere, context: Context) -> None:
    found = await uncertain_posts.found(context.tx, press.centre_id, press.outgoing_id)
    say = screens.found_and_may_change if found is Found.MAY_CHANGE else screens.found
    await _tell_all(context, press.outgoing_id, say, done=found is not None)


async def post_again(press: PostAgain, context: Context) -> None:
    # At once, also in quiet hours: somebody is awake, and has looked.
    done = await uncertain_posts.repeat(context.tx, press.centre_id, press.outgoing_id, context.now)
    await _tell_all(context, press.outgoing_id, screens.posted_again, done=done)


async def _tell_all(
    context: Context, outgoing_id: int, say: Callable[[Speech], Screen], *, done: bool
) -> None:
    """The answer in the place of the buttons, for all who were asked."""
    said = say if done else screens.answered
    # One that is late shows what was answered as soon as that takes its place.
    mine = None if done else uncertain_ref(outgoing_id, context.member.telegram_id)
    home = to_home(context.speak, context.centre.id)
    context.show(said(context.speak).with_row(home), ref=mine)
    if not done:
        return
    for person in await facilitators.contacts(context.tx, context.centre.id, context.now):
        if person.telegram_id != context.member.telegram_id:
            await context.unit.repost(
                uncertain_ref(outgoing_id, person.telegram_id),
                person.telegram_id,
                say(Speech.of(context.centre, person.language)),
                centre_id=context.centre.id,
            )


async def _unanswered(row: Outgoing, unit: UnitOfWork) -> str | None:
    """Who is asked in the morning is spared what somebody has answered at night."""
    waits = await uncertain_posts.waits(unit.tx, int(row.key.split(":")[1]))
    return row.payload if waits else None


def register(app: App) -> None:
    looked_at_again(UNCERTAIN, _unanswered)
    app.add_handler(presses(ItIsThere, it_is_there, may=May.FACILITATORS))
    app.add_handler(presses(PostAgain, post_again, may=May.FACILITATORS))

"""Who is responsible for one's data: for members, who has left, and who is on the way in."""

from __future__ import annotations

from handlers.centre.presses import SeeFactHistory
from handlers.centre.screens import facts as screens
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.may import May
from handlers.core.navigation import Home, ShowResponsible
from handlers.core.registration import App, presses
from handlers.core.screen import Button
from handlers.core.screens.responsible import page
from handlers.core.speech import Speech
from storage import centre_facts, centres, join_requests, joinings, members, retention

SHOWN = 12  # changes


async def show(press: ShowResponsible, context: Context) -> None:
    """Before anybody agrees they can read it; strangers don't learn which centres there are."""
    if await enter(context, press.centre_id):
        facts = await centre_facts.known(context.tx, press.centre_id)
        periods = await retention.periods(context.tx, press.centre_id, context.now)
        happened = context.speak("What happened with it").unescape()
        ways = (
            Button(happened, SeeFactHistory(press.centre_id)),
            Button(str(context.speak("Home")), Home(press.centre_id)),
        )
        context.show(page(context.speak, context.centre.name, facts, periods, *ways))
    elif await _concerned(context, press.centre_id):
        centre = await centres.get(context.tx, press.centre_id)
        joining = await joinings.find(context.tx, context.who().id, centre.id)
        language = joining.language if joining else context.speak.language
        facts = await centre_facts.known(context.tx, centre.id)
        periods = await retention.periods(context.tx, centre.id, context.now)
        context.show(page(Speech.of(centre, language), centre.name, facts, periods), anew=True)
    else:
        context.toast(context.speak("This button belongs to an older message."), alert=True)


async def _concerned(context: Context, centre_id: int) -> bool:
    """Whether something of this person's is kept there although they are no member."""
    tx, person = context.tx, context.who()
    if await joinings.find(tx, person.id, centre_id) is not None:
        return True
    if await join_requests.latest(tx, centre_id, person.id) is not None:
        return True
    return await members.find(tx, centre_id, person.id) is not None


async def show_history(press: SeeFactHistory, context: Context) -> None:
    found = await centre_facts.history(context.tx, press.centre_id, SHOWN)
    context.show(screens.history(context.speak, press.centre_id, found))


def register(app: App) -> None:
    app.add_handler(presses(ShowResponsible, show, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(SeeFactHistory, show_history, may=May.MEMBERS_ALWAYS))

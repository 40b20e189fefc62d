"""Who is responsible for one's data: for members, who has left, and who is on the way in."""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.centre.presses import SeeFactHistory
from handlers.centre.screens import facts as screens
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.may import May
from handlers.core.navigation import Home, ShowAgreement, ShowRecipients, ShowResponsible
from handlers.core.registration import App, presses
from handlers.core.screen import Button
from handlers.core.screens.responsible import page, recipients
from handlers.core.speech import Speech
from storage import centre_facts, centres, consents, join_requests, joinings, members, retention
from storage.centre_facts import Facts

SHOWN = 12  # changes


async def show(press: ShowResponsible, context: Context) -> None:
    """Before anybody agrees they can read it; strangers don't learn which centres there are."""
    reader = await _reader(context, press.centre_id)
    if reader is None:
        return
    further = ShowRecipients(press.centre_id)
    ways: tuple[Button, ...] = ()
    if reader.member:
        ways = (
            Button(context.speak("What was changed").unescape(), SeeFactHistory(press.centre_id)),
            await _way_back(context),
        )
    screen = page(reader.speak, reader.centre, reader.facts, further, *ways)
    context.show(screen, anew=not reader.member)


async def _way_back(context: Context) -> Button:
    """To the question, for whoever reads it before they answer; else home."""
    centre_id = context.centre.id
    if await consents.rests(context.tx, context.member.id, "part"):
        return Button(context.speak("Back").unescape(), ShowAgreement(centre_id))
    return Button(context.speak("Home").unescape(), Home(centre_id))


async def show_recipients(press: ShowRecipients, context: Context) -> None:
    """Who else gets them, and how long; for the same people."""
    reader = await _reader(context, press.centre_id)
    if reader is None:
        return
    periods = await retention.periods(context.tx, press.centre_id, context.now)
    back = Button(str(reader.speak("Back")), ShowResponsible(press.centre_id))
    context.show(recipients(reader.speak, reader.centre, reader.facts, periods, back))


@immutable
class _Reader:
    """Who reads it: in which language, of which centre, and whether they are a member."""

    speak: Speech
    centre: str
    facts: Facts
    member: bool


async def _reader(context: Context, centre_id: int) -> _Reader | None:
    """None for strangers, who are told that the button is old."""
    if await enter(context, centre_id):
        facts = await centre_facts.known(context.tx, centre_id)
        return _Reader(context.speak, context.centre.name, facts, member=True)
    if not await _concerned(context, centre_id):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return None
    centre = await centres.get(context.tx, centre_id)
    joining = await joinings.find(context.tx, context.who().id, centre.id)
    language = joining.language if joining else context.speak.language
    facts = await centre_facts.known(context.tx, centre.id)
    return _Reader(Speech.of(centre, language), centre.name, facts, member=False)


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
    app.add_handler(presses(ShowRecipients, show_recipients, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(SeeFactHistory, show_history, may=May.MEMBERS_ALWAYS))

"""/me: what Voci holds about somebody, and everything they can change about it."""

from __future__ import annotations

from handlers.checkins.checkins import next_at
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.may import May
from handlers.core.navigation import Door, MyDoor, ShowMe
from handlers.core.registration import PRIVATE, App, command, presses
from handlers.core.screens import plain
from handlers.core.speech import LANGUAGES, Speech
from handlers.membership import gathering
from handlers.profile import export, ownership
from handlers.profile.leaving import show_former
from handlers.profile.presses import (
    ForgetMe,
    MyClosingReminders,
    MyConsents,
    MyCopy,
    MyCopyOnTheWay,
    MyLanguage,
    MyReminders,
)
from handlers.profile.screens import consents as consents_screens
from handlers.profile.screens import me as screens
from handlers.profile.screens import name_and_language, on_the_way
from handlers.profile.screens.me import Held
from storage import (
    attendances,
    centres,
    checkins,
    closing_reminders,
    consents,
    join_requests,
    joinings,
    own_answers,
    people,
)
from storage.erasure import erasing, holdings
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import KeyDestroyed


async def me(context: Context) -> None:
    """/me, for everybody: whoever is in no centre may have left one, or asked to join."""
    if context.person is None:
        return
    if await enter(context):
        await show(context)
    elif await ownership.former(context):
        await show_former(context)
    elif await _asked_or_began(context):
        await _speak_of_the_way(context)
        context.show(on_the_way.told(context.speak))
    else:
        context.show(plain.nothing_held(context.speak))


async def show_me(_: ShowMe, context: Context) -> None:
    if context.member.status == "active":
        await show(context)
    else:
        await show_former(context)


async def show_door(press: MyDoor, context: Context) -> None:
    """Behind one of the doors; whoever has left sees what they still can do."""
    if context.member.status == "active":
        await _show_behind(press.door, context)
    else:
        await show_former(context)


async def choose_language(press: MyLanguage, context: Context) -> None:
    if press.language not in LANGUAGES:
        context.show(name_and_language.languages(context.speak, press.centre_id))
        return
    await people.set_language(context.tx, context.member.telegram_id, press.language)
    context.speak = Speech.of(context.centre, press.language)
    await show(context)


async def choose_reminders(press: MyReminders, context: Context) -> None:
    await attendances.wish(context.tx, context.member.id, press.on)
    await _show_behind(Door.ASKED, context)


async def choose_closing_reminders(press: MyClosingReminders, context: Context) -> None:
    await closing_reminders.wish(context.tx, context.member.id, press.on)
    await _show_behind(Door.ASKED, context)


async def show_consents(press: MyConsents, context: Context) -> None:
    history = await consents.history(context.tx, context.member.id)
    context.show(consents_screens.listed(context.speak, press.centre_id, history))


async def give_copy(_: MyCopy, context: Context) -> None:
    """Everything, to read and for a program: it goes out with this answer and is stored nowhere."""
    screen = screens.copy(context.speak, context.centre, await export.archive(context))
    context.show(screen)


async def give_copy_on_the_way(_: MyCopyOnTheWay, context: Context) -> None:
    """The same for somebody who asked to join, or began to."""
    if not await _asked_or_began(context):
        context.show(plain.nothing_held(context.speak))
        return
    await _speak_of_the_way(context)
    context.show(on_the_way.copy(context.speak, await export.archive_of_stranger(context)))


async def forget(_: ForgetMe, context: Context) -> None:
    """For somebody who is in no centre; a member keeps what makes them one.

    What facilitators were to read of them is not sent any more, and gives way where it was.
    """
    keys, telegram_id = context.services.keys, context.who().id
    for centre_id in await erasing.erase_stranger(context.tx, keys, telegram_id, context.now):
        await gathering.take_back(context.unit, await centres.get(context.tx, centre_id))
    context.unit.after_commit.append(context.services.shredder.shred)
    context.show(plain.nothing_held(context.speak))


async def _asked_or_began(context: Context) -> bool:
    telegram_id = context.who().id
    if await joinings.latest(context.tx, telegram_id) is not None:
        return True
    return await join_requests.any_of(context.tx, telegram_id)


async def _speak_of_the_way(context: Context) -> None:
    """In the person's language, on the clock of the centre that they are on the way into."""
    telegram_id = context.who().id
    person = await people.find(context.tx, telegram_id)
    centre_id = await joinings.latest(context.tx, telegram_id)
    if centre_id is None:
        asked = await join_requests.of_person(context.tx, telegram_id)
        centre_id = asked[-1].centre_id
    centre = await centres.get(context.tx, centre_id)
    context.speak = Speech.of(centre, person.language if person else context.speak.language)


async def show(context: Context) -> None:
    """The first screen, as it is by now."""
    held = await _held(context)
    context.show(screens.me(context.speak, context.centre, context.member, held))


async def _show_behind(door: Door, context: Context) -> None:
    held = await _held(context)
    context.show(screens.behind(door, context.speak, context.centre.id, held))


async def _held(context: Context) -> Held:
    tx, member = context.tx, context.member
    return Held(
        facilitates=context.facilitates,
        consents=await consents.history(tx, member.id),
        numbers=await holdings.numbers(tx, member.id),
        weeks=await _weeks(context),
        wish=await checkins.find_settings(tx, member.id),
        next_at=await next_at(context),
        reminders=await attendances.wishes(tx, member.id),
        closing_reminders=await closing_reminders.wishes(tx, member.id),
    )


async def _weeks(context: Context) -> int:
    """In how many weeks the member has said how they are."""
    try:
        key = await context.services.keys.key(context.member.id)
        weeks = await own_answers.last_weeks(context.tx, key, context.member.id, export.ALL)
    except (KeyDestroyed, Unreadable):
        return 0
    return sum(bool(week.answers) for week in weeks)


def register(app: App) -> None:
    app.add_handler(command("me", me, PRIVATE, may=May.ANYBODY))
    app.add_handler(presses(ShowMe, show_me, may=May.THEMSELVES))
    app.add_handler(presses(MyDoor, show_door, may=May.THEMSELVES))
    app.add_handler(presses(MyLanguage, choose_language, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(MyReminders, choose_reminders, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(
        presses(MyClosingReminders, choose_closing_reminders, may=May.MEMBERS_IN_PRIVATE)
    )
    app.add_handler(presses(MyConsents, show_consents, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(MyCopy, give_copy, may=May.THEMSELVES))
    app.add_handler(presses(MyCopyOnTheWay, give_copy_on_the_way, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(ForgetMe, forget, may=May.ANYBODY_IN_PRIVATE))

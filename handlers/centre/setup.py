"""/setup: the operator makes a centre of a group; a one-use link makes its first facilitator."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler, filters

from assembly import invitation, wording, zones
from assembly.retention import next_sweep
from handlers.assemblies.tasks import quarter
from handlers.centre.presses import FoundAnyway, SetUpNew
from handlers.centre.screens import moving
from handlers.centre.screens import setup as screens
from handlers.centre.screens.setup import ChooseGroupLanguage, ChooseZone, NameAsGroup
from handlers.core.context import Context
from handlers.core.guards import operates
from handlers.core.may import May
from handlers.core.navigation import INVITATION
from handlers.core.registration import GROUP, PRIVATE, App, command, presses
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.membership.progress import setup_ref
from storage import (
    centre_moves,
    centres,
    endings,
    facilitators,
    invitations,
    retention,
    schedules,
    setups,
    windows,
)
from storage.centres import Centre
from storage.endings import Ending
from storage.setups import Setup


async def set_up(context: Context) -> None:
    """/setup in a group: begin, go on with the argument, or say that all is done."""
    centre = await centres.by_chat(context.tx, chat_id(context))
    if centre is not None:
        await _again(context, centre)
        return
    await setups.begin(context.tx, chat_id(context), context.now)
    moves = await centre_moves.confirmed(context.tx, context.now)
    if moves and not context.argument:
        waiting = [await centres.get(context.tx, each.centre_id) for each in moves]
        context.show(moving.new_or_move(context.speak, waiting))
    else:
        await _go_on(context, context.argument)


async def answered(_: Update, context: Context) -> None:
    """A reply to the question in the group: the centre's name, or a time zone."""
    asked = context.message.reply_to_message if context.message else None
    author = asked.from_user if asked else None
    if author is None or author.id != context.bot.id or not operates(context):
        return
    if await setups.find(context.tx, chat_id(context)) is not None:
        await _go_on(context, context.text)


async def set_up_elsewhere(context: Context) -> None:
    """/setup in a private chat."""
    context.show(screens.in_the_group(context.speak))


async def set_up_new(_: SetUpNew, context: Context) -> None:
    """None of those that wait to move here."""
    if await under_way(context) is not None:
        await show_step(context)


async def choose_language(press: ChooseGroupLanguage, context: Context) -> None:
    if await under_way(context) is None:
        return
    if press.language in LANGUAGES:
        await setups.choose_language(context.tx, chat_id(context), press.language, context.now)
    await show_step(context)


async def choose_zone(press: ChooseZone, context: Context) -> None:
    if await under_way(context) is None:
        return
    zone = zones.named(press.zone)
    if zone is not None:
        await setups.choose_zone(context.tx, chat_id(context), zone, context.now)
    await show_step(context)


async def name_as_group(press: NameAsGroup, context: Context) -> None:
    setup = await under_way(context)
    title = _title(context)
    if setup is None:
        return
    if setup.language and setup.zone and title:
        await _name(context, setup.language, setup.zone, title)
    else:
        await show_step(context)


async def found_anyway(_: FoundAnyway, context: Context) -> None:
    """A second centre of that name, said and wanted."""
    setup = await under_way(context)
    if setup is None:
        return
    if setup.language and setup.zone and setup.name:
        await _found(context, setup.language, setup.zone, setup.name)
    else:
        await show_step(context)


async def _go_on(context: Context, words: str) -> None:
    """Take typed words as what they can be: a zone, or the name when that is the question."""
    setup = await setups.find(context.tx, chat_id(context))
    zone = zones.named(words)
    if zone is None and setup is not None and setup.language and setup.zone is None:
        zone = zones.at(words, setup.language)
    if setup is None or not words or setup.language is None:
        await show_step(context)
    elif zone is not None:
        await setups.choose_zone(context.tx, chat_id(context), zone, context.now)
        await show_step(context)
    elif setup.zone is None:
        context.show(screens.unknown_zone(Speech(setup.language)))
    else:
        try:
            name = wording.centre(words)
        except wording.WordingError:
            context.show(screens.unfit_name(Speech(setup.language), wording.CENTRE[1]))
            return
        await _name(context, setup.language, setup.zone, name)


async def show_step(context: Context) -> None:
    """The question that is open in this group's setup."""
    setup = await setups.find(context.tx, chat_id(context))
    if setup is not None:
        context.show(_step(context, setup))


def _step(context: Context, setup: Setup) -> Screen:
    if setup.language is None:
        return screens.language(context.speak)
    speak = Speech(setup.language)
    if setup.zone is None:
        return screens.zone(speak, context.now)
    return screens.name(speak, _title(context))


async def _name(context: Context, language: str, zone: str, name: str) -> None:
    """Call it so; where another centre is called so, only after asking: that one may have moved."""
    if await centres.called(context.tx, name):
        await setups.propose_name(context.tx, chat_id(context), name, context.now)
        context.show(screens.name_taken(Speech(language), name))
    else:
        await _found(context, language, zone, name)


async def _found(context: Context, language: str, zone: str, name: str) -> None:
    """Make the centre: from here on it exists, and waits for its first facilitator."""
    if not await setups.end(context.tx, chat_id(context)):
        return
    centre = await centres.add(
        context.tx,
        chat_id=chat_id(context),
        name=name,
        language=language,
        zone=zone,
        now=context.now,
        topic=context.topic,
    )
    await windows.begin(context.tx, centre)
    night = next_sweep(context.now, centre.clock)
    await schedules.set(context.tx, retention.SCHEDULE, centre.id, night, zone)
    await quarter.plan(context.tx, centre, context.now)
    await _offer_duty(context, centre)


async def _again(context: Context, centre: Centre) -> None:
    """A centre that is set up; while it has no facilitator, the operator gets a new link."""
    speak = Speech.of(centre)
    if await facilitators.contacts(context.tx, centre.id, context.now):
        context.show(screens.already(speak, centre.name))
        return
    await _offer_duty(context, centre)


async def _offer_duty(context: Context, centre: Centre) -> None:
    for lost in await invitations.revoke_first(context.tx, centre.id):
        await endings.note(context.tx, context.services.keys, Ending.INVITATION, lost, context.now)
    token = await invitations.add_first(context.tx, centre.id, context.now)
    context.unit.after_commit.append(context.services.eraser.catch_up)
    context.show(
        screens.ready(
            Speech.of(centre),
            centre.name,
            context.services.link(f"{INVITATION}_{token}"),
            invitation.expires_at(context.now),
        ),
        ref=setup_ref(centre.id),
    )


async def under_way(context: Context) -> Setup | None:
    """The setup of this group, or None when the button's is over."""
    setup = await setups.find(context.tx, chat_id(context))
    if setup is None or await centres.by_chat(context.tx, setup.chat_id) is not None:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return None
    return setup


def chat_id(context: Context) -> int:
    """The group's."""
    chat = context.incoming.effective_chat
    return chat.id if chat is not None else 0


def _title(context: Context) -> str | None:
    """The group's title, where it can be a centre's name."""
    chat = context.incoming.effective_chat
    try:
        return wording.centre((chat.title if chat else None) or "")
    except wording.WordingError:
        return None


def register(app: App) -> None:
    app.add_handler(command("setup", set_up, GROUP, may=May.OPERATORS))
    app.add_handler(command("setup", set_up_elsewhere, PRIVATE, may=May.ANYBODY))
    app.add_handler(presses(ChooseGroupLanguage, choose_language, may=May.OPERATORS))
    app.add_handler(presses(ChooseZone, choose_zone, may=May.OPERATORS))
    app.add_handler(presses(NameAsGroup, name_as_group, may=May.OPERATORS))
    app.add_handler(presses(SetUpNew, set_up_new, may=May.OPERATORS))
    app.add_handler(presses(FoundAnyway, found_anyway, may=May.OPERATORS))
    app.add_handler(
        MessageHandler(GROUP & filters.REPLY & filters.TEXT & ~filters.COMMAND, answered)
    )

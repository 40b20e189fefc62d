"""/help, /privacy, the language, and the page that says whom to call."""

from __future__ import annotations

from assembly import wording
from handlers.centre.presses import ChooseLanguage, ShowLanguages, ShowLimits, ShowPrivacy
from handlers.centre.screens import help as screens
from handlers.centre.screens.help import RemoveContacts, VerifyContacts
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.half_written import asks_first
from handlers.core.home import askable
from handlers.core.may import May
from handlers.core.navigation import ShowContacts, ShowHelp, WriteContacts
from handlers.core.registration import PRIVATE, App, command, presses, typed
from handlers.core.screens import plain
from handlers.core.screens.home import to_home
from handlers.core.screens.whom_to_call import whom_to_call
from handlers.core.speech import LANGUAGES, Speech
from storage import centre_facts, centres, drafts, joinings, people
from storage.drafts import Draft

CONTACTS = "contacts"  # the kind of draft in which they are written


async def help_command(context: Context) -> None:
    """/help, for everybody."""
    if context.person is None:
        return
    if await enter(context):
        _show_help(context)
    else:
        context.show(screens.help_for_strangers(context.speak, await askable(context)))


async def privacy_command(context: Context) -> None:
    """/privacy, for everybody: it can be read before joining."""
    if context.person is None:
        return
    if await enter(context):
        await _show_privacy(context)
        return
    # Whoever is on the way in reads who is responsible before they agree to anything.
    centre_id = await joinings.latest(context.tx, context.person.id)
    facts = None if centre_id is None else await centre_facts.known(context.tx, centre_id)
    context.show(screens.privacy(context.speak, centre_id, facts))


async def show_help(_: ShowHelp, context: Context) -> None:
    await _forget_draft(context)
    _show_help(context)


async def show_contacts(press: ShowContacts, context: Context) -> None:
    """Anew, so that what was answered keeps its buttons."""
    home = to_home(context.speak, press.centre_id)
    context.show(whom_to_call(context.speak, context.centre, home), anew=True)


async def show_privacy(_: ShowPrivacy, context: Context) -> None:
    await _show_privacy(context)


async def show_limits(press: ShowLimits, context: Context) -> None:
    """For everybody, as /privacy; a stranger's first page keeps its buttons."""
    if await enter(context, press.centre_id):
        context.show(screens.limits(context.speak, context.centre.id))
    else:
        context.show(screens.limits(context.speak, None), anew=True)


async def _show_privacy(context: Context) -> None:
    facts = await centre_facts.known(context.tx, context.centre.id)
    screen = screens.privacy(context.speak, context.centre.id, facts)
    context.show(screen.with_row(to_home(context.speak, context.centre.id)))


async def show_languages(press: ShowLanguages, context: Context) -> None:
    context.show(screens.languages(context.speak, press.centre_id))


async def choose_language(press: ChooseLanguage, context: Context) -> None:
    if press.language in LANGUAGES:
        await people.set_language(context.tx, context.member.telegram_id, press.language)
        context.speak = Speech.of(context.centre, press.language)
    _show_help(context)


async def write_contacts(press: WriteContacts, context: Context) -> None:
    if await asks_first(press, context):
        return
    draft = Draft(
        context.member.telegram_id, context.centre.id, CONTACTS, "", None, None, context.now
    )
    await drafts.save(context.tx, draft)
    context.show(screens.ask_contacts(context.speak, context.centre, wording.CONTACTS[1]))


async def verify_contacts(_: VerifyContacts, context: Context) -> None:
    await _set_contacts(context, context.centre.contact)


async def remove_contacts(_: RemoveContacts, context: Context) -> None:
    await _set_contacts(context, None)


async def typed_contacts(_: Draft, context: Context) -> None:
    """What a facilitator wrote for everybody."""
    try:
        text = wording.contacts(context.text)
    except wording.WordingError as fault:
        screen = screens.ask_contacts(context.speak, context.centre, wording.CONTACTS[1])
        context.show(screen.on_top(plain.misfit(fault, context.speak)))
        return
    await _set_contacts(context, text)


async def ask_contacts_again(_: Draft, context: Context) -> None:
    context.show(screens.ask_contacts(context.speak, context.centre, wording.CONTACTS[1]))


async def _forget_draft(context: Context) -> None:
    """Nobody waits for contacts any more; another conversation stays."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind == CONTACTS:
        await drafts.remove(context.tx, context.member.telegram_id)


async def _set_contacts(context: Context, text: str | None) -> None:
    await _forget_draft(context)
    await centres.set_contact(context.tx, context.centre.id, text, context.now)
    await enter(context, context.centre.id)
    _show_help(context)


def _show_help(context: Context) -> None:
    context.show(screens.help_page(context.speak, context.centre, facilitates=context.facilitates))


def register(app: App) -> None:
    typed(CONTACTS, typed_contacts, resume=ask_contacts_again, may=May.FACILITATORS)
    app.add_handler(command("help", help_command, PRIVATE, may=May.ANYBODY))
    app.add_handler(command("privacy", privacy_command, PRIVATE, may=May.ANYBODY))
    app.add_handler(presses(ShowHelp, show_help, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(ShowContacts, show_contacts, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(ShowPrivacy, show_privacy, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(ShowLimits, show_limits, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(ShowLanguages, show_languages, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(ChooseLanguage, choose_language, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(WriteContacts, write_contacts, may=May.FACILITATORS))
    app.add_handler(presses(VerifyContacts, verify_contacts, may=May.FACILITATORS))
    app.add_handler(presses(RemoveContacts, remove_contacts, may=May.FACILITATORS))

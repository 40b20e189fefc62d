"""Commands in the group whose answer concerns one person: the way to their private chat."""

from __future__ import annotations

from handlers.centre.help import help_command
from handlers.core.context import Context
from handlers.core.guards import enter, refuse
from handlers.core.home import centre_of_group, show_home
from handlers.core.navigation import ShowDecisions
from handlers.core.registration import GROUP, App, Talk, command, deep_link
from handlers.core.screens import plain
from handlers.core.speech import Speech

# Each command with the prefix of the link that leads to its answer; *home* is near to all of them.
LINKS = {
    "help": "howto",
    "propose": "propose",
    "decide": "decisions",
    "checkin": "home",
    "me": "home",
    "privacy": "howto",
}


def _answering(prefix: str) -> Talk:
    async def elsewhere(context: Context) -> None:
        """The same for members and others: the group learns nothing about who asked."""
        centre = await centre_of_group(context)
        if centre is not None:
            address = context.services.link(f"{prefix}_{centre.id}")
            context.show(plain.in_private(Speech.of(centre), address))

    return elsewhere


async def open_home(rest: str, context: Context) -> None:
    """From the group to where things stand."""
    if await _enters(rest, context):
        await show_home(context)


async def open_decisions(rest: str, context: Context) -> None:
    """From the group to what is being decided."""
    if await _enters(rest, context):
        await context.go(ShowDecisions(context.centre.id))


async def open_help(_: str, context: Context) -> None:
    """From the group to the help page, which is for everybody."""
    await help_command(context)


async def _enters(rest: str, context: Context) -> bool:
    """Whether a member follows the link; others learn how to ask."""
    centre_id = _centre_id(rest)
    if centre_id is not None and await enter(context, centre_id):
        return True
    await refuse(context, centre_id)
    return False


def _centre_id(rest: str) -> int | None:
    return int(rest) if rest.isascii() and rest.isdecimal() and len(rest) < 19 else None


def register(app: App) -> None:
    for name, prefix in LINKS.items():
        app.add_handler(command(name, _answering(prefix), GROUP))
    deep_link("home", open_home)
    deep_link("decisions", open_decisions)
    deep_link("howto", open_help)

"""Commands in the group whose answer concerns one person: the way to their private chat."""

from __future__ import annotations

from handlers.centre.help import help_command
from handlers.core.context import Context
from handlers.core.guards import refuse
from handlers.core.home import centre_of_group
from handlers.core.may import May
from handlers.core.navigation import ShowDecisions
from handlers.core.registration import GROUP, App, Talk, command, deep_link
from handlers.core.screens import plain
from handlers.core.speech import Speech

# Each command with the prefix of the link that leads to its answer. /checkin and /me stay without
# words: the group should not look at somebody because they wanted to say how they are.
LINKS = {
    "help": "howto",
    "propose": "propose",
    "decide": "decisions",
    "privacy": "howto",
    "tasks": "tasks",
    "minutes": "minutes",
}


def _answering(prefix: str) -> Talk:
    async def elsewhere(context: Context) -> None:
        """The same for members and others: the group learns nothing about who asked."""
        centre = await centre_of_group(context)
        if context.person is None:
            await refuse(context)
        elif centre is not None:
            address = context.services.link(f"{prefix}_{centre.id}")
            context.show(plain.in_private(Speech.of(centre), address))

    return elsewhere


async def open_decisions(_: str, context: Context) -> None:
    """From the group to what is being decided; others learn how to ask."""
    await context.go(ShowDecisions(context.centre.id))


async def open_help(_: str, context: Context) -> None:
    """From the group to the help page, which is for everybody."""
    await help_command(context)


def register(app: App) -> None:
    for name, prefix in LINKS.items():
        app.add_handler(command(name, _answering(prefix), GROUP, may=May.ANYBODY))
    deep_link("decisions", open_decisions, may=May.MEMBERS)
    deep_link("howto", open_help, may=May.ANYBODY)

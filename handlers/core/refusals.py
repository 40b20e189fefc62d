"""How somebody is told that they may not: over the press, or in an answer to what was typed."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.context import Context
from handlers.core.home import speech_here
from handlers.core.screen import Screen
from handlers.core.screens import home, plain


def pressed(context: Context) -> bool:
    return context.incoming.callback_query is not None


async def say_private(context: Context) -> None:
    context.toast(context.speak("This is for your private chat with me."), alert=True)


async def say_facilitators(context: Context) -> None:
    if pressed(context):
        context.toast(context.speak("Facilitators can do this."), alert=True)
    else:
        context.show(plain.facilitators_only(context.speak, public=context.in_group))


async def say_chair(context: Context) -> None:
    _say(context.speak("Facilitators can do this, and who chairs the assembly."), context)


async def say_recorder(context: Context) -> None:
    told = context.speak(
        "Facilitators can do this, and who chairs the assembly or takes its notes."
    )
    _say(told, context)


def _say(told: Markup, context: Context) -> None:
    """On the press; what was typed has none to answer, and is answered all the same."""
    if pressed(context):
        context.toast(told, alert=True)
    else:
        context.show(Screen(told, public=context.in_group))


async def say_desk(context: Context) -> None:
    context.toast(context.speak("Facilitators do that in their chat with me."), alert=True)


async def say_operators(context: Context) -> None:
    if pressed(context):
        context.toast(context.speak("Setting up a centre is for the person who runs this bot."))
    elif context.person is None:
        context.show(plain.anonymous_here(await speech_here(context)))
    else:
        context.show(plain.operators_only(await speech_here(context)))


async def say_older(context: Context) -> None:
    context.toast(context.speak("This button belongs to an older message."), alert=True)


async def say_broken(context: Context) -> None:
    context.show(home.broken_link(context.speak))


async def say_nothing_held(context: Context) -> None:
    context.show(plain.nothing_held(context.speak))

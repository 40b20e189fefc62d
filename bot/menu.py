"""What Telegram shows about the bot: its commands, per scope and language, and its description."""

from __future__ import annotations

import logging
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.core.speech import LANGUAGES, Speech, later

log = logging.getLogger(__name__)

PRIVATE = {
    "start": later("Where things stand"),
    "propose": later("Propose something for the assembly"),
    "agenda": later("What we talk about"),
    "decide": later("What is being decided"),
    "checkin": later("Say how you are"),
    "assembly": later("The next assembly"),
    "tasks": later("What is to be done"),
    "minutes": later("What past assemblies leave"),
    "me": later("What Voci holds about you"),
    "privacy": later("Who sees what"),
    "help": later("Help"),
    "facilitate": later("For facilitators: assemblies and decisions"),
    "invite": later("For facilitators: invite somebody"),
}
GROUP = {
    "agenda": later("What we talk about"),
    "assembly": later("The next assembly"),
    "facilitate": later("For facilitators: assemblies and decisions"),
    "here": later("For facilitators: post here from now on"),
    "setup": later("For the operator: set up a centre"),
}


async def announce(bot: ExtBot[Any]) -> None:
    """Set the commands in every language; without them Voci works all the same."""
    try:
        for language in LANGUAGES:
            speak = Speech(language)
            for scope, commands in (
                (BotCommandScopeAllPrivateChats(), PRIVATE),
                (BotCommandScopeAllGroupChats(), GROUP),
            ):
                await bot.set_my_commands(
                    [BotCommand(name, speak(text)) for name, text in commands.items()],
                    scope=scope,
                    language_code="" if language == "en" else language,
                )
    except TelegramError as error:
        log.warning("the commands could not be announced: %s", type(error).__name__)

"""The hands of the cast: they type and press as people do, and find buttons by what they mean.

What a button means stands in its callback data (`sup:1:4:1`): the word before the first colon,
then its values, of which the last ones are named here, in their order. Labels come in three
languages; the meaning in one.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from sandbox.chats import Group, Message
from sandbox.keyboards import Button
from sandbox.page.theatre import Theatre
from sandbox.people import Person
from sandbox.presses import Press

LINK = re.compile(r"https://t\.me/\S+")


class CastError(Exception):
    """The bot did not do what the script expects: names who, what, and what there was instead."""


class Hands:
    """What people do; `settle` lets the bot answer everything and send what is due."""

    def __init__(self, theatre: Theatre, settle: Callable[[], Awaitable[None]]) -> None:
        self.theatre = theatre
        self._settle = settle
        self._pressed: list[Press] = []

    async def settle(self) -> None:
        """Until the bot has dealt with everything. Raises CastError where it was silent."""
        await self._settle()
        pressed, self._pressed = self._pressed, []
        for press in pressed:
            if press.answer is None:
                raise CastError(f"{press.person.first_name}: no answer to {press.data}")

    def said(self, where: Person | Group) -> list[Message]:
        """What the bot said in a group or to somebody, newest first."""
        chat = where.private(self.theatre.bot) if isinstance(where, Person) else where
        return chat.from_bots()[::-1]

    def press(self, person: Person, tag: str, *values: str, where: Group | None = None) -> None:
        """Press the newest button of this meaning, in private or in the group."""
        message, button = self.find(where or person, tag, *values)
        if button.data is None:
            raise CastError(f"{button.label} is a link")
        self._pressed.append(person.press(message, button.data))

    def find(self, where: Person | Group, tag: str, *values: str) -> tuple[Message, Button]:
        """The newest button of this meaning with these last values. Raises CastError."""
        for message in self.said(where):
            for button in message.buttons:
                if means(button, tag, *values):
                    return message, button
        there = [button.data for message in self.said(where)[:2] for button in message.buttons]
        name = where.first_name if isinstance(where, Person) else where.title
        raise CastError(f"{name}: no button {tag} {values}; there are {there}")

    def has(self, where: Person | Group, tag: str, *values: str, anywhere: bool = False) -> bool:
        """Whether the newest message has a button of this meaning, or `anywhere` any message."""
        said = self.said(where) if anywhere else self.said(where)[:1]
        return any(means(button, tag, *values) for each in said for button in each.buttons)

    def choices(self, person: Person, tag: str) -> list[Button]:
        """All buttons of this meaning on the newest message that has any."""
        message, _ = self.find(person, tag)
        return [button for button in message.buttons if means(button, tag)]

    def say(self, person: Person, text: str, where: Group | None = None) -> None:
        """Type something."""
        person.say(where or self.theatre.bot, text)

    def link(self, where: Person | Group) -> str:
        """The newest link to the bot, in the words or under a button. Raises CastError."""
        for message in self.said(where):
            for button in message.buttons:
                if button.url and LINK.match(button.url):
                    return button.url
            found = LINK.search(message.words)
            if found:
                return found[0]
        raise CastError("there is no link to the bot")


def means(button: Button, tag: str, *values: str) -> bool:
    """Whether a button has this meaning, with these as its last values ("*" stands for any)."""
    word, *found = (button.data or "").split(":")
    last = found[len(found) - len(values) :]
    return (
        word == tag
        and len(last) == len(values)
        and all(wanted in ("*", value) for wanted, value in zip(values, last, strict=True))
    )

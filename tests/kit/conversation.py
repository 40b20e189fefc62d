"""People who say something, press and read: after each step everything has been answered."""

from __future__ import annotations

from kit.running_bot import RunningBot

from handlers.assemblies.presses import MoreAtPoint
from handlers.core.navigation import MyDoor
from sandbox.chats import Group, Message
from sandbox.files import StoredFile
from sandbox.people import Person
from sandbox.presses import Press

DOORS = (f"{MoreAtPoint.tag}:", f"{MyDoor.tag}:")


def doors(message: Message) -> list[str]:
    """The buttons behind which others stand: more at a point of an assembly, and /me."""
    return [each.data for each in message.buttons if each.data and each.data.startswith(DOORS)]


class Conversation(RunningBot):
    """What people do in chats with the bot."""

    async def start(self, person: Person, payload: str | None = None) -> Message:
        """Press *Start*, or open a link: ids in it are sealed as they are in a post."""
        person.start(self.bot, None if payload is None else self.voci.services.sealed(payload))
        await self.settle()
        return self.last(person)

    async def open_link(self, person: Person, link: str) -> Message:
        person.open(link)
        await self.settle()
        return self.last(person)

    async def say(self, person: Person, text: str, where: Group | None = None) -> Message:
        """Say something; returns the newest message of the bot in that chat."""
        person.say(where or self.bot, text)
        await self.settle()
        return self.last(where or person)

    async def press(self, person: Person, message: Message, button: str | int) -> Press:
        """Press a button; one that is not in sight is looked for behind the message's doors."""
        if isinstance(button, str) and button not in message.labels:
            await self._look_behind(person, message, button)
        return await self._press(person, message, button)

    async def _look_behind(self, person: Person, message: Message, button: str) -> None:
        for door in doors(message):
            await self._press(person, message, door)
            if button in message.labels:
                return
            await self._press(person, message, message.buttons[-1].data or "")

    async def _press(self, person: Person, message: Message, button: str | int) -> Press:
        press = person.press(message, button)
        await press.answered()
        await self.settle()
        return press

    async def press_each(self, person: Person, *buttons: str | int) -> Message:
        """Press one button after the other, each on the newest message; what is there then."""
        for button in buttons:
            await self.press(person, self.last(person), button)
        return self.last(person)

    async def forge(self, person: Person, message: Message, data: str) -> Press:
        """Press a button that is not there, as a made-up app could."""
        press = person.forge_press(message, data)
        await press.answered()
        await self.settle()
        return press

    def said(self, where: Person | Group) -> list[Message]:
        """What the bot said in a chat that can still be seen, oldest first."""
        chat = where.private(self.bot) if isinstance(where, Person) else where
        return chat.from_bots()

    def last(self, where: Person | Group) -> Message:
        return self.said(where)[-1]

    def file(self, message: Message) -> StoredFile:
        """The document that a message carries."""
        found = self.world.files.get(message.content["document"]["file_id"])
        assert found is not None
        return found

"""The people of the story: each reads, types and presses in their own language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from kit.conversation import doors
from kit.stage import Stage

from bot.pace import Pace
from handlers.core.speech import Speech
from sandbox.chats import Group, Message
from sandbox.people import Person

ZONE = "Europe/Rome"


@dataclass
class Story:
    """Everybody who is in it, the centre's group, and what the group ever heard."""

    stage: Stage
    speak: Speech = field(default_factory=lambda: Speech("it", ZONE))  # the group's language
    people: dict[str, Hand] = field(default_factory=dict)
    heard: dict[str, None] = field(default_factory=dict)  # every version of every post, in order
    group: Group = field(init=False)
    restarted: int = 0

    def __getitem__(self, name: str) -> Hand:
        return self.people[name]

    def enter(self, name: str, language: str) -> Hand:
        """Somebody with a Telegram in this language."""
        person = self.stage.world.person(name, language_code=language)
        self.people[name] = Hand(self, person, Speech(language, ZONE))
        return self.people[name]

    def found(self, group: Group) -> None:
        """From here on everything is heard that the bot says in the group."""
        self.group = group
        noticed = self.stage.world.changed

        def changed() -> None:
            for message in group.from_bots():
                self.heard["\n".join([message.words, *message.labels])] = None
            noticed()

        self.stage.world.changed = changed  # type: ignore[method-assign]

    async def until(self, moment: str) -> None:
        """Let time pass until then on the centre's clock, with all that falls due on the way."""
        target = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(ZONE)).timestamp()
        stage = self.stage
        assert target >= stage.clock.now(), "the story is behind its own time"
        pace = Pace(stage.voci, stage.clock, lambda: 0)  # type: ignore[arg-type]
        await pace.move(target - stage.clock.now())
        await stage.settle()

    async def restarts(self) -> None:
        """The process ends; some seconds later another one starts on the same data."""
        await self.stage.stop_bot()
        self.stage.clock.move(5)
        await self.stage.start_bot()
        self.restarted += 1

    def says(self, message: str, **values: object) -> str:
        """What this English text is in the group's language."""
        return self.speak(message, **values).striptags()

    def post(self, words: str) -> Message:
        """The newest post of the group with these words in it."""
        said = self.stage.said(self.group)
        found = [message for message in said if words in message.words]
        assert found, f"{words!r} is in no post; the last is {said[-1].words!r}"
        return found[-1]


@dataclass
class Hand:
    """One person with a phone."""

    story: Story
    person: Person
    speak: Speech

    @property
    def chat(self) -> list[Message]:
        """What the bot said to them, newest first."""
        return self.story.stage.said(self.person)[::-1]

    async def starts(self) -> None:
        await self.story.stage.start(self.person)

    async def opens(self, link: str | None) -> None:
        """Follow a link to the bot."""
        assert link is not None
        await self.story.stage.open_link(self.person, link)

    async def writes(self, text: str) -> None:
        await self.story.stage.say(self.person, text)

    async def writes_in_group(self, text: str) -> Message:
        return await self.story.stage.say(self.person, text, self.story.group)

    async def presses(self, *labels: str) -> str:
        """Press what these English labels are in the person's language; the last toast."""
        toast = ""
        for label in labels:
            toast = await self.presses_exactly(self.speak(label).unescape())
        return toast

    async def presses_exactly(self, label: str) -> str:
        """Press the newest button in private that reads so; what the toast said.

        It may stand behind a door of the newest message.
        """
        for message in self.chat:
            if label in message.labels or (message is self.chat[0] and doors(message)):
                return await self._press(message, label)
        raise AssertionError(f"{label!r} is nowhere; there is {self.chat[0].labels}")

    async def presses_starting(self, start: str) -> str:
        """Press the first button of the newest screen that begins so."""
        [label, *_] = [label for label in self.chat[0].labels if label.startswith(start)]
        return await self._press(self.chat[0], label)

    async def presses_in_group(self, post: Message, label: str) -> str:
        """Press a button under a post, which is labelled in the group's language."""
        return await self._press(post, self.story.speak(label).unescape())

    async def _press(self, message: Message, label: str) -> str:
        press = await self.story.stage.press(self.person, message, label)
        assert press.answer is not None
        return press.answer.text

    def reads(self, message: str, **values: object) -> None:
        """The newest screen says this, in the person's language."""
        words, expected = self.chat[0].words, self.says(message, **values)
        assert expected in words, f"{self.person.first_name} expects {expected!r}: {words!r}"

    def finds(self, message: str, **values: object) -> Message:
        """The newest screen in the chat that says this, perhaps not the last one."""
        expected = self.says(message, **values)
        found = [each for each in self.chat if expected in each.words]
        assert found, f"{self.person.first_name} does not find {expected!r}"
        return found[0]

    def says(self, message: str, **values: object) -> str:
        """What this English text is in the person's language."""
        return self.speak(message, **values).striptags()

    def link(self) -> str:
        """The link under or in the newest screen."""
        newest = self.chat[0]
        words = newest.words.split()
        links = [each.url for each in newest.buttons if each.url]
        links += [word for word in words if word.startswith("https://t.me/")]
        [link] = links
        return link

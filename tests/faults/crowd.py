"""People who press what there is and write what comes to mind, and remember what they were told."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field

from kit.phrases import ABSTAINED, SAID_NO, SAID_YES

from handlers.core.press import StalePress, decode
from handlers.core.screens.uncertain_posts import ItIsThere, PostAgain
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.presses import Cast
from sandbox.bots import Bot
from sandbox.chats import Group, Message
from sandbox.errors import ApiError
from sandbox.people import Person
from sandbox.presses import Press

SAID = {
    choice: tuple(Speech(language)(text).unescape() for language in LANGUAGES)
    for choice, text in {"yes": SAID_YES, "no": SAID_NO, "abstain": ABSTAINED}.items()
}
NOT_SAVED = tuple(
    Speech(language)("That was not saved. Please press again.").unescape() for language in LANGUAGES
)
COMMANDS = (
    "/start", "/propose", "/agenda", "/decide", "/checkin", "/assembly", "/me", "/privacy",
    "/help", "/minutes", "/tasks", "/facilitate", "/invite",
)  # fmt: skip
WORDS = ("yes", "12.12.", "next Thursday", "16:30", "Via Roma 12", "\u202e<b>", "a" * 1_500, "7")
SEEN = 4  # of the newest messages of a chat, somebody presses one


@dataclass
class Crowd:
    """Seven people, each with a phone."""

    noise: random.Random
    bot: Bot
    group: Group
    people: list[Person]
    again: bool  # whether Telegram may deliver what they do more than once
    ballots: dict[tuple[int, int], list[tuple[str, Press]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    titles: list[str] = field(default_factory=list)
    looked: int = 0  # how often somebody said what became of a post that may be missing

    def act(self) -> str:
        """Somebody does something; what it was."""
        person = self.noise.choice(self.people)
        draw = self.noise.random()
        if draw < 0.30:
            return self._cast(person)
        if draw < 0.75:
            return self._press(person)
        if draw < 0.88:
            return self._say(person, self.noise.choice(COMMANDS))
        if draw < 0.94:
            title = f"Something else, number {len(self.titles)}"
            self.titles.append(title)
            return self._say(person, title)
        return self._say(person, self.noise.choice(WORDS))

    def possible(self, decision_id: int, person: Person) -> set[str]:
        """What the ballot can say by what its voter was told: "" is none.

        Where presses come again, who reads that time is up may have been in time with the first.
        """
        held = {""}
        for choice, press in self.ballots[decision_id, person.id]:
            told = press.answer.text if press.answer is not None else None
            if told is not None and told.startswith(SAID[choice]):
                held = {choice}
            elif told is None or (self.again and told not in NOT_SAVED):
                held = held | {choice}
        return held

    def _cast(self, person: Person) -> str:
        """One of the ways in which somebody can answer an open question in the group."""
        offered = [
            (message, button.data)
            for message in self.group.from_bots()
            for button in message.buttons
            if button.data is not None and isinstance(_meaning(button.data), Cast)
        ]
        if not offered:
            return self._press(person)
        return self._press_one(person, *self.noise.choice(offered))

    def _press(self, person: Person) -> str:
        newest = [*person.private(self.bot).from_bots()[-SEEN:], *self.group.from_bots()[-SEEN:]]
        offered = [(each, button) for each in newest for button in each.buttons]
        if not offered:
            return self._say(person, "/start")
        message, button = self.noise.choice(offered)
        if button.data is not None:
            return self._press_one(person, message, button.data)
        if button.url and f"/{self.bot.username}?" in button.url:
            person.open(button.url)
            return f"{person.first_name} opens {button.label}"
        return f"{person.first_name} looks at {button.label}"

    def _press_one(self, person: Person, message: Message, data: str) -> str:
        press = person.forge_press(message, data)
        meaning = _meaning(data)
        if isinstance(meaning, Cast) and meaning.choice in SAID:
            self.ballots[meaning.decision_id, person.id].append((meaning.choice, press))
        if isinstance(meaning, ItIsThere | PostAgain):
            self.looked += 1
        return f"{person.first_name} presses {data}"

    def _say(self, person: Person, text: str) -> str:
        try:
            person.say(self.bot, text)
        except (ApiError, ValueError):
            person.unblock(self.bot)
        return f"{person.first_name} writes {text[:20]}"


def _meaning(data: str) -> object:
    try:
        return decode(data)
    except StalePress:
        return None

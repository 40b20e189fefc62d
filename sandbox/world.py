"""The whole of the local Telegram: who exists, what was said, and what happens when.

Everything lives in memory and in one event loop. Time is the clock's: moving it lets presses
expire and sending limits recover. Noise (tokens, first update ids) comes from a seed.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Message, PrivateChat
from sandbox.clock import Clock
from sandbox.delivery import announce
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.polls import Poll
from sandbox.presses import Presses
from sandbox.standing import Membership
from sandbox.users import User

T = TypeVar("T")
LOG_LENGTH = 100_000
FIRST_PERSON = 5_000_000_001
FIRST_BOT = 7_000_000_001
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a bot, as the world answered it."""

    method: str
    chat_id: int | None
    at: float
    code: int
    description: str | None

    @property
    def ok(self) -> bool:
        return self.code == 200


class World:
    def __init__(self, clock: Clock, *, seed: int = 1) -> None:
        self.clock = clock
        self.noise = random.Random(seed)  # noqa: S311 - nothing here is secret
        self.bots: dict[str, Bot] = {}
        self.users: dict[int, User] = {}
        self.groups: dict[int, Group] = {}
        self.private_chats: dict[tuple[int, int], PrivateChat] = {}  # by bot and person
        self.polls: dict[str, Poll] = {}
        self.presses = Presses(clock)
        self.files = Files()
        self.limits = Limits(clock)
        self.faults = Faults()
        self.log: deque[Call] = deque(maxlen=LOG_LENGTH)
        self.revision = 0  # counts changes, so that a page can ask for what is new
        self._waiting: list[asyncio.Future[None]] = []
        self._next = {
            "person": FIRST_PERSON,
            "bot": FIRST_BOT,
            "group": FIRST_GROUP,
            "supergroup": FIRST_SUPERGROUP,
        }

    def now(self) -> int:
        return int(self.clock.now())

    def _new_id(self, kind: str) -> int:
        new = self._next[kind]
        self._next[kind] += 1 if new > 0 else -1
        return new

    def bot(self, first_name: str = "Voci", username: str = "voci_bot") -> Bot:
        """A new bot; its `token` opens the Bot API."""
        bot = Bot(self._new_id("bot"), first_name, username, self.clock, self.noise)
        self.bots[bot.token] = bot
        self.users[bot.id] = bot
        bot.updates.on_change = self.changed
        return bot

    def revoke_token(self, bot: Bot) -> None:
        """A new token, as @BotFather gives it: from now on the old one is nobody's."""
        del self.bots[bot.token]
        bot.token = bot.new_token(self.noise)
        self.bots[bot.token] = bot

    def person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        account_id: int | None = None,
    ) -> Person:
        """A new person, who so far talks to nobody."""
        person_id = self._new_id("person") if account_id is None else account_id
        if person_id in self.users:
            raise ValueError(f"account {person_id} exists already")
        person = Person(self, person_id, first_name, last_name, username, language_code)
        self.users[person_id] = person
        return person

    def group(self, title: str, creator: User, *, kind: str = "group") -> Group:
        """A new group ("group", "supergroup" or "channel") with its creator in it."""
        if kind not in ("group", "supergroup", "channel"):
            raise ValueError(f"no such kind of group: {kind}")
        group_id = self.new_group_id(kind)
        group = Group(group_id, kind, title)
        group.set_membership(Membership(creator, "creator"))
        self.groups[group_id] = group
        return group

    def new_group_id(self, kind: str) -> int:
        return self._new_id("group" if kind == "group" else "supergroup")

    def new_poll(self, question: str, options: list[str], **properties: Any) -> Poll:
        poll = Poll(str(6_000_000_000_000_000_000 + len(self.polls)), question, options)
        for name, value in properties.items():
            setattr(poll, name, value)
        self.polls[poll.id] = poll
        return poll

    def private_chat(self, person: Person, bot: Bot) -> PrivateChat:
        return self.private_chats.setdefault((bot.id, person.id), PrivateChat(person, bot))

    def post(self, chat: Chat, sender: User, **fields: Any) -> Message:
        """Add a message to a chat and let the bots there know."""
        message = chat.add(self.now(), sender, **fields)
        announce(message)
        self.changed()
        return message

    def calls(self, method: str | None = None, *, ok: bool | None = None) -> list[Call]:
        """The logged calls, oldest first, of one method or with one outcome."""
        return [
            call
            for call in self.log
            if (method is None or call.method == method) and (ok is None or call.ok == ok)
        ]

    def changed(self) -> None:
        """Count a change and wake everybody who waits in `until`."""
        self.revision += 1
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """Wait (real time) until the condition returns something true, and return it.

        The condition is looked at after every change of the world. Raises TimeoutError.
        """
        async with asyncio.timeout(timeout):
            while not (result := condition()):
                waiter = asyncio.get_running_loop().create_future()
                self._waiting.append(waiter)
                await waiter
        return result

    def hang_up(self) -> None:
        """End every long poll that waits, with what there is, and every webhook's delivery."""
        for bot in self.bots.values():
            bot.updates.release_poll()
            if bot.webhook is not None:
                bot.webhook.stop()

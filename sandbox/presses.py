"""Presses of buttons: a callback query waits 150 s for its answer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from sandbox.chats import Message
from sandbox.clock import Clock
from sandbox.updates import PRESS_LIFETIME
from sandbox.users import User


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person sees after a press: a toast or an alert, or nothing (empty text)."""

    text: str
    show_alert: bool
    url: str | None


class Press:
    """One press; `answer` appears when the bot answers it."""

    def __init__(self, press_id: str, person: User, message: Message, data: str, at: float) -> None:
        self.id = press_id
        self.person = person
        self.message = message
        self.data = data
        self.at = at
        self.answer: Answer | None = None
        self._answered = asyncio.Event()

    async def answered(self, timeout: float = 5.0) -> Answer:  # noqa: ASYNC109
        """Wait (real time) for the bot's answer; raises TimeoutError."""
        async with asyncio.timeout(timeout):
            await self._answered.wait()
        if self.answer is None:
            raise RuntimeError("a press was marked as answered without an answer")
        return self.answer

    def set_answer(self, answer: Answer) -> None:
        self.answer = answer
        self._answered.set()

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "from": self.person.as_json(),
            "message": self.message.as_json(),
            "chat_instance": str(self.message.chat.id),
            "data": self.data,
        }


class Presses:
    """The presses that can still be answered."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: OrderedDict[str, Press] = OrderedDict()
        self._count = 0

    def add(self, person: User, message: Message, data: str) -> Press:
        self._forget_expired()
        self._count += 1
        press_id = str(4_000_000_000_000_000_000 + self._count)
        press = Press(press_id, person, message, data, self._clock.now())
        self._open[press_id] = press
        return press

    def take(self, press_id: str, bot: User) -> Press | None:
        """The press with this id under a message of this bot: once, and if it is not too old."""
        self._forget_expired()
        press = self._open.get(press_id)
        if press is None or press.message.sender is not bot:
            return None
        return self._open.pop(press_id)

    def _forget_expired(self) -> None:
        oldest = self._clock.now() - PRESS_LIFETIME
        while self._open and next(iter(self._open.values())).at <= oldest:
            self._open.popitem(last=False)

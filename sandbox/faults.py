"""Trouble on request: what goes wrong between a bot and Telegram, at a chosen call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    "429",  # refused: too many requests, for retry_after seconds
    "500",  # refused: the server has a problem
    "502",  # never applied: what stands before the server says so, in a page for browsers
    "refused",  # refused in the words of `refusal`, such as "Bad Request: TOPIC_CLOSED"
    "no_answer",  # never applied, never answered; the connection stays open
    "no_answer_after_accept",  # applied, but never answered
    "drop",  # never applied, the connection is cut
    "drop_after_accept",  # applied, then the connection is cut
]


@dataclass(slots=True)
class Fault:
    kind: FaultKind
    method: str | None
    chat_id: int | None
    times: int | None
    retry_after: int
    refusal: str
    met: int = 0

    def concerns(self, method: str, chat_id: int | None) -> bool:
        return (
            (self.times is None or self.met < self.times)
            and (self.method is None or self.method.lower() == method.lower())
            and (self.chat_id is None or self.chat_id == chat_id)
        )


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self.partitioned = False
        self.on_partition: Callable[[], None] = lambda: None

    def partition(self) -> None:
        """Cut every connection and refuse new ones, until `clear`."""
        self.partitioned = True
        self.on_partition()

    def add(
        self,
        kind: FaultKind,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        retry_after: int = 5,
        refusal: str = "Bad Request: have no rights to send a message",
    ) -> Fault:
        """Let the next `times` fitting calls (None: all of them) go wrong."""
        fault = Fault(kind, method, chat_id, times, retry_after, refusal)
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Everything works again."""
        self._faults.clear()
        self.partitioned = False

    def meet(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that strikes this call, if any."""
        for fault in self._faults:
            if fault.concerns(method, chat_id):
                fault.met += 1
                return fault
        return None

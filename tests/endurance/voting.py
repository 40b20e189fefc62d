"""A group of voters who press while processes serve them, die and come back."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from kit.centre_rows import put_question
from kit.phrases import ABSTAINED, SAID_NO, SAID_YES

from assembly.rule import Quorum, Rule
from bot.clock import SystemClock
from handlers.decisions.presses import Cast
from sandbox.people import Person
from sandbox.presses import Press
from sandbox.world import World
from storage import centres, members, people
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

VOTERS = 60
BACKLOG = 60  # presses waiting at most: Telegram drops what nobody takes for 150 s
NOT_SAVED = "That was not saved. Please press again."
SAID = {"yes": SAID_YES, "no": SAID_NO, "abstain": ABSTAINED}


@dataclass(kw_only=True)
class Voting:
    """The group, its question, and what was pressed; `noise` chooses who presses what."""

    folder: Path
    noise: random.Random
    world: World = field(default_factory=lambda: World(SystemClock()))
    presses: list[tuple[Person, str, Press]] = field(default_factory=list)

    def gather(self) -> None:
        """The group and its bot, before any message."""
        self.bot = self.world.bot()
        self.voters = [self.world.person(f"V{n}") for n in range(VOTERS)]
        self.group = self.voters[0].create_group("Aurora", kind="supergroup")
        self.group.bots[self.bot.id] = self.bot
        for voter in self.voters[1:]:
            voter.join(self.group)

    async def enrol(self, tx: Transaction, keys: KeyStore, traces: Sequence[str]) -> None:
        """Their centre and its question; `traces`: statements that note each write of a ballot."""
        centre = await centres.add(
            tx, chat_id=self.group.id, name="Aurora", language="en", zone="UTC", now=1
        )
        self.member_of: dict[int, int] = {}
        for voter in self.voters:
            await people.meet(tx, voter.id, "en", 1)
            member = await members.add(
                tx, centre_id=centre.id, telegram_id=voter.id, role="user", name="V", now=1
            )
            self.member_of[voter.id] = member.id
        rule = Rule(quorum=Quorum(Fraction(1, 3)))
        self.decision_id = await put_question(tx, keys, rule, centre_id=centre.id, now=1)
        for statement in traces:
            await tx.statement(statement)
        self.data = {choice: Cast(centre.id, self.decision_id, choice).encode() for choice in SAID}

    def show(self) -> None:
        """The question in the group, once it is there."""
        keyboard = [[{"text": str(c), "callback_data": data}] for c, data in self.data.items()]
        self.question = self.world.post(
            self.group, self.bot, text="Shall we?", keyboard={"inline_keyboard": keyboard}
        )

    def press_once(self) -> None:
        """Anybody, anything."""
        voter, choice = self.noise.choice(self.voters), self.noise.choice(list(SAID))
        self.presses.append((voter, choice, voter.press(self.question, self.data[choice])))

    @property
    def pressed(self) -> list[tuple[int, str]]:
        """By which member what was pressed, in this order."""
        return [(self.member_of[voter.id], choice) for voter, choice, _ in self.presses]

    def check_answers(self) -> None:
        """Nothing was confirmed that says something else than what was pressed."""
        for _, choice, press in self.presses:
            if press.answer is not None:
                assert press.answer.text.startswith(SAID[choice])


async def start_voci(environment: Mapping[str, str], log: Path) -> asyncio.subprocess.Process:
    """A real process, which writes down what it says."""
    with log.open("a") as end:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from bot.cli import main; main()", "run"),
            env={**os.environ, **environment},
            stderr=end,
        )

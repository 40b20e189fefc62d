"""A polling room: members of a centre, a question put to them, and their ballots on the phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kit.stage import Stage

from assembly.counting.table import WORDS
from assembly.rule import DecisionMethod, Rule
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import ballots
from storage.ballots import Mine
from storage.centres import Centre

QUESTION = "What shall we do first?"
OPTIONS = ("Trip", "Room", "Choir", "Garden")


@dataclass
class Voters:
    """A centre with Anna and five others, one facilitating: questions are open for ten minutes."""

    stage: Stage
    centre: Centre
    group: Group
    anna: Person
    others: list[Person] = field(default_factory=list)

    async def put(self, method: DecisionMethod, **rule: Any) -> int:
        """Put the question to the members; the group is told."""
        options = () if method in WORDS else OPTIONS
        asked = Rule(method, options, **{"dots": 5, **rule})
        return (await self.stage.put(self.centre, 600, asked, QUESTION)).id

    async def open(self, person: Person, decision_id: int = 1) -> Message:
        """Follow the link under the group's question."""
        return await self.stage.start(person, f"decide_{decision_id}")

    async def tap(self, person: Person, *labels: str) -> str:
        """Press buttons of the last private message, one after the other; the last toast."""
        told = ""
        for label in labels:
            press = await self.stage.press(person, self.stage.last(person), label)
            assert press.answer is not None
            told = press.answer.text
        return told

    async def forge(self, person: Person, press: Any) -> str:
        """Press, on the last private message, a button that is not there."""
        data = press if isinstance(press, str) else press.encode()
        forged = await self.stage.forge(person, self.stage.last(person), data)
        assert forged.answer is not None
        return forged.answer.text

    async def mine(self, person: Person, decision_id: int = 1) -> Mine | None:
        member_id = await self.stage.member_id(self.centre, person)
        async with self.stage.voci.database.reading() as tx:
            keys = self.stage.voci.keys
            found = await ballots.of_member(tx, keys, self.centre.id, member_id)
        return found.get(decision_id)

    async def choice(self, person: Person) -> str | None:
        mine = await self.mine(person)
        return mine.choice if mine else None

    def words(self, person: Person) -> str:
        return self.stage.last(person).words


async def gather_voters(stage: Stage) -> Voters:
    """Anna, Bruno, Carla, Dario, Elena, who facilitates, and Fabio, of a family."""
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    room = Voters(stage, centre, group, anna)
    for name in ("Bruno", "Carla", "Dario"):
        room.others.append(await stage.member(centre, group, name))
    room.others.append(await stage.member(centre, group, "Elena", facilitator=True))
    room.others.append(await stage.member(centre, group, "Fabio", "family"))
    stage.world.limits.enforced = False
    return room

"""Two facilitators and a member, and their assembly: convened, opened, gone through by buttons."""

from __future__ import annotations

from dataclasses import dataclass

from kit.phrases import ANNOUNCE
from kit.stage import Stage

from assembly.endings import Ending
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies, points
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.points import AgendaItem

HOUR = 3600


@dataclass
class Meeting:
    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # facilitates
    bruno: Person  # facilitates too
    anna: Person

    async def propose(self, *titles: str, reason: str | None = None) -> list[int]:
        found = []
        for title in titles:
            found.append(await self.stage.propose(self.centre, self.anna, title, reason=reason))
            self.stage.clock.move(1)
        return found

    async def convene(self, ahead: int = HOUR) -> Assembly:
        moment = self.stage.now // 60 * 60 + ahead
        hub = await self.stage.say(self.paula, "/facilitate")
        self.paula.forge_press(hub, f"cvt:{self.centre.id}:0:{moment}")
        await self.stage.settle()
        await self.press(self.paula, "Skip", ANNOUNCE)
        return (await self.stage.read(assemblies.upcoming, self.centre.id, self.stage.now))[-1]

    async def press(self, person: Person, *buttons: str) -> Message:
        return await self.stage.press_each(person, *buttons)

    async def hub(self, *buttons: str) -> Message:
        """The facilitators' hub, and on from there."""
        await self.stage.say(self.paula, "/facilitate")
        return await self.press(self.paula, *buttons)

    async def open(self) -> Message:
        return await self.hub("Open the assembly")

    async def status(self, assembly: Assembly) -> str:
        found = await self.stage.read(assemblies.by_id, assembly.id)
        assert found is not None
        return found.status

    async def items(self, assembly: Assembly) -> list[Ending | None]:
        return [item.ending for item in await self.stage.read(points.items, assembly.id)]

    async def assembly(self) -> Assembly:
        """The one that is open, or comes next."""
        return (await self.stage.read(assemblies.upcoming, self.centre.id, self.stage.now))[0]

    async def points(self, assembly: Assembly) -> list[AgendaItem]:
        return await self.stage.read(points.items, assembly.id)

    async def elsewhere(self) -> tuple[Centre, Person, Message]:
        """Another centre, somebody who facilitates there, and what they have before them."""
        other, group = await self.stage.centre("Casa Blu")
        zoe = await self.stage.member(other, group, "Zoe", facilitator=True)
        return other, zoe, await self.stage.say(zoe, "/facilitate")

    @classmethod
    async def gather(cls, stage: Stage) -> Meeting:
        centre, group = await stage.centre()
        paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
        bruno = await stage.member(centre, group, "Bruno", "family", facilitator=True)
        anna = await stage.member(centre, group, "Anna")
        return cls(stage, centre, group, paula, bruno, anna)

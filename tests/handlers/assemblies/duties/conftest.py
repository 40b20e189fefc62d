"""A centre with people of all roles, of whom some would like to chair, or to take notes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import ANNOUNCE
from kit.stage import HOUR, Stage

from assembly.duties import Duty
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies, duties
from storage.assemblies import Assembly
from storage.centres import Centre

WOULD_YOU = "Would you"


@dataclass
class Cast:
    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # a professional who facilitates
    bruno: Person  # a family member who facilitates
    anna: Person  # a user
    bea: Person  # a user
    carlo: Person  # a family member
    dora: Person  # a professional

    @property
    def people(self) -> tuple[Person, ...]:
        return self.paula, self.bruno, self.anna, self.bea, self.carlo, self.dora

    async def wish(self, duty: Duty, *people: Person) -> None:
        for person in people:
            member_id = await self.stage.member_id(self.centre, person)
            await self.stage.write(duties.wish, member_id, duty, on=True)

    async def convene(self, ahead: int = 72 * HOUR) -> Assembly:
        moment = self.stage.now // 60 * 60 + ahead
        hub = await self.stage.say(self.paula, "/facilitate")
        self.paula.forge_press(hub, f"cvt:{self.centre.id}:0:{moment}")
        await self.stage.settle()
        await self.stage.press_each(self.paula, "Skip", ANNOUNCE)
        return (await self.stage.read(assemblies.upcoming, self.centre.id, self.stage.now))[-1]

    async def convene_and_look(self, ahead: int = 72 * HOUR) -> Assembly:
        """Convened, and so near that the first are asked."""
        assembly = await self.convene(ahead)
        await self.later(max(ahead - 48 * HOUR, 0))
        return assembly

    async def later(self, seconds: int) -> None:
        await self.stage.move(seconds)
        await self.stage.move(60)

    async def leads(self, assembly: Assembly, duty: Duty = Duty.CHAIR) -> str | None:
        """The name of whoever said yes."""
        holder = (await self.stage.read(duties.of_assembly, assembly.id)).holder(duty)
        return holder.name if holder else None

    def asked(self, person: Person) -> list[Message]:
        """The questions that can still be answered."""
        return [
            each
            for each in self.stage.said(person)
            if each.words.startswith(WOULD_YOU) and each.labels
        ]

    def all_asked(self) -> list[str]:
        return [person.first_name for person in self.people if self.asked(person)]

    async def says(self, person: Person, button: str) -> Message:
        await self.stage.press(person, self.asked(person)[-1], button)
        return self.stage.last(person)


YES, NOT_THIS_TIME = "Yes, I’ll do it", "Not this time"


@pytest.fixture
async def play(stage: Stage) -> Cast:
    centre, group = await stage.centre()

    async def member(name: str, role: str, *, facilitator: bool = False) -> Person:
        return await stage.member(centre, group, name, role, facilitator=facilitator)

    return Cast(
        stage,
        centre,
        group,
        paula=await member("Paula", "professional", facilitator=True),
        bruno=await member("Bruno", "family", facilitator=True),
        anna=await member("Anna", "user"),
        bea=await member("Bea", "user"),
        carlo=await member("Carlo", "family"),
        dora=await member("Dora", "professional"),
    )

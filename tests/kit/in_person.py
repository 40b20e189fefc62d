"""An open assembly in which the hall is counted: who facilitates, and questions to count."""

from __future__ import annotations

from dataclasses import dataclass

from kit.centre_rows import put_question
from kit.stage import Stage

from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Outcome
from assembly.roles import Role
from assembly.rule import Rule
from handlers.core.press import Press
from handlers.decisions.in_person.presses import CountInPerson, ShowHeadcount
from sandbox.chats import Group, Message
from sandbox.people import Person
from sandbox.presses import Press as Pressed
from storage import ballots, decisions, headcount, in_person, sessions
from storage.centres import Centre
from storage.in_person import Entry

HOUR = 3600
SEED = bytes(32)


@dataclass
class InPersonAssembly:
    """Paula and Petra are professionals, Bruno is a family member; all three facilitate."""

    stage: Stage
    centre: Centre
    group: Group
    paula: Person
    petra: Person
    bruno: Person
    anna: Person  # a user, and no facilitator
    assembly_id: int

    async def put(self, rule: Rule = Rule()) -> int:  # noqa: B008 - frozen
        now = self.stage.now
        return await self.stage.write(
            put_question,
            self.stage.voci.keys,
            rule,
            centre_id=self.centre.id,
            assembly_id=self.assembly_id,
            closes_at=now + HOUR,
            now=now,
            seed=SEED,
        )

    async def forge(self, person: Person, press: Press) -> Pressed:
        """Press a button that this person was perhaps never shown."""
        return await self.stage.forge(person, self.stage.last(person), press.encode())

    async def press(self, person: Person, *buttons: str) -> Message:
        return await self.stage.press_each(person, *buttons)

    async def room(self, *numbers: int) -> Message:
        """The chair says how many people don't vote by phone."""
        await self.forge(self.paula, ShowHeadcount(self.centre.id, self.assembly_id))
        return await self.press(self.paula, *map(str, numbers))

    async def desk(self, person: Person, decision_id: int, *buttons: str) -> Message:
        """The count of a question as this person finds it, and on from there."""
        await self.forge(person, CountInPerson(self.centre.id, decision_id))
        return await self.press(person, *buttons)

    async def entry(self, decision_id: int) -> Entry | None:
        return await self.stage.read(in_person.entry, self.centre.id, decision_id)

    async def people(self) -> dict[Role | None, int]:
        return await self.stage.read(headcount.people, self.assembly_id)

    async def counted(self, decision_id: int) -> dict[str, int]:
        """What of the hall would count if the question was closed now."""
        async with self.stage.voci.database.reading() as tx:
            decision = await decisions.get(tx, self.centre.id, decision_id)
            assert decision is not None
            found, _ = await in_person.hall(tx, decision_id, decision.rule)
        return {_named(each): each.ballots for each in found}

    async def outcome(self, decision_id: int) -> Outcome:
        async with self.stage.voci.database.transaction() as tx:
            decision = await decisions.get(tx, self.centre.id, decision_id)
            assert decision is not None
            collected = await ballots.collect(tx, self.stage.voci.keys, decision)
            outcome = decide(decision.rule, collected.poll)
            now = self.stage.now
            keys = self.stage.voci.keys
            assert await decisions.close(tx, keys, decision, collected, outcome, now)
            await ballots.seal(tx, decision_id)
        return outcome

    async def end(self) -> None:
        now = self.stage.now
        assert await self.stage.write(sessions.close, self.centre.id, self.assembly_id, now)


def _named(said: InPersonBallots) -> str:
    return f"{said.role.value} {said.choice}" if said.role else said.choice


async def open_assembly(stage: Stage) -> InPersonAssembly:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", "family", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    found = await stage.convene(centre, paula, 0, begun=True)
    for person in (paula, petra, bruno, anna):
        await stage.say(person, "/help")
    return InPersonAssembly(stage, centre, group, paula, petra, bruno, anna, found.id)

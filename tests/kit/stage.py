"""The stage: people who talk with Voci, and what lies there before they do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from kit.centre_rows import QUESTION, put_question
from kit.conversation import Conversation
from kit.running_bot import SQLITE

from assembly.rule import Rule
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from sandbox.chats import Group
from sandbox.people import Person
from storage import (
    assemblies,
    ballots,
    centres,
    decisions,
    facilitators,
    members,
    people,
    proposals,
    sessions,
)
from storage import points as stored_points
from storage.assemblies import Assembly
from storage.ballots import Mine
from storage.centres import Centre
from storage.decisions import Decision
from storage.members import Member

MINUTE, HOUR, DAY = 60, 3_600, 86_400


class Stage(Conversation):
    """People say and press; centres, members, proposals, assemblies, decisions lie there already.

    Whatever is put there without talk is written by the same functions of storage as with it.
    """

    async def centre(
        self, title: str = "Centro Aurora", language: str = "en", zone: str = "Europe/Rome"
    ) -> tuple[Centre, Group]:
        """A centre set up in a group of its own, without the talk that /setup is."""
        group = self.operator.create_group(title, kind="supergroup")
        self.operator.add(group, self.bot)
        now = self.now
        async with self.voci.database.transaction() as tx:
            centre = await centres.add(
                tx, chat_id=group.id, name=title, language=language, zone=zone, now=now
            )
        await self.settle()
        return centre, group

    async def member(
        self,
        centre: Centre,
        group: Group,
        name: str,
        role: str = "user",
        *,
        language: str = "en",
        facilitator: bool = False,
    ) -> Person:
        """Somebody who has joined, without the talk that joining is."""
        person = self.world.person(name, language_code=language)
        person.join(group)
        person.start(self.bot)
        await self.settle()
        await self.enrol(centre, person, role, facilitator=facilitator, language=language)
        return person

    async def enrol(
        self, centre: Centre, person: Person, role: str, *, facilitator: bool, language: str
    ) -> int:
        now = self.now
        async with self.voci.database.transaction() as tx:
            await people.meet(tx, person.id, language, now)
            member = await members.add(
                tx,
                centre_id=centre.id,
                telegram_id=person.id,
                role=role,
                name=person.first_name,
                now=now,
            )
            await people.set_current_centre(tx, person.id, centre.id)
            if facilitator:
                await facilitators.add(tx, member.id, now)
        await self.voci.keys.create_key(member.id)
        return member.id

    async def member_of(self, centre: Centre, person: Person) -> Member | None:
        """The membership of somebody, also when they have left."""
        return await self.read(members.find, centre.id, person.id)

    async def member_id(self, centre: Centre, person: Person) -> int:
        found = await self.member_of(centre, person)
        assert found is not None, f"{person.first_name} is no member"
        return found.id

    async def propose(
        self,
        centre: Centre,
        author: Person,
        title: str,
        *supporters: Person,
        reason: str | None = None,
        named: bool = True,
    ) -> int:
        """A proposal and its voices, without the talk; its id."""
        proposal_id = await self.write(
            proposals.add,
            centre_id=centre.id,
            author_id=await self.member_id(centre, author),
            title=title,
            reason=reason,
            named=named,
            now=self.now,
        )
        for person in supporters:
            member_id = await self.member_id(centre, person)
            await self.write(proposals.support, centre.id, proposal_id, member_id, on=True)
        return proposal_id

    async def convene(
        self,
        centre: Centre,
        convener: Person,
        ahead: int = HOUR,
        *,
        place: str | None = None,
        points: Sequence[tuple[int, str]] | None = None,
        begun: bool = False,
    ) -> Assembly:
        """An assembly in so many seconds, told to nobody.

        With points (id and title of proposals) the agenda is fixed, as it is once it has begun.
        """
        now = self.now
        found = await self.write(
            assemblies.convene,
            centre_id=centre.id,
            starts_at=now + ahead,
            place=place,
            convened_by=await self.member_id(centre, convener),
            now=now,
        )
        if points is not None or begun:
            assert await self.write(stored_points.freeze, found.id, points or (), now)
        if begun:
            assert await self.write(sessions.begin, centre.id, found.id, now)
        return found

    async def status(self, assembly: Assembly) -> str:
        """How an assembly stands by now."""
        found = await self.read(assemblies.by_id, assembly.id)
        assert found is not None
        return found.status

    async def put(
        self,
        centre: Centre,
        span: int | None = HOUR,
        rule: Rule | None = None,
        question: str = QUESTION,
        seed: bytes = bytes(32),
    ) -> Decision:
        """A question: all members of this moment can take part, for `span` seconds.

        The group reads it.
        """
        now = self.now
        async with self.voci.database.transaction() as tx:
            decision_id = await put_question(
                tx,
                self.voci.keys,
                rule,
                centre_id=centre.id,
                question=question,
                closes_at=None if span is None else now + span,
                now=now,
                seed=seed,
            )
            decision = await decisions.get(tx, centre.id, decision_id)
            assert decision is not None
            await closing.announce(UnitOfWork(tx, now, self.voci.services), centre, decision)
        await self.settle()
        return decision

    async def ballot(self, decision: Decision, person: Person) -> Mine | None:
        """What somebody's ballot says, while the question is open."""
        member = await self.read(members.find, decision.centre_id, person.id)
        assert member is not None
        mine = await self.read(ballots.of_member, self.voci.keys, decision.centre_id, member.id)
        return mine[decision.id]

    def speech(self, language: str = "en") -> Speech:
        return Speech(language, "Europe/Rome")


@asynccontextmanager
async def open_stage(
    folder: Path, database_url: str = SQLITE, *, webhook: bool = False, http: bool = False
) -> AsyncIterator[Stage]:
    """A stage for the time of one test."""
    stage = Stage(folder, database_url, webhook=webhook, http=http)
    await stage.open()
    try:
        yield stage
    finally:
        await stage.close()

"""Proposals of a centre, and people who look at them or press what they were never shown."""

from __future__ import annotations

from dataclasses import dataclass

from kit.stage import Stage

from handlers.core.press import Press
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import proposals
from storage.centres import Centre
from storage.proposals import Proposal


@dataclass
class ProposalsScene:
    """A centre whose proposals are talked about."""

    stage: Stage
    centre: Centre
    group: Group

    async def proposal(self, proposal_id: int) -> Proposal:
        found = await self.stage.read(proposals.get, self.centre.id, proposal_id)
        assert found is not None
        return found

    async def forge(self, person: Person, press: Press) -> str:
        """Press what was perhaps never shown; the answer to it."""
        made = await self.stage.forge(person, self.stage.last(person), press.encode())
        return made.answer.text if made.answer is not None else ""


@dataclass
class OneProposalScene(ProposalsScene):
    """It is about one proposal."""

    proposal_id: int

    async def see(self, person: Person) -> Message:
        return await self.stage.start(person, f"p_{self.proposal_id}")

    async def item(self) -> Proposal:
        return await self.proposal(self.proposal_id)

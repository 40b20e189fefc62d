"""A question that is open, put without the talk that putting it is."""

from __future__ import annotations

from kit.centre_rows import QUESTION, put_question
from kit.stage import Stage

from assembly.rule import Rule
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from storage import ballots, decisions, members
from storage.ballots import Mine
from storage.centres import Centre
from storage.decisions import Decision

HOUR = 3600


async def put(
    stage: Stage,
    centre: Centre,
    span: int | None = HOUR,
    rule: Rule | None = None,
    question: str = QUESTION,
    seed: bytes = bytes(32),
) -> Decision:
    """All members of this moment can take part, for `span` seconds; the group reads it."""
    now = int(stage.clock.now())
    async with stage.voci.database.transaction() as tx:
        decision_id = await put_question(
            tx,
            stage.voci.keys,
            rule,
            centre_id=centre.id,
            question=question,
            closes_at=None if span is None else now + span,
            now=now,
            seed=seed,
        )
        decision = await decisions.get(tx, centre.id, decision_id)
        assert decision is not None
        await closing.announce(UnitOfWork(tx, now, stage.voci.services), centre, decision)
    await stage.settle()
    return decision


async def said(stage: Stage, decision: Decision, telegram_id: int) -> Mine | None:
    """What somebody's ballot says, while it is open."""
    async with stage.voci.database.reading() as tx:
        member = await members.find(tx, decision.centre_id, telegram_id)
        assert member is not None
        mine = await ballots.of_member(tx, stage.voci.keys, decision.centre_id, member.id)
    return mine[decision.id]

"""Closing a question before its time: when it may be, and what is said of who has taken part."""

from __future__ import annotations

from assembly.deadlines import may_close_early
from assembly.outcome import ENOUGH_TO_HIDE_IN
from handlers.core.context import Context
from storage import assemblies, ballots
from storage.decisions import Decision


async def everybody(decision: Decision, context: Context) -> bool | None:
    """Whether everybody who can has taken part; None where so few can that it tells on one."""
    if decision.electorate < ENOUGH_TO_HIDE_IN:
        return None
    return not await ballots.silent(context.tx, context.services.keys, decision.id)


async def may_close(decision: Decision, context: Context) -> bool:
    """Whether a facilitator may close it before its time."""
    assembly = None
    if decision.assembly_id is not None:
        assembly = await assemblies.find(context.tx, decision.centre_id, decision.assembly_id)
    return may_close_early(
        decision.closes_at,
        everybody=await everybody(decision, context),
        assembly_is_open=assembly is not None and assembly.status == "open",
    )

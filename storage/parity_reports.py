"""The parity report of a centre: counted once when a quarter is over, then read as it was told.

Nothing is stored for it but what it told. Each count is of quarters that are over.
"""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from assembly.duties import Duty
from assembly.parity_report import Counted, Measure, Report, counted_from, report
from assembly.quarters import Quarter, numbered
from assembly.roles import Role
from storage import duties, members, outcomes
from storage.engine import plain_data
from storage.engine.transaction import Transaction

# The query that counts it, or the duty that has a count by quarter already.
_COUNTED_BY: dict[Measure, str | Duty] = {
    Measure.PROPOSALS: "proposals_by_role",
    Measure.VOICES: "voices_by_role",
    Measure.BALLOTS: "open_ballots_by_role",
    Measure.CHAIR: Duty.CHAIR,
    Measure.NOTES: Duty.RECORDER,
    Measure.TASKS: "tasks_done_by_role",
}


async def last(tx: Transaction, centre_id: int) -> Report | None:
    """The last report that was made, whether or not it tells anything; None before the first."""
    row = await tx.row("last_parity_report", centre_id=centre_id)
    if row is None:
        return None
    return plain_data.typed(Report, json.loads(row["content"]))


async def once(tx: Transaction, centre_id: int, quarter: Quarter, zone: ZoneInfo) -> Report:
    """The report of a quarter that is over: made where there is none of it, or of a later one."""
    before = await last(tx, centre_id)
    if before is not None and before.quarter >= quarter.ordinal:
        return before
    counted = {
        measure: await _counted(
            tx, centre_id, measure, counted_from(measure, quarter.ordinal, before), quarter, zone
        )
        for measure in Measure
    }
    made = report(quarter.ordinal, await members.counts(tx, centre_id), counted)
    ids = {"centre_id": centre_id, "quarter": quarter.ordinal}
    content = json.dumps(plain_data.plain(made), separators=(",", ":"))
    await tx.run("keep_parity_report", content=content, **ids)
    await tx.run("drop_parity_reports_before", **ids)
    return made


async def _counted(
    tx: Transaction, centre_id: int, measure: Measure, since: int, quarter: Quarter, zone: ZoneInfo
) -> Counted:
    """From the quarter `since` to this one, both included."""
    counted_by = _COUNTED_BY[measure]
    if isinstance(counted_by, Duty):
        led = await duties.led_in(tx, centre_id, counted_by, since, quarter.ordinal)
        return Counted(since, led)
    span = {"since": numbered(since, zone).starts_at, "before": quarter.ends_at}
    found = dict.fromkeys(Role, 0)
    for row in await tx.rows(counted_by, centre_id=centre_id, **span):
        found[Role(row["role"])] = int(row["times"])
    if measure is Measure.BALLOTS:
        for row in await tx.rows("figures_told_by_role", centre_id=centre_id, **span):
            told = outcomes.read(row["figures"], row["result"], row["electorate_size"])
            for each in told.roles or ():
                found[each.role] += sum(each.votes.values())
    return Counted(since, found)

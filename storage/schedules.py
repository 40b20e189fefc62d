"""What is due when: one row a schedule, one row an occurrence that was dealt with."""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction

MOST_PRUNED = 500  # at one tick


@immutable
class Schedule:
    """When something recurs: a local rule, its IANA zone, the next moment in UTC epoch seconds.

    Without a rule it happens once; `next_at` None means never again.
    """

    id: int
    kind: str
    subject_id: int
    rule: str | None
    zone: str
    next_at: int | None


async def set(  # noqa: A001  (read as schedules.set)
    tx: Transaction,
    kind: str,
    subject_id: int,
    next_at: int | None,
    zone: str,
    rule: str | None = None,
) -> int:
    """Makes or changes the schedule of this kind for this subject; its id."""
    return int(
        await tx.value(
            "set_schedule",
            kind=kind,
            subject_id=subject_id,
            rule=rule,
            zone=zone,
            next_at=next_at,
        )
    )


async def find(tx: Transaction, kind: str, subject_id: int) -> Schedule | None:
    """The schedule of this kind for this subject, or None."""
    row = await tx.row("schedule_of", kind=kind, subject_id=subject_id)
    return _schedule(row) if row else None


async def due(
    tx: Transaction, now: int, limit: int, after: Schedule | None = None
) -> list[Schedule]:
    """Up to `limit` schedules whose moment has come, earliest first; `after`: those behind it."""
    rows = await tx.rows(
        "due_schedules",
        now=now,
        after_at=after.next_at if after and after.next_at is not None else -1,
        after_id=after.id if after else -1,
        most=limit,
    )
    return [_schedule(row) for row in rows]


async def next_at(tx: Transaction) -> int | None:
    """The moment at which something is due next that anybody could notice, or None."""
    found = await tx.value("next_schedule_at")
    return None if found is None else int(found)


async def earliest(tx: Transaction) -> int | None:
    """When anything at all is due next, or was (UTC epoch seconds); None where nothing is."""
    found = await tx.value("earliest_schedule_at")
    return None if found is None else int(found)


async def claim(tx: Transaction, schedule_id: int, occurrence_at: int, now: int) -> bool:
    """Takes an occurrence, in the transaction of its effects; False if it was taken before."""
    return bool(
        await tx.run(
            "claim_occurrence", schedule_id=schedule_id, occurrence_at=occurrence_at, at=now
        )
    )


async def mark_skipped(tx: Transaction, schedule_id: int, occurrence_at: int) -> None:
    """Notes that a claimed occurrence came too late to help."""
    await tx.run("skip_occurrence", schedule_id=schedule_id, occurrence_at=occurrence_at)


async def prune(tx: Transaction, before: int) -> int:
    """Forgets some of what fell due before `before` (UTC epoch seconds); how many times.

    Some at a time, so that nobody's press waits for it: call again at the next tick.
    """
    return await tx.run("prune_occurrences", before=before, most=MOST_PRUNED)


async def advance(tx: Transaction, schedule_id: int, next_at: int | None) -> None:
    """Sets the next moment (UTC epoch seconds), or None when there is none."""
    await tx.run("advance_schedule", id=schedule_id, next_at=next_at)


async def remove(tx: Transaction, kind: str, subject_id: int) -> bool:
    """Ends a schedule; False if there was none. Its occurrences stay: none happens again."""
    return bool(await tx.run("remove_schedule", kind=kind, subject_id=subject_id))


def _schedule(row: Row) -> Schedule:
    return Schedule(
        id=row["id"],
        kind=row["kind"],
        subject_id=row["subject_id"],
        rule=row["rule"],
        zone=row["zone"],
        next_at=row["next_at"],
    )

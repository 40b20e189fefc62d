"""Who is coming to an assembly, and who wants to be reminded of it in private.

Only the number of those who are coming is for the group; an answer is its author's.
"""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from storage import messages, outbox_changes
from storage.engine.transaction import Transaction

_DAY = 86_400  # seconds
_TOLD_KEPT = 17 * _DAY  # longer than the outbox keeps anything


class Attendance(StrEnum):
    """What a member says about coming."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@immutable
class Reminded:
    """A member who gets the reminder in private: where, in which language, their answer."""

    member_id: int
    telegram_id: int
    language: str
    answer: Attendance | None


async def answer(tx: Transaction, assembly_id: int, member_id: int, said: Attendance) -> None:
    """Stores what a member says about coming; a later answer takes the place of an earlier one."""
    await tx.run(
        "answer_attendance", assembly_id=assembly_id, member_id=member_id, answer=said.value
    )


async def of(tx: Transaction, assembly_id: int, member_id: int) -> Attendance | None:
    """What this member said, if anything."""
    said = await tx.value("attendance_of", assembly_id=assembly_id, member_id=member_id)
    return Attendance(said) if said else None


async def coming(tx: Transaction, assembly_id: int) -> int:
    """How many active members said that they are coming."""
    return int(await tx.value("count_coming", assembly_id=assembly_id))


async def clear(tx: Transaction, assembly_id: int) -> None:
    """Forgets all answers: they were about another time."""
    await tx.run("clear_attendances", assembly_id=assembly_id)


async def forget_over(tx: Transaction, centre_id: int, now: int) -> None:
    """Forgets who wanted to come to what is over, and a day later whom Voci told of it in private.

    Whoever had said that they can't come was told nothing: a message that is missing would say so.
    """
    await tx.run("drop_attendances_of_over", centre_id=centre_id)
    since, before = now - _TOLD_KEPT, now - _DAY
    for row in await tx.rows("over_lately", centre_id=centre_id, since=since, before=before):
        name = f"assembly:{row['id']}:"
        for beginning in (name, f"{messages.CARD}{name}"):
            await messages.forget_private(tx, beginning)
            await outbox_changes.forget_settled_of_people(tx, f"edit:{beginning}")
        await outbox_changes.forget_settled_of_people(tx, f"centre:{centre_id}:{name}")


async def wish(tx: Transaction, member_id: int, wanted: bool) -> None:
    """Stores whether a member wants the reminders in private too."""
    await tx.run("want_reminders" if wanted else "drop_reminders", member_id=member_id)


async def wishes(tx: Transaction, member_id: int) -> bool:
    """Whether a member wants the reminders in private too."""
    return await tx.value("wants_reminders", member_id=member_id) is not None


async def reminded(tx: Transaction, centre_id: int, assembly_id: int) -> list[Reminded]:
    """Who gets this assembly's reminders in private.

    Left out are those who can't be written to, and those who said that they can't come.
    """
    rows = await tx.rows("reminded_privately", centre_id=centre_id, assembly_id=assembly_id)
    return [
        Reminded(
            row["member_id"],
            row["telegram_id"],
            row["language"],
            Attendance(row["answer"]) if row["answer"] else None,
        )
        for row in rows
    ]

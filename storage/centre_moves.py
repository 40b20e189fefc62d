"""Centres that are to move to another group: who began it, who confirmed it, and what it does.

Moments are UTC epoch seconds. A move that has expired counts as none.
"""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.moving import OPEN_FOR, expires_at
from storage import centres, messages, outbox_chats
from storage.centres import Centre
from storage.engine.transaction import Row, Transaction


@immutable
class Move:
    """A move that waits; `begun_by` and `confirmed_by` are members, the second None until then."""

    centre_id: int
    begun_by: int
    begun_at: int
    confirmed_by: int | None

    @property
    def expires_at(self) -> int:
        """From then on it counts as none."""
        return expires_at(self.begun_at)


async def begin(tx: Transaction, centre_id: int, member_id: int, now: int) -> bool:
    """A facilitator wants it; False where one waits already."""
    known = await tx.row("centre_move", centre_id=centre_id)
    if known is not None and expires_at(known["begun_at"]) <= now:
        await end(tx, centre_id, known["begun_at"])
    return bool(
        await tx.run("begin_centre_move", centre_id=centre_id, member_id=member_id, now=now)
    )


async def find(tx: Transaction, centre_id: int, now: int) -> Move | None:
    """The move of this centre that waits, confirmed or not, or None."""
    row = await tx.row("centre_move", centre_id=centre_id)
    move = _move(row) if row else None
    return move if move is not None and move.expires_at > now else None


async def confirm(tx: Transaction, move: Move, member_id: int) -> bool:
    """Another facilitator wants it too; False where it is over, confirmed, or their own."""
    return bool(
        await tx.run(
            "confirm_centre_move",
            centre_id=move.centre_id,
            member_id=member_id,
            begun_at=move.begun_at,
        )
    )


async def end(tx: Transaction, centre_id: int, begun_at: int) -> bool:
    """It is stopped or done; False where it was over, so that one press ends it."""
    return bool(await tx.run("end_centre_move", centre_id=centre_id, begun_at=begun_at))


async def confirmed(tx: Transaction, now: int) -> list[Move]:
    """What can be carried out now: both facilitators still hold the duty. In order of centre."""
    rows = await tx.rows("confirmed_centre_moves", begun_since=now - OPEN_FOR, now=now)
    return [_move(row) for row in rows]


async def carry_out(tx: Transaction, centre: Centre, chat_id: int, topic: int | None) -> None:
    """The centre's group is this chat from now on, and what waits for the old one goes there.

    What was posted in the old one is not brought up to date any more.
    """
    before = centre.destination.chat_id
    await centres.move_to(tx, centre.id, chat_id, topic)
    await outbox_chats.move_posts(tx, before, chat_id)
    await messages.forget_chat(tx, before)


def _move(row: Row) -> Move:
    return Move(row["centre_id"], row["begun_by"], row["begun_at"], row["confirmed_by"])

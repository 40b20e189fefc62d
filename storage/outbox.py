"""Messages to be sent: written in the transaction of their cause, each under a unique key.

A row waits, is claimed for sending, and is settled. A claim is a lease: what is under way when it
runs out was given up by whoever sent it. One row of a chat is under way at a time, and
a chat's rows go out in order; between chats the one that has waited longest comes first. The text
is wiped once it is not needed any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypedDict, Unpack

from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction

LEASE = 60  # seconds for which a claimed row is nobody else's, unless it is held for longer

Settled = Literal["sent", "uncertain", "failed", "dropped", "paused"]


@immutable
class Outgoing:
    """One message on its way; times are UTC epoch seconds, a wiped payload is empty."""

    id: int
    key: str
    chat_id: int
    centre_id: int | None
    ref: str | None
    payload: str
    not_before: int
    expires_at: int | None
    repeatable: bool
    attempts: int
    faults: int = 0  # tries in a row that an error of our own ended


class Draft(TypedDict, total=False):
    """A message to be written; times are UTC epoch seconds.

    `not_before`: when it is due, now if not told. From `expires_at` on it is dropped unsent.
    `repeatable`: sending it twice does no harm, so an unknown fate is answered by sending again.
    """

    key: Required[str]
    chat_id: Required[int]
    payload: Required[str]
    now: Required[int]
    not_before: int | None
    expires_at: int | None
    ref: str | None
    centre_id: int | None
    repeatable: bool


async def add(tx: Transaction, **draft: Unpack[Draft]) -> bool:
    """Writes a message, not repeatable unless told so; False if the key is known."""
    fresh = await _write(tx, "add_to_outbox", draft, repeatable=False)
    if fresh:
        await tx.run("turn_of_chat", chat_id=draft["chat_id"])
    return bool(fresh)


async def replace(tx: Transaction, **draft: Unpack[Draft]) -> None:
    """Writes the latest state under a key: it replaces what waits, and follows what was sent.

    While a row waits it keeps its own `not_before`, so that a stream of changes is sent at its
    pace rather than put off. What is under way when the state changes is sent again afterwards.
    Repeatable unless told otherwise.
    """
    await _write(tx, "replace_in_outbox", draft, repeatable=True)
    await tx.run("turn_of_chat", chat_id=draft["chat_id"])


async def _write(tx: Transaction, query: str, draft: Draft, *, repeatable: bool) -> int:
    not_before = draft.get("not_before")
    return await tx.run(
        query,
        key=draft["key"],
        chat_id=draft["chat_id"],
        centre_id=draft.get("centre_id"),
        ref=draft.get("ref"),
        payload=draft["payload"],
        not_before=draft["now"] if not_before is None else not_before,
        expires_at=draft.get("expires_at"),
        repeatable=int(draft.get("repeatable", repeatable)),
        created_at=draft["now"],
    )


async def spend(tx: Transaction, key: str, chat_id: int, centre_id: int, now: int) -> None:
    """Uses up a key without a message: what it stands for was sent, though no row says so."""
    await tx.run("spend_outbox_key", key=key, chat_id=chat_id, centre_id=centre_id, now=now)


async def claim_due(tx: Transaction, now: int, limit: int) -> list[Outgoing]:
    """Takes up to `limit` messages that are due, longest waiting first, and marks them sending.

    At most one of each chat, none of a chat that has one under way; expire() before. They are
    the caller's for LEASE seconds; hold() what takes longer.
    """
    claimed = await tx.rows("claim_outbox", now=now, claimed_until=now + LEASE, most=limit)
    if claimed:
        await tx.run("chats_under_way")
    return sorted((_outgoing(row) for row in claimed), key=lambda row: (row.not_before, row.id))


async def hold(tx: Transaction, outgoing_id: int, now: int) -> None:
    """Goes on sending it: it stays the caller's for LEASE seconds from `now` on."""
    await tx.run("hold_claim", id=outgoing_id, claimed_until=now + LEASE)


async def leaves(tx: Transaction, claimed: Outgoing) -> bool:
    """Its turn to leave has come; False where it was given up, and is not the caller's any more."""
    return bool(await tx.run("leaves_outbox", id=claimed.id, attempts=claimed.attempts))


async def settle(tx: Transaction, outgoing_id: int, status: Settled, now: int) -> bool:
    """Ends a sending; False if it was not under way. The text goes, except for `paused`.

    That of a group's `uncertain` post stays too, until somebody has looked (uncertain_posts).
    A row whose state was replaced meanwhile waits again with the new one.
    """
    settled = await tx.rows("settle_outbox", id=outgoing_id, status=status, settled_at=now)
    for row in settled:
        await tx.run("turn_of_chat", chat_id=row["chat_id"])
    return bool(settled)


async def postpone(tx: Transaction, outgoing_id: int, until: int) -> bool:
    """Puts a message back, and holds its chat `until` then (UTC epoch seconds), so order is kept.

    What is written for that chat meanwhile waits behind it.
    """
    returned = await tx.rows("return_to_outbox", id=outgoing_id)
    for row in returned:
        await tx.run("hold_chat", chat_id=row["chat_id"], held_until=until)
        await tx.run("turn_of_chat", chat_id=row["chat_id"])
    return bool(returned)


async def next_at(tx: Transaction) -> int | None:
    """The moment at which the next message is due (UTC epoch seconds), or None."""
    found = await tx.value("next_outbox_at")
    return None if found is None else int(found)


@immutable
class Due:
    """How many messages are due and could leave, and for how many seconds the oldest has been."""

    messages: int
    oldest_for: int


async def due(tx: Transaction, now: int) -> Due:
    """What of all chats is due at `now` (UTC epoch seconds), but where nothing may be written."""
    row = await tx.row("outbox_due", now=now)
    if row is None or row["oldest_at"] is None:
        return Due(0, 0)
    return Due(row["messages"], now - row["oldest_at"])


async def held(tx: Transaction, now: int) -> int:
    """How many messages wait for groups in which nothing may be written at `now`."""
    return int(await tx.value("outbox_held", now=now))


async def under_way(tx: Transaction) -> int:
    """How many messages are being sent at this moment."""
    return int(await tx.value("outbox_under_way"))


async def recover(tx: Transaction, now: int) -> list[Outgoing]:
    """What was given up before its turn to leave, or may be repeated, waits again.

    The others are uncertain. Given up: its lease has run out at `now`. Returns the uncertain ones.
    """
    lost: list[Outgoing] = []
    for row in await tx.rows("interrupted_sendings", now=now):
        if row["repeatable"] or not row["leaving"]:
            await tx.rows("return_to_outbox", id=row["id"])
            await tx.run("turn_of_chat", chat_id=row["chat_id"])
        else:
            await settle(tx, row["id"], "uncertain", now)
            if not row["renewed"]:
                lost.append(_outgoing(row))
    return lost


async def expire(tx: Transaction, now: int) -> list[Outgoing]:
    """Drops what nobody needs any more at `now`; these, those of groups with their last words."""
    dropped = await tx.rows("expire_outbox", now=now)
    for chat_id in sorted({row["chat_id"] for row in dropped}):
        await tx.run("turn_of_chat", chat_id=chat_id)
    return await _last_words(tx, dropped, now)


async def give_up_held_back(tx: Transaction, before: int, now: int) -> list[Outgoing]:
    """Drops what was held back from a group since before that moment; these, with their words."""
    dropped = await tx.rows("give_up_held_back", before=before, now=now)
    return await _last_words(tx, dropped, now)


async def _last_words(tx: Transaction, dropped: Sequence[Row], now: int) -> list[Outgoing]:
    """What was dropped at `now`; its text is nowhere else from then on."""
    if any(row["payload"] is not None for row in dropped):
        await tx.run("wipe_dropped", now=now)
    return sorted((_outgoing(row) for row in dropped), key=lambda row: row.id)


async def prune(tx: Transaction, before: int) -> int:
    """Forgets what was settled, or held back for a blocked chat, before that moment; how many.

    Their keys go too: who was written to, and about what, is nobody's business for ever.
    """
    return await tx.run("prune_outbox", before=before)


def _outgoing(row: Row) -> Outgoing:
    return Outgoing(
        id=row["id"],
        key=row["key"],
        chat_id=row["chat_id"],
        centre_id=row["centre_id"],
        ref=row["ref"],
        payload=row["payload"] or "",
        not_before=row["not_before"],
        expires_at=row["expires_at"],
        repeatable=bool(row["repeatable"]),
        attempts=row["attempts"],
        faults=row["faults"],
    )

"""Which of Telegram's updates were dealt with: the mark that makes each count once."""

from __future__ import annotations

from storage.engine.transaction import Transaction


async def mark(tx: Transaction, bot_id: int, update_id: int, at: int) -> bool:
    """Marks an update as processed at `at` (UTC epoch seconds); False if it was marked already.

    In the same transaction as the update's effects, and before them.
    """
    return bool(
        await tx.run("mark_update", bot_id=bot_id, update_id=update_id, status="processed", at=at)
    )


def mark_first(tx: Transaction, bot_id: int, update_id: int, at: int) -> None:
    """As `mark`, along with the transaction's next query; NothingDone if it was marked already."""
    tx.precede("mark_update", bot_id=bot_id, update_id=update_id, status="processed", at=at)


async def mark_failed(tx: Transaction, bot_id: int, update_id: int, at: int) -> bool:
    """Marks an update that can't be dealt with; False if it was processed after all.

    False comes when the deadline ran out while the commit was on its way: the update's effects
    are stored, and nobody should be told otherwise.
    """
    return bool(
        await tx.run("mark_update", bot_id=bot_id, update_id=update_id, status="failed", at=at)
    )


async def has_failed(tx: Transaction, bot_id: int, update_id: int) -> bool:
    """Whether it is marked as one that can't be dealt with: nothing of it is stored."""
    return await tx.value("update_has_failed", bot_id=bot_id, update_id=update_id) is not None


async def note_alive(tx: Transaction, at: int) -> None:
    """Notes that the bot works at `at` (UTC epoch seconds), also while nobody writes to it."""
    await tx.run("note_alive", at=at)


async def last_alive(tx: Transaction) -> int | None:
    """The last moment at which the bot is known to have worked; None before its first."""
    found = await tx.value("last_alive")
    return None if found is None else int(found)


async def prune(tx: Transaction, before: int) -> int:
    """Forgets the marks older than `before` (UTC epoch seconds); how many they were."""
    return await tx.run("prune_updates", before=before)

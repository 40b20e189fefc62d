"""The state of a conversation: one row a person, so that a restart goes on where it was."""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Transaction


@immutable
class Draft:
    """A conversation under way: of which `kind`, about which centre, at which `step`.

    The `content` was sealed with its writer's key. `updated_at`: UTC epoch seconds. `message_id` is
    the last message that had Telegram's full length: what follows at once is the rest of the same
    text.
    """

    telegram_id: int
    centre_id: int | None
    kind: str
    step: str
    content: bytes | None
    message_id: int | None
    updated_at: int


async def save(tx: Transaction, draft: Draft) -> None:
    """Keeps the conversation; it takes the place of any other of this person."""
    await tx.run(
        "save_draft",
        telegram_id=draft.telegram_id,
        centre_id=draft.centre_id or 0,
        kind=draft.kind,
        step=draft.step,
        content=draft.content,
        message_id=draft.message_id,
        updated_at=draft.updated_at,
    )


async def find(tx: Transaction, telegram_id: int) -> Draft | None:
    """The conversation this person is in, or None."""
    row = await tx.row("draft_of", telegram_id=telegram_id)
    if row is None:
        return None
    return Draft(
        telegram_id=row["telegram_id"],
        centre_id=row["centre_id"] or None,
        kind=row["kind"],
        step=row["step"],
        content=row["content"],
        message_id=row["message_id"],
        updated_at=row["updated_at"],
    )


async def remove(tx: Transaction, telegram_id: int) -> bool:
    """Ends the conversation and forgets what was written; False if there was none."""
    return bool(await tx.run("remove_draft", telegram_id=telegram_id))


async def end(tx: Transaction, centre_id: int, kind: str, step: str) -> int:
    """Ends all of a centre's conversations of a kind whose step begins like this; how many."""
    return await tx.run(
        "remove_drafts_at", centre_id=centre_id, kind=kind, step=step, length=len(step)
    )

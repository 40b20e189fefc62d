"""A centre being set up in its group: what the operator has chosen so far."""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Transaction


@immutable
class Setup:
    """What is known of the centre to be; None is still to be chosen."""

    chat_id: int
    language: str | None
    zone: str | None
    name: str | None = None


async def find(tx: Transaction, chat_id: int) -> Setup | None:
    """The setup under way in this group, or None."""
    row = await tx.row("setup_of", chat_id=chat_id)
    return Setup(row["chat_id"], row["language"], row["zone"], row["name"]) if row else None


async def begin(tx: Transaction, chat_id: int, at: int) -> None:
    """Opens a setup in this group at `at` (UTC epoch seconds); one under way stays as it is."""
    await tx.run("begin_setup", chat_id=chat_id, at=at)


async def choose_language(tx: Transaction, chat_id: int, language: str, at: int) -> bool:
    """Notes the centre's language; False where no setup is under way."""
    return bool(await tx.run("choose_setup_language", chat_id=chat_id, language=language, at=at))


async def choose_zone(tx: Transaction, chat_id: int, zone: str, at: int) -> bool:
    """Notes the centre's IANA time zone; False where no setup is under way."""
    return bool(await tx.run("choose_setup_zone", chat_id=chat_id, zone=zone, at=at))


async def propose_name(tx: Transaction, chat_id: int, name: str, at: int) -> None:
    """Notes what the centre shall be called, while it is asked whether two may be called so."""
    await tx.run("propose_setup_name", chat_id=chat_id, name=name, at=at)


async def end(tx: Transaction, chat_id: int) -> bool:
    """Forgets the setup; False where none was under way, so that only one press ends it."""
    return bool(await tx.run("end_setup", chat_id=chat_id))


async def move(tx: Transaction, chat_id: int, new_chat_id: int) -> None:
    """Follows a group that became a supergroup with a new id."""
    await tx.run("move_setup", chat_id=chat_id, new_chat_id=new_chat_id)

"""Whom the bot has met on Telegram: language, current centre, whether it may write to them."""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction


@immutable
class Person:
    """Somebody on Telegram; `writable` is False after they blocked the bot.

    `language`: a code (en, it, de). `created_at`: when they were met first (UTC epoch seconds).
    """

    telegram_id: int
    language: str
    current_centre_id: int | None
    writable: bool
    created_at: int


async def meet(tx: Transaction, telegram_id: int, language: str, now: int) -> bool:
    """Notes a person with the language Telegram tells; False if they were known already."""
    return bool(
        await tx.run("meet_person", telegram_id=telegram_id, language=language, created_at=now)
    )


async def find(tx: Transaction, telegram_id: int) -> Person | None:
    """The person, or None if the bot never met them."""
    row = await tx.row("person", telegram_id=telegram_id)
    return None if row is None else _person(row)


async def of_member(tx: Transaction, member_id: int | None) -> Person | None:
    """Whom to write to about what a member did; None for nobody, and for who has left."""
    row = await tx.row("person_of_member", member_id=member_id)
    return None if row is None else _person(row)


async def set_language(tx: Transaction, telegram_id: int, language: str) -> bool:
    """Speaks another language from now on; False for a person never met."""
    return bool(await tx.run("set_person_language", telegram_id=telegram_id, language=language))


async def current_centre(tx: Transaction, telegram_id: int) -> int | None:
    """The centre a private chat is about: the chosen one, else the first joined, else None."""
    centre_id = await tx.value("current_centre_of", telegram_id=telegram_id)
    if centre_id is None:
        centre_id = await tx.value("first_centre_of", telegram_id=telegram_id)
    return None if centre_id is None else int(centre_id)


async def set_current_centre(tx: Transaction, telegram_id: int, centre_id: int | None) -> bool:
    """Chooses the centre of the private chat; False for a person never met."""
    return bool(await tx.run("set_current_centre_of", telegram_id=telegram_id, centre_id=centre_id))


async def leave_centre(tx: Transaction, telegram_id: int, centre_id: int) -> None:
    """The private chat is about this centre no longer."""
    await tx.run("leave_current_centre", telegram_id=telegram_id, centre_id=centre_id)


async def set_writable(tx: Transaction, telegram_id: int, writable: bool) -> bool:
    """Notes whether Telegram lets the bot write to them; False for a person never met."""
    return bool(
        await tx.run("set_person_writable", telegram_id=telegram_id, writable=int(writable))
    )


async def set_reached(tx: Transaction, telegram_id: int) -> bool:
    """Notes that something has reached them; False where nothing stood against it."""
    return bool(await tx.run("set_person_reached", telegram_id=telegram_id))


def _person(row: Row) -> Person:
    return Person(
        telegram_id=row["telegram_id"],
        language=row["language"],
        current_centre_id=row["current_centre_id"],
        writable=bool(row["writable"]),
        created_at=row["created_at"],
    )

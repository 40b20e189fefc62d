"""The centres: one group chat each, with its language, time zone, help page and quorum."""

from __future__ import annotations

from fractions import Fraction
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.immutable import immutable
from storage import messages, outbox_chats
from storage.engine.transaction import Row, Transaction


@immutable
class Destination:
    """Where a centre's posts go, as the outbox writes it down, and whose posts they are."""

    chat_id: int
    centre_id: int


@immutable
class Centre:
    """A co-produced centre.

    `chat_id`: its group. `language`: a code (en, it, de); `zone`: an IANA time zone. `contact` is
    the text of its help page, found right at `contact_verified_at` (UTC epoch seconds); both None
    where nothing was written. `quorum`: the share of those entitled that is usual here, 0 to 1.
    """

    id: int
    chat_id: int
    name: str
    language: str
    zone: str
    contact: str | None
    contact_verified_at: int | None
    quorum: Fraction
    created_at: int

    @property
    def destination(self) -> Destination:
        """Its group's chat."""
        return Destination(self.chat_id, self.id)

    @property
    def clock(self) -> ZoneInfo:
        """The time zone, for what is reckoned in the centre's local time."""
        return ZoneInfo(self.zone)

    def waits_until(self, moment: int) -> int:
        """The moment itself, or the end of the centre's quiet hours (UTC epoch seconds)."""
        return quiet_hours.waits_until(moment, self.clock)


async def add(
    tx: Transaction,
    *,
    chat_id: int,
    name: str,
    language: str,
    zone: str,
    now: int,
    topic: int | None = None,
) -> Centre:
    """Makes the centre of a group; raises Conflict if the group has one already.

    `topic`: where in the group it posts, as in post_in().
    """
    row = await tx.row(
        "add_centre",
        chat_id=chat_id,
        topic=topic,
        name=name,
        language=language,
        zone=zone,
        created_at=now,
    )
    assert row is not None  # noqa: S101  (RETURNING after an INSERT)
    return from_row(row)


async def get(tx: Transaction, centre_id: int) -> Centre:
    """The centre; raises LookupError if there is none of that id."""
    row = await tx.row("centre", id=centre_id)
    if row is None:
        raise LookupError(f"no centre {centre_id}")
    return from_row(row)


async def by_chat(tx: Transaction, chat_id: int) -> Centre | None:
    """The centre of a group chat, or None."""
    row = await tx.row("centre_of_chat", chat_id=chat_id)
    return from_row(row) if row else None


async def of_person(tx: Transaction, telegram_id: int) -> list[Centre]:
    """The centres in which a person takes part, in order of id."""
    return [from_row(row) for row in await tx.rows("centres_of", telegram_id=telegram_id)]


async def every(tx: Transaction) -> list[Centre]:
    """All centres, in order of id."""
    return [from_row(row) for row in await tx.rows("all_centres")]


async def called(tx: Transaction, name: str) -> list[Centre]:
    """The centres that are called so, in capitals or not, in order of id."""
    wanted = name.casefold()
    return [each for each in await every(tx) if each.name.casefold() == wanted]


async def rename(tx: Transaction, centre_id: int, name: str) -> None:
    """Calls the centre so from now on; the name is clean already (assembly.wording.centre)."""
    await tx.run("rename_centre", id=centre_id, name=name)


async def set_language(tx: Transaction, centre_id: int, language: str) -> None:
    """Speaks this language (en, it, de) in the centre's group from now on."""
    await tx.run("set_centre_language", id=centre_id, language=language)


async def set_zone(tx: Transaction, centre_id: int, zone: str) -> None:
    """Its clocks show this IANA zone's time from now on; the caller plans anew what follows."""
    await tx.run("set_centre_zone", id=centre_id, zone=zone)


async def set_contact(tx: Transaction, centre_id: int, contact: str | None, now: int) -> None:
    """Changes the help page's text, verified at `now` (UTC epoch seconds)."""
    verified_at = None if contact is None else now
    await tx.run(
        "set_centre_contact", id=centre_id, contact=contact, contact_verified_at=verified_at
    )


async def topic_of(tx: Transaction, chat_id: int) -> int | None:
    """Telegram's id of the topic in which a group's centre posts.

    None for the general one, for a group without topics, and for one without a centre.
    """
    found = await tx.value("topic_of_chat", chat_id=chat_id)
    return None if found is None else int(found)


async def post_in(tx: Transaction, chat_id: int, topic: int | None) -> bool:
    """Lets a group's centre post in this topic from now on; False if the group has no centre.

    What waits to be posted goes there too.
    """
    return bool(await tx.run("set_topic_of_chat", chat_id=chat_id, topic=topic))


async def move(tx: Transaction, chat_id: int, new_chat_id: int) -> bool:
    """Follows a group that became a supergroup with a new id; False if it is no centre's.

    What waits to be sent goes to the new id, to its general topic. The old group's messages can't
    be edited any more, so their places are forgotten.
    """
    moved = await tx.run("move_centre", chat_id=chat_id, new_chat_id=new_chat_id)
    if moved:
        await outbox_chats.move_chat(tx, chat_id, new_chat_id)
        await messages.forget_chat(tx, chat_id)
    return bool(moved)


async def move_to(tx: Transaction, centre_id: int, chat_id: int, topic: int | None) -> None:
    """Its group is this chat from now on, where it posts in this topic, as in post_in().

    Raises Conflict where that is the group of another centre.
    """
    await tx.run("move_centre_to", id=centre_id, chat_id=chat_id, topic=topic)


def from_row(row: Row, prefix: str = "") -> Centre:
    """A centre from a row whose columns may carry a prefix, as in a join."""
    return Centre(
        id=row[prefix + "id"],
        chat_id=row[prefix + "chat_id"],
        name=row[prefix + "name"],
        language=row[prefix + "language"],
        zone=row[prefix + "zone"],
        contact=row[prefix + "contact"],
        contact_verified_at=row[prefix + "contact_verified_at"],
        quorum=Fraction(row[prefix + "quorum_numerator"], row[prefix + "quorum_denominator"]),
        created_at=row[prefix + "created_at"],
    )

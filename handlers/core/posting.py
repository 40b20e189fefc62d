"""Posting: what is written into the outbox, to a person or to a centre's group.

Nobody else asks where the posts of a centre go: `post_to_group` and its neighbours do.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.core import poll as polls
from handlers.core.poll import BRIEFEST, Poll
from handlers.core.screen import Screen, dump, dump_bare
from storage import messages, outbox
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.messages import Place

COALESCE = 6  # seconds: a live message is edited no more often than this


@dataclass(slots=True)
class Posting:
    """Writes into the outbox, in an open transaction and at its moment (UTC epoch seconds).

    A key is used once: where it was used before, nothing is written and the answer is False. With
    `ref`, the message's id is remembered under that name once it is sent. `not_before` and
    `expires_at` are UTC epoch seconds: when it is due (now if not told), and from when on it is
    dropped unsent.

    Buttons die with what they belong to. So a post with buttons that are presses has a `ref`, by
    which it loses them in time, or says in `lasting` why they hold for as long as it stands.
    """

    tx: Transaction
    now: int

    async def post(
        self,
        key: str,
        telegram_id: int,
        screen: Screen,
        *,
        centre_id: int | None = None,
        ref: str | None = None,
        lasting: str = "",
        not_before: int | None = None,
        expires_at: int | None = None,
        repeatable: bool = False,
    ) -> bool:
        """Write to a person, in their own chat.

        `repeatable`: to read it twice does no harm, not to read it does. Where nobody can know
        whether it arrived, it is sent again.
        """
        _check_person(telegram_id)
        _check_buttons(screen, ref, lasting)
        return await outbox.add(
            self.tx,
            key=key,
            chat_id=telegram_id,
            payload=dump(screen),
            now=self.now,
            not_before=not_before,
            expires_at=expires_at,
            ref=ref,
            centre_id=centre_id,
            repeatable=repeatable,
        )

    async def post_to_group(
        self,
        centre: Centre,
        key: str,
        screen: Screen,
        *,
        ref: str | None = None,
        lasting: str = "",
        not_before: int | None = None,
        expires_at: int | None = None,
    ) -> bool:
        """Post to the centre's group. Raises ValueError for a screen that is not public."""
        _check_public(screen)
        _check_buttons(screen, ref, lasting)
        to = centre.destination
        return await outbox.add(
            self.tx,
            key=key,
            chat_id=to.chat_id,
            payload=dump(screen),
            now=self.now,
            not_before=not_before,
            expires_at=expires_at,
            ref=ref,
            centre_id=to.centre_id,
        )

    async def post_poll_to_group(self, centre: Centre, key: str, poll: Poll) -> bool:
        """Post a poll of Telegram's own to the centre's group.

        What becomes of it is not remembered: Telegram closes it, and nobody asks how it went.
        """
        to = centre.destination
        return await outbox.add(
            self.tx,
            key=key,
            chat_id=to.chat_id,
            payload=polls.dump(poll),
            now=self.now,
            expires_at=poll.closes_at - BRIEFEST,
            centre_id=to.centre_id,
        )

    async def repost(
        self, ref: str, telegram_id: int, screen: Screen, *, centre_id: int | None = None
    ) -> None:
        """Bring a person's message remembered under `ref` up to date; the latest state wins."""
        _check_person(telegram_id)
        await self._edit(ref, telegram_id, centre_id, screen, None)

    async def repost_to_group(
        self, centre: Centre, ref: str, screen: Screen, *, not_before: int | None = None
    ) -> None:
        """Bring the group's message remembered under `ref` up to date; the latest state wins.

        It waits COALESCE seconds beyond `not_before`, so that several changes are one edit.
        Raises ValueError for a screen that is not public.
        """
        _check_public(screen)
        to = centre.destination
        await self._edit(ref, to.chat_id, to.centre_id, screen, not_before)

    async def remember(self, ref: str, place: Place) -> None:
        """Note where the message called `ref` is; one that it supersedes loses its buttons."""
        old = await messages.find(self.tx, ref)
        await messages.remember(self.tx, ref, place.chat_id, place.message_id)
        superseded = old is not None and old != place and old.chat_id == place.chat_id
        if old is not None and superseded and not await messages.is_named(self.tx, old):
            await self.take_buttons(old)

    async def take_buttons(self, place: Place) -> None:
        """Leave a message its words alone: what it belongs to is over, or stands below."""
        await outbox.replace(
            self.tx,
            key=f"edit:bare:{place.chat_id}:{place.message_id}",
            chat_id=place.chat_id,
            payload=dump_bare(place.message_id),
            now=self.now,
        )

    async def retire_cards(self, prefix: str) -> None:
        """Take the buttons of all messages whose names begin like this, and forget them."""
        for place in await messages.take_cards(self.tx, prefix):
            await self.take_buttons(place)

    async def _edit(
        self,
        ref: str,
        chat_id: int,
        centre_id: int | None,
        screen: Screen,
        not_before: int | None,
    ) -> None:
        await outbox.replace(
            self.tx,
            key=f"edit:{ref}",
            chat_id=chat_id,
            payload=dump(screen, edit=True),
            now=self.now,
            not_before=(self.now if not_before is None else not_before) + COALESCE,
            ref=ref,
            centre_id=centre_id,
        )


def _check_person(telegram_id: int) -> None:
    if telegram_id < 0:
        raise ValueError("a person's own chat has their id; a group's posts go to its centre")


def _check_buttons(screen: Screen, ref: str | None, lasting: str) -> None:
    presses = any(button.press is not None for row in screen.buttons for button in row)
    if presses and (ref is None) == (lasting == ""):
        raise ValueError("buttons have an end, by a name, or say why they have none; not both")


def _check_public(screen: Screen) -> None:
    if not screen.public:
        raise ValueError("only public screens may stand in a group")

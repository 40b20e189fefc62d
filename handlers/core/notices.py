"""What facilitators are told about the bot's own troubles: privately, and never about a person."""

from __future__ import annotations

import json
import logging
from functools import partial

from markupsafe import Markup, escape

from handlers.core import unheard
from handlers.core.names import shortened
from handlers.core.screens import barred
from handlers.core.screens import uncertain_posts as screens
from handlers.core.speech import Speech
from handlers.core.unit_of_work import Toast, UnitOfWork
from storage import (
    barred_chats,
    centres,
    messages,
    outbox_chats,
    uncertain_posts,
)
from storage.barred_chats import Bar
from storage.centres import Centre
from storage.outbox import Outgoing

log = logging.getLogger(__name__)

UNCERTAIN, BARRED, LOST = "uncertain", "barred", "lost"
_CAUSES = {
    Bar.OUT: "Voci was put out of it, or it is gone",
    Bar.RIGHTS: "the right to write was taken",
    Bar.TOPIC: "the topic is closed or deleted",
    Bar.PACE: "Telegram lets it wait",
}
QUOTED = 200  # characters of a post, enough to know it again


async def report_uncertain(unit: UnitOfWork, row: Outgoing) -> None:
    """Ask the facilitators whether a post to their group is there, each time it is uncertain."""
    if row.centre_id is None:
        return
    centre = await centres.get(unit.tx, row.centre_id)
    await unheard.tell_facilitators(
        unit,
        centre,
        f"{UNCERTAIN}:{row.id}:{row.attempts}",
        lambda speak: screens.perhaps_not_posted(
            speak, centre.name, quoted(row), centre.id, row.id
        ),
        ref=partial(uncertain_ref, row.id),
    )


async def give_up_uncertain(unit: UnitOfWork, before: int) -> None:
    """Posts about which nobody answered, uncertain since `before` or useless by now: say so."""
    for outgoing_id, centre_id in await uncertain_posts.give_up(unit.tx, before, unit.now):
        centre = await centres.get(unit.tx, centre_id)
        for asked in await messages.under(unit.tx, f"{UNCERTAIN}:{outgoing_id}:", centre_id):
            said = screens.too_late(Speech.of(centre, asked.language))
            await unit.repost(asked.ref, asked.chat_id, said, centre_id=centre_id)


async def report_barred(
    unit: UnitOfWork, chat_id: int, by: Bar = Bar.RIGHTS, until: int | None = None
) -> None:
    """Tell the facilitators that their group can't be written to: once, until it can again.

    `until`: the moment that Telegram named, in UTC epoch seconds, where it is its PACE.
    """
    if chat_id > 0 or not await barred_chats.bar(unit.tx, chat_id, unit.now):
        return
    centre = await centres.by_chat(unit.tx, chat_id)
    if centre is None:
        return
    log.warning("centre %d: its group can't be written to: %s", centre.id, _CAUSES[by])
    waiting = await outbox_chats.waiting(unit.tx, chat_id, unit.now)
    await unheard.tell_facilitators(
        unit,
        centre,
        f"{BARRED}:{centre.id}:{unit.now}",
        lambda speak: barred.may_not_write(speak, centre.name, by, waiting, until),
    )


async def report_unreached(unit: UnitOfWork, row: Outgoing) -> None:
    """One of these notices can't be delivered, as it turns out: perhaps nobody is left."""
    if row.centre_id is not None and row.key.partition(":")[0] in (UNCERTAIN, BARRED, LOST):
        await unheard.tell_operators(unit, await centres.get(unit.tx, row.centre_id))


async def let_in(unit: UnitOfWork, chat_id: int) -> bool:
    """This group can be written to, as a post shows that arrived, or Telegram tells.

    False where that was known.
    """
    since = await barred_chats.let_in(unit.tx, chat_id)
    if since is None:
        return False
    centre = await centres.by_chat(unit.tx, chat_id)
    if centre is not None:
        waited = unit.now - since
        log.info("centre %d: its group can be written to again, after %d s", centre.id, waited)
    return True


async def may_write(unit: UnitOfWork, centre: Centre) -> bool:
    """Whether what is posted to the group arrives now; otherwise it waits until it may."""
    return not await barred_chats.is_barred(unit.tx, centre.destination.chat_id)


async def on_its_way(unit: UnitOfWork, centre: Centre, speak: Speech) -> Markup:
    """What a facilitator is told who has just posted something to the group."""
    if await may_write(unit, centre):
        return speak("It is on its way to the group.")
    return _waits(speak)


async def say_if_it_waits(unit: UnitOfWork, centre: Centre, speak: Speech) -> None:
    """The same where the screen says what was done: a word only if the group can't read it yet."""
    if not await may_write(unit, centre):
        unit.toast = Toast(_waits(speak).unescape(), alert=True)


def _waits(speak: Speech) -> Markup:
    return speak("I may not write in the group just now. It is kept, and comes when I may.")


def uncertain_ref(outgoing_id: int, telegram_id: int) -> str:
    """The name of the message that asks a person about a post."""
    return f"{UNCERTAIN}:{outgoing_id}:{telegram_id}"


def quoted(row: Outgoing) -> str:
    """How the post begins; names keep their marks, so that erasing finds them here too.

    Of one that this version can't read, only that: nobody is told less of the others for it.
    """
    try:
        data = json.loads(row.payload)
        text = data["text"]
    except (ValueError, KeyError, TypeError):
        return "…"
    plain = Markup(escape(text) if "poll" in data else text).striptags()  # noqa: S704
    return shortened(plain, QUOTED)

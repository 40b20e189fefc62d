"""What facilitators read of those who ask to join: one message that gathers, once an hour at most.

The row that waits to be sent names nobody: what it says is looked up at the moment of sending. So
whoever forgets what they asked is not told of over night.
"""

from __future__ import annotations

from collections.abc import Callable

from assembly import asking
from assembly.invitation import needs_confirmation
from handlers.core.names import marked
from handlers.core.screen import Screen, dump
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.membership.screens import answering_requests as answers
from storage import (
    centres,
    facilitators,
    gathered_posts,
    join_requests,
    members,
    messages,
    outbox_changes,
)
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.facilitators import Facilitator
from storage.join_requests import JoinRequest
from storage.outbox import Outgoing

PREFIX = "requests"


def ref(centre_id: int, telegram_id: int) -> str:
    """Under this name a facilitator's message about requests is remembered."""
    return f"{PREFIX}:{centre_id}:{telegram_id}"


async def tell(unit: UnitOfWork, centre: Centre) -> None:
    """Somebody has asked: each facilitator gets a message, if none is on its way already.

    Until then the last one says it too, without a sound.
    """
    contacts = await facilitators.contacts(unit.tx, centre.id, unit.now)
    for contact in contacts:
        name = ref(centre.id, contact.telegram_id)
        latest = await gathered_posts.latest(unit.tx, f"{name}:")
        at = centre.waits_until(asking.tell_at(latest.settled_at, unit.now))
        if not latest.waits:
            await unit.post(
                f"{name}:{unit.now}",
                contact.telegram_id,
                answers.somebody_asks(Speech.of(centre, contact.language), centre.name),
                centre_id=centre.id,
                ref=name,
                not_before=at,
            )
        if latest.waits or at > unit.now:
            await _bring_up_to_date(unit, centre, contact, len(contacts))


async def at_sending(row: Outgoing, unit: UnitOfWork) -> str | None:
    """What waits for an answer then; None where nothing does, or the duty has ended."""
    contacts = await facilitators.contacts(unit.tx, row.centre_id or 0, unit.now)
    contact = next((each for each in contacts if each.telegram_id == row.chat_id), None)
    if contact is None:
        return None
    centre = await centres.get(unit.tx, row.centre_id or 0)
    found = await gathered(unit.tx, centre, Speech.of(centre, contact.language), len(contacts))
    return dump(found) if found is not None else None


async def take_back(unit: UnitOfWork, centre: Centre) -> None:
    """Whoever asked has had it forgotten: no facilitator reads of it any more."""
    await renew(unit, centre, None, lambda speak: answers.taken_back(speak, centre.name))


async def renew(
    unit: UnitOfWork,
    centre: Centre,
    but_for: int | None = None,
    instead: Callable[[Speech], Screen] | None = None,
) -> None:
    """Bring the messages up to date, all but one person's, who sees it on the screen.

    Where nobody asks any more they say what is said `instead`, or so.
    """
    contacts = await facilitators.contacts(unit.tx, centre.id, unit.now)
    for contact in contacts:
        if contact.telegram_id == but_for:
            edits = f"edit:{ref(centre.id, contact.telegram_id)}"
            await outbox_changes.drop_unsent(unit.tx, edits)
        else:
            await _bring_up_to_date(unit, centre, contact, len(contacts), instead)


async def _bring_up_to_date(
    unit: UnitOfWork,
    centre: Centre,
    contact: Facilitator,
    number: int,
    instead: Callable[[Speech], Screen] | None = None,
) -> None:
    """What this facilitator was told says now what holds; what waits to be changed goes first."""
    name = ref(centre.id, contact.telegram_id)
    await outbox_changes.drop_unsent(unit.tx, f"edit:{name}")
    if await messages.find(unit.tx, name) is None:
        return
    speak = Speech.of(centre, contact.language)
    screen = await gathered(unit.tx, centre, speak, number)
    if screen is None:
        screen = instead(speak) if instead else answers.nobody_asks(speak, centre.name)
    await unit.repost(name, contact.telegram_id, screen, centre_id=centre.id)


async def gathered(tx: Transaction, centre: Centre, speak: Speech, number: int) -> Screen | None:
    """All that waits in a centre of so many facilitators; None where nothing does."""
    asked = await join_requests.open_ones(tx, centre.id)
    if len(asked) == 1:
        return await alone(tx, centre, speak, asked[0], number, others=False)
    return answers.several(speak, centre, asked) if asked else None


async def alone(
    tx: Transaction,
    centre: Centre,
    speak: Speech,
    request: JoinRequest,
    number: int,
    *,
    others: bool,
) -> Screen:
    """One request as it stands; `others`: whether more wait."""
    first = await members.get(tx, request.welcomed_by) if request.welcomed_by else None
    return answers.request(
        speak,
        centre.name,
        request,
        takes_two=needs_confirmation(request.role, False, number),
        first=marked(first.telegram_id, first.name) if first is not None else None,
        others=others,
    )

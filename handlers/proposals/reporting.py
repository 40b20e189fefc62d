"""Telling facilitators what somebody says hurts: the same to each of them who can judge it."""

from __future__ import annotations

from collections.abc import Callable

from handlers.core.context import Context
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from storage import facilitators


async def tell_facilitators(
    key: str,
    screen: Callable[[Speech], Screen],
    context: Context,
    *,
    lasting: str,
    judges: Callable[[int], bool],
) -> list[int]:
    """Posts it to each facilitator who `judges`, once under the key; their ids as members."""
    centre, told = context.centre, []
    for contact in await facilitators.contacts(context.tx, centre.id, context.now):
        if not judges(contact.member_id):
            continue
        told.append(contact.member_id)
        await context.unit.post(
            f"{key}:{contact.telegram_id}",
            contact.telegram_id,
            screen(Speech.of(centre, contact.language)),
            centre_id=centre.id,
            lasting=lasting,
            not_before=centre.waits_until(context.now),
        )
    return told

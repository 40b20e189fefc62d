"""Telling people that they are asked anew: the words are new, or another body is responsible."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.core.screens import asking_anew as screens
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import centres, consents, members, people


async def ask(unit: UnitOfWork, member_ids: Iterable[int]) -> None:
    """Tell these members that they are asked anew, each in their own chat, not at night."""
    for member_id in sorted(set(member_ids)):
        member = await members.get(unit.tx, member_id)
        person = await people.find(unit.tx, member.telegram_id) if member else None
        if member is None or member.status != "active" or person is None:
            continue
        centre = await centres.get(unit.tx, member.centre_id)
        await unit.post(
            f"agreement:{member.id}:{unit.now}",
            member.telegram_id,
            screens.told(Speech.of(centre, person.language), centre),
            centre_id=centre.id,
            not_before=centre.waits_until(unit.now),
            lasting="it leads to the question while it is open, and home after",
        )


async def ask_everybody(unit: UnitOfWork, centre_id: int) -> None:
    """Another body is responsible: what everybody agreed to rests, and they are asked."""
    await ask(unit, await consents.rest_all(unit.tx, centre_id))


async def ask_about_new_words(unit: UnitOfWork) -> None:
    """At start: whoever agreed to older words is asked, once."""
    await ask(unit, await consents.rest_older(unit.tx))

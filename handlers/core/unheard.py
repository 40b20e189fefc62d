"""The facilitators are told of trouble with their group; where none can be reached, the operators.

What the facilitators should have read is about the group's posts. The operators see no content;
they hear that somebody has to look, once a day.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from handlers.core.screen import Screen
from handlers.core.screens import unheard as screens
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import facilitators, people
from storage.centres import Centre

log = logging.getLogger(__name__)

DAY = 86_400


async def tell_facilitators(
    unit: UnitOfWork,
    centre: Centre,
    key: str,
    screen: Callable[[Speech], Screen],
    ref: Callable[[int], str] | None = None,
) -> None:
    """Tell each in private, in their language and no night; the operators, where that is nobody.

    `key` and `ref` name the post and where it is: once for each of them, by their Telegram id.
    """
    for person in await facilitators.contacts(unit.tx, centre.id, unit.now):
        await unit.post(
            f"{key}:{person.telegram_id}",
            person.telegram_id,
            screen(Speech.of(centre, person.language)),
            centre_id=centre.id,
            ref=None if ref is None else ref(person.telegram_id),
            not_before=centre.waits_until(unit.now),
            repeatable=True,
        )
    await tell_operators(unit, centre)


async def tell_operators(unit: UnitOfWork, centre: Centre) -> None:
    """Tell them, unless a facilitator of the centre can be reached, or they have blocked Voci.

    Also those who are in no centre, and whom nobody has noted: Telegram refuses who never came.
    """
    for facilitator in await facilitators.contacts(unit.tx, centre.id, unit.now):
        if await _writable(unit, facilitator.telegram_id):
            return
    log.warning("centre %d: no facilitator can be reached", centre.id)
    for telegram_id in sorted(unit.services.operators):
        person = await people.find(unit.tx, telegram_id)
        if person is not None and not person.writable:
            continue
        language = centre.language if person is None else person.language
        await unit.post(
            f"unheard:{centre.id}:{unit.now // DAY}:{telegram_id}",
            telegram_id,
            screens.nobody_to_tell(Speech(language, centre.zone), centre.name),
            not_before=centre.waits_until(unit.now),
            repeatable=True,
        )


async def _writable(unit: UnitOfWork, telegram_id: int) -> bool:
    person = await people.find(unit.tx, telegram_id)
    return person is not None and person.writable

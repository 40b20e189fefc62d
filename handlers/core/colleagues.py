"""What one facilitator changed is told to the others: their work is open to each other."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from handlers.core.context import Context
from handlers.core.names import known_as, marked
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from storage import facilitators


async def tell_others(
    context: Context, key: str, told: Callable[[Speech, Markup], Screen], lasting: str = ""
) -> None:
    """Privately, each in their language, not in the quiet hours.

    `told` makes the screen, of the name of who did it; `key` says what it is about. `lasting`: why
    its buttons, if it has any, hold for as long as it stands.
    """
    centre, member = context.centre, context.member
    for person in await facilitators.contacts(context.tx, centre.id, context.now):
        if person.member_id == member.id:
            continue
        speak = Speech.of(centre, person.language)
        who = marked(member.telegram_id, known_as(member.name, speak))
        await context.unit.post(
            f"centre:{centre.id}:{key}:{context.now}:{person.telegram_id}",
            person.telegram_id,
            told(speak, who),
            centre_id=centre.id,
            lasting=lasting,
            not_before=centre.waits_until(context.now),
        )

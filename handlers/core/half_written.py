"""What is half-written is never let go in silence: each conversation that begins asks here first.

A person is in one conversation at a time (storage/drafts.py), so the next one takes the place of
the one before.
"""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.navigation import Instead
from handlers.core.press import SEPARATOR, Press, decode
from handlers.core.registration import unsent
from handlers.core.screens import half_written as screens
from storage import drafts

DOT = "."  # stands for the separator where a press carries another one


async def asks_first(press: Press, context: Context, *, same: str = "") -> bool:
    """Whether something half-written would go: then the person is asked, and nothing has begun yet.

    `press` is what they want to begin; it is pressed once more where they let the other go. A
    conversation of the kind `same` is the one that goes on, so nothing is lost of it.
    """
    draft = await drafts.find(context.tx, context.who().id)
    if draft is None or draft.kind == same or draft.kind not in unsent or draft.content is None:
        return False
    words = None
    if context.presser is not None and draft.centre_id == context.centre.id:
        words = await unsent[draft.kind](context)
        if words is None:
            return False
    then = Instead(press.encode().replace(SEPARATOR, DOT))
    context.show(screens.half_written(context.speak, words, then), reply=True)
    return True


def wanted(press: Instead) -> Press:
    """What was wanted when the question came up. Raises StalePress where that is no press."""
    return decode(press.then.replace(DOT, SEPARATOR))

"""What stands at the foot of what hangs on the wall: how to take part."""

from __future__ import annotations

from handlers.core.printouts.printout import Code
from handlers.core.speech import Speech


def to_join(link: str, speak: Speech) -> Code:
    """The way in, for whoever stands before the wall with a phone, and for who has none."""
    words = speak("Would you like to take part? Scan this with a phone, or ask a facilitator.")
    return Code(link, words)

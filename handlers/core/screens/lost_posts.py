"""What facilitators read of posts to their group that were never there, and won't come."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from markupsafe import Markup

from handlers.core.names import shortened
from handlers.core.screen import Screen, lines, paragraphs
from handlers.core.speech import Speech

MOST_QUOTED = 3
QUOTED = 60  # characters of each: two lines on a phone


class Why(Enum):
    """What kept a post from the group for good."""

    TOO_LATE = "too late"
    REFUSED = "refused"


def not_posted(speak: Speech, centre: str, quoted: Sequence[str], why: Why) -> Screen:
    """How these posts begin, the first few of them, and why nobody will read them there."""
    shown = [Markup("<i>{}</i>").format(shortened(each, QUOTED)) for each in quoted[:MOST_QUOTED]]
    more = len(quoted) - len(shown)
    return Screen(
        paragraphs(
            speak.many(
                "This message did not get to the group of {centre}:",
                "{n} messages did not get to the group of {centre}:",
                len(quoted),
                centre=centre,
            ),
            lines(
                *shown,
                speak.many("And one more message.", "And {n} more messages.", more)
                if more
                else None,
            ),
            _why(speak, why),
            speak("Please tell the group what it should know, or agree who of you does."),
        )
    )


def _why(speak: Speech, why: Why) -> Markup:
    if why is Why.TOO_LATE:
        return speak("Voci could not write there in time; by now it would come too late.")
    return speak("Telegram said no. Whoever runs Voci can see why.")

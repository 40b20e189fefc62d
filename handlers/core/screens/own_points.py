"""What Voci calls the points with which assemblies begin, for whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assembly.openings import Opening
from handlers.core.speech import LANGUAGES, Speech, later

MINUTES = later("Minutes of the last time: all right?")
TITLES = {
    Opening.ROUND: later("How is everybody?"),
    Opening.FOLLOW_UP: later("What we decided, and what became of it"),
    Opening.REPORTS: later("What the groups report"),
}


def as_read(title: str, speak: Speech) -> str:
    """A point's title for a reader: Voci's own words in their language, people's as they are.

    An agenda is fixed in the centre's language, for the group and the minutes.
    """
    own = _own_titles().get(title)
    return title if own is None else speak(own).unescape()


@cache
def _own_titles() -> Mapping[str, str]:
    """The titles that Voci gives, in every language, and the text that each is said with."""
    texts = (MINUTES, *TITLES.values())
    return {Speech(each)(text).unescape(): text for each in LANGUAGES for text in texts}

"""How long a text is, and of a long list as much as a message has room for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from markupsafe import Markup

from handlers.core.speech import Speech

_TAG = re.compile("<[^<>]*>")
_ESCAPED = re.compile("&(?:amp|lt|gt|#34|#39);")  # one sign each; all that `escape` makes


def length(text: Markup) -> int:
    """As Telegram counts a text: UTF-16 units, without the tags."""
    plain = _ESCAPED.sub("-", _TAG.sub("", str(text)))
    return len(unescape(plain).encode("utf-16-le")) // 2


def as_many_as_fit(told: Sequence[Markup], room: int, speak: Speech) -> list[Markup]:
    """The first of them in `room` UTF-16 units, tags not counted; then "and {n} more", if any."""
    shown = []
    for each in told:
        room -= length(each) + 1  # and the end of its line
        if room < 0:
            break
        shown.append(each)
    more = len(told) - len(shown)
    return [*shown, speak.many("and one more", "and {n} more", more)] if more else shown

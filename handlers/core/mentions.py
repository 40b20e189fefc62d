"""Nobody is called by what a member wrote: `@name` in a text is words, not a mention.

Telegram would make it a link, and tell that person of the group's post.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_APART = "\u2060"  # a word joiner: nothing to see, and Telegram finds no name behind the sign
_MENTION = re.compile(r"(<[^>]*>|https?://\S+)|(?<!\w)@(?=[A-Za-z0-9_])")


def unlinked(text: str) -> str:
    """The HTML without live mentions; addresses of mail and of the web stay as they are."""
    return _MENTION.sub(lambda found: found[1] or f"@{_APART}", text)


def linked(text: str) -> Markup:
    """What somebody wrote so that others can reach them: its mentions stay live."""
    return Markup(str(escape(text)).replace("@", "&#64;"))  # noqa: S704 - escaped

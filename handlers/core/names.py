"""Names in texts, in the reader's language; marked with whose they are where a text has to wait.

The marks are of Unicode's private use area, which means nothing to anybody else.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from handlers.core.speech import LANGUAGES, Speech

_OPENS, _BEGINS, _ENDS = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"{_OPENS}\\d+{_BEGINS}|[{_OPENS}{_BEGINS}{_ENDS}]")


def known_as(name: str, speak: Speech) -> str:
    """The name, not escaped; "a member" in the reader's language, in whichever it was kept."""
    return _a_member(speak) if is_nameless(name) else name


def is_nameless(name: str) -> bool:
    """Whether somebody chose to be called "a member", in whichever language."""
    return name in {_a_member(Speech(language)) for language in LANGUAGES}


def _a_member(speak: Speech) -> str:
    return speak("a member").unescape()


def marked(telegram_id: int, name: str) -> Markup:
    """The name, escaped, to be filled into a screen's text; never into a button's label."""
    plain = _MARKS.sub("", name)
    return Markup("{}{}{}{}{}").format(_OPENS, telegram_id, _BEGINS, plain, _ENDS)


def unmarked(text: str) -> str:
    """The text as people read it."""
    return _MARKS.sub("", text)


def shortened(text: str, most: int) -> str:
    """The first `most` characters, with no name cut apart: each keeps its marks."""
    if len(unmarked(text)) <= most:
        return text
    begun = text[:most]
    if begun.rfind(_OPENS) > begun.rfind(_ENDS):
        begun = begun[: begun.rfind(_OPENS)]
    return begun.rstrip() + "…"


def renamed(text: str, telegram_id: int, instead: Markup) -> str:
    """The text with other words in place of this person's name."""
    theirs = re.compile(f"{_OPENS}{telegram_id}{_BEGINS}[^{_ENDS}]*{_ENDS}")
    return theirs.sub(lambda _: str(instead), text)

"""Taking the name of somebody who is no member out of published minutes.

Members stand there as marks, and are named as they are now (assembly/name_marks.py). Whoever is no
member never agreed to stand there. Only a name can be taken out: what begins with a small letter is
no name, so that nobody makes "we do not agree" say the opposite with it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assembly.minutes import Minutes, changed
from assembly.name_marks import NAMELESS, unmarked
from assembly.wording import name as as_name

_NEVER = {
    *("no", "not", "none", "nobody", "nothing", "never", "nor", "neither"),
    *("non", "nessuno", "nessuna", "niente", "nulla", "né"),
    *("nein", "nicht", "nichts", "nie", "niemals", "niemand"),
    *("kein", "keine", "keiner", "keinen", "keinem"),
}
"""Words that a sentence may begin with, and that turn it round, in the languages of minutes."""


def name(text: str) -> str:
    """The name that somebody typed, on one line, 1 to 40 characters.

    Raises WordingError: "empty" where nothing readable is left, it begins with a small letter or
    has a word in it that says no, "long" from 41 characters on.
    """
    typed = as_name(unmarked(text))
    first = next(char for char in typed if char.isalnum())
    says_no = _NEVER & {each.casefold() for each in re.findall(r"\w+", typed)}
    return as_name("" if first.islower() or first.isdecimal() or says_no else typed)


def times(minutes: Minutes, name: str) -> int:
    """How often the name stands there, as words of their own and written like this."""
    found = 0

    def count(text: str) -> str:
        nonlocal found
        found += len(_whole(name).findall(text))
        return text

    changed(minutes, count)
    return found


def without(minutes: Minutes, name: str, at: int, salt: str) -> Minutes:
    """Another version, with a mark in its place; `at`: UTC epoch seconds, `salt`: a new one."""
    told = changed(minutes, lambda text: taken_out(text, name))
    return replace(told, changed_at=(*minutes.changed_at, at), salt=salt)


def taken_out(text: str, name: str) -> str:
    """The text with a mark in place of the name."""
    return _whole(name).sub(NAMELESS, text)


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?=s?(?!\w))")

"""Taking the name of somebody who is no member out of published minutes.

Members stand there as marks, and are named as they are now (assembly/name_marks.py). Whoever is no
member never agreed to stand there. Only a name can be taken out: what begins with a small letter is
no name, so that nobody makes "we do not agree" say the opposite with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from assembly.minutes import Minutes, changed
from assembly.name_marks import NAMELESS, unmarked
from assembly.wording import NAME
from assembly.wording import name as as_name

_BEGIN, _END = re.compile(r"(?<!\w)(?=\S)"), re.compile(r"(?=s?(?!\w))")
"""Where a name can begin and end: those of `_whole`, which finds one that is known."""

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
    told = unnamed(minutes, name)
    return replace(told, changed_at=(*minutes.changed_at, at), salt=salt)


def unnamed(minutes: Minutes, name: str) -> Minutes:
    """The same without counting as another version: for minutes that nobody has read yet."""
    return changed(minutes, lambda text: taken_out(text, name))


def taken_out(text: str, name: str) -> str:
    """The text with a mark in place of the name."""
    return _whole(name).sub(NAMELESS, text)


def names(minutes: Minutes, taken: Callable[[str], bool]) -> list[str]:
    """The names that stand there, as `times` counts them, and that `taken` says were taken out.

    So that what was taken out is found again by whoever keeps no more than a trace of it.
    """
    found: dict[str, None] = {}

    def look(text: str) -> str:
        found.update(dict.fromkeys(names_in(text, taken)))
        return text

    changed(minutes, look)
    return list(found)


def names_in(text: str, taken: Callable[[str], bool]) -> Iterator[str]:
    """The same of one text; of two that begin at one place the longer one first."""
    ends = [match.start() for match in _END.finditer(text)]
    for match in _BEGIN.finditer(text):
        begin = match.start()
        last = bisect_right(ends, begin + NAME[1])
        for end in reversed(ends[bisect_right(ends, begin) : last]):
            if taken(text[begin:end]):
                yield text[begin:end]


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?=s?(?!\w))")

"""Marks in the place of names, so that a text that is kept for long names people as they are now.

A mark is a pair of signs of Unicode's private use area around what it stands for: `m` and the ids
of the members it can mean, `f` the same where only the first word of the name was written, `c` and
the id of words that belong to whoever wrote them, `n` a name that was taken out and is nowhere any
more. Nobody can type one: `unmarked` takes them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from assembly.immutable import immutable

_OPENS, _ENDS = "\ue010", "\ue011"
_SIGNS = re.compile(f"[{_OPENS}{_ENDS}]")
_MARK = re.compile(f"{_OPENS}([mfcn])(\\d+(?:,\\d+)*){_ENDS}")
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"s?(?!\w|-\w)")
_SHORTEST = 3  # letters of a first name that stands alone: "Al" and "Jo" are too often other words


@immutable
class Names:
    """What stands in the place of marks: `members` who can be named, and `words` that are kept.

    `former`: for a member who has erased themselves; `unclear`: where a name can mean several
    people, not all of whom are still called so; `taken_back`: for words that are gone;
    `taken_out`: for the name of somebody who is no member.
    """

    members: Mapping[int, str]
    former: str
    unclear: str
    taken_back: str
    taken_out: str
    words: Mapping[int, str] = field(default_factory=dict)


NAMELESS = f"{_OPENS}n0{_ENDS}"
"""In the place of a name that was taken out."""


def unmarked(text: str) -> str:
    """The text without signs that could be taken for a mark: for everything that people type."""
    return _SIGNS.sub("", text)


def member_mark(member_id: int) -> str:
    """The mark for a member's name."""
    return f"{_OPENS}m{member_id}{_ENDS}"


def words_mark(words_id: int) -> str:
    """The mark for words that stay their author's."""
    return f"{_OPENS}c{words_id}{_ENDS}"


def marked_members(text: str) -> frozenset[int]:
    """The ids of the members whom the text may name."""
    found = (each for each in _MARK.finditer(text) if each[1] in "mf")
    return frozenset(int(one) for each in found for one in each[2].split(","))


def mark_names(text: str, members: Mapping[int, str]) -> str:
    """The text with a mark in place of each member's name that stands in it (`members`: by id).

    Found is the whole name, and its first word alone from three letters on, written as the member
    writes it: "Rosa" and not "rosa", which is a colour. A German genitive keeps its s. A name that
    several have becomes one mark for all of them. Marks that were typed are taken out. Raises
    nothing. Its time grows with the text, not with the number of members.
    """
    known = _by_first_word(members)
    parts: list[str] = []
    end = 0
    text = unmarked(text)
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue  # inside a name of several words
        for name, kind, ids in _candidates(word[0], known):
            after = word.start() + len(name)
            if text.startswith(name, word.start()) and _is_apart(text, word.start(), after):
                parts += (text[end : word.start()], _mark(kind, ids))
                end = after
                break
    return "".join((*parts, text[end:]))


def blanked(text: str) -> str:
    """The text with "…" for every mark: where whoever reads it is not to read others' names."""
    return _MARK.sub("…", text)


def without(text: str, member_id: int, members: Mapping[int, str]) -> str:
    """The text with "…" wherever one of the `members` (by id) is named, or may be; theirs alone.

    For what is kept in the words of others once somebody has erased themselves. Raises nothing.
    """
    others = {each: name for each, name in members.items() if each != member_id}
    return fill(mark_names(text, members), Names(others, "…", "…", "…", "…"))


def ways_to_write(called: str) -> list[str]:
    """All that is looked for of a member's name, the longest first; of a sign alone nothing."""
    name = unmarked(called)
    return sorted(_written(name), key=len, reverse=True) if _WORD.match(name) else []


def fill(text: str, names: Names) -> str:
    """The text with its marks filled in as things are now. Raises nothing."""

    def instead(mark: re.Match[str]) -> str:
        kind, ids = mark[1], [int(each) for each in mark[2].split(",")]
        if kind == "n":
            return names.taken_out
        if kind == "c":
            return names.words.get(ids[0], names.taken_back)
        called = {_called(names.members.get(each), kind) for each in ids}
        if len(called) > 1:
            return names.unclear
        return called.pop() or names.former

    return _MARK.sub(instead, text)


def _called(name: str | None, kind: str) -> str | None:
    return name.split()[0] if name is not None and kind == "f" else name


def _mark(kind: str, ids: tuple[int, ...]) -> str:
    return f"{_OPENS}{kind}{','.join(map(str, ids))}{_ENDS}"


_Known = dict[str, dict[str, tuple[str, tuple[int, ...]]]]


def _by_first_word(members: Mapping[int, str]) -> _Known:
    """Under the letters that a name begins with: what can be written, and whom that means."""
    known: _Known = {}
    for member_id, called in sorted(members.items()):
        name = unmarked(called)
        letters = _WORD.match(name)
        if letters is None:
            continue  # what begins with no letter is not looked for
        for each, kind in _written(name).items():
            by_name = known.setdefault(letters[0], {})
            was, ids = by_name.get(each, (kind, ()))
            by_name[each] = (kind if kind == was else "f", (*ids, member_id))
    return known


def _written(name: str) -> dict[str, str]:
    """How a member's name is written, with the kind of mark for each way."""
    first = name.split()[0]
    return {name: "m"} if len(first) < _SHORTEST else {first: "f", name: "m"}


def _candidates(letters: str, known: _Known) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """What can begin with these letters, the longest first; with a genitive's s, or without."""
    for begun in {letters: None, letters.removesuffix("s"): None}:
        for name, (kind, ids) in sorted(known.get(begun, {}).items(), key=lambda e: -len(e[0])):
            yield name, kind, ids


def _is_apart(text: str, begins: int, ends: int) -> bool:
    """Whether what stands there is a name of its own: "Anna" and "Annas", but not "Anna-Maria"."""
    joined = text[max(0, begins - 2) : begins]
    before = len(joined) == 2 and joined[1] == "-" and joined[0].isalnum()
    return not before and _END.match(text, ends) is not None

"""Finding a word in minutes: in any language, whatever its case.

Source: caseless matching of Unicode (D146, compatibility caseless match: NFKC and full case
folding), so that "STRASSE" finds "Straße" and both engines of the database find the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from assembly.immutable import immutable
from assembly.minutes import Minutes

LONGEST = 36  # bytes of what is looked for: it rides in a button


@immutable
class Hit:
    """Where it was found first: the title of the point (None: in none), and the words there."""

    title: str | None
    words: str


def looked_for(text: str) -> str:
    """What is looked for, from what somebody typed: one space between words, no colon, and cut
    after a whole letter where it is longer than LONGEST bytes. Empty where nothing is left."""
    words = " ".join(text.replace(":", " ").split())
    cut = words.encode()[:LONGEST].decode(errors="ignore")
    return cut.strip() if cut.isprintable() else ""


def find(minutes: Minutes, text: str) -> Hit | None:
    """The first place that has all the words of `text`, else that has one of them if the minutes
    have all; None where some word stands nowhere. Names have to be filled in before."""
    wanted = _folded(text).split()
    if not wanted:
        return None
    places = [(hit, _folded(hit.words)) for hit in _places(minutes)]
    if any(all(word not in told for _, told in places) for word in wanted):
        return None
    full = (hit for hit, told in places if all(word in told for word in wanted))
    part = (hit for hit, told in places if wanted[0] in told)
    return next(full, None) or next(part)


def _places(minutes: Minutes) -> Iterator[Hit]:
    for point in minutes.points:
        title = point.title or None
        for words in (point.title, *point.outcome, *point.notes, point.why):
            if words:
                yield Hit(title, words)
        for task in point.tasks:
            yield Hit(title, task.what if task.who is None else f"{task.what} ({task.who})")
    for correction in minutes.corrections:
        yield Hit(None, correction.text)
        yield Hit(None, correction.answer)
    for words in (minutes.chair, minutes.recorder, minutes.place):
        if words:
            yield Hit(None, words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())

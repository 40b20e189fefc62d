"""Comments under a proposal: how many one may write, and who may answer, hide or show them."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.immutable import immutable

HOUR = 3_600  # seconds
MOST = 3
"""Comments of one member under one proposal: a question, a thought, and one more."""


def left(written: int) -> int:
    """How many more somebody may write who has written so many here; hidden ones count."""
    return max(0, MOST - written)


@immutable
class Parts:
    """Whose a comment and its proposal are, by the ids of members; None where they are gone."""

    comment_by: int | None
    proposal_by: int | None


def may_answer(of: Parts, member: int) -> bool:
    """Whether this member may answer: whoever put the proposal forward, not to themselves."""
    return of.proposal_by == member and of.comment_by != member


def may_hide(of: Parts, member: int, *, facilitates: bool) -> bool:
    """Whether this member may hide the comment, or show it again: who facilitates, and is neither.

    What is said under one's own proposal somebody else judges: nobody is a judge in their own cause
    (nemo iudex in causa sua).
    """
    return facilitates and member not in (of.comment_by, of.proposal_by)


def notice_at(now: int) -> int:
    """When whoever is concerned is told (UTC epoch seconds): at the next full hour.

    So everything that is written within an hour is one message. Raises nothing.
    """
    return (now // HOUR + 1) * HOUR


def pages(lengths: Sequence[int], room: int, most: int) -> list[range]:
    """Which comments stand on which page: their numbers from 0, in order, each on one page.

    A page takes `most` of them, and as many as fit: `lengths` and `room` are in one unit, whatever
    it is. One that is longer than a page has one for itself. There is always a page, if an empty
    one. Raises ValueError where `most` is less than 1.
    """
    if most < 1:
        raise ValueError(f"a page holds at least one: {most}")
    found, first, taken = [], 0, 0
    for number, length in enumerate(lengths):
        if number > first and (taken + length > room or number - first == most):
            found.append(range(first, number))
            first, taken = number, 0
        taken += length
    return [*found, range(first, len(lengths))]

"""Putting two alike proposals together: only if both authors want it; an author who is gone may not
stand in the way for ever.

How somebody answered is told to nobody. A no and no answer end alike, when the time is over.
"""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable

WAITS = 7 * 86_400
"""Seconds for which authors can answer."""


class Answer(StrEnum):
    """What an author says. The values are stored, and ride in buttons: never change one."""

    YES = "yes"
    NO = "no"


@immutable
class Side:
    """One of the two authors: their answer, None without one; `gone`: nobody is there to ask."""

    answer: Answer | None = None
    gone: bool = False


def united(one: Side, other: Side, *, over: bool) -> bool | None:
    """Whether the two are put together; None while that is open. `over`: the time to answer is.

    Two who say yes need not wait. A no is kept until the time is over, so that it looks like no
    answer; and no answer is a yes only of somebody who is gone. Raises nothing.
    """
    if one.answer is other.answer is Answer.YES:
        return True
    if not over:
        return None
    return all(
        side.answer is Answer.YES or (side.answer is None and side.gone) for side in (one, other)
    )

"""How an assembly begins: what comes before its proposals, in the order in which it comes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from assembly.immutable import immutable


class Opening(StrEnum):
    """What a centre can switch on and word. The values are stored, and ride in buttons.

    The first three are points of the agenda. RULES stand in the post that opens the assembly; of
    a BREAK whoever leads is reminded.
    """

    ROUND = "round"  # how everybody is; nothing of it is ever noted
    FOLLOW_UP = "follow-up"  # what was decided, and what became of it
    REPORTS = "reports"  # of the groups
    RULES = "rules"  # how people talk with each other here
    BREAK = "break"


POINTS = (Opening.ROUND, Opening.FOLLOW_UP, Opening.REPORTS)
BREAKS = (30, 45, 60, 75, 90)
"""Minutes from the opening of the assembly, of which a centre can choose."""


@immutable
class Chosen:
    """What a centre has chosen: whether it is on, its own words, and minutes for a break."""

    active: bool
    words: str | None = None
    minutes: int | None = None


NOT_CHOSEN = {
    Opening.ROUND: Chosen(False),
    Opening.FOLLOW_UP: Chosen(True),
    Opening.REPORTS: Chosen(False),
    Opening.RULES: Chosen(False),
    Opening.BREAK: Chosen(False),
}
"""What holds where a centre has chosen nothing."""


def complete(chosen: Mapping[Opening, Chosen]) -> dict[Opening, Chosen]:
    """What holds for each opening: as it was chosen, or as it is for everybody. Raises nothing."""
    return {opening: chosen.get(opening, NOT_CHOSEN[opening]) for opening in Opening}


def begins_with(chosen: Mapping[Opening, Chosen], *, something_followed: bool) -> list[Opening]:
    """The points before the proposals, in their order.

    `something_followed`: there is something to tell of what was decided before; where there is
    not, nobody is asked about it. Raises nothing.
    """
    holds = complete(chosen)
    return [
        opening
        for opening in POINTS
        if holds[opening].active and (opening is not Opening.FOLLOW_UP or something_followed)
    ]


def break_at(chosen: Mapping[Opening, Chosen], opened_at: int) -> int | None:
    """When the break is (UTC epoch seconds) in an assembly that opens now; None for none."""
    pause = complete(chosen)[Opening.BREAK]
    if not pause.active or pause.minutes is None:
        return None
    return opened_at + pause.minutes * 60

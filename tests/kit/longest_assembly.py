"""An assembly in which everything is as long, and every number as large, as it can be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assembly.endings import Course, Ending
from assembly.outcome import Result
from assembly.rule import Rule
from handlers.assemblies.points import Point
from handlers.assemblies.screens.assembly import Overview
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.decisions import Decision
from storage.points import AgendaItem
from storage.proposals import Proposal
from storage.tasks import Task

NOW = 1_764_763_200  # Wednesday 3 December 2025, 13:00 in Rome
HOUR = 3600
DAY = 24 * HOUR
HUGE = 10**18 - 1  # an id

MEETING = Assembly(
    id=HUGE,
    centre_id=HUGE,
    starts_at=NOW + 5 * DAY + 3 * HOUR,
    place="<b>&" * 50,
    status="convened",
    convened_at=NOW,
    frozen_at=None,
    opened_at=None,
    closed_at=None,
    position=None,
)
GOING_ON = replace(MEETING, status="open", position=1)
CANCELLED = replace(MEETING, status="cancelled")
SEEN = Overview(MEETING, ("<i>&" * 30,) * 90, 500)
CENTRE = Centre(HUGE, -1, "<b>&" * 30, "it", "Europe/Rome", None, None, Fraction(1, 3), NOW)
TASK = Task(1, HUGE, 3, 9, "😀" * 120, 2, "😀" * 200, "😀" * 60, NOW, False, True, 3, None, ())
PROPOSAL = Proposal(
    id=HUGE,
    centre_id=HUGE,
    author_id=HUGE,
    author_name="<i>&" * 10,
    title="<b>&" * 30,
    reason="😀" * 1000,
    named=True,
    status="withdrawn",
    created_at=NOW,
    edited_at=None,
    supporters={},
    supported=False,
)


def item(position: int, ending: Ending | None = None) -> AgendaItem:
    title = "<b>&" * 30
    return AgendaItem(
        *(HUGE, HUGE, HUGE), position, HUGE, title, ending, "open", proposal_status="open"
    )


ITEMS = [replace(item(number), waits_since=NOW) for number in range(1, 61)]
COURSE = Course(put=True, decided=True)
POINTS = [Point(each, COURSE, Ending.AGREED) for each in ITEMS]


def decision(result: Result | None) -> Decision:
    """A question that was put in it; without a result it is open."""
    return Decision(
        id=HUGE,
        centre_id=HUGE,
        assembly_id=HUGE,
        item_id=None,
        question="😀" * 200,
        rule=Rule(),
        electorate=500,
        status="closed" if result else "open",
        opened_at=NOW,
        closes_at=NOW,
        closed_at=NOW,
        result=result,
        outcome=None,
        reason=None,
    )

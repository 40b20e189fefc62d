"""What is known of an agenda's points: what was put or agreed on each, and how they end."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.agreement import Standing
from assembly.endings import Course, Ending, at_closing, decides
from assembly.immutable import immutable
from storage import agreements, decisions, points
from storage.agreements import Agreement
from storage.assemblies import Assembly
from storage.decisions import Decision
from storage.engine.transaction import Transaction
from storage.points import AgendaItem


@immutable
class Point:
    """A point with its `course`, and how it ended or would end if the assembly closed now."""

    item: AgendaItem
    course: Course
    ending: Ending

    @property
    def ends(self) -> bool:
        """Whether it ends somehow: the round of how everybody is does not.

        Nor does what an assembly looks back on: it is mostly leafed past, and was reached.
        """
        leafed_past = self.item.looks_back and self.ending is Ending.NOT_REACHED
        return self.item.kind != "opening" and not leafed_past

    @property
    def title(self) -> str:
        """What it is called on the agenda."""
        return self.item.title

    @property
    def is_listed(self) -> bool:
        """Whether its proposal waits on the list."""
        return self.item.is_listed


async def all_of(tx: Transaction, assembly: Assembly) -> list[Point]:
    """The points of an agenda in their order."""
    questions = await put(tx, assembly)
    agreed = {each.item_id: each for each in await agreements.of_assembly(tx, assembly.id)}
    found = []
    for item in await points.items(tx, assembly.id):
        mine = [each for each in questions if each.item_id == item.id]
        course = course_of(item, mine, agreed.get(item.id))
        found.append(Point(item, course, at_closing(item.ending, course)))
    return found


async def put(tx: Transaction, assembly: Assembly) -> list[Decision]:
    """What was put to a decision in it: what is over in the order of closing, then what is open."""
    return [*await decisions.outcomes_of(tx, assembly.id), *await running(tx, assembly)]


async def running(tx: Transaction, assembly: Assembly) -> list[Decision]:
    """What is open of it still."""
    found = await decisions.open_ones(tx, assembly.centre_id)
    return [decision for decision in found if decision.assembly_id == assembly.id]


def course_of(
    item: AgendaItem, questions: Sequence[Decision], agreement: Agreement | None
) -> Course:
    """What happened at a point, of which these questions were put, the latest last.

    `agreement`: what was agreed on there, however that stands.
    """
    latest = questions[-1] if questions else None
    decided = latest is not None and latest.status == "closed" and decides(latest.result)
    reading = agreement is not None and agreement.standing is Standing.PUT
    return Course(
        bool(questions),
        decided,
        item.gone,
        agreeing=reading,
        proposed=item.is_proposed,
    )

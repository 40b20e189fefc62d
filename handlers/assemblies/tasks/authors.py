"""Whoever put something forward hears what becomes of it, at every step: privately, not at night.

There is one message a proposal. What is news comes as a new one, and the one before loses its
buttons; what is less is written in its place, without a sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from assembly.agreement import Standing
from assembly.endings import Ending
from handlers.assemblies import points
from handlers.assemblies.tasks.screens import authors as screens
from handlers.assemblies.tasks.screens.authors import News
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import agreements, assemblies, authors, messages, outbox_changes, tasks
from storage import points as stored_points
from storage.assemblies import Assembly
from storage.authors import Place
from storage.centres import Centre
from storage.decisions import Decision
from storage.engine.transaction import Transaction
from storage.tasks import Task


class How(Enum):
    """How somebody is told."""

    ANEW = auto()
    """With a new message: it is news."""

    IN_PLACE = auto()
    """In the place of the one that they have; where there is none, with a new one."""

    IF_THERE = auto()
    """In its place, or not at all."""


_HOW = {
    **dict.fromkeys((Ending.DECIDED, Ending.AGREED, Ending.TALKED, Ending.TAKEN_BACK), How.ANEW),
    Ending.GOES_ON: How.IN_PLACE,
    **dict.fromkeys((Ending.NOT_REACHED, Ending.MERGED, Ending.TAKEN_DOWN), How.IF_THERE),
}


async def placed(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """Their proposals stand on an agenda; of one that was carried over it is no news.

    Where a downtime has made it so late that the assembly has begun, it is not told any more.
    """
    if assembly.starts_at <= unit.now:
        return
    for proposal_id in await authors.on_agenda(unit.tx, assembly.id):
        await tell(unit, centre, proposal_id, How.IN_PLACE)


async def ended(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """An assembly has closed: how their points ended."""
    for item in await stored_points.items(unit.tx, assembly.id):
        if item.proposal_id is not None and item.ending is not None:
            await tell(unit, centre, item.proposal_id, _HOW[item.ending])


async def of_task(unit: UnitOfWork, centre: Centre, task: Task) -> None:
    """Something about a task that follows from their point is otherwise now."""
    if task.proposal_id is not None:
        await tell(unit, centre, task.proposal_id, How.IF_THERE)


async def done(unit: UnitOfWork, centre: Centre, task: Task, by: int) -> None:
    """It is done, as the member `by` says: news once, and none to themselves."""
    if task.proposal_id is None:
        return
    author = await authors.find(unit.tx, centre.id, task.proposal_id)
    own = author is not None and author.member_id == by
    how = How.IF_THERE if own else How.ANEW
    await tell(unit, centre, task.proposal_id, how, step=f"done:{task.id}")


async def again(unit: UnitOfWork, centre: Centre, proposal_ids: Sequence[int]) -> None:
    """What authors have of these is written anew: an assembly was moved or is not held, somebody
    who was named beside a task is gone.
    """
    for proposal_id in proposal_ids:
        await tell(unit, centre, proposal_id, How.IF_THERE)


async def tell(
    unit: UnitOfWork, centre: Centre, proposal_id: int, how: How, *, step: str = ""
) -> None:
    """Tell the author how it stands now. What still waits to be sent is not sent any more.

    Of one `step` there is one new message, however often it is taken back and said again.
    """
    author = await authors.find(unit.tx, centre.id, proposal_id)
    if author is None:
        return
    ref = f"news:{proposal_id}:{author.telegram_id}"
    stands = await messages.find(unit.tx, ref) is not None
    waits = await outbox_changes.on_its_way(unit.tx, ref)
    if how is How.IF_THERE and not (stands or waits):
        return
    place = await authors.place(unit.tx, proposal_id, unit.now)
    found = await tasks.of_proposal(unit.tx, centre.id, proposal_id, unit.now)
    news = News(
        author,
        place,
        await _decision(unit.tx, place),
        await _agreed(unit.tx, place),
        tuple(found),
    )
    screen = screens.news(news, centre, Speech.of(centre, author.language))
    await outbox_changes.drop_unsent(unit.tx, f"news:{proposal_id}:")
    new = (how is How.ANEW or waits or not stands) and await unit.post(
        f"news:{proposal_id}:{step or unit.now}",
        author.telegram_id,
        screen,
        centre_id=centre.id,
        ref=ref,
        not_before=centre.waits_until(unit.now),
    )
    if stands and not new:
        await unit.repost(ref, author.telegram_id, screen, centre_id=centre.id)


async def _decision(tx: Transaction, place: Place | None) -> Decision | None:
    """The latest question that was put at the point."""
    assembly = await assemblies.by_id(tx, place.assembly_id) if place is not None else None
    if place is None or assembly is None:
        return None
    put = [each for each in await points.put(tx, assembly) if each.item_id == place.item_id]
    return put[-1] if put else None


async def _agreed(tx: Transaction, place: Place | None) -> str | None:
    """What was agreed on there without a ballot."""
    if place is None or place.ending is not Ending.AGREED:
        return None
    found = await agreements.at_point(tx, place.assembly_id, place.item_id)
    return found.wording if found is not None and found.standing is Standing.STANDS else None

"""What the group reads of a series: each change once, with the way into one's own calendar."""

from __future__ import annotations

from handlers.assemblies.calendars.screens import calendars
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, series
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction


async def tell(unit: UnitOfWork, centre: Centre, series_id: int, screen: Screen) -> None:
    """Tell the group, not at night; call once its change is stored."""
    found = await series.by_id(unit.tx, series_id)
    newest = await _newest(unit.tx, series_id)
    if newest is not None:
        way = calendars.way(newest, Speech.of(centre), unit.services.link)
        screen = screen.with_row(way)
    await unit.post_to_group(
        centre,
        f"series:{series_id}:{found.sequence if found else 0}:{unit.now}",
        screen,
        not_before=centre.waits_until(unit.now),
    )


async def _newest(tx: Transaction, series_id: int) -> Assembly | None:
    """Its latest assembly that was not cancelled: its file has the whole series."""
    held = await assemblies.of_series(tx, series_id)
    return next((each for each in reversed(held) if each.status != "cancelled"), None)

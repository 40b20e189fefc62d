"""A window that may have been drawn before is never drawn again, whatever was put back."""

from __future__ import annotations

import shutil
from fractions import Fraction

import pytest
from kit.checkin_steps import at, go_to, wants
from kit.disaster import Disaster, texts
from kit.stage import Stage

from sandbox.chats import Group
from storage import drawn_once, windows
from storage.centres import Centre
from storage.secrets.ledger import Ledger

pytestmark = pytest.mark.usefixtures("no_errors")

BEGINS, ENDS, NEXT_ENDS = at("2026-01-05 00:00"), at("2026-02-02 00:00"), at("2026-03-02 00:00")
MORNING = 13 * 3600  # after the quiet hours


async def gathering(stage: Stage) -> tuple[Centre, Group]:
    """A centre whose first window is open, a day before its end."""
    centre, group = await stage.centre()
    for name in ("Anna", "Bruno", "Carla"):
        await wants(stage, centre, group, name)
    await go_to(stage, BEGINS + MORNING)
    await go_to(stage, ENDS - MORNING)
    return centre, group


async def drawn(stage: Stage) -> list[str]:
    """The windows that the ledger knows, by their weeks."""
    entries = await Ledger(stage.voci.keys.database).entries(drawn_once.KIND)
    return [entry.subject.rsplit(":", 1)[1] for entry in entries]


def summaries(disaster: Disaster, group: Group) -> int:
    return len([text for text in texts(disaster, group) if "This time we say nothing" in text])


async def settled(stage: Stage) -> list[tuple[int, str, str]]:
    rows = await stage.rows("SELECT week, status, charge FROM windows ORDER BY week")
    return [(row["week"], row["status"], row["charge"]) for row in rows]


async def test_both_stores_put_back_draw_nothing_again(disaster: Disaster) -> None:
    """The key store is older too, and knows nothing of the draw: who could tell?"""
    stage = disaster.stage
    _, group = await gathering(stage)
    await disaster.back_up()
    await stage.stop_bot()
    shutil.copy(stage.folder / "keys.db", stage.folder / "older.db")
    await stage.start_bot()
    await go_to(stage, ENDS + MORNING)
    assert await drawn(stage) == ["0"]
    assert summaries(disaster, group) == 1
    await stage.stop_bot()
    shutil.copy(stage.folder / "older.db", stage.folder / "keys.db")
    await disaster.strike()
    await go_to(stage, ENDS + 3 * MORNING)
    assert await drawn(stage) == []
    assert summaries(disaster, group) == 1
    assert (await settled(stage))[0] == (0, "skipped", "2"), "it counts as paid: it may have been"
    await go_to(stage, NEXT_ENDS + MORNING)
    assert await drawn(stage) == ["4"], "what ends after the restore is drawn"
    assert summaries(disaster, group) == 2


async def test_one_that_the_ledger_knows_keeps_its_numbers(disaster: Disaster) -> None:
    stage = disaster.stage
    _, group = await gathering(stage)
    await disaster.back_up()
    await go_to(stage, ENDS + MORNING)
    before = await stage.rows("SELECT c FROM releases")
    await disaster.strike()
    assert [row["c"] for row in await stage.rows("SELECT c FROM releases")] == [
        row["c"] for row in before
    ]
    assert (await settled(stage))[0][1] == "released"
    assert summaries(disaster, group) == 1


async def test_one_that_is_still_open_goes_on(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, _ = await gathering(stage)
    await disaster.back_up()
    await disaster.strike()
    current = await stage.read(windows.latest, centre.id)
    assert current is not None and current.status == "open"
    assert (await settled(stage)) == [(0, "open", str(Fraction(0)))]
    await go_to(stage, ENDS + MORNING)
    assert await drawn(stage) == ["0"]

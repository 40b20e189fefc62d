"""A post to a group that may be missing: told to its facilitators, not at night."""

from __future__ import annotations

import pytest

from handlers.core import notices
from handlers.core.screen import load, posted
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage import facilitators, members, people
from storage.outbox import Outgoing

from .conftest import ANNA, GROUP, NOW, Scene

BEN = 12


def lost(scene: Scene, centre_id: int | None) -> Outgoing:
    return Outgoing(5, "k", GROUP, centre_id, None, "", NOW, None, False, 1)


async def test_facilitators_are_told_in_their_own_language(scene: Scene) -> None:
    await scene.facilitating()
    await people.meet(scene.tx, BEN, "en", NOW)
    ben = await members.add(
        scene.tx, centre_id=scene.centre.id, telegram_id=BEN, role="family", name="Ben", now=NOW
    )
    await notices.report_uncertain(scene.unit, lost(scene, scene.centre.id))
    await facilitators.add(scene.tx, ben.id, NOW)
    await notices.report_uncertain(scene.unit, lost(scene, scene.centre.id))
    rows = {row.chat_id: row for row in await scene.due()}
    assert sorted(rows) == [ANNA, BEN]
    for person, language in ((ANNA, "de"), (BEN, "en")):
        row = rows[person]
        assert (row.key, row.centre_id) == (f"uncertain:5:{person}", scene.centre.id)
        said = plain.perhaps_not_posted(Speech(language), "Centro Aurora")
        assert load(row.payload) == posted(said)


@pytest.mark.parametrize(
    ("hours", "waits"),
    [(0, 0), (9, 11 * 3600), (8.5, 11.5 * 3600), (7.99, 0)],
    ids=["13:00", "22:00", "21:30", "20:59"],
)
async def test_at_night_it_waits_for_the_centre_s_morning(
    scene: Scene, hours: float, waits: float
) -> None:
    """The unit's moment is 13:00 in Rome; quiet is from 21:00 to 9:00."""
    await scene.facilitating()
    scene.unit.now = moment = NOW + int(hours * 3600)
    await notices.report_uncertain(scene.unit, lost(scene, scene.centre.id))
    [row] = await scene.due(moment + int(waits))
    assert row.not_before == moment + waits


async def test_of_no_centre_nobody_is_told(scene: Scene) -> None:
    await scene.facilitating()
    await notices.report_uncertain(scene.unit, lost(scene, None))
    assert await scene.due(NOW + 86_400) == []

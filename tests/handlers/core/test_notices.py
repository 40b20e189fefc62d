"""A post to a group that may be missing: told to its facilitators, not at night."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handlers.core import notices
from handlers.core.poll import Poll
from handlers.core.poll import dump as dump_poll
from handlers.core.screen import Screen, dump, load, posted
from handlers.core.screens import uncertain_posts
from handlers.core.speech import Speech
from storage import facilitators, members, people
from storage.outbox import Outgoing

from .conftest import ANNA, GROUP, NOW, Scene

BEN = 12


POST = dump(Screen(Markup("<b>Open on Saturdays?</b>\nCarried &amp; done."), public=True))


def lost(scene: Scene, centre_id: int | None, payload: str = POST) -> Outgoing:
    return Outgoing(5, "k", GROUP, centre_id, None, payload, NOW, None, False, 1)


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
        assert (row.key, row.centre_id) == (f"uncertain:5:1:{person}", scene.centre.id)
        said = uncertain_posts.perhaps_not_posted(
            Speech(language),
            "Centro Aurora",
            "Open on Saturdays? Carried & done.",
            scene.centre.id,
            5,
        )
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


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (dump(Screen(Markup("a ") * 150, public=True)), "a " * 99 + "a…"),
        (dump_poll(Poll("<b> or c?", ("<b>", "c"), False, NOW)), "&lt;b&gt; or c?"),
    ],
    ids=["long", "poll"],
)
async def test_it_is_told_how_the_post_begins(scene: Scene, payload: str, words: str) -> None:
    await scene.facilitating()
    await notices.report_uncertain(scene.unit, lost(scene, scene.centre.id, payload))
    [row] = await scene.due()
    assert f"<i>{words}</i>" in load(row.payload).text


async def test_nobody_is_promised_that_the_group_reads_what_it_can_t(scene: Scene) -> None:
    speak = Speech("en")
    said = await notices.on_its_way(scene.unit, scene.centre, speak)
    assert said == "It is on its way to the group."
    await notices.report_barred(scene.unit, GROUP)
    said = await notices.on_its_way(scene.unit, scene.centre, speak)
    assert said.startswith("I may not write in the group just now.")


async def test_a_group_without_a_centre_has_nobody_to_tell(scene: Scene) -> None:
    await scene.facilitating()
    await notices.report_barred(scene.unit, GROUP - 100)
    assert await scene.due() == []


async def test_where_the_group_reads_it_at_once_nothing_is_added(scene: Scene) -> None:
    await notices.say_if_it_waits(scene.unit, scene.centre, Speech("en"))
    assert scene.unit.toast is None
    await notices.report_barred(scene.unit, GROUP)
    await notices.say_if_it_waits(scene.unit, scene.centre, Speech("en"))
    assert scene.unit.toast is not None and scene.unit.toast.alert
    assert scene.unit.toast.text.startswith("I may not write in the group just now.")

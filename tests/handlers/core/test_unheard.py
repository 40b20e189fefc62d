"""Facilitators who can't be reached: whoever runs the bot hears of it, once a day."""

from __future__ import annotations

from typing import Any

import pytest
from kit.stage import DAY, HOUR, Stage
from markupsafe import Markup

from handlers.core.screen import Screen, dump
from storage import outbox, people

HELLO = dump(Screen(Markup("Hello."), public=True))
NOBODY = "no facilitator can be reached"


async def lose_a_post(stage: Stage, group: Any, centre: Any, key: str) -> None:
    """A post to the group whose fate nobody can know."""
    stage.world.faults.add("500", method="sendMessage", chat_id=group.id)
    async with stage.voci.database.transaction() as tx:
        await outbox.add(
            tx,
            key=key,
            chat_id=group.id,
            payload=HELLO,
            now=stage.now,
            centre_id=centre.id,
        )
    await stage.move(60)


def heard(stage: Stage, person: Any) -> list[str]:
    return [each.words for each in stage.said(person) if NOBODY in each.words]


@pytest.fixture
async def operator(stage: Stage) -> Any:
    stage.operator.start(stage.bot)
    await stage.settle()
    return stage.operator


async def test_a_centre_without_a_facilitator(stage: Stage, operator: Any) -> None:
    centre, group = await stage.centre()
    bruno = await stage.member(centre, group, "Bruno")
    for key in ("a", "b"):
        await lose_a_post(stage, group, centre, key)
    assert len(heard(stage, operator)) == 1
    assert "Hello" not in heard(stage, operator)[0]
    assert heard(stage, bruno) == []
    await stage.move(DAY)
    await lose_a_post(stage, group, centre, "c")
    assert len(heard(stage, operator)) == 2


async def test_who_has_blocked_the_bot_is_found_out_by_the_notice(
    stage: Stage, operator: Any, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    anna.block(stage.bot)
    await lose_a_post(stage, group, centre, "a")
    await stage.move(HOUR)
    assert len(heard(stage, operator)) == 1
    assert "centre 1: no facilitator can be reached" in caplog.messages


async def test_of_a_group_that_puts_the_bot_out_as_well(stage: Stage, operator: Any) -> None:
    centre, group = await stage.centre()
    stage.world.faults.add(
        "refused", chat_id=group.id, refusal="Forbidden: bot was kicked from the group chat"
    )
    async with stage.voci.database.transaction() as tx:
        await outbox.add(
            tx,
            key="a",
            chat_id=group.id,
            payload=HELLO,
            now=stage.now,
            centre_id=centre.id,
        )
    await stage.move(60)
    assert len(heard(stage, operator)) == 1


async def test_one_who_can_be_reached_is_enough(stage: Stage, operator: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    paula = await stage.member(centre, group, "Paula", facilitator=True)
    anna.block(stage.bot)
    await lose_a_post(stage, group, centre, "a")
    await stage.move(HOUR)
    assert heard(stage, operator) == []
    assert "may not have arrived" in stage.last(paula).words


async def test_an_operator_who_has_blocked_it_is_left_in_peace(stage: Stage, operator: Any) -> None:
    centre, group = await stage.centre()
    await stage.write(people.meet, operator.id, "de", stage.now)
    await lose_a_post(stage, group, centre, "a")
    assert len([each for each in stage.said(operator) if "niemand erreichbar" in each.words]) == 1
    await stage.write(people.set_writable, operator.id, False)
    calls = len(stage.world.calls("sendMessage"))
    await stage.move(DAY)
    await lose_a_post(stage, group, centre, "b")
    assert len(stage.world.calls("sendMessage")) == calls + 1


async def test_the_notice_itself_is_sent_again_where_its_fate_is_unknown(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.world.faults.add("500", method="sendMessage", chat_id=anna.id, times=3)
    await lose_a_post(stage, group, centre, "a")
    for _ in range(5):
        await stage.move(60)
    assert "may not have arrived" in stage.last(anna).words

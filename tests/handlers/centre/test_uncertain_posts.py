"""A post that may be missing: one facilitator looks, and all of them know."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from kit.stage import HOUR, Stage, open_stage

from handlers.core.screen import load
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from sandbox.faults import FaultKind
from storage import decisions, outbox


def plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text))


LOST = "may not have arrived"
KILLED = "killed"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


async def closed(stage: Stage, fault: str) -> tuple[Any, Any, Any, Any]:
    """A question has closed, and the post of its outcome met a fault."""
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", "family", facilitator=True)
    await stage.put(centre)
    if fault == KILLED:  # just when it leaves
        stage.clock.move(HOUR + 60)
        await stage.voci.ticker.tick()
        rows = await stage.voci.database.run(lambda tx: outbox.claim_due(tx, stage.now, 30))
        taken = next(row for row in rows if row.chat_id == group.id)
        assert taken.key.endswith(":outcome")
        assert await stage.voci.database.run(lambda tx: outbox.leaves(tx, taken))
        await stage.restart()
        await stage.move(outbox.LEASE + 1)
    else:
        stage.world.faults.add(cast(FaultKind, fault), method="sendMessage", chat_id=group.id)
        await stage.move(HOUR + 60)
    await stage.move(60)
    return centre, group, anna, bruno


def outcomes(stage: Stage, group: Any) -> list[str]:
    return [each.words for each in stage.said(group) if "Open until" not in each.words]


@pytest.mark.parametrize("fault", ["500", "drop", KILLED])
async def test_an_outcome_that_did_not_arrive_is_posted_again_the_same(
    stage: Stage, fault: str
) -> None:
    _, group, anna, bruno = await closed(stage, fault)
    before = outcomes(stage, group)
    [asked], [other] = (
        [each for each in stage.said(who) if LOST in each.words] for who in (anna, bruno)
    )
    [kept] = await stage.rows("SELECT payload FROM outbox WHERE status = 'uncertain'")
    await stage.press(anna, asked, "Post it again")
    await stage.move(60)
    [outcome] = outcomes(stage, group)[len(before) :]
    assert outcome == plain(load(kept["payload"]).text)
    assert "once more" in asked.words and asked.labels == ["Home"]
    assert "once more" in other.words and not other.keyboard


async def test_what_arrived_is_not_posted_again(stage: Stage) -> None:
    _, group, anna, bruno = await closed(stage, "drop_after_accept")
    before = outcomes(stage, group)
    [asked], [other] = (
        [each for each in stage.said(who) if LOST in each.words] for who in (anna, bruno)
    )
    await stage.press(anna, asked, "It is there")
    await stage.press(bruno, other, "Post it again")  # before he could read that it is answered
    await stage.move(3 * HOUR)
    assert outcomes(stage, group) == before
    assert "is there" in asked.words
    assert "is there" in other.words


@pytest.mark.parametrize("second", ["Post it again", "It is there"])
async def test_two_who_answer_at_once_answer_once(stage: Stage, second: str) -> None:
    _, group, anna, bruno = await closed(stage, "500")
    before = outcomes(stage, group)
    asked = [next(each for each in stage.said(who) if LOST in each.words) for who in (anna, bruno)]
    pressed = [anna.press(asked[0], "Post it again"), bruno.press(asked[1], second)]
    for press in pressed:
        await press.answered()
    await stage.settle()
    await stage.move(60)
    again = any("once more" in message.words for message in asked)
    assert len(outcomes(stage, group)) - len(before) == again
    assert all(message.labels in ([], ["Home"]) for message in asked)


async def test_members_can_t_have_it_posted_again(stage: Stage) -> None:
    centre, group, anna, _ = await closed(stage, "500")
    carla = await stage.member(centre, group, "Carla")
    [asked] = [each for each in stage.said(anna) if LOST in each.words]
    [row] = await stage.rows("SELECT id FROM outbox WHERE status = 'uncertain'")
    carlas = await stage.start(carla)
    await stage.forge(carla, carlas, f"upA:{centre.id}:{row['id']}")
    assert len(await stage.rows("SELECT id FROM outbox WHERE status = 'uncertain'")) == 1
    assert asked.keyboard


async def test_it_can_be_lost_twice(stage: Stage) -> None:
    _, group, anna, _ = await closed(stage, "500")
    stage.world.faults.add("500", method="sendMessage", chat_id=group.id)
    for _ in range(2):
        asked = [each for each in stage.said(anna) if LOST in each.words][-1]
        await stage.press(anna, asked, "Post it again")
        await stage.move(60)
    assert len(outcomes(stage, group)) >= 1
    assert await stage.rows("SELECT id FROM outbox WHERE status = 'uncertain'") == []


async def test_what_is_there_and_changes_comes_as_a_new_message(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.world.faults.add("drop_after_accept", method="sendMessage", chat_id=group.id)
    question = await stage.put(centre)
    await stage.move(60)
    [asked] = [each for each in stage.said(anna) if LOST in each.words]
    await stage.press(anna, asked, "It is there")
    await stage.move(60)
    assert "comes as a new message" in asked.words
    assert len(stage.said(group)) == 1
    for minutes in (15, 30):
        assert question.closes_at is not None
        until = question.closes_at + minutes * 60
        async with stage.voci.database.transaction() as tx:
            ids = centre.id, question.id
            assert await decisions.extend(tx, *ids, until, stage.now)
            unit = UnitOfWork(tx, stage.now, stage.voci.services)
            await closing.moved(unit, centre, replace(question, closes_at=until))
        await stage.move(60)
        said = stage.said(group)
        assert stage.speech().time(until) in said[-1].words
        assert len(said) == 2, "the new one is edited from then on"


async def test_nobody_can_answer_what_is_too_late(stage: Stage) -> None:
    _, _, anna, bruno = await closed(stage, "500")
    await stage.move(14 * 24 * HOUR - 600)
    [asked], [other] = (
        [each for each in stage.said(who) if LOST in each.words] for who in (anna, bruno)
    )
    assert asked.buttons and other.buttons
    await stage.move(1200)
    await stage.move(60)
    for message in (asked, other):
        assert "too late" in message.words and not message.buttons
    assert await stage.rows("SELECT id FROM outbox WHERE status = 'uncertain'") == []

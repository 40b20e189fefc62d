"""Updates that nobody foresaw: dealt with or left out, marked once, and nothing is raised."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.agreeing_telegram import agreeing
from kit.hostile import PRESS, hostile, real, take
from kit.running_bot import TIRELESS

from bot.app import Voci
from bot.flood import AT_ONCE
from bot.ordering import CAP
from bot.reading import Unreadable, read

NUMBERS = count(1)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
async def voci(tmp_path: Path, said: list[str]) -> AsyncIterator[Voci]:
    async with agreeing(tmp_path, said) as voci:
        yield voci


async def marks(voci: Voci) -> dict[int, str]:
    async with voci.database.reading() as tx:
        rows = await tx.statement("SELECT update_id, status FROM updates WHERE update_id > 0")
        return {int(row["update_id"]): str(row["status"]) for row in rows}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 2**32))
async def test_hostile_updates_raise_nothing(voci: Voci, seed: int) -> None:
    voci.processing.flood.at_once = TIRELESS
    draw = random.Random(seed)
    for _ in range(20):
        await take(voci, hostile(draw, next(NUMBERS)))
    number = next(NUMBERS)
    assert await take(voci, real(draw, number))
    assert number in await marks(voci)


async def test_most_of_them_get_far(voci: Voci) -> None:
    """Otherwise the test above would try nothing but the reading."""
    voci.processing.flood.at_once = TIRELESS
    draw = random.Random(7)
    readable = Counter([await take(voci, hostile(draw, number)) for number in range(1, 400)])
    assert min(readable.values()) > 50
    await voci.delivery.finish()
    assert Counter((await marks(voci)).values())["processed"] > 100


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["update_id", "message", "callback_query", "from", "chat", "id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
async def test_whatever_is_sent_is_read_or_refused(voci: Voci, content: Any) -> None:
    try:
        update = read(content, voci.application.bot)
    except Unreadable:
        return
    assert 0 <= update.update_id < 2**63


@pytest.mark.parametrize("levels", [300, 900])
async def test_deep_json_is_left_out_and_marked(voci: Voci, levels: int) -> None:
    nested = '{"reply_to_message":' * levels + "1" + "}" * levels
    assert not await take(voci, json.loads(f'{{"update_id": 5, "message": {nested}}}'))
    assert await marks(voci) == {5: "failed"}


async def test_a_press_that_cannot_be_read_is_answered(voci: Voci, said: list[str]) -> None:
    content = {"update_id": 5, "callback_query": {**PRESS, "message": 7}}
    assert not await take(voci, content)
    await voci.delivery.finish()
    assert said[-1] == "That was not saved. Please press again."
    assert await marks(voci) == {5: "failed"}


async def test_what_goes_wrong_around_an_update_stays_there(
    voci: Voci, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(voci.processing, "_until_settled", fail)
    assert await take(voci, real(random.Random(1), 5))
    assert [record.levelname for record in caplog.records][-1] == "ERROR"


async def test_a_flood_is_answered_once_and_costs_no_row(voci: Voci, said: list[str]) -> None:
    for number in range(1, 2_001):
        assert await take(voci, {"update_id": number, "callback_query": PRESS})
    await voci.delivery.finish()
    assert len(await marks(voci)) == AT_ONCE
    assert sum("a lot at once" in text for text in said) == 1


async def test_a_flood_at_one_moment_is_answered_once(voci: Voci, said: list[str]) -> None:
    contents = [{"update_id": number, "callback_query": PRESS} for number in range(1, 1_001)]
    await asyncio.gather(*(take(voci, content) for content in contents))
    await voci.delivery.finish()
    assert len(await marks(voci)) == CAP
    assert sum("a lot at once" in text for text in said) == 1

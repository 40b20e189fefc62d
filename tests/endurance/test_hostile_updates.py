"""100,000 updates as nobody sends them who means well: none raises, and Voci works on."""

from __future__ import annotations

import logging
import random
from collections import Counter
from pathlib import Path

import pytest
from kit.agreeing_telegram import agreeing
from kit.hostile import hostile, real, take
from kit.running_bot import TIRELESS

UPDATES = 100_000


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_none_of_many_hostile_updates_gets_out_of_processing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    draw, found = random.Random(20261129), Counter[str]()
    async with agreeing(tmp_path, []) as voci:
        voci.processing.flood.at_once = TIRELESS
        for number in range(1, UPDATES + 1):
            content = hostile(draw, number)
            try:
                found["read" if await take(voci, content) else "refused"] += 1
            except Exception as error:
                found[f"raised {type(error).__name__}"] += 1
            if number % 1_000 == 0:
                await voci.delivery.finish()
        async with voci.database.reading() as tx:
            for row in await tx.statement("SELECT status, count(*) AS n FROM updates GROUP BY 1"):
                found[f"marked {row['status']}"] = int(row["n"])
        assert await take(voci, real(random.Random(1), UPDATES + 1))
    print(dict(sorted(found.items())))
    assert found["read"] + found["refused"] == UPDATES
    assert found["read"] > UPDATES / 4

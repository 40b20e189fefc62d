from __future__ import annotations

import asyncio
import logging
from functools import partial

import pytest

from storage.background import Background
from storage.engine.errors import StorageError


async def test_one_piece_goes_on_at_a_time_and_another_after_it() -> None:
    background, go, begun = Background("not done"), asyncio.Event(), list[str]()

    async def work(name: str) -> None:
        begun.append(name)
        await go.wait()

    await background.done()  # of nothing
    assert not background.goes_on
    for name in ("first", "meanwhile"):
        background.begin(partial(work, name))
        await asyncio.sleep(0)
    assert background.goes_on
    go.set()
    await background.done()
    assert not background.goes_on
    background.begin(lambda: work("after"))
    await background.done()
    assert begun == ["first", "after"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StorageError("busy"), (logging.WARNING, "not done: busy")),
        (ValueError(), (logging.ERROR, "not done")),
    ],
)
async def test_what_fails_is_told_and_begins_again(
    error: Exception, told: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    background, done = Background("not done"), list[int]()

    async def fails() -> None:
        raise error

    async def works() -> None:
        done.append(1)

    background.begin(fails)
    await background.done()
    assert [(each.levelno, each.getMessage()) for each in caplog.records] == [told]
    caplog.clear()  # nothing else was one
    background.begin(works)
    await background.done()
    assert done == [1]


async def test_it_is_cut_short(caplog: pytest.LogCaptureFixture) -> None:
    background = Background("not done")
    await background.stop()  # of nothing
    background.begin(lambda: asyncio.sleep(60))
    await background.stop()
    assert not background.goes_on
    assert caplog.messages == []

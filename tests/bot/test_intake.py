"""The intake: nothing is acknowledged before it is dealt with, trouble passes, order holds."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.clock import MovableClock
from bot.intake import AFTER_FAILURE, ALLOWED, Intake
from bot.vitals import Vitals


class Bot:
    """Hands out prepared batches (or errors) and remembers what was acknowledged."""

    def __init__(self, *batches: list[int] | Exception) -> None:
        self.batches = list(batches)
        self.offsets: list[int | None] = []

    async def get_updates(self, offset: int | None, **options: Any) -> list[Update]:
        self.offsets.append(offset)
        assert options["allowed_updates"] == ALLOWED
        if not self.batches:
            await asyncio.Event().wait()
        batch = self.batches.pop(0)
        if isinstance(batch, Exception):
            raise batch
        return [Update(number) for number in batch]


async def left_out(content: object) -> None:
    raise AssertionError("everything could be read")


class Clock(MovableClock):
    def __init__(self) -> None:
        super().__init__(0.0)
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def run_until_empty(bot: Bot, accept: Any, clock: Clock) -> None:
    task = asyncio.create_task(
        Intake(cast(ExtBot[Any], bot), accept, left_out, clock, Vitals(clock)).run()
    )
    while bot.batches and not task.done():  # noqa: ASYNC110 - nothing here can set an event
        await asyncio.sleep(0)
    for _ in range(5):
        await asyncio.sleep(0)
    task.cancel()
    for result in await asyncio.gather(task, return_exceptions=True):
        if isinstance(result, Exception):
            raise result


async def test_a_batch_is_acknowledged_after_its_last_update_is_dealt_with() -> None:
    bot, clock = Bot([5, 6], [7]), Clock()
    gate, accepted = asyncio.Event(), []

    async def accept(update: Update) -> None:
        if update.update_id == 6:
            await gate.wait()
        accepted.append(update.update_id)

    task = asyncio.create_task(
        Intake(cast(ExtBot[Any], bot), accept, left_out, clock, Vitals(clock)).run()
    )
    for _ in range(10):
        await asyncio.sleep(0)
    assert accepted == [5]
    assert bot.offsets == [None]
    gate.set()
    for _ in range(10):
        await asyncio.sleep(0)
    assert accepted == [5, 6, 7]
    assert bot.offsets == [None, 7, 8]
    task.cancel()


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (NetworkError("away"), AFTER_FAILURE[0]),
        (Conflict("another one"), AFTER_FAILURE[0]),
        (BadRequest("odd"), AFTER_FAILURE[0]),
        (RetryAfter(7), 7.0),
    ],
)
async def test_trouble_passes_and_loses_nothing(error: Exception, wait: float) -> None:
    bot, clock, accepted = Bot(error, [5]), Clock(), []

    async def accept(update: Update) -> None:
        accepted.append(update.update_id)

    await run_until_empty(bot, accept, clock)
    assert clock.slept == [wait]
    assert accepted == [5]


async def test_lasting_trouble_is_met_with_patience() -> None:
    bot, clock = Bot(*[NetworkError("away")] * 6, [5]), Clock()

    async def accept(_: Update) -> None: ...

    await run_until_empty(bot, accept, clock)
    assert clock.slept == [*AFTER_FAILURE, AFTER_FAILURE[-1], AFTER_FAILURE[-1]]


async def test_one_that_cannot_be_read_is_left_out_and_the_others_come_in() -> None:
    """PTB reads a batch as a whole, so one piece of poison would stop all of it for ever."""
    content = [{"update_id": 5}, {"update_id": 6, "message": {"date": 10**20}}, {"update_id": 7}]
    accepted, refused = [], []

    class Raw(Bot):
        async def do_api_request(self, method: str, api_kwargs: Any) -> Any:
            assert (method, api_kwargs) == ("getUpdates", {})
            return content

    async def accept(update: Update) -> None:
        accepted.append(update.update_id)

    async def refuse(content: object) -> None:
        refused.append(content)

    intake = Intake(Raw(OverflowError("a date"), [8]), accept, refuse, Clock(), Vitals(Clock()))  # type: ignore[arg-type]
    await intake.fetch()
    await intake.fetch()
    assert (accepted, refused) == ([5, 7, 8], [content[1]])
    assert intake._offset == 9


async def test_what_cannot_even_be_fetched_ends_nothing() -> None:
    class Deep(Bot):
        async def do_api_request(self, *_: Any, **__: Any) -> Any:
            raise RecursionError

    bot, clock, accepted = Deep(RecursionError("deep"), [5]), Clock(), []

    async def accept(update: Update) -> None:
        accepted.append(update.update_id)

    await run_until_empty(bot, accept, clock)
    assert (clock.slept, accepted) == ([AFTER_FAILURE[0]], [5])


async def test_a_refused_token_ends_the_process() -> None:
    async def accept(_: Update) -> None: ...

    with pytest.raises(InvalidToken):
        await run_until_empty(Bot(InvalidToken("no")), accept, Clock())


async def test_an_offset_is_not_kept_over_a_quiet_week() -> None:
    bot, clock, accepted = Bot([900], [3], [4]), Clock(), []

    async def accept(update: Update) -> None:
        accepted.append(update.update_id)

    await run_until_empty(bot, accept, clock)
    assert accepted == [900, 3, 4]
    assert bot.offsets == [None, 901, 4, 5]

"""Screens after the commit: in order within a chat, the latest wins, none when it is old news."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from kit.phrases import SAID_YES
from markupsafe import Markup
from telegram import CallbackQuery, Update, User
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.bucket import Bucket, Urgency
from bot.clock import MovableClock
from bot.delivery import LINE, PATIENCE, Delivery
from bot.sending import Arrived, Sending
from handlers.core.screen import Screen
from handlers.core.unit_of_work import Services, Show, Toast

ANNA, BRUNO = 7, 8


class Noted(Sending):
    """Takes the bucket's turns as the real one does, and remembers what left when."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self.bucket = Bucket(clock)
        self.shown: list[str] = []
        self.toasts: list[str] = []
        self.troubles: list[Exception] = []

    async def show(self, show: Show, deadline: float) -> int | None:
        await self.bucket.take(show.chat_id, Urgency.SCREEN, deadline)
        if self.troubles:
            trouble = self.troubles.pop(0)
            if isinstance(trouble, RetryAfter):
                await self.bucket.halt(show.chat_id, 3)
            raise trouble
        self.shown.append(str(show.screen.text))
        return 1

    async def answer(self, query_id: str, toast: Toast | None) -> None:
        self.toasts.append(toast.text if toast else "")


class Database:
    """Takes what is written."""

    async def run(self, work: Any) -> None:
        pass


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(1000.0)


@pytest.fixture
def sending(clock: MovableClock) -> Noted:
    return Noted(clock)


@pytest.fixture
def delivery(clock: MovableClock, sending: Noted) -> Delivery:
    services = cast(Services, None)  # nobody asks for them here
    return Delivery(sending, cast(Any, Database()), services, clock)


def show(delivery: Delivery, text: str, chat_id: int = ANNA, message_id: int | None = None) -> None:
    screen = Screen(Markup(text))  # noqa: S704 - the test's own words
    update = Update(1)
    delivery.say(update, shows=[Show(chat_id, screen, message_id)])


async def pass_time(clock: MovableClock, seconds: float) -> None:
    for _ in range(int(seconds * 10)):
        for _ in range(5):
            await asyncio.sleep(0)
        clock.move(0.1)
    for _ in range(5):
        await asyncio.sleep(0)


async def test_one_chats_screens_leave_in_order(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    for number in range(6):
        show(delivery, str(number))
    await pass_time(clock, 8)
    assert sending.shown == ["0", "1", "2", "3", "4", "5"]


async def test_the_newer_screen_of_a_message_takes_the_waiting_ones_place(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    show(delivery, "0", message_id=5)
    await asyncio.sleep(0)
    for number in range(1, 30):
        show(delivery, str(number), message_id=5)
    await pass_time(clock, 4)
    assert sending.shown == ["0", "29"]


async def test_a_halted_chat_delays_no_other_screen_and_no_post(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    await sending.bucket.halt(ANNA, 3600)
    show(delivery, "to Anna")
    show(delivery, "to Bruno", BRUNO)
    await asyncio.sleep(0)
    post = asyncio.create_task(sending.bucket.take(9, Urgency.OUTBOX))
    await pass_time(clock, 1)
    assert sending.shown == ["to Bruno"]
    assert post.done()


async def test_a_screen_that_would_come_too_late_is_given_up(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    await sending.bucket.halt(ANNA, PATIENCE + 5)
    show(delivery, "old news")
    await pass_time(clock, 1)
    await asyncio.wait_for(delivery.finish(), 1)
    await pass_time(clock, PATIENCE + 10)
    assert sending.shown == []


async def test_a_flood_of_screens_ends_with_the_newest(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    for number in range(60):
        show(delivery, str(number))
    assert len(delivery._lines[ANNA]) <= LINE
    await pass_time(clock, PATIENCE + 5)
    assert len(sending.shown) <= LINE
    assert not delivery._lines
    show(delivery, "afterwards")
    await pass_time(clock, 2)
    assert sending.shown[-1] == "afterwards"


async def test_after_a_429_it_is_tried_again_in_time(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    sending.troubles = [RetryAfter(3)]
    show(delivery, "later")
    await pass_time(clock, 5)
    assert sending.shown == ["later"]


@pytest.mark.parametrize("trouble", [NetworkError("away"), ValueError("odd"), Forbidden("no")])
async def test_trouble_with_one_screen_leaves_the_next_alone(
    delivery: Delivery, sending: Noted, clock: MovableClock, trouble: Exception
) -> None:
    sending.troubles = [trouble]
    show(delivery, "first")
    show(delivery, "second")
    await pass_time(clock, 4)
    assert sending.shown[-1] == "second"


COULD_NOT = "This could not be shown. Nothing that you did is lost. Whoever runs Voci can see why."


@pytest.mark.parametrize(
    ("trouble", "shown"),
    [
        (BadRequest("File is invalid"), [COULD_NOT]),
        (OSError("no space left"), [COULD_NOT]),
        (NetworkError("away"), []),  # it may be there
        (Arrived(), []),  # it is there
        (Forbidden("bot was blocked by the user"), []),
    ],
)
async def test_whoever_asked_for_what_cannot_be_shown_hears_that(
    delivery: Delivery, sending: Noted, clock: MovableClock, trouble: Exception, shown: list[str]
) -> None:
    sending.troubles = [trouble]
    show(delivery, "the published list")
    await pass_time(clock, 4)
    assert sending.shown == shown


async def test_where_not_even_that_can_be_shown_the_next_screen_can(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    sending.troubles = [BadRequest("File is invalid"), BadRequest("nor this")]
    show(delivery, "first")
    show(delivery, "second")
    await pass_time(clock, 6)
    assert sending.shown == ["second"]


async def test_a_group_reads_nothing_of_what_could_not_be_shown(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    sending.troubles = [BadRequest("message to edit not found")]
    show(delivery, "first", -5)
    show(delivery, "second", -5)
    await pass_time(clock, 6)
    assert sending.shown == ["second"]


async def test_toasts_wait_for_nobody(
    delivery: Delivery, sending: Noted, clock: MovableClock
) -> None:
    await sending.bucket.halt(ANNA, 3600)
    query = CallbackQuery("q", User(ANNA, "Anna", False), "chat")
    update = Update(1, callback_query=query)
    delivery.say(update, toast=Toast(SAID_YES))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert sending.toasts == [SAID_YES]

"""The sender outlives what it meets: rows that can't be sent, a database that is away."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import httpx
import pytest
from kit.elsewhere import Elsewhere
from kit.migrated_files import put_file
from markupsafe import Markup
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.bucket import Bucket, Urgency
from bot.calls import Place
from bot.clock import MovableClock
from bot.lease import ALONE, Leading
from bot.limits import Leaving
from bot.outbox import Sender
from bot.sending import Arrived, Sending
from bot.settling import REST
from bot.shown import Shown
from bot.vitals import Vitals
from handlers.core import registration
from handlers.core.screen import Posted, Screen, dump
from handlers.core.unit_of_work import Services, UnitOfWork
from storage import outbox, outbox_faults
from storage.engine.database import Database
from storage.engine.errors import Conflict, StorageError, Transient
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.outbox import LEASE

NOW = 1_764_763_200
ANNA, BRUNO = 7, 8


class Reached:
    """A database that can be out of reach."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.away: Exception | None = None
        self.refused = 0

    async def run(self, work: Callable[[Transaction], Awaitable[Any]]) -> Any:
        if self.away is not None:
            self.refused += 1
            raise self.away
        return await self.database.run(work)


class Letterbox(Sending):
    """Notes what would go to Telegram."""

    def __init__(self) -> None:
        super().__init__(cast(Any, Bot("1:a")), Shown())
        self.sent: list[tuple[int, str]] = []
        self.on_post: Callable[[], None] = lambda: None
        self.arrived = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def post(
        self,
        place: Place,
        content: Posted,
        urgency: Urgency,
        deadline: float = math.inf,
        leaving: Leaving | None = None,
    ) -> int:
        if leaving is not None:
            await leaving()
        self.on_post()
        self.arrived.set()
        await self.open.wait()
        self.sent.append((place.chat_id, content.text))
        return len(self.sent)


class Post:
    """A sender with its surroundings."""

    def __init__(self, database: Database) -> None:
        self.clock = MovableClock(NOW)
        self.reached = Reached(database)
        self.letters = Letterbox()
        self.bucket = Bucket(self.clock)
        self.vitals = Vitals(self.clock)
        self.sender = self.another()

    def another(self, lease: Leading = ALONE) -> Sender:
        return Sender(
            cast(Database, self.reached),
            self.letters,
            self.bucket,
            cast(Services, None),
            self.clock,
            self.vitals,
            lease,
        )

    async def put(self, key: str, chat_id: int, payload: str = "", **more: Any) -> None:
        payload = payload or dump(Screen(Markup("Hello.")))
        async with self.reached.database.transaction() as tx:
            await outbox.add(tx, key=key, chat_id=chat_id, payload=payload, now=NOW, **more)

    async def statuses(self) -> dict[str, str]:
        async with self.reached.database.reading() as tx:
            rows = await tx.statement("SELECT key, status FROM outbox ORDER BY id")
        return {row["key"]: row["status"] for row in rows}

    async def kept(self) -> dict[str, int]:
        async with self.reached.database.reading() as tx:
            return await outbox_faults.kept_by(tx)

    async def passes(self, seconds: int, ends: Callable[[], bool] = lambda: False) -> None:
        """Let time pass second by second; whoever wakes comes as far as they can."""
        for _ in range(seconds):
            self.clock.move(1)
            for _ in range(50):
                await asyncio.sleep(0.001)
                if ends():
                    return


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    await put_file(tmp_path / "voci.db", "main")
    database = await open_database(f"sqlite:///{tmp_path}/voci.db")
    yield Post(database)
    await database.close()


@pytest.fixture
async def running(post: Post) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(post.sender.run())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


UNREADABLE = {
    "no JSON": "{not json",
    "nothing in it": "{}",
    "a picture of no known kind": '{"text": "high", "picture": {"kind": "hologram"}}',
}


@pytest.mark.parametrize("payload", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("repeatable", [False, True])
async def test_a_row_that_cannot_be_made_a_message_waits_and_holds_up_nobody(
    post: Post, caplog: pytest.LogCaptureFixture, payload: str, repeatable: bool
) -> None:
    await post.put("bad", ANNA, payload, repeatable=repeatable)
    await post.put("after it", ANNA)
    await post.put("good", BRUNO)
    with caplog.at_level(logging.WARNING):
        assert await post.sender.send_due() == 2
        post.clock.move(REST)
        await post.sender.send_due()
    assert await post.statuses() == {"bad": "waiting", "after it": "sent", "good": "sent"}
    assert sorted(post.letters.sent) == [(ANNA, "Hello."), (BRUNO, "Hello.")]
    [line] = caplog.messages
    assert line.startswith("outbox row 1 waits for 5 s: ")
    assert "high" not in caplog.text  # nothing of what it said


@pytest.mark.parametrize("error", [AttributeError, TypeError, KeyError, RuntimeError, ValueError])
async def test_an_error_of_ours_throws_nothing_away(post: Post, error: type[Exception]) -> None:
    def break_down() -> None:
        raise error("Hello.")

    post.letters.on_post = break_down
    for number in range(3):
        await post.put(f"{number}", ANNA + number)
    await post.sender.send_due()
    assert set((await post.statuses()).values()) == {"waiting"}
    assert await post.kept() == {error.__name__: 3}
    post.letters.on_post = lambda: None
    post.clock.move(REST + 1)
    assert await post.sender.send_due() == 3
    assert await post.statuses() == {"0": "sent", "1": "sent", "2": "sent"}
    assert await post.kept() == {}


async def test_after_an_error_of_ours_the_sender_rests(post: Post) -> None:
    await post.put("bad", ANNA, "{}")
    await post.sender.send_due()
    await post.put("good", BRUNO)
    post.clock.move(REST - 0.001)
    assert await post.sender.send_due() == 0
    post.clock.move(0.001)
    assert await post.sender.send_due() == 1
    assert await post.statuses() == {"bad": "waiting", "good": "sent"}


async def test_the_tries_of_a_row_that_an_error_of_ours_keeps_become_rarer(post: Post) -> None:
    await post.put("bad", ANNA, "{}")
    waits = []
    for _ in range(9):
        tried = post.clock.now()
        while not await post.sender.send_due():
            post.clock.move(1)
        waits.append(post.clock.now() - tried)
    assert waits == [0, 6, 11, 21, 41, 81, 161, 321, 321]


async def test_an_error_after_telegrams_yes_is_no_reason_to_send_again(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> None:
        raise Arrived from AttributeError("Hello.")

    post.letters.on_post = break_down
    await post.put("a", ANNA)
    await post.put("b", BRUNO, repeatable=True)
    await post.sender.send_due()
    assert await post.statuses() == {"a": "sent", "b": "sent"}
    assert "outbox row 1 was sent, but its id was lost: AttributeError" in caplog.messages


@pytest.mark.parametrize(("halt", "status"), [(1.9, "sent"), (2.1, "waiting")])
async def test_a_chat_that_must_wait_long_holds_no_place_in_the_batch(
    post: Post, halt: float, status: str
) -> None:
    await post.bucket.halt(ANNA, halt)
    await post.put("a", ANNA)
    assert await post.sender.send_due() == 1
    assert await post.statuses() == {"a": status}
    assert len(post.letters.sent) == (status == "sent")
    post.clock.move(3)
    await post.sender.send_due()
    assert await post.statuses() == {"a": "sent"}


@pytest.mark.parametrize(
    ("looks", "status"),
    [
        (0, "waiting"),  # another process has the lease
        (1, "waiting"),  # and had it in the transaction that claims, though this one's own clock
        (2, "sending"),  # lost between claim and sending: in hand, and given up
        (3, "sending"),  # lost while it waited for its turn to leave
        (4, "sent"),
    ],
)
async def test_only_whoever_has_the_lease_sends(post: Post, looks: int, status: str) -> None:
    await post.put("a", ANNA)
    await post.another(Elsewhere(looks)).send_due()
    assert await post.statuses() == {"a": status}
    assert len(post.letters.sent) == (status == "sent")
    post.clock.move(LEASE)
    await post.sender.recover()
    assert await post.statuses() == {"a": "sent" if status == "sent" else "waiting"}


async def test_whoever_wakes_late_sends_nothing_that_is_somebody_elses_by_now(post: Post) -> None:
    """It stood still for longer than its claim held; meanwhile another one has sent the row."""
    post.letters.open.clear()
    await post.put("a", ANNA)
    sleeper = post.another()
    asleep = asyncio.Event()

    async def stands_still(_: int) -> float:
        await asleep.wait()
        return 0.0

    with patch.object(post.bucket, "wait", stands_still):
        late = asyncio.create_task(sleeper.send_due())
        await post.passes(1)
    post.clock.move(outbox.LEASE)
    await post.sender.recover()
    post.letters.open.set()
    await post.sender.send_due()
    asleep.set()
    await late
    assert await post.statuses() == {"a": "sent"}
    assert post.letters.sent == [(ANNA, "Hello.")]


async def test_the_sender_outlives_a_database_that_is_away(
    post: Post, running: asyncio.Task[None]
) -> None:
    await post.put("a", ANNA)
    post.reached.away = Transient("away")
    await post.passes(30, lambda: post.reached.refused > 1)
    assert post.reached.refused > 1
    assert not running.done()
    assert post.letters.sent == []
    post.reached.away = None
    await post.passes(10, lambda: bool(post.letters.sent))
    await post.passes(1)
    assert await post.statuses() == {"a": "sent"}


async def test_what_was_sent_is_noted_once_the_database_is_back(
    post: Post, running: asyncio.Task[None]
) -> None:
    def lose_it() -> None:
        post.reached.away = Transient("away")

    post.letters.on_post = lose_it
    await post.put("a", ANNA)
    post.sender.wake()
    await post.passes(30, lambda: post.reached.refused > 1)
    assert post.reached.refused > 1
    assert await post.statuses() == {"a": "sending"}
    assert not running.done()
    post.reached.away = None
    await post.passes(10)
    assert await post.statuses() == {"a": "sent"}
    assert post.letters.sent == [(ANNA, "Hello.")]


async def test_what_cannot_be_noted_at_all_stops_nobody(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        post.reached.away = Conflict("refused")

    post.letters.on_post = refuse
    await post.put("a", ANNA)
    assert await post.sender.send_due() == 1
    assert "outbox row 1 could not be settled: Conflict" in caplog.text
    post.reached.away, post.letters.on_post = None, lambda: None
    await post.put("b", BRUNO)
    assert await post.sender.send_due() == 1
    assert (await post.statuses())["b"] == "sent"


async def test_an_edit_whose_place_cannot_be_looked_up_waits(post: Post) -> None:
    await post.put("edit", ANNA, dump(Screen(Markup("x")), edit=True), ref="r")
    run = post.reached.run
    asked = 0

    async def away_once(work: Callable[[Transaction], Awaitable[Any]]) -> Any:
        nonlocal asked
        asked += 1
        if asked == 2:  # the first takes the row
            raise Transient("away")
        return await run(work)

    post.reached.run = away_once  # type: ignore[method-assign]
    assert await post.sender.send_due() == 1
    assert await post.statuses() == {"edit": "waiting"}


@pytest.mark.parametrize("repeatable", [False, True])
async def test_a_process_that_starts_leaves_alone_what_another_is_sending(
    post: Post, repeatable: bool
) -> None:
    post.letters.open.clear()
    await post.put("a", ANNA, repeatable=repeatable)
    sending = asyncio.create_task(post.sender.send_due())
    await post.letters.arrived.wait()
    post.clock.move(30)
    other = post.another()
    await other.recover()
    assert await other.send_due() == 0
    post.letters.open.set()
    assert await sending == 1
    await other.recover()
    assert await other.send_due() == 0
    assert await post.statuses() == {"a": "sent"}
    assert post.letters.sent == [(ANNA, "Hello.")]


async def test_whoever_sends_for_long_goes_on_holding_the_row(post: Post) -> None:
    post.letters.open.clear()
    await post.put("a", ANNA)
    sending = asyncio.create_task(post.sender.send_due())
    await post.letters.arrived.wait()
    other = post.another()
    for _ in range(4):
        post.clock.move(outbox.LEASE // 2)
        await post.sender.recover()  # its tick
        await other.recover()
    assert await post.statuses() == {"a": "sending"}
    post.letters.open.set()
    await sending
    assert await post.statuses() == {"a": "sent"}


@pytest.mark.parametrize(("repeatable", "ends"), [(False, "uncertain"), (True, "sent")])
async def test_what_a_process_left_behind_is_found_without_a_restart(
    post: Post, repeatable: bool, ends: str
) -> None:
    await post.put("a", ANNA, repeatable=repeatable)
    async with post.reached.database.transaction() as tx:
        for row in await outbox.claim_due(tx, NOW, 10):  # by a process that dies now
            assert await outbox.leaves(tx, row)
    await post.sender.recover()
    assert await post.sender.send_due() == 0
    post.clock.move(outbox.LEASE)
    await post.sender.recover()
    await post.sender.send_due()
    assert await post.statuses() == {"a": ends}


async def test_what_is_not_wanted_any_more_is_not_sent_and_looks_as_if_it_were(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look(row: outbox.Outgoing, unit: UnitOfWork) -> str | None:
        return row.payload if row.chat_id == BRUNO else None

    monkeypatch.setitem(registration.second_looks, "asked", look)
    await post.put("asked:1", ANNA)
    await post.put("asked:2", BRUNO)
    await post.put("unasked:3", 9)
    assert await post.sender.send_due() == 3
    assert sorted(chat_id for chat_id, _ in post.letters.sent) == [BRUNO, 9]
    assert await post.statuses() == {"asked:1": "sent", "asked:2": "sent", "unasked:3": "sent"}


async def test_a_look_that_the_database_refuses_is_taken_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    async def look(row: outbox.Outgoing, unit: UnitOfWork) -> str | None:
        looks.append(row.key)
        if len(looks) == 1:
            raise StorageError("away")
        return row.payload

    monkeypatch.setitem(registration.second_looks, "asked", look)
    await post.put("asked:1", ANNA)
    await post.sender.send_due()
    assert post.letters.sent == [] and await post.statuses() == {"asked:1": "waiting"}
    post.clock.move(10)
    await post.sender.send_due()
    assert await post.statuses() == {"asked:1": "sent"} and len(post.letters.sent) == 1


async def test_who_gave_a_row_back_does_not_hold_it_for_another(post: Post) -> None:
    """Another process takes it and dies: nobody's tick keeps it under way for ever."""

    def unreachable() -> None:
        raise NetworkError("no route") from httpx.ConnectError("no route")

    post.letters.on_post = unreachable
    await post.put("a", ANNA)
    await post.sender.send_due()
    post.clock.move(10)
    async with post.reached.database.transaction() as tx:
        [row] = await outbox.claim_due(tx, NOW + 10, 10)
        assert await outbox.leaves(tx, row)
    post.clock.move(outbox.LEASE // 2)
    await post.sender.recover()
    post.clock.move(outbox.LEASE // 2)
    await post.sender.recover()
    assert await post.statuses() == {"a": "uncertain"}


async def test_a_halt_is_not_shortened_by_a_broken_second(post: Post) -> None:
    def halt() -> None:
        raise RetryAfter(30)

    post.letters.on_post = halt
    post.clock.move(0.5)
    await post.put("a", ANNA)
    await post.sender.send_due()
    post.letters.on_post = lambda: None
    post.clock.move(29.9)
    assert await post.sender.send_due() == 0
    post.clock.move(1)
    assert await post.sender.send_due() == 1


async def test_a_group_that_refuses_one_post_is_asked_about_the_next(post: Post) -> None:
    """Whether the bot was put out of it, Telegram tells by itself."""

    def forbid() -> None:
        raise Forbidden("Forbidden: bot was kicked from the supergroup chat")

    post.letters.on_post = forbid
    await post.put("a", -ANNA)
    await post.put("b", -ANNA)
    await post.sender.send_due()
    assert await post.statuses() == {"a": "paused", "b": "waiting"}


async def test_all_that_waits_for_a_group_follows_it_whosever_group_it_is(post: Post) -> None:
    def moved() -> None:
        raise ChatMigrated(-1007)

    post.letters.on_post = moved
    await post.put("a", -ANNA)
    await post.put("b", -ANNA)
    await post.sender.send_due()
    post.letters.on_post = lambda: None
    for _ in range(2):
        await post.sender.send_due()
    assert post.letters.sent == [(-1007, "Hello."), (-1007, "Hello.")]
    assert await post.statuses() == {"a": "sent", "b": "sent"}

"""One update is one transaction: applied once, and nothing is said that is not stored."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from kit.migrated_files import put_file
from kit.no_keys import no_keys
from kit.running_bot import LeapingClock
from kit.wiping import eraser_of, shredder_of
from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from assembly.immutable import immutable
from bot import process, turns
from bot.bucket import Bucket
from bot.clock import MovableClock
from bot.delivery import Delivery
from bot.limits import CalledInTransaction, Limits
from bot.ordering import Ordering
from bot.process import Processing
from bot.sending import Sending
from bot.shown import Shown
from bot.vitals import Vitals
from handlers.core import registration
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.press import Press
from handlers.core.registration import presses
from handlers.core.screens import plain
from handlers.core.unit_of_work import Services
from storage import updates
from storage.engine.database import Database
from storage.engine.errors import StorageError, Transient
from storage.engine.opening import open_database
from storage.link_ids import LinkIds

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwx"
ANNA, BRUNO = 11, 12


@immutable
class Count(Press, tag="test-count"):
    by: int


@immutable
class Once(Press, tag="test-once", repeats=False):
    by: int


class Telegram(BaseRequest):
    """Answers every call with yes and remembers it."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, method: str, request_data=None, *_: Any, **__: Any):
        name = url.rsplit("/", 1)[1]
        self.calls.append((name, request_data.parameters if request_data else {}))
        user = {"id": 1, "is_bot": True, "first_name": "Voci", "username": "voci_bot"}
        message = {"message_id": 5, "date": 0, "chat": {"id": 1, "type": "private"}}
        result = {"getMe": user, "answerCallbackQuery": True}.get(name, message)
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def said(self, method: str) -> list[str]:
        return [parameters.get("text", "") for name, parameters in self.calls if name == method]


class Bench:
    """A processing with three handlers: count, send (forbidden), and whatever a test wants."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.telegram = Telegram()
        self.clock = LeapingClock(1_000_000.0)
        self.vitals = Vitals(self.clock)
        bucket = Bucket(self.clock)
        bot = ExtBot(
            TOKEN, request=self.telegram, rate_limiter=Limits(bucket, self.vitals, self.clock)
        )
        self.app = (
            Application.builder()
            .bot(bot)
            .updater(None)
            .context_types(ContextTypes(context=Context))
            .build()
        )
        self.app.add_handler(presses(Count, self.count, may=May.ANYBODY))
        self.app.add_handler(presses(Once, self.count, may=May.ANYBODY))
        self.app.add_handler(MessageHandler(filters.TEXT, self.other))
        services = Services(
            keys=no_keys(),
            shredder=shredder_of(database, no_keys()),
            noise=None,
            username="voci_bot",
            operators=frozenset(),
            links=LinkIds(bytes(32)),
            eraser=eraser_of(database, no_keys()),
        )
        self.delivery = Delivery(Sending(bot, Shown()), database, services, self.clock)
        self.commits = 0
        self.processing = Processing(
            self.app, database, services, self.delivery, self.clock, self.committed, self.vitals
        )
        self.on_text: Callable[[Context], Any] = lambda _: None
        self.calls = 0
        self.poison = False
        self.done_after_commit: list[int] = []

    def committed(self) -> None:
        self.commits += 1

    async def count(self, press: Count | Once, context: Context) -> None:
        self.calls += 1
        if self.poison:
            raise RuntimeError("poison")
        number = await self.number(context.tx) + press.by
        await context.tx.statement(f"UPDATE counters SET n = {number}")
        context.unit.after_commit.append(self.after_commit)
        context.toast(f"It is {number}.")
        context.show(plain.sentence(f"It is {number}."))

    async def after_commit(self) -> None:
        self.done_after_commit.append(self.calls)

    async def number(self, tx: Any) -> int:
        [row] = await tx.statement("SELECT n FROM counters")
        return int(row["n"])

    async def other(self, update: Update, context: Context) -> None:
        result = self.on_text(context)
        if asyncio.iscoroutine(result):
            await result

    async def total(self) -> int:
        async with self.database.reading() as tx:
            return await self.number(tx)

    def press(self, update_id: int, data: str, user: int = ANNA) -> Update:
        person = {"id": user, "is_bot": False, "first_name": "A", "language_code": "en"}
        message = {
            "message_id": 5,
            "date": 1,
            "chat": {"id": user, "type": "private", "first_name": "A"},
            "from": {"id": 1, "is_bot": True, "first_name": "Voci"},
            "text": "before",
        }
        query = {"id": "q", "from": person, "chat_instance": "1", "data": data, "message": message}
        return Update.de_json({"update_id": update_id, "callback_query": query}, self.app.bot)

    def text(self, update_id: int, text: str = "hello", user: int = ANNA) -> Update:
        person = {"id": user, "is_bot": False, "first_name": "A", "language_code": "en"}
        message = {
            "message_id": 6,
            "date": 1,
            "chat": {"id": user, "type": "private", "first_name": "A"},
            "from": person,
            "text": text,
        }
        return Update.de_json({"update_id": update_id, "message": message}, self.app.bot)

    async def accept(self, *updates: Update) -> None:
        await asyncio.gather(*(self.processing.accept(update) for update in updates))
        await self.delivery.finish()


@pytest.fixture
async def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    await put_file(tmp_path / "voci.db", "main")
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    async with database.transaction() as tx:
        await tx.statement("CREATE TABLE counters (n BIGINT NOT NULL)")
        await tx.statement("INSERT INTO counters (n) VALUES (0)")
    monkeypatch.setattr(registration, "press_owners", {})  # each bench answers them anew
    bench = Bench(database, tmp_path)
    await bench.app.initialize()
    yield bench
    await bench.app.shutdown()
    await database.close()


async def test_an_update_is_applied_and_said(bench: Bench) -> None:
    await bench.accept(bench.press(1, "test-count:5"))
    assert await bench.total() == 5
    assert bench.telegram.said("answerCallbackQuery") == ["It is 5."]
    assert bench.telegram.said("editMessageText") == ["It is 5."]
    assert bench.commits == 1


async def test_a_redelivered_press_changes_nothing_and_shows_the_screen_again(
    bench: Bench,
) -> None:
    await bench.accept(bench.press(1, "test-count:5"))
    await bench.accept(bench.press(1, "test-count:0"))
    assert await bench.total() == 5
    assert bench.telegram.said("answerCallbackQuery") == ["It is 5.", "It is 5."]
    assert bench.done_after_commit == [1], "a rehearsal has no commit, and nothing after it"


async def test_a_press_that_does_not_repeat_only_gets_a_toast(bench: Bench) -> None:
    await bench.accept(bench.press(1, "test-once:5"))
    await bench.accept(bench.press(1, "test-once:5"))
    assert await bench.total() == 5
    assert bench.calls == 1
    assert bench.telegram.said("answerCallbackQuery")[1] == "That has arrived already."


async def test_an_old_button_that_is_delivered_again_is_explained_again(bench: Bench) -> None:
    async def explain(_: Update, context: Context) -> None:
        context.toast("An older message.")

    bench.app.add_handler(CallbackQueryHandler(explain))
    for _ in range(2):
        await bench.accept(bench.press(1, "test-gone:5"))
    assert bench.telegram.said("answerCallbackQuery") == ["An older message."] * 2


async def test_any_number_of_deliveries_gives_the_state_of_one(bench: Bench) -> None:
    noise = random.Random(7)
    updates = [bench.press(n, f"test-count:{n}", user=n % 5 + 1) for n in range(1, 41)]
    deliveries = [update for update in updates for _ in range(noise.randint(1, 5))]
    noise.shuffle(deliveries)
    for start in range(0, len(deliveries), 20):
        await bench.accept(*deliveries[start : start + 20])
    assert await bench.total() == sum(range(1, 41))


async def test_a_poisoned_update_is_marked_and_the_others_go_on(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    def poison(_: Context) -> None:
        raise RuntimeError("poison")

    bench.on_text = poison
    await bench.accept(
        bench.text(1), *(bench.press(n, "test-count:1", user=n) for n in range(2, 6))
    )
    assert await bench.total() == 4
    assert "That was not saved. Please press again." in bench.telegram.said("sendMessage")
    async with bench.database.reading() as tx:
        rows = await tx.statement("SELECT update_id, status FROM updates ORDER BY update_id")
    assert tuple(rows[0]) == (1, "failed")
    assert "update 1 failed" in caplog.text


async def test_what_has_failed_says_so_again_when_it_comes_again(bench: Bench) -> None:
    def poison(*_: object) -> None:
        raise RuntimeError("poison")

    bench.on_text, bench.poison = poison, True
    await bench.accept(bench.text(1), bench.press(2, "test-count:1"))
    bench.on_text, bench.poison = lambda _: None, False
    await bench.accept(bench.text(1), bench.press(2, "test-count:1"))
    assert await bench.total() == 0
    for method in ("sendMessage", "answerCallbackQuery"):
        assert bench.telegram.said(method) == ["That was not saved. Please press again."] * 2


async def test_what_was_saved_after_all_is_not_said_to_be_lost(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def committed_all_the_same(*_: object) -> bool:
        return False

    bench.poison = True
    monkeypatch.setattr(updates, "mark_failed", committed_all_the_same)
    await bench.accept(bench.press(1, "test-count:1"))
    assert bench.telegram.said("answerCallbackQuery") == ["That has arrived already."]


@pytest.mark.parametrize("where", ["a group", "a channel's words", "a bot"])
async def test_to_whom_nothing_private_can_be_said_nothing_is_said(
    bench: Bench, where: str
) -> None:
    def poison(_: Context) -> None:
        raise RuntimeError("poison")

    bench.on_text = poison
    sent = bench.text(1).to_dict()
    if where == "a group":
        sent["message"]["chat"] = {"id": -100, "type": "supergroup", "title": "Aurora"}
    elif where == "a bot":
        sent["message"]["from"]["is_bot"] = True
    else:
        sent["message"]["sender_chat"] = {"id": -5, "type": "channel", "title": "News"}
    await bench.accept(Update.de_json(sent, bench.app.bot))
    assert [name for name, _ in bench.telegram.calls if name != "getMe"] == []


async def test_what_a_failing_handler_wrote_is_rolled_back(bench: Bench) -> None:
    async def half(context: Context) -> None:
        await context.tx.statement("UPDATE counters SET n = 99")
        raise RuntimeError("half-way")

    bench.on_text = half
    await bench.accept(bench.text(1))
    assert await bench.total() == 0


async def test_a_stuck_handler_is_cut(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert process.DEADLINE == 2.0
    entered = asyncio.Event()

    async def stuck(_: Context) -> None:
        entered.set()
        await asyncio.Event().wait()

    bench.on_text = stuck
    with monkeypatch.context() as patch:  # for this one only: the other may be slow
        patch.setattr(process, "DEADLINE", 0.2)
        cut = asyncio.create_task(bench.accept(bench.text(1)))
        await entered.wait()
    await bench.accept(bench.press(2, "test-count:1", user=BRUNO))
    await cut
    assert await bench.total() == 1
    assert "That was not saved. Please press again." in bench.telegram.said("sendMessage")


async def test_what_passes_by_itself_is_retried_without_acknowledging(bench: Bench) -> None:
    tries = 0

    def locked(_: Context) -> None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise Transient("database is locked")

    bench.on_text = locked
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    bench.clock.sleep = sleep  # type: ignore[method-assign]
    await bench.accept(bench.text(1))
    assert tries == 4
    assert waits == list(turns.BACKOFF[:3])
    assert bench.telegram.said("sendMessage") == []


async def test_a_failure_that_cannot_be_marked_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0

    async def unmarkable(*_: Any) -> bool:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StorageError("no room for the mark either")
        return True

    def poison(_: Context) -> None:
        raise RuntimeError("poison")

    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    bench.on_text = poison
    bench.clock.sleep = sleep  # type: ignore[method-assign]
    monkeypatch.setattr(updates, "mark_failed", unmarkable)
    await bench.accept(bench.text(1))
    assert tries == 2
    assert waits == [turns.BACKOFF[-1]], "not at once: the cause may pass by itself"
    assert len(bench.telegram.said("sendMessage")) == 1


async def test_calling_telegram_inside_the_transaction_is_refused(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    async def call(context: Context) -> None:
        await context.bot.send_message(ANNA, "too early")

    bench.on_text = call
    with caplog.at_level(logging.ERROR):
        await bench.accept(bench.text(1))
    assert "too early" not in bench.telegram.said("sendMessage")
    # Where the log has been set up, the record carries kind and place instead of the exception.
    [record] = caplog.records
    assert CalledInTransaction.__name__ in f"{record.exc_info!r} {record.getMessage()}"


async def test_work_after_the_commit_that_fails_does_not_undo_the_update(bench: Bench) -> None:
    async def fail() -> None:
        raise RuntimeError("the key store is away")

    def register(context: Context) -> None:
        context.unit.after_commit.append(fail)
        context.show(plain.sentence("Done."))

    bench.on_text = register
    await bench.accept(bench.text(1))
    assert bench.telegram.said("sendMessage") == ["Done."]


async def test_each_person_has_a_line_of_their_own(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[int] = []
    run = Ordering.run

    async def noted(self: Ordering, key: int, work: Callable[[], Any]) -> None:
        lines.append(key)
        await run(self, key, work)

    monkeypatch.setattr(Ordering, "run", noted)
    await bench.accept(bench.press(1, "test-count:1"), bench.text(2, user=BRUNO))
    assert lines == [ANNA, BRUNO]


async def test_a_flood_is_refused_in_words(bench: Bench) -> None:
    await bench.accept(*(bench.press(n, "test-count:1") for n in range(1, 61)))
    assert await bench.total() == 40
    said = bench.telegram.said("answerCallbackQuery")
    assert sum("a lot" in text for text in said) == 1, "once, however many there were"
    assert len(said) == 41


def test_no_handler_runs_beside_its_transaction() -> None:
    from bot.app import create_application
    from bot.settings import Settings

    settings = Settings(_env_file=None, bot_token=TOKEN)
    clock = MovableClock(0.0)
    application = create_application(settings, Bucket(clock), Vitals(clock), clock)
    handlers = [handler for group in application.handlers.values() for handler in group]
    assert handlers
    assert all(handler.block is True or bool(handler.block) for handler in handlers)


async def test_who_waited_in_vain_for_a_turn_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another transaction writes for too long, an update waits: it is no failure of it."""
    monkeypatch.setattr("bot.process.DEADLINE", 0.05)
    waits = asyncio.Event()
    sleep = bench.clock.sleep

    async def noticed(seconds: float) -> None:
        waits.set()
        await sleep(seconds)

    monkeypatch.setattr(bench.clock, "sleep", noticed)
    async with bench.database.transaction() as tx:
        await tx.rows("applied_migrations")
        accepting = asyncio.create_task(bench.accept(bench.press(1, "test-count:5")))
        await waits.wait()
    await accepting
    assert await bench.total() == 5

"""Whether the bot does its work: what can be seen of it, and what of that is not well."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from assembly.immutable import immutable
from bot.clock import Clock
from bot.settings import Settings
from bot.vitals import Vitals
from storage import outbox, outbox_faults, schedules, uncertain_posts
from storage.engine import schema
from storage.engine.database import Database
from storage.secrets import pair

SILENT = 90.0  # seconds without an answer from Telegram, which holds a request for 25 at most
TICKS = 4  # so many ticks may be missing: one is long where much falls due at once
WAITING = 300  # seconds that a message may be due and not have left
LATE = 300  # seconds that something may be due and not be done
LEAST_FREE = 100_000_000  # bytes on the disk: databases, their logs and a backup still fit


@immutable
class State:
    """How things stand at one moment. Ages in seconds; 0 where nothing waits.

    `silent_for`: since Telegram was last heard of; None where Telegram calls us, and may have
    nothing to say. `uncalled`: why it can't call us, where it says so. `faults`: messages that an
    error of our own keeps, by its class. `perhaps_lost`: private messages of which nobody knows
    whether they arrived, in 14 days; `posts_in_doubt`: such posts to groups that facilitators have
    not looked for. `held_messages`: for groups in which we may not write. `free`: bytes.
    `newer`: another process has brought the database further than this one knows. `misfit`: why
    the key store and it do not belong together, as far as can be told while they are used.
    """

    silent_for: float | None
    tick_age: float
    tick_seconds: int
    due_messages: int
    oldest_message: int
    schedule_lag: int
    faults: dict[str, int]
    perhaps_lost: int
    posts_in_doubt: int
    free: int
    newer: bool = False
    misfit: str | None = None
    uncalled: str = ""
    held_messages: int = 0


async def look(
    database: Database, keys: Database, vitals: Vitals, settings: Settings, clock: Clock
) -> State:
    """How things stand now. Raises StorageError where one of the databases does not answer."""
    now = clock.now()
    async with database.reading() as tx:
        due = await outbox.due(tx, int(now))
        held = await outbox.held(tx, int(now))
        next_at = await schedules.earliest(tx)
        faults = await outbox_faults.kept_by(tx)
        uncertain = await uncertain_posts.count(tx)
        newer = await schema.is_newer(tx, "main")
    misfit = await pair.compare(database, keys)
    return State(
        silent_for=now - vitals.heard_at if settings.mode == "polling" else None,
        tick_age=now - vitals.ticked_at,
        tick_seconds=settings.tick_seconds,
        due_messages=due.messages,
        oldest_message=due.oldest_for,
        schedule_lag=0 if next_at is None else max(0, int(now) - next_at),
        faults=faults,
        perhaps_lost=uncertain.to_people,
        posts_in_doubt=uncertain.to_groups,
        free=shutil.disk_usage(settings.data_dir).free,
        newer=newer,
        misfit=misfit.value if misfit else None,
        uncalled=vitals.uncalled,
        held_messages=held,
    )


def complaints(state: State) -> Iterator[str]:
    """A sentence for each thing that keeps the bot from doing its work; none where all is well."""
    if state.newer:
        yield "A newer Voci has brought the database up to date: this process is to be replaced."
    if state.misfit is not None:
        yield f"The two stores do not fit: {state.misfit}. See voci check."
    if state.silent_for is not None and state.silent_for > SILENT:
        yield f"Telegram has not answered for {state.silent_for:.0f} s."
    if state.uncalled:
        yield f"No updates: {state.uncalled}."
    if state.tick_age > TICKS * state.tick_seconds:
        often = f"one is every {state.tick_seconds} s"
        yield f"The last tick was {state.tick_age:.0f} s ago; {often}."
    if state.oldest_message > WAITING:
        yield f"A message is due for {state.oldest_message} s and has not left."
    if state.schedule_lag > LATE + state.tick_seconds:
        yield f"Something was due {state.schedule_lag} s ago and is not done."
    for fault, messages in sorted(state.faults.items()):
        yield f"An error in Voci ({fault}) keeps {messages} from leaving: see the log."
    if state.free < LEAST_FREE:
        yield f"The disk is nearly full: {state.free / 1e6:.0f} MB are left."

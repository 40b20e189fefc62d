"""`voci check`: what `voci run` would stumble over, without making or changing anything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace

from telegram import Bot
from telegram.error import TelegramError

from bot import extras, live_checks, period_notes, soundness
from bot.listening import listen
from bot.one_process import alone_on, refuse_unfit
from bot.runner import refusal
from bot.settings import Settings, SettingsError, StoresError, blaming, unknown
from bot.status import is_alive
from bot.stores import (
    FIELDS,
    existing,
    file_of,
    find_fitting,
    fitting_keys,
    make_folder,
    refuse_folder,
    refuse_misfit,
    url_of,
)
from bot.upgrading import Upgraded, bring_up_to_date, copies, refuse_open_questions
from handlers.recovery import restored
from storage import centres, outbox_faults
from storage.centres import Centre
from storage.engine import schema
from storage.engine.database import Database, Subject
from storage.engine.opening import open_database
from storage.secrets.keys import KeyStore


class OwnFault(SettingsError):
    """One sentence: what an error in Voci itself keeps from happening."""

    code = 1


# What ends first where several kinds are found: what doesn't pass by itself.
_ORDER = (SettingsError.code, StoresError.code, 3, OwnFault.code)


@dataclass
class Findings:
    """What would keep the bot from starting, and what is only worth knowing."""

    problems: list[SettingsError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        """What the process ends with."""
        return min((each.code for each in self.problems), key=_ORDER.index, default=0)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Adds what is raised to the problems."""
        try:
            yield
        except SettingsError as error:
            self.problems.append(error)


async def examine(settings: Settings, now: float, *, live: bool = False) -> Findings:
    """Looks at the data folder, the stores, the master key and the token, as they are at `now`.

    `now` is the moment by the clock of this machine. With `live` at groups, webhook and clock, too.
    """
    found = Findings(notes=[*unknown(), *extras.switched_off()])
    with found.gathering():
        refuse_folder(settings)
    with found.gathering():
        await _refuse_address(settings)
    await _look_at_stores(settings, found, int(now))
    with found.gathering():
        await _ask_telegram(settings, found, now if live else None)
    return found


async def migrate_both(settings: Settings, now: int, *, cancel_open: bool = False) -> Upgraded:
    """Apply what is pending in both databases; what was done.

    Raises SettingsError for what can't be opened or migrated, for stores that don't fit, where a
    bot runs on what is to be changed, and where a question would be cancelled, unless
    `cancel_open`.
    """
    async with AsyncExitStack() as stack:
        await find_fitting(stack, settings)
    make_folder(settings)
    done: list[Upgraded] = []
    for subject, name in FIELDS.items():
        async with AsyncExitStack() as stack:
            stack.enter_context(blaming(name))
            database = await open_database(url_of(settings, subject), subject)
            stack.push_async_callback(database.close)
            file = file_of(settings, "main")
            if file is not None and await schema.pending(database):
                stack.enter_context(alone_on(file))  # a bot that runs knows nothing of what is new
            done += [await bring_up_to_date(settings, database, now, cancel_open=cancel_open)]
    return replace(done[0], applied=sum(each.applied for each in done))


async def _refuse_address(settings: Settings) -> None:
    """It can be listened at, or the bot does so already."""
    if not settings.listen:
        return
    try:
        listen(settings).close()
    except SettingsError:
        if not await asyncio.to_thread(is_alive, settings):
            raise


async def _look_at_stores(settings: Settings, found: Findings, now: int) -> None:
    """The openings of `voci run`, up to where it would write."""
    async with AsyncExitStack() as stack:
        stores: dict[Subject, Database | None] = {}
        for subject in FIELDS:
            with found.gathering():
                stores[subject] = await existing(stack, settings, subject)
        if len(stores) < len(FIELDS):
            return
        with found.gathering():
            await refuse_misfit(settings, stores["main"], stores["keys"])
            if (file := file_of(settings, "main")) is not None:
                with blaming(FIELDS["main"]):
                    refuse_unfit(file)
            await soundness.look(settings, stores)
            found.notes += [note async for note in soundness.notes(stores)]
            keys = await fitting_keys(settings, stores["keys"])
            await _look_inside(settings, stores, keys, found, now)


async def _look_inside(
    settings: Settings,
    stores: dict[Subject, Database | None],
    keys: KeyStore | None,
    found: Findings,
    now: int,
) -> None:
    waiting = {
        subject: len(await schema.pending(database)) if database else None
        for subject, database in stores.items()
    }
    for subject, number in waiting.items():
        name = f"VOCI_{FIELDS[subject].upper()}"
        if number is None:
            found.notes.append(f"{name}: not there yet; voci run makes it at its start.")
        elif number:
            found.notes.append(f"{name}: voci run brings it up to date ({number} migrations).")
    for path, made in copies(settings).items():
        age = max(0, now - made) // 86_400
        found.notes.append(
            f"{path.name}: a copy from before an upgrade, {age} days old, with names."
        )
    main = stores["main"]
    if main is None:
        return
    await refuse_open_questions(settings, main)
    if waiting["main"]:
        return
    with blaming(FIELDS["main"]):
        await _look_at_rows(main, keys, found, now)


async def _look_at_rows(main: Database, keys: KeyStore | None, found: Findings, now: int) -> None:
    async with main.reading() as tx:
        for error, messages in (await outbox_faults.kept_by(tx)).items():
            found.problems.append(OwnFault([_kept(error, messages)]))
        found.notes += await period_notes.notes(tx, now)
        if keys is not None:
            with blaming("keys_url"):
                await restored.unreadable(tx, keys)


def _kept(error: str, messages: int) -> str:
    return (
        f"{messages} {'message' if messages == 1 else 'messages'} can't be sent: an error in Voci "
        f"({error}). Nothing is lost, it is tried again and again; see the log of voci run"
    )


async def _ask_telegram(settings: Settings, found: Findings, live_at: float | None) -> None:
    bot = Bot(settings.bot_token.get_secret_value(), base_url=f"{settings.telegram_api_url}/bot")
    try:
        async with bot:
            if live_at is not None:
                everywhere = await _centres(settings)
                problems, notes = await live_checks.look(bot, settings, everywhere, live_at)
                found.problems += problems
                found.notes += notes
    except TelegramError as error:
        raise refusal(error) from None


async def _centres(settings: Settings) -> list[Centre]:
    """Those of a main database that is there and up to date; what is wrong is told elsewhere."""
    async with AsyncExitStack() as stack:
        try:
            main = await existing(stack, settings, "main")
        except SettingsError:
            return []
        if main is None or await schema.pending(main):
            return []
        async with main.reading() as tx:
            return await centres.every(tx)

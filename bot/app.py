"""The process: how its parts are opened, wired together, and closed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx
from telegram.ext import Application, ContextTypes
from telegram.request import HTTPXRequest

from bot import menu
from bot.bucket import Bucket
from bot.clock import Clock
from bot.delivery import Delivery
from bot.features import FEATURES
from bot.intake import Intake
from bot.limits import Limits
from bot.noise import OpenDpNoise
from bot.outbox import Sender
from bot.process import Processing
from bot.sending import Sending
from bot.settings import Settings, StoresError
from bot.stores import open_stores
from bot.telegram_bot import TelegramBot
from bot.ticker import Ticker
from handlers.checkins import taking_over
from handlers.core import asking_anew
from handlers.core.context import Context
from handlers.core.registration import App
from handlers.core.unit_of_work import Services, UnitOfWork
from handlers.recovery import outage, restored
from storage import link_ids, outbox_faults
from storage.engine.database import Database
from storage.erasure.ending_again import end_again
from storage.erasure.erasing import erase_again
from storage.erasure.erasures import Eraser
from storage.erasure.shredder import Shredder
from storage.secrets import pair
from storage.secrets.keys import KeyStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Voci:
    """The running parts; tests and the demo drive them by hand."""

    settings: Settings
    clock: Clock
    application: App
    database: Database
    keys: KeyStore
    services: Services
    processing: Processing
    delivery: Delivery
    sender: Sender
    ticker: Ticker
    intake: Intake

    async def run(self) -> None:
        """Work until cancelled, or until Telegram refuses the token."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.sender.run())
                if self.settings.mode == "webhook":
                    group.create_task(self._serve_webhook())
                else:
                    await self.application.bot.delete_webhook()
                    group.create_task(self.intake.run())
                log.info("ready")
                self.ticker.start(self.settings.tick_seconds)
                group.create_task(self.ticker.tick())
                group.create_task(menu.announce(self.application.bot))
        finally:
            self.ticker.stop()
            await self.delivery.finish()

    async def _serve_webhook(self) -> None:
        from bot import webhook  # the web server is loaded only where Telegram calls us

        take = self.processing
        await webhook.serve(
            self.application.bot, self.settings, take.accept, take.refuse, self._healthy
        )

    async def _healthy(self) -> bool:
        async with self.database.reading() as tx:
            return bool(await tx.value("is_alive"))


def create_application(settings: Settings, bucket: Bucket) -> App:
    """PTB's application with our context, our limits, and every feature registered."""
    token, root = settings.bot_token.get_secret_value(), settings.telegram_api_url
    # Reading the certificates is slow: once for both, and not for a Bot API server without TLS.
    trust = httpx.create_ssl_context() if root.startswith("https") else False
    bot = TelegramBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=64, pool_timeout=10.0, httpx_kwargs={"verify": trust}
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, httpx_kwargs={"verify": trust}),
        rate_limiter=Limits(bucket),
    )
    application: App = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    for feature in FEATURES:
        feature.register(application)
    return application


@asynccontextmanager
async def open_voci(settings: Settings, clock: Clock) -> AsyncIterator[Voci]:
    """Everything opened, migrated, recovered and greeted; closed in the opposite order.

    Raises SettingsError for what can't be opened, TelegramError where Telegram does not answer.
    """
    async with AsyncExitStack() as stack:
        database, keys = await open_stores(stack, settings)
        bucket = Bucket(clock)
        application = create_application(settings, bucket)
        await application.initialize()
        stack.push_async_callback(application.shutdown)
        services = Services(
            keys=keys,
            shredder=Shredder(database, keys),
            noise=OpenDpNoise(),
            username=application.bot.username,
            operators=frozenset(settings.operators),
            eraser=Eraser(database, keys),
            links=await database.run(link_ids.load),
        )
        sending = Sending(application.bot)
        sender = Sender(database, sending, bucket, services, clock)
        delivery = Delivery(sending, database, services, clock)
        services.unwritten.take_buttons = delivery.take_buttons
        stack.push_async_callback(delivery.finish)
        processing = Processing(application, database, services, delivery, clock, sender.wake)
        await sender.recover()
        await database.run(outbox_faults.take_up)
        await recover(database, services, int(clock.now()))
        await pair.join(database, keys.database)
        yield Voci(
            settings,
            clock,
            application,
            database,
            keys,
            services,
            processing,
            delivery,
            sender,
            Ticker(database, services, sender, clock),
            Intake(application.bot, processing.accept, processing.refuse, clock),
        )


async def recover(database: Database, services: Services, now: int) -> None:
    """What the process before has left undone, before anything is taken in.

    Raises StoresError where the key store is not the one of the database.
    """
    try:
        await database.run(lambda tx: restored.void_over(UnitOfWork(tx, now, services)))
    except restored.WrongKeys as error:
        raise StoresError([f"VOCI_KEYS_URL: {error}."]) from error
    await restored.number_on(database, services.keys)
    await database.run(lambda tx: taking_over.take_over(UnitOfWork(tx, now, services)))
    await erase_again(database, services.keys, now)
    await end_again(database, services.keys, now)
    await database.run(lambda tx: asking_anew.ask_about_new_words(UnitOfWork(tx, now, services)))
    await services.eraser.catch_up()
    await services.shredder.shred()
    await _begin_again(database, services, now)


async def _begin_again(database: Database, services: Services, now: int) -> None:
    try:
        await database.run(lambda tx: outage.begin_again(UnitOfWork(tx, now, services)))
    except Exception as error:
        # What is open can still be pressed where it stands: no reason to stay away.
        log.error("what is open was not shown again", exc_info=error)

"""The process: how its parts are opened, wired together, and closed."""

from __future__ import annotations

import asyncio
import importlib
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import httpx
from telegram.ext import Application, ContextTypes
from telegram.request import HTTPXRequest

from assembly.immutable import immutable
from bot import menu, readiness, soundness, standby, supervisor, uncalled, updates_source
from bot.bucket import Bucket, Budget
from bot.clock import Clock
from bot.delivery import Delivery
from bot.extras import SUMMARIES
from bot.features import FEATURES
from bot.intake import ALLOWED, Intake
from bot.lease import ALONE, Lease
from bot.limits import Limits
from bot.listening import listen
from bot.noise import OpenDpNoise
from bot.outbox import Sender
from bot.process import Processing
from bot.recovering import recover
from bot.sending import Sending
from bot.settings import Settings
from bot.shared_bucket import SharedBucket
from bot.shown import Shown
from bot.stores import open_stores
from bot.telegram_bot import TelegramBot
from bot.ticker import Ticker
from bot.upgrading import keep_no_old_copies
from bot.vitals import Vitals
from handlers.core.context import Context
from handlers.core.registration import App
from handlers.core.unit_of_work import Services
from storage import link_ids, outbox_faults
from storage.engine.database import Database
from storage.erasure.erasures import Eraser
from storage.erasure.shredder import Shredder
from storage.remains import Wiper
from storage.secrets import pair
from storage.secrets.keys import KeyStore

if TYPE_CHECKING:
    from starlette.routing import Route

log = logging.getLogger(__name__)


@immutable
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
    vitals: Vitals
    lease: Lease

    async def run(self) -> None:
        """Work until cancelled, or until Telegram refuses the token."""
        listening = listen(self.settings) if self.settings.listen else None
        try:
            await self.lease.look()
            async with asyncio.TaskGroup() as group:
                if listening is not None:
                    group.create_task(self.answer(listening))
                supervisor.tell("READY=1")
                group.create_task(self.lease.run(lambda: group.create_task(self.ticker.tick())))
                await self._take_in(group)
                group.create_task(self.sender.run())
                log.info("ready")
                self.ticker.start(self.settings.tick_seconds)
                group.create_task(self.ticker.tick())
                group.create_task(menu.announce(self.application.bot))
                group.create_task(keep_no_old_copies(self.settings, self.clock))
                group.create_task(
                    soundness.look(
                        self.settings, {"main": self.database, "keys": self.keys.database}
                    )
                )
        finally:
            supervisor.tell("STOPPING=1")
            self.ticker.stop()
            await self.delivery.finish()
            await self.lease.give_up()

    async def _take_in(self, group: asyncio.TaskGroup) -> None:
        """Begin to take updates in; a process that polls waits until no other one does."""
        if self.settings.mode == "webhook":
            group.create_task(self.be_called())
            bot, url = self.application.bot, self.settings.webhook_url
            group.create_task(uncalled.watch(bot, url, self.vitals, self.clock))
            return
        await standby.stand_by(self.lease, self.vitals, self.clock)
        await updates_source.tell(self.application.bot.delete_webhook, self.clock)
        group.create_task(self.intake.run())
        if self.lease.shared:
            group.create_task(standby.leave_when_taken_over(self.lease, self.clock))

    async def be_called(self) -> None:
        """Tell Telegram where to call."""
        await standby.until_nobody_polls(self.lease, self.clock)
        bot, settings = self.application.bot, self.settings
        ask = partial(
            bot.set_webhook,
            settings.webhook_url,
            allowed_updates=ALLOWED,
            secret_token=settings.webhook_secret.get_secret_value(),
        )
        await updates_source.tell(ask, self.clock)

    async def answer(self, listening: socket.socket) -> None:
        """Say how the bot is to whoever asks, and in webhook mode let Telegram call."""
        # In a thread: what is said meanwhile does not wait for the web server to be loaded.
        web = await asyncio.to_thread(importlib.import_module, "bot.web")
        routes = [self._webhook()] if self.settings.mode == "webhook" else []
        await web.serve(web.create_app(self.state, self.vitals, routes), listening)

    def _webhook(self) -> Route:
        from bot import webhook

        accept, refuse = self.processing.accept, self.processing.refuse
        return webhook.route(self.application.bot, accept, refuse, self.settings)

    async def state(self) -> readiness.State:
        """How the bot is. Raises StorageError where its database does not answer."""
        stores = self.database, self.keys.database
        return await readiness.look(*stores, self.vitals, self.settings, self.clock)


def create_application(settings: Settings, bucket: Budget, vitals: Vitals, clock: Clock) -> App:
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
        rate_limiter=Limits(bucket, vitals, clock),
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
        database, keys = await open_stores(stack, settings, int(clock.now()))
        lease = Lease(database, settings.mode, clock)
        # Where webhooks call several processes, all of them write to Telegram at once.
        several = lease.shared and settings.mode == "webhook"
        database.several = several
        bucket = SharedBucket(database, keys, clock) if several else Bucket(clock)
        leading = lease if several else ALONE
        vitals = Vitals(clock)
        database.watching = partial(vitals.timing, vitals.transactions)
        application = create_application(settings, bucket, vitals, clock)
        await application.initialize()
        stack.push_async_callback(application.shutdown)
        services = await _open_services(stack, settings, database, keys, application, clock)
        sending = Sending(application.bot, Shown(0) if several else Shown())
        sender = Sender(database, sending, bucket, services, clock, vitals, leading)
        delivery = Delivery(sending, database, services, clock)
        services.unwritten.take_buttons = delivery.take_buttons
        stack.push_async_callback(delivery.finish)
        processing = Processing(
            application, database, services, delivery, clock, sender.wake, vitals
        )
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
            Ticker(database, services, sender, clock, vitals, leading),
            Intake(application.bot, processing.accept, processing.refuse, clock, vitals),
            vitals,
            lease,
        )


async def _open_services(
    stack: AsyncExitStack,
    settings: Settings,
    database: Database,
    keys: KeyStore,
    application: App,
    clock: Clock,
) -> Services:
    wiper = Wiper(database, keys.database, clock.now)
    services = Services(
        keys=keys,
        shredder=Shredder(database, keys, wiper),
        noise=OpenDpNoise() if SUMMARIES.installed else None,
        username=application.bot.username,
        operators=frozenset(settings.operators),
        eraser=Eraser(database, keys, wiper),
        links=await database.run(link_ids.load),
    )
    stack.push_async_callback(services.eraser.stop)
    stack.push_async_callback(services.shredder.stop)
    return services

"""`voci demo`: bot and sandbox in one process, a centre already lived in, and a page to try it.

The bot is the real one: between it and the sandbox there is nothing but the Bot API over HTTP.
Everything lives in a temporary folder and ends with the process.
"""

from __future__ import annotations

import asyncio
import contextlib
import locale
import logging
import secrets
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import typer

from assembly.immutable import immutable
from bot import extras, logs
from bot.app import Voci, open_voci
from bot.clock import SystemClock
from bot.pace import DemoClock, Pace
from bot.settings import Settings, load
from handlers.core.speech import LANGUAGES
from sandbox.cast import arrivals
from sandbox.cast.hands import Hands
from sandbox.cast.people import OPERATOR
from sandbox.cast.play import Play, beginning, ending
from sandbox.page.routes import page_routes
from sandbox.page.theatre import Theatre
from sandbox.people import Person
from sandbox.server import serve
from sandbox.world import World
from storage import centres, people

ZONE = "Europe/Rome"
SETTLED_WITHIN = 30.0  # seconds of real time: after that the bot is stuck, and the cast gives up


class PortTaken(Exception):
    """Another program listens there already."""


@immutable
class Demo:
    """The demo while it runs; tests drive it by hand."""

    voci: Voci
    theatre: Theatre
    people: dict[str, Person]
    clock: DemoClock
    pace: Pace
    url: str

    async def settle(self) -> None:
        """Until every update is dealt with and everything due has been sent."""
        world, inbox = self.theatre.world, self.theatre.bot.updates
        while True:
            await world.until(lambda: len(inbox) == 0, SETTLED_WITHIN)
            await self.voci.delivery.finish()
            await self.pace.send_all()
            if len(inbox) == 0:
                return


async def run_demo(port: int) -> None:
    """Set the scene, print one address, and go on until SIGINT or SIGTERM. Raises PortTaken."""
    logs.configure("text")
    logging.getLogger().setLevel(logging.WARNING)
    work = asyncio.create_task(_run(port))
    for stop in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(stop, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def _run(port: int) -> None:
    today = ending(SystemClock().now(), ZONE)
    async with open_demo(port, today) as demo:
        for sentence in extras.switched_off():
            typer.echo(sentence)
        typer.echo("Voci: a centre is being brought to life. This takes some seconds.")
        await live(demo, language_of_this_computer(), today)
        typer.echo("Everything here is made up, and gone when you stop it with Ctrl-C.")
        typer.echo(f"Open {demo.url} in your browser.")
        await demo.voci.run()


@asynccontextmanager
async def open_demo(port: int, today: float) -> AsyncIterator[Demo]:
    """An empty world with a bot in it, some weeks ago. Raises PortTaken."""
    clock = DemoClock(beginning(today, ZONE))
    # What is drawn from this seed includes the token: no web page can guess it.
    world = World(clock, seed=secrets.randbits(64))
    theatre = Theatre(world, world.bot(), ZONE)
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="voci-demo-"))
        try:
            url = await stack.enter_async_context(
                serve(world, port=port, routes=page_routes(theatre))
            )
        except OSError as error:
            raise PortTaken(
                f"Port {port} is taken by another program. Try another one: "
                f"make demo PORT={port + 1 if port < 65535 else port - 1}"
            ) from error
        # Made first of all, so that the bot knows its operator from the start.
        figures = arrivals.bring_in(theatre)
        operator = figures[OPERATOR.first_name]
        settings = demo_settings(theatre.bot.token, url, Path(folder), operator.id)
        voci = await stack.enter_async_context(open_voci(settings, clock))
        pace = Pace(voci, clock, lambda: sum(call.method.startswith("send") for call in world.log))
        stack.push_async_callback(pace.stop)
        theatre.pace = pace
        theatre.language_in = lambda chat_id: language_in(voci, chat_id)
        yield Demo(voci, theatre, figures, clock, pace, url)


async def live(demo: Demo, language: str, today: float) -> None:
    """Let the cast live its weeks up to `today`; then the clock flows."""
    hands = Hands(demo.theatre, demo.settle)
    intake = asyncio.create_task(demo.voci.intake.run())
    try:
        await Play(demo.theatre, hands, demo.people, language, typer.echo).perform(today)
    finally:
        intake.cancel()
        await asyncio.gather(intake, return_exceptions=True)
    demo.clock.flow()


async def language_in(voci: Voci, chat_id: int) -> str | None:
    """The language that the bot speaks in a chat; None where it has not spoken yet."""
    async with voci.database.reading() as tx:
        if chat_id > 0:
            person = await people.find(tx, chat_id)
            return None if person is None else person.language
        centre = await centres.by_chat(tx, chat_id)
        return None if centre is None else centre.language


def demo_settings(token: str, url: str, folder: Path, operator_id: int) -> Settings:
    """Settings of the demo alone: neither the environment nor a file `.env` has a say in them."""
    defaults = {
        name: field.default
        for name, field in Settings.model_fields.items()
        if not field.is_required()
    }
    own = {
        "bot_token": token,
        "telegram_api_url": url,
        "data_dir": folder,
        "operators": (operator_id,),
        "listen": "",  # beside a bot of one's own, and beside another demo
    }
    return load(_env_file=None, **{**defaults, **own})


def language_of_this_computer() -> str:
    """The language that the centre speaks: this computer's, where the bot has it."""
    code = (locale.getlocale()[0] or "")[:2].lower()
    return code if code in LANGUAGES else "en"

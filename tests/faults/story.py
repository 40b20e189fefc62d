"""One story, always the same but for the one storage call that goes wrong in it."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import tempfile
from pathlib import Path

from assembly.immutable import immutable
from bot.app import Voci
from bot.clock import SystemClock
from bot.settings import Settings
from handlers.core.press import decode
from handlers.decisions.presses import Cast
from sandbox.app import create_app
from sandbox.bots import Bot
from sandbox.chats import Chat, Group
from sandbox.people import Person
from sandbox.presses import Press
from sandbox.world import World
from storage.engine import catalogue
from storage.engine.transaction import Row
from tests.faults import place
from tests.faults.life import Faults, Telegram, Wall, listening
from tests.faults.machine import Machine, Weather
from tests.faults.process import Process, standing_on
from tests.faults.virtual_time import VirtualLoop

BREATH = 6.0  # seconds behind each act: whatever failed at once has been tried again
TICKS = 100.0  # seconds in which what failed with a tick has been tried again
KINDS = ("disk I/O error", "database or disk is full")

# Who does what: "=" writes, "@" presses what the group has, "+" lets minutes pass for all.
VOTES = (
    *(f"{name}@0 yes" for name in ("Anna", "Bruno", "Carla", "Dario")),
    *(f"{name}@0 no" for name in ("Elena", "Fiona", "Gino")),
    "Elena@0 yes",
    *(f"{name}@1 no" for name in ("Anna", "Bruno", "Carla")),
    "Dario@1 abstain",
    *(f"{name}@1 yes" for name in ("Elena", "Fiona", "Gino")),
)
ACTS = (
    *VOTES,
    "Anna=/propose",
    "Anna=A bench in the yard",
    "Anna:Skip",
    "Anna:With my name: Anna",
    "Bruno=/agenda",
    "Bruno:2",
    "Bruno:Take my voice back",
    "Carla=/checkin",
    "Carla:Yes",
    "Carla:Answer now",
    "Carla:😌 Good",
    "+13",
    "Dario=/me",
    "Dario:My data and my rights",
    "Dario:Erase everything",
    "Dario:Erase everything",
    "Fiona=/facilitate",
    "Fiona:Convene an assembly",
    "Fiona:Wed 10 Dec",
)
# What is drawn anew (trackers, seals, the order of a list), or says when something happened, may
# differ in a second try.
DRAWN = re.compile(
    r"\b[0-9a-f]{16,}\b|\b[0-9a-f]{4}(?: [0-9a-f]{4}){4}\b|\b17[0-9]{8}\b|'[0-9A-Z]{10}'"
)

NUMBERED = re.compile(r"'id': [0-9]+, ")


@immutable
class Told:
    """What was there at the end of a telling."""

    rows: dict[str, list[str]]
    screens: dict[str, list[str]]
    toasts: list[str]
    calls: int
    errors: list[str]


def tell(made: Path, breaks: tuple[int, str] | None = None, *, again: int | None = None) -> Told:
    """The story in the centre that lies in the folder `made`, with this call going wrong.

    With the seed `again` all vote at once, and each update comes one to five times.
    """
    machine = Machine(random.Random(again or 1), Weather(breaks=breaks, again=again is not None))
    loop = VirtualLoop()
    loop.set_exception_handler(lambda *_: None)
    with tempfile.TemporaryDirectory() as folder, listening(machine) as faults:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        try:
            return loop.run_until_complete(_tell(machine, loop, Path(folder), faults))
        finally:
            loop.close()


async def _tell(machine: Machine, loop: VirtualLoop, folder: Path, faults: Faults) -> Told:
    world = World(Telegram(loop))
    bot, group, people = place.gather(world)
    wall = Wall(loop)
    settings = Settings(
        _env_file=None,
        bot_token=bot.token,
        telegram_api_url="http://telegram",
        data_dir=folder,
        operators=(),
        mode="polling",
    )
    with standing_on(machine, create_app(world), random.Random(1)):
        process = Process(machine, settings, SystemClock(wall.now, loop.time))
        process.start()
        await asyncio.sleep(BREATH)
        await process.look()  # what could not start is started again, as voci run does
        await asyncio.sleep(BREATH)
        stage = Stage(bot, group, {each.first_name: each for each in people})
        for act in ACTS:
            if act.startswith("+"):
                wall.wrong += 60 * int(act[1:])
                await asyncio.sleep(TICKS)
            else:
                stage.act(act)
                await asyncio.sleep(_pause(act, again=machine.weather.again))
        await asyncio.sleep(TICKS)
        assert process.runs, "it does not go on by itself"
        assert process.voci is not None
        calls = machine.calls
        assert not len(bot.updates), "not everything was fetched"
        told = Told(
            await rows(process.voci), stage.screens(), stage.toasts(), calls, list(faults.seen)
        )
        await process.stop()
    return told


def _pause(act: str, *, again: bool) -> float:
    """Seconds behind an act. What is answered five times takes five turns in its chat."""
    if not again:
        return BREATH
    return 0 if act in VOTES else 3 * BREATH


class Stage:
    """Seven people, and what they see."""

    def __init__(self, bot: Bot, group: Group, people: dict[str, Person]) -> None:
        self._bot = bot
        self._group = group
        self._people = people
        self._presses: list[tuple[str, Press]] = []

    def act(self, act: str) -> None:
        """One line of ACTS."""
        name = next(each for each in self._people if act.startswith(each))
        person, how, what = self._people[name], act[len(name)], act[len(name) + 1 :]
        if how == "=":
            person.say(self._bot, what)
        elif how == "@":
            number, choice = what.split()
            self._press(act, person, self._group, lambda data, _: _casts(data, int(number), choice))
        else:
            private = person.private(self._bot)
            self._press(act, person, private, lambda _, label: label == what)

    def _press(self, act: str, person: Person, chat: Chat, fits: object) -> None:
        assert callable(fits)
        for message in reversed(chat.from_bots()):
            for button in message.buttons:
                if button.data is not None and fits(button.data, button.label):
                    self._presses.append((act, person.press(message, button.data)))
                    return
        raise AssertionError(f"{act}: nobody offers that")

    def screens(self) -> dict[str, list[str]]:
        """What stands in each chat."""
        chats: dict[str, Chat] = {n: p.private(self._bot) for n, p in self._people.items()}
        return {
            name: [
                DRAWN.sub("#", " | ".join((each.words, *(b.label for b in each.buttons))))
                for each in chat.from_bots()
            ]
            for name, chat in {**chats, "the group": self._group}.items()
        }

    def toasts(self) -> list[str]:
        return [
            f"{act}: {press.answer.text if press.answer is not None else None}"
            for act, press in self._presses
        ]


def _casts(data: str, number: int, choice: str) -> bool:
    meaning = decode(data)
    return (
        isinstance(meaning, Cast) and meaning.decision_id == number + 1 and meaning.choice == choice
    )


async def rows(voci: Voci) -> dict[str, list[str]]:
    """What every table of both stores says, in no order; what is sealed says nothing.

    What was tried twice is counted twice, and may be noted twice in the ledger. So of the counts
    only whether all that the key store knows has come to the main database, and each thing that
    the ledger has once.
    """
    found = {}
    stores = {"": voci.database, "keys: ": voci.keys.database}
    for store, database in stores.items():
        async with database.reading() as tx:
            for table in await catalogue.tables(tx, "sqlite"):
                said = await tx.statement(f"SELECT * FROM {table}")
                found[store + table] = sorted(_readable(row) for row in said)
    found["keys: ledger"] = sorted({NUMBERED.sub("", row) for row in found["keys: ledger"]})
    del found["pair"], found["keys: counterpart"]
    found["not heard, not noted"] = [await _behind(voci)]
    return found


async def _behind(voci: Voci) -> str:
    """By how much the main database is behind the key store, and that behind what it noted."""
    async with voci.database.reading() as tx:
        [main] = await tx.statement("SELECT id, changes, heard FROM pair")
    async with voci.keys.database.reading() as tx:
        [keys] = await tx.statement("SELECT id, changes, noted FROM counterpart")
        [ledger] = await tx.statement("SELECT MAX(id) AS last FROM ledger")
    behind = ledger["last"] - main["heard"], keys["changes"] - main["changes"]
    return f"{main['id'] == keys['id']}, {behind}, {main['changes'] - keys['noted']}"


def _readable(row: Row) -> str:
    told = {name: _told(row[name]) for name in row.keys() if name != "position"}  # noqa: SIM118
    return DRAWN.sub("#", repr(told))


def _told(value: object) -> object:
    return "sealed" if isinstance(value, bytes) else value


def differences(told: Told, quiet: Told) -> list[str]:
    """What is otherwise than where nothing went wrong."""
    found = [
        f"{name}: {_apart(told.rows[name], quiet.rows[name])}"
        for name in quiet.rows
        if told.rows[name] != quiet.rows[name]
    ]
    found += [
        f"{name} sees {_apart(told.screens[name], quiet.screens[name])}"
        for name in quiet.screens
        if told.screens[name] != quiet.screens[name]
    ]
    if told.toasts != quiet.toasts:
        found.append(f"toasts: {_apart(told.toasts, quiet.toasts)}")
    return found + told.errors


def _apart(one: list[str], other: list[str]) -> str:
    return f"{[x for x in one if x not in other]} instead of {[x for x in other if x not in one]}"

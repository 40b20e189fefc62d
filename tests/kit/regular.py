"""A centre whose assemblies recur, and whoever facilitates them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kit.stage import Stage

from assembly.recurrence import resolve
from assembly.series import Rhythm
from handlers.assemblies.presses import CloseAssembly, OpenAssembly
from handlers.assemblies.series import convening
from handlers.core.unit_of_work import UnitOfWork
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies, series
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.series import Series, Wish

# The stage begins on Wednesday, 3 December 2025, at 13:00 in Rome.
THURSDAYS = Wish(Rhythm(3), datetime.fromisoformat("2025-12-04 16:00"), "Via Roma 12", 90)
FIRST_THURSDAYS = Wish(Rhythm(3, nth=1), datetime.fromisoformat("2025-12-04 16:00"), None, 90)


@dataclass
class Regular:
    """What happens in such a centre, however many screens lead there."""

    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # facilitates
    bruno: Person  # facilitates too
    series: Series

    async def convene_next(self) -> None:
        async with self.stage.voci.database.transaction() as tx:
            unit = UnitOfWork(tx, self.stage.now, self.stage.voci.services)
            await convening.convene_next(unit, self.centre, self.series.id)
        await self.stage.settle()

    async def all(self) -> list[Assembly]:
        return await self.stage.read(assemblies.of_series, self.series.id)

    async def days(self) -> str:
        """`12-04 closed 12-11 convened`: each day and what became of it."""
        return " ".join(
            f"{(each.series_date or '')[5:]} {each.status}" for each in await self.all()
        )

    async def now_is(self) -> Series:
        found = await self.stage.read(series.by_id, self.series.id)
        assert found is not None
        return found

    async def go_to(self, text: str) -> None:
        """To a local time, and over the next tick."""
        moment = resolve(datetime.fromisoformat(text), self.centre.clock)
        await self.stage.move(moment - self.stage.now)
        await self.stage.move(30)

    async def open_it(self) -> Message:
        """The one that is due."""
        due = next(each for each in await self.all() if each.takes_place(self.stage.now))
        hub = await self.stage.say(self.paula, "/facilitate")
        press = OpenAssembly(self.centre.id, due.id, sure=True)
        await self.stage.forge(self.paula, hub, press.encode())
        return hub

    async def open_and_close(self) -> None:
        hub = await self.open_it()
        due = next(each for each in await self.all() if each.status == "open")
        press = CloseAssembly(self.centre.id, due.id, sure=True)
        await self.stage.forge(self.paula, hub, press.encode())

    def told(self, words: str) -> list[Message]:
        return [each for each in self.stage.said(self.group) if words in each.words]

    async def see(self, *buttons: str) -> Message:
        """Its screen, and on from there."""
        await self.stage.say(self.paula, "/facilitate")
        return await self.stage.press_each(self.paula, *buttons)


async def regular(stage: Stage, wish: Wish = THURSDAYS) -> Regular:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", "family", facilitator=True)
    made = await stage.write(series.add, centre.id, wish, stage.now)
    assert made is not None
    return Regular(stage, centre, group, paula, bruno, made)

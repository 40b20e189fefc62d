"""The script: how a centre comes to life, from its setup to this morning, through the real bot.

All days are counted from the Monday on which the first summary is posted: a window of four weeks
ended in the night before it, in which those counted who were members for four weeks before.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.cast import arrivals, assemblies, weeks
from sandbox.cast.hands import Hands
from sandbox.cast.people import FIGURES, OPERATOR
from sandbox.cast.words import CENTRE, FIRST_IDEAS, LATER_IDEAS, PROGRESS
from sandbox.chats import Group
from sandbox.page.theatre import Theatre
from sandbox.people import Person

SETUP, PROPOSING, CONVENING, ASSEMBLY = -62, -32, -21, -11
WEDNESDAYS = (-33, -26, -19, -5)  # in the week of the assembly that is asked about instead
AHEAD = 2  # days from today to the next assembly
EVENING, LATER = time(17, 30), time(19, 30)
ASKED = time(17, 1)


def ending(now: float, zone: str) -> float:
    """When the play ends: now; at night at ten of the same day, as much would wait till then."""
    moment = datetime.fromtimestamp(now, ZoneInfo(zone))
    if time(9) <= moment.time() < time(20):
        return now
    return _moment(moment, 0, time(10), zone).timestamp()


def beginning(today: float, zone: str) -> int:
    """When the play begins (UTC epoch seconds), so that it ends at `today`."""
    return int(_moment(summary_day(today, zone), SETUP, time(9), zone).timestamp())


def summary_day(today: float, zone: str) -> datetime:
    """The last Monday whose morning is over."""
    now = datetime.fromtimestamp(today, ZoneInfo(zone))
    monday = now - timedelta(days=now.weekday())
    return monday if now.weekday() or now.hour >= 12 else monday - timedelta(days=7)


def _moment(day: datetime, days: int, at: time, zone: str) -> datetime:
    return datetime.combine(day.date() + timedelta(days=days), at, ZoneInfo(zone))


class Play:
    """One performance; `tell` gets a line of progress now and then."""

    def __init__(
        self,
        theatre: Theatre,
        hands: Hands,
        people: dict[str, Person],
        language: str,
        tell: Callable[[str], None],
    ) -> None:
        self._theatre = theatre
        self._hands = hands
        self._language = language
        self._tell = tell
        self._noise = random.Random(11)  # noqa: S311 - the same play every time
        self._people = people
        self._host = people["Chiara"]
        self._group: Group
        self._day: datetime

    async def perform(self, today: float) -> None:
        """Play it all. Raises CastError where the bot does not play along."""
        self._day = summary_day(today, self._theatre.zone)
        await self._arrive()
        await self._first_weeks()
        await self._assembly()
        await self._to_the_summary()
        await self._until_today(today)

    async def _arrive(self) -> None:
        operator = self._people[OPERATOR.first_name]
        self._group = operator.create_group(CENTRE, kind="supergroup")
        self._theatre.group = self._group
        for figure in FIGURES:
            self._people[figure.first_name].join(self._group)
        zone = self._theatre.zone
        await arrivals.set_up(self._hands, self._group, self._people, self._language, zone)
        self._tell(PROGRESS["setup"])
        await arrivals.let_in_everybody(self._hands, self._people)
        self._tell(PROGRESS["joined"].format(n=len(FIGURES)))

    async def _first_weeks(self) -> None:
        await self._check_in(0)
        await self._go(PROPOSING, time(10, 15))
        weeks.chat(self._people, self._group, self._language, 0)
        await weeks.propose(self._hands, self._people, FIRST_IDEAS, self._language)
        await weeks.support(self._hands, self._people, self._noise, 2)
        await self._check_in(1)
        await self._go(CONVENING, time(11))
        await weeks.propose(self._hands, self._people, LATER_IDEAS, self._language)
        self._tell(PROGRESS["proposed"])
        starts = _moment(self._day, ASSEMBLY, EVENING, self._theatre.zone)
        await assemblies.convene(self._hands, self._host, starts)
        await assemblies.answer(self._hands, self._people, self._group, self._noise)
        await self._check_in(2)

    async def _assembly(self) -> None:
        await self._go(ASSEMBLY, EVENING)
        await assemblies.begin(self._hands, self._host)
        await assemblies.decide(self._hands, self._people, self._host, self._group, self._noise)
        await self._theatre.pace.move(11 * 60)
        await assemblies.end(self._hands, self._host)
        self._tell(PROGRESS["assembly"])
        await self._go(ASSEMBLY, LATER)
        await weeks.check_in(self._hands, self._people, self._noise, weeks.PULSE)
        await self._go(ASSEMBLY + 1, time(10, 20))
        weeks.chat(self._people, self._group, self._language, 1)

    async def _to_the_summary(self) -> None:
        await self._check_in(3)
        self._tell(PROGRESS["checked"].format(n=len(WEDNESDAYS)))
        await self._go(0, time(11))

    async def _until_today(self, today: float) -> None:
        await weeks.support(self._hands, self._people, self._noise, 1)
        weeks.chat(self._people, self._group, self._language, 2)
        zone = self._theatre.zone
        morning = datetime.fromtimestamp(today, ZoneInfo(zone))
        asked = _moment(self._day, 2, ASKED, zone).timestamp()
        outing = _moment(morning, -1, time(10, 10), zone).timestamp()
        convened = _moment(morning, -1, time(10, 30), zone).timestamp()
        scenes = (
            (asked, self._ask_again),
            (outing, self._ask_where_to),
            (convened, self._convene_next),
        )
        for moment, scene in sorted(scenes):
            if moment < today:
                await self._until(moment)
                await scene(morning)
        await self._until(today)
        self._tell(PROGRESS["ready"])

    async def _ask_again(self, _: datetime) -> None:
        await weeks.check_in(self._hands, self._people, self._noise)

    async def _ask_where_to(self, _: datetime) -> None:
        await assemblies.ask_where_to(
            self._hands, self._people, self._host, self._group, self._noise, self._language
        )
        self._tell(PROGRESS["asked"])

    async def _convene_next(self, morning: datetime) -> None:
        starts = _moment(morning, AHEAD, EVENING, self._theatre.zone)
        await assemblies.convene(self._hands, self._host, starts)
        await assemblies.answer(self._hands, self._people, self._group, self._noise)

    async def _check_in(self, week: int) -> None:
        await self._go(WEDNESDAYS[week], ASKED)
        await weeks.check_in(self._hands, self._people, self._noise)

    async def _go(self, days: int, at: time) -> None:
        """Let time pass until this hour of this day, with what falls due on the way."""
        await self._until(_moment(self._day, days, at, self._theatre.zone).timestamp())

    async def _until(self, moment: float) -> None:
        await self._theatre.pace.move(max(0, int(moment) - self._theatre.world.now()))
        await self._hands.settle()

"""The script: how a centre comes to life, from its setup to this morning, through the real bot.

Days are counted from the Monday on which the first summary is posted: a window of four weeks ended
in the night before it, in which those counted who were members for four weeks before. Those of the
weekly assemblies are counted from today, so that the next one is always two days ahead.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sandbox.cast import afterwards, arrivals, assemblies, weeks
from sandbox.cast.assemblies import Leaders, Room
from sandbox.cast.hands import Hands
from sandbox.cast.meetings import MEETINGS
from sandbox.cast.people import FIGURES, OPERATOR
from sandbox.cast.words import CENTRE, FIRST_IDEAS, LATER_IDEAS, PROGRESS
from sandbox.chats import Group
from sandbox.page.theatre import Theatre
from sandbox.people import Person

SETUP, PROPOSING, PROPOSING_MORE = -62, -32, -27
AHEAD = 2  # days from today to the next assembly
MET = tuple(AHEAD - 7 * weeks for weeks in (3, 2, 1))  # days from today to those that were held
SET_UP_SERIES = MET[0] - 4  # before that week’s check-in is sent: the pulse comes in its place
WEDNESDAYS = (-33, -26, -19, -12, -5)
EVENING, LATER, ASKED, MORNING = time(17, 30), time(19, 30), time(17, 1), time(10, 20)

Scene = Callable[[], Awaitable[None]]


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
        self._room: Room
        self._led: Leaders
        self._day: datetime
        self._today: datetime

    async def perform(self, today: float) -> None:
        """Play it all. Raises CastError where the bot does not play along."""
        zone = self._theatre.zone
        self._day = summary_day(today, zone)
        self._today = datetime.fromtimestamp(today, ZoneInfo(zone))
        await self._arrive()
        for moment, scene in sorted(self._scenes(), key=lambda each: each[0]):
            if moment < today:
                await self._until(moment)
                await scene()
        await self._until(today)
        self._tell(PROGRESS["ready"])

    def _scenes(self) -> list[tuple[float, Scene]]:
        """When what happens, in no order; the moments are UTC epoch seconds."""
        by_summary: list[tuple[int, time, Scene]] = [
            *((day, ASKED, self._check_in) for day in WEDNESDAYS if not self._has_pulse(day)),
            (PROPOSING, MORNING, self._propose),
            (PROPOSING_MORE, MORNING, self._propose_more),
            (0, time(11), self._support),
            (2, ASKED, self._check_in),
        ]
        by_today: list[tuple[int, time, Scene]] = [
            (SET_UP_SERIES, MORNING, self._set_up_series),
            (MET[0], LATER, self._pulse),
            (MET[0] + 1, MORNING, self._correct),
            (MET[1] - 1, MORNING, self._finish),
            (-1, MORNING, self._ask_where_to),
            (-1, LATER, self._ask_who_comes),
        ]
        for number, day in enumerate(MET):
            by_today += [
                (day - 2, LATER, self._agree_to_lead),
                (day, EVENING, partial(self._meet, number)),
            ]
        return [
            (_moment(start, day, at, self._theatre.zone).timestamp(), scene)
            for start, scenes in ((self._day, by_summary), (self._today, by_today))
            for day, at, scene in scenes
        ]

    def _has_pulse(self, days: int) -> bool:
        """Whether the first assembly is in the same week: that is asked about instead."""
        asked = self._day + timedelta(days=days)
        first = self._today + timedelta(days=MET[0])
        return asked.isocalendar()[:2] == first.isocalendar()[:2]

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
        self._room = Room(
            self._hands, self._people, self._group, self._language, self._noise, self._wait
        )

    async def _propose(self) -> None:
        weeks.chat(self._people, self._group, self._language, 0)
        await weeks.propose(self._hands, self._people, FIRST_IDEAS, self._language)
        await weeks.support(self._hands, self._people, self._noise, most=2)

    async def _propose_more(self) -> None:
        await weeks.propose(self._hands, self._people, LATER_IDEAS, self._language)
        await assemblies.wish_to_lead(self._hands, self._people)
        self._tell(PROGRESS["proposed"])

    async def _set_up_series(self) -> None:
        weekday = (self._today + timedelta(days=AHEAD)).weekday()
        minutes = EVENING.hour * 60 + EVENING.minute
        await assemblies.set_up_series(self._hands, self._host, weekday, minutes)
        self._tell(PROGRESS["series"])

    async def _agree_to_lead(self) -> None:
        self._led = await assemblies.agree_to_lead(self._hands, self._people)

    async def _meet(self, number: int) -> None:
        await assemblies.meet(self._room, self._led, MEETINGS[number])
        await afterwards.take_tasks(self._room, MEETINGS[number])
        self._tell(PROGRESS["assembly"].format(n=number + 1))

    async def _pulse(self) -> None:
        await weeks.check_in(self._hands, self._people, self._noise, weeks.PULSE)

    async def _correct(self) -> None:
        weeks.chat(self._people, self._group, self._language, 1)
        await afterwards.correct(self._room, self._led)

    async def _finish(self) -> None:
        await afterwards.finish_tasks(self._room, MEETINGS[0])

    async def _support(self) -> None:
        await weeks.support(self._hands, self._people, self._noise, most=1, share=0.3)
        weeks.chat(self._people, self._group, self._language, 2)

    async def _ask_where_to(self) -> None:
        await assemblies.ask_where_to(self._room, self._host)
        self._tell(PROGRESS["asked"])

    async def _ask_who_comes(self) -> None:
        await assemblies.ask_who_comes(self._hands, self._host)
        self._hands.say(self._people["Rosa"], "/assembly", self._group)
        await self._hands.settle()
        await assemblies.answer(self._room)

    async def _check_in(self) -> None:
        await weeks.check_in(self._hands, self._people, self._noise)

    async def _wait(self, seconds: int) -> None:
        await self._hands.settle()
        await self._theatre.pace.move(seconds)
        await self._hands.settle()

    async def _until(self, moment: float) -> None:
        await self._wait(max(0, int(moment) - self._theatre.world.now()))

"""Who answered a check-in, left it out, put it off, was reminded? Whoever has the database tries.

Thirty members are asked at the same moment, in each of three weeks; half of them, drawn anew, do
something. The attacker has a copy of all tables after each of seven ticks, the write-ahead log
after each, and three backups; not the key store.

1. What can be compared must be the same for all thirty: the number of rows, the shape of keys,
   states, times, lengths, and which columns differ between any two copies.
2. From what differs anyway (ids, places, when the first question was tried to be sent, sealed
   bytes) and from pairs of it, the best rule is learnt on one half of the members and tried on the
   other. Without anything to be learnt each of 45 guesses is right with a chance of 1/2, because
   who does something is drawn apart from all of it: 36 or more come with a chance below 0.00004.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from math import comb
from pathlib import Path

import pytest
from kit.backup_rows import read_all
from kit.checkin_steps import DAY, HOUR, OPEN, WEDNESDAY, agreed, current, go_to
from kit.round_traces import Copy, Features, Traced, copy_of, differing, guessed, traces
from kit.stage import Stage, open_stage

from assembly.roles import Role
from bot.backups import back_up
from handlers.checkins import keeping
from sandbox.people import Person
from storage.centres import Centre

MEMBERS, WEEKS, MOST_RIGHT = 30, 3, 35

# What the half that does something does, in turn: after the question came, and after a day.
DOINGS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("😊 Very good", "Skip", "😌 Quite a lot"), ()),
    (("😌 Good", "Skip", "Skip"), ("Change an answer",)),
    (("😐 So-so",), ()),
    (("Skip",), ("Skip",)),
    (("Ask me in 3 hours",), ("😞 Very hard", "Skip", "Skip")),
    (("Ask me in 3 hours",), ()),
    (("Not this week",), ()),
    (("Not this week", "Answer after all", "😕 Hard"), ()),
    ((), ("😊 Very good", "Skip", "Skip")),
)


@dataclass
class Attack:
    """Thirty people who are asked how they are, and copies of what lies in the database."""

    stage: Stage
    centre: Centre
    people: list[Person]
    copies: dict[str, Copy] = field(default_factory=dict)

    async def copy(self, moment: str) -> None:
        """After a tick; the write-ahead log holds nothing."""
        await self.stage.voci.ticker.tick()
        for log in self.stage.folder.glob("*.db-wal"):
            assert log.stat().st_size == 0
        self.copies[moment] = await copy_of(self.stage.voci.database)

    async def backup(self, moment: str) -> None:
        path = self.stage.folder / "backup.zip"
        await back_up(self.stage.voci.settings, path, self.stage.now)
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
        found = read_all(path)
        self.copies[moment] = {name: found[name] for name in found["manifest"]["tables"]}
        path.unlink()

    async def week(self, start: int, doing: dict[Person, int]) -> dict[Traced, bool]:
        """One round of all, from its sending to its end; who has done anything."""
        stage, before = self.stage, [len(self.stage.said(person)) for person in self.people]
        self.copies.clear()
        await go_to(stage, start)
        await self.copy("sent")
        await self.press(doing, 0)
        await self.copy("first")
        await self.backup("first backup")
        await go_to(stage, start + 4 * HOUR)
        await self.copy("put off")
        await go_to(stage, start + DAY + 60)
        await self.copy("reminded")
        await self.press(doing, 1)
        await self.copy("second")
        await self.backup("second backup")
        await go_to(stage, start + OPEN)
        await self.copy("closed")
        await self.backup("third backup")
        await go_to(stage, start + OPEN + 2 * HOUR)
        await self.copy("over")
        for person, count in zip(self.people, before, strict=True):
            lines = [message.words for message in stage.said(person)[count:]]
            assert len(lines) == 2 or person in doing, "asked and reminded"
            assert all(": closed." in line for line in lines) or person in doing
        return {await self.traced(person): person in doing for person in self.people}

    async def press(self, doing: dict[Person, int], part: int) -> None:
        for person, kind in doing.items():
            for button in DOINGS[kind][part]:
                await self.stage.press(person, self.stage.last(person), button)

    async def traced(self, person: Person) -> Traced:
        found = await current(self.stage, self.centre, person)
        return Traced(found.member_id, person.id, found.id)


@pytest.fixture
async def attack(make_url: Callable[[], Awaitable[str]], tmp_path: Path) -> AsyncIterator[Attack]:
    async with open_stage(tmp_path, await make_url()) as stage:
        centre, group = await stage.centre()
        people = []
        for number in range(MEMBERS):
            person = stage.world.person(f"P{number:02}", language_code="en")
            person.join(group)
            person.start(stage.bot)
            people.append(person)
        await stage.settle()
        for person in people:
            await stage.enrol(centre, person, Role.USER, facilitator=False, language="en")
            await agreed(stage, centre, person)
        yield Attack(stage, centre, people)


@pytest.mark.thorough
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("no_errors")
async def test_nobody_can_tell_who_did_anything(
    attack: Attack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PART", 7)  # as where there are more than one transaction takes
    right = 0
    for week in range(WEEKS):
        chance = random.Random(f"who answers, week {week}")
        some = chance.sample(attack.people, MEMBERS // 2)
        said = await attack.week(
            WEDNESDAY + 7 * week * DAY,
            {person: number % len(DOINGS) for number, person in enumerate(some)},
        )
        assert sum(said.values()) == MEMBERS // 2
        alike, varies = traces(attack.copies, [*said])
        assert differing(alike) == {}, f"week {week}"
        assert len(next(iter(alike.values()))) > 500, "there is something to compare"
        right += guessed(varies, said, chance)
    assert right <= MOST_RIGHT


def test_the_bound_is_what_is_said() -> None:
    guesses = WEEKS * MEMBERS // 2
    beyond = sum(comb(guesses, right) for right in range(MOST_RIGHT + 1, guesses + 1))
    assert beyond / 2**guesses < 0.00004


def test_a_rule_is_found_where_there_is_one() -> None:
    chance = random.Random(1)
    members = [Traced(number, number, number) for number in range(MEMBERS)]
    said = dict(zip(members, chance.sample([True, False] * 15, MEMBERS), strict=True))
    noise: dict[Traced, Features] = {
        each: {f"n{n}": chance.randrange(30) for n in range(200)} for each in members
    }
    told: dict[Traced, Features] = {
        each: noise[each] | {"told": int(said[each])} for each in members
    }
    assert guessed(told, said, chance) == MEMBERS // 2
    assert sum(guessed(noise, said, chance) for _ in range(WEEKS)) <= MOST_RIGHT


def test_where_rows_lie_is_learnt_and_nobodys_own() -> None:
    chance = random.Random(1)
    members = [Traced(number, number, number) for number in range(MEMBERS)]
    said = dict(zip(members, chance.sample([True, False] * 15, MEMBERS), strict=True))

    def copy(*, swapped: bool) -> Copy:
        """Two rows of each; those of whoever did something lie the other way round."""
        parts = {each: (1, 0) if swapped and said[each] else (0, 1) for each in members}
        return {
            "posts": [
                {"place": "0", "member_id": each.member_id, "part": part}
                for each in members
                for part in parts[each]
            ]
        }

    alike, varies = traces({"one": copy(swapped=False), "other": copy(swapped=True)}, members)
    assert differing(alike) == {}
    assert guessed(varies, said, chance) == MEMBERS // 2

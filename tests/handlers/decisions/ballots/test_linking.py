"""With a dump of every table after every ballot and after closing: who said what stays unknown."""

from __future__ import annotations

import os
import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from kit.linking_attack import Case, by_chance, dump, successes
from kit.phone_voters import Voters, gather_voters
from kit.stage import open_stage
from telegram import Update

from assembly.counting.table import WORDS
from assembly.rule import DecisionMethod
from handlers.decisions.presses import Cast
from storage import published, sealed_ballots
from storage.secrets import cipher, keys

HALF = 3  # of six members say yes, the others no: without a hint every second guess is right
TOO_GOOD = 1e-3  # that any guess is so good by chance, all attempts together; the seed is fixed


class Chance:
    """The same chance in every run, in the place of the system's."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.randbits = self._random.getrandbits
        self.token_bytes = self.urandom = self._random.randbytes

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


class Spied:
    """Questions are put, answered by six members in any order, and closed, under observation."""

    def __init__(self, room: Voters, seed: int) -> None:
        self.room, self.stage = room, room.stage
        self.people = [room.anna, *room.others]
        self.noise = random.Random(seed)
        self.updates = 900_000

    async def look(self) -> Any:
        return await dump(self.stage.voci.database, self.stage.folder)

    async def decide(self, method: DecisionMethod = DecisionMethod.MAJORITY) -> Case:
        """The linker's yes and no are whatever the method's first two words are."""
        decision_id = await self.room.put(method)
        said = dict(zip(("yes", "no"), WORDS[method], strict=False))
        posted = self.stage.last(self.room.group)
        case = Case()
        choices = ["yes", "no"] * HALF
        self.noise.shuffle(choices)
        case.truth = dict(enumerate(choices))
        presses = [(member, choice) for member, choice in case.truth.items()]
        self.noise.shuffle(presses)
        for member in self.noise.sample(range(2 * HALF), 2):  # two have changed their minds
            presses.insert(0, (member, self.noise.choice(["yes", "no"])))
        before = await self.look()
        objecting: list[int] = []
        for order, (member, choice) in enumerate(presses):
            data = Cast(self.room.centre.id, decision_id, said[choice]).encode()
            await self.press(member, posted, data)
            after = await self.look()
            case.pressed(member, order, before, after)
            before = after
            if method in sealed_ballots.WITH_REASONS:
                objecting = [each for each in objecting if each != member]
                objecting += [member] if choice == "no" else []
            if objecting and self.noise.random() < 0.5:
                before = await self.typed(objecting.pop(0), case, before)
        for member in objecting:
            before = await self.typed(member, case, before)
        self.stage.clock.move(601)
        await self.stage.voci.ticker.tick()
        after = await self.look()
        meant = {word: choice for choice, word in said.items()}
        case.listed = [meant[word] for word in listed(after, decision_id)]
        return case

    async def typed(self, member: int, case: Case, before: Any) -> Any:
        """A reason is typed: what changes with it is seen, who types is not."""
        await self.stage.say(self.people[member], "It harms us.")
        after = await self.look()
        case.looked(before, after)
        return after

    async def press(self, member: int, posted: Any, data: str) -> None:
        press = self.stage.world.presses.add(self.people[member], posted, data)
        self.updates += 1
        json = {"update_id": self.updates, "callback_query": press.as_json()}
        update = Update.de_json(json, self.stage.voci.application.bot)
        await self.stage.voci.processing.accept(update)
        await self.stage.voci.delivery.finish()


def listed(seen: Any, decision_id: int) -> list[str]:
    """The choices of the published list, in the order in which its rows lie."""
    rows = [dict(zip(names, row, strict=True)) for names, *row in seen["published_ballots"]]
    mine = [row for row in rows if str(row["decision_id"]) == str(decision_id)]
    mine.sort(key=lambda row: _place(row["ctid"]) if "ctid" in row else row["tracker"])
    return [row["choice"] for row in mine]


def _place(ctid: str) -> list[int]:
    return [int(number) for number in ctid.strip("()").split(",")]


async def spy(folder: Path, url: str, *methods: DecisionMethod) -> tuple[float, str]:
    """How likely the linker's best guesses are by chance, all its attempts counted; by what."""
    async with open_stage(folder, url) as stage:
        spied = Spied(await gather_voters(stage), seed=11)
        seen = [(method, await spied.decide(method)) for method in methods]
    return min(
        best([case for each, case in seen if each in alike])
        for alike in ({*methods}, *({each} for each in {*methods}))
    )


def best(cases: list[Case]) -> tuple[float, str]:
    found = successes(cases, random.Random(12))
    assert len(found) > 100  # it has tried a lot
    way, hits = max(found.items(), key=lambda each: each[1])
    likely = by_chance(len(cases), HALF, hits) * len(found)
    return likely, f"{way}: {hits} of {len(cases) * HALF}"


@pytest.fixture(autouse=True)
def same_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, module in enumerate((sealed_ballots, keys)):
        monkeypatch.setattr(module, "secrets", Chance(number))
    monkeypatch.setattr(cipher, "os", Chance(9))


async def test_the_linker_does_no_better_than_chance(
    tmp_path: Path, make_url: Callable[[], Awaitable[str]]
) -> None:
    url = await make_url()
    # Reasons of objections are typed later: every row changes then, and none tells whose it was.
    cases = [DecisionMethod.MAJORITY, DecisionMethod.CONSENT] * 8
    likely, way = await spy(tmp_path, file(url), *cases)
    assert likely > TOO_GOOD, way


def file(url: str) -> str:
    return "sqlite:///voci.db" if url.startswith("sqlite") else url


# -- what the linker would find -----------------------------------------------------------------


def in_order_of_casting(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(10**9, 10**10))
    monkeypatch.setattr(sealed_ballots, "new_tracker", lambda: str(next(numbers)))


def of_different_length(monkeypatch: pytest.MonkeyPatch) -> None:
    close_up, open_up = sealed_ballots.close_up, sealed_ballots.open_up

    def longer(key: bytes, decision_id: int, where: bytes, content: Any, method: Any) -> bytes:
        return close_up(key, decision_id, where, content, method) + b"!" * len(content.choice)

    def shorter(key: bytes, decision_id: int, where: bytes, sealed: bytes) -> Any:
        return open_up(key, decision_id, where, sealed[: len(sealed) - (len(sealed) - 28) % 128])

    monkeypatch.setattr(sealed_ballots, "close_up", longer)
    monkeypatch.setattr(sealed_ballots, "open_up", shorter)


def published_as_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL `ctid` would show it; SQLite's table is sorted by tracker whatever is done."""
    close_up = sealed_ballots.close_up
    members: list[int] = []

    def noted(key: bytes, decision_id: int, where: bytes, content: Any, method: Any) -> bytes:
        members[:] = [each for each in members if each != content.member_id]
        members.append(content.member_id)
        return close_up(key, decision_id, where, content, method)

    def as_cast(items: Any, key: Any = None) -> list[Any]:
        return sorted(items, key=key and (lambda cast: members.index(cast[0])))

    monkeypatch.setattr(sealed_ballots, "close_up", noted)
    monkeypatch.setattr(published, "sorted", as_cast, raising=False)


async def test_the_linker_finds_a_row_that_changes_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_ballots, "_anew", lambda key, decision_id, where, sealed: sealed)
    likely, way = await spy(tmp_path, "sqlite:///voci.db", *[DecisionMethod.CONSENT] * 9)
    assert likely < TOO_GOOD, way


@pytest.mark.parametrize("broken", [in_order_of_casting, of_different_length])
async def test_the_linker_finds_what_can_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)
    likely, way = await spy(tmp_path, "sqlite:///voci.db", *[DecisionMethod.MAJORITY] * 9)
    assert likely < TOO_GOOD, way


async def test_the_linker_finds_an_order_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_url: Callable[[], Awaitable[str]]
) -> None:
    published_as_cast(monkeypatch)
    likely, way = await spy(tmp_path, await postgres_url(), *[DecisionMethod.MAJORITY] * 9)
    assert likely < TOO_GOOD, way

"""A summary of which nobody knows whether it arrived: people look, and nothing is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import cast

import pytest
from kit.checkin_steps import HOUR, agreed, at, go_to, wants
from kit.checkin_windows import week
from kit.stage import Stage

from bot.noise import OpenDpNoise
from sandbox.chats import Group, Message
from sandbox.faults import FaultKind
from sandbox.people import Person
from storage import outbox

pytestmark = pytest.mark.usefixtures("no_errors")

LOST = "may not have arrived"
THERE, AGAIN = "It is there", "Post it again"
KILLED = "killed"
Drawn = tuple[str, ...]


@dataclass
class Draws:
    """Noise that is another one each time it is asked for, so that a second draw would show."""

    numbers: Callable[[], int] = field(default_factory=lambda: count(0).__next__)
    asked: int = 0

    def __call__(self, _: object, __: float) -> int:
        self.asked += 1
        return self.numbers() % 3


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> Draws:
    made = Draws()
    monkeypatch.setattr(OpenDpNoise, "discrete_laplace", lambda *given: made(*given))
    return made


@dataclass
class Evening:
    """The evening on which a summary was lost."""

    stage: Stage
    group: Group
    chiara: Person  # both facilitate
    bernd: Person

    def asked(self, person: Person) -> Message:
        return [each for each in self.stage.said(person) if LOST in each.words][-1]

    def summaries(self) -> list[Message]:
        return [each for each in self.stage.said(self.group) if "How we are" in each.words]

    async def frozen(self) -> Drawn:
        """What was drawn, what it cost, and what must survive a restore of it."""
        charges = await self.stage.rows("SELECT week, status, charge FROM windows ORDER BY id")
        drawn = await self.stage.rows("SELECT * FROM releases ORDER BY window_id")
        async with self.stage.voci.keys.database.reading() as tx:
            ledger = await tx.statement("SELECT kind, subject, data FROM ledger ORDER BY id")
        return tuple(str(tuple(row)) for rows in (charges, drawn, ledger) for row in rows)


async def lost(stage: Stage, fault: str) -> Evening:
    """Twelve people have answered, and the post of the summary met a fault."""
    centre, group = await stage.centre()
    people = [await wants(stage, centre, group, f"Person {number}") for number in range(10)]
    duty = [
        await stage.member(centre, group, name, role, facilitator=True)
        for name, role in (("Chiara", "user"), ("Bernd", "family"))
    ]
    for person in duty:
        await agreed(stage, centre, person)
    await go_to(stage, week(0))
    await go_to(stage, at("2026-01-07 17:00"))
    for person in (*people, *duty):
        await stage.press_each(person, "😌 Good", "😐 Somewhat", "😐 Some")
    if fault != KILLED:
        for method in ("sendPhoto", "sendMessage"):
            stage.world.faults.add(cast(FaultKind, fault), method=method, chat_id=group.id)
    stage.clock.move(week(4) + 9 * HOUR - stage.clock.now())
    await stage.voci.ticker.tick()
    if fault == KILLED:  # just when it leaves
        rows = await stage.voci.database.run(lambda tx: outbox.claim_due(tx, stage.now, 30))
        [taken] = [row for row in rows if row.chat_id == group.id]
        assert taken.key.partition(":")[0] == "summary"
        assert await stage.voci.database.run(lambda tx: outbox.leaves(tx, taken))
        await stage.restart()
        await stage.move(outbox.LEASE + 1)
    await stage.settle()
    stage.world.faults.clear()
    await stage.move(60)
    return Evening(stage, group, *duty)


@pytest.mark.parametrize("fault", ["500", "drop", KILLED])
async def test_it_is_posted_again_with_the_same_numbers(
    stage: Stage, draws: Draws, fault: str
) -> None:
    evening = await lost(stage, fault)
    assert evening.summaries() == []
    [kept] = await stage.rows("SELECT payload FROM outbox WHERE status = 'uncertain'")
    before, asked = await evening.frozen(), draws.asked
    await stage.press(evening.chiara, evening.asked(evening.chiara), AGAIN)
    await stage.move(60)
    [post] = evening.summaries()
    assert post.words.splitlines()[0] in kept["payload"]
    assert post.file is not None and post.file.data.startswith(b"\x89PNG")
    assert (await evening.frozen(), draws.asked) == (before, asked), "drawn and paid for once"
    for person, labels in ((evening.chiara, ["Home"]), (evening.bernd, [])):
        told = [each for each in stage.said(person) if "once more" in each.words]
        assert len(told) == 1 and told[0].labels == labels, "home for whoever has answered"
    await go_to(stage, week(6))
    assert len(evening.summaries()) == 1


async def test_twice_is_the_same_to_the_pixel(stage: Stage, draws: Draws) -> None:
    evening = await lost(stage, "drop_after_accept")
    await stage.press(evening.bernd, evening.asked(evening.bernd), AGAIN)  # though it is there
    await stage.move(60)
    first, second = evening.summaries()
    assert first.words == second.words
    assert first.file is not None and second.file is not None
    assert first.file.data == second.file.data
    assert draws.asked == 2, "one number, one sum"


async def test_what_is_there_stays_alone(stage: Stage, draws: Draws) -> None:
    evening = await lost(stage, "drop_after_accept")
    before = await evening.frozen()
    await stage.press(evening.chiara, evening.asked(evening.chiara), THERE)
    await stage.move(60)
    await stage.restart()
    await go_to(stage, week(6))
    assert len(evening.summaries()) == 1
    assert (await evening.frozen(), draws.asked) == (before, 2)
    assert await stage.rows("SELECT id FROM outbox WHERE status = 'uncertain'") == []
    assert (
        await stage.rows("SELECT id FROM outbox WHERE key LIKE 'summary%' AND payload > ''") == []
    )


@pytest.mark.parametrize("theirs", [(AGAIN, AGAIN), (AGAIN, THERE), (THERE, AGAIN)])
async def test_two_who_answer_at_once_answer_once(
    stage: Stage, draws: Draws, theirs: tuple[str, str]
) -> None:
    evening = await lost(stage, "500")
    both = (evening.chiara, evening.bernd)
    asked = [evening.asked(person) for person in both]
    pressed = [
        person.press(message, button)
        for person, message, button in zip(both, asked, theirs, strict=True)
    ]
    for press in pressed:
        await press.answered()
    await stage.settle()
    await stage.move(60)
    assert sorted(message.labels for message in asked) == [[], ["Home"]]
    again = any("once more" in message.words for message in asked)
    assert len(evening.summaries()) == again
    if theirs == (AGAIN, AGAIN):
        assert again
    assert draws.asked == 2

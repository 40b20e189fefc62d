"""What is to be said of a round is sent at a tick, and no table knows of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import pytest
from kit.checkin_steps import DAY, HOUR, OPEN, WEDNESDAY, current, go_to, state, wants
from kit.stage import Stage

from bot.fate import UNREACHED
from handlers.checkins import keeping
from handlers.core.unit_of_work import UnitOfWork
from sandbox.people import Person
from storage import people, round_states
from storage.engine.errors import Transient
from storage.round_states import RoundState
from storage.secrets.keys import KeyStore

REMINDED = WEDNESDAY + DAY

T = TypeVar("T")


async def sealed(stage: Stage) -> list[bytes]:
    rows = await stage.rows("SELECT sealed FROM round_states ORDER BY round_id")
    return [bytes(row["sealed"]) for row in rows]


def asked(stage: Stage, person: Person) -> int:
    return len([message for message in stage.said(person) if "1 of 3" in message.words])


@pytest.mark.parametrize("part", [1, 2, 3, 500])
async def test_at_each_tick_all_are_sealed_anew(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(keeping, "PART", part)
    centre, group = await stage.centre()
    for name in ("Anna", "Bruno", "Carla"):
        await wants(stage, centre, group, name)
    await go_to(stage, WEDNESDAY)
    seen = [await sealed(stage)]
    for _ in range(2):
        await stage.tick()
        seen.append(await sealed(stage))
    assert len({blob for blobs in seen for blob in blobs}) == 9


async def test_what_has_not_left_is_said_at_the_next_tick(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    stage.world.faults.add("429", method="sendMessage", chat_id=anna.id, retry_after=30)
    await go_to(stage, REMINDED)
    assert asked(stage, anna) == 1
    assert (await state(stage, centre, anna)).again_at > 0
    await stage.move(30 + UNREACHED)
    assert asked(stage, anna) == 2


async def test_after_a_new_token_it_is_said(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    stage.world.revoke_token(stage.bot)
    await go_to(stage, REMINDED)
    assert asked(stage, anna) == 1
    await stage.restart()
    await stage.tick()
    assert asked(stage, anna) == 2


async def test_at_the_end_no_chat_gets_two_calls_at_once(stage: Stage) -> None:
    """The question and its reminder lose their buttons: Telegram takes one call a second."""
    centre, group = await stage.centre()
    people = [await wants(stage, centre, group, name) for name in ("Anna", "Bruno", "Carla")]
    await go_to(stage, WEDNESDAY)
    await go_to(stage, REMINDED)
    await go_to(stage, WEDNESDAY + OPEN)
    await stage.tick()
    assert stage.world.calls(ok=False) == []
    for person in people:
        closed = [each for each in stage.said(person) if "closed. What was" in each.words]
        assert [each.labels for each in closed] == [[], []]


async def test_what_may_have_arrived_is_not_said_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after it has taken out what is due, before what became of it is noted."""
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)

    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(stage.voci.sender, "send_unlisted", dies)
        await go_to(stage, REMINDED)
    await stage.restart()
    await stage.move(HOUR)
    assert asked(stage, anna) == 1


async def test_whoever_has_blocked_the_bot_is_left_in_peace(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    anna.block(stage.bot)
    await stage.write(people.set_writable, anna.id, True)  # Telegram has not told yet
    await go_to(stage, REMINDED)
    person = await stage.read(people.find, anna.id)
    assert person is not None and not person.writable


async def test_many_messages_take_several_ticks(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    centre, group = await stage.centre()
    everybody = [await wants(stage, centre, group, name) for name in ("Anna", "Bruno", "Carla")]
    await go_to(stage, WEDNESDAY)
    counts = []
    for _ in range(2):
        await go_to(stage, max(REMINDED, stage.now + 30))
        counts.append(sum(asked(stage, person) for person in everybody))
    assert counts == [5, 6]


async def test_a_small_centre_does_not_wait_for_a_large_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    large, group = await stage.centre()
    many = [await wants(stage, large, group, name) for name in ("Anna", "Bruno", "Carla", "Dino")]
    small, other = await stage.centre("Vela")
    elena = await wants(stage, small, other, "Elena")
    await go_to(stage, WEDNESDAY)
    counts = []
    for _ in range(3):
        await go_to(stage, max(REMINDED, stage.now + 30))
        reminded = [asked(stage, person) - 1 for person in (*many, elena)]
        counts.append((sum(reminded[:-1]), reminded[-1]))
    assert counts == [(2, 0), (3, 1), (4, 1)]


class Database:
    """Counts the transactions, and fails in some."""

    def __init__(self, stage: Stage, failing: int = 0) -> None:
        self._stage = stage
        self._failing = failing
        self.count = 0

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]], /) -> T:
        self.count += 1
        if self.count == self._failing:
            raise Transient("nobody answers")
        services, now = self._stage.voci.services, self._stage.now
        return await self._stage.voci.database.run(lambda tx: work(UnitOfWork(tx, now, services)))


async def three_due(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many reminders, and nobody has looked yet."""
    monkeypatch.setattr(keeping, "PART", 1)
    centre, group = await stage.centre()
    for name in ("Anna", "Bruno", "Carla"):
        await wants(stage, centre, group, name)
    await go_to(stage, WEDNESDAY)
    stage.clock.move(DAY)


async def test_others_can_write_between_two_parts(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_due(stage, monkeypatch)
    database = Database(stage)
    assert len(await keeping.Keeping().take(database)) == 3
    assert database.count == 4, "one for each, and one that finds nobody"


async def test_where_a_part_fails_what_was_taken_out_before_is_said(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await three_due(stage, monkeypatch)
    assert len(await keeping.Keeping().take(Database(stage, failing=3))) == 2
    assert "some open check-ins were not looked at: Transient" in caplog.text
    assert len(await keeping.Keeping().take(Database(stage))) == 1
    with pytest.raises(Transient):
        await keeping.Keeping().take(Database(stage, failing=1))


async def test_a_round_that_cannot_be_looked_at_holds_up_no_other_and_is_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It was written by a later version, say, that shows rounds again for another reason."""
    centre, group = await stage.centre()
    anna, bruno = await wants(stage, centre, group), await wants(stage, centre, group, "Bruno")
    await go_to(stage, WEDNESDAY)
    theirs = await current(stage, centre, anna)
    key = await stage.voci.keys.key(theirs.member_id)
    with monkeypatch.context() as later:
        later.setattr(round_states, "_WHYS", ("reminder", "snoozed", "outage", "holiday"))
        unknown = RoundState(again_at=REMINDED, why=cast(Any, "holiday"))
        await stage.write(round_states.write, key, theirs, unknown)
    row = f"SELECT sealed FROM round_states WHERE round_id = {theirs.id}"
    [written] = await stage.rows(row)
    await go_to(stage, REMINDED)
    assert asked(stage, bruno) == 2
    assert await stage.rows(row) == [written]
    assert f"the check-in of round {theirs.id} was not looked at: IndexError" in caplog.messages


async def test_a_round_whose_key_is_gone_is_forgotten_and_the_log_says_so(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna, bruno = await wants(stage, centre, group), await wants(stage, centre, group, "Bruno")
    await go_to(stage, WEDNESDAY)
    keys: KeyStore = stage.voci.keys
    await keys.destroy(await stage.member_id(centre, anna))
    member_id = await stage.member_id(centre, bruno)
    await keys.destroy(member_id)
    await keys.create_key(member_id)  # another one than the row was sealed with
    rounds = [(await current(stage, centre, each)).id for each in (anna, bruno)]
    await stage.tick()
    assert await sealed(stage) == []
    assert [each for each in caplog.messages if "round" in each] == [
        f"round {each} can't be read, and is forgotten: its key is not there" for each in rounds
    ]


async def test_where_a_member_has_no_key_the_log_says_that_they_are_not_asked(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await stage.voci.keys.destroy(await stage.member_id(centre, anna))
    await go_to(stage, WEDNESDAY)
    assert asked(stage, anna) == 0
    assert f"centre {centre.id}: a check-in is skipped: its member has no key" in caplog.messages

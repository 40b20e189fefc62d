from __future__ import annotations

import asyncio
from fractions import Fraction

import pytest

from assembly import majority
from assembly.electorate import digest
from assembly.outcome import Choice, Outcome
from storage import ballots, decisions
from storage.database import Database, Transaction

CENTRE, OTHER = 1, 2
GROUP, OTHER_GROUP = -100, -200
YES, NO, ABSTAIN = Choice
THIRD = Fraction(1, 3)


@pytest.fixture
async def centre(database: Database) -> Database:
    """Two centres; members 1 to 6 with the Telegram ids 101 to 106 in the first, 7 in the other."""
    async with database.transaction() as tx:
        for centre_id, chat_id in ((CENTRE, GROUP), (OTHER, OTHER_GROUP)):
            await tx.statement(
                "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
                f"VALUES ({centre_id}, {chat_id}, 'Aurora', 'it', 'Europe/Rome', 0)"
            )
        for member_id in range(1, 8):
            await add_member(tx, member_id, OTHER if member_id == 7 else CENTRE)
    return database


async def add_member(tx: Transaction, member_id: int, centre_id: int = CENTRE) -> None:
    await tx.statement(
        "INSERT INTO people (telegram_id, language, created_at) "
        f"VALUES ({100 + member_id}, 'de', 0)"
    )
    await tx.statement(
        "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at) VALUES "
        f"({member_id}, {centre_id}, {100 + member_id}, 'user', 'Anna', 'active', 0)"
    )


async def put(tx: Transaction, *, item_id: int | None = None) -> int | None:
    return await decisions.put(
        tx,
        centre_id=CENTRE,
        assembly_id=None,
        item_id=item_id,
        question="Shall we open on Saturdays?",
        quorum=THIRD,
        closes_at=2_000,
        now=1_000,
    )


async def put_one(database: Database) -> int:
    async with database.transaction() as tx:
        decision_id = await put(tx)
    assert decision_id is not None
    return decision_id


async def cast(
    tx: Transaction,
    decision_id: int,
    member_id: int,
    choice: Choice,
    *,
    now: int = 1_500,
    group_id: int | None = None,
    centre_id: int = CENTRE,
) -> bool:
    recorded = await ballots.cast(
        tx,
        telegram_id=100 + member_id,
        centre_id=centre_id,
        decision_id=decision_id,
        choice=choice,
        now=now,
        group_id=group_id,
    )
    return recorded is not None


async def close(database: Database, decision_id: int) -> bool:
    async with database.transaction() as tx:
        decision = await decisions.still_open(tx, decision_id)
        if decision is None:
            return False
        counted = await ballots.count(tx, decision_id)
        outcome = majority.tally(counted, decision.electorate, decision.quorum)
        closed = await decisions.close(tx, decision_id, outcome, 2_000)
        await ballots.seal(tx, decision_id)
        return closed


async def leftovers(database: Database) -> int:
    async with database.reading() as tx:
        rows = await tx.statement(
            "SELECT (SELECT COUNT(*) FROM ballots) + (SELECT COUNT(*) FROM electors) AS n"
        )
        return int(rows[0]["n"])


async def test_the_electorate_is_frozen_at_opening(centre: Database) -> None:
    async with centre.transaction() as tx:
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 6")
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        await add_member(tx, 8)
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert decision.electorate == 5
        rows = await tx.statement("SELECT electorate_hash FROM decisions")
        assert rows[0]["electorate_hash"] == digest(decision_id, range(1, 6))
        assert not await cast(tx, decision_id, 8, YES)  # joined later
        assert await cast(tx, decision_id, 1, YES)


async def test_another_centre_does_not_find_it(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        assert await decisions.get(tx, OTHER, decision_id) is None
        assert await decisions.open_ones(tx, OTHER) == []
        assert not await decisions.extend(tx, OTHER, decision_id, 3_000)
        assert not await decisions.cancel(tx, OTHER, decision_id, "why", 1_500)
        assert [each.id for each in await decisions.open_ones(tx, CENTRE)] == [decision_id]


async def test_a_ballot_is_confirmed_with_what_its_toast_needs(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        recorded = await ballots.cast(
            tx,
            telegram_id=101,
            centre_id=CENTRE,
            decision_id=decision_id,
            choice=YES,
            now=1_500,
            group_id=GROUP,
        )
        assert recorded == ballots.Recorded(2_000, "Europe/Rome", "de")


async def test_casting_again_replaces(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        for choice in (YES, YES, NO, ABSTAIN, NO):
            assert await cast(tx, decision_id, 1, choice)
        assert await cast(tx, decision_id, 2, YES)
        assert await ballots.count(tx, decision_id) == {NO: 1, YES: 1}
        assert await ballots.of_member(tx, CENTRE, 1) == {decision_id: NO}
        assert await ballots.of_member(tx, CENTRE, 3) == {decision_id: None}
        assert await ballots.of_member(tx, OTHER, 7) == {}


@pytest.mark.parametrize(
    "attack",
    [
        {"member_id": 7},  # of another centre
        {"member_id": 7, "centre_id": OTHER},  # who names their own centre
        {"member_id": 99},  # nobody known
        {"now": 2_000},  # at the moment of closing
        {"now": 2_001},
        {"group_id": OTHER_GROUP},  # a keyboard carried into another group
        {"centre_id": OTHER},
        {"decision_id": 77},
    ],
)
async def test_a_ballot_that_may_not_be_cast(centre: Database, attack: dict[str, int]) -> None:
    given = {"decision_id": await put_one(centre), "member_id": 1, **attack}
    async with centre.transaction() as tx:
        assert not await cast(tx, choice=YES, **given)
    async with centre.reading() as tx:
        rows = await tx.statement("SELECT COUNT(*) AS n FROM ballots")
        assert rows[0]["n"] == 0


async def test_who_has_left_can_no_longer_take_part(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        assert await cast(tx, decision_id, 1, YES)
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 1")
        assert not await cast(tx, decision_id, 1, NO)


async def test_an_erased_member_takes_the_ballot_along(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        await cast(tx, decision_id, 1, YES)
        await cast(tx, decision_id, 2, YES)
        await ballots.forget(tx, 1)
        assert await ballots.count(tx, decision_id) == {YES: 1}
        assert not await cast(tx, decision_id, 1, YES)


async def test_closing_keeps_figures_and_no_ballot(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        for member_id, choice in enumerate((YES, YES, YES, NO, ABSTAIN), 1):
            await cast(tx, decision_id, member_id, choice)
    assert await close(centre, decision_id)
    assert not await close(centre, decision_id)
    assert await leftovers(centre) == 0
    async with centre.transaction() as tx:
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert (decision.status, decision.closed_at) == ("closed", 2_000)
        assert decision.outcome == Outcome("carried", 3, 1, 1, 5, 6, 2)
        assert not await cast(tx, decision_id, 1, NO)
        assert await decisions.open_ones(tx, CENTRE) == []
        assert await decisions.recent(tx, CENTRE, 2_000, 5) == [decision]
        assert await decisions.recent(tx, CENTRE, 2_001, 5) == []


async def test_of_four_ballots_no_figures_are_kept(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        for member_id in range(1, 5):
            await cast(tx, decision_id, member_id, NO)
    await close(centre, decision_id)
    async with centre.reading() as tx:
        row = (await tx.statement("SELECT * FROM decisions"))[0]
        assert (row["result"], row["figures"]) == ("not_carried", None)
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert decision.outcome is None


async def test_cancelled_is_not_counted(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        assert await decisions.cancel(tx, CENTRE, decision_id, "It was put too early.", 1_600)
        assert not await decisions.cancel(tx, CENTRE, decision_id, "Again", 1_700)
        assert not await decisions.extend(tx, CENTRE, decision_id, 3_000)
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert (decision.status, decision.reason) == ("cancelled", "It was put too early.")
        assert not await decisions.close(
            tx, decision_id, Outcome("carried", 5, 0, 0, 5, 6, 2), 1_800
        )


async def test_extending_lets_ballots_in_again(centre: Database) -> None:
    decision_id = await put_one(centre)
    async with centre.transaction() as tx:
        assert not await cast(tx, decision_id, 1, YES, now=2_500)
        assert await decisions.extend(tx, CENTRE, decision_id, 3_000)
        assert await cast(tx, decision_id, 1, YES, now=2_500)


async def test_an_item_is_decided_by_one_question_at_a_time(centre: Database) -> None:
    async with centre.transaction() as tx:
        await tx.statement(
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at) "
            f"VALUES (1, {CENTRE}, 0, 'open', 0)"
        )
        await tx.statement(
            "INSERT INTO agenda_items (id, assembly_id, position, title, status) "
            "VALUES (5, 1, 1, 'Saturdays', 'current')"
        )
        first = await put(tx, item_id=5)
        assert first is not None
        assert await put(tx, item_id=5) is None
        assert await put(tx) is not None  # a question without an item
    assert await close(centre, first)
    async with centre.transaction() as tx:
        assert await put(tx, item_id=5) is not None


async def test_the_outcomes_of_an_assembly(centre: Database) -> None:
    async with centre.transaction() as tx:
        await tx.statement(
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at) "
            f"VALUES (1, {CENTRE}, 0, 'open', 0)"
        )
        for question in ("First?", "Second?"):
            await decisions.put(
                tx,
                centre_id=CENTRE,
                assembly_id=1,
                item_id=None,
                question=question,
                quorum=THIRD,
                closes_at=None,
                now=1_000,
            )
        assert await decisions.outcomes_of(tx, 1) == []
        first, second = await decisions.open_ones(tx, CENTRE)
    for each in (second, first):
        await close(centre, each.id)
    async with centre.reading() as tx:
        found = await decisions.outcomes_of(tx, 1)
        assert [each.question for each in found] == ["First?", "Second?"]
        assert {each.result for each in found} == {"no_quorum"}


async def test_ballots_and_closing_at_once_lose_nothing(centre: Database) -> None:
    decision_id = await put_one(centre)

    async def one(member_id: int) -> bool:
        return await centre.run(lambda tx: cast(tx, decision_id, member_id, YES))

    async def closing(tx: Transaction) -> int | None:
        decision = await decisions.still_open(tx, decision_id)
        if decision is None:
            return None
        counted = await ballots.count(tx, decision_id)
        outcome = Outcome("carried", sum(counted.values()), 9, 0, 9, 6, 2)
        if not await decisions.close(tx, decision_id, outcome, 2_000):
            return None
        await ballots.seal(tx, decision_id)
        return outcome.yes

    *recorded, first, second = await asyncio.gather(
        *(one(member_id) for member_id in range(1, 7)),
        centre.run(closing),
        centre.run(closing),
    )
    counted = [each for each in (first, second) if each is not None]
    assert counted == [recorded.count(True)]  # one closed it, and counted each confirmed ballot
    assert await leftovers(centre) == 0

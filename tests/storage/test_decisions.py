from __future__ import annotations

import asyncio
from fractions import Fraction

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.ballot import Misvote
from assembly.counting import lot
from assembly.deciding import decide
from assembly.electorate import digest
from assembly.outcome import Why
from assembly.roles import Role
from assembly.rule import DecisionMethod, Electorate, Quorum, Rule, Secrecy
from storage import ballots, decisions, people
from storage.ballots import Mine
from storage.decisions import Motion
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets import commitments
from storage.secrets.keys import KeyDestroyed, KeyStore

CENTRE, OTHER = 1, 2
GROUP, OTHER_GROUP = -100, -200
YES, NO, ABSTAIN = "yes", "no", "abstain"
RULE = Rule(quorum=Quorum(Fraction(1, 3)))
OPTIONS = ("Bread", "Cake", "Soup")
APPROVAL = Rule(method=DecisionMethod.APPROVAL, options=OPTIONS)
SEED = bytes(range(32))
ROLES = ("user", "user", "user", "family", "family", "professional", "user")


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


@pytest.fixture
async def centre(database: Database) -> Database:
    """Two centres; members 1 to 6 with the Telegram ids 101 to 106 in the first, 7 in the other."""
    async with database.transaction() as tx:
        for centre_id in (CENTRE, OTHER):
            await add_centre(tx, centre_id=centre_id)
        for member_id in range(1, 8):
            await add_elector(tx, member_id, OTHER if member_id == 7 else CENTRE)
    return database


async def add_elector(tx: Transaction, member_id: int, centre_id: int = CENTRE) -> None:
    role, telegram_id = ROLES[(member_id - 1) % len(ROLES)], 100 + member_id
    await people.meet(tx, telegram_id, "de", 0)
    await add_member(tx, member_id, role, centre_id=centre_id, telegram_id=telegram_id)


async def put(
    tx: Transaction,
    keys: KeyStore,
    rule: Rule = RULE,
    *,
    item_id: int | None = None,
    assembly_id: int | None = None,
    named: tuple[int, ...] = (),
    present: dict[Role, int] | None = None,
    previous_id: int | None = None,
) -> int | None:
    motion = Motion(
        CENTRE,
        "Shall we open on Saturdays?",
        rule,
        SEED,
        closes_at=2_000,
        assembly_id=assembly_id,
        item_id=item_id,
        named=named,
        present=present,
        previous_id=previous_id,
    )
    return await decisions.put(tx, keys, motion, 1_000)


async def put_one(database: Database, keys: KeyStore, rule: Rule = RULE) -> int:
    async with database.transaction() as tx:
        decision_id = await put(tx, keys, rule)
    assert decision_id is not None
    return decision_id


async def cast(
    tx: Transaction,
    keys: KeyStore,
    decision_id: int,
    member_id: int,
    choice: str,
    *,
    now: int = 1_500,
    group_id: int | None = None,
    centre_id: int = CENTRE,
) -> bool:
    recorded = await ballots.cast(
        tx,
        keys,
        telegram_id=100 + member_id,
        centre_id=centre_id,
        decision_id=decision_id,
        choice=choice,
        now=now,
        group_id=group_id,
    )
    return recorded is not None


async def close(database: Database, keys: KeyStore, decision_id: int) -> bool:
    return await database.run(lambda tx: close_in(tx, keys, decision_id)) is not None


async def close_in(tx: Transaction, keys: KeyStore, decision_id: int) -> int | None:
    """How many ballots were counted; None where it was closed already."""
    decision = await decisions.still_open(tx, decision_id)
    if decision is None:
        return None
    collected = await ballots.collect(tx, keys, decision)
    outcome = decide(decision.rule, collected.poll)
    if not await decisions.close(tx, keys, decision, collected, outcome, 2_000):
        return None
    await ballots.seal(tx, decision_id)
    return outcome.turnout.cast


async def said(tx: Transaction, keys: KeyStore, decision_id: int) -> list[str]:
    decision = await decisions.still_open(tx, decision_id)
    assert decision is not None
    collected = await ballots.collect(tx, keys, decision)
    return sorted(ballot.choice for ballot in collected.poll.ballots)


async def leftovers(database: Database) -> int:
    async with database.reading() as tx:
        rows = await tx.statement(
            "SELECT (SELECT COUNT(*) FROM ballots) + (SELECT COUNT(*) FROM electors) AS n"
        )
        return int(rows[0]["n"])


async def test_the_electorate_is_frozen_at_opening(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 6")
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        await add_elector(tx, 8)
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert decision.electorate == 5
        rows = await tx.statement("SELECT electorate_hash FROM decisions")
        kept = rows[0]["electorate_hash"]
        lines = await commitments.of(keys, decision_id, decision.lot.commitment, range(1, 6))
        assert kept == digest(lines)
        assert not await cast(tx, keys, decision_id, 8, YES)  # joined later
        assert await cast(tx, keys, decision_id, 1, YES)


async def test_its_hash_is_of_what_nobody_can_try_out(centre: Database, keys: KeyStore) -> None:
    """The same members, decision and lot with other data keys: members' numbers run on."""
    decision_id = await put_one(centre, keys)
    async with centre.reading() as tx:
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        kept = (await tx.statement("SELECT electorate_hash FROM decisions"))[0]["electorate_hash"]
    members, drawn = range(1, decision.electorate + 1), decision.lot.commitment
    assert kept == digest(await commitments.of(keys, decision_id, drawn, members))
    await keys.destroy(1)
    assert kept != digest(await commitments.of(keys, decision_id, drawn, members))


async def test_another_centre_does_not_find_it(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        assert await decisions.get(tx, OTHER, decision_id) is None
        assert await decisions.open_ones(tx, OTHER) == []
        assert not await decisions.extend(tx, OTHER, decision_id, 3_000, 1_500)
        assert not await decisions.cancel(tx, OTHER, decision_id, "why", 1_500)
        assert [each.id for each in await decisions.open_ones(tx, CENTRE)] == [decision_id]


async def test_a_ballot_is_confirmed_with_what_its_toast_needs(
    centre: Database, keys: KeyStore
) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        recorded = await ballots.cast(
            tx,
            keys,
            telegram_id=101,
            centre_id=CENTRE,
            decision_id=decision_id,
            choice=YES,
            now=1_500,
            group_id=GROUP,
        )
        assert recorded == ballots.Recorded(
            DecisionMethod.MAJORITY, 2_000, "Europe/Rome", "de", Secrecy.SECRET
        )


async def test_casting_again_replaces(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        for choice in (YES, YES, NO, ABSTAIN, NO):
            assert await cast(tx, keys, decision_id, 1, choice)
        assert await cast(tx, keys, decision_id, 2, YES)
        assert await said(tx, keys, decision_id) == [NO, YES]
        assert await ballots.of_member(tx, keys, CENTRE, 1) == {
            decision_id: Mine(NO, "", awaits_reason=False)
        }
        assert await ballots.of_member(tx, keys, CENTRE, 3) == {decision_id: None}
        assert await ballots.of_member(tx, keys, OTHER, 7) == {}


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
async def test_a_ballot_that_may_not_be_cast(
    centre: Database, keys: KeyStore, attack: dict[str, int]
) -> None:
    given = {"decision_id": await put_one(centre, keys), "member_id": 1, **attack}
    async with centre.transaction() as tx:
        assert not await cast(tx, keys, choice=YES, **given)
    async with centre.reading() as tx:
        rows = await tx.statement("SELECT COUNT(*) AS n FROM ballots")
        assert rows[0]["n"] == 0


async def test_who_has_left_can_no_longer_take_part(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        assert await cast(tx, keys, decision_id, 1, YES)
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 1")
        assert not await cast(tx, keys, decision_id, 1, NO)


async def test_an_erased_member_takes_the_ballot_along(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        await cast(tx, keys, decision_id, 1, YES)
        await cast(tx, keys, decision_id, 2, YES)
        await ballots.forget(tx, keys, 1)
        assert await said(tx, keys, decision_id) == [YES]
        assert not await cast(tx, keys, decision_id, 1, YES)


async def test_closing_keeps_figures_and_no_ballot(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        for member_id, choice in enumerate((YES, YES, YES, NO, ABSTAIN), 1):
            await cast(tx, keys, decision_id, member_id, choice)
    assert await close(centre, keys, decision_id)
    assert not await close(centre, keys, decision_id)
    assert await leftovers(centre) == 0
    async with centre.transaction() as tx:
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert (decision.status, decision.closed_at) == ("closed", 2_000)
        outcome = decision.outcome
        assert outcome is not None
        assert (outcome.result, outcome.why) == ("carried", Why.REACHED)
        assert outcome.votes == {YES: 3, NO: 1, ABSTAIN: 1}
        assert (outcome.turnout.cast, outcome.turnout.needed) == (5, 2)
        assert not await cast(tx, keys, decision_id, 1, NO)
        assert await decisions.open_ones(tx, CENTRE) == []
        assert await decisions.recent(tx, CENTRE, 2_000) == [decision]
        assert await decisions.recent(tx, CENTRE, 2_001) == []


async def test_of_four_ballots_no_figures_are_kept(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        for member_id in range(1, 5):
            await cast(tx, keys, decision_id, member_id, NO)
    await close(centre, keys, decision_id)
    async with centre.reading() as tx:
        row = (await tx.statement("SELECT * FROM decisions"))[0]
        assert (row["result"], row["figures"]) == ("not_carried", None)
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert decision.outcome is None


async def test_cancelled_is_not_counted(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        assert await decisions.cancel(tx, CENTRE, decision_id, "It was put too early.", 1_600)
        assert not await decisions.cancel(tx, CENTRE, decision_id, "Again", 1_700)
        assert not await decisions.extend(tx, CENTRE, decision_id, 3_000, 1_500)
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert (decision.status, decision.reason) == ("cancelled", "It was put too early.")
        assert await close_in(tx, keys, decision_id) is None


async def test_extending_lets_ballots_in_again(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        assert not await cast(tx, keys, decision_id, 1, YES, now=2_500)
        assert not await decisions.extend(tx, CENTRE, decision_id, 3_000, 2_000)
        assert await decisions.extend(tx, CENTRE, decision_id, 3_000, 1_999)
        assert await cast(tx, keys, decision_id, 1, YES, now=2_500)


async def test_an_item_is_decided_by_one_question_at_a_time(
    centre: Database, keys: KeyStore
) -> None:
    async with centre.transaction() as tx:
        await tx.statement(
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at) "
            f"VALUES (1, {CENTRE}, 0, 'open', 0)"
        )
        await tx.statement(
            "INSERT INTO agenda_items (id, assembly_id, position, title) "
            "VALUES (5, 1, 1, 'Saturdays')"
        )
        first = await put(tx, keys, item_id=5)
        assert first is not None
        assert await put(tx, keys, item_id=5) is None
        assert await put(tx, keys) is not None  # a question without an item
    assert await close(centre, keys, first)
    async with centre.transaction() as tx:
        assert await put(tx, keys, item_id=5) is not None


async def test_the_outcomes_of_an_assembly(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        await tx.statement(
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at) "
            f"VALUES (1, {CENTRE}, 0, 'open', 0)"
        )
        for _ in range(2):
            await put(tx, keys, assembly_id=1)
        assert await decisions.outcomes_of(tx, 1) == []
        first, second = await decisions.open_ones(tx, CENTRE)
    for each in (second, first):
        await close(centre, keys, each.id)
    async with centre.reading() as tx:
        found = await decisions.outcomes_of(tx, 1)
        assert [each.id for each in found] == [first.id, second.id]
        assert {each.result for each in found} == {"no_quorum"}


async def test_ballots_and_closing_at_once_lose_nothing(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)

    async def one(member_id: int) -> bool:
        return await centre.run(lambda tx: cast(tx, keys, decision_id, member_id, YES))

    async def closing(tx: Transaction) -> int | None:
        return await close_in(tx, keys, decision_id)

    *recorded, first, second = await asyncio.gather(
        *(one(member_id) for member_id in range(1, 7)),
        centre.run(closing),
        centre.run(closing),
    )
    counted = [each for each in (first, second) if each is not None]
    assert counted == [recorded.count(True)]  # one closed it, and counted each confirmed ballot
    assert await leftovers(centre) == 0


async def test_whoever_may_take_part_by_role_or_by_name(centre: Database, keys: KeyStore) -> None:
    family = Rule(electorate=Electorate.FAMILY)
    named = Rule(electorate=Electorate.NAMED)
    async with centre.transaction() as tx:
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 6")
        first = await put(tx, keys, family)
        second = await put(tx, keys, named, named=(1, 4, 6, 7, 99))  # two of them may
        third = await put(tx, keys)
        assert first and second and third
        found = {each.id: each for each in await decisions.open_ones(tx, CENTRE)}
        assert found[first].entitled == {Role.FAMILY: 2}
        assert found[second].entitled == {Role.USER: 1, Role.FAMILY: 1}
        assert found[third].entitled == {Role.USER: 3, Role.FAMILY: 2}
        assert [found[each].electorate for each in (first, second, third)] == [2, 2, 5]
        # Too few to hide among: sealed; that somebody left changes nothing for the third.
        assert [found[each].rule.secrecy for each in (first, second, third)] == [
            Secrecy.SEALED,
            Secrecy.SEALED,
            Secrecy.SECRET,
        ]
        assert not await cast(tx, keys, first, 1, YES)
        assert await cast(tx, keys, first, 4, YES)
        assert await ballots.of_member(tx, keys, CENTRE, 1) == {second: None, third: None}


async def test_a_rule_reads_back_as_it_was_put(centre: Database, keys: KeyStore) -> None:
    rule = Rule(
        method=DecisionMethod.DOTS,
        options=OPTIONS,
        seats=2,
        dots=5,
        threshold=Fraction(3, 4),
        quorum=Quorum(Fraction(0), number=4, each_role=True),
        secrecy=Secrecy.OPEN,
    )
    present = {Role.USER: 2, Role.FAMILY: 1}
    async with centre.transaction() as tx:
        first = await put(tx, keys, rule, present=present)
        second = await put(tx, keys, rule, previous_id=first)
        assert first and second
        decision, again = [await decisions.get(tx, CENTRE, each) for each in (first, second)]
        assert decision and again
        assert decision.rule == again.rule == rule
        assert (decision.present, again.present) == (present, None)
        assert (decision.version, decision.previous_id) == (1, None)
        assert (again.version, again.previous_id) == (2, first)
        assert decision.lot.commitment == lot.commitment(SEED)
        assert decision.lot.order == lot.order(SEED, 3)
        assert decision.lot.seed is None  # told once it is over
    await close(centre, keys, first)
    async with centre.reading() as tx:
        decision = await decisions.get(tx, CENTRE, first)
        assert decision is not None
        assert decision.lot.seed == SEED.hex()


@pytest.mark.parametrize("choice", ["yes", "3", "00", "1 ", "20", "-"])
async def test_what_is_no_ballot_of_this_decision(
    centre: Database, keys: KeyStore, choice: str
) -> None:
    decision_id = await put_one(centre, keys, APPROVAL)
    async with centre.transaction() as tx:
        assert await cast(tx, keys, decision_id, 1, "02")
        assert await cast(tx, keys, decision_id, 2, "")
        with pytest.raises(Misvote):
            await cast(tx, keys, decision_id, 1, choice)
        assert await said(tx, keys, decision_id) == ["", "02"]


async def test_winners_are_kept_where_the_figures_are_not(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys, APPROVAL)
    async with centre.transaction() as tx:
        for member_id in range(1, 5):
            assert await cast(tx, keys, decision_id, member_id, "2")
    await close(centre, keys, decision_id)
    async with centre.reading() as tx:
        decision = await decisions.get(tx, CENTRE, decision_id)
        assert decision is not None
        assert (decision.result, decision.winners, decision.outcome) == ("chosen", (2,), None)


async def test_each_ballot_has_a_new_tracker(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        assert await ballots.tracker(tx, keys, decision_id, 1) is None
        trackers = []
        for _ in range(3):
            await cast(tx, keys, decision_id, 1, YES)
            trackers.append(await ballots.tracker(tx, keys, decision_id, 1))
    assert len({*trackers}) == 3
    for each in trackers:
        assert each is not None
        assert len(each) == 10
        assert {*each} <= {*"0123456789ABCDEFGHJKMNPQRSTVWXYZ"}


async def test_who_has_said_nothing_yet(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        await cast(tx, keys, decision_id, 2, YES)
        await cast(tx, keys, decision_id, 5, NO)
        assert await ballots.silent(tx, keys, decision_id) == [1, 3, 4, 6]


async def test_a_helper_s_entry_meets_the_same_guards(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:

        async def enter(member_id: int, now: int = 1_500, of: int = decision_id) -> bool:
            return await ballots.cast_for(
                tx, keys, decision_id=of, member_id=member_id, choice=NO, now=now
            )

        assert await cast(tx, keys, decision_id, 1, YES)
        assert await enter(1)
        assert await said(tx, keys, decision_id) == [NO]
        assert await cast(tx, keys, decision_id, 1, YES)  # replaced until closing
        assert await said(tx, keys, decision_id) == [YES]
        assert not await enter(7)  # of another centre
        assert not await enter(2, now=2_000)
        assert not await enter(2, of=77)
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 3")
        assert not await enter(3)
        with pytest.raises(Misvote):
            await ballots.cast_for(
                tx, keys, decision_id=decision_id, member_id=2, choice="maybe", now=1_500
            )


async def test_the_poll_has_head_counts_by_role(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        for member_id in (1, 2, 4):
            await cast(tx, keys, decision_id, member_id, YES)
        await tx.statement("UPDATE members SET role = 'professional' WHERE id = 1")  # frozen
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        poll = (await ballots.collect(tx, keys, decision)).poll
    assert poll.electorate == {Role.USER: 3, Role.FAMILY: 2, Role.PROFESSIONAL: 1}
    assert poll.cast == {Role.USER: 2, Role.FAMILY: 1, Role.PROFESSIONAL: 0}
    assert {ballot.role for ballot in poll.ballots} == {None}  # only where the rule needs it


async def test_without_its_key_nothing_is_counted(
    centre: Database, keys: KeyStore, caplog: pytest.LogCaptureFixture
) -> None:
    decision_id = await put_one(centre, keys)
    other = await put_one(centre, keys)
    async with centre.transaction() as tx:
        await cast(tx, keys, decision_id, 1, YES)
        await keys.destroy_ballot_key(decision_id)
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        with pytest.raises(KeyDestroyed):
            await ballots.collect(tx, keys, decision)
        await ballots.forget(tx, keys, 1)  # erasing goes on all the same
        assert [each.id for each in await decisions.unreadable(tx, keys)] == [decision_id]
        # Nor is it seen by who takes part, but everything else goes on.
        assert await ballots.of_member(tx, keys, CENTRE, 2) == {other: None}
        assert (await decisions.void(tx, decision, 1_700)).status == "void"
        assert [each.id for each in await decisions.open_ones(tx, CENTRE)] == [other]
    assert f"decision {decision_id} has no key" in caplog.text


async def test_a_key_of_another_decision_opens_nothing(centre: Database, keys: KeyStore) -> None:
    decision_id = await put_one(centre, keys)
    async with centre.reading() as tx:
        assert await decisions.unreadable(tx, keys) == []
        await keys.create_ballot_key(decision_id)
        assert [each.id for each in await decisions.unreadable(tx, keys)] == [decision_id]


async def test_a_rolled_back_attempt_leaves_a_key_that_is_replaced(
    centre: Database, keys: KeyStore
) -> None:
    attempts: list[int | None] = []

    async def fail(tx: Transaction) -> None:
        attempts.append(await put(tx, keys))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await centre.run(fail)
    decision_id = await put_one(centre, keys)
    async with centre.transaction() as tx:
        assert await cast(tx, keys, decision_id, 1, YES)
        assert await said(tx, keys, decision_id) == [YES]
    if centre.engine == "sqlite":
        assert [decision_id] == attempts

from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, put_question

from assembly.rule import DecisionMethod, Rule
from storage import ballots, decisions, reasons
from storage.ballots import Mine
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.reasons import PATIENCE, Awaited
from storage.secrets.keys import KeyStore

AT = 1_500


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


@pytest.fixture
async def centre(database: Database) -> Database:
    """Members 1 to 6 with the Telegram ids 101 to 106."""
    async with database.transaction() as tx:
        await add_centre(tx, 6, telegram=100)
    return database


async def put(tx: Transaction, keys: KeyStore, method: DecisionMethod) -> int:
    return await put_question(tx, keys, Rule(method=method), closes_at=9_000)


async def cast(
    tx: Transaction, keys: KeyStore, decision_id: int, choice: str, now: int = AT, member: int = 1
) -> None:
    assert await ballots.cast(
        tx,
        keys,
        telegram_id=100 + member,
        centre_id=1,
        decision_id=decision_id,
        choice=choice,
        now=now,
        group_id=None,
    )


async def give(
    tx: Transaction, keys: KeyStore, decision_id: int, reason: str, now: int = AT + 60
) -> bool:
    return await reasons.give_reason(
        tx, keys, telegram_id=101, decision_id=decision_id, reason=reason, now=now
    )


async def mine(tx: Transaction, keys: KeyStore, decision_id: int) -> Mine | None:
    return (await ballots.of_member(tx, keys, 1, 1))[decision_id]


async def test_a_reason_is_typed_after_the_press(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        decision_id = await put(tx, keys, DecisionMethod.CONSENT)
        assert await reasons.awaiting_reason(tx, keys, 101, AT) is None
        await cast(tx, keys, decision_id, "object")
        assert await mine(tx, keys, decision_id) == Mine("object", "", awaits_reason=True)
        awaited = await reasons.awaiting_reason(tx, keys, 101, AT + PATIENCE)
        assert awaited == Awaited(1, decision_id, 1, "object", AT)
        assert await give(tx, keys, decision_id, "Too early: \U0001f319" + "\u00e9" * 480)
        said = await mine(tx, keys, decision_id)
        assert said is not None
        assert said.reason.startswith("Too early: \U0001f319\u00e9")
        assert not said.awaits_reason
        assert await reasons.awaiting_reason(tx, keys, 101, AT) is None
        assert not await give(tx, keys, decision_id, "Again")
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        [ballot] = (await ballots.collect(tx, keys, decision)).poll.ballots
        assert (ballot.choice, ballot.reason) == ("object", said.reason)


async def test_pressing_the_same_again_loses_no_reason(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        decision_id = await put(tx, keys, DecisionMethod.CONSENSUS)
        await cast(tx, keys, decision_id, "block")
        await give(tx, keys, decision_id, "It harms us.")
        await cast(tx, keys, decision_id, "block", AT + 100)
        assert await mine(tx, keys, decision_id) == Mine("block", "It harms us.", True)
        assert await give(tx, keys, decision_id, "", AT + 200)  # nothing more to say
        assert await mine(tx, keys, decision_id) == Mine("block", "It harms us.", False)
        await cast(tx, keys, decision_id, "aside", AT + 300)  # another choice: a reason of its own
        assert await mine(tx, keys, decision_id) == Mine("aside", "", True)
        await cast(tx, keys, decision_id, "agree", AT + 400)
        assert await mine(tx, keys, decision_id) == Mine("agree", "", False)
        assert await reasons.awaiting_reason(tx, keys, 101, AT + 400) is None


async def test_a_question_that_lost_its_key_holds_up_no_other(
    centre: Database, keys: KeyStore
) -> None:
    async with centre.transaction() as tx:
        lost = await put(tx, keys, DecisionMethod.CONSENT)
        other = await put(tx, keys, DecisionMethod.CONSENSUS)
        await cast(tx, keys, lost, "object")
        await cast(tx, keys, other, "block")
        await keys.destroy_ballot_key(lost)
        awaited = await reasons.awaiting_reason(tx, keys, 101, AT)
        assert awaited is not None
        assert awaited.decision_id == other
        assert await give(tx, keys, other, "It harms us.")


async def test_what_comes_late_is_meant_for_something_else(
    centre: Database, keys: KeyStore
) -> None:
    async with centre.transaction() as tx:
        decision_id = await put(tx, keys, DecisionMethod.CONSENT)
        await cast(tx, keys, decision_id, "object")
        late = AT + PATIENCE + 1
        assert await reasons.awaiting_reason(tx, keys, 101, late) is None
        assert not await give(tx, keys, decision_id, "Late", late)
        assert not await give(tx, keys, decision_id, "Closed", 9_000)
        assert not await give(tx, keys, decision_id + 1, "Nowhere")
        assert await mine(tx, keys, decision_id) == Mine("object", "", True)


async def test_of_several_the_one_cast_last_is_meant(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        first, second = [await put(tx, keys, DecisionMethod.CONSENT) for _ in range(2)]
        await cast(tx, keys, second, "object", AT)
        await cast(tx, keys, first, "object", AT + 1)
        await cast(tx, keys, first, "object", AT + 2, member=2)
        awaited = await reasons.awaiting_reason(tx, keys, 101, AT + 5)
        assert awaited is not None
        assert awaited.decision_id == first
        assert await give(tx, keys, first, "First")
        assert await reasons.awaiting_reason(tx, keys, 101, AT + 5) is None  # one at a time
        assert not await give(tx, keys, second, "For the first, after all")


async def look(tx: Transaction, keys: KeyStore, decision_id: int, now: int) -> bool:
    return await reasons.look_at(tx, keys, telegram_id=101, decision_id=decision_id, now=now)


async def test_the_reason_of_what_one_looks_at_is_awaited(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        first, second = [await put(tx, keys, DecisionMethod.CONSENT) for _ in range(2)]
        await cast(tx, keys, first, "object", AT)
        await cast(tx, keys, second, "object", AT + 1)
        for at, decision_id in ((AT + 900, first), (AT + 1800, second), (AT + 1801, second)):
            assert await look(tx, keys, decision_id, at) is (at == AT + 900)
            awaited = await reasons.awaiting_reason(tx, keys, 101, at)
            assert (awaited is None) is (at > AT + 900)
        await cast(tx, keys, first, "object", AT + 2000)
        assert not await look(tx, keys, second + 1, AT + 2001)  # something else altogether
        assert await reasons.awaiting_reason(tx, keys, 101, AT + 2001) is None
        assert await look(tx, keys, first, AT + 3000)
        assert await give(tx, keys, first, "It harms us.", AT + 3600)
        assert not await look(tx, keys, first, AT + 3601)


async def test_no_words_for_a_question_that_closed_go_to_another(
    centre: Database, keys: KeyStore
) -> None:
    async with centre.transaction() as tx:
        first, second = [await put(tx, keys, DecisionMethod.CONSENT) for _ in range(2)]
        await cast(tx, keys, first, "object", AT)
        await cast(tx, keys, second, "object", AT + 1)
        await tx.statement(f"UPDATE decisions SET closes_at = {AT + 2} WHERE id = {second}")
        assert await reasons.awaiting_reason(tx, keys, 101, AT + 3) is None


async def test_a_reason_is_taken_out(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        decision_id = await put(tx, keys, DecisionMethod.CONSENT)
        ids = {"telegram_id": 101, "decision_id": decision_id}
        await cast(tx, keys, decision_id, "object")
        assert not await reasons.take_out(tx, keys, **ids, now=AT)
        await give(tx, keys, decision_id, "ciao, come state?")
        assert await reasons.take_out(tx, keys, **ids, now=AT + 100)
        assert await mine(tx, keys, decision_id) == Mine("object", "", awaits_reason=False)
        assert not await reasons.take_out(tx, keys, **ids, now=AT + 100)


async def test_where_nobody_would_read_it_no_reason_is_awaited(
    centre: Database, keys: KeyStore
) -> None:
    async with centre.transaction() as tx:
        await tx.statement("UPDATE members SET status = 'left' WHERE id > 4")
        decision_id = await put(tx, keys, DecisionMethod.CONSENT)
        await cast(tx, keys, decision_id, "object")
        assert await mine(tx, keys, decision_id) == Mine("object", "", awaits_reason=False)
        assert await reasons.awaiting_reason(tx, keys, 101, AT) is None


async def test_a_reason_has_its_room(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        decision_id = await put(tx, keys, DecisionMethod.CONSENT)
        await cast(tx, keys, decision_id, "object")
        with pytest.raises(ValueError, match="500 characters"):
            await give(tx, keys, decision_id, "x" * 501)
        assert await give(tx, keys, decision_id, "\U0001f319" * 500)
        for member, choice in ((2, "object"), (3, "consent")):
            await cast(tx, keys, decision_id, choice, member=member)
        rows = await tx.rows("sealed_ballots", decision_id=decision_id)
        assert len({len(row["sealed"]) for row in rows}) == 1  # its length tells nothing


async def test_a_helper_s_entry_awaits_no_reason(centre: Database, keys: KeyStore) -> None:
    async with centre.transaction() as tx:
        decision_id = await put(tx, keys, DecisionMethod.CONSENT)
        await ballots.cast_for(
            tx, keys, decision_id=decision_id, member_id=1, choice="object", now=AT
        )
        assert await mine(tx, keys, decision_id) == Mine("object", "", False)
        assert await reasons.awaiting_reason(tx, keys, 101, AT) is None

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

import pytest
from kit.centre_rows import add_centre, put_question

from assembly.deciding import decide
from assembly.outcome import InPersonBallots
from assembly.roles import Role
from assembly.rule import DecisionMethod, Parity, Quorum, Rule, Secrecy
from bot import verify
from storage import ballots, decisions, published
from storage.ballots import Collected
from storage.decisions import Decision
from storage.engine.database import Database
from storage.secrets import commitments
from storage.secrets.keys import KeyStore

EACH_ROLE = Rule(parity=Parity.EACH_ROLE)
QUORUM = Rule(quorum=Quorum(Fraction(1, 3), each_role=True))
OPEN = Rule(secrecy=Secrecy.OPEN)


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


@pytest.fixture
async def centre(database: Database) -> Database:
    """Members 1 to 15 with the Telegram ids 101 to 115, in turn of each role."""
    async with database.transaction() as tx:
        await add_centre(tx, 15, list(Role), telegram=100)
    return database


async def decided(
    database: Database,
    keys: KeyStore,
    rule: Rule,
    choices: dict[int, str],
    hall: tuple[InPersonBallots, ...] = (),
    headcounts: dict[Role | None, int] | None = None,
) -> tuple[Decision, Collected]:
    """Put, answered and closed."""
    async with database.transaction() as tx:
        decision_id = await put_question(tx, keys, rule)
        for member_id, choice in choices.items():
            assert await ballots.cast_for(
                tx, keys, decision_id=decision_id, member_id=member_id, choice=choice, now=1_500
            )
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        collected = await ballots.collect(tx, keys, decision)
        poll = replace(collected.poll, hall=hall, headcounts=headcounts)
        collected = replace(collected, poll=poll)
        outcome = decide(decision.rule, collected.poll)
        assert await decisions.close(tx, keys, decision, collected, outcome, 2_000)
        assert not await decisions.close(tx, keys, decision, collected, outcome, 2_000)
        await ballots.seal(tx, decision_id)
        closed = await decisions.get(tx, 1, decision_id)
        assert closed is not None
    return closed, collected


def voted(members: int) -> dict[int, str]:
    return {number: "no" if number % 4 == 0 else "yes" for number in range(1, members + 1)}


async def test_a_secret_decision_publishes_list_and_roll(centre: Database, keys: KeyStore) -> None:
    closed, collected = await decided(centre, keys, Rule(), voted(6))
    async with centre.reading() as tx:
        listed = await published.ballots(tx, closed.id)
        assert listed == sorted((tracker, ballot) for _, ballot, tracker in collected.cast)
        assert Counter(ballot.choice for _, ballot in listed) == {"yes": 5, "no": 1}
        assert {ballot.role for _, ballot in listed} == {None}
        roll = await published.roll(tx, closed.id)
        assert len({*roll}) == 6
        assert roll == sorted(roll)
        assert await published.roll_call(tx, closed.id) == []


async def test_each_finds_their_own_line_of_the_roll(centre: Database, keys: KeyStore) -> None:
    key = await keys.create_key(1)
    closed, _ = await decided(centre, keys, Rule(), voted(6))
    assert await keys.key(1) == key
    async with centre.reading() as tx:
        mine = await published.receipt(tx, keys, closed, 1)
        assert mine is not None
        assert mine.commitment in await published.roll(tx, closed.id)
        assert mine.commitment == sha256(f"{closed.id}:{mine.text}".encode()).hexdigest()
        assert mine.text == f"1:{mine.salt}"
        assert await published.receipt(tx, keys, closed, 2) != mine
        assert await published.receipt(tx, keys, closed, 7) is None  # took no part
        assert await published.receipt(tx, keys, replace(closed, id=closed.id + 1), 1) is None
        await keys.destroy(1)
        assert await published.receipt(tx, keys, closed, 1) is None


async def test_a_number_given_out_again_gives_other_lines(centre: Database, keys: KeyStore) -> None:
    """Where a copy of the file was put back: the same lines would tell who took part in both."""
    members = [1, 2, 3]
    first, again = [await commitments.of(keys, 7, lot, members) for lot in ("a" * 64, "b" * 64)]
    assert await commitments.of(keys, 7, "a" * 64, [3, 2, 1]) == first
    assert not {*first} & {*again}


async def test_the_file_is_made_from_the_rows(centre: Database, keys: KeyStore) -> None:
    rule = Rule(method=DecisionMethod.APPROVAL, options=("Bread", "Cake"), seats=1)
    closed, _ = await decided(centre, keys, rule, dict.fromkeys(range(1, 7), "01"))
    async with centre.transaction() as tx:
        text = await published.text(tx, closed)
        assert text is not None
        assert f"head {closed.head}\n" in text
        assert text.endswith(f"seal {closed.seal}\n")
        await tx.statement("UPDATE published_ballots SET choice = '0'")
        changed = await published.text(tx, closed)
        assert changed is not None
        assert not changed.endswith(f"seal {closed.seal}\n")


@pytest.mark.parametrize(
    ("rule", "members"), [(EACH_ROLE, 15), (QUORUM, 15), (EACH_ROLE, 14), (QUORUM, 14), (Rule(), 6)]
)
async def test_the_file_tells_of_the_hall_when_its_count_is_gone(
    centre: Database, keys: KeyStore, rule: Rule, members: int
) -> None:
    hall = tuple(InPersonBallots(choice, 2, role) for choice in ("yes", "no") for role in Role)
    people: dict[Role | None, int] = dict.fromkeys(Role, 5)
    closed, _ = await decided(centre, keys, rule, voted(members), hall, people)
    async with centre.reading() as tx:
        text = await published.text(tx, closed)
        [row] = await tx.statement("SELECT heads FROM decisions")
    assert text is not None
    assert '"in_hall":15' in text
    assert verify.check(text.encode()).findings == []
    assert f"head {closed.head}\n" in text
    assert text.endswith(f"seal {closed.seal}\n")
    assert ("family" in row["heads"]) == (members == 15)  # no figures of roles but where they hide


async def test_of_an_open_decision_the_hall_is_kept_too(centre: Database, keys: KeyStore) -> None:
    hall = (InPersonBallots("yes", 3), InPersonBallots("invalid", 1))
    closed, _ = await decided(centre, keys, OPEN, {3: "yes"}, hall, {None: 5})
    by_role = tuple(InPersonBallots("no", 1, role) for role in Role)
    rule = replace(EACH_ROLE, secrecy=Secrecy.OPEN)
    people: dict[Role | None, int] = dict.fromkeys(Role, 5)
    few, _ = await decided(centre, keys, rule, voted(14), by_role, people)
    none, _ = await decided(centre, keys, Rule(), voted(4))
    async with centre.reading() as tx:
        assert await published.hall(tx, closed.id) == hall
        assert {each.role for each in await published.hall(tx, few.id)} == {None}
        assert await published.hall(tx, none.id) == ()
        assert await published.hall(tx, 99) == ()


async def test_roles_stand_beside_ballots_where_each_has_five(
    centre: Database, keys: KeyStore
) -> None:
    closed, _ = await decided(centre, keys, EACH_ROLE, voted(15))
    async with centre.reading() as tx:
        listed = await published.ballots(tx, closed.id)
        assert Counter(ballot.role for _, ballot in listed) == dict.fromkeys(Role, 5)
        text = await published.text(tx, closed)
        assert text is not None
        assert f"head {closed.head}\n" in text
        assert text.endswith(f"seal {closed.seal}\n")


async def test_roles_do_not_where_one_has_four(centre: Database, keys: KeyStore) -> None:
    closed, _ = await decided(centre, keys, EACH_ROLE, voted(14))
    async with centre.reading() as tx:
        listed = await published.ballots(tx, closed.id)
        assert (len(listed), {ballot.role for _, ballot in listed}) == (14, {None})
        text = await published.text(tx, closed)
        assert text is not None
        assert f"head {closed.head}\n" in text
        assert text.endswith(f"seal {closed.seal}\n")


@pytest.mark.parametrize("rule", [Rule(), Rule(secrecy=Secrecy.SEALED)])
async def test_of_four_nothing_is_published(centre: Database, keys: KeyStore, rule: Rule) -> None:
    closed, _ = await decided(centre, keys, rule, voted(4))
    async with centre.reading() as tx:
        assert (closed.result, closed.outcome, closed.head) == ("carried", None, None)
        assert await published.text(tx, closed) is None
        assert await published.ballots(tx, closed.id) == []
        assert await published.roll(tx, closed.id) == []


async def test_an_open_decision_is_a_roll_call(centre: Database, keys: KeyStore) -> None:
    closed, _ = await decided(centre, keys, OPEN, {3: "yes", 4: "no", 5: "abstain"})
    assert closed.outcome is not None  # of three: names are what open means
    async with centre.transaction() as tx:
        called = await published.roll_call(tx, closed.id)
        assert {(each.name, each.ballot.choice) for each in called} == {
            ("M3", "yes"),
            ("M4", "no"),
            ("M5", "abstain"),
        }
        assert await published.ballots(tx, closed.id) == []
        await tx.statement("DELETE FROM members WHERE id = 4")
        again = await published.roll_call(tx, closed.id)
        assert [each.ballot for each in again] == [each.ballot for each in called]
        assert {each.name for each in again} == {"M3", None, "M5"}


async def test_the_roll_call_is_in_no_order_of_casting_nor_of_members(
    centre: Database, keys: KeyStore
) -> None:
    orders = set()
    for _ in range(4):
        closed, _ = await decided(centre, keys, OPEN, voted(15))
        async with centre.reading() as tx:
            orders.add(tuple(each.name for each in await published.roll_call(tx, closed.id)))
    assert len(orders) == 4


async def test_keys_made_for_the_electorate_do_not_keep_the_order_of_the_list(
    centre: Database, keys: KeyStore
) -> None:
    """Of members without a data key: the key store's rows show in which order they were made."""
    members = dict.fromkeys(range(1, 16), "yes")
    _, collected = await decided(centre, keys, Rule(), members)
    place = "rowid" if keys.database.engine == "sqlite" else "ctid"
    async with keys.database.reading() as tx:
        rows = await tx.statement(f"SELECT member_id FROM data_keys ORDER BY {place}")
    made = [row["member_id"] for row in rows]
    assert made == sorted(members)
    assert made != [member_id for member_id, _, _ in collected.cast]

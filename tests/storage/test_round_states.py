from __future__ import annotations

from dataclasses import replace

import pytest
from kit.centre_rows import add_centre

from assembly.questionnaire import Questionnaire
from assembly.roles import Role
from storage import centres, members, people, round_states, rounds
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.round_states import RoundState
from storage.rounds import Round
from storage.secrets.cipher import Unreadable

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = 1_800_000_000

STATES = (
    RoundState(),
    RoundState({"week": 4, "connection": 0, "say": -1}, 0, "snoozed", False, (7, 8)),
    RoundState({"say": 2}, NOW, "outage", True, (2**62, 2**63)),
    RoundState({}, NOW + 9, "reminder", False, tuple(range(1, 9))),
)


async def begun(tx: Transaction, telegram_id: int = 1) -> Round:
    centre = await centres.by_chat(tx, -1) or await centres.add(
        tx, chat_id=-1, name="Aurora", language="it", zone="Europe/Rome", now=NOW
    )
    await people.meet(tx, telegram_id, "it", NOW)
    joined = await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role=Role.USER, name="Anna", now=NOW
    )
    current = await rounds.begin(tx, joined.id, NOW)
    assert current is not None
    return current


async def sealed(tx: Transaction) -> list[bytes]:
    return [each.sealed for each in await round_states.after(tx, 0, 100)]


async def test_how_a_round_stands_is_kept(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begun(tx)
        assert await round_states.find(tx, KEY, current) is None
        await round_states.lay_out(tx, KEY, current, RoundState())
        for state in STATES:
            await round_states.write(tx, KEY, current, state)
            assert await round_states.find(tx, KEY, current) == state
        await round_states.remove(tx, current.id)
        assert await round_states.find(tx, KEY, current) is None


async def test_all_look_alike(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begun(tx)
        found = [round_states.close_up(KEY, current, state) for state in STATES * 2]
    assert len({*found}) == len(found)
    assert len({len(each) for each in found}) == 1


async def test_no_other_key_and_no_other_round_opens_it(database: Database) -> None:
    async with database.transaction() as tx:
        current, other = await begun(tx), await begun(tx, 2)
    closed_up = round_states.close_up(KEY, current, RoundState())
    for key, one in ((OTHER_KEY, current), (KEY, other)):
        with pytest.raises(Unreadable):
            round_states.open_up(key, one, closed_up)


def test_of_many_messages_the_newest_are_known() -> None:
    state = RoundState(places=(1, 2))
    assert state.placed(1).places == (2, 1)
    for message_id in range(3, 20):
        state = state.placed(message_id)
    assert state.places == tuple(range(12, 20))


async def test_all_are_written_anew_and_others_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        one, two, three = [await begun(tx, number) for number in (1, 2, 3)]
        for each in (three, one, two):
            await round_states.lay_out(tx, KEY, each, RoundState())
        held = await round_states.after(tx, 0, 2)
        assert [each.round for each in held] == [one, two]
        assert [each.round for each in await round_states.after(tx, two.id, 2)] == [three]
        await round_states.write_anew(tx, one.id, two.id, [(one.id, b"1")])
        assert (await sealed(tx))[0] == b"1" and len(await sealed(tx)) == 2
        await round_states.write_anew(tx, one.id, three.id, [(one.id, b"1"), (three.id, b"3")])
        assert await sealed(tx) == [b"1", b"3"]


async def test_one_centre_is_written_anew_and_no_other(database: Database) -> None:
    async with database.transaction() as tx:
        one, two, three = [await begun(tx, number) for number in (1, 2, 3)]
        for each in (one, two, three):
            await round_states.lay_out(tx, KEY, each, RoundState())
        await add_centre(tx, centre_id=2)
        await tx.statement(f"UPDATE members SET centre_id = 2 WHERE id = {two.member_id}")
        kept = (await sealed(tx))[1]
        held = await round_states.of_centre(tx, 1)
        assert [(each.round, each.centre_id) for each in held] == [(one, 1), (three, 1)]
        await round_states.write_centre_anew(tx, 1, [(one.id, b"1")])
        assert await sealed(tx) == [b"1", kept]


async def test_a_question_that_is_new_is_untouched(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begun(tx)
    closed_up = round_states.close_up(KEY, current, RoundState({"say": 3}))
    asked = Questionnaire("weekly", (*current.questionnaire.questions, "rest"))
    later = replace(current, questionnaire=asked)
    assert round_states.open_up(KEY, later, closed_up).given == {"say": 3}


async def test_whoever_is_erased_leaves_none(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begun(tx)
        await round_states.lay_out(tx, KEY, current, RoundState())
        await members.remove(tx, current.member_id)
        assert await sealed(tx) == []


async def test_one_persons_are_found_in_all_their_centres_and_nobody_elses(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        mine, other = await begun(tx), await begun(tx, 2)
        for current in (mine, other):
            await round_states.lay_out(tx, KEY, current, RoundState(places=(7, 8)))
        [held] = await round_states.of_person(tx, 1)
        assert held.round == mine
        assert round_states.open_up(KEY, mine, held.sealed).places == (7, 8)
        assert await round_states.of_person(tx, 3) == []


def test_a_message_that_became_something_else_is_forgotten() -> None:
    state = RoundState({"week": 4}, NOW, "snoozed", True, (7, 8))
    assert state.without(7) == replace(state, places=(8,))
    assert state.without(9) == state

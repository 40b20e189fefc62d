from __future__ import annotations

from kit.centre_rows import add_centre

from assembly.named_list import LIFETIME, Answer
from assembly.rule import Electorate, Rule, Secrecy
from storage import decisions, members, named_lists
from storage.decisions import Motion
from storage.engine.database import Database
from storage.secrets.keys import KeyStore

FIONA, GINO, HANNA = 1, 2, 3


async def test_one_list_for_each_who_asks_and_the_first_answer_counts(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 6)
        await add_centre(tx, centre_id=2)
        first = await named_lists.ask(tx, 1, FIONA, (4, 5), 1_000)
        kept = await named_lists.get(tx, 1, first)
        assert kept is not None and [each.id for each in kept.members] == [4, 5]
        assert kept.answer is Answer.WAITING and kept.asked.members == {4, 5}
        assert await named_lists.get(tx, 2, first) is None, "of another centre"
        assert not await named_lists.answer(tx, first, FIONA, yes=True), "never one's own"
        second = await named_lists.ask(tx, 1, FIONA, (4, 5, 6), 1_001)
        assert await named_lists.get(tx, 1, first) is None
        assert await named_lists.answer(tx, second, GINO, yes=False)
        assert not await named_lists.answer(tx, second, HANNA, yes=True)
        kept = await named_lists.of(tx, FIONA)
        assert kept is not None and (kept.answer, kept.answered_by) == (Answer.NO, GINO)
        assert await named_lists.remove(tx, FIONA) and not await named_lists.remove(tx, FIONA)


async def test_whoever_leaves_is_on_no_list(database: Database) -> None:
    """So that the list is another one, and needs a new yes."""
    async with database.transaction() as tx:
        await add_centre(tx, 6)
        await named_lists.ask(tx, 1, FIONA, (4, 5, 6), 1_000)
        await members.leave(tx, 4, 99)
        await members.remove(tx, 5)
        kept = await named_lists.of(tx, FIONA)
        assert kept is not None and kept.asked.members == {6}
        await members.remove(tx, FIONA)
        assert not await tx.statement("SELECT * FROM named_list_members")


async def test_in_time_it_is_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 6)
        await named_lists.ask(tx, 1, FIONA, (4,), 1_000)
        assert await named_lists.prune(tx, 1_000 + LIFETIME - 1) == 0
        assert await named_lists.prune(tx, 1_000 + LIFETIME) == 1
        assert await named_lists.of(tx, FIONA) is None


async def test_the_names_of_an_open_question(database: Database, keys_database: Database) -> None:
    keys = KeyStore(keys_database, bytes(32))
    async with database.transaction() as tx:
        await add_centre(tx, 6)
        rule = Rule(electorate=Electorate.NAMED, secrecy=Secrecy.OPEN)
        motion = Motion(1, "Shall we?", rule, bytes(32), named=(2, 4, 5))
        decision_id = await decisions.put(tx, keys, motion, 1_000)
        assert decision_id is not None
        assert await named_lists.named(tx, decision_id) == ["M2", "M4", "M5"]
        await members.leave(tx, 4, 99)
        assert await named_lists.named(tx, decision_id) == ["M2", "M5"]
        assert await named_lists.named(tx, decision_id + 1) == []

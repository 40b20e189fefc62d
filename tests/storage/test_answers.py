from __future__ import annotations

import pytest

from assembly.questionnaire import WEEKLY
from assembly.roles import Role
from storage import answers, centres, checkins, consents, members, people, rounds
from storage.answers import SKIPPED, Week
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.rounds import Round
from storage.secrets.cipher import Unreadable

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = 1_800_000_000
DAY = 86_400


async def member(tx: Transaction, telegram_id: int = 1, chat_id: int = -1) -> int:
    centre = await centres.by_chat(tx, chat_id) or await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="it", zone="Europe/Rome", now=NOW
    )
    await people.meet(tx, telegram_id, "it", NOW)
    joined = await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role=Role.FAMILY, name="Anna", now=NOW
    )
    await consents.grant(tx, joined.id, "checkin", consents.VERSIONS["checkin"], NOW)
    return joined.id


async def begin(tx: Transaction, member_id: int, sent_at: int = NOW, key: bytes = KEY) -> Round:
    current = await rounds.begin(tx, member_id, sent_at)
    assert current is not None
    await answers.lay_out(tx, key, current.id)
    return current


async def blobs(tx: Transaction, round_id: int) -> dict[str, bytes]:
    rows = await tx.rows("answers_of_round", round_id=round_id)
    return {row["question"]: row["sealed"] for row in rows}


async def test_nothing_is_dealt_with_at_first(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begin(tx, await member(tx))
        assert await answers.read(tx, KEY, current.id) == {}
        assert set(await blobs(tx, current.id)) == set(WEEKLY.questions)


async def test_an_answer_takes_the_place_of_the_one_before(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begin(tx, await member(tx))
        await answers.put(tx, KEY, current.id, "week", 4)
        await answers.put(tx, KEY, current.id, "say", SKIPPED)
        assert await answers.read(tx, KEY, current.id) == {"week": 4, "say": SKIPPED}
        await answers.put(tx, KEY, current.id, "week", 0)
        assert await answers.read(tx, KEY, current.id) == {"week": 0, "say": SKIPPED}
        await answers.clear(tx, KEY, current.id)
        assert await answers.read(tx, KEY, current.id) == {}


@pytest.mark.parametrize(
    ("question", "value"), [("week", 5), ("week", -2), ("week", 48), ("mood", 1), ("", 0)]
)
async def test_what_is_no_answer_is_refused(database: Database, question: str, value: int) -> None:
    async with database.transaction() as tx:
        current = await begin(tx, await member(tx))
        before = await blobs(tx, current.id)
        with pytest.raises(ValueError, match="no such"):
            await answers.put(tx, KEY, current.id, question, value)
        assert await blobs(tx, current.id) == before


async def test_given_skipped_and_untouched_look_alike(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begin(tx, await member(tx))
        lengths = set()
        for value in (SKIPPED, 0, 1, 2, 3, 4):
            await answers.put(tx, KEY, current.id, "week", value)
            sealed = await blobs(tx, current.id)
            lengths |= {len(blob) for blob in sealed.values()}
            assert len(set(sealed.values())) == 3
        assert len(lengths) == 1


async def test_equal_answers_are_sealed_differently_each_time(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begin(tx, await member(tx))
        seen = set()
        for _ in range(4):
            await answers.put(tx, KEY, current.id, "week", 3)
            seen.add((await blobs(tx, current.id))["week"])
        assert len(seen) == 4


async def test_nobody_elses_key_opens_an_answer(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begin(tx, await member(tx))
        with pytest.raises(Unreadable):
            await answers.read(tx, OTHER_KEY, current.id)
        with pytest.raises(Unreadable):
            await answers.last_weeks(tx, OTHER_KEY, current.member_id, 12)


async def test_an_answer_moved_elsewhere_cannot_be_read(database: Database) -> None:
    async with database.transaction() as tx:
        current = await begin(tx, await member(tx))
        await answers.put(tx, KEY, current.id, "week", 3)
        sealed = (await blobs(tx, current.id))["week"]
    assert answers.face(KEY, current.id, "week", sealed) == 3
    for round_id, question in ((current.id, "say"), (current.id + 1, "week")):
        with pytest.raises(Unreadable):
            answers.face(KEY, round_id, question, sealed)


async def test_my_weeks_are_the_last_ones_in_order(database: Database) -> None:
    async with database.transaction() as tx:
        me, other = await member(tx, 1), await member(tx, 2)
        for week in range(5):
            mine = await begin(tx, me, NOW + week * 7 * DAY)
            await answers.put(tx, KEY, mine.id, "week", week)
            theirs = await begin(tx, other, NOW + week * 7 * DAY, OTHER_KEY)
            await answers.put(tx, OTHER_KEY, theirs.id, "week", 1)
        await answers.put(tx, KEY, mine.id, "connection", SKIPPED)
        assert await answers.last_weeks(tx, KEY, me, 3) == [
            Week(NOW + week * 7 * DAY, {"week": week}) for week in (2, 3, 4)
        ]


async def test_a_week_that_was_let_go_is_there_without_answers(database: Database) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        await begin(tx, me)
        assert await answers.last_weeks(tx, KEY, me, 12) == [Week(NOW, {})]


async def test_a_window_holds_the_rounds_that_close_in_it(database: Database) -> None:
    closes = NOW + 2 * DAY
    async with database.transaction() as tx:
        me = await member(tx)
        current = await begin(tx, me)
        await answers.put(tx, KEY, current.id, "say", 3)
        centre_id = (await members.get(tx, me)).centre_id  # type: ignore[union-attr]
        found = await checkins.answers_in_window(tx, centre_id, closes, closes + 1)
        assert [(row.member_id, row.role, row.round_id) for row in found] == [
            (me, Role.FAMILY, current.id)
        ] * 3
        opened = {
            row.question: answers.face(KEY, row.round_id, row.question, row.sealed) for row in found
        }
        assert opened == {"week": None, "connection": None, "say": 3}
        assert await checkins.answers_in_window(tx, centre_id, closes - 9, closes) == []
        assert await checkins.answers_in_window(tx, centre_id, closes + 1, closes + 9) == []


@pytest.mark.parametrize("why", ["another centre", "withdrawn", "rests", "left"])
async def test_a_window_holds_nothing_that_does_not_count(database: Database, why: str) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        await begin(tx, me)
        centre_id = (await members.get(tx, me)).centre_id  # type: ignore[union-attr]
        assert await checkins.answers_in_window(tx, centre_id, NOW, NOW + 3 * DAY)
        match why:
            case "another centre":
                centre_id += 1
            case "withdrawn":
                await consents.withdraw(tx, me, "checkin", NOW)
            case "rests":
                await tx.statement("UPDATE consents SET rests = 1")
            case "left":
                await members.leave(tx, me, 99)
        assert await checkins.answers_in_window(tx, centre_id, NOW, NOW + 3 * DAY) == []


async def test_erasing_a_member_takes_the_answers_along(database: Database) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        current = await begin(tx, me)
        await members.remove(tx, me)
        assert await blobs(tx, current.id) == {}

from __future__ import annotations

import pytest

from assembly.roles import Role
from storage import answers, centres, checkins, consents, members, people, rounds
from storage.answers import SKIPPED, UNTOUCHED
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.rounds import Round
from storage.secrets.cipher import Unreadable, seal

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


async def closed(tx: Transaction, member_id: int, given: dict[str, int]) -> Round:
    current = await rounds.begin(tx, member_id, NOW)
    assert current is not None
    await rounds.close(tx, current.id)
    await answers.keep(tx, KEY, current.id, given)
    return current


async def blobs(tx: Transaction, round_id: int) -> dict[str, bytes]:
    rows = await tx.rows("answers_of_round", round_id=round_id)
    return {row["answered"]: row["sealed"] for row in rows}


@pytest.mark.parametrize("given", [{}, {"week": 4, "say": SKIPPED}, {"connection": 0}])
async def test_what_was_given_is_read_again(database: Database, given: dict[str, int]) -> None:
    async with database.transaction() as tx:
        current = await closed(tx, await member(tx), given)
        assert await answers.read(tx, KEY, current.id) == given
        assert set(await blobs(tx, current.id)) == {"weekly"}


@pytest.mark.parametrize(
    ("question", "value"), [("week", 5), ("week", -2), ("week", 48), ("mood", 1), ("", 0)]
)
async def test_what_is_no_answer_is_refused(database: Database, question: str, value: int) -> None:
    async with database.transaction() as tx:
        current = await rounds.begin(tx, await member(tx), NOW)
        assert current is not None
        with pytest.raises(ValueError, match="no such"):
            await answers.keep(tx, KEY, current.id, {question: value})
        assert await blobs(tx, current.id) == {}


async def test_given_skipped_and_untouched_look_alike(database: Database) -> None:
    async with database.transaction() as tx:
        seen: set[bytes] = set()
        for telegram_id, value in enumerate((SKIPPED, 0, 1, 2, 3, 4, None)):
            given = {} if value is None else {"week": value}
            current = await closed(tx, await member(tx, telegram_id), given)
            seen |= {*(await blobs(tx, current.id)).values()}
        assert len(seen) == 7, "sealed differently each time"
        assert len({len(blob) for blob in seen}) == 1


async def test_nobody_elses_key_opens_an_answer(database: Database) -> None:
    async with database.transaction() as tx:
        current = await closed(tx, await member(tx), {"week": 1})
        with pytest.raises(Unreadable):
            await answers.read(tx, OTHER_KEY, current.id)


async def test_an_answer_moved_elsewhere_cannot_be_read(database: Database) -> None:
    async with database.transaction() as tx:
        current = await closed(tx, await member(tx), {"week": 3})
        sealed = (await blobs(tx, current.id))["weekly"]
    assert answers.opened(KEY, current.id, "weekly", sealed) == {"week": 3}
    for round_id, answered in ((current.id, "pulse"), (current.id + 1, "weekly")):
        with pytest.raises(Unreadable):
            answers.opened(KEY, round_id, answered, sealed)


async def test_a_row_for_each_question_from_before_is_read(database: Database) -> None:
    """As they were sealed until migration 61: a code of one byte, padded to 128."""
    async with database.transaction() as tx:
        current = await rounds.begin(tx, await member(tx), NOW)
        assert current is not None
        await rounds.close(tx, current.id)
        for question, value in (("week", 4), ("say", SKIPPED), ("connection", UNTOUCHED)):
            context = f"answer:{current.id}:{question}".encode()
            sealed = seal(KEY, bytes([value - UNTOUCHED]), context)
            await tx.run("add_answers", round_id=current.id, answered=question, sealed=sealed)
        assert await answers.read(tx, KEY, current.id) == {"week": 4, "say": SKIPPED}


async def test_a_window_holds_the_rounds_that_close_in_it(database: Database) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        current = await closed(tx, me, {"say": 3})
        closes = current.closes_at
        centre_id = (await members.get(tx, me)).centre_id  # type: ignore[union-attr]
        found = await checkins.answers_in_window(tx, centre_id, closes, closes + 1)
        assert [(row.member_id, row.role, row.round_id) for row in found] == [
            (me, Role.FAMILY, current.id)
        ]
        [row] = found
        assert answers.opened(KEY, row.round_id, row.answered, row.sealed) == {"say": 3}
        assert await checkins.answers_in_window(tx, centre_id, closes - 9, closes) == []
        assert await checkins.answers_in_window(tx, centre_id, closes + 1, closes + 9) == []


@pytest.mark.parametrize("why", ["another centre", "withdrawn", "rests", "left"])
async def test_a_window_holds_nothing_that_does_not_count(database: Database, why: str) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        await closed(tx, me, {})
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
            case _:
                raise ValueError(why)
        assert await checkins.answers_in_window(tx, centre_id, NOW, NOW + 3 * DAY) == []


async def test_erasing_a_member_takes_the_answers_along(database: Database) -> None:
    async with database.transaction() as tx:
        me = await member(tx)
        current = await closed(tx, me, {})
        await members.remove(tx, me)
        assert await blobs(tx, current.id) == {}

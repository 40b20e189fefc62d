from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from kit.centre_rows import add_centre

from assembly.duties import Duty
from assembly.parity_report import Line, Measure
from assembly.quarters import numbered
from assembly.roles import Role
from storage import parity_reports, tasks
from storage.engine.database import Database
from storage.engine.transaction import Transaction

ROME = ZoneInfo("Europe/Rome")
ROLES = tuple(Role)
EACH = 12  # members of each role: 1, 4, … are family members, 2, 5, … professionals, 3, 6, … users
LAST = numbered(2025 * 4 + 3, ROME)  # October to December 2025
NEXT = numbered(LAST.ordinal + 1, ROME)
THIRD = dict.fromkeys(Role, 35)  # 33.3 in steps of 5
LONG_AGO = numbered(LAST.ordinal - 4, ROME).ends_at - 1


async def prepare(tx: Transaction, people: int = 3 * EACH) -> None:
    await add_centre(tx, people, ROLES)


async def propose(tx: Transaction, authors: int, at: int, status: str = "open") -> None:
    """One proposal of each of the first so many members, in turn from all roles."""
    columns = ("centre_id", "author_id", "title", "named", "status", "created_at")
    rows = [(1, 1 + number % (3 * EACH), "A trip", 0, status, at) for number in range(authors)]
    await tx.insert("proposals", columns, rows)


async def lead(tx: Transaction, duty: Duty, quarter: int, times: Mapping[Role, int]) -> None:
    columns = ("centre_id", "duty", "role", "quarter", "times")
    rows = [(1, duty.value, role.value, quarter, n) for role, n in times.items()]
    await tx.insert("duty_counts", columns, rows)


async def decide(tx: Transaction, decision_id: int, secrecy: str, **values: object) -> None:
    row = {
        "id": decision_id,
        "centre_id": 1,
        "question": "Shall we?",
        "secrecy": secrecy,
        "quorum_numerator": 0,
        "quorum_denominator": 1,
        "electorate_size": 36,
        "electorate": "all",
        "status": "closed",
        "opened_at": LAST.starts_at,
        "closed_at": LAST.starts_at + 5,
        "result": "carried",
        **values,
    }
    await tx.insert("decisions", tuple(row), [tuple(row.values())])


async def call_roll(tx: Transaction, decision_id: int, members: int) -> None:
    columns = ("decision_id", "position", "member_id", "choice", "reason")
    rows = [(decision_id, number, number + 1, "yes", "") for number in range(members)]
    await tx.insert("roll_call", columns, rows)


async def test_before_the_first_there_is_none(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        assert await parity_reports.last(tx, 1) is None


async def test_proposals_of_a_year_and_of_members_who_are_there(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await propose(tx, 30, LAST.starts_at)
        await propose(tx, 1, LAST.ends_at)
        await propose(tx, 2, LONG_AGO)
        await propose(tx, 5, LAST.starts_at, "withdrawn")
        await propose(tx, 4, LAST.starts_at + 1, "settled")
        await tx.statement(
            f"UPDATE proposals SET ended = 'taken-down' WHERE created_at = {LAST.starts_at + 1}"
        )
        made = await parity_reports.once(tx, 1, LAST, ROME)
        assert made.members == THIRD
        assert made.told == {Measure.PROPOSALS: Line(LAST.ordinal - 3, THIRD)}


async def test_one_who_left_takes_the_cell_below_ten(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await propose(tx, 30, LAST.starts_at)
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 1")
        made = await parity_reports.once(tx, 1, LAST, ROME)
        assert made.told == {} and made.members is None


async def test_voices_and_tasks_that_are_done(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await propose(tx, 1, LAST.starts_at)
        [proposal] = await tx.statement("SELECT id FROM proposals")
        voices = [(proposal["id"], member) for member in range(1, 31)]
        await tx.insert("supports", ("proposal_id", "member_id"), voices)
        for done in (LAST.starts_at, LAST.ends_at):
            task_id = await tasks.add(tx, centre_id=1, what="Ask", due_at=None, now=LONG_AGO)
            takers = [(task_id, member, LONG_AGO) for member in range(1, 31)]
            await tx.insert("task_takers", ("task_id", "member_id", "told_at"), takers)
            await tasks.finish(tx, 1, task_id, done)
        made = await parity_reports.once(tx, 1, LAST, ROME)
        assert list(made.told) == [Measure.VOICES, Measure.TASKS]


async def test_chairing_and_notes_of_these_quarters(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        enough = {Role.USER: 20, Role.FAMILY: 10, Role.PROFESSIONAL: 10}
        await lead(tx, Duty.CHAIR, LAST.ordinal - 3, enough)
        await lead(tx, Duty.RECORDER, LAST.ordinal - 4, enough)
        await lead(tx, Duty.RECORDER, NEXT.ordinal, enough)
        made = await parity_reports.once(tx, 1, LAST, ROME)
        shares = {Role.USER: 50, Role.FAMILY: 25, Role.PROFESSIONAL: 25}
        assert made.told == {Measure.CHAIR: Line(LAST.ordinal - 3, shares)}


async def test_ballots_by_name_alone_where_all_were_asked(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await decide(tx, 1, "open")
        await call_roll(tx, 1, 29)
        await decide(tx, 2, "open", electorate="named")
        await call_roll(tx, 2, 30)
        await decide(tx, 3, "open", closed_at=LAST.ends_at)
        await call_roll(tx, 3, 30)
        await decide(tx, 4, "secret")
        ballots = [(4, f"{n:04}", "yes", "", "user") for n in range(36)]
        columns = ("decision_id", "tracker", "choice", "reason", "role")
        await tx.insert("published_ballots", columns, ballots)
        assert (await parity_reports.once(tx, 1, LAST, ROME)).told == {}


async def test_of_a_secret_one_what_was_told_by_role(database: Database) -> None:
    told = {
        "method": "majority",
        "result": "carried",
        "why": "reached",
        "turnout": {
            "cast": 40,
            "hall": 0,
            "entitled": 60,
            "present": None,
            "needed": 0,
            "each_role": None,
        },
        "votes": [["yes", 30], ["no", 10], ["abstain", 0]],
        "roles": [
            {"role": "user", "votes": [["yes", 12], ["no", 8]], "share": "3/5"},
            {"role": "family", "votes": [["yes", 9], ["no", 1]], "share": "9/10"},
            {"role": "professional", "votes": [["yes", 9], ["no", 1]], "share": "9/10"},
        ],
    }
    async with database.transaction() as tx:
        await prepare(tx)
        await decide(tx, 1, "secret", figures=json.dumps({**told, "roles": None}))
        await decide(tx, 2, "sealed", figures=json.dumps(told))
        made = await parity_reports.once(tx, 1, LAST, ROME)
        shares = {Role.USER: 50, Role.FAMILY: 25, Role.PROFESSIONAL: 25}
        assert made.told == {Measure.BALLOTS: Line(LAST.ordinal - 3, shares)}


async def test_it_is_counted_once_whatever_happens_after(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await propose(tx, 30, LAST.starts_at)
        made = await parity_reports.once(tx, 1, LAST, ROME)
    async with database.transaction() as tx:
        await tx.statement("UPDATE members SET status = 'left' WHERE id < 20")
        assert await parity_reports.once(tx, 1, LAST, ROME) == made
        assert await parity_reports.last(tx, 1) == made
        # Clocks that were set to another zone do not bring an earlier quarter back.
        earlier = numbered(LAST.ordinal - 1, ROME)
        assert await parity_reports.once(tx, 1, earlier, ROME) == made


async def test_what_was_told_is_not_counted_again(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await propose(tx, 30, LAST.starts_at)
        await propose(tx, 29, NEXT.starts_at)
        await parity_reports.once(tx, 1, LAST, ROME)
        silent = await parity_reports.once(tx, 1, NEXT, ROME)
        assert silent.told == {} and silent.members is None
        assert silent.lines[Measure.PROPOSALS] == Line(NEXT.ordinal, None)
        after = numbered(NEXT.ordinal + 1, ROME)
        await propose(tx, 36, after.starts_at)
        told = await parity_reports.once(tx, 1, after, ROME)
        assert told.told[Measure.PROPOSALS].since == NEXT.ordinal  # counted with what had waited


async def test_of_a_centre_the_last_is_kept_and_holds_no_count(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await propose(tx, 33, LAST.starts_at)
        for quarter in (LAST, NEXT):
            await parity_reports.once(tx, 1, quarter, ROME)
        [row] = await tx.statement("SELECT quarter, content FROM parity_reports")
        assert row["quarter"] == NEXT.ordinal
        for word in ("33", "11", "12"):
            assert word not in row["content"].replace(str(NEXT.ordinal), "")


async def test_two_centres_know_nothing_of_each_other(database: Database) -> None:
    async with database.transaction() as tx:
        await prepare(tx)
        await propose(tx, 30, LAST.starts_at)
        await add_centre(tx, 0, centre_id=2)
        await parity_reports.once(tx, 1, LAST, ROME)
        assert await parity_reports.last(tx, 2) is None
        silent = await parity_reports.once(tx, 2, LAST, ROME)
        assert silent == replace(silent, members=None) and silent.told == {}

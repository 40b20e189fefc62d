"""The names beside what is over go, each on its day; what is open, or rests, keeps them."""

from __future__ import annotations

import pytest
from kit.centre_rows import add_centre

from assembly.retention import DAY, Kept
from storage import retention
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

NOW = 4_000 * DAY
ANNA, BRUNO = 41, 42
PROPOSAL = (
    "INSERT INTO proposals (id, centre_id, author_id, title, named, status, created_at, ended)"
    " VALUES ({id}, {centre}, {author}, 'Benches', 1, '{status}', {at}, {ended})"
)
ASSEMBLY = (
    "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_by, convened_at,"
    " cancelled_by, reason)"
    " VALUES ({id}, {centre}, {at}, '{over}', {author}, 0, {author}, 'I am ill')"
)
ITEM = "INSERT INTO agenda_items (id, assembly_id, position, title) VALUES ({id}, {id}, 1, 'x')"
DECISION = (
    "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
    " opened_at, closed_at, status, secrecy)"
    " VALUES ({id}, {centre}, 'Shall we?', 0, 1, 0, {at}, '{over}', 'open')"
)

# By what goes: its period, the rows, and what says that it is still there.
CASES: dict[str, tuple[Kept, tuple[str, ...], str]] = {
    "author": (
        Kept.NAMES,
        (PROPOSAL.replace("{ended}", "NULL"),),
        "SELECT id FROM proposals WHERE author_id IS NOT NULL AND named = 1",
    ),
    "voice": (
        Kept.NAMES,
        (
            PROPOSAL.replace("{ended}", "NULL").replace("{author}", "NULL"),
            "INSERT INTO supports (proposal_id, member_id) VALUES ({id}, {author})",
        ),
        "SELECT proposal_id FROM supports",
    ),
    "comment": (
        Kept.NAMES,
        (
            PROPOSAL.replace("{ended}", "NULL").replace("{author}", "NULL"),
            "INSERT INTO comments (id, proposal_id, author_id, text, named, written_at)"
            " VALUES ({id}, {id}, {author}, 'Why?', 1, {at})",
        ),
        "SELECT id FROM comments WHERE author_id IS NOT NULL AND named = 1",
    ),
    "hidden comment": (
        Kept.NAMES,
        (
            PROPOSAL.replace("{ended}", "NULL").replace("{author}", "NULL"),
            "INSERT INTO comments (id, proposal_id, author_id, text, named, written_at, hidden)"
            " VALUES ({id}, {id}, {author}, 'Fie', 0, {at}, 'h')",
        ),
        "SELECT id FROM comments",
    ),
    "ballot by name": (
        Kept.NAMES,
        (
            DECISION,
            "INSERT INTO roll_call (decision_id, position, member_id, choice, reason)"
            " VALUES ({id}, 1, {author}, 'no', 'It is cold')",
        ),
        "SELECT decision_id FROM roll_call WHERE member_id IS NOT NULL AND reason <> ''",
    ),
    "who did a task": (
        Kept.TASKS,
        (
            "INSERT INTO tasks (id, centre_id, what, made_at, done_at)"
            " VALUES ({id}, {centre}, 'Water the plants', 0, {done_at})",
            "INSERT INTO task_takers (task_id, member_id, told_at) VALUES ({id}, {author}, 0)",
        ),
        "SELECT task_id FROM task_takers",
    ),
    "what was done with a proposal": (
        Kept.AUDIT,
        (
            PROPOSAL.replace("{ended}", "NULL").replace("{author}", "NULL"),
            "INSERT INTO proposal_audit (proposal_id, at, member_id, action, reason)"
            " VALUES ({id}, {at}, {author}, 'merged', '')",
        ),
        "SELECT proposal_id FROM proposal_audit",
    ),
    "another order": (
        Kept.AUDIT,
        (
            ASSEMBLY.replace("{author}", "NULL"),
            ITEM,
            "INSERT INTO agenda_changes (assembly_id, item_id, was, becomes, member_id, changed_at)"
            " VALUES ({id}, {id}, 1, 2, {author}, {at})",
        ),
        "SELECT assembly_id FROM agenda_changes",
    ),
    "who convened": (
        Kept.AUDIT,
        (ASSEMBLY,),
        "SELECT id FROM assemblies WHERE convened_by IS NOT NULL AND reason IS NOT NULL",
    ),
    "who changed a fact": (
        Kept.AUDIT,
        (
            "INSERT INTO fact_changes (id, centre_id, fact, words, proposed_by, proposed_at,"
            " status, settled_at)"
            " VALUES ({id}, {centre}, 'host', 'x', {author}, 0, '{fact}', {at})",
        ),
        "SELECT id FROM fact_changes",
    ),
    "who took down": (
        Kept.AUDIT,
        (
            PROPOSAL.replace("{ended}", "NULL").replace("{author}", "NULL"),
            "INSERT INTO takedowns (proposal_id, harm, status, touched_at, at, asked_by, title)"
            " VALUES ({id}, 'h', '{down}', 0, {at}, {author}, 'x')",
        ),
        "SELECT proposal_id FROM takedowns WHERE asked_by IS NOT NULL",
    ),
    "who put together": (
        Kept.AUDIT,
        (
            PROPOSAL.replace("{ended}", "NULL").replace("{author}", "NULL"),
            "INSERT INTO merges (merged_id, kept_id, status, at, suggested_by)"
            " VALUES ({id}, 1, '{done}', {at}, {author})",
        ),
        "SELECT merged_id FROM merges WHERE suggested_by IS NOT NULL",
    ),
}
OVER = {"status": "settled", "over": "closed", "fact": "holds", "down": "down", "done": "done"}
OPEN = {"status": "open", "over": "open", "fact": "waiting", "down": "asked", "done": "asked"}


def filled(row: str, values: dict[str, object]) -> str:
    """The statement; what is not over has not been done."""
    done_at = "NULL" if values.get("status") == "open" else values["at"]
    return row.format(**values, done_at=done_at)


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def two_centres(tx: Transaction) -> None:
    await add_centre(tx)
    await add_centre(tx, centre_id=2)
    for member, centre, restricted in ((ANNA, 1, "NULL"), (BRUNO, 1, "5"), (43, 2, "NULL")):
        await tx.statement(
            "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at,"
            f" restricted_at) VALUES ({member}, {centre}, {member}, 'user', 'x', 'active', 0,"
            f" {restricted})"
        )
    await tx.statement(
        PROPOSAL.format(id=1, centre=1, author="NULL", status="open", at=NOW, ended="NULL")
    )


async def found(tx: Transaction, query: str) -> list[int]:
    return sorted(next(iter(dict(row).values())) for row in await tx.statement(query))


@pytest.mark.parametrize("case", CASES)
async def test_each_goes_on_its_day_and_only_of_what_is_over(
    database: Database, keys: KeyStore, case: str
) -> None:
    kept, rows, query = CASES[case]
    async with database.transaction() as tx:
        await two_centres(tx)
        period = (await retention.periods(tx, 1, NOW))[kept]
        over, young = NOW - period * DAY - 1, NOW - period * DAY
        # 4: is over, and old enough; 5: not old enough; 6: not over; 7: of another centre
        for number, centre, at, state in (
            (4, 1, over, OVER),
            (5, 1, young, OVER),
            (6, 1, over, OPEN),
            (7, 2, over, OVER),
        ):
            author = 43 if centre == 2 else ANNA
            values = {"id": number, "centre": centre, "at": at, "author": author, **state}
            for row in rows:
                await tx.statement(filled(row, values))
        assert await found(tx, query) == [4, 5, 6, 7]
        swept = await retention.sweep(tx, keys, 1, NOW)
        assert (swept.counts, swept.more) == ({kept: 1}, False)
        lapsed = case == "who took down"  # what is asked for so long is asked no more
        assert await found(tx, query) == ([5, 7] if lapsed else [5, 6, 7])
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {}
        assert (await retention.sweep(tx, keys, 2, NOW)).counts == {kept: 1}


@pytest.mark.parametrize(
    "case", [name for name, case in CASES.items() if case[0] in (Kept.NAMES, Kept.TASKS)]
)
async def test_of_whoever_has_their_things_rest_no_period_runs(
    database: Database, keys: KeyStore, case: str
) -> None:
    _, rows, query = CASES[case]
    async with database.transaction() as tx:
        await two_centres(tx)
        for row in rows:
            await tx.statement(
                filled(row, {"id": 4, "centre": 1, "at": 1, "author": BRUNO, **OVER})
            )
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {}
        assert await found(tx, query) == [4]


async def test_what_was_a_point_lately_keeps_its_author_and_its_voices(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await two_centres(tx)
        for row in (*CASES["author"][1], CASES["voice"][1][1], ASSEMBLY.replace("{at}", str(NOW))):
            await tx.statement(row.format(id=4, centre=1, at=1, author=ANNA, **OVER))
        await tx.statement(
            "INSERT INTO agenda_items (assembly_id, position, proposal_id, title)"
            " VALUES (4, 1, 4, 'x')"
        )
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {}
        assert (await retention.sweep(tx, keys, 1, NOW + 731 * DAY)).counts == {Kept.NAMES: 2}


@pytest.mark.parametrize(("status", "ended"), [("withdrawn", "NULL"), ("settled", "'taken-down'")])
async def test_what_was_taken_back_or_down_goes_with_its_words(
    database: Database, keys: KeyStore, status: str, ended: str
) -> None:
    async with database.transaction() as tx:
        await two_centres(tx)
        for number, at in ((4, 1), (5, NOW)):
            values = {"id": number, "centre": 1, "at": at, "author": ANNA}
            await tx.statement(PROPOSAL.format(**values, status=status, ended=ended))
            await tx.statement(
                "INSERT INTO messages (ref, chat_id, message_id)"
                f" VALUES ('news:{number}:41', 41, {number})"
            )
            if status == "settled":
                await tx.statement(CASES["who took down"][1][1].format(**values, down="down"))
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {Kept.NAMES: 1}
        assert await found(tx, "SELECT id FROM proposals WHERE id <> 1") == [5]
        assert await found(tx, "SELECT message_id FROM messages") == [5]


async def test_who_wanted_to_come_is_forgotten_the_night_after(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await two_centres(tx)
        for number, over in ((4, "closed"), (5, "cancelled"), (6, "convened"), (7, "open")):
            await tx.statement(
                ASSEMBLY.format(id=number, centre=1, at=NOW, over=over, author="NULL")
            )
            await tx.statement(
                "INSERT INTO attendances (assembly_id, member_id, answer)"
                f" VALUES ({number}, {ANNA}, 'no')"
            )
        await retention.sweep(tx, keys, 2, NOW)
        assert await found(tx, "SELECT assembly_id FROM attendances") == [4, 5, 6, 7]
        await retention.sweep(tx, keys, 1, NOW)
        assert await found(tx, "SELECT assembly_id FROM attendances") == [6, 7]


async def test_what_nobody_went_on_with_lapses(database: Database, keys: KeyStore) -> None:
    """A proposal that one facilitator would take down, a move to another group, half a setup."""
    async with database.transaction() as tx:
        await two_centres(tx)
        for number, centre, age in ((4, 1, 15), (5, 1, 6), (6, 2, 15)):
            values = {"id": number, "centre": centre, "at": NOW - age * DAY, "author": ANNA}
            for row in CASES["who took down"][1]:
                await tx.statement(row.format(**values, status="open", down="asked"))
            await tx.statement(
                f"INSERT INTO setups (chat_id, updated_at) VALUES (-{number}, {values['at']})"
            )
            if number != 5:
                await tx.statement(
                    "INSERT INTO centre_moves (centre_id, begun_by, begun_at)"
                    f" VALUES ({centre}, {ANNA}, {values['at']})"
                )
        await retention.sweep(tx, keys, 1, NOW)
        assert await found(tx, "SELECT proposal_id FROM takedowns") == [5, 6]
        assert await found(tx, "SELECT centre_id FROM centre_moves") == [2]
        assert await found(tx, "SELECT chat_id FROM setups") == [-5]


async def test_the_places_of_messages_in_private_go_too(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await two_centres(tx)
        for number, over, done in ((4, "closed", "1"), (44, "open", "NULL")):
            for row in (ASSEMBLY, DECISION):
                await tx.statement(row.format(id=number, centre=1, at=1, over=over, author="NULL"))
            await tx.statement(
                "INSERT INTO tasks (id, centre_id, what, made_at, done_at)"
                f" VALUES ({number}, 1, 'x', 0, {done})"
            )
        kinds = ("assembly", "card:assembly", "card:minutes", "card:notes", "card:task")
        for kind in (*kinds, "decision", "card:hall"):
            for number in (4, 44):
                await tx.statement(
                    "INSERT INTO messages (ref, chat_id, message_id)"
                    f" VALUES ('{kind}:{number}:41', 41, {number})"
                )
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {Kept.MESSAGES: 7}
        assert set(await found(tx, "SELECT message_id FROM messages")) == {44}

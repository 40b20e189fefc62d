"""Erasing leaves nothing of a member in any table, and touches nothing of anybody else."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest
from kit.erasing_rows import (
    HERS,
    MEMBER,
    NAME,
    NOBODY,
    OTHERS,
    PERSONAL,
    TELEGRAM,
    everything,
    fill,
    herself,
)

from storage import (
    checkins,
    helpings,
    members,
    messages,
    outbox,
    outbox_changes,
    outbox_chats,
    people,
    round_ends,
)
from storage.engine.database import Database
from storage.engine.schema import MIGRATIONS, available
from storage.engine.statements import load
from storage.engine.transaction import Transaction
from storage.erasure import erasing, erasures, holdings
from storage.secrets.keys import KeyStore

MASTER = bytes(range(32))


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, MASTER)


def layout() -> dict[str, list[str]]:
    """Every table of the main database with its columns."""
    connection = sqlite3.connect(":memory:")
    for step in available(MIGRATIONS / "main"):
        for sql in step.statements("sqlite"):
            connection.execute(sql)
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    return {
        table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        for table in tables
    }


SCHEMA = layout()
TABLES = sorted(SCHEMA)
COLUMNS = sorted(
    f"{table}.{column}"
    for table, columns in SCHEMA.items()
    for column in columns
    if PERSONAL.search(column)
)


def test_every_exception_is_about_a_column_that_exists() -> None:
    assert set(NOBODY) <= set(COLUMNS)


@pytest.mark.parametrize("column", [each for each in COLUMNS if each not in NOBODY])
async def test_nobody_stands_there_after_their_erasure(
    database: Database, keys: KeyStore, column: str
) -> None:
    """A new column with somebody's id fails here until it is filled, erased and exported."""
    table, name = column.split(".")
    query = f"SELECT * FROM {table} WHERE {name} IN ({MEMBER}, {TELEGRAM})"
    if name == "subject_id":  # whose it is depends on the kind; ids of other things may be equal
        query += " AND kind IN ('checkin')"
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        others = len(await tx.statement(query))
        await fill(tx, HERS)
        if column != "people.telegram_id" and table != "outbox_chats":
            assert len(await tx.statement(query)) > others, f"fill {column} in erasing_rows.py"
        await erasing.erase(tx, keys, await herself(tx), 100)
        assert len(await tx.statement(query)) == others


@pytest.mark.parametrize("column", [each for each in COLUMNS if each not in NOBODY])
def test_whoever_stands_there_finds_it_in_their_copy(column: str) -> None:
    table, name = column.split(".")
    not_told = {
        "outbox_chats.chat_id": "the earliest moment of what is in `outbox`, no more",
        "drafts.telegram_id": "opened with the member's key: see handlers/profile/export.py",
        "rounds.member_id": "told with its answers",
    }
    if column in not_told:
        return
    queries = load("aiosqlite").rows
    told = " ".join(queries[query].sql for query, _ in holdings.SECTIONS.values())
    assert re.search(rf"\b(FROM|JOIN) {table}\b", told), f"{column} is missing in the copy"
    assert re.search(rf"\b{name} = ", told), column


async def test_others_keep_everything_and_her_words_stay_without_her(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        before = await everything(tx, TABLES)
        await fill(tx, HERS)
        await erasing.erase(tx, keys, await herself(tx), 100)
        after = await everything(tx, TABLES)
        titles = await tx.statement(
            "SELECT title FROM proposals WHERE author_id IS NULL AND named = 0 ORDER BY id"
        )
    for table in TABLES:
        assert before[table] <= after[table], table
    more = {table: len(after[table] - before[table]) for table in TABLES}
    assert {table for table in TABLES if more[table]} == {
        "agenda_changes",  # a point that she moved, without her and her words
        "assemblies",  # those that she convened and cancelled, without her and her words
        "audit",  # what she did as a facilitator, without her
        "decisions",  # the one that she cancelled, without her words
        "erasures",
        "fact_changes",  # what she changed as a facilitator, without her
        "in_person_ballots",  # what the hall says, which she had counted
        "in_person_entries",
        "invitations",  # still good, made by nobody
        "keyed_marks",  # how many proposals of hers were open
        "minutes_changes",  # that a name was taken out, without who did it
        "named_lists",  # that she said yes to it, without her
        "notes",  # a line of minutes, without her; her photograph goes
        "comments",  # what all could read, without her
        "merges",  # that it is asked about, without her
        "takedowns",  # what she took down with another one, without her
        "proposal_audit",  # what she did as a facilitator, without her
        "proposals",
        "roll_call",  # what was said openly, without a name
    }
    assert [row["title"] for row in titles] == ["Open on Saturdays", "A trip"]
    left = str(sorted(after.items()))
    assert NAME not in left
    assert "Taken back" not in left
    assert "Too soon." not in left
    assert "It rains in." not in left
    assert "It was ten." not in left, "what she found to be otherwise is hers"
    assert "file-1" not in left, "what she photographed is hers"
    assert "I was mistaken." not in left, "why she cancelled a question is hers"


async def test_where_no_centre_is_left_the_person_is_forgotten(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        await erasing.erase(tx, keys, await herself(tx), 100)
        assert await people.find(tx, TELEGRAM) is not None
        other = await members.get(tx, 13)
        assert other is not None
        await erasing.erase(tx, keys, other, 200)
        assert await people.find(tx, TELEGRAM) is None
        assert str(TELEGRAM) not in str(await everything(tx, TABLES))
        assert [each.member_id for each in await erasures.pending(tx)] == [13, MEMBER]


async def test_the_electorate_keeps_its_frozen_size(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        await erasing.erase(tx, keys, await herself(tx), 100)
        [decision] = await tx.statement("SELECT electorate_size FROM decisions WHERE id = 40")
        assert decision["electorate_size"] == 2
        assert len(await tx.statement("SELECT * FROM electors")) == 1


async def test_nothing_is_erased_when_the_transaction_fails(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        before = await everything(tx, TABLES)

    async def work(tx: Transaction) -> None:
        await erasing.erase(tx, keys, await herself(tx), 100)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(work)
    async with database.reading() as tx:
        assert await everything(tx, TABLES) == before


async def test_whoever_only_asked_is_forgotten_too(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await people.meet(tx, 8, "en", 0)
        await messages.remember(tx, "x", 8, 1)
        await outbox.add(tx, key="x:8", chat_id=8, payload="{}", now=1)
        await tx.statement(
            "INSERT INTO drafts (telegram_id, kind, step, updated_at) VALUES (8, 'ask', 'name', 1)"
        )
        await erasing.erase_stranger(tx, keys, 8, 100)
        left = await everything(tx, TABLES)
        assert "Carla" not in str(left)
        assert not any("'telegram_id': 8" in row for rows in left.values() for row in rows)
        assert not any("'chat_id': 8" in row for rows in left.values() for row in rows)


async def test_a_member_who_asks_to_be_forgotten_as_a_stranger_stays(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        before = await everything(tx, TABLES)
        await erasing.erase_stranger(tx, keys, 7, 100)
        assert await everything(tx, TABLES) == before


async def test_of_somebody_unknown_no_message_is_remembered(database: Database) -> None:
    """What was on its way while somebody erased themselves must not come back afterwards."""
    async with database.transaction() as tx:
        await messages.remember(tx, "round:1", 99, 5)
        assert await messages.find(tx, "round:1") is None
        assert await outbox_chats.pause_chat(tx, 99, 10) == 0
        assert await tx.statement("SELECT * FROM outbox_chats") == []


async def test_the_copy_has_everything_of_hers_and_nothing_of_others(database: Database) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        copy = await holdings.gather(tx, await herself(tx))
        assert await holdings.numbers(tx, MEMBER) == holdings.Numbers(4, 1)
    assert {name for name, rows in copy.items() if not rows} == set()
    text = json.dumps(copy)
    for hers in (NAME, "Open on Saturdays", "Taken back", '"choice": "no"', "Aurora"):
        assert hers in text
    for others in ("Bruno", "Carla", "Zeta", '"choice": "yes"', "abc"):
        assert others not in text


def test_the_kinds_of_schedules_are_those_of_check_ins() -> None:
    sql = load("aiosqlite").run["erase_schedules"].sql
    named = set(re.findall(r"'([a-z-]+)'", sql))
    assert named == {checkins.SCHEDULE, round_ends.CLOSE}


async def test_what_is_unsent_can_be_reworded(database: Database) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await outbox.add(tx, key="g", chat_id=-100, payload="{1}", now=1, centre_id=1)
        await outbox.add(tx, key="h", chat_id=7, payload="{2}", now=1)
        await outbox.add(tx, key="i", chat_id=-200, payload="{3}", now=1)
        found = await outbox_changes.unsent(tx, 1)
        assert sorted(found.values()) == ["{1}", "{2}", "{}"]
        for row_id in found:
            await outbox_changes.reword(tx, row_id, "new")
        assert set((await outbox_changes.unsent(tx, 1)).values()) == {"new"}
        assert "{3}" in (await outbox_changes.unsent(tx, 2)).values()


async def test_of_help_with_a_ballot_nothing_is_left(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[int] = []

    async def forget(_: Transaction, __: KeyStore, member_id: int) -> None:
        forgotten.append(member_id)

    monkeypatch.setattr(helpings, "forget", forget)
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        await erasing.erase(tx, keys, await herself(tx), 100)
    assert forgotten == [MEMBER]


async def test_the_chat_is_about_the_centre_that_was_left_no_longer(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        await people.set_current_centre(tx, TELEGRAM, 1)
        await erasing.erase(tx, keys, await herself(tx), 100)
        person = await people.find(tx, TELEGRAM)
        assert person is not None and person.current_centre_id is None
        assert await people.current_centre(tx, TELEGRAM) == 2


@pytest.mark.parametrize(
    ("answered_at", "forgotten_at"),
    [(None, 1 + erasing.UNANSWERED), (5, 5 + erasing.ANSWERED)],
)
async def test_a_question_to_facilitators_is_kept_for_a_while(
    database: Database, answered_at: int | None, forgotten_at: int
) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await people.meet(tx, 8, "en", 0)
        if answered_at is not None:
            await tx.statement(f"UPDATE join_requests SET answered_at = {answered_at}")
        assert await erasing.prune_strangers(tx, forgotten_at) == 0
        assert await erasing.prune_strangers(tx, forgotten_at + 1) == 1
        assert await people.find(tx, 8) is None


async def test_a_way_in_from_an_invitation_is_erased_too(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        await tx.statement("UPDATE joinings SET request_id = NULL, token_hash = 'abc'")
        await erasing.erase(tx, keys, await herself(tx), 100)
        assert await tx.statement("SELECT * FROM joinings") == []


# --- words: of each column that people write into, what erasing its writer does ---

GOES = "with its writer"
EMPTIED = "its words go, the row stays"
UNLINKED = "stays, and nobody knows any more whose it was"
OF_ALL = "belongs to the centre, and says of nobody that they wrote it"

WORDS = {
    "agenda_changes.reason": (EMPTIED, "why a point stands elsewhere, in a facilitator's words"),
    "agenda_items.title": (UNLINKED, "what an assembly talked about, as everybody read it"),
    "agreements.wording": (
        OF_ALL,
        "what all who were there agreed on; who worded it stands nowhere",
    ),
    "assemblies.place": (UNLINKED, "where everybody was called to"),
    "assemblies.reason": (EMPTIED, "why an assembly was cancelled, in a facilitator's words"),
    "series.place": (UNLINKED, "where everybody is called to"),
    "audit.detail": (EMPTIED, "why a question was cancelled, in a facilitator's words"),
    "comments.answer": (UNLINKED, "what everybody read under the proposal"),
    "comments.text": (UNLINKED, "what everybody read under the proposal; goes where it is hidden"),
    "consents.body": (OF_ALL, "who was responsible then: the centre's words"),
    "centre_facts.words": (OF_ALL, "who is responsible, confirmed by two"),
    "centres.contact": (OF_ALL, "whom to call"),
    "centres.name": (OF_ALL, "the name of the centre"),
    "decision_options.label": (UNLINKED, "what everybody could choose"),
    "decisions.question": (UNLINKED, "what everybody was asked"),
    "decisions.reason": (EMPTIED, "why a question was cancelled, in a facilitator's words"),
    "drafts.content": (GOES, "what is half-written"),
    "fact_changes.words": (GOES, "while it waits for a second facilitator; then it is forgotten"),
    "join_requests.name": (GOES, "the name for the facilitators"),
    "members.name": (GOES, "the name that the assembly sees"),
    "minutes.words": (OF_ALL, "what an assembly leaves: whoever is named there is a mark"),
    "minutes_corrections.answer": (GOES, "with what it answers; the minutes keep it as theirs"),
    "minutes_corrections.words": (GOES, "what somebody found to be otherwise: a mark in minutes"),
    "notes.file_id": (GOES, "a photograph"),
    "notes.words": (UNLINKED, "what was noted for all; whoever is named there is a mark"),
    "openings.words": (OF_ALL, "how the centre's assemblies begin"),
    "outbox.payload": (GOES, "of one's own chat; in others' it is reworded: core/unnaming.py"),
    "takedowns.title": (GOES, "what two facilitators took down, in its author's words"),
    "takedowns.words": (GOES, "what two facilitators took down, in its author's words"),
    "proposals.reason": (UNLINKED, "what everybody read on the list; goes if it was taken back"),
    "proposals.title": (UNLINKED, "what everybody read on the list; goes if it was taken back"),
    "published_ballots.reason": (UNLINKED, "of a secret ballot: nobody can tell whose it was"),
    "roll_call.reason": (EMPTIED, "why somebody objected, by name"),
    "setups.name": (OF_ALL, "the name of a centre that is being set up"),
    "tasks.group_words": (OF_ALL, "the group that looks after it, as an assembly called it"),
    "tasks.what": (OF_ALL, "what an assembly wants done, written for it; who wrote it is not kept"),
}

# What the program writes: codes, names of things, hashes, what is sealed with a key that goes.
CODES = {
    "agenda_items.ending",
    "agenda_items.kind",
    "agreements.status",
    "answers.question",
    "answers.sealed",
    "endings.kind",
    "link_key.key",
    "endings.subject",
    "round_states.sealed",
    "assemblies.series_date",
    "assemblies.status",
    "assembly_duties.duty",
    "assembly_duties.status",
    "attendances.answer",
    "audit.action",
    "ballots.sealed",
    "ballots.tag",
    "calendars.first_day",
    "calendars.questionnaire",
    "centre_facts.fact",
    "centres.language",
    "centres.zone",
    "consents.purpose",
    "drafts.kind",
    "drafts.step",
    "duty_counts.duty",
    "duty_counts.role",
    "duty_wishes.duty",
    "electors.role",
    "erasures.mark",
    "fact_changes.fact",
    "fact_changes.status",
    "helpings.helper",
    "helpings.sealed",
    "helpings.tag",
    "helpings.token_hash",
    "in_person_ballots.choice",
    "in_person_ballots.role",
    "in_person_entries.entered_role",
    "in_person_entries.people",
    "in_person_entries.state",
    "in_person_headcounts.role",
    "invitations.role",
    "invitations.token_hash",
    "join_requests.answer",
    "join_requests.role",
    "joinings.guardian_code",
    "joinings.language",
    "joinings.role",
    "joinings.token_hash",
    "keyed_marks.kind",
    "keyed_marks.mark",
    "members.role",
    "members.status",
    "members.wanted_role",
    "messages.ref",
    "minutes.hash",
    "minutes.status",
    "minutes_corrections.status",
    "named_lists.answer",
    "notes.kind",
    "occurrences.status",
    "outbox.fault",
    "outbox.key",
    "outbox.ref",
    "outbox.status",
    "lease.holder",
    "lease.mode",
    "paces.sent",
    "pair.id",
    "parity_reports.content",
    "people.language",
    "openings.opening",
    "periods.kept",
    "comments.hidden",
    "proposal_audit.action",
    "proposals.ended",
    "merges.kept_answer",
    "merges.merged_answer",
    "merges.status",
    "takedowns.harm",
    "takedowns.status",
    "proposal_audit.reason",
    "proposals.status",
    "published_ballots.choice",
    "published_ballots.role",
    "published_ballots.tracker",
    "release_roles.band",
    "release_roles.question",
    "release_roles.role",
    "releases.band",
    "releases.question",
    "retention_counts.kept",
    "roll_call.choice",
    "roll_call.role",
    "rounds.questionnaire",
    "schedules.kind",
    "schedules.rule",
    "schedules.start_local",
    "schedules.zone",
    "series.pauses",
    "series.rule",
    "series.start_local",
    "series.status",
    "setups.language",
    "setups.zone",
    "turnout_roll.commitment",
    "updates.status",
    "window_members.role",
    "windows.charge",
    "windows.questionnaire",
    "windows.status",
    "windows.tier",
}
OF_THE_RULE = {"question", "reason"}  # all other texts of a decision are its rule and its figures


def texts() -> set[str]:
    """Every column that can hold words, or bytes in which words may be sealed."""
    connection = sqlite3.connect(":memory:")
    for step in available(MIGRATIONS / "main"):
        for sql in step.statements("sqlite"):
            connection.execute(sql)
    return {
        f"{table}.{row[1]}"
        for table in TABLES
        for row in connection.execute(f"PRAGMA table_info({table})")
        if row[2].upper() in ("TEXT", "BLOB") and (table != "decisions" or row[1] in OF_THE_RULE)
    }


def test_of_every_text_it_is_said_what_erasing_its_writer_does() -> None:
    """A new column fails here until somebody has thought of who writes into it."""
    assert not set(WORDS) & CODES
    assert texts() - set(WORDS) - CODES == set(), "say it in WORDS, or that it is a code"
    assert set(WORDS) | CODES <= texts(), "no such column any more"


@pytest.mark.parametrize("column", [each for each in WORDS if WORDS[each][0] in (GOES, EMPTIED)])
async def test_her_words_go(database: Database, keys: KeyStore, column: str) -> None:
    """Whatever she wrote into it is nowhere in it afterwards; what others wrote is."""
    table, name = column.split(".")
    query = f"SELECT {name} AS words FROM {table} WHERE {name} IS NOT NULL"
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        before = {str(row["words"]) for row in await tx.statement(query)}
        await fill(tx, HERS)
        hers = {str(row["words"]) for row in await tx.statement(query)} - before
        if column != "drafts.content":  # sealed; that its row goes is seen above
            assert hers, f"fill {column} in erasing_rows.py"
        await erasing.erase(tx, keys, await herself(tx), 100)
        left = {str(row["words"]) for row in await tx.statement(query)}
    emptied = {"", '{"reason": ""}', '{"from": 8, "to": 9}'}
    assert left <= before | emptied

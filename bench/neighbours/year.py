"""Writes a year of many centres into two new files, in seconds: rows in bulk, nobody is told.

Each centre has 50 members who are asked once a week how they are, weekly assemblies with minutes,
a question a week that is over (year.sql), and two that are open (open_things.py). What is open is
sealed as the bot seals it. The answers of rounds are bytes by chance, as long as real ones.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from assembly import checkin
from assembly.questionnaire import WEEKLY
from bench.neighbours import open_things
from bench.neighbours.town import (
    MEMBERS,
    NOW,
    ROLES,
    SINCE,
    WEEK,
    WEEKS,
    ZONE,
    Town,
    chat_of,
    last_sent,
    person_of,
)
from storage import answers
from storage.consents import VERSIONS
from storage.endings import Ending
from storage.engine import schema
from storage.engine.database import Subject
from storage.engine.opening import open_database
from storage.erasure import erasures
from storage.secrets import master_key
from storage.secrets.cipher import seal
from storage.secrets.wrapped import data_context

STATEMENTS = Path(__file__).with_suffix(".sql")
JOINED = SINCE - 5 * WEEK
ENDED = {
    erasures.KIND: 3,
    Ending.MEMBERSHIP.value: 8,
    Ending.CONSENT.value: 5,
    Ending.DUTY.value: 3,
    Ending.LEADING.value: 20,
    Ending.OFF_LIST.value: 5,
}
"""How often in a centre's year the ledger is told, of each kind, by a mark."""
WORDS = (
    "The kitchen stays open until nine on Thursdays; who is there last locks up and notes it in "
    "the book, and whoever finds that something is missing writes it on the board."
)


def write(town: Town) -> None:
    """Makes both stores; the folder must be there and empty."""
    asyncio.run(_make(town))
    master = master_key.load_or_create(town.folder / "master.key")
    keys = {member: bytes([member % 256]) * 32 for member in town.members}
    with closing(_opened(town.keys)) as store, closing(_opened(town.main)) as main, store, main:
        _key_store(store, town, {m: seal(master, key, data_context(m)) for m, key in keys.items()})
        _people(main, town)
        _year(main)
        open_things.write(main, store, town, master)


async def _make(town: Town) -> None:
    paths: dict[Subject, Path] = {"main": town.main, "keys": town.keys}
    for subject, path in paths.items():
        database = await open_database(f"sqlite:///{path}", subject)
        await schema.migrate(database)
        await database.close()


def _opened(path: Path) -> sqlite3.Connection:
    """Fast, and not safe: what breaks meanwhile is made anew."""
    connection = sqlite3.connect(path)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _key_store(store: sqlite3.Connection, town: Town, wrapped: dict[int, bytes]) -> None:
    store.executemany("INSERT INTO data_keys (member_id, wrapped) VALUES (?, ?)", wrapped.items())
    store.executemany(
        "INSERT INTO ledger (kind, subject, at, data) VALUES ('window released', ?, ?, '{}')",
        (
            (f"centre:{centre}:weekly:2025-05-26:{week}", SINCE + week * WEEK)
            for centre in range(1, town.centres + 1)
            for week in range(4, WEEKS, 4)
        ),
    )
    store.executemany(
        "INSERT INTO ledger (kind, subject, at, data) VALUES (?, ?, ?, '')",
        (
            (kind, secrets.token_hex(32) + (f":{SINCE}" if kind != erasures.KIND else ""), SINCE)
            for kind, times in ENDED.items()
            for _ in range(times * town.centres)
        ),
    )
    store.executemany(
        "INSERT INTO ledger (kind, subject, at, data) VALUES ('decision closed', ?, ?, 'closed')",
        ((str(decision), SINCE) for decision in range(1, WEEKS * town.centres + 1)),
    )


def _people(main: sqlite3.Connection, town: Town) -> None:
    main.executemany(
        "INSERT INTO centres (id, chat_id, name, language, zone, created_at)"
        " VALUES (?, ?, ?, 'it', ?, ?)",
        (
            (centre, chat_of(centre), f"Centro {centre}", ZONE, SINCE - 8 * WEEK)
            for centre in range(1, town.centres + 1)
        ),
    )
    main.executemany(
        "INSERT INTO people (telegram_id, language, current_centre_id, created_at)"
        " VALUES (?, 'it', ?, ?)",
        ((person_of(each), town.centre_of(each), JOINED) for each in town.members),
    )
    main.executemany(
        "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)"
        " VALUES (?, ?, ?, ?, ?, 'active', ?)",
        (
            (each, town.centre_of(each), person_of(each), _role(town, each), f"Mia {each}", JOINED)
            for each in town.members
        ),
    )
    for purpose, version in VERSIONS.items():
        main.execute(
            "INSERT INTO consents (member_id, purpose, version, granted_at)"
            " SELECT id, ?, ?, ? FROM members",
            (purpose, version, JOINED),
        )
    main.execute("CREATE TEMP TABLE last (member_id INTEGER PRIMARY KEY, sent_at)")
    main.executemany("INSERT INTO last VALUES (?, ?)", ((m, last_sent(m)) for m in town.members))


def _role(town: Town, member: int) -> str:
    return ROLES[(member - 1) // town.centres % len(ROLES)]


def _year(main: sqlite3.Connection) -> None:
    main.execute("CREATE TEMP TABLE weeks (week INTEGER PRIMARY KEY)")
    main.executemany("INSERT INTO weeks VALUES (?)", ((week,) for week in range(WEEKS)))
    values = {
        "now": NOW,
        "since": SINCE,
        "zone": ZONE,
        "members": MEMBERS,
        "windows_end": 5 * 3600,  # after NOW, unless it is moved
        "open_for": checkin.closes_at(0),
        "answer": len(answers.close_up(bytes(32), 1, {}, WEEKLY)),
        "words": WORDS,
    }
    for block in re.split(r"\n\s*\n", STATEMENTS.read_text(encoding="utf-8")):
        wanted = {*re.findall(r":([a-z_]+)", block)} & values.keys()
        main.execute(block, {name: values[name] for name in wanted})

"""The questions that are open in every centre, with their ballots, sealed as the bot seals them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping

from assembly.counting import lot
from assembly.rule import DecisionMethod
from bench.neighbours.town import DAY, MEMBERS, NOW, OPEN_QUESTIONS, ZONE, Town
from storage import sealed_ballots
from storage.sealed_ballots import Content
from storage.secrets.cipher import seal
from storage.secrets.wrapped import ballot_context

SAID = 30  # of the members, in each
CLOSES_AT = NOW + 2 * DAY


def write(main: sqlite3.Connection, store: sqlite3.Connection, town: Town, master: bytes) -> None:
    """Into both stores; what is over must be there already."""
    [(last,)] = main.execute("SELECT MAX(id) FROM decisions").fetchall()
    keys = {
        last + number: secrets.token_bytes(32)
        for number in range(1, OPEN_QUESTIONS * town.centres + 1)
    }
    asked = {each: (each - last - 1) % town.centres + 1 for each in keys}
    store.executemany(
        "INSERT INTO ballot_keys (decision_id, wrapped) VALUES (?, ?)",
        ((each, seal(master, key, ballot_context(each))) for each, key in keys.items()),
    )
    _questions(main, keys, asked)
    main.execute(
        "INSERT INTO electors (decision_id, member_id, role)"
        " SELECT d.id, m.id, m.role FROM decisions AS d JOIN members AS m USING (centre_id)"
        " WHERE d.status = 'open' ORDER BY d.id, m.id"
    )
    main.executemany(
        "INSERT INTO ballots (decision_id, tag, sealed) VALUES (?, ?, ?)",
        (row for each, key in keys.items() for row in _ballots(town, each, asked[each], key)),
    )


def _questions(
    main: sqlite3.Connection, keys: Mapping[int, bytes], asked: Mapping[int, int]
) -> None:
    seed = bytes(32)
    main.executemany(
        "INSERT INTO decisions (id, centre_id, question, secrecy, quorum_numerator,"
        " quorum_denominator, electorate_size, electorate_hash, entitled_by_role, status,"
        " opened_at, closes_at, lot_commitment, lot_sealed)"
        " VALUES (?, ?, 'Shall we open on Saturdays?', 'secret', 1, 3, ?, '-', '30,10,10',"
        " 'open', ?, ?, ?, ?)",
        (
            (
                each,
                asked[each],
                MEMBERS,
                NOW - DAY,
                CLOSES_AT,
                lot.commitment(seed),
                seal(key, seed, b"lot of decision %d" % each),
            )
            for each, key in keys.items()
        ),
    )
    main.execute(
        "INSERT INTO schedules (kind, subject_id, zone, next_at)"
        " SELECT 'decision-close', id, ?, closes_at FROM decisions WHERE status = 'open'",
        (ZONE,),
    )
    main.execute(
        "INSERT INTO messages (ref, chat_id, message_id)"
        " SELECT 'decision:' || d.id || ':group', c.chat_id, d.id"
        " FROM decisions AS d JOIN centres AS c ON c.id = d.centre_id WHERE d.status = 'open'"
    )


def _ballots(
    town: Town, decision: int, centre: int, key: bytes
) -> Iterator[tuple[int, bytes, bytes]]:
    for member in town.members_of(centre)[:SAID]:
        where = sealed_ballots.tag(key, member)
        content = Content(member, sealed_ballots.new_tracker(), "yes")
        method = DecisionMethod.MAJORITY
        yield decision, where, sealed_ballots.close_up(key, decision, where, content, method)

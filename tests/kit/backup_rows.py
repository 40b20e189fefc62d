"""Rows in every table of the main database, for tests of backups."""

from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

from kit.erasing_rows import HERS, MEMBER, OTHERS, fill

from storage.engine import catalogue
from storage.engine.database import Database
from storage.engine.transaction import Transaction

SEALED = bytes(range(256))

# What a member of whom something lies everywhere does not fill, and what nobody's is.
MORE = """
INSERT INTO centres (id, chat_id, name, language, zone, created_at, contact, contact_verified_at)
VALUES (3, -300, 'Zürich ☺ "so" \\n''quoted''', 'de', 'Europe/Zurich', 1, 'Tel. 1; 2 -- 3', 5);
INSERT INTO setups (chat_id, updated_at) VALUES (-400, 1);
INSERT INTO updates (bot_id, update_id, status, at) VALUES (1, 2, 'processed', 3);
INSERT INTO agenda_items (id, assembly_id, position, proposal_id, title, ending)
VALUES (90, 30, 1, 20, 'A quiet room', 'goes-on');
INSERT INTO agreements (id, item_id, wording, put_at, until, status)
VALUES (95, 90, 'From nine on.', 5, 605, 'stands');
INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,
    electorate_size, opened_at, status, closed_at, result, figures)
VALUES (41, 1, 'Shall we not?', 1, 3, 6, 0, 'closed', 5, 'carried',
    '{"yes": 4, "no": 1, "abstain": 0, "needed": 2}');
INSERT INTO decision_options (decision_id, position, label) VALUES (41, 1, 'Yes');
INSERT INTO duty_counts (centre_id, duty, role, quarter, times)
VALUES (1, 'chair', 'user', 8100, 2);
INSERT INTO parity_reports (centre_id, quarter, content) VALUES (1, 8100, '{}');
INSERT INTO in_person_headcounts (assembly_id, role, people) VALUES (30, 'any', 4);
INSERT INTO calendars (centre_id, questionnaire, first_day) VALUES (1, 'weekly', '1970-01-05');
INSERT INTO windows (id, centre_id, questionnaire, week, tier, starts_at, ends_at, status, charge)
VALUES (71, 2, 'weekly', 0, 'large', 0, 9, 'released', '1/2');
INSERT INTO releases (window_id, question, c, band, halves)
VALUES (71, 'say', 70, '50+', 5), (71, 'week', -3, NULL, NULL);
INSERT INTO release_roles (window_id, question, role, band, halves)
VALUES (71, 'say', 'user', '20-49', 4);
INSERT INTO rounds (id, member_id, questionnaire, sent_at, closes_at, closed)
VALUES (53, 11, 'weekly', 0, 1, 1), (54, 12, 'weekly', 0, 1, 0);
INSERT INTO openings (centre_id, opening, active, words, minutes)
VALUES (1, 'rules', 1, 'We listen.', NULL), (1, 'break', 1, NULL, 45);
INSERT INTO minutes_settings (centre_id, correction_hours) VALUES (1, 72);
INSERT INTO periods (centre_id, kept, days, days_before, holds_from) VALUES (1, 'left', 90, 365, 5);
INSERT INTO assembly_settings (centre_id, agenda_days, asks_attendance) VALUES (1, 3, 1);
INSERT INTO retention_counts (centre_id, kept, things) VALUES (1, 'left', 2);
INSERT INTO waiting_times (centre_id, days, days_before, changed_at) VALUES (1, 60, 30, 5);
INSERT INTO lease (one, holder, mode, fence, until_at) VALUES (1, 'process', 'webhook', 2, 5);
INSERT INTO paces (number, sent, halted_until, latest) VALUES (7, '1 2', 0, 2);
INSERT INTO pair (one, id, changes) VALUES (1, 'pair', 5);
INSERT INTO link_key (one, key) VALUES (1, 'link key');
INSERT INTO endings (kind, subject, at) VALUES ('duty ended', 'mark:5', 5);
INSERT INTO erasures (member_id, mark, at) VALUES (9, 'mark', 5);
INSERT INTO remains (one, deleted, wiped) VALUES (1, 3, 2);
INSERT INTO published_ballots (decision_id, tracker, choice, reason, role)
VALUES (41, 'A0', 'yes', '', 'user');
INSERT INTO turnout_roll (decision_id, commitment) VALUES (41, 'c0');
INSERT INTO helpings (decision_id, tag, sealed, token_hash) VALUES (40, '1', '2', 'hash')
"""


async def fill_all(tx: Transaction) -> None:
    """Something in every table, with whatever is hard to write down."""
    await fill(tx, OTHERS)
    await fill(tx, HERS)
    await fill(tx, MORE)
    await tx.insert(
        "answers", ("round_id", "question", "sealed"), [(52, "week", SEALED), (53, "say", b"")]
    )
    await tx.insert("round_states", ("round_id", "sealed"), [(52, SEALED), (54, SEALED)])
    await tx.insert("ballots", ("decision_id", "tag", "sealed"), [(40, SEALED[:32], SEALED)])


async def dump(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in an order of its own."""
    async with database.reading() as tx:
        names = await catalogue.tables(tx, database.engine)
        return {
            name: sorted(
                (
                    {column: row[column] for column in row.keys()}  # noqa: SIM118
                    for row in await tx.statement(f"SELECT * FROM {name}")
                ),
                key=repr,
            )
            for name in names
        }


def read_all(path: Path) -> dict[str, Any]:
    """The file's manifest and tables, read as the documentation says and not with our code."""
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = {"manifest": json.loads(archive.read("manifest.json"))}
        for name, listing in found["manifest"]["tables"].items():
            lines = archive.read(f"tables/{name}.jsonl").decode().splitlines()
            found[name] = [
                {
                    column: base64.b64decode(value["base64"]) if isinstance(value, dict) else value
                    for column, value in zip(listing["columns"], json.loads(line), strict=True)
                }
                for line in lines
            ]
    return found


__all__ = ["MEMBER", "SEALED", "dump", "fill_all", "read_all"]

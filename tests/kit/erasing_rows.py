"""A member of whom something lies in every table, with values found nowhere else."""

from __future__ import annotations

import re

from kit.wiping import eraser_of

from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.members import Member, get
from storage.secrets.keys import KeyStore

TELEGRAM = 0x5A7B3C1D2E01  # six bytes in a record: found by its bytes, not by chance
MEMBER = 0x4B6A2F1C3D01
NAME = "Zephyrine"
SECRET = "kept-with-her-own-key"

# Columns in which somebody's id stands. Everything that looks like one is found by its name.
PERSONAL = re.compile(r"(^|_)(member|telegram|author|person|user|chat|subject)_id$|_by$")

# Columns that look like it, and why nobody stands in them.
NOBODY = {
    "centres.chat_id": "the group's own chat",
    "setups.chat_id": "the group's own chat",
    "erasures.member_id": "only until the erasure is at its end; the id leads to nobody",
}

# Two centres; in the first Bruno, in the second Bruno again and Zephyrine with a round of hers.
OTHERS = f"""
INSERT INTO centres (id, chat_id, name, language, zone, created_at)
VALUES (1, -100, 'Aurora', 'en', 'UTC', 0), (2, -200, 'Alba', 'en', 'UTC', 0);
INSERT INTO people (telegram_id, language, current_centre_id, created_at) VALUES (7, 'en', 1, 0);
INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)
VALUES (11, 1, 7, 'user', 'Bruno', 'active', 0), (12, 2, 7, 'user', 'Bruno', 'active', 0);
INSERT INTO people (telegram_id, language, current_centre_id, created_at)
VALUES ({TELEGRAM}, 'it', 2, 0);
INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)
VALUES (13, 2, {TELEGRAM}, 'family', 'Zeta', 'active', 0);
INSERT INTO rounds (id, member_id, questionnaire, sent_at, closes_at)
VALUES (50, 11, 'weekly', 1, 9), (51, 13, 'weekly', 1, 9);
INSERT INTO schedules (id, kind, subject_id, zone, next_at) VALUES
(60, 'checkin', 11, 'UTC', 9), (61, 'checkin', 13, 'UTC', 9), (62, 'checkin-close', 51, 'UTC', 9),
(63, 'decision-close', {MEMBER}, 'UTC', 9), (64, 'reminder-week', 52, 'UTC', 9);
INSERT INTO occurrences (schedule_id, occurrence_at, status, at) VALUES (61, 1, 'claimed', 1);
INSERT INTO messages (ref, chat_id, message_id)
VALUES ('request:80:{TELEGRAM}', {TELEGRAM}, 2), ('decision:1:group', -100, 1);
INSERT INTO outbox (key, chat_id, centre_id, payload, not_before, repeatable, status, created_at)
VALUES ('round:51', {TELEGRAM}, 2, '{{}}', 9, 0, 'waiting', 1),
('round:50', 7, 1, '{{}}', 9, 0, 'waiting', 1);
INSERT INTO outbox_chats (chat_id, next_at) VALUES ({TELEGRAM}, 9), (7, 9);
INSERT INTO proposals (id, centre_id, author_id, title, named, status, created_at)
VALUES (20, 1, 11, 'A quiet room', 1, 'open', 0);
INSERT INTO series (id, centre_id, rule, start_local, length_minutes, status, created_at)
VALUES (35, 1, 'FREQ=WEEKLY;INTERVAL=1;BYDAY=TH', '1970-01-01T16:00', 90, 'running', 0);
INSERT INTO comments (id, proposal_id, author_id, text, named, written_at, answer)
VALUES (200, 20, NULL, 'Where is it?', 0, 1, 'On the first floor.');
INSERT INTO assemblies (id, centre_id, starts_at, status, convened_by, convened_at)
VALUES (30, 1, 9, 'convened', 11, 0);
INSERT INTO agenda_items (id, assembly_id, position, title) VALUES (97, 30, 7, 'More plants');
INSERT INTO agenda_changes (id, assembly_id, item_id, was, becomes, reason, member_id, changed_at)
VALUES (98, 30, 97, 8, 7, 'It is urgent.', 11, 6);
INSERT INTO notes (id, assembly_id, kind, words, author_id) VALUES (110, 30, 'note', 'A note.', 11);
INSERT INTO minutes (assembly_id, centre_id, status, words) VALUES (30, 1, 'draft', 'Minutes.');
INSERT INTO minutes_corrections (id, assembly_id, member_id, words, status)
VALUES (120, 30, 11, 'It was nine.', 'open');
INSERT INTO minutes_changes (assembly_id, version, at, member_id) VALUES (30, 2, 5, 11);
INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,
    electorate_size, opened_at)
VALUES (40, 1, 'Shall we?', 1, 3, 2, 0);
INSERT INTO presences (assembly_id, member_id) VALUES (30, 11);
INSERT INTO assembly_duties (assembly_id, duty, member_id, status, asked_at, named)
VALUES (30, 'chair', 11, 'yes', 1, 1);
INSERT INTO duty_wishes (member_id, duty, turn_at) VALUES (11, 'chair', 1);
INSERT INTO electors (decision_id, member_id) VALUES (40, 11);
INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,
    electorate_size, opened_at, status, closed_at, result, secrecy)
VALUES (42, 1, 'Openly?', 1, 3, 2, 0, 'closed', 5, 'carried', 'open');
INSERT INTO roll_call (decision_id, position, member_id, choice, reason)
VALUES (42, 0, 11, 'yes', '');
INSERT INTO tasks (id, centre_id, assembly_id, what, made_at)
VALUES (95, 1, 30, 'Ask the town for a bench', 5);
INSERT INTO task_takers (task_id, member_id, told_at) VALUES (95, 11, 6);
INSERT INTO windows (id, centre_id, questionnaire, week, tier, starts_at, ends_at, status)
VALUES (70, 1, 'weekly', 0, 'small', 0, 9, 'open');
INSERT INTO window_members (window_id, member_id, role) VALUES (70, 11, 'user');
INSERT INTO centre_facts (centre_id, fact, words, since) VALUES (1, 'responsible', 'Aurora', 1);
INSERT INTO named_lists (id, centre_id, asked_by, asked_at) VALUES (90, 1, 11, 1);
INSERT INTO named_list_members (list_id, member_id) VALUES (90, 11);
INSERT INTO keyed_marks (id, centre_id, kind, mark, at) VALUES (85, 1, 'asked', 'a1b2', 1);
INSERT INTO centres (id, chat_id, name, language, zone, created_at)
VALUES (33, -3300, 'Alma', 'en', 'UTC', 0);
INSERT INTO centre_moves (centre_id, begun_by, begun_at, confirmed_by) VALUES (33, 12, 5, 13);
INSERT INTO join_requests (id, centre_id, telegram_id, role, name, asked_at)
VALUES (80, 2, 8, 'user', 'Carla', 1)
"""

HERS = f"""
INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)
VALUES ({MEMBER}, 1, {TELEGRAM}, 'user', '{NAME}', 'active', 5);
INSERT INTO facilitators (member_id, since) VALUES ({MEMBER}, 1);
INSERT INTO consents (member_id, purpose, version, granted_at) VALUES ({MEMBER}, 'part', 1, 5);
INSERT INTO drafts (telegram_id, centre_id, kind, step, updated_at)
VALUES ({TELEGRAM}, 1, 'propose', 'title', 6);
INSERT INTO invitations (token_hash, centre_id, facilitator, uses_left, expires_at, created_by,
    confirmed_by, created_at)
VALUES ('abc', 1, 0, 1, 99, {MEMBER}, {MEMBER}, 6);
INSERT INTO join_requests (id, centre_id, telegram_id, role, name, asked_at, answered_at, answer,
    answered_by, welcomed_by)
VALUES (81, 1, {TELEGRAM}, 'user', '{NAME}', 2, 3, 'accepted', {MEMBER}, {MEMBER});
INSERT INTO joinings (telegram_id, centre_id, request_id, language, updated_at)
VALUES ({TELEGRAM}, 1, 81, 'it', 3);
INSERT INTO messages (ref, chat_id, message_id)
VALUES ('uncertain:52', {TELEGRAM}, 9), ('request:81:{TELEGRAM}', {TELEGRAM}, 10);
INSERT INTO outbox (key, chat_id, centre_id, payload, not_before, repeatable, status, created_at)
VALUES ('round:52', {TELEGRAM}, 1, '{NAME}', 5, 0, 'waiting', 1),
('edit:x:{TELEGRAM}', {TELEGRAM}, NULL, NULL, 5, 0, 'sent', 1);
INSERT INTO proposals (id, centre_id, author_id, title, named, status, created_at)
VALUES (21, 1, {MEMBER}, 'Open on Saturdays', 1, 'open', 6),
(22, 1, {MEMBER}, 'A trip', 0, 'settled', 6), (23, 1, {MEMBER}, 'Taken back', 1, 'withdrawn', 6);
INSERT INTO supports (proposal_id, member_id) VALUES (20, {MEMBER});
INSERT INTO comments (id, proposal_id, author_id, text, named, written_at, answer, hidden)
VALUES (201, 20, {MEMBER}, 'Who has the key?', 1, 6, NULL, NULL),
(202, 20, {MEMBER}, 'Her own hidden words', 0, 6, NULL, 'h'),
(203, 21, NULL, 'At what time?', 0, 6, 'At nine.', NULL);
INSERT INTO proposal_audit (id, proposal_id, at, member_id, action, reason)
VALUES (104, 20, 7, {MEMBER}, 'comment_hidden', 'h');
INSERT INTO proposals (id, centre_id, author_id, title, named, status, ended, created_at)
VALUES (24, 1, {MEMBER}, 'Down', 0, 'settled', 'taken-down', 6),
(25, 1, 11, 'Down', 0, 'settled', 'taken-down', 6),
(26, 1, 11, 'Down', 0, 'settled', 'taken-down', 6);
INSERT INTO merges (merged_id, kept_id, status, at, suggested_by, kept_answer)
VALUES (20, 21, 'asked', 7, {MEMBER}, 'yes');
INSERT INTO takedowns (proposal_id, harm, status, touched_at, at, asked_by, confirmed_by, title,
    words)
VALUES (24, 'n', 'down', 6, 7, 11, NULL, 'Her words about somebody', 'Hers, too'),
(25, 'h', 'down', 6, 7, {MEMBER}, NULL, '', NULL),
(26, 'h', 'down', 6, 7, 11, {MEMBER}, '', NULL),
(20, 'n', 'asked', 6, 7, {MEMBER}, NULL, '', NULL);
INSERT INTO assemblies (id, centre_id, starts_at, status, convened_by, convened_at)
VALUES (31, 1, 9, 'convened', {MEMBER}, 6);
INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at, reason, cancelled_by)
VALUES (32, 1, 9, 'cancelled', 6, 'It rains in.', {MEMBER});
INSERT INTO attendances (assembly_id, member_id, answer) VALUES (30, {MEMBER}, 'yes');
INSERT INTO agenda_changes (id, assembly_id, item_id, was, becomes, reason, member_id, changed_at)
VALUES (99, 30, 97, 7, 8, 'I leave early.', {MEMBER}, 7);
INSERT INTO notes (id, assembly_id, kind, words, file_id, author_id)
VALUES (111, 30, 'note', 'Her line.', NULL, {MEMBER}), (112, 30, 'photo', '', 'file-1', {MEMBER});
INSERT INTO minutes_corrections (id, assembly_id, member_id, words, status, answer)
VALUES (121, 30, {MEMBER}, 'It was ten.', 'answered', 'It was nine.');
INSERT INTO minutes_changes (assembly_id, version, at, member_id) VALUES (30, 3, 6, {MEMBER});
INSERT INTO reminder_settings (member_id) VALUES ({MEMBER});
INSERT INTO assembly_duties (assembly_id, duty, member_id, status, asked_at, named)
VALUES (30, 'recorder', {MEMBER}, 'yes', 1, 1);
INSERT INTO duty_wishes (member_id, duty, turn_at) VALUES ({MEMBER}, 'recorder', 1);
INSERT INTO presences (assembly_id, member_id) VALUES (30, {MEMBER});
INSERT INTO task_takers (task_id, member_id, shown, told_at) VALUES (95, {MEMBER}, 1, 6);
INSERT INTO in_person_entries (decision_id, entry, state, entered_by, entered_role, confirmed_by)
VALUES (40, 1, 'confirmed', {MEMBER}, 'user', {MEMBER});
INSERT INTO in_person_ballots (decision_id, role, choice, ballots) VALUES (40, 'any', 'yes', 3);
INSERT INTO closing_reminders_off (member_id) VALUES ({MEMBER});
INSERT INTO electors (decision_id, member_id) VALUES (40, {MEMBER});
INSERT INTO roll_call (decision_id, position, member_id, choice, reason)
VALUES (42, 1, {MEMBER}, 'no', 'Too soon.');
INSERT INTO named_lists (id, centre_id, asked_by, asked_at, answer, answered_by)
VALUES (91, 1, {MEMBER}, 6, 'no', NULL), (92, 2, 12, 6, 'yes', {MEMBER});
INSERT INTO named_list_members (list_id, member_id) VALUES (90, {MEMBER}), (91, {MEMBER});
INSERT INTO audit (id, centre_id, decision_id, at, member_id, action, detail)
VALUES (100, 1, 40, 7, {MEMBER}, 'extended', '{{"from": 8, "to": 9}}');
INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,
    electorate_size, opened_at, status, closed_at, reason)
VALUES (43, 1, 'At last?', 1, 3, 2, 0, 'cancelled', 5, 'I was mistaken.');
INSERT INTO audit (id, centre_id, decision_id, at, member_id, action, detail)
VALUES (101, 1, 43, 7, {MEMBER}, 'cancelled', '{{"reason": "I was mistaken."}}');
INSERT INTO fact_changes (id, centre_id, fact, proposed_by, proposed_at, status, settled_by)
VALUES (101, 1, 'responsible', {MEMBER}, 7, 'holds', {MEMBER});
INSERT INTO fact_changes (id, centre_id, fact, words, proposed_by, proposed_at, status)
VALUES (102, 1, 'host', '{SECRET}', {MEMBER}, 7, 'waiting');
INSERT INTO centre_moves (centre_id, begun_by, begun_at, confirmed_by)
VALUES (1, {MEMBER}, 6, 11), (2, 12, 6, {MEMBER});
INSERT INTO checkin_settings (member_id, weekday, hour, minute, active)
VALUES ({MEMBER}, 2, 17, 0, 1);
INSERT INTO rounds (id, member_id, questionnaire, sent_at, closes_at)
VALUES (52, {MEMBER}, 'weekly', 2, 9);
INSERT INTO schedules (id, kind, subject_id, zone, next_at) VALUES
(65, 'checkin', {MEMBER}, 'UTC', 9), (66, 'checkin-close', 52, 'UTC', 9);
INSERT INTO occurrences (schedule_id, occurrence_at, status, at) VALUES (65, 1, 'claimed', 1),
(66, 1, 'claimed', 1);
INSERT INTO window_members (window_id, member_id, role) VALUES (70, {MEMBER}, 'user')
"""


async def fill(tx: Transaction, rows: str) -> None:
    for statement in rows.split(";\n"):
        await tx.statement(statement)


async def herself(tx: Transaction) -> Member:
    member = await get(tx, MEMBER)
    assert member is not None
    return member


async def carry_to_the_end(database: Database, keys: KeyStore) -> None:
    """All that can be done of what is pending, at this moment."""
    eraser = eraser_of(database, keys)
    await eraser.catch_up()
    await eraser.wiped()


async def everything(tx: Transaction, tables: list[str]) -> dict[str, set[str]]:
    """Every row of every table, as text."""
    return {
        table: {
            str({column: row[column] for column in row.keys()})  # noqa: SIM118
            for row in await tx.statement(f"SELECT * FROM {table}")
        }
        for table in tables
    }

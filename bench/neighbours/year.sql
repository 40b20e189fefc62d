-- A year of every centre that is there, from its members and from when each was last asked (`last`).
-- One statement a block; moments are UTC epoch seconds, a week has 604800, a day 86400.

INSERT INTO facilitators (member_id, since)
SELECT id, :since FROM members WHERE id <= 3 * (SELECT COUNT(*) FROM centres);

INSERT INTO checkin_settings (member_id, weekday, hour, minute, active)
SELECT member_id, strftime('%w', sent_at, 'unixepoch', '-1 day'),
    strftime('%H', sent_at, 'unixepoch'), 0, 1
FROM last;

INSERT INTO schedules (kind, subject_id, rule, zone, next_at)
SELECT 'checkin', member_id, 'FREQ=WEEKLY;BYDAY=WE;BYHOUR=17;BYMINUTE=0;BYSECOND=0', :zone,
    sent_at + 604800
FROM last;

-- Rounds lie in the order in which they were sent.
INSERT INTO rounds (member_id, questionnaire, sent_at, closes_at, closed)
SELECT member_id, 'weekly', sent_at - week * 604800 AS sent,
    sent_at - week * 604800 + :open_for, 1
FROM last, weeks
ORDER BY sent, member_id;

INSERT INTO answers (round_id, question, sealed)
SELECT id, questionnaire, randomblob(:answer) FROM rounds ORDER BY id;

-- What fell due in the last 14 days is remembered.
INSERT INTO occurrences (schedule_id, occurrence_at, status, at)
SELECT s.id, r.sent_at, 'claimed', r.sent_at
FROM rounds AS r JOIN schedules AS s ON s.kind = 'checkin' AND s.subject_id = r.member_id
WHERE r.sent_at > :now - 1209600
ORDER BY s.id, r.sent_at;

-- By which each of them closed: schedules that are gone.
INSERT INTO occurrences (schedule_id, occurrence_at, status, at)
SELECT 50000000 + id, closes_at, 'claimed', closes_at FROM rounds
WHERE closes_at > :now - 1209600
ORDER BY id;

UPDATE sqlite_sequence SET seq = 100000000 WHERE name = 'schedules';

INSERT INTO calendars (centre_id, questionnaire, first_day)
SELECT id, 'weekly', date(:since, 'unixepoch') FROM centres;

-- Windows of four weeks, all but the last with what was told.
INSERT INTO windows (centre_id, questionnaire, week, tier, starts_at, ends_at, status, charge)
SELECT id, 'weekly', week, 'small', :since + week * 604800,
    :since + (week + 4) * 604800 + :windows_end, iif(week < 48, 'released', 'open'), '0'
FROM centres, weeks
WHERE week % 4 = 0
ORDER BY week, id;

INSERT INTO releases (window_id, question, c, band, halves)
SELECT id, 'week', 25, '20-49', 5 FROM windows WHERE status = 'released';

INSERT INTO window_members (window_id, member_id, role)
SELECT w.id, m.id, m.role FROM windows AS w JOIN members AS m USING (centre_id)
WHERE w.status = 'open'
ORDER BY w.id, m.id;

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'release', id, :zone, :now + :windows_end FROM centres;

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'retention', id, :zone, :now + 43200 FROM centres;

-- Two days ago, and each week before.
INSERT INTO assemblies (
    centre_id, starts_at, place, status, convened_by, convened_at, frozen_at, opened_at, closed_at,
    present
)
SELECT id, :now - 172800 - week * 604800, 'Sala grande', 'closed', id,
    :now - 777600 - week * 604800, :now - 259200 - week * 604800, :now - 172800 - week * 604800,
    :now - 167400 - week * 604800, 24
FROM centres, weeks
ORDER BY week DESC, id;

INSERT INTO proposals (centre_id, author_id, title, reason, named, status, created_at)
SELECT centre_id, centre_id, 'Opening on Saturdays, once more (' || id || ')',
    'Because many asked.', 1, iif(starts_at < :now - 6048000, 'settled', 'open'), convened_at
FROM assemblies;

INSERT INTO supports (proposal_id, member_id)
SELECT p.id, m.id FROM proposals AS p JOIN members AS m USING (centre_id)
WHERE p.status = 'open' AND m.id % 5 = p.id % 5
ORDER BY p.id, m.id;

INSERT INTO agenda_items (assembly_id, position, title, ending)
SELECT id, week + 1, 'A point of the assembly', 'talked'
FROM assemblies, weeks
WHERE week < 5
ORDER BY id, week;

INSERT INTO notes (assembly_id, item_id, kind, words)
SELECT assembly_id, id, 'note', :words FROM agenda_items;

INSERT INTO minutes (assembly_id, centre_id, status, words, hash, published_at)
SELECT id, centre_id, 'published', replace(hex(zeroblob(7)), '00', :words || ' '),
    lower(hex(randomblob(32))), closed_at
FROM assemblies;

-- One question a week that is over, with its published list and its roll.
INSERT INTO decisions (
    centre_id, assembly_id, question, secrecy, quorum_numerator, quorum_denominator,
    electorate_size, electorate_hash, status, opened_at, closes_at, closed_at, result, figures,
    lot_commitment, lot_seed, head, seal
)
SELECT centre_id, id, 'Shall we open on Saturdays?', 'secret', 1, 3, :members,
    lower(hex(randomblob(32))), 'closed', opened_at, closed_at, closed_at, 'carried', '{}',
    lower(hex(randomblob(32))), lower(hex(randomblob(32))), lower(hex(randomblob(32))),
    lower(hex(randomblob(32)))
FROM assemblies;

INSERT INTO published_ballots (decision_id, tracker, choice, reason)
SELECT id, hex(randomblob(5)), 'yes', '' FROM decisions, weeks WHERE week < 30 ORDER BY id;

INSERT INTO turnout_roll (decision_id, commitment)
SELECT id, lower(hex(randomblob(32))) FROM decisions, weeks WHERE week < 30 ORDER BY id;

INSERT INTO audit (centre_id, decision_id, at, member_id, action)
SELECT centre_id, id, opened_at, centre_id, 'put' FROM decisions;

INSERT INTO audit (centre_id, decision_id, at, member_id, action)
SELECT centre_id, id, closed_at, centre_id, 'closed' FROM decisions;

-- What was sent in the last 13 days is remembered.
INSERT INTO outbox (
    key, chat_id, centre_id, not_before, repeatable, status, created_at, settled_at
)
SELECT 'assembly:' || a.id || ':tomorrow:' || m.id, m.telegram_id, m.centre_id,
    a.starts_at - 86400, 0, 'sent', a.starts_at - 86400, a.starts_at - 86400
FROM assemblies AS a JOIN members AS m USING (centre_id)
WHERE a.starts_at > :now - 1123200
ORDER BY a.id, m.id;

INSERT INTO outbox (
    key, chat_id, centre_id, not_before, repeatable, status, created_at, settled_at
)
SELECT 'decision:' || d.id || ':outcome', c.chat_id, c.id, d.closed_at, 0, 'sent', d.closed_at,
    d.closed_at
FROM decisions AS d JOIN centres AS c ON c.id = d.centre_id
WHERE d.closed_at > :now - 1123200;

INSERT INTO outbox_chats (chat_id) SELECT DISTINCT chat_id FROM outbox;

INSERT INTO messages (ref, chat_id, message_id)
SELECT 'card:assembly:' || a.id || ':' || m.id, m.telegram_id, a.id
FROM assemblies AS a JOIN members AS m USING (centre_id)
WHERE a.starts_at > :now - 1209600;

INSERT INTO messages (ref, chat_id, message_id)
SELECT 'decision:' || d.id || ':group', c.chat_id, d.id
FROM decisions AS d JOIN centres AS c ON c.id = d.centre_id
WHERE d.closed_at > :now - 15552000;

INSERT INTO updates (bot_id, update_id, status, at)
SELECT 7, member_id * 10 + week, 'processed', :now - week * 3600 FROM last, weeks WHERE week < 4;

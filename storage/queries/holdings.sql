-- Everything that is held about one member, one query a kind of thing. Columns are called as they
-- are to be read in the member's own copy.

-- name: held_person(telegram_id)
SELECT telegram_id, language, current_centre_id, writable, created_at AS met_at
FROM people
WHERE telegram_id = :telegram_id
ORDER BY telegram_id;

-- name: held_membership(member_id)
SELECT c.name AS centre, m.role, m.wanted_role, m.name, m.status, m.joined_at, m.left_at,
    m.answers_days AS days_for_answers, m.restricted_at, m.not_counted AS in_no_summary,
    m.guardian_seen_at
FROM members AS m JOIN centres AS c ON c.id = m.centre_id
WHERE m.id = :member_id
ORDER BY m.id;

-- name: held_duty(member_id)
SELECT since AS since_at, until AS until_at
FROM facilitators
WHERE member_id = :member_id
ORDER BY member_id;

-- name: held_consents(member_id)
SELECT purpose, version, body AS responsible, granted_at, withdrawn_at,
    CASE WHEN rests = 1 THEN 'to be agreed to anew' END AS now
FROM consents
WHERE member_id = :member_id
ORDER BY granted_at, purpose, version;

-- name: held_proposals(member_id)
SELECT CASE WHEN t.status = 'down' THEN t.title ELSE p.title END AS title,
    CASE WHEN t.status = 'down' THEN t.words ELSE p.reason END AS reason,
    p.named AS with_name, COALESCE(p.ended, p.status) AS status, p.created_at, p.edited_at
FROM proposals AS p LEFT JOIN takedowns AS t ON t.proposal_id = p.id
WHERE p.author_id = :member_id
ORDER BY p.id;

-- name: held_merges(member_id)
SELECT p.title AS proposal, m.at AS asked_at,
    CASE WHEN p.id = m.kept_id THEN m.kept_answer ELSE m.merged_answer END AS answer
FROM merges AS m JOIN proposals AS p ON p.id IN (m.kept_id, m.merged_id)
WHERE p.author_id = :member_id AND m.status = 'asked'
ORDER BY p.id;

-- name: held_suggested_merges(member_id)
SELECT p.title AS proposal, m.at AS done_at
FROM merges AS m JOIN proposals AS p ON p.id = m.merged_id
WHERE m.suggested_by = :member_id
ORDER BY p.id;

-- name: held_takedowns(member_id)
SELECT t.at AS done_at, CASE WHEN t.asked_by = :member_id THEN 'asked' ELSE 'confirmed' END AS part
FROM takedowns AS t
WHERE t.asked_by = :member_id OR t.confirmed_by = :member_id
ORDER BY t.proposal_id;

-- name: held_supports(member_id)
SELECT p.title AS proposal
FROM supports AS s JOIN proposals AS p ON p.id = s.proposal_id
WHERE s.member_id = :member_id
ORDER BY p.id;

-- name: held_comments(member_id)
SELECT p.title AS proposal, c.text, c.named AS with_name, c.written_at,
    CASE WHEN c.hidden IS NOT NULL THEN 'hidden' ELSE 'shown' END AS status
FROM comments AS c JOIN proposals AS p ON p.id = c.proposal_id
WHERE c.author_id = :member_id
ORDER BY c.id;

-- name: held_comment_answers(member_id)
SELECT p.title AS proposal, c.answer AS words
FROM comments AS c JOIN proposals AS p ON p.id = c.proposal_id
WHERE p.author_id = :member_id AND c.answer IS NOT NULL
ORDER BY c.id;

-- name: held_proposal_audit(member_id)
SELECT p.title AS proposal, a.action, a.at AS done_at
FROM proposal_audit AS a JOIN proposals AS p ON p.id = a.proposal_id
WHERE a.member_id = :member_id
ORDER BY a.id;

-- name: held_attendances(member_id)
SELECT a.starts_at AS assembly_at, t.answer
FROM attendances AS t JOIN assemblies AS a ON a.id = t.assembly_id
WHERE t.member_id = :member_id
ORDER BY a.starts_at, a.id;

-- name: held_presences(member_id)
SELECT a.starts_at AS assembly_at, 'here' AS answer
FROM presences AS p JOIN assemblies AS a ON a.id = p.assembly_id
WHERE p.member_id = :member_id
ORDER BY a.id;

-- name: held_duties(member_id)
SELECT a.starts_at AS assembly_at, d.duty, d.status AS answer, d.asked_at, d.named AS with_name
FROM assembly_duties AS d JOIN assemblies AS a ON a.id = d.assembly_id
WHERE d.member_id = :member_id
ORDER BY a.starts_at, a.id, d.duty;

-- name: held_duty_wishes(member_id)
SELECT duty, turn_at
FROM duty_wishes
WHERE member_id = :member_id
ORDER BY duty;

-- name: held_hall_counts(member_id)
SELECT d.question, CASE WHEN h.entered_by = :member_id THEN 'entered' ELSE 'checked' END AS part
FROM in_person_entries AS h JOIN decisions AS d ON d.id = h.decision_id
WHERE h.entered_by = :member_id OR h.confirmed_by = :member_id
ORDER BY d.id;

-- name: held_centre_moves(member_id)
SELECT begun_at, CASE WHEN begun_by = :member_id THEN 'began' ELSE 'confirmed' END AS part
FROM centre_moves
WHERE begun_by = :member_id OR confirmed_by = :member_id
ORDER BY centre_id;

-- name: held_tasks(member_id)
SELECT t.what AS task, k.shown AS with_name, k.company AS company_welcome,
    k.told_at AS heard_at, t.done_at AS settled_at
FROM task_takers AS k JOIN tasks AS t ON t.id = k.task_id
WHERE k.member_id = :member_id
ORDER BY t.id;

-- name: held_reminder_settings(member_id)
SELECT 'in private too' AS reminders
FROM reminder_settings
WHERE member_id = :member_id
ORDER BY member_id;

-- name: held_closing_reminders_off(member_id)
SELECT 'switched off' AS reminders
FROM closing_reminders_off
WHERE member_id = :member_id
ORDER BY member_id;

-- name: held_assemblies(member_id)
SELECT starts_at, place, convened_at
FROM assemblies
WHERE convened_by = :member_id
ORDER BY id;

-- name: held_cancelled_assemblies(member_id)
SELECT starts_at, reason
FROM assemblies
WHERE cancelled_by = :member_id
ORDER BY id;

-- name: held_agenda_changes(member_id)
SELECT a.starts_at AS assembly_at, c.changed_at AS done_at, c.reason
FROM agenda_changes AS c JOIN assemblies AS a ON a.id = c.assembly_id
WHERE c.member_id = :member_id
ORDER BY c.id;

-- name: held_notes(member_id)
SELECT a.starts_at AS assembly_at, n.words, CASE WHEN n.kind = 'photo' THEN 'photograph' END AS part
FROM notes AS n JOIN assemblies AS a ON a.id = n.assembly_id
WHERE n.author_id = :member_id
ORDER BY n.id;

-- name: held_corrections(member_id)
SELECT a.starts_at AS assembly_at, c.words, c.answer, c.status
FROM minutes_corrections AS c JOIN assemblies AS a ON a.id = c.assembly_id
WHERE c.member_id = :member_id
ORDER BY c.id;

-- name: held_minutes_changes(member_id)
SELECT a.starts_at AS assembly_at, c.at AS done_at
FROM minutes_changes AS c JOIN assemblies AS a ON a.id = c.assembly_id
WHERE c.member_id = :member_id
ORDER BY c.assembly_id, c.version;

-- name: held_decisions(member_id)
SELECT d.id, d.question, d.opened_at, d.closes_at
FROM electors AS e
JOIN decisions AS d ON d.id = e.decision_id
WHERE e.member_id = :member_id
ORDER BY d.id;

-- name: held_lists(member_id)
SELECT asked_at, answer FROM named_lists WHERE asked_by = :member_id ORDER BY id;

-- name: held_confirmed_lists(member_id)
SELECT asked_at, answer FROM named_lists WHERE answered_by = :member_id ORDER BY id;

-- name: held_places_on_lists(member_id)
SELECT l.asked_at
FROM named_list_members AS n JOIN named_lists AS l ON l.id = n.list_id
WHERE n.member_id = :member_id
ORDER BY l.id;

-- name: held_roll_calls(member_id)
SELECT d.id, d.question, r.choice, r.reason, d.closed_at
FROM roll_call AS r JOIN decisions AS d ON d.id = r.decision_id
WHERE r.member_id = :member_id
ORDER BY d.id;

-- name: held_audit(member_id)
SELECT d.question, a.action, a.detail, a.at AS done_at
FROM audit AS a JOIN decisions AS d ON d.id = a.decision_id
WHERE a.member_id = :member_id
ORDER BY a.id;

-- name: held_checkin_settings(member_id)
SELECT w.weekday, w.hour, w.minute, w.paused_until AS paused_until_at, w.active, s.next_at
FROM checkin_settings AS w
LEFT JOIN schedules AS s ON s.kind = 'checkin' AND s.subject_id = w.member_id
WHERE w.member_id = :member_id
ORDER BY w.member_id;

-- name: held_rounds(member_id)
SELECT id, questionnaire, sent_at, closes_at
FROM rounds
WHERE member_id = :member_id
ORDER BY sent_at, id;

-- name: held_windows(member_id)
SELECT w.starts_at, w.ends_at, m.role
FROM window_members AS m JOIN windows AS w ON w.id = m.window_id
WHERE m.member_id = :member_id
ORDER BY w.id;

-- name: held_invitations(member_id)
SELECT role, facilitator AS for_facilitators, uses_left, created_at, expires_at, revoked
FROM invitations
WHERE created_by = :member_id
ORDER BY created_at, token_hash;

-- name: held_confirmations(member_id)
SELECT role, facilitator AS for_facilitators, created_at, expires_at
FROM invitations
WHERE confirmed_by = :member_id
ORDER BY created_at, token_hash;

-- name: held_requests(telegram_id, centre_id)
SELECT role, name, asked_at, answered_at, answer
FROM join_requests
WHERE telegram_id = :telegram_id AND centre_id = :centre_id
ORDER BY id;

-- name: held_requests_anywhere(telegram_id)
SELECT c.name AS centre, q.role, q.name, q.asked_at, q.answered_at, q.answer
FROM join_requests AS q JOIN centres AS c ON c.id = q.centre_id
WHERE q.telegram_id = :telegram_id
ORDER BY q.id;

-- name: held_joinings_anywhere(telegram_id)
SELECT c.name AS centre, j.language, j.role, j.consented_at, j.checkin, j.checkin_at, j.updated_at
FROM joinings AS j JOIN centres AS c ON c.id = j.centre_id
WHERE j.telegram_id = :telegram_id
ORDER BY j.updated_at, c.id;

-- name: held_outbox_anywhere(telegram_id)
SELECT key AS message, status, created_at, settled_at
FROM outbox
WHERE chat_id = :telegram_id
ORDER BY id;

-- name: held_fact_changes(member_id)
SELECT fact, words, proposed_at, status, settled_at,
    CASE WHEN proposed_by = :member_id THEN 'proposed' ELSE 'answered' END AS part
FROM fact_changes
WHERE proposed_by = :member_id OR settled_by = :member_id
ORDER BY id;

-- name: held_answered_requests(member_id)
SELECT asked_at, answered_at, answer
FROM join_requests
WHERE answered_by = :member_id OR welcomed_by = :member_id
ORDER BY id;

-- name: held_joinings(telegram_id, centre_id)
SELECT language, role, consented_at, checkin, checkin_at, guardian_code, guardian_seen_at,
    updated_at
FROM joinings
WHERE telegram_id = :telegram_id AND centre_id = :centre_id
ORDER BY updated_at;

-- name: held_messages(telegram_id)
SELECT ref AS message, message_id AS number
FROM messages
WHERE chat_id = :telegram_id
ORDER BY ref;

-- name: held_outbox(telegram_id, centre_id)
SELECT key AS message, status, created_at, settled_at
FROM outbox
WHERE chat_id = :telegram_id AND (centre_id IS NULL OR centre_id = :centre_id)
ORDER BY id;

-- name: held_numbers(member_id)^
SELECT
    (SELECT COUNT(*) FROM proposals AS p WHERE p.author_id = :member_id) AS proposals,
    (SELECT COUNT(*) FROM supports AS s WHERE s.member_id = :member_id) AS voices;

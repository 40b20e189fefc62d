-- name: assembly_settings_of(centre_id)^
SELECT agenda_days, asks_attendance FROM assembly_settings WHERE centre_id = :centre_id;

-- name: set_agenda_days(centre_id, agenda_days)!
INSERT INTO assembly_settings (centre_id, agenda_days) VALUES (:centre_id, :agenda_days)
ON CONFLICT (centre_id) DO UPDATE SET agenda_days = excluded.agenda_days;

-- name: set_asks_attendance(centre_id, asks_attendance)!
INSERT INTO assembly_settings (centre_id, asks_attendance) VALUES (:centre_id, :asks_attendance)
ON CONFLICT (centre_id) DO UPDATE SET asks_attendance = excluded.asks_attendance;

-- name: park_agenda_items(assembly_id, first, last, away)!
UPDATE agenda_items SET position = position + :away
WHERE assembly_id = :assembly_id AND position BETWEEN :first AND :last;

-- name: place_agenda_item(item_id, position)!
UPDATE agenda_items SET position = :position WHERE id = :item_id;

-- name: follow_current_point(assembly_id, expected, position)!
UPDATE assemblies SET current_position = :position
WHERE id = :assembly_id AND status = 'open' AND current_position = :expected;

-- name: note_agenda_change(assembly_id, item_id, was, becomes, reason, member_id, now)!
INSERT INTO agenda_changes (assembly_id, item_id, was, becomes, reason, member_id, changed_at)
VALUES (:assembly_id, :item_id, :was, :becomes, :reason, :member_id, :now);

-- name: agenda_changes_of(assembly_id)
SELECT c.id, c.item_id, i.title, c.was, c.becomes, c.reason, c.changed_at
FROM agenda_changes c JOIN agenda_items i ON i.id = c.item_id
WHERE c.assembly_id = :assembly_id
ORDER BY c.id;

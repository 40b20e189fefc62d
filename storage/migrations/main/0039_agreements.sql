-- What an assembly agreed on without a ballot: its words, and how they stand.
-- Who could be hurt: whoever says that they don't agree. So there is no row, no moment and no number
-- of that: a wording that was turned back looks the same whoever did it, and whenever. Nor does it
-- say who worded it.

CREATE TABLE agreements (
    id {ID},
    item_id BIGINT NOT NULL REFERENCES agenda_items (id) ON DELETE CASCADE,
    wording TEXT NOT NULL,
    put_at BIGINT NOT NULL,
    until BIGINT NOT NULL CHECK (until >= put_at),
    status TEXT NOT NULL CHECK (status IN ('put', 'stands', 'turned-back'))
);

-- One at a time at each point.
CREATE UNIQUE INDEX agreements_at_a_point ON agreements (item_id);

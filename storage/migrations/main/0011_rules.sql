-- Every way of deciding; ballots that lie sealed while a decision is open, under a key that is
-- destroyed at closing; and what is published then.
-- Who could be hurt: whoever's choice could be told from these rows. While a decision is open its
-- ballots carry no member and no order, and can't be read without the key store. Afterwards the
-- published ballots are sorted by a random sign, and the roll says who took part only to those
-- themselves. An open decision is a roll call with names: that is what open means.

-- Ballots of before were not sealed. What is open now can't go on, and says so.
UPDATE decisions
SET status = 'cancelled', closed_at = opened_at, reason = (
    SELECT CASE centres.language
        WHEN 'it' THEN 'Voci è stato aggiornato mentre la domanda era aperta. Si può porre di nuovo.'
        WHEN 'de' THEN 'Voci wurde erneuert, während die Frage offen war. Sie kann neu gestellt werden.'
        ELSE 'Voci was updated while the question was open. It can be put again.'
    END
    FROM centres WHERE centres.id = decisions.centre_id
)
WHERE status = 'open';

DELETE FROM ballots;

DELETE FROM electors;

DROP TABLE ballots;

DROP TABLE ballots_kept;

ALTER TABLE decisions ADD COLUMN seats BIGINT NOT NULL DEFAULT 1 CHECK (seats >= 1);

ALTER TABLE decisions ADD COLUMN dots BIGINT NOT NULL DEFAULT 0 CHECK (dots >= 0);

ALTER TABLE decisions ADD COLUMN parity TEXT NOT NULL DEFAULT 'none'
CHECK (parity IN ('none', 'each-role', 'equal-weights'));

ALTER TABLE decisions ADD COLUMN electorate TEXT NOT NULL DEFAULT 'all'
CHECK (electorate IN ('all', 'user', 'family', 'professional', 'present', 'named'));

ALTER TABLE decisions ADD COLUMN quorum_number BIGINT CHECK (quorum_number >= 0);

ALTER TABLE decisions ADD COLUMN quorum_of TEXT NOT NULL DEFAULT 'electorate'
CHECK (quorum_of IN ('electorate', 'present'));

ALTER TABLE decisions ADD COLUMN quorum_each_role BIGINT NOT NULL DEFAULT 0
CHECK (quorum_each_role IN (0, 1));

-- A question that was put again, in other words: the one before it.
ALTER TABLE decisions ADD COLUMN version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1);

ALTER TABLE decisions ADD COLUMN previous_id BIGINT REFERENCES decisions (id) ON DELETE SET NULL;

-- Head-counts by role as "users,family,professionals": of the electorate and of those present when
-- it was put.
ALTER TABLE decisions ADD COLUMN entitled_by_role TEXT NOT NULL DEFAULT '0,0,0';

ALTER TABLE decisions ADD COLUMN present_by_role TEXT;

-- What the published list says of the turnout and of the hall, by role only where each role has
-- enough ballots to hide among.
ALTER TABLE decisions ADD COLUMN heads TEXT;

-- The order that breaks ties; its seed is sealed with the ballots' key until closing.
ALTER TABLE decisions ADD COLUMN lot_commitment TEXT NOT NULL DEFAULT '';

ALTER TABLE decisions ADD COLUMN lot_order TEXT NOT NULL DEFAULT '';

ALTER TABLE decisions ADD COLUMN lot_sealed {BLOB};

ALTER TABLE decisions ADD COLUMN lot_seed TEXT;

-- Options by number, best first: kept where the figures are not.
ALTER TABLE decisions ADD COLUMN winners TEXT NOT NULL DEFAULT '';

-- The first and the last link of the chain that the published list makes.
ALTER TABLE decisions ADD COLUMN head TEXT;

ALTER TABLE decisions ADD COLUMN seal TEXT;

CREATE INDEX decisions_by_previous ON decisions (previous_id) WHERE previous_id IS NOT NULL;

ALTER TABLE electors ADD COLUMN role TEXT NOT NULL DEFAULT 'user'
CHECK (role IN ('user', 'family', 'professional'));

ALTER TABLE electors_kept ADD COLUMN role TEXT NOT NULL DEFAULT 'user';

-- Sorted by a tag that only the key makes from a member: no order of casting is kept. No foreign
-- keys, as in 0005.

CREATE TABLE ballots (
    decision_id BIGINT NOT NULL,
    tag {BLOB} NOT NULL,
    sealed {BLOB} NOT NULL,
    PRIMARY KEY (decision_id, tag)
) {WITHOUT_ROWID};

CREATE TABLE ballots_kept (
    decision_id BIGINT NOT NULL,
    tag {BLOB} NOT NULL,
    sealed {BLOB} NOT NULL,
    PRIMARY KEY (decision_id, tag)
) {WITHOUT_ROWID};

CREATE TABLE published_ballots (
    decision_id BIGINT NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    tracker TEXT NOT NULL,
    choice TEXT NOT NULL,
    reason TEXT NOT NULL,
    role TEXT CHECK (role IN ('user', 'family', 'professional')),
    PRIMARY KEY (decision_id, tracker)
) {WITHOUT_ROWID};

CREATE TABLE turnout_roll (
    decision_id BIGINT NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    commitment TEXT NOT NULL,
    PRIMARY KEY (decision_id, commitment)
) {WITHOUT_ROWID};

-- Of open decisions. The position is by chance, not the order of casting.
CREATE TABLE roll_call (
    decision_id BIGINT NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    member_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    choice TEXT NOT NULL,
    reason TEXT NOT NULL,
    role TEXT CHECK (role IN ('user', 'family', 'professional')),
    PRIMARY KEY (decision_id, position)
);

CREATE INDEX roll_call_by_member ON roll_call (member_id) WHERE member_id IS NOT NULL;

-- Who chairs an assembly and who takes its notes; who would like to, and how often each role has.
-- Who could be hurt: whoever says no, or nothing. So both look alike ('no'), and all rows of an
-- assembly go when it is over: that of its recorder once its minutes are out. `turn_at` is when
-- somebody was asked last, whatever they said; it goes with the wish. Counts name a role, nobody.

CREATE TABLE assembly_duties (
    assembly_id BIGINT NOT NULL REFERENCES assemblies (id) ON DELETE CASCADE,
    duty TEXT NOT NULL CHECK (duty IN ('chair', 'recorder')),
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('asked', 'yes', 'no')),
    asked_at BIGINT NOT NULL,
    named BIGINT NOT NULL CHECK (named IN (0, 1)),
    PRIMARY KEY (assembly_id, duty, member_id)
) {WITHOUT_ROWID};

CREATE INDEX assembly_duties_by_member ON assembly_duties (member_id);

CREATE TABLE duty_wishes (
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    duty TEXT NOT NULL CHECK (duty IN ('chair', 'recorder')),
    turn_at BIGINT,
    PRIMARY KEY (member_id, duty)
) {WITHOUT_ROWID};

CREATE TABLE duty_counts (
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    duty TEXT NOT NULL CHECK (duty IN ('chair', 'recorder')),
    role TEXT NOT NULL CHECK (role IN ('user', 'family', 'professional')),
    quarter BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (centre_id, duty, role, quarter)
) {WITHOUT_ROWID};

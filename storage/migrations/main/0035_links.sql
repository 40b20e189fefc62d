-- Ids in links are sealed with a key that is drawn at the next start. It says nothing of anybody;
-- who knows it can make up links, which open nothing to who may not.

CREATE TABLE link_key (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    key TEXT NOT NULL  -- 32 bytes in hexadecimal
);

-- What is looked for at each tick, each start and each erasing is found without going through what
-- all centres have ever sent, asked or answered.
-- Who could be hurt: nobody; an index says nothing that its table doesn't.

CREATE INDEX outbox_by_chat ON outbox (chat_id);

CREATE INDEX outbox_by_centre ON outbox (centre_id) WHERE payload IS NOT NULL;

CREATE INDEX outbox_by_ref ON outbox (ref) WHERE ref IS NOT NULL AND payload IS NOT NULL;

CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

CREATE INDEX outbox_claimed ON outbox (claimed_until) WHERE status = 'sending';

CREATE INDEX decisions_open ON decisions (status, id) WHERE status = 'open';

CREATE INDEX rounds_open ON rounds (closed, id) WHERE closed = 0;

CREATE INDEX proposals_by_centre ON proposals (centre_id, id);

CREATE INDEX invitations_by_creator ON invitations (created_by);

CREATE INDEX invitations_by_second ON invitations (confirmed_by);

CREATE INDEX join_requests_by_answerer ON join_requests (answered_by);

CREATE INDEX joinings_by_invitation ON joinings (token_hash);

CREATE INDEX joinings_by_request ON joinings (request_id);

CREATE INDEX centre_moves_by_beginner ON centre_moves (begun_by);

CREATE INDEX centre_moves_by_second ON centre_moves (confirmed_by);

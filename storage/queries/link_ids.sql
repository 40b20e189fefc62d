-- name: draw_link_key(key)!
INSERT INTO link_key (one, key) VALUES (1, :key)
ON CONFLICT (one) DO NOTHING;

-- name: link_key()$
SELECT key FROM link_key WHERE one = 1;

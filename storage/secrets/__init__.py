"""Keys and what they seal: the key store, the ledger in it, and the cipher."""

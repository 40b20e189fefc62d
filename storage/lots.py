"""The seed of a lot: drawn here, by the system's own source of chance."""

from __future__ import annotations

import secrets

SEED_BYTES = 32


def draw() -> bytes:
    """A new seed, for a question that is only begun; nobody can guess it."""
    return secrets.token_bytes(SEED_BYTES)

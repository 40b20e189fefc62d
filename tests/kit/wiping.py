"""What wipes two stores, on the machine's own clock."""

from __future__ import annotations

import time

from storage.engine.database import Database
from storage.erasure.erasures import Eraser
from storage.erasure.shredder import Shredder
from storage.remains import Wiper
from storage.secrets.keys import KeyStore


def shredder_of(database: Database, keys: KeyStore) -> Shredder:
    """One with a wiper of its own."""
    return Shredder(database, keys, Wiper(database, keys.database, time.monotonic))


def eraser_of(database: Database, keys: KeyStore) -> Eraser:
    """One with a wiper of its own."""
    return Eraser(database, keys, Wiper(database, keys.database, time.monotonic))

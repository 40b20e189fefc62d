"""Members' data keys, wrapped by the master key: destroying one makes all it sealed unreadable."""

from __future__ import annotations

import asyncio
import hmac
import secrets

from storage.cipher import KEY_BYTES, Unreadable, seal, unseal
from storage.database import ATTEMPTS, FIRST_PAUSE, Database, Sleep
from storage.errors import StorageError


class KeyDestroyed(StorageError):
    """There is no key: it was destroyed, or never made."""


class KeyStore:
    """The key store, a database of its own that is in no backup of the main one.

    Order across the two (DESIGN section 4): create the key, then commit; commit the erasure,
    then destroy the key, and again at start for whatever a crash left undone.
    """

    def __init__(
        self, database: Database, master_key: bytes, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.database = database
        self._master_key = master_key
        self._sleep = sleep

    async def create_key(self, member_id: int) -> bytes:
        """The member's 32-byte key, made if there is none yet."""
        key = secrets.token_bytes(KEY_BYTES)
        async with self.database.transaction() as tx:
            made = await tx.run(
                "add_data_key",
                member_id=member_id,
                wrapped=seal(self._master_key, key, _context(member_id)),
            )
        return key if made else await self.key(member_id)

    async def key(self, member_id: int) -> bytes:
        """The member's key; raises KeyDestroyed if it is gone, StorageError for a wrong master."""
        async with self.database.reading() as tx:
            wrapped = await tx.value("data_key", member_id=member_id)
        if wrapped is None:
            raise KeyDestroyed("this member's key is gone")
        try:
            return unseal(self._master_key, wrapped, _context(member_id))
        except Unreadable as error:
            raise StorageError("the master key doesn't fit this key store") from error

    async def destroy(self, member_id: int) -> bool:
        """Destroys the member's key and wipes its traces from SQLite's log.

        Nothing happens to a key already gone, so it can be repeated. False: the key is gone, but
        a reader kept the log from being wiped; call again later.
        """
        async with self.database.transaction() as tx:
            await tx.run("remove_data_key", member_id=member_id)
        pause = FIRST_PAUSE
        for _ in range(ATTEMPTS):
            if await self.database.truncate_wal():
                return True
            await self._sleep(pause)
            pause *= 2
        return False

    async def highest_id(self) -> int | None:
        """The highest id that has a key; None where there is no key at all."""
        async with self.database.reading() as tx:
            highest = await tx.value("highest_id_with_key")
        return None if highest is None else int(highest)

    async def check(self) -> None:
        """Tries the master key on one of the keys; raises StorageError where it doesn't fit."""
        async with self.database.reading() as tx:
            member_id = await tx.value("a_member_with_key")
        if member_id is not None:
            await self.key(member_id)

    def fingerprint(self, subject: bytes) -> str:
        """Names something without telling it: 64 hexadecimal digits, the same each time.

        HMAC-SHA256 (RFC 2104) under a key of its own made from the master key, so that nobody
        else can try out which subject it stands for.
        """
        key = hmac.digest(self._master_key, b"fingerprints", "sha256")
        return hmac.digest(key, subject, "sha256").hex()


def _context(member_id: int) -> bytes:
    return b"data key of member %d" % member_id

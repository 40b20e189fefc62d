"""Ids in links, sealed: who reads one can't count what there is, and nobody can make one up.

Links stand in posts that everybody in a group reads and can pass on. The key is drawn once for a
database and kept in it, so a link of an old post leads where it led, also after a restore.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from storage.engine.transaction import Transaction

KEY = 32  # bytes
_ID = 8  # bytes of each id, whatever its size: the length of a link says nothing
_TAG = 16


class LinkIds:
    """Seals and opens ids; the same ids behind the same prefix are always the same word."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(key)

    def seal(self, prefix: str, ids: Sequence[int]) -> str:
        """A word of 32 characters for one id, 43 for two: letters, digits, "-" and "_".

        Each id is from 0 to 2**63 - 1; others raise OverflowError.
        """
        plain = b"".join(each.to_bytes(_ID, "big") for each in ids)
        sealed = self._cipher.encrypt(plain, [prefix.encode()])
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, prefix: str, word: str) -> tuple[int, ...] | None:
        """The ids behind this prefix; None for whatever was not sealed here, for this prefix."""
        try:
            sealed = base64.b64decode(word + "=" * (-len(word) % 4), "-_", validate=True)
            if len(sealed) <= _TAG:
                return None
            plain = self._cipher.decrypt(sealed, [prefix.encode()])
        except (InvalidTag, ValueError, binascii.Error):
            return None
        pieces = range(0, len(plain), _ID)
        return tuple(int.from_bytes(plain[at : at + _ID], "big") for at in pieces)


async def load(tx: Transaction) -> LinkIds:
    """The ids of this database; the first start draws their key."""
    await tx.run("draw_link_key", key=secrets.token_hex(KEY))
    return LinkIds(bytes.fromhex(await tx.value("link_key")))

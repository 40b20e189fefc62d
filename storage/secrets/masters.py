"""The master keys that are there: one, and while it is being changed the next one, too.

A change (storage/secrets/rotation.py) goes on while the bot runs: what a process doesn't open with
the keys that it knows, it tries once more with those that the files hold by then.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

from storage.engine.errors import WrongStore
from storage.secrets.cipher import Unreadable, unseal


class Masters:
    """The first is what wraps, where the key store doesn't name another one."""

    def __init__(
        self, keys: Sequence[bytes], read: Callable[[], Sequence[bytes]] | None = None
    ) -> None:
        self._keys = [*keys]
        self._read = read

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """What one of them wrapped; raises WrongStore where none did."""
        for again in (False, True):
            if again:
                self._read_again()
            for key in self._keys:
                try:
                    return unseal(key, wrapped, context)
                except Unreadable:
                    continue
        raise WrongStore("the master key doesn't fit this key store")

    def named(self, name: str | None) -> bytes:
        """The one with this fingerprint, or the first for None; raises WrongStore without it."""
        if name is None:
            return self._keys[0]
        for again in (False, True):
            if again:
                self._read_again()
            for key in self._keys:
                if fingerprint(key) == name:
                    return key
        raise WrongStore("the master key doesn't fit this key store")

    def _read_again(self) -> None:
        if self._read is not None:
            self._keys = [*self._read()] or self._keys


def fingerprint(key: bytes) -> str:
    """Names a master key without telling it: 16 hexadecimal digits, HMAC-SHA256 (RFC 2104)."""
    return hmac.digest(key, b"which master key", "sha256").hex()[:16]


def key_of_marks(master_key: bytes) -> bytes:
    """What the marks in the ledger are made with, from the first master key that there was."""
    return hmac.digest(master_key, b"fingerprints", "sha256")

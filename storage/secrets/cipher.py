"""Sealing what only its author may read: AES-256-GCM (NIST SP 800-38D) over padded content."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.engine.errors import StorageError

KEY_BYTES = 32
NONCE_BYTES = 12
LENGTH_BYTES = 4
BLOCK = 128  # bytes; every sealed content is padded to a multiple, so its length tells little
SMALL_BLOCK = 8  # where all contents of a kind have one length anyway


class Unreadable(StorageError):
    """The key or the context is another one, or the content was changed."""


def seal(key: bytes, plaintext: bytes, context: bytes, *, block: int = BLOCK) -> bytes:
    """Encrypts up to 4 GiB under a 32-byte key; the result differs each time.

    The context says where the content belongs (b"answer:12:3"): moved elsewhere it can't be read.
    It is padded to a multiple of `block` bytes.
    Raises ValueError for a key of another length.
    """
    framed = len(plaintext).to_bytes(LENGTH_BYTES, "big") + plaintext
    framed += bytes(-len(framed) % block)
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, framed, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What was sealed under this key and context; raises Unreadable for anything else."""
    cipher = _cipher(key)
    try:
        framed = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("the content can't be read with this key") from error
    length = int.from_bytes(framed[:LENGTH_BYTES], "big")
    return framed[LENGTH_BYTES : LENGTH_BYTES + length]


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, this one {len(key)}")
    return AESGCM(key)

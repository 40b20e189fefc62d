"""The lot that breaks ties: drawn before anybody cast, so that nobody can choose it afterwards."""

from __future__ import annotations

from hashlib import sha256


def commitment(seed: bytes) -> str:
    """What is shown before the question opens: SHA-256 of the seed, written in hexadecimal.

    By hand, with the seed as it is shown afterwards (64 lower-case signs):
    `printf %s SEED | sha256sum`.
    """
    return sha256(seed.hex().encode()).hexdigest()


def order(seed: bytes, options: int) -> tuple[int, ...]:
    """All options by number (from 0), the luckiest first.

    Each option has the SHA-256 of the text "SEED N", where N is its number as people count, from
    1; the options go by these, written in hexadecimal, the smallest first. By hand, for each N:
    `printf %s "SEED N" | sha256sum`.
    """

    def luck(option: int) -> str:
        return sha256(f"{seed.hex()} {option + 1}".encode()).hexdigest()

    return tuple(sorted(range(options), key=luck))

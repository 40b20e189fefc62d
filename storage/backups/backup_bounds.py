"""How large what comes from outside may be: looked at before anything of it is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO

ENTRIES = 1_000
MANIFEST_BYTES = 16 * 2**20
LINE_BYTES = 16 * 2**20
UNPACKED_BYTES = 64 * 2**30
RATIO = 400
"""Times the size of the file that its rows may have unpacked; those of a real backup have 3 to 30,
what was made to fill a disk has up to 1,032. Source: Fifield, A better zip bomb, WOOT 2019."""
_SMALL = 2**20  # bytes that need no ratio


class TooLarge(ValueError):
    """Nobody who reads this has written it."""


def within(archive: zipfile.ZipFile, manifest: str) -> None:
    """Raises TooLarge where the archive says of itself that it is no backup's size."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > ENTRIES
        or archive.getinfo(manifest).file_size > MANIFEST_BYTES
        or unpacked > UNPACKED_BYTES
        or unpacked > max(packed * RATIO, _SMALL)
    ):
        raise TooLarge("more than a backup can hold")


def lines(member: IO[bytes]) -> Iterator[bytes]:
    """The lines of a table, each at most LINE_BYTES long; raises TooLarge."""
    while line := member.readline(LINE_BYTES + 1):
        if len(line) > LINE_BYTES:
            raise TooLarge("a row longer than any")
        yield line

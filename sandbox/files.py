"""Files that were sent: their bytes, their ids, and what Telegram reads from a picture."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad_request

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
START_OF_FRAME = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)))


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    kind: str
    name: str
    mime_type: str
    data: bytes

    @property
    def path(self) -> str:
        return f"{self.kind}s/{self.id}/{self.name}"

    def as_json(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.data)}

    def content(self) -> dict[str, Any]:
        """The field by which a message shows this file."""
        if self.kind == "photo":
            width, height = picture_size(self.data)
            return {"photo": [{**self.as_json(), "width": width, "height": height}]}
        named = {"file_name": self.name} if self.kind == "document" else {"duration": 1}
        return {self.kind: {**self.as_json(), **named, "mime_type": self.mime_type}}


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def store(self, kind: str, name: str, mime_type: str, data: bytes) -> StoredFile:
        """Keep a file. Raises ApiError 400 when Telegram would refuse it."""
        if not data:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            check_photo(data)
        file = StoredFile(f"{kind}-{len(self._by_id) + 1}", kind, name, mime_type, data)
        self._by_id[file.id] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)


def check_photo(data: bytes) -> None:
    """Raise ApiError 400 for what Telegram would not show as a photo."""
    if len(data) > LARGEST_PHOTO:
        raise bad_request("file is too big")
    width, height = picture_size(data)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG; raises ApiError 400 for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        if width and height:
            return width, height
    if data.startswith(b"\xff\xd8"):
        size = _jpeg_size(data)
        if size:
            return size
    raise bad_request("IMAGE_PROCESS_FAILED")


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None

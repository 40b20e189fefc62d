"""A member's own copy, as it came in a message."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from kit.conversation import Conversation

from sandbox.chats import Message


def unpacked(stage: Conversation, message: Message) -> dict[str, str]:
    """The documents in the archive that a message carries, by their ending."""
    file = stage.file(message)
    assert file.name.startswith("voci-2025-12-") and file.name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        assert archive.testzip() is None
        return {Path(name).suffix: archive.read(name).decode() for name in archive.namelist()}


def read_copy(stage: Conversation, message: Message) -> dict[str, Any]:
    """The JSON document in it."""
    found: dict[str, Any] = json.loads(unpacked(stage, message)[".json"])
    return found

"""Takes a name out of what is still to go out: whoever erases themselves is named no more."""

from __future__ import annotations

import json
import re

from markupsafe import escape

from handlers.unit import Unit
from storage import outbox

_TAG = re.compile(r"(<[^>]*>)")


async def unname(unit: Unit, centre_id: int, name: str, instead: str) -> None:
    """Write `instead` for the name in every text of a centre that is not sent yet."""
    for row_id, payload in (await outbox.unsent(unit.tx, centre_id)).items():
        reworded = without(payload, name, instead)
        if reworded != payload:
            await outbox.reword(unit.tx, row_id, reworded)


def without(payload: str, name: str, instead: str) -> str:
    """The payload of a screen without the name, where it stands as a word of its own."""
    content = json.loads(payload)
    parts = _TAG.split(content["text"])  # every second part is a tag
    parts[::2] = [_replace(part, str(escape(name)), str(escape(instead))) for part in parts[::2]]
    content["text"] = "".join(parts)
    for button in (button for row in content["keyboard"] for button in row):
        button["text"] = _replace(button["text"], name, instead)
    return json.dumps(content, ensure_ascii=False)


def _replace(text: str, name: str, instead: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _: instead, text)

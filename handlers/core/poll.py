"""A poll of Telegram's own, as it goes through the outbox: anonymous, closed by Telegram itself."""

from __future__ import annotations

import json

from assembly.immutable import immutable

BRIEFEST = 60  # seconds: with less time than that left nobody would answer it


@immutable
class Poll:
    """Plain text, neither HTML nor names; `closes_at` in UTC epoch seconds."""

    question: str
    options: tuple[str, ...]
    several: bool
    closes_at: int


def dump(poll: Poll) -> str:
    """The poll as JSON, for the outbox; its words stand under the name that a screen's do."""
    return json.dumps(
        {
            "text": poll.question,
            "poll": poll.options,
            "several": poll.several,
            "closes_at": poll.closes_at,
        },
        ensure_ascii=False,
    )


def load(payload: str) -> Poll | None:
    """Read what `dump` wrote; None where it is a screen."""
    data = json.loads(payload)
    if "poll" not in data:
        return None
    return Poll(data["text"], tuple(data["poll"]), data["several"], data["closes_at"])

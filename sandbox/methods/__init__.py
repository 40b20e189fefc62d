"""The methods of the Bot API, one subject a file."""

from __future__ import annotations

from sandbox.call import Handler
from sandbox.methods import callbacks, chats, media, messages, polls, profile, updates, webhook

SUBJECTS = (updates, webhook, messages, media, polls, callbacks, chats, profile)

# By name in lower case: the Bot API does not tell getMe from getme.
METHODS: dict[str, tuple[str, Handler]] = {
    name.lower(): (name, handler)
    for subject in SUBJECTS
    for name, handler in subject.METHODS.items()
}

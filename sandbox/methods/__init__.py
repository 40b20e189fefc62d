"""The methods of the Bot API, one subject a file."""

from __future__ import annotations

from sandbox.call import Handler
from sandbox.methods import callbacks, messages, updates

# By name in lower case: the Bot API does not tell getMe from getme.
METHODS: dict[str, tuple[str, Handler]] = {
    name.lower(): (name, handler)
    for table in (
        updates.METHODS,
        messages.METHODS,
        callbacks.METHODS,
    )
    for name, handler in table.items()
}

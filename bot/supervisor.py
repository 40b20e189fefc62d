"""What systemd is told: that the bot is ready, and at every tick that it still works.

Three datagrams; `sd_notify(3)` is the source. Without systemd nothing is said.
"""

from __future__ import annotations

import os
import socket


def tell(state: str) -> None:
    """`READY=1`, `WATCHDOG=1` or `STOPPING=1`. Raises nothing: it must not end what it reports."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
            sending.connect(address)
            sending.sendall(state.encode())
    except OSError:
        return

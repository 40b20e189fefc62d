"""The port on which Voci can be asked how it is, and called by Telegram."""

from __future__ import annotations

import socket

from bot.settings import Settings, blaming


def listen(settings: Settings) -> socket.socket:
    """A socket at VOCI_LISTEN. Raises SettingsError where the address can't be listened at.

    It is ours and not the web server's, so that a port that is taken is an error of ours too.
    """
    host, port = settings.listen_address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with blaming("listen"):
        listening = socket.create_server((host, port), family=family)
    # Connections inherit it: the few bytes of an answer do not wait for more.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening

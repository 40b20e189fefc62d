"""The port: ours from the start, or a sentence that names the setting."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.listening import listen
from bot.settings import Settings, SettingsError


def settings(folder: Path, address: str) -> Settings:
    return Settings(_env_file=None, bot_token="1:" + "a" * 30, data_dir=folder, listen=address)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_it_listens(tmp_path: Path, host: str) -> None:
    with listen(settings(tmp_path, f"{host}:0")) as listening:
        assert listening.getsockname()[0] == host.strip("[]")


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SettingsError, match="VOCI_LISTEN: Address already in use"):
            listen(settings(tmp_path, address))

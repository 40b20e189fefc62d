"""What systemd hears, over a socket as it makes one."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from kit.stage import Stage

from bot import supervisor


@pytest.fixture(params=["file", "abstract"])
def systemd(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> socket.socket:
    name = str(tmp_path / "notify") if request.param == "file" else f"@voci-{tmp_path.name}"
    hearing = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    hearing.bind("\0" + name[1:] if name.startswith("@") else name)
    hearing.setblocking(False)
    monkeypatch.setenv("NOTIFY_SOCKET", name)
    return hearing


def test_it_is_told(systemd: socket.socket) -> None:
    supervisor.tell("READY=1")
    assert systemd.recv(100) == b"READY=1"


async def test_each_tick_is_a_sign_of_life(stage: Stage, systemd: socket.socket) -> None:
    await stage.voci.ticker.tick()
    assert systemd.recv(100) == b"WATCHDOG=1"


async def test_a_tick_of_which_a_part_fails_is_one_too(
    stage: Stage, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To start anew mends no row that can't be read, and brings no database back."""

    async def failing() -> None:
        raise ValueError("this part fails at every tick")

    monkeypatch.setattr(stage.voci.services.eraser, "catch_up", failing)
    before = stage.voci.vitals.ticked_at
    stage.clock.move(30)
    await stage.voci.ticker.tick()
    assert systemd.recv(100) == b"WATCHDOG=1"
    assert stage.voci.vitals.ticked_at == before, "and /ready tells of it"


def test_without_it_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    supervisor.tell("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    supervisor.tell("READY=1")

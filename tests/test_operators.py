"""The boxes that pages for operators mark `sh running` or `sh stopped` are typed here.

First those about installing, in an empty folder with a Telegram beside it, then the others, page by
page in the same folder: a life of a bot. At its end the scripts in deploy/ that make copies.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from bot.clock import MovableClock
from sandbox.server import serve
from sandbox.world import World

ROOT = Path(__file__).parent.parent
PAGES, DEPLOY = ROOT / "docs" / "operators", ROOT / "deploy"
BOX = re.compile(r"^```sh (running|stopped)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MARKED = sorted(
    (page.name for page in PAGES.glob("*.md") if BOX.search(page.read_text())),
    key=lambda name: (name != "install.md", name),
)
NOW = 1_764_763_200


@dataclass
class Shell:
    """Types lines in a folder, and starts and stops the bot there."""

    folder: Path
    environment: dict[str, str]
    bot: asyncio.subprocess.Process | None = field(default=None)

    async def type(self, lines: str) -> None:
        """Raises AssertionError with all that was written, where one of the lines fails."""
        typing = await self._begin("bash", "-euo", "pipefail", "-c", lines)
        said, _ = await typing.communicate()
        assert typing.returncode == 0, f"{lines}\n{said.decode()}"

    async def be(self, state: str) -> None:
        """`running` or `stopped`."""
        if state == "running" and self.bot is None:
            self.bot = await self._begin("voci", "run")
            assert self.bot.stdout is not None
            said = b""
            while not said.endswith(b" ready\n"):
                line = await self.bot.stdout.readline()
                assert line, f"it has ended: {said.decode()}"
                said += line
        if state == "stopped" and self.bot is not None:
            self.bot.send_signal(signal.SIGTERM)
            said, _ = await self.bot.communicate()
            assert self.bot.returncode == 0, said.decode()
            self.bot = None

    async def _begin(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *words,
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )


def environment(token: str, url: str) -> dict[str, str]:
    """What is set beats `.env`: the pages' example of a token is nobody's."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    others = {key: value for key, value in os.environ.items() if not key.startswith("VOCI_")}
    own = {"BOT_TOKEN": token, "TELEGRAM_API_URL": url, "LISTEN": f"127.0.0.1:{port}"}
    return {**others, "PATH": path, **{f"VOCI_{name}": value for name, value in own.items()}}


def backup_scripts() -> list[str]:
    """What makes copies every night under systemd and in containers, with folders of the test."""
    unit = (DEPLOY / "systemd" / "voci-backup.service").read_text()
    service = "\n".join(re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)).replace("%%", "%")
    [script] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["backup"][
        "command"
    ]
    return [
        service.replace("/opt/voci/.venv/bin/", "").replace("/var/lib/", "service/"),
        script.replace("$$", "$").replace("/key-backups", "kb").replace("/backups", "b"),
    ]


@pytest.mark.thorough
@pytest.mark.timeout(300)
async def test_what_the_pages_say_to_type_works(tmp_path: Path) -> None:
    world = World(MovableClock(NOW))
    async with serve(world) as url:
        shell = Shell(tmp_path, environment(world.bot().token, url))
        try:
            for page in MARKED:
                for state, lines in BOX.findall((PAGES / page).read_text()):
                    await shell.be(state)
                    await shell.type(lines)
            await shell.be("running")
            await shell.type("mkdir -p service/voci-backups service/voci-key-backups b kb")
            for lines in backup_scripts():
                await shell.type(lines)
            for folder in ("service/voci-backups", "service/voci-key-backups", "b", "kb"):
                assert len([*(tmp_path / folder).glob("2*.zip")]) == 1, folder
        finally:
            await shell.be("stopped")


def test_what_is_typed_is_marked_with_care() -> None:
    """Installing, copies, the drill, moving and rotating are not left to be believed."""
    assert {"backups.md", "install.md", "moving.md", "rotating.md", "upgrading.md"} <= {*MARKED}
    unknown = re.compile(r"^```sh (?!running$|stopped$)", re.MULTILINE)
    assert [page.name for page in PAGES.glob("*.md") if unknown.search(page.read_text())] == []

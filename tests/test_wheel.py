"""The package as people install it: outside of the clone, whole, and with a core alone."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Awaitable
from pathlib import Path
from subprocess import CompletedProcess

import httpx
import pytest
from kit.closed_decisions import SATURDAYS

from assembly.chain import publish
from bot.clock import MovableClock
from bot.extras import CHARTS, SUMMARIES
from sandbox.server import serve
from sandbox.world import World

ROOT = Path(__file__).parent.parent
HERE = Path(sysconfig.get_path("purelib"))
LEFT_OUT = ("asyncpg", *CHARTS.libraries, *SUMMARIES.libraries)
ADDRESS = re.compile(r"Open (http://\S+) in your browser")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BASE = 150_000_000  # bytes of a slim image with Python, generously
IMAGE = 400_000_000  # bytes that the container may have

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
NOW = 1_764_763_200


def told(*command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- with words of our own
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=True,
        env=clean(**more),
    )


def clean(**more: str) -> dict[str, str]:
    """The environment of somebody who has nothing of Voci yet."""
    ours = ("VOCI_", "PYTHON", "VIRTUAL_ENV")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)} | more


def tracked() -> list[str]:
    """The project's files, whatever has been built beside them."""
    listed = told("git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing of an earlier build gets into it."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, source / name)
    told(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", made, source)
    [found] = made.iterdir()
    return found


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel, and what it needs borrowed from this one."""
    home = tmp_path_factory.mktemp("home") / "venv"
    told(sys.executable, "-m", "venv", "--without-pip", home)
    told(*PIP, "--python", home / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    [packages] = (home / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(f"{HERE}\n")
    left_out = (
        "import os, sys; sys.modules.update(dict.fromkeys(os.environ.get('LEFT_OUT', '').split()))"
    )
    (packages / "left_out.pth").write_text(f"{left_out}\n")
    return home


def test_whatever_lies_beside_the_code_is_in_it(wheel: Path) -> None:
    """SQL, migrations, catalogues, the template of printouts, the sandbox's page."""
    rooms = "assembly", "bot", "handlers", "locales", "sandbox", "storage"
    ours = {name for name in tracked() if name.partition("/")[0] in rooms}
    with zipfile.ZipFile(wheel) as packed:
        inside = {name for name in packed.namelist() if name.partition("/")[0] in rooms}
    assert len([name for name in ours if not name.endswith(".py")]) > 100
    assert inside == ours


async def test_it_runs_from_an_empty_folder(home: Path, tmp_path: Path) -> None:
    """Each as somebody types it; the sources are nowhere near."""
    published = tmp_path / "list.txt"
    published.write_text(publish(SATURDAYS).text, encoding="utf-8")
    folder = tmp_path / "empty"
    folder.mkdir()

    def voci(*words: str, **more: str) -> Awaitable[CompletedProcess[str]]:
        return asyncio.to_thread(run, home, folder, *words, **more)

    where = "-P", "-c", "import bot; print(bot.__file__)"
    assert told(home / "bin" / "python", *where).stdout.startswith(str(home))
    assert (await voci("--version")).stdout == f"voci {PROJECT['version']}\n"
    assert (await voci("verify", str(published))).returncode == 0
    assert "VOCI_BOT_TOKEN: it is missing" in (await voci("check")).stderr
    world = World(MovableClock(NOW))
    async with serve(world) as url:
        token = world.bot().token
        checked = await voci("check", VOCI_BOT_TOKEN=token, VOCI_TELEGRAM_API_URL=url)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.endswith("Everything is in order.\n")
    assert list(folder.iterdir()) == []


def run(home: Path, folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- with words of our own
        [str(home / "bin" / "voci"), *words],
        cwd=folder,
        env=clean(**more),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_a_core_alone_lives_through_the_demo(home: Path, tmp_path: Path) -> None:
    """Weeks of a centre without what draws, prints and summarises; and the page opens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with subprocess.Popen(  # noqa: S603 -- with words of our own
        [home / "bin" / "voci", "demo", "--port", str(port)],
        cwd=tmp_path,
        env=clean(LEFT_OUT=" ".join(LEFT_OUT), PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
    ) as demo:
        assert demo.stdout is not None
        said = []
        try:
            for line in demo.stdout:
                said.append(line)
                if found := ADDRESS.search(line):
                    assert httpx.get(found[1], trust_env=False).status_code == 200
                    break
        finally:
            demo.send_signal(signal.SIGINT)
    assert said[0].startswith("The extra charts is not installed") and found, said
    assert said[1].startswith("The extra summaries is not installed")
    assert demo.returncode == 0


@pytest.mark.long
@pytest.mark.timeout(600)
def test_pipx_installs_it_with_all_that_it_needs(wheel: Path, tmp_path: Path) -> None:
    """As `pipx install voci`, with the packages that the index has today."""
    folders = {"PIPX_HOME": str(tmp_path / "pipx"), "PIPX_BIN_DIR": str(tmp_path / "bin")}
    told(sys.executable, "-m", "pipx", "install", "--quiet", wheel, **folders)
    told(tmp_path / "bin" / "voci", "--version")
    checked = subprocess.run(  # noqa: S603 -- with words of our own
        [tmp_path / "bin" / "voci", "check"],
        cwd=tmp_path,
        env=clean(),
        capture_output=True,
        text=True,
    )
    assert "VOCI_BOT_TOKEN: it is missing" in checked.stderr


@pytest.mark.long
@pytest.mark.timeout(600)
def test_what_is_in_the_container_is_small(wheel: Path, tmp_path: Path) -> None:
    """The container's own lines, without the container: wheels only, by the lock of the core."""
    python = tmp_path / "venv" / "bin" / "python"
    told(sys.executable, "-m", "venv", tmp_path / "venv")
    by_the_lock = (
        "--only-binary",
        ":all:",
        "--require-hashes",
        "-r",
        ROOT / "requirements-core.lock",
    )
    told(python, "-m", "pip", "--quiet", "install", *by_the_lock)
    told(python, "-m", "pip", "--quiet", "install", "--no-deps", "--no-index", wheel)
    told(tmp_path / "venv" / "bin" / "voci", "--version")
    files = [each for each in (tmp_path / "venv").rglob("*") if each.is_file()]
    size = sum(each.stat().st_size for each in files)
    print(f"{size / 1e6:.0f} MB beside a base of {BASE / 1e6:.0f} MB")
    assert size + BASE < IMAGE

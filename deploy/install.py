"""Installs what a lock names into the virtual environment whose Python runs this.

It says how far it is: pip is silent for most of a minute while it unpacks. It needs nothing but
the standard library: `.venv/bin/python deploy/install.py requirements.lock`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes")
LOOK = 0.5  # seconds between two looks at how far pip is
SELDOM = 20  # looks between two lines where a line can't be written over
WORDS = 3000  # characters of what pip wrote last, where it failed


def how_far(lock: str, written: str, unpacked: int) -> str:
    """A sentence for people, from what pip wrote so far and how many packages it has unpacked."""
    wanted = len(re.findall(r"^\S+==", lock, re.MULTILINE))
    wanted -= len(re.findall(r"^Ignoring ", written, re.MULTILINE))  # for other machines
    here = len(re.findall(r"^Requirement already", written, re.MULTILINE))
    if "\nInstalling collected packages" in written:
        return f"{min(here + unpacked, wanted)} of {wanted} packages are installed"
    fetched = here + len(re.findall(r"^(?:Collecting|Processing) ", written, re.MULTILINE))
    return f"{min(fetched, wanted)} of {wanted} packages are fetched"


def install(lock: Path, packages: Path) -> int:
    """What pip ends with; where it fails, the end of what it wrote is said."""
    before = _unpacked(packages)
    print(f"What Voci needs is installed, by {lock.name}. This is done once.", flush=True)
    with tempfile.NamedTemporaryFile(prefix="voci-install-") as log:
        command = [*PIP, "--requirement", str(lock)]
        with subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as pip:
            looks = 0
            while pip.poll() is None:
                try:
                    pip.wait(LOOK)
                except subprocess.TimeoutExpired:
                    looks += 1
                unpacked = _unpacked(packages) - before
                _tell(how_far(lock.read_text(), _read(log.name), unpacked), looks)
        if sys.stdout.isatty():
            print()
        if pip.returncode:
            print(_read(log.name)[-WORDS:], file=sys.stderr)
    return pip.returncode


def _unpacked(packages: Path) -> int:
    return sum(1 for _ in packages.glob("*.dist-info"))


def _read(log: str) -> str:
    return Path(log).read_text(encoding="utf-8", errors="replace")


def _tell(sentence: str, looks: int) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{sentence}", end="", flush=True)
    elif looks % SELDOM == 0:
        print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1]), Path(sysconfig.get_path("purelib"))))

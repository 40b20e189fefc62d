"""A test that is ended for hanging takes with it what it started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil

TESTS = Path(__file__).parent
HANGS = """
import subprocess, threading
from pathlib import Path

def test_hangs():
    # As a server goes into the background: nobody's child, and in a session of its own.
    started = subprocess.run(
        ["sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 & echo $!"],
        capture_output=True, text=True, check=True,
    )
    Path("started").write_text(started.stdout)
    threading.Event().wait()
"""


def test_what_a_hanging_test_started_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "test_hangs.py").write_text(HANGS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    plugins = ("-p", "xdist", "-p", "pytest_timeout", "-p", "kit.left_behind")
    options = (*plugins, "-n", "1", "--timeout", "1", "--timeout-method", "thread")
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "pytest", *options, "test_hangs.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TESTS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "crashed" in done.stdout, done.stdout + done.stderr
    started = int((tmp_path / "started").read_text())
    assert not psutil.pid_exists(started) or psutil.Process(started).status() == "zombie"

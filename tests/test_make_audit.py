"""`make audit` with a pip-audit of the test's own: what could not be looked up is no clean bill."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def audit(tmp_path: Path, script: str, *more: str) -> subprocess.CompletedProcess[str]:
    fake = tmp_path / "pip-audit"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o700)
    words = ("make", "-o", ".venv/ready-dev", "audit", f"RUN={tmp_path}", *more)
    return subprocess.run(  # noqa: S603 -- make, with words of our own
        words, cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("code", [1, 2])
def test_whatever_pip_audit_stumbles_over_fails(tmp_path: Path, code: int) -> None:
    done = audit(tmp_path, f"exit {code}")
    assert done.returncode != 0
    assert "could not be looked up" in done.stdout


def test_it_is_strict(tmp_path: Path) -> None:
    """Without --strict, pip-audit leaves out what it doesn't find, and ends well."""
    strict = 'case " $* " in *" --strict "*) exit 1;; esac; echo "skipped: somepackage"; exit 0'
    assert audit(tmp_path, strict).returncode != 0
    assert audit(tmp_path, "exit 0").returncode == 0


def test_offline_says_that_nothing_is_known(tmp_path: Path) -> None:
    done = audit(tmp_path, "echo called; exit 0", "OFFLINE=1")
    assert done.returncode == 0
    assert "nothing was looked up" in done.stdout and "called" not in done.stdout

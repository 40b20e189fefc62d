"""`make demo` on a fresh machine: which Python is too old, and how far the installing is."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
LOCK = """\
anyio==4.0 \\
    --hash=sha256:00
colorama==0.4 ; sys_platform == 'win32' \\
numpy==2.0 \\
"""
IGNORED = "Ignoring colorama: markers 'sys_platform == \"win32\"' don't match your environment\n"


@pytest.fixture(scope="module")
def installing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("installing", ROOT / "deploy" / "install.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_python_that_is_too_old_is_named_before_anything_is_made(tmp_path: Path) -> None:
    old = tmp_path / "python3.10"
    old.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "$(echo "$2" | sed "s/sys.version_info/(3, 10)/")"\n'
    )
    old.chmod(0o700)
    command = ["make", "-f", str(ROOT / "Makefile"), ".venv/ready", f"PYTHON={old}"]
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    done = subprocess.run(  # noqa: S603 -- make, with words of our own
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert done.stderr.startswith(f"Voci needs Python 3.11 or newer, and {old} is older: install")
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("written", "unpacked", "said"),
    [
        ("", 0, "0 of 3 packages are fetched"),
        (f"{IGNORED}Collecting anyio==4.0\n", 0, "1 of 2 packages are fetched"),
        (f"{IGNORED}Requirement already satisfied: anyio\n", 0, "1 of 2 packages are fetched"),
        (
            f"{IGNORED}Collecting anyio\nProcessing numpy.whl\nInstalling collected packages: a",
            1,
            "1 of 2 packages are installed",
        ),
        (
            f"{IGNORED}Requirement already: anyio\nCollecting b\nInstalling collected packages: b",
            1,
            "2 of 2 packages are installed",
        ),
    ],
)
def test_how_far_it_is(installing: ModuleType, written: str, unpacked: int, said: str) -> None:
    assert installing.how_far(LOCK, written, unpacked) == said


@pytest.mark.parametrize("code", [0, 1])
def test_it_ends_with_what_pip_ends_with(
    installing: ModuleType,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK)
    script = f"import sys; print('hashes do not match'); sys.exit({code})"
    monkeypatch.setattr(installing, "PIP", (sys.executable, "-c", script))
    assert installing.install(lock, tmp_path) == code
    said = capsys.readouterr()
    assert said.out.startswith("What Voci needs is installed, by requirements.lock.")
    assert ("hashes do not match" in said.err) == bool(code)

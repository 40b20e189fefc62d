"""What is in deploy/ holds together: hardening, exit codes, settings, the lock."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, StoresError

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
EXPOSED = 2.5  # at most, of the 10 that systemd gives a service without any hardening


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_is_hardened(unit: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("systemd-analyze is not here: how exposed a service is was not measured")
    command = [systemd, "security", "--offline=yes", "--no-pager", str(unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"exposure level for \S+: ([\d.]+)", told)
    assert found is not None and float(found[1]) <= EXPOSED, told[-300:]


def test_what_does_not_pass_by_itself_is_not_begun_again() -> None:
    service = (DEPLOY / "systemd" / "voci.service").read_text()
    assert f"RestartPreventExitStatus={SettingsError.code} {StoresError.code}\n" in service


def test_every_setting_that_is_named_exists() -> None:
    known = {f"VOCI_{name.upper()}" for name in Settings.model_fields}
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    named = {name for path in files for name in re.findall(r"VOCI_[A-Z_]+", path.read_text())}
    assert named and named <= known


def test_the_container_has_no_root_and_installs_by_the_lock() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    assert "USER voci" in lines
    [install] = [line for line in lines if "requirements.lock" in line and "install" in line]
    assert "--require-hashes" in install and "--only-binary :all:" in install


@pytest.mark.parametrize(
    "asked", ["read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "127.0.0.1:8080"]
)
def test_the_composition_leaves_nothing_open(asked: str) -> None:
    assert asked in (DEPLOY / "compose.yaml").read_text()

"""The walls between the rooms hold: whoever breaks one hears of it from `make check`."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assembly", "bot", "handlers", "sandbox", "storage")
SCREENS = sorted(ROOT.glob("handlers/**/screens/*.py"))

# For each contract of import-linter an import that it forbids, and the module that gets it.
BREACHES = {
    "Imports point one way": ("assembly/agenda.py", "storage.proposals"),
    "Nothing but the demo command": ("bot/clock.py", "sandbox.world"),
    "The sandbox knows the bot only": ("sandbox/world.py", "bot.clock"),
    "Telegram stays in bot and handlers": ("storage/lots.py", "telegram"),
    "Databases stay in storage": ("bot/menu.py", "aiosqlite"),
    "Rooms of handlers": ("handlers/proposals/agenda.py", "handlers.checkins.rounds"),
    "Screens are pure": ("handlers/proposals/screens/agenda.py", "handlers.core.context"),
    "No circles inside a room": ("storage/engine/errors.py", "storage.engine.database"),
}


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def test_every_contract_is_broken_on_purpose_here() -> None:
    names = contracts()
    assert len(names) == len(BREACHES)
    for beginning in BREACHES:
        assert [name for name in names if name.startswith(beginning)], beginning


def test_a_breach_of_each_wall_is_found(tmp_path: Path) -> None:
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.po")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for place, forbidden in BREACHES.values():
        with (tmp_path / place).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {forbidden}\n")
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run(  # noqa: S603 - our own linter
        [linter, "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    broken = set(re.findall(r"^(.+) BROKEN", found.stdout, re.MULTILINE))
    assert broken == set(contracts())


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: str(path.relative_to(ROOT)))
def test_screens_wait_for_nothing_and_ask_no_storage(path: Path) -> None:
    """Of storage they know what its rows look like (types), not how to read them (functions)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("storage"):
            asked = [alias.name for alias in node.names if not alias.name[0].isupper()]
            assert asked == [], f"{node.module} is asked for {asked}"

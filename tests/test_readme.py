"""What the README says works: its example of a test, its commands, its links."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from kit.stage import Stage, open_stage

from bot.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


async def test_the_example_passes(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (name,) = re.findall(r"async def (\w+)", example)
    defined: dict[str, Any] = {"Stage": Stage}
    exec(example, defined)  # noqa: S102 - our own README
    async with open_stage(tmp_path) as stage:
        await defined[name](stage)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:    |`)make (\w+)", README))))
def test_its_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_its_voci_commands_exist() -> None:
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    named = set(re.findall(r"\.venv/bin/voci (\w+)", README))
    assert named and named <= known


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_its_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_its_screenshot_is_small() -> None:
    assert (ROOT / "docs/screenshot.png").stat().st_size < 300_000

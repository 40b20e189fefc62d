"""Files that somebody sends: too large, endless, deep. One sentence and exit code 2, never more.

What a backup may hold is tried in tests/storage/backups/test_backup_file.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from bot import tally, verify
from bot.cli import app

ENDLESS = Path("/dev/zero")
HOSTILE: dict[str, Callable[[Path], object]] = {
    "endless": lambda path: path.symlink_to(ENDLESS),
    "large": lambda path: path.write_bytes(b"voci-decision 1\n" + b"1 2 0 " * 2**24),
    "many lines": lambda path: path.write_bytes(b"\n" * 3_000_000),
    "deep": lambda path: path.write_bytes(b"voci-decision 1\nrule " + b"[" * 500_000 + b"\n"),
    "deep BLT": lambda path: path.write_bytes(b"2 1\n" + b"(" * 500_000),
    "one long line": lambda path: path.write_bytes(b"2 1\n1 " + b"1 " * 2**20),
    "huge numbers": lambda path: path.write_bytes(b"9" * 5_000 + b" 1\n1 1 0\n0\n"),
    "many candidates": lambda path: path.write_bytes(b"999999999 1\n1 1 0\n0\n" + b'"A"\n' * 3),
    "a folder": lambda path: path.mkdir(),
}
BEYOND = {  # what is refused for its size alone, before anything of it is looked at
    "verify": ({"endless", "large", "many lines"}, "which no list has."),
    "tally": ({"endless", "large", "many lines", "one long line"}, "are no election."),
}
COMMANDS = {
    "verify": ("verify",),
    "tally": ("tally", "--method", "irv"),
    "restore": ("restore",),
}


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tally, "MOST_BYTES", 4 * 2**20)
    monkeypatch.setattr(verify, "MOST_BYTES", 4 * 2**20)
    monkeypatch.setenv("VOCI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOCI_BOT_TOKEN", "1:" + "a" * 35)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_with_a_sentence(tmp_path: Path, kind: str, command: str) -> None:
    path = tmp_path / "file"
    HOSTILE[kind](path)
    came = CliRunner().invoke(app, [*COMMANDS[command], str(path)])
    assert isinstance(came.exception, SystemExit) and "Traceback" not in came.output
    said = 1 if command == "verify" and kind == "deep" else 2  # a list, of which a line is wrong
    assert came.exit_code == said, came.output
    assert 0 < len(came.output) < 5_000
    assert came.output.rstrip().endswith(".") or command != "tally"
    beyond, words = BEYOND.get(command, (set(), ""))
    assert (kind in beyond) == (words in came.output and words != "")


def test_endless_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with ENDLESS.open("rb") as endless:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))
        with pytest.raises(tally.CannotTally, match="standard input can't be read: more than 4 M"):
            tally.report(tally.STDIN, "irv", None, None, "text")

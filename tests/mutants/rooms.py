"""Which files get mutated, and which tests have to notice it."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TOP = ("assembly", "bot", "handlers", "sandbox", "storage")
WITNESSES = Path(__file__).with_name("witnesses.toml")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)  # noqa: S607
    if done.returncode:
        raise LookupError(done.stderr.strip())
    return done.stdout


def tracked() -> list[Path]:
    """All files of the project, those not yet added included; relative to the root."""
    names = _git("ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    return [Path(name) for name in sorted(set(names)) if (ROOT / name).is_file()]


def changed() -> list[Path]:
    """Sources that differ from where this branch left main. Raises LookupError without a main."""
    base = _git("merge-base", "HEAD", "main").strip()
    names = {*_git("diff", "--name-only", base).splitlines(), *map(str, _untracked())}
    return [path for path in sources(TOP) if str(path) in names]


def _untracked() -> list[Path]:
    return [Path(name) for name in _git("ls-files", "--others", "--exclude-standard").splitlines()]


def sources(rooms: Iterable[str]) -> list[Path]:
    """The Python files in these folders (or files). Raises LookupError for an empty room."""
    found: set[Path] = set()
    for room in rooms:
        path = ROOT / room
        inside = [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))
        here = {file.relative_to(ROOT) for file in inside if file.is_file()}
        if not here or Path(room).parts[0] not in TOP:
            raise LookupError(f"no sources in {room}")
        found |= {file for file in here if file.name != "__init__.py"}
    return sorted(found)


def witnesses(source: Path) -> list[Path]:
    """The tests that answer for a source: its mirror and those named for it, or its room's.

    assembly/quorum.py is answered for by tests/assembly/test_quorum.py and test_quorum_*.py
    beside it, and by what witnesses.toml names for it or for a folder above it; where there is
    neither, by every test in tests/assembly/ itself.
    """
    mirror = Path("tests") / source.parent
    patterns = [f"{mirror}/test_{source.stem}.py", f"{mirror}/test_{source.stem}_*.py"]
    named = tomllib.loads(WITNESSES.read_text(encoding="utf-8"))
    above = {str(source), *map(str, source.parents)}
    patterns += [pattern for key, globs in named.items() if key in above for pattern in globs]
    return _matching(patterns) or _matching([f"{mirror}/test_*.py"])


def _matching(patterns: Iterable[str]) -> list[Path]:
    found = {path.relative_to(ROOT) for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(found)

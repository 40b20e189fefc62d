"""A copy of the project in which mutmut may do as it likes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.rooms import ROOT, TOP, tracked

HERE = Path(__file__).parent

# A mutant that never ends costs (3 s + 4 times what its tests take): the machine may be busy.
_SETUP = """\
[mutmut]
timeout_multiplier=4.0
timeout_constant=3.0
use_git_change_detection=false
"""

# No cache, few examples, one engine: PostgreSQL would be started anew for every mutant.
_PYTEST = (
    *("-p", "no:cacheprovider", "-p", "small", "--hypothesis-profile=small"),
    *("-k", "not postgresql"),
)

# What pytest exits with where a test module can't even be imported any more.
_UNIMPORTABLE = "check was interrupted by user"
_DEAD = ("killed", "segfault", _UNIMPORTABLE)


@dataclass(frozen=True)
class Mutant:
    """One change to one function, as lines of text, and what the tests made of it."""

    file: str
    function: str
    was: str
    becomes: str
    status: str  # as mutmut names it; empty where the mutant was not drawn

    @property
    def drawn(self) -> bool:
        return self.status != ""

    @property
    def killed(self) -> bool:
        return self.status in _DEAD

    @property
    def timed_out(self) -> bool:
        return self.status == "timeout"

    @property
    def survived(self) -> bool:
        """No test noticed; one that no test even reaches survives as well."""
        return self.drawn and not self.killed and not self.timed_out


def _listed(key: str, values: Sequence[object]) -> str:
    return "\n  ".join([f"{key}=", *map(str, values)]) + "\n"


@contextmanager
def _copy(sources: Sequence[Path], tests: Sequence[Path]) -> Iterator[Path]:
    from tests.mutants.operators import undecorated

    with tempfile.TemporaryDirectory(prefix="voci-mutants-") as name:
        copy = Path(name)
        for path in tracked():
            (copy / path.parent).mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, copy / path)
        for path in sources:
            code = (ROOT / path).read_text(encoding="utf-8")
            (copy / path).write_text(undecorated(code), encoding="utf-8")
        packages = {path.parts[0] for path in tracked() if path.suffix == ".py"} - {"tests"}
        others = {path.parts[0] for path in tracked()} - packages - {"tests"}
        setup = _SETUP + _listed("source_paths", sorted(packages | set(TOP)))
        setup += _listed("also_copy", sorted(others)) + _listed("only_mutate", sources)
        setup += _listed("pytest_add_cli_args", _PYTEST)
        setup += _listed("pytest_add_cli_args_test_selection", tests)
        (copy / "setup.cfg").write_text(setup, encoding="utf-8")
        yield copy


def run(sources: Sequence[Path], tests: Sequence[Path], most: int, seed: str) -> list[Mutant]:
    """Makes the mutants of these sources and lets these tests loose on them.

    most: how many mutants of each file are tried, drawn with the seed; 0 tries all.
    Raises RuntimeError when mutmut gives up, which it does when the tests fail without mutants.
    """
    with _copy(sources, tests) as copy:
        command = [sys.executable, str(HERE / "inside.py"), str(most), seed]
        # The order of a set is part of what is run: the same run twice finds the same.
        environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(HERE)}
        done = subprocess.run(command, cwd=copy, env=environment)
        if done.returncode:
            raise RuntimeError("mutmut gave up; what it says stands above")
        rows = json.loads((copy / "results.json").read_text(encoding="utf-8"))
    fields = ("file", "function", "was", "becomes", "status")
    return [Mutant(**{field: row[field] for field in fields}) for row in rows]

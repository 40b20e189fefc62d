"""Runs benchmarks, each in a process of its own, so that none finds what another has left.

A benchmark is a module right in `bench/` with `FIGURES`, the sizes `FULL` and `SMALL`, and
`measure(size)`, which returns a value for each of its figures.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.harness.figure import Figure

ROOT = Path(__file__).parents[2]
PATIENCE = 900  # seconds; one that takes longer has failed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a benchmark: a value for each figure, or nothing and why."""

    title: str
    figures: Sequence[Figure]
    values: dict[str, float]
    failure: str = ""

    @property
    def good(self) -> bool:
        """Whether everything was measured and every limit is kept."""
        return not self.failure and not any(
            figure.missed(self.values[figure.name]) for figure in self.figures
        )


def benchmarks(package: str) -> list[str]:
    """The modules of a package by their full names, without those that begin with `_`."""
    folders = importlib.import_module(package).__path__
    return [
        f"{package}.{module.name}"
        for module in pkgutil.iter_modules(folders)
        if not module.ispkg and not module.name.startswith("_")
    ]


def outcome(module: str, *, small: bool) -> Outcome:
    """Runs a benchmark in a process of its own; never raises for what goes wrong in there."""
    command = [sys.executable, "-m", "bench.harness.one", module, "SMALL" if small else "FULL"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return Outcome(module, (), {}, f"not done after {PATIENCE} s")
    if done.returncode != 0:
        return Outcome(module, (), {}, f"exit code {done.returncode}")
    benchmark = importlib.import_module(module)
    figures: Sequence[Figure] = benchmark.FIGURES
    if not figures:
        return Outcome(module, (), {}, "it measures nothing")
    title = (benchmark.__doc__ or module).splitlines()[0].rstrip(".")
    return Outcome(title, figures, json.loads(done.stdout))

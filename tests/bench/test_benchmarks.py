"""Every benchmark runs, with sizes so small that nothing can be said of its speed."""

from __future__ import annotations

import importlib
import math
from pathlib import Path

import pytest

from bench.harness.running import benchmarks, outcome

ROOT = Path(__file__).parents[2]


def test_each_module_of_the_folder_is_a_benchmark() -> None:
    files = {path.stem for path in (ROOT / "bench").glob("[!_]*.py")}
    assert files
    assert set(benchmarks("bench")) == {f"bench.{name}" for name in files}


@pytest.mark.parametrize("module", benchmarks("bench"))
def test_it_measures_what_it_declares(module: str, request: pytest.FixtureRequest) -> None:
    if module.endswith("_postgres"):
        request.getfixturevalue("postgres_server")  # where none can start, it says why
    found = outcome(module, small=True)
    assert found.failure == ""
    assert found.figures
    assert all(math.isfinite(found.values[figure.name]) for figure in found.figures)
    assert any(figure.limit for figure in found.figures)


@pytest.mark.parametrize("module", benchmarks("bench"))
def test_the_documentation_has_its_figures(module: str) -> None:
    """After a figure was added or a limit changed: `make figures`."""
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    for figure in importlib.import_module(module).FIGURES:
        line = next(line for line in page.splitlines() if line.startswith(f"| {figure.name} |"))
        assert f" | {figure.limit} | " in line

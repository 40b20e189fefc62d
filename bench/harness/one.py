"""One benchmark in this process: its figures as JSON on stdout, whatever else it says on stderr."""

from __future__ import annotations

import contextlib
import importlib
import json
import sys

from bench.harness.figure import Figure


def main(module: str, size: str) -> None:
    """Raises AssertionError where something else was measured than the module's FIGURES say."""
    benchmark = importlib.import_module(module)
    with contextlib.redirect_stdout(sys.stderr):
        values: dict[Figure, float] = benchmark.measure(getattr(benchmark, size))
    assert values.keys() == set(benchmark.FIGURES), f"{module} has not measured what it declares"
    print(json.dumps({figure.name: value for figure, value in values.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""`make bench`: every benchmark of this folder, as Markdown on stdout; exit code 1 for a failure.

A limit that is missed is a failure, and so is a benchmark that ends without its figures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.harness.page import circumstances, put_into, table
from bench.harness.running import benchmarks, outcome


def main(arguments: Sequence[str] | None = None, package: str = "bench") -> int:
    """Runs those that are named, or all; the exit code."""
    known = {module.rpartition(".")[2]: module for module in benchmarks(package)}
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", nargs="*", help=", ".join(known))
    parser.add_argument("--small", action="store_true", help="only see that they run")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="write the page's block, too")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.name) - known.keys():
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    parts, good = [circumstances() + "\n"], bool(known)
    print(parts[0], flush=True)
    for name in chosen.name or known:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        result = outcome(known[name], small=chosen.small)
        good = good and result.good
        parts.append(table(result))
        print(parts[-1], flush=True)
    if chosen.into:
        put_into(chosen.into, "\n".join(parts))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

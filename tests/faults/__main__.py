"""`make faults`: short lives of a centre on a machine that lets it down, each from a seed."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.faults import place
from tests.faults.life import live


def main() -> int:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="of the first")
    parser.add_argument("--lives", type=int, default=1_000)
    wanted = parser.parse_args()
    logging.getLogger().addHandler(logging.NullHandler())  # what is logged is looked at, not shown
    sys.stdout.write(f"seeds from {wanted.seed} on\n")
    failed, lived, deaths = 0, Counter[str](), 0
    seeds = range(wanted.seed, wanted.seed + wanted.lives)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor() as processes:
        place.build(Path(folder))
        for life in processes.map(partial(live, made=Path(folder)), seeds, chunksize=4):
            lived[life.weather] += 1
            deaths += life.deaths
            if life.broken:
                failed += 1
                sys.stdout.write(f"seed {life.seed} ({life.weather}):\n")
                sys.stdout.write("".join(f"  {each}\n" for each in life.broken))
    weathers = ", ".join(f"{n} of {kind}" for kind, n in sorted(lived.items()))
    sys.stdout.write(f"{wanted.lives} lives ({weathers}), {deaths} deaths: {failed} went wrong\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

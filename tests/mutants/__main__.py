"""`make mutants`: breaks the code in small ways and asks the tests whether they notice.

docs/mutants.md tells how to read what comes out.
"""

from __future__ import annotations

import argparse
import sys

from tests.mutants.equivalent import listed
from tests.mutants.report import report
from tests.mutants.rooms import changed, sources, witnesses
from tests.mutants.workshop import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("room", nargs="*", help="folders or files; without: what main lacks")
    parser.add_argument("--sample", type=int, default=0, help="at most so many mutants a file")
    parser.add_argument("--seed", default="1", help="for drawing the sample")
    wanted = parser.parse_args()
    try:
        files = sources(wanted.room) if wanted.room else changed()
    except LookupError as error:
        sys.stdout.write(f"{error}\n")
        return 2
    if not files:
        sys.stdout.write("no source differs from main\n")
        return 0
    tests = sorted({test for file in files for test in witnesses(file)})
    lines, passed = report(run(files, tests, wanted.sample, wanted.seed), listed())
    sys.stdout.write("\n".join(["", *lines, ""]))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())

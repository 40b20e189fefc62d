"""`make bench`: every module of this folder, one short table each."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path


def main() -> None:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name != "__main__":
            importlib.import_module(f"bench.{module.name}").main()
            print()


if __name__ == "__main__":
    main()

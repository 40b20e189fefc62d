"""Runs mutmut in a copy of the project; its own process, started by workshop.py.

Arguments: the most mutants a file (0: all), the seed. Writes results.json: every mutant's file,
function, text before and after, and what came of it ("" where it was not drawn).
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import operators
from mutmut import __main__ as mutmut
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key


def _load(path: Path) -> SourceFileMutationData:
    data = SourceFileMutationData(path=path)
    data.load()
    return data


def _described(path: Path, name: str) -> dict[str, str]:
    lines = get_diff_for_mutant(name, path=path).splitlines()[2:]
    function, owner = orig_function_and_class_names_from_key(name)
    return {
        "name": name,
        "file": str(path),
        "function": f"{owner}.{function}" if owner else function,
        "was": " ".join(line[1:].strip() for line in lines if line.startswith("-")),
        "becomes": " ".join(line[1:].strip() for line in lines if line.startswith("+")),
    }


def _drawn(path: Path, names: list[str], most: int, seed: str) -> list[str]:
    if not most or len(names) <= most:
        return names
    return random.Random(f"{seed} {path}").sample(names, most)


def main(most: int, seed: str) -> None:
    operators.install()
    copy_src_dir()
    copy_also_copy_files()
    mutmut.create_mutants(1)
    names = {path: list(_load(path).exit_code_by_key) for path in walk_mutatable_files()}
    drawn = {name for path in names for name in _drawn(path, names[path], most, seed)}
    if drawn:
        mutmut._run(sorted(drawn), 1)
    results = []
    for path in names:
        outcomes = _load(path).exit_code_by_key
        for name in names[path]:
            status = status_by_exit_code[outcomes[name]] if name in drawn else ""
            results.append({**_described(path, name), "status": status})
    Path("results.json").write_text(json.dumps(results), encoding="utf-8")


main(int(sys.argv[1]), sys.argv[2])

"""Runs mutmut in a copy of the project; its own process, started by workshop.py.

Arguments: the most mutants a file (0: all), the seed. Writes results.json: every mutant's file,
function, text before and after, and what came of it ("" where it was not drawn).
"""

from __future__ import annotations

import json
import random
import sys
from difflib import unified_diff
from pathlib import Path

import operators
from mutmut import __main__ as mutmut
from mutmut.mutation.data import MutantLineSpans, SourceFileMutationData
from mutmut.mutation.diff_apply import generated_function_names
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key


def _load(path: Path) -> SourceFileMutationData:
    data = SourceFileMutationData(path=path)
    data.load()
    return data


def _described(path: Path, names: list[str]) -> list[dict[str, str]]:
    """Each mutant by its place and its changed lines, read in one pass and without parsing."""
    index = MutantLineSpans.load(path)
    if index is None:
        raise RuntimeError(f"mutmut left no index of {path}")
    functions = list(index.span_by_function_name)
    code = dict(zip(functions, index.read_function_sources(functions), strict=True))
    rows = []
    for name in names:
        function, owner = orig_function_and_class_names_from_key(name)
        original, mutant = generated_function_names(name)
        was = code[original].replace(original, function).splitlines()
        becomes = code[mutant].replace(mutant, function).splitlines()
        lines = list(unified_diff(was, becomes, n=0))[3:]
        rows.append(
            {
                "name": name,
                "file": str(path),
                "function": f"{owner}.{function}" if owner else function,
                "was": " ".join(line[1:].strip() for line in lines if line[0] == "-"),
                "becomes": " ".join(line[1:].strip() for line in lines if line[0] == "+"),
            }
        )
    return rows


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
        for row in _described(path, names[path]):
            name = row["name"]
            status = status_by_exit_code[outcomes[name]] if name in drawn else ""
            results.append({**row, "status": status})
    Path("results.json").write_text(json.dumps(results), encoding="utf-8")


main(int(sys.argv[1]), sys.argv[2])

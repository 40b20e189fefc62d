"""The mutants that no test can kill, since they do what the code does; each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.workshop import Mutant

LIST = Path(__file__).with_name("equivalent.toml")


@dataclass(frozen=True)
class Equivalent:
    """The mutant's place and text, and why nobody can tell it from the code."""

    file: str
    function: str
    was: str
    becomes: str
    reason: str

    def means(self, mutant: Mutant) -> bool:
        place = (mutant.file, mutant.function, mutant.was, mutant.becomes)
        return place == (self.file, self.function, self.was, self.becomes)


def listed(path: Path = LIST) -> list[Equivalent]:
    """Raises TypeError for an entry in which something is missing."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    return [Equivalent(**row) for row in rows]


def stale(entries: Iterable[Equivalent], mutants: Sequence[Mutant]) -> list[Equivalent]:
    """Entries that name no mutant of the files that were run, or one that a test does kill."""
    files = {mutant.file for mutant in mutants}
    found = []
    for entry in entries:
        meant = [mutant for mutant in mutants if entry.means(mutant)]
        if entry.file in files and (not meant or any(mutant.killed for mutant in meant)):
            found.append(entry)
    return found

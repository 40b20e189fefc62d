"""What a run found, in figures and in lines of code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.mutants.equivalent import Equivalent, stale
from tests.mutants.workshop import Mutant

ENOUGH = 90  # percent of the mutants that can be killed


@dataclass(frozen=True)
class Score:
    """Mutants that were tried: counts."""

    killed: int
    timed_out: int
    survived: int
    equivalent: int

    @property
    def percent(self) -> float:
        """Of the mutants that can be killed, 0 to 100; nothing to kill is all killed.

        A mutant that never ends counts as noticed.
        """
        noticed = self.killed + self.timed_out
        possible = noticed + self.survived
        return 100 * noticed / possible if possible else 100.0


def score(mutants: Sequence[Mutant], entries: Sequence[Equivalent]) -> Score:
    alive = [mutant for mutant in mutants if mutant.survived]
    excused = sum(any(entry.means(mutant) for entry in entries) for mutant in alive)
    return Score(
        killed=sum(mutant.killed for mutant in mutants),
        timed_out=sum(mutant.timed_out for mutant in mutants),
        survived=len(alive) - excused,
        equivalent=excused,
    )


def _row(name: str, made: int, found: Score) -> str:
    counts = (made, found.killed, found.timed_out, found.survived, found.equivalent)
    return f"{name:48}" + "".join(f"{count:11}" for count in counts) + f"{found.percent:9.1f} %"


def report(mutants: Sequence[Mutant], entries: Sequence[Equivalent]) -> tuple[list[str], bool]:
    """The lines to print, and whether the run passes: enough killed, no entry stale."""
    lines = list(_survivors(mutants, entries))
    heads = ("mutants", "killed", "timeout", "survived", "equivalent")
    lines.append(f"{'file':48}" + "".join(f"{head:>11}" for head in heads) + f"{'score':>11}")
    for file in sorted({mutant.file for mutant in mutants}):
        own = [mutant for mutant in mutants if mutant.file == file]
        lines.append(_row(file, len(own), score(own, entries)))
    whole = score(mutants, entries)
    lines.append(_row("all", len(mutants), whole))
    old = stale(entries, mutants)
    lines += [
        f"stale in equivalent.toml: {entry.file} {entry.function}: {entry.becomes}" for entry in old
    ]
    if whole.percent < ENOUGH:
        lines.append(f"fewer than {ENOUGH} % were killed")
    return lines, whole.percent >= ENOUGH and not old


def _survivors(mutants: Sequence[Mutant], entries: Sequence[Equivalent]) -> Iterator[str]:
    for mutant in mutants:
        if mutant.survived and not any(entry.means(mutant) for entry in entries):
            yield f"{mutant.status}: {mutant.file} {mutant.function}"
            yield f"  - {mutant.was}"
            yield f"  + {mutant.becomes}"

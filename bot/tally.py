"""`voci tally`: count any BLT file, by any method, for anybody. Needs no settings and no bot."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from assembly.count import Counting
from assembly.counting import lot
from assembly.counting.blt import Election, parse
from assembly.counting.blt_words import BrokenBlt
from assembly.counting.methods import tally
from assembly.immutable import immutable
from assembly.ranking import EqualRanks
from bot.tally_csv import as_csv
from bot.tally_html import as_html
from bot.tally_json import as_json
from bot.tally_text import as_text
from bot.tally_words import clean, listing, reason

STDIN = Path("-")
MOST_BYTES, MOST_LINES, LONGEST_LINE = 64 * 2**20, 2_000_000, 2**20
MOST_OPTIONS = 1000  # of which every two can be compared, round by round, in memory
FORMATS = ("text", "json", "html", "csv")


class CannotTally(Exception):
    """The file or what was asked of it is wrong; the message is a sentence for the operator."""


@immutable
class Report:
    """A result in its format, and what has to be said of how the file was read, a line each."""

    text: str
    notes: tuple[str, ...]


def report(
    path: Path, method_name: str, seats: int | None, seed: str | None, written: str
) -> Report:
    """The result of counting a file, written as one of FORMATS. Raises CannotTally."""
    if written not in FORMATS:
        known = ", ".join(FORMATS)
        raise CannotTally(f"There is no format {clean(written)}; there are {known}.")
    method = _method(method_name)
    election = _read(path)
    filled = _seats(election, method, seats)
    drawn = None if seed is None else lot.order(_seed(seed), len(election.ballots.options))
    try:
        count = tally(method, election.ballots, filled, drawn)
    except EqualRanks as equal:
        names = listing(clean(election.ballots.options[option]) for option in equal.options)
        raise CannotTally(
            f"{path}: {method} follows one option after the other, and a ballot ranks {names} "
            "equally; schulze, ranked-pairs, borda and approval can count it."
        ) from None
    note = ""
    if seats is None and filled != election.seats:
        note = f" The file has {election.seats} seats, of which an instant runoff fills one."
    notes = tuple(clean(f"{_where(path)}, {told}") for told in election.notes)
    if written == "json":
        return Report(as_json(count, reason(count) + note), notes)
    shown = replace(count, options=tuple(clean(name) for name in count.options))
    if written == "csv":
        return Report(as_csv(shown), notes)
    write = as_html if written == "html" else as_text
    title, cast = clean(election.title), election.ballots.cast
    return Report(write(title, shown, cast, reason(shown) + note), notes)


def _method(name: str) -> Counting:
    try:
        return Counting(name)
    except ValueError:
        known = ", ".join(Counting)
        raise CannotTally(f"There is no method {clean(name)}; there are {known}.") from None


def _seed(text: str) -> bytes:
    if not re.fullmatch("[0-9a-f]{64}", text.strip().lower()):
        raise CannotTally("--lot: a seed has 64 signs from 0 to 9 and a to f.")
    return bytes.fromhex(text.strip())


def _read(path: Path) -> Election:
    try:
        election = parse(_bounded(path))
    except OSError as error:
        raise CannotTally(f"{path} can't be read: {error.strerror}.") from None
    except BrokenBlt as broken:
        raise CannotTally(clean(f"{_where(path)}, {broken}.")) from None
    options = len(election.ballots.options)
    if options > MOST_OPTIONS:
        raise CannotTally(
            f"{clean(_where(path))} has {options} candidates; up to {MOST_OPTIONS} can be counted."
        )
    return election


def _bounded(path: Path) -> bytes:
    """The file's bytes, or those of standard input; raises OSError, CannotTally."""
    if path == STDIN and sys.stdin is None:  # closed by whoever began this
        raise CannotTally("standard input can't be read: there is none.")
    with nullcontext(sys.stdin.buffer) if path == STDIN else path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    too_much = len(data) > MOST_BYTES or data.count(b"\n") > MOST_LINES
    if too_much or max(map(len, data.split(b"\n"))) > LONGEST_LINE:
        raise CannotTally(
            f"{clean(_where(path))} can't be read: more than {MOST_BYTES // 2**20} MiB, "
            f"{MOST_LINES} lines, or {LONGEST_LINE} signs in a line are no election."
        )
    return data


def _where(path: Path) -> str:
    return "standard input" if path == STDIN else str(path)


def _seats(election: Election, method: Counting, asked: int | None) -> int:
    if asked is None:
        return 1 if method is Counting.IRV else election.seats
    standing = len(election.ballots.standing)
    if not 1 <= asked <= standing:
        raise CannotTally(f"--seats {asked}: from 1 to {standing} options can be elected here.")
    if method is Counting.IRV and asked > 1:
        raise CannotTally(
            f"--seats {asked}: an instant runoff fills one seat; for several take stv-scottish "
            "or stv-meek."
        )
    return asked

"""Ballots of a closed decision for other programs: as BLT, and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from assembly.ballot import Ballot, numbers
from assembly.collected import INVALID
from assembly.counting import blt
from assembly.counting.chosen import seats_filled
from assembly.counting.table import METHODS, form
from assembly.outcome import InPersonBallots
from assembly.ranking import Ballots, Ranking
from assembly.rule import Parity, Rule

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by. Source: OWASP, CSV Injection."""


def has_blt(rule: Rule) -> bool:
    """Whether BLT can hold the ballots so that they count the same elsewhere: rankings, and
    approval where every ballot weighs alike."""
    return METHODS[rule.method].blt and rule.parity is Parity.NONE


def as_blt(
    rule: Rule, title: str, ballots: Iterable[Ballot], hall: Iterable[InPersonBallots] = ()
) -> str:
    """The BLT text of all ballots, those of the hall too; nobody is withdrawn.

    Equal ballots are one line, sorted, so that no line tells whose it was; reasons and roles stay
    out. Names that BLT can't write are changed as `readable` says. There are no more seats than
    options that somebody names, since nobody else is chosen. Counted by
    `counting.methods` it has the winners of the decision, except where the lot broke a tie.
    Raises ValueError where there is no BLT (see has_blt). Source: see blt.parse.
    """
    if not has_blt(rule):
        raise ValueError(f"BLT has no way to write ballots by {rule.method}")
    rankings = Counter[Ranking]()
    for ballot in ballots:
        rankings[_ranking(ballot.choice, rule)] += 1
    for heap in hall:
        if heap.choice != INVALID and heap.ballots:
            rankings[_ranking(heap.choice, rule)] += heap.ballots
    listed = {ranking: rankings[ranking] for ranking in sorted(rankings)}
    written = Ballots(readable(rule.options), listed)
    seats = min(rule.seats, len(rule.options))
    if METHODS[rule.method].only_named or rule.edition > 1:
        seats = seats_filled(seats, written)
    [heading] = readable([title])
    return blt.write(blt.Election(heading, seats, written))


def readable(names: Iterable[str]) -> tuple[str, ...]:
    """The names as BLT can write them, each another one.

    Quotation marks become apostrophes, and what is not printable a space; spaces are one each. A
    name of which nothing is left becomes "?"; one that stands there already is numbered: "A (2)".
    """
    found: dict[str, None] = {}
    for name in names:
        printable = (sign if sign.isprintable() else " " for sign in name.replace('"', "'"))
        plain = " ".join("".join(printable).split()) or "?"
        again, told = 1, plain
        while told in found:
            again += 1
            told = f"{plain} ({again})"
        found[told] = None
    return tuple(found)


def as_csv(
    rule: Rule,
    who: str,
    ballots: Sequence[tuple[str, Ballot]],
    hall: Iterable[InPersonBallots] = (),
    separator: str = ",",
) -> str:
    """A table with one line a ballot: whose it is, what it says, the reason, and the role.

    `who` heads the first column (a tracker, or a name), from which the ballots come in this order;
    those of the hall follow as "hall". One word is one column. Options have a column each: the rank
    from 1 on, the score, the dots, or 1 and 0; empty where a ballot says nothing of an option, and
    "invalid" where a paper of the hall says nothing that counts. There is a column of reasons where
    the method asks for them, and of roles where a ballot has one. A text by which a spreadsheet
    would take a cell for a formula stands behind an apostrophe. Cells stand apart by `separator`.
    Source: RFC 4180.
    """
    lines = [*ballots]
    for heap in hall:
        lines += [("hall", Ballot(heap.choice, role=heap.role))] * heap.ballots
    reasons = bool(form(rule).reasoned)
    roles = any(ballot.role for _, ballot in lines)
    head = [who, *(rule.options or ("choice",))]
    head += ["reason"] * reasons + ["role"] * roles
    text = io.StringIO()
    # The csv module's own dialect is RFC 4180's: commas, CR LF.
    table = csv.writer(text, delimiter=separator)
    table.writerow([cell(each) for each in head])
    for whose, ballot in lines:
        row = [whose, *_said(ballot.choice, rule)]
        row += [ballot.reason] * reasons + [ballot.role or ""] * roles
        table.writerow([cell(each) for each in row])
    return text.getvalue()


def _ranking(choice: str, rule: Rule) -> Ranking:
    found = numbers(choice, len(rule.options))
    assert found is not None  # noqa: S101 - it was counted
    return found


def _said(choice: str, rule: Rule) -> Sequence[str]:
    if choice == INVALID:
        return [INVALID for _ in rule.options or (choice,)]
    return form(rule).cells(choice, rule)


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text

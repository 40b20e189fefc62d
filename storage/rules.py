"""A decision's rule as it lies in its row, and head-counts by role."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from assembly.roles import Role
from assembly.rule import Base, DecisionMethod, Electorate, Parity, Quorum, QuorumOf, Rule, Secrecy
from storage.engine.transaction import Row


def columns(rule: Rule) -> dict[str, str | int | None]:
    """The rule by column, all but its options and its electorate's members."""
    return {
        "method": rule.method.value,
        "secrecy": rule.secrecy.value,
        "threshold_numerator": rule.threshold.numerator,
        "threshold_denominator": rule.threshold.denominator,
        "base": rule.base.value,
        "quorum_numerator": rule.quorum.share.numerator,
        "quorum_denominator": rule.quorum.share.denominator,
        "quorum_number": rule.quorum.number,
        "quorum_of": rule.quorum.of.value,
        "quorum_each_role": int(rule.quorum.each_role),
        "seats": rule.seats,
        "dots": rule.dots,
        "parity": rule.parity.value,
        "electorate": rule.electorate.value,
        "edition": rule.edition,
    }


def from_row(row: Row, options: tuple[str, ...]) -> Rule:
    """The rule of a row of `decisions`."""
    return Rule(
        method=DecisionMethod(row["method"]),
        options=options,
        seats=row["seats"],
        dots=row["dots"],
        threshold=Fraction(row["threshold_numerator"], row["threshold_denominator"]),
        base=Base(row["base"]),
        parity=Parity(row["parity"]),
        quorum=Quorum(
            share=Fraction(row["quorum_numerator"], row["quorum_denominator"]),
            number=row["quorum_number"],
            of=QuorumOf(row["quorum_of"]),
            each_role=bool(row["quorum_each_role"]),
        ),
        electorate=Electorate(row["electorate"]),
        secrecy=Secrecy(row["secrecy"]),
        edition=row["edition"],
    )


def by_role(heads: Mapping[Role, int]) -> str:
    """Head-counts in the order of the roles: `12,5,3`."""
    return ",".join(str(heads.get(role, 0)) for role in Role)


def heads(text: str) -> dict[Role, int]:
    """The head-counts that by_role() wrote, of roles that somebody has."""
    counts = zip(Role, map(int, text.split(",")), strict=True)
    return {role: count for role, count in counts if count}


def numbers(options: tuple[int, ...]) -> str:
    """Options by number: `2,0,1`."""
    return ",".join(map(str, options))


def read_numbers(text: str) -> tuple[int, ...]:
    """The numbers that numbers() wrote."""
    return tuple(map(int, text.split(","))) if text else ()

"""Decisions by yes or no: carried by more than half of those who said either."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from assembly.outcome import Choice, Outcome, Result
from assembly.quorum import needed


def tally(ballots: Mapping[Choice, int], electorate: int, quorum: Fraction) -> Outcome:
    """The outcome of a yes/no decision by simple majority, in whole numbers.

    `ballots` counts the ballots per choice (missing: 0), `electorate` the members who could take
    part, `quorum` is the share (0 to 1) of them that must. In this order:

    1. fewer ballots, abstentions included, than the quorum needs: "no_quorum", whatever they say;
    2. neither yes nor no was said: "no_result";
    3. more yes than no: "carried"; a tie is "not_carried", like more no than yes.

    Raises ValueError for a negative count, more ballots than electorate, or a quorum that is no
    share. Source: Robert's Rules of Order Newly Revised (12th ed.): without a quorum no business is
    done (40:6), a majority is more than half of the votes cast, abstentions left out (44:1), and a
    motion is lost on a tie (44:12). "no_result" is ours: nobody spoke for or against.
    """
    yes, no, abstain = (ballots.get(choice, 0) for choice in Choice)
    if min(yes, no, abstain) < 0:
        raise ValueError(f"a count of ballots is negative: {yes}, {no}, {abstain}")
    cast, enough = yes + no + abstain, needed(quorum, electorate)
    if cast > electorate:
        raise ValueError(f"{cast} ballots from an electorate of {electorate}")
    result: Result
    if cast < enough:
        result = "no_quorum"
    elif yes + no == 0:
        result = "no_result"
    else:
        result = "carried" if yes > no else "not_carried"
    return Outcome(result, yes, no, abstain, cast, electorate, enough)

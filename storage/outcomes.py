"""An outcome as it is stored: JSON that reads back exactly, fractions and decimals as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

from assembly.outcome import Outcome, Result, Turnout, Why
from assembly.rule import DecisionMethod
from storage.engine import plain_data


def written(outcome: Outcome) -> str:
    """The outcome as JSON."""
    return json.dumps(plain_data.plain(outcome), ensure_ascii=False, separators=(",", ":"))


def read(text: str, result: Result, electorate: int) -> Outcome:
    """The outcome that written() made the text of.

    Also of one stored before there were methods: then `result` and `electorate`, which stand beside
    it in the decision's row, complete it.
    """
    data = json.loads(text)
    if "method" in data:
        return plain_data.typed(Outcome, data)
    return _of_before(data, result, electorate)


def _of_before(data: Mapping[str, int], result: Result, electorate: int) -> Outcome:
    """Until migration 0011 there was the simple majority only, and its figures were four."""
    votes = {word: data[word] for word in ("yes", "no", "abstain")}
    said = votes["yes"] + votes["no"]
    why = {
        "carried": Why.REACHED,
        "not_carried": Why.TIE if votes["yes"] == votes["no"] else Why.MISSED,
        "no_quorum": Why.TOO_FEW,
    }
    cast = sum(votes.values())
    return Outcome(
        method=DecisionMethod.MAJORITY,
        result=result,
        why=why.get(result, Why.NOTHING_SAID),
        turnout=Turnout(cast, 0, electorate, None, data["needed"], None),
        votes=votes,
        share=Fraction(votes["yes"], said) if said else None,
        of=said if said else None,
    )

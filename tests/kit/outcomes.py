"""Outcomes of every kind, made by the rules from ballots in few letters; by hand where no rule
leads there."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from kit.written_polls import poll

from assembly.count import Count, Counting, Reason, Round, Tie
from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Outcome
from assembly.roles import Role
from assembly.rule import Base, DecisionMethod, Parity, Quorum, QuorumOf, Rule, Secrecy

Case = tuple[Rule, Outcome]

THREE = ("The blue room", "Fish & chips <b>", "Yoga 🧘")
FIVE = ("Anna", "Bruno", "Carlo", "Dora", "Emil")
LUCK = (0, 1, 2, 3, 4)
RANKINGS = "6 0123 5 1023 4 231 3 3210 4 41 1 4"
SPLIT = ("user: 12 yes 3 no", "family: 6 yes", "professional: 2 yes 6 no")
HIDDEN = ("user: 12 yes 3 no", "family: 6 yes", "professional: 2 yes 1 no")
EACH, EQUAL = Parity.EACH_ROLE, Parity.EQUAL_WEIGHTS
HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)


def case(rule: Rule, *lines: str, **more: Any) -> Case:
    return rule, decide(rule, poll(rule, *lines, **more))


def counted(
    method: DecisionMethod, *lines: str, options: tuple[str, ...] = THREE, **more: Any
) -> Case:
    rule = Rule(method, options, **more)
    return case(rule, *lines, drawn=LUCK[: len(options)])


def in_the_hall() -> Case:
    rule = Rule(threshold=TWO_THIRDS)
    hall = (InPersonBallots("invalid", 1), InPersonBallots("yes", 2))
    return case(rule, "15 yes 9 no 3 abstain", silent=10, hall=hall, headcounts={None: 5})


def of_those_present() -> Case:
    rule = Rule(base=Base.PRESENT, quorum=Quorum(HALF, of=QuorumOf.PRESENT))
    return case(rule, "8 yes 2 no", silent=5, present={Role.USER: 12})


def tie(decided_by: str, at: int | None = None, earlier: int | None = None) -> Case:
    rule, outcome = counted(DecisionMethod.DOTS, "4 310 3 121", dots=4)
    found = Tie((0, 1), decided_by, at, earlier)  # type: ignore[arg-type]
    winners = (0, 1) if decided_by == "nothing" else outcome.winners
    return rule, replace(outcome, ties=(found,), winners=winners)


def undecided_rounds() -> Case:
    """A count that ends at a tie nothing breaks, as it is without a lot."""
    rule = Rule(DecisionMethod.IRV, THREE)
    return rule, decide(rule, poll(rule, "3 0 3 1"))


def all_elected() -> Case:
    return counted(DecisionMethod.STV_SCOTTISH, "4 01 3 10", options=FIVE[:2], seats=3)


def nothing_but_a_count() -> Case:
    rule, outcome = counted(DecisionMethod.APPROVAL, "4 01 4 1")
    bare = Count(Counting.APPROVAL, THREE, 1, (1,), ((1,), (0,), (2,)), Reason("most"))
    votes = outcome.count.rounds[0].votes if outcome.count else {}
    return rule, replace(outcome, count=replace(bare, rounds=(Round(votes, votes[2]),)))


M = DecisionMethod
CASES: dict[str, Case] = {
    "carried": case(Rule(quorum=Quorum(Fraction(1, 3))), "12 yes 7 no 3 abstain", silent=19),
    "missed": case(Rule(), "7 yes 12 no"),
    "few decided": case(Rule(), "1 yes 13 abstain"),
    "tie": case(Rule(), "7 yes 7 no 3 abstain"),
    "absolute": case(Rule(base=Base.ENTITLED), "10 yes 2 no", silent=8),
    "of all who spoke": case(Rule(base=Base.YES_NO_ABSTAIN), "10 yes 2 no 9 abstain"),
    "of all ballots": case(Rule(base=Base.CAST, threshold=THREE_QUARTERS), "10 yes 2 no"),
    "other fraction": case(Rule(threshold=Fraction(3, 5)), "10 yes 2 no"),
    "present": of_those_present(),
    "hall": in_the_hall(),
    "few": case(Rule(), "3 yes"),
    "few, open": case(Rule(secrecy=Secrecy.OPEN), "3 yes"),
    "few, tied": case(Rule(), "2 yes 2 no"),
    "few by phone": case(Rule(), "2 yes", hall=(InPersonBallots("yes", 6),), headcounts={None: 6}),
    "few, chosen": counted(M.DOTS, "3 310", dots=4),
    "few objected": case(Rule(M.CONSENT), "2 consent 1 object"),
    "too few": case(Rule(quorum=Quorum(TWO_THIRDS)), "8 yes", silent=20),
    "too few of one": case(
        Rule(quorum=Quorum(HALF, each_role=True)),
        "user: 20 yes",
        "family: 1 yes",
        silent=5,
    ),
    "too few to choose": counted(M.IRV, "8 01", quorum=Quorum(number=9)),
    "only abstained": case(Rule(), "8 abstain"),
    "only zeros": counted(M.SCORE, "8 000"),
    "only blank": counted(M.SCHULZE, "8 blank"),
    "each role": case(Rule(parity=EACH), "user: 9 yes", "family: 6 yes", "professional: 5 yes"),
    "not each role": case(Rule(parity=EACH), *SPLIT),
    "each role, hidden": case(Rule(parity=EACH, quorum=Quorum(HALF, each_role=True)), *HIDDEN),
    "each role, lost": case(Rule(parity=EACH), "user: 9 no", "family: 6 yes"),
    "equal weights": case(Rule(parity=EQUAL, threshold=TWO_THIRDS), *SPLIT),
    "equal weights, hidden": case(Rule(parity=EQUAL), *HIDDEN),
    "consent": case(Rule(M.CONSENT), "8 consent"),
    "one objection": case(Rule(M.CONSENT), "8 consent 1 object"),
    "objections": case(Rule(M.CONSENT), "8 consent 2 object"),
    "consensus": case(Rule(M.CONSENSUS, threshold=THREE_QUARTERS), "9 agree 1 abstain 3 aside"),
    "too little": case(Rule(M.CONSENSUS, threshold=THREE_QUARTERS), "8 agree 4 aside"),
    "blocked": case(Rule(M.CONSENSUS), "8 agree 1 block"),
    "blocked by two": case(Rule(M.CONSENSUS), "8 agree 2 block"),
    "approval": counted(M.APPROVAL, "4 01 4 1 7 02 1 blank"),
    "approval for two": counted(M.APPROVAL, "4 01 4 1 7 02", seats=2),
    "approval by lot": counted(M.APPROVAL, "4 0 4 1"),
    "approval, weighed": counted(
        M.APPROVAL, "user: 4 0 4 1", "family: 5 12", "professional: 7 0", seats=2, parity=EQUAL
    ),
    "approval, weighed, hidden": counted(
        M.APPROVAL, "user: 4 0 4 1", "family: 2 12", "professional: 7 0", parity=EQUAL
    ),
    "approval without more": nothing_but_a_count(),
    "score": counted(M.SCORE, "4 52- 3 31- 1 -4-"),
    "score, weighed": counted(
        M.SCORE, "user: 5 52-", "family: 5 31-", "professional: 6 -4-", parity=EQUAL
    ),
    "dots": counted(M.DOTS, "4 310 3 120", dots=4, seats=2),
    "one dot": counted(M.DOTS, "1 010 5 100", dots=1),
    "too few to fill": counted(M.DOTS, "6 300", dots=4, seats=2),
    "tie, lot": tie("drawn"),
    "tie, lot in a round": tie("drawn", 2),
    "tie, earlier round": tie("earlier_round", 3, 1),
    "tie, either way": tie("either_way", 2),
    "tie, nothing": tie("nothing"),
    "runoff": counted(M.IRV, RANKINGS, options=FIVE),
    "runoff at once": counted(M.IRV, "9 01 2 10"),
    "runoff undecided": undecided_rounds(),
    "schulze": counted(M.SCHULZE, RANKINGS, options=FIVE),
    "schulze, circle": counted(M.SCHULZE, "4 012 5 120 3 201"),
    "schulze, level": counted(M.SCHULZE, "4 01 4 10"),
    "ranked pairs": counted(M.RANKED_PAIRS, RANKINGS, options=FIVE),
    "ranked pairs, circle": counted(M.RANKED_PAIRS, "4 012 5 120 3 201"),
    "scottish": counted(M.STV_SCOTTISH, RANKINGS, options=FIVE, seats=2),
    "meek": counted(M.STV_MEEK, RANKINGS, options=FIVE, seats=2),
    "all elected": all_elected(),
}

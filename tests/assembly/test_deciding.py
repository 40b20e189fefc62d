from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.written_polls import poll, told

from assembly.ballot import Misvote
from assembly.collected import needs_roles
from assembly.count import Counting
from assembly.counting import methods
from assembly.counting.table import RANKED
from assembly.deciding import decide
from assembly.fitting import goes_by_present
from assembly.outcome import InPersonBallots, Poll, Turnout, Why
from assembly.ranking import Ballots
from assembly.roles import Role
from assembly.rule import Base, DecisionMethod, Parity, Quorum, QuorumOf, Rule

MAJORITY = Rule()
ABC = ("A", "B", "C")
# B leads, and loses when the ballots of C move on to A
RUNOFF = "4 012 5 120 2 201"


@pytest.mark.parametrize("method", sorted(RANKED))
def test_a_ranking_is_counted_as_a_file_of_ballots_is(method):
    rule = Rule(method, ABC)
    outcome = decide(rule, poll(rule, RUNOFF, drawn=(2, 1, 0)))
    cast = Ballots(ABC, {(0, 1, 2): 4, (1, 2, 0): 5, (2, 0, 1): 2})
    assert outcome.count == methods.tally(Counting(method.value), cast, 1, (2, 1, 0))
    assert outcome.borda == methods.tally(Counting.BORDA, cast, 1, (2, 1, 0))
    assert outcome.winners == outcome.count.winners
    assert told(outcome) == ("chosen", "counted")
    assert outcome.votes == {}


def test_unranked_options_are_last_together():
    rule = Rule(DecisionMethod.SCHULZE, ABC)
    outcome = decide(rule, poll(rule, "3 2 2 01", drawn=(0, 1, 2)))
    assert outcome.winners == (2,)
    assert outcome.count is not None and outcome.count.pairwise is not None
    assert outcome.count.pairwise[0][1] == 2 and outcome.count.pairwise[2][0] == 3


def test_several_can_be_elected():
    rule = Rule(DecisionMethod.STV_SCOTTISH, ABC, seats=2)
    assert set(decide(rule, poll(rule, RUNOFF, drawn=(0, 1, 2))).winners) == {0, 1}


def test_approval_is_counted_without_borda():
    rule = Rule(DecisionMethod.APPROVAL, ABC, seats=2)
    outcome = decide(rule, poll(rule, "3 01 2 12 1 blank", drawn=(0, 1, 2)))
    assert outcome.winners == (1, 0)
    assert outcome.count is not None and outcome.borda is None
    assert outcome.turnout.cast == 6


def test_what_nobody_approves_is_never_chosen():
    rule = Rule(DecisionMethod.APPROVAL, ABC, seats=2)
    outcome = decide(rule, poll(rule, "6 0 1 blank", drawn=(2, 1, 0)))
    assert (outcome.winners, outcome.ties) == ((0,), ())
    assert outcome.count is not None and outcome.count.seats == 2
    assert outcome.count.order == ((0,), (1, 2))


def test_the_lot_decides_a_tie_and_says_so():
    rule = Rule(DecisionMethod.APPROVAL, ABC)
    outcome = decide(rule, poll(rule, "2 0 2 1", drawn=(2, 1, 0)))
    assert outcome.winners == (1,)
    assert [(tie.between, tie.decided_by) for tie in outcome.ties] == [((0, 1), "drawn")]


def test_without_a_lot_a_tie_stays_one():
    rule = Rule(DecisionMethod.APPROVAL, ABC)
    outcome = decide(rule, poll(rule, "2 0 2 1"))
    assert outcome.winners == (0, 1)
    assert [tie.decided_by for tie in outcome.ties] == ["nothing"]


@pytest.mark.parametrize("method", sorted(RANKED | {DecisionMethod.APPROVAL}))
def test_blank_ballots_alone_are_no_result(method):
    rule = Rule(method, ABC)
    assert told(decide(rule, poll(rule, "3 blank"))) == ("no_result", "nothing_said")
    assert told(decide(rule, poll(rule, silent=3))) == ("no_result", "nothing_said")


def test_the_quorum_comes_before_what_was_said():
    rule = replace(MAJORITY, quorum=Quorum(Fraction(1, 2)))
    outcome = decide(rule, poll(rule, "4 yes", silent=5))
    assert told(outcome) == ("no_quorum", "too_few")
    assert outcome.turnout == Turnout(4, 0, 9, None, 5, None)
    assert outcome.votes == {"yes": 4, "no": 0, "abstain": 0}
    assert outcome.share is None
    assert told(decide(rule, poll(rule, "5 abstain", silent=5))) == ("no_result", "nothing_said")


def test_a_role_below_its_quorum_comes_after_the_whole():
    rule = replace(MAJORITY, quorum=Quorum(Fraction(1, 2), each_role=True))
    cast = {Role.USER: 9, Role.FAMILY: 1}
    split = replace(poll(rule, "10 yes"), cast=cast, electorate={Role.USER: 9, Role.FAMILY: 3})
    outcome = decide(rule, split)
    assert told(outcome) == ("no_quorum", "too_few_in_a_role")
    assert outcome.turnout.each_role is False
    fewer = replace(split, electorate={Role.USER: 9, Role.FAMILY: 2})
    assert told(decide(rule, fewer)) == ("carried", "reached")
    many = replace(split, electorate={Role.USER: 9, Role.FAMILY: 30})
    assert decide(rule, many).why is Why.TOO_FEW


def test_ballots_of_the_hall_count_with_the_others():
    rule = replace(MAJORITY, base=Base.PRESENT, quorum=Quorum(number=9))
    hall = (InPersonBallots("yes", 4), InPersonBallots("no", 1), InPersonBallots("invalid", 1))
    collected = replace(
        poll(rule, "2 yes 1 no", silent=7),
        present={Role.USER: 3},
        hall=hall,
        headcounts={None: 7},
    )
    outcome = decide(rule, collected)
    assert outcome.turnout == Turnout(9, 6, 17, 10, 9, None)
    assert outcome.votes == {"yes": 6, "no": 2, "abstain": 0, "invalid": 1}
    assert (outcome.share, outcome.of) == (Fraction(6, 10), 10)
    assert outcome.result == "carried"


def test_invalid_papers_are_no_ranking():
    rule = Rule(DecisionMethod.IRV, ABC)
    hall = (InPersonBallots("120", 2), InPersonBallots("invalid", 3), InPersonBallots("", 0))
    outcome = decide(rule, replace(poll(rule, "1 0"), hall=hall, headcounts={None: 5}))
    assert outcome.winners == (1,)
    assert outcome.count is not None and outcome.count.rounds[0].exhausted == 0
    assert (outcome.turnout.cast, outcome.turnout.hall) == (6, 5)


HALF_OF_PRESENT = Quorum(Fraction(1, 2), of=QuorumOf.PRESENT)
ROLES = replace(MAJORITY, parity=Parity.EACH_ROLE)
FOUR = poll(MAJORITY, "3 yes 1 no")
BY_ROLE = poll(ROLES, "user: 3 yes", "family: 1 no")


@pytest.mark.parametrize(
    ("rule", "collected", "message"),
    [
        (MAJORITY, replace(FOUR, electorate={Role.USER: 3}), "4 ballots from an electorate of 3"),
        (MAJORITY, replace(FOUR, electorate={}), "4 ballots from an electorate of 0"),
        (MAJORITY, replace(FOUR, cast={Role.USER: 3}), "4 ballots of 3 people"),
        (MAJORITY, replace(FOUR, electorate={Role.USER: -1}), "negative"),
        (MAJORITY, replace(FOUR, headcounts={None: -1}), "negative"),
        (MAJORITY, replace(FOUR, hall=(InPersonBallots("yes", -1),)), "negative"),
        (MAJORITY, replace(FOUR, hall=(InPersonBallots("yes", 1),)), "1 ballots of 0 in the hall"),
        (
            MAJORITY,
            replace(FOUR, hall=(InPersonBallots("yes", 4),), headcounts={None: 3}),
            "4 ballots of 3 in the hall",
        ),
        (
            ROLES,
            replace(
                BY_ROLE,
                hall=(InPersonBallots("yes", 2, Role.USER),),
                headcounts={Role.USER: 1, Role.FAMILY: 1},
            ),
            "2 ballots of 1 in the hall, in a role",
        ),
        (ROLES, replace(BY_ROLE, headcounts={None: 3}), "counted without"),
        (
            ROLES,
            replace(BY_ROLE, hall=(InPersonBallots("yes", 1),), headcounts={Role.USER: 1}),
            "counted without",
        ),
        (ROLES, replace(BY_ROLE, cast={Role.USER: 2, Role.FAMILY: 1}), "4 ballots of 3 people"),
        (ROLES, FOUR, "the ballots' roles"),
        (replace(MAJORITY, base=Base.PRESENT), FOUR, "nobody counted them"),
        (replace(MAJORITY, quorum=HALF_OF_PRESENT), FOUR, "nobody counted them"),
        (
            Rule(DecisionMethod.APPROVAL, ABC),
            replace(FOUR, ballots=(), cast={}, drawn=(0, 1)),
            "order of all",
        ),
        (Rule(DecisionMethod.APPROVAL), Poll((), {}, {}), "0 options for 1 seats"),
        (Rule(DecisionMethod.SCORE, ABC, seats=0), Poll((), {}, {}), "3 options for 0 seats"),
        (
            Rule(DecisionMethod.DOTS, ABC, parity=Parity.EQUAL_WEIGHTS),
            Poll((), {}, {}),
            "dots has no rule",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(rule, collected, message):
    with pytest.raises(ValueError, match=message):
        decide(rule, collected)


@pytest.mark.parametrize(
    "rule",
    [
        replace(MAJORITY, quorum=Quorum(of=QuorumOf.PRESENT)),
        replace(MAJORITY, quorum=Quorum(Fraction(1, 2), number=3, of=QuorumOf.PRESENT)),
        Rule(DecisionMethod.CONSENT, base=Base.PRESENT),
    ],
)
def test_nobody_has_to_count_those_present_for_a_rule_that_does_not_go_by_them(rule):
    assert not goes_by_present(rule)
    assert decide(rule, poll(rule)).turnout.present is None


@pytest.mark.parametrize("hall", [False, True])
def test_a_ballot_of_another_decision_is_refused(hall):
    collected = poll(MAJORITY, "1 yes 1 perhaps")
    if hall:
        collected = replace(
            poll(MAJORITY, "1 yes"), hall=(InPersonBallots("perhaps", 1),), headcounts={None: 1}
        )
    with pytest.raises(Misvote):
        decide(MAJORITY, collected)


def test_the_hall_is_counted_by_role_where_the_rule_asks_for_roles():
    assert not needs_roles(MAJORITY)
    assert needs_roles(ROLES)
    by_quorum = replace(MAJORITY, quorum=Quorum(number=2, each_role=True))
    assert needs_roles(by_quorum)
    without = replace(FOUR, hall=(InPersonBallots("yes", 2),), headcounts={None: 2})
    assert decide(by_quorum, without).turnout == Turnout(6, 2, 6, None, 2, True)
    of_families = replace(
        FOUR, hall=(InPersonBallots("yes", 1, Role.FAMILY),), headcounts={Role.FAMILY: 2}
    )
    assert decide(by_quorum, of_families).why is Why.TOO_FEW_IN_A_ROLE

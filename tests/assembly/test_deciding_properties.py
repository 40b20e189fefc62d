"""Of every method: who cast, in what order, where, and under what number, is all one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from kit.filled import filled
from kit.written_polls import of_votes

from assembly import marking
from assembly.ballot import DIGITS
from assembly.counting.table import METHODS, RANKED, WORDS
from assembly.deciding import decide
from assembly.fitting import misfits, possible
from assembly.outcome import InPersonBallots, Poll
from assembly.roles import Role
from assembly.rule import CARRIES_ROLE, DecisionMethod, Parity, Rule, Secrecy

OPTIONS = 4
DOTS = 12


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Rule, Poll]:
    """A rule that fits, and up to a few dozen ballots under it."""
    method = draw(st.sampled_from(DecisionMethod))
    parities = [parity for parity in Parity if possible(method, parity)]
    rule = Rule(
        method,
        () if method in WORDS else tuple("ABCD"),
        draw(st.integers(1, 3)) if METHODS[method].several else 1,
        DOTS if METHODS[method].dots else 0,
        parity=draw(st.sampled_from(parities)),
        secrecy=Secrecy.OPEN,
    )
    said = draw(
        st.dictionaries(
            st.sampled_from(Role),
            st.dictionaries(filled(rule), st.integers(1, 5), min_size=1, max_size=4),
            min_size=2,
        )
    )
    drawn = () if method in WORDS else tuple(draw(st.permutations(range(OPTIONS))))
    poll = of_votes(rule, said, silent=draw(st.integers(0, 3)), drawn=drawn)
    assert misfits(rule, poll.electorate) == ()
    return rule, poll


@given(decisions())
def test_an_outcome_keeps_to_its_rule(decision):
    rule, poll = decision
    outcome = decide(rule, poll)
    assert outcome.turnout.cast == len(poll.ballots)
    assert len(outcome.winners) == len(set(outcome.winners)) <= rule.seats
    if rule.method in WORDS:
        assert outcome.result in ("carried", "not_carried", "no_result")
        assert sum(outcome.votes.values()) == len(poll.ballots)
    else:
        assert outcome.result == ("chosen" if outcome.winners else "no_result")
    # the lot decides what is left open
    assert all(tie.decided_by != "nothing" for tie in outcome.ties)


@given(decisions(), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_is_all_one(decision, chance):
    rule, poll = decision
    shuffled = list(poll.ballots)
    chance.shuffle(shuffled)
    assert decide(rule, replace(poll, ballots=tuple(shuffled))) == decide(rule, poll)


@given(decisions())
def test_a_ballot_of_the_hall_counts_as_one_by_phone(decision):
    rule, poll = decision
    roles = rule.parity in CARRIES_ROLE
    piles = Counter((ballot.choice, ballot.role) for ballot in poll.ballots)
    heads = poll.cast if roles else {None: len(poll.ballots)}
    headcounts = replace(
        poll,
        ballots=(),
        cast={},
        electorate={role: n - poll.cast.get(role, 0) for role, n in poll.electorate.items()},
        hall=tuple(InPersonBallots(choice, n, role) for (choice, role), n in piles.items()),
        headcounts=heads,
    )
    by_phone, by_hand = decide(rule, poll), decide(rule, headcounts)
    assert by_hand.turnout.hall == by_hand.turnout.cast == by_phone.turnout.cast
    assert by_hand.turnout.entitled == by_phone.turnout.entitled
    assert (by_hand.result, by_hand.why) == (by_phone.result, by_phone.why)
    assert set(by_hand.winners) == set(by_phone.winners)
    assert (by_hand.votes, by_hand.count) == (by_phone.votes, by_phone.count)
    assert by_hand.roles is None


@given(decisions(), st.permutations(range(OPTIONS)))
def test_the_number_of_an_option_is_all_one(decision, new):
    """With the lot renumbered too, exactly the same options win."""
    rule, poll = decision
    if rule.method in WORDS:
        return

    def renumbered(choice: str) -> str:
        if marking.blank(rule).choice:  # a sign for each option
            return "".join(choice[new.index(number)] for number in range(OPTIONS))
        signs = [DIGITS[new[DIGITS.index(sign)]] for sign in choice]
        return "".join(signs if rule.method in RANKED else sorted(signs))

    ballots = tuple(replace(ballot, choice=renumbered(ballot.choice)) for ballot in poll.ballots)
    drawn = tuple(new[option] for option in poll.drawn)
    again = decide(rule, replace(poll, ballots=ballots, drawn=drawn))
    assert set(again.winners) == {new[option] for option in decide(rule, poll).winners}


@given(decisions(), st.integers(2, 3))
def test_only_proportions_decide(decision, factor):
    rule, poll = decision
    # a quota of whole votes and decimals cut off are the published rules of these two
    if rule.method in (DecisionMethod.STV_SCOTTISH, DecisionMethod.STV_MEEK):
        return
    larger = replace(
        poll,
        ballots=poll.ballots * factor,
        electorate={role: n * factor for role, n in poll.electorate.items()},
        cast={role: n * factor for role, n in poll.cast.items()},
    )
    one, other = decide(rule, poll), decide(rule, larger)
    assert (other.result, other.why) == (one.result, one.why)
    assert set(other.winners) == set(one.winners)


def test_every_method_and_every_rule_about_roles_can_be_counted():
    for method in DecisionMethod:
        for parity in Parity:
            rule = Rule(method, () if method in WORDS else tuple("ABCD"), parity=parity)
            if possible(method, parity):
                assert decide(rule, Poll((), {Role.USER: 9}, {})).result == "no_result"

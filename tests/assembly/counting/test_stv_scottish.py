"""Scottish STV: a real election stage by stage, published examples, ties, and what must hold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.ranked_ballots import among, ballots, check_conservation, letters, order, profiles
from kit.ranked_ballots import votes as by_letter

from assembly.count import Tie
from assembly.counting.blt import parse
from assembly.counting.stv_scottish import tally
from assembly.ranking import Ballots

COMMITTEE = Path(__file__).with_name("committee_2005.blt")

# What the Droop counting program of Jonathan Lundell publishes for these ballots under the
# Scottish rules, stage by stage (test/ref/dump/SC-scotland-fixed-p5-d5.txt); the four without a
# vote go in one stage here, and rule 52(2) spares the last transfer.
STAGES = """
A 6 B 3 C 8 D 22 E 2 F 0 G 33 H 1 I 1 J 0 K 0 L 0 M 18
A 6.84848 B 3.42424 C 8.42424 D 22 E 2.42424 F 0 G 19 H 12.45448 I 1.42424 J 0 K 0 L 0 M 18
A 7.803 B 3.5606 C 9.2424 D 19 E 2.69696 F 0 G 19 H 12.7272 I 1.42424 J 0 K 0 L 0 M 18.54544
A 7.803 B 3.5606 C 9.2424 D 19 E 2.69696 G 19 H 12.7272 I 1.42424 M 18.54544
A 7.803 B 3.5606 C 9.2424 D 19 E 2.69696 G 19 H 14.15144 M 18.54544
A 8.803 B 3.69696 C 9.2424 D 19 G 19 H 14.57568 M 19.6818
A 9.01084 B 3.9536 C 9.45496 D 19 G 19 H 14.57568 M 19
A 9.36448 C 10.59132 D 19 G 19 H 15.61032 M 19
C 16.62204 D 19 G 19 H 16.59988 M 19
"""


def test_a_committee_of_2005_stage_by_stage() -> None:
    election = parse(COMMITTEE.read_bytes())
    count = tally(election.ballots, election.seats)
    expected = []
    for line in STAGES.split("\n")[1:-1]:
        words = line.split()
        expected.append(dict(zip(words[::2], words[1::2], strict=True)))
    assert [by_letter(round_.votes) for round_ in count.rounds] == expected
    assert (count.quota, letters(count.winners)) == (19, "GDMC")
    assert [letters(round_.excluded) for round_ in count.rounds] == [
        *("", "", "FJKL", "I", "E", "", "B", "A", "H")
    ]
    check_conservation(count, 94)


# Wikipedia, "Single transferable vote" (2012): food for a party. Oranges, Pears, Chocolate,
# Strawberries, Sweets.
PARTY = ("4 A", "2 BA", "8 CD", "4 CE", "1 D", "1 E")


def test_the_party() -> None:
    count = tally(ballots(*PARTY), 3)
    assert count.quota == 6 and letters(count.winners) == "CAD" and order(count) == "C A D E B"
    assert [by_letter(round_.votes) for round_ in count.rounds] == [
        {"A": "4", "B": "2", "C": "12", "D": "1", "E": "1"},
        {"A": "4", "B": "2", "C": "6", "D": "5", "E": "3"},
        {"A": "6", "C": "6", "D": "5", "E": "3"},
    ]
    assert [letters(round_.elected) for round_ in count.rounds] == ["C", "", "AD"]
    assert [round_.surplus_of for round_ in count.rounds] == [2, None, None]


@pytest.mark.parametrize(
    ("lines", "seats", "winners", "ties"),
    [
        # Droop's weak-defeat.blt: B and C tie in round 2; in round 1 B had fewer
        (("1 AB", "2 B", "3 C", "4 D", "5 E"), 2, "ED", (Tie((1, 2), "earlier_round", 2, 1),)),
        # Droop's weak-surplus.blt: E and F tie for the fewest; whoever goes, D wins
        (
            ("10 AC", "8 B", "6 C", "5 D", "3 ED", "3 FD"),
            4,
            "ABCD",
            (Tie((4, 5), "either_way", 2),),
        ),
        # Droop's 42.blt: the surplus of A brings B nearer to C, but not to it
        (("4 AB", "2 C"), 2, "AC", ()),
        (("5 AB", "1 B", "3 C"), 2, "AC", ()),
        # no more than the seats: all are elected, quota or not
        (("3 A", "1 B"), 2, "AB", ()),
        (("3 A", "1 B"), 3, "AB", ()),
        # equal surpluses go to different options: which moves first changes nothing
        (("6 AC", "6 BD", "1 C", "1 D"), 2, "AB", ()),
    ],
)
def test_examples(lines: tuple[str, ...], seats: int, winners: str, ties: tuple[Tie, ...]) -> None:
    count = tally(ballots(*lines), seats)
    assert (letters(count.winners), count.ties) == (winners, ties)


def test_equal_surpluses_go_by_the_round_in_which_they_differed() -> None:
    # Round 2: B and C reach 9 each by the ballots of D; in round 1 C had more.
    count = tally(ballots("6 BA", "7 CA", "3 DB", "2 DC", "6 AE", "6 E"), 3)
    assert count.quota == 8
    assert count.rounds[1].surplus_of == 2
    assert count.ties[0] == Tie((1, 2), "earlier_round", 2, 1)


def test_a_tie_that_nothing_breaks_and_an_order_drawn() -> None:
    given_ = ballots("4 A", "2 B", "2 C")
    count = tally(given_, 2)
    assert letters(count.winners) == "ABC" and order(count) == "A BC"
    assert count.reason.kind == "tied" and count.ties == (Tie((1, 2), "nothing", 2),)
    assert count.rounds[-1].excluded == ()
    drawn = tally(given_, 2, drawn=(0, 2, 1))
    assert letters(drawn.winners) == "AC" and drawn.ties == (Tie((1, 2), "drawn", 2),)


def test_values_are_cut_after_five_decimals_and_the_loss_is_told() -> None:
    # Each of the seven is worth 2/7, cut to 0.28571; seven times that is 1.99997.
    count = tally(ballots("7 AB", "3 B", "3 C"), 2)
    assert by_letter(count.rounds[1].votes) == {"A": "5", "B": "4.99997", "C": "3"}
    assert count.rounds[1].exhausted == Decimal("0.00003")


def test_blank_ballots_count_for_no_quota() -> None:
    count = tally(ballots("5 A", "4 B", "3 C", "9 "), 1)
    assert count.quota == 7 and count.rounds[0].exhausted == 9
    assert tally(Ballots(("one", "two"), {(): 2}), 1).winners == ()


def _naive(profile: Ballots, seats: int, drawn: list[int]) -> set[int]:
    """Winners ballot by ballot, with fractions cut after five decimals, ties drawn at once."""
    papers = [ranking for ranking, w in profile.rankings.items() for _ in range(w) if ranking]
    worth = [Fraction(1)] * len(papers)
    holder: dict[int, int] = {}
    hopeful, elected, done = set(range(len(profile.options))), list[int](), set[int]()
    quota = len(papers) // (seats + 1) + 1
    history: list[dict[int, Fraction]] = []

    def give(at: int) -> None:
        holder[at] = next((o for o in papers[at] if isinstance(o, int) and o in hopeful), -1)

    def told_apart(tied: list[int], best: bool) -> int:
        for earlier in reversed(history):
            limit = (max if best else min)(earlier[o] for o in tied)
            tied = [o for o in tied if earlier[o] == limit]
        return (min if best else max)(tied, key=drawn.index)

    for at in range(len(papers)):
        give(at)
    fixed: dict[int, Fraction] = {}
    while True:
        votes = {
            o: fixed.get(o, sum((w for a, w in enumerate(worth) if holder[a] == o), Fraction()))
            for o in range(len(profile.options))
        }
        reached = sorted((o for o in hopeful if votes[o] >= quota), key=lambda o: -votes[o])
        elected += reached
        hopeful -= set(reached)
        if len(elected) == seats or len(hopeful) <= seats - len(elected):
            return {*elected, *(hopeful if len(elected) < seats else ())}
        pending = [o for o in elected if o not in done and votes[o] > quota]
        if pending:
            most = max(votes[o] for o in pending)
            mover = told_apart([o for o in pending if votes[o] == most], best=True)
            done.add(mover)
            for at in range(len(papers)):
                if holder[at] == mover:
                    value = worth[at] * (votes[mover] - quota) / votes[mover]
                    worth[at] = Fraction(int(value * 100_000), 100_000)
                    give(at)
            fixed[mover] = Fraction(quota)
        else:
            fewest = min(votes[o] for o in hopeful)
            mover = told_apart([o for o in hopeful if votes[o] == fewest], best=False)
            hopeful.discard(mover)
            for at in range(len(papers)):
                if holder[at] == mover:
                    give(at)
        history.append(votes)


@settings(deadline=None, max_examples=200)
@given(profiles(), st.integers(1, 4), st.permutations(range(5)))
def test_against_a_counting_paper_by_paper(profile: Ballots, seats: int, drawn: list[int]) -> None:
    drawn = among(profile, drawn)
    count = tally(profile, seats, drawn)
    if count.reason.kind != "no_ballots":
        assert set(count.winners) == _naive(profile, seats, drawn)

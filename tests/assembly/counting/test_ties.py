"""What earlier rounds say of a tie, and what different ways to the same standing come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from kit.ranked_ballots import among, ballots, letters, order, profiles
from kit.written_polls import poll, told

from assembly.count import Counting, Tie
from assembly.counting import blt, ways
from assembly.counting.blt_words import BrokenBlt
from assembly.counting.methods import tally
from assembly.counting.ties import narrow, standing_apart
from assembly.deciding import decide
from assembly.ranking import Ballots, Ranking
from assembly.rule import DecisionMethod, Parity, Rule
from bot import verify

OLDEST, MIDDLE, NEWEST = {0: 1, 1: 2, 2: 3}, {0: 5, 1: 5, 2: 5}, {0: 7, 1: 7, 2: 8}


@pytest.mark.parametrize(
    ("tied", "history", "pick", "left"),
    [
        ([0, 1, 2], [OLDEST], min, ([0], 1)),
        ([0, 1, 2], [OLDEST], max, ([2], 1)),
        # the newest in which they differ, however far back
        ([0, 1, 2], [OLDEST, MIDDLE], min, ([0], 1)),
        ([0, 1, 2], [OLDEST, MIDDLE, MIDDLE], max, ([2], 1)),
        ([0, 1], [OLDEST, NEWEST], max, ([1], 1)),
        # told apart in part by one, in full by an older one
        ([0, 1, 2], [OLDEST, MIDDLE, NEWEST], min, ([0], 1)),
        ([0, 1, 2], [OLDEST, NEWEST], max, ([2], 2)),
        # never apart
        ([0, 1], [MIDDLE, NEWEST], min, ([0, 1], None)),
        ([0, 1, 2], [], min, ([0, 1, 2], None)),
        ([2, 0, 1], [MIDDLE, NEWEST], min, ([0, 1], 2)),
    ],
)
def test_earlier_rounds_narrow_a_tie(tied, history, pick, left) -> None:
    assert narrow(tied, history, pick) == left


def test_what_earlier_rounds_can_still_tell_are_ranks() -> None:
    """The newest round counts first; options alike in all have one rank."""
    history = [{0: 3, 1: 1, 2: 3, 3: 9}, {0: 2, 1: 2, 2: 2, 3: 1}]
    assert standing_apart([2, 0, 3, 1], history) == ((0, 2), (1, 1), (2, 2), (3, 0))
    assert standing_apart([1, 0], []) == ((0, 0), (1, 0))


@pytest.mark.parametrize("method", [Counting.IRV, Counting.STV_SCOTTISH, Counting.STV_MEEK])
def test_two_ways_to_the_same_standing_are_one(method: Counting) -> None:
    """Whether B or C goes first, the other goes next, and A wins against D."""
    count = tally(method, ballots("4 A", "1 B", "1 C", "2 D"), 1)
    assert (letters(count.winners), order(count)) == ("A", "A D BC")
    assert Tie((1, 2), "either_way", 1) in count.ties


@pytest.mark.parametrize("method", [Counting.IRV, Counting.STV_SCOTTISH, Counting.STV_MEEK])
def test_two_ways_to_the_next_tie_are_one(method: Counting) -> None:
    """Without B and C, in whatever order they went, D and E tie for who goes before A wins."""
    count = tally(method, ballots("4 A", "1 B", "1 C", "2 D", "2 E"), 1)
    assert (letters(count.winners), order(count)) == ("A", "A DE BC")
    assert [tie.between for tie in count.ties] == [(1, 2), (3, 4)]


@pytest.mark.parametrize("seats", [1, 2])
def test_too_many_ways_are_said_to_be_too_many(monkeypatch: pytest.MonkeyPatch, seats: int) -> None:
    """Ranked pairs have no rounds to be cut short."""
    monkeypatch.setattr(ways, "WAYS", 3)
    wheel: dict[Ranking, int] = {
        tuple((start + step) % 7 for step in range(7)): 1 for start in range(7)
    }
    count = tally(Counting.RANKED_PAIRS, Ballots(tuple("ABCDEFG"), wheel), seats)
    assert (count.winners, count.reason.kind) == ((), "too_many_ties")
    assert count.ties[-1].decided_by == "too_many"


@pytest.mark.parametrize("method", [Counting.IRV, Counting.STV_SCOTTISH, Counting.STV_MEEK])
def test_a_ring_of_hundreds_ends_soon_and_names_nobody(method: Counting) -> None:
    options = 1500
    ring: dict[Ranking, int] = {(at, (at + 1) % options): 1 for at in range(options)}
    count = tally(method, Ballots(tuple(map(str, range(options))), ring), 1)
    assert (count.winners, count.reason.kind) == ((), "too_many_ties")


def test_many_ties_that_lead_to_one_winner_are_followed_to_their_end() -> None:
    """Eleven options with a vote each go in any order: more than 500 turns, and A wins always."""
    said: dict[Ranking, int] = {(0,): 40, (1,): 20} | {(option, 0): 1 for option in range(2, 13)}
    said |= {(option, 0): 2 for option in range(13, 15)}
    count = tally(Counting.IRV, Ballots(tuple("ABCDEFGHIJKLMNO"), said), 1)
    assert letters(count.winners) == "A"


def test_a_quota_is_said_to_have_decided() -> None:
    for method in (Counting.STV_SCOTTISH, Counting.STV_MEEK):
        assert tally(method, ballots("5 A", "3 B", "1 C"), 2).reason.kind == "quota"


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("\n", 1), ("2 1", 1), ("2 1\n", 1), ("2 1\n3 1 0", 2), ("2 1\n3 1 0\n\n", 3)],
)
def test_a_file_ends_in_its_last_line(text: str, line: int) -> None:
    with pytest.raises(BrokenBlt, match="end of the file") as broken:
        blt.parse(text.encode())
    assert broken.value.line == line


@pytest.mark.parametrize(
    ("family", "why"),
    [("5 yes", ("carried", "roles_agree")), ("5 no", ("not_carried", "a_role_disagrees"))],
)
def test_a_majority_asks_each_role(family: str, why: tuple[str, str]) -> None:
    rule = Rule(DecisionMethod.MAJORITY, parity=Parity.EACH_ROLE)
    assert told(decide(rule, poll(rule, "user: 30 yes", f"family: {family}"))) == why


def test_a_seat_that_only_options_without_a_vote_are_left_for_stays_open() -> None:
    """One of A, C and D would have it, whichever two go first."""
    count = tally(Counting.STV_SCOTTISH, Ballots(tuple("ABCDE"), {(1,): 1, (4,): 2}), 3)
    assert (letters(count.winners), order(count)) == ("EBACD", "E B ACD")
    assert count.ties == (Tie((0, 2, 3), "nothing", 2),)


@pytest.mark.parametrize(
    ("method", "seats", "said", "sure", "undecided"),
    [
        (Counting.PLURALITY, 2, ["5 A", "3 B", "3 C", "1 D"], "A", "BC"),
        (Counting.APPROVAL, 2, ["5 A", "3 B", "3 C"], "A", "BC"),
        (Counting.SCHULZE, 2, ["5 A", "3 B", "3 C"], "A", "BC"),
        (Counting.RANKED_PAIRS, 2, ["5 A", "3 B", "3 C"], "A", "BC"),
        (Counting.STV_SCOTTISH, 2, ["5 A", "2 B", "2 C"], "A", "BC"),
        (Counting.STV_MEEK, 2, ["5 A", "2 B", "2 C"], "A", "BC"),
        # A has no quota when B and C tie for the fewest, and wins whichever goes
        (Counting.STV_SCOTTISH, 2, ["4 A", "2 BA", "2 CA", "3 D", "3 E"], "A", "DE"),
        (Counting.IRV, 1, ["4 A", "3 BC", "3 CA"], "", "AC"),
        (Counting.PLURALITY, 1, ["2 A", "2 B"], "", "AB"),
    ],
)
def test_who_wins_whatever_a_tie_comes_to_is_told_from_who_could(
    method: Counting, seats: int, said: list[str], sure: str, undecided: str
) -> None:
    count = tally(method, ballots(*said), seats)
    assert letters(count.undecided) == undecided
    assert letters(one for one in count.winners if one not in count.undecided) == sure


@given(st.sampled_from(Counting), profiles(), st.integers(1, 3))
def test_whoever_is_sure_to_win_wins_by_each_order_drawn(
    method: Counting, of: Ballots, seats: int
) -> None:
    assume(method is not Counting.IRV or seats == 1)
    count = tally(method, of, seats)
    sure = {*count.winners} - {*count.undecided}
    assert {*count.undecided} <= {*count.winners}
    assert (count.reason.kind == "tied") is bool(count.undecided)
    if count.undecided:
        assert len(sure) < seats < len(count.winners)
    for drawn in permutations(range(len(of.options))):
        assert sure <= {*tally(method, of, seats, drawn).winners}


def runoff_one_at_a_time(of: Ballots, drawn: Sequence[int]) -> int:
    """Who wins an instant runoff in which never two options go in one round."""
    left, history = list(of.standing), list[dict[int, int]]()
    while True:
        votes = dict.fromkeys(left, 0)
        for ranking, weight in of.rankings.items():
            for option in [option for option in ranking if option in votes][:1]:
                votes[option] += weight
        if 2 * max(votes.values()) > sum(votes.values()) or len(left) == 1:
            return max(left, key=votes.__getitem__)
        tied = [option for option in left if votes[option] == min(votes.values())]
        tied, _ = narrow(tied, history, min)
        left.remove(max(tied, key=drawn.index))
        history.append(votes)


def a_tie_follows_a_group(of: Ballots, drawn: Sequence[int]) -> bool:
    """Whether, after options that have votes went together, any tie had to be broken."""
    count = tally(Counting.IRV, of, 1, drawn)
    groups = [
        at
        for at, round_ in enumerate(count.rounds, 1)
        if len(round_.excluded) > 1 and any(round_.votes[option] for option in round_.excluded)
    ]
    return any(tie.at is not None and tie.at > at for tie in count.ties for at in groups)


LOTS = st.permutations(range(7))


@given(profiles(st.integers(3, 7)), LOTS)
def test_who_goes_together_wins_nothing_by_going_alone(of: Ballots, drawn: list[int]) -> None:
    """An instant runoff has the same winner, unless a later tie looks back at the rounds."""
    assume(any(of.rankings) and not a_tie_follows_a_group(of, among(of, drawn)))
    [winner] = tally(Counting.IRV, of, 1, among(of, drawn)).winners
    assert winner == runoff_one_at_a_time(of, among(of, drawn))


@given(profiles(st.integers(3, 4)), LOTS, st.integers(1, 3))
def test_options_without_votes_can_go_together(of: Ballots, drawn: list[int], seats: int) -> None:
    """Three options more that are never first; each way to go alone has the same winners."""
    n = len(of.options)
    some = {ranking + (n,) * bool(ranking): weight for ranking, weight in of.rankings.items()}
    with_more = Ballots(tuple("ABCDEFG"[: n + 3]), some)
    assume(any(some))
    lot, seats = among(with_more, drawn), min(seats, n)
    alone = {Counting.STV_SCOTTISH: verify.scottish, Counting.STV_MEEK: verify.meek}
    papers: Counter[Any] = Counter({ranking: weight for ranking, weight in some.items() if ranking})
    for method, count in alone.items():
        assert set(tally(method, with_more, seats, lot).winners) == set(
            count(papers, n + 3, seats, lot)
        )
    assume(not a_tie_follows_a_group(with_more, lot))
    assert tally(Counting.IRV, with_more, 1, lot).winners == (runoff_one_at_a_time(with_more, lot),)


@pytest.mark.parametrize("lot", [(0, 1, 2, 3, 4), (1, 0, 2, 3, 4)])
def test_a_round_in_which_several_go_is_one_for_later_ties(lot: tuple[int, ...]) -> None:
    """C and D tie with 12 votes. One at a time the lot between A and B would decide that tie too:
    D is ahead once A is gone, C once B is. Together, C was ahead in round 1, whatever the lot."""
    lines = ("3 AD", "2 BC", "1 B", "10 CD", "9 DC", "20 E")
    count = tally(Counting.IRV, ballots(*lines), 1, lot)
    assert [letters(round_.excluded) for round_ in count.rounds] == ["AB", "D", ""]
    assert letters(count.winners) == "C"
    assert Tie((2, 3), "earlier_round", 2, 1) in count.ties
    alone = {
        runoff_one_at_a_time(ballots(*lines), other) for other in ((0, 1, 2, 3, 4), (1, 0, 2, 3, 4))
    }
    assert letters(sorted(alone)) == "CD"

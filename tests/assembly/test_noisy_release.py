from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.disclosure import Figures, Release
from assembly.noisy_release import Answered, draw, values
from assembly.questionnaire import WEEKLY
from assembly.roles import Role
from assembly.windows import LARGE, SMALL, Plan, Window, plan

ANSWERS = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(WEEKLY.questions), st.integers(0, 4)), max_size=60
)


class Given:
    """Noise that is handed out as given."""

    def __init__(self, *noise: int) -> None:
        self.left = list(noise)

    def discrete_laplace(self, scale: float) -> int:
        assert scale > 0
        return self.left.pop(0)


def role(member_id: int) -> Role:
    return list(Role)[member_id % 3]


def answered(*triples: tuple[int, str, int]) -> list[Answered]:
    return [Answered(member_id, role(member_id), q, face) for member_id, q, face in triples]


def everybody(count: int, face: int = 2, question: str = "week") -> list[Answered]:
    return answered(*((member_id, question, face) for member_id in range(count)))


def test_each_member_counts_once_however_often_they_answered():
    found = values(
        answered((3, "week", 0), (3, "week", 4), (3, "week", 4), (6, "week", 4), (4, "week", 1)),
        "week",
    )
    assert found == {role(3): [32, 48], role(4): [12], role(5): []}


@given(ANSWERS)
def test_a_question_is_about_its_own_answers_only(triples):
    for question in WEEKLY.questions:
        own = [one for one in triples if one[1] == question]
        found = values(answered(*triples), question)
        assert found == values(answered(*own), question)
        assert sum(len(given) for given in found.values()) == len({one[0] for one in own})


@given(ANSWERS, st.integers(0, 99))
def test_the_order_of_answers_tells_nothing(triples, seed):
    shuffled = random.Random(seed).sample(triples, len(triples))
    for question in WEEKLY.questions:
        one, other = values(answered(*triples), question), values(answered(*shuffled), question)
        assert {r: sorted(v) for r, v in one.items()} == {r: sorted(v) for r, v in other.items()}


def test_nobody_counts_in_two_roles():
    twice = [Answered(1, Role.USER, "week", 1), Answered(1, Role.FAMILY, "week", 1)]
    with pytest.raises(ValueError, match="one role"):
        values(twice, "week")


def test_one_question_in_turn_is_drawn_from_two_numbers():
    planned = plan(Window(0, SMALL), None)
    drawn = draw(planned, everybody(12, 3), Given(1, 24))
    # c = 13, s = 12 * 12 + 24 = 168: 2 + 168 / 12 / 13 = 3.08
    assert drawn == {"week": Release(13, Figures("10-19", 3.0))}


def test_answers_to_the_other_questions_change_nothing():
    planned = plan(Window(0, SMALL), None)
    others = everybody(40, 4, "say") + everybody(40, 0, "connection")
    assert draw(planned, everybody(12) + others, Given(0, 0)) == draw(
        planned, everybody(12), Given(0, 0)
    )


def test_three_questions_are_three_draws():
    planned = plan(Window(4, LARGE), 150)
    assert planned.questions == WEEKLY.questions
    answers = [one for q in WEEKLY.questions for one in everybody(90, 2, q)]
    noise = Given(*([0, 0] * 3), *([-5, 0] * 3), *([10, 0] * 3))
    drawn = draw(planned, answers, noise)
    assert [drawn[question].c for question in WEEKLY.questions] == [90, 75, 120]
    assert noise.left == []


def test_by_role_draws_three_pairs_and_sums_them():
    planned = plan(Window(0, LARGE), 60)
    drawn = draw(planned, everybody(66, 2), Given(1, 0, -1, 0, 2, 12))
    found = drawn["week"]
    assert found.c == 68
    assert found.total == Figures("50+", 2.0)
    assert [shown for shown, _ in found.by_role] == list(Role)


# --- the exact distribution, from answers to what is kept ---
# Epsilon 2 of the small tier: the number's noise has a ratio of exp(-1), the sum's exp(-1/24).
# As in test_disclosure a rational ratio makes every probability exact.

Q = Fraction(24, 25)
FAR_C, FAR_S = 8, 2000


def chance(q: Fraction, value: int) -> Fraction:
    return (1 - q) / (1 + q) * q ** abs(value)


def tail(q: Fraction, least: int) -> Fraction:
    return q**least / (1 + q) if least > 0 else 1 - q ** (1 - least) / (1 + q)


def least_noise(planned: Plan, answers: list[Answered], noise_c: int, mean: float) -> int:
    low, high = -FAR_S, FAR_S
    while low < high:
        middle = (low + high) // 2
        total = draw(planned, answers, Given(noise_c, middle))["week"].total
        assert total is not None
        low, high = (low, middle) if total.mean >= mean else (middle + 1, high)
    return low


def distribution(answers: list[Answered]) -> Iterator[tuple[Release, Fraction]]:
    """Every release near by with its exact chance, `c` included."""
    planned = plan(Window(0, SMALL), None)
    people = len({one.member_id for one in answers})
    for c in range(9 - FAR_C, 11 + FAR_C):
        chance_c = chance(Q**24, c - people)
        nearest = draw(planned, answers, Given(c - people, 0))["week"]
        if nearest.total is None:
            yield nearest, chance_c
            continue
        means = [halves / 2 for halves in range(1, 8)]
        above = [tail(Q, least_noise(planned, answers, c - people, mean)) for mean in means[1:]]
        for mean, from_here, beyond in zip(
            means, [Fraction(1), *above], [*above, Fraction(0)], strict=True
        ):
            yield Release(c, Figures(nearest.total.band, mean)), chance_c * (from_here - beyond)


TEN = everybody(10, 0)
NEIGHBOURS = {
    "the tenth takes part or doesn't": (TEN, TEN[:9]),
    "somebody says the opposite, four times": (
        TEN[:9] + answered(*[(9, "week", 0)] * 4),
        TEN[:9] + answered(*[(9, "week", 4)] * 4),
    ),
    "somebody answers more often": (TEN, TEN + answered((9, "week", 4), (9, "week", 3))),
    "nobody or one": ([], TEN[:1]),
}


@pytest.mark.parametrize("pair", NEIGHBOURS.values(), ids=NEIGHBOURS.keys())
def test_from_answers_to_release_one_person_changes_little(pair):
    one, other = (dict(distribution(answers)) for answers in pair)
    assert one.keys() == other.keys()
    for seen, probability in one.items():
        assert 0 < probability <= Q**-48 * other[seen]
        assert other[seen] <= Q**-48 * probability

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import hall
from assembly.deciding import decide
from assembly.hall import INVALID, MOST, NoNumber, Place, TooMany
from assembly.outcome import HallBallots, Poll
from assembly.roles import Role
from assembly.rule import DecisionMethod, Electorate, Parity, Quorum, Rule

USER, FAMILY, PROFESSIONAL = Role
PLAIN = Rule()
BY_ROLE = Rule(parity=Parity.EACH_ROLE)
QUORUM_BY_ROLE = Rule(quorum=Quorum(each_role=True))
OF_USERS = Rule(electorate=Electorate.USER)
OF_NAMED = Rule(electorate=Electorate.NAMED)
APPROVAL = Rule(DecisionMethod.APPROVAL, options=("Garden", "Trip", "Choir"))


@pytest.mark.parametrize(("text", "expected"), [("0", 0), (" 7 ", 7), ("012", 12), ("500", MOST)])
def test_a_number_is_read(text: str, expected: int) -> None:
    assert hall.number(text) == expected


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.5", "1 2", "three", "501", "9" * 400, "٣", "²", "1e2", "0x1", "½"]
)
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(NoNumber):
        hall.number(text)


@given(st.text())
def test_whatever_is_typed_is_a_number_of_people_or_none(text: str) -> None:
    try:
        assert 0 <= hall.number(text) <= MOST
    except NoNumber:
        assert text.strip() not in map(str, range(MOST + 1))


def test_words_are_asked_for_one_after_the_other() -> None:
    in_hall = {None: 4}
    words = ("yes", "no", "abstain", INVALID)
    assert hall.places(PLAIN, in_hall) == tuple(Place(word) for word in words)
    entered = [HallBallots("yes", 2)]
    assert hall.next_place(PLAIN, entered, in_hall) == Place("no")
    entered.append(HallBallots("no", 0))
    assert hall.next_place(PLAIN, entered, in_hall) == Place("abstain")
    assert hall.most(Place("abstain"), entered, in_hall) == 2
    assert hall.most(Place("yes"), entered, in_hall) == 4


def test_when_everybody_has_said_something_the_rest_is_not_asked_for() -> None:
    assert hall.next_place(PLAIN, [HallBallots("yes", 4)], {None: 4}) is None
    assert hall.next_place(PLAIN, [], {None: 0}) is None


def test_where_the_rule_needs_roles_each_is_asked_that_is_there() -> None:
    in_hall = {USER: 2, FAMILY: 0, PROFESSIONAL: 1}
    places = hall.places(BY_ROLE, in_hall)
    assert {place.role for place in places} == {USER, PROFESSIONAL}
    assert len(places) == 8
    entered = [HallBallots("yes", 2, USER)]
    assert hall.next_place(BY_ROLE, entered, in_hall) == Place("yes", PROFESSIONAL)


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ({}, {}),
        ({None: 3}, {None: 3}),
        ({None: 3, USER: 1, FAMILY: 2}, {None: 3}),  # half-way to saying it by role
        ({USER: 1, FAMILY: 2}, {}),
        ({USER: 1, FAMILY: 2, PROFESSIONAL: 0}, {USER: 1, FAMILY: 2, PROFESSIONAL: 0}),
    ],
)
def test_what_was_said_counts_once_it_is_whole(
    said: dict[Role | None, int], settled: dict[Role | None, int]
) -> None:
    assert hall.settled(said) == settled


@pytest.mark.parametrize(
    ("rule", "in_hall", "counted"),
    [
        (PLAIN, {}, None),
        (PLAIN, {None: 0}, {None: 0}),
        (PLAIN, {USER: 1}, {USER: 1}),
        (BY_ROLE, {None: 3}, None),
        (BY_ROLE, {USER: 1, FAMILY: 0}, None),
        (QUORUM_BY_ROLE, {None: 3}, None),
        (BY_ROLE, {USER: 1, FAMILY: 0, PROFESSIONAL: 0}, {USER: 1, FAMILY: 0, PROFESSIONAL: 0}),
        (OF_USERS, {None: 3}, None),
        (OF_USERS, {USER: 1, FAMILY: 4}, {USER: 1}),
        (OF_NAMED, {None: 3}, None),
    ],
)
def test_who_in_the_hall_takes_part(
    rule: Rule, in_hall: dict[Role | None, int], counted: dict[Role | None, int] | None
) -> None:
    assert hall.counted(in_hall, rule) == counted


@pytest.mark.parametrize("rule", [PLAIN, BY_ROLE, QUORUM_BY_ROLE, OF_USERS, OF_NAMED])
@pytest.mark.parametrize("in_hall", [{}, {None: 4}, dict.fromkeys(Role, 2), {USER: 1}])
def test_what_the_hall_says_never_contradicts_its_rule(
    rule: Rule, in_hall: dict[Role | None, int]
) -> None:
    """Otherwise a decision could not be closed."""
    people = hall.counted(in_hall, rule)
    said: list[HallBallots] = []
    while people and (place := hall.next_place(rule, said, people)):
        said.append(HallBallots(place.choice, hall.most(place, said, people), place.role))
    poll = Poll((), dict.fromkeys(Role, 3), {}, hall=tuple(said), in_hall=people)
    assert decide(rule, poll).turnout.hall == sum((people or {}).values())


def test_never_more_ballots_than_people() -> None:
    entered = [HallBallots("yes", 2), HallBallots("no", 1)]
    hall.check(Place("no"), 2, entered, {None: 4})
    with pytest.raises(TooMany) as error:
        hall.check(Place("no"), 3, entered, {None: 4})
    assert error.value.most == 2
    with pytest.raises(TooMany):
        hall.check(Place("yes", USER), 2, [], {USER: 1, FAMILY: 9})


@given(
    st.dictionaries(st.sampled_from(list(Role)), st.integers(0, 20)),
    st.lists(
        st.tuples(st.sampled_from(hall.places(BY_ROLE, dict.fromkeys(Role, 1))), st.integers(0, 25))
    ),
)
def test_whatever_is_entered_fits(
    in_hall: dict[Role | None, int], said: list[tuple[Place, int]]
) -> None:
    entered: dict[Place, HallBallots] = {}
    for place, ballots in said:
        most = hall.most(place, list(entered.values()), in_hall)
        if ballots > most:
            with pytest.raises(TooMany):
                hall.check(place, ballots, list(entered.values()), in_hall)
            continue
        entered[place] = HallBallots(place.choice, ballots, place.role)
        assert hall.fits(list(entered.values()), in_hall)


def test_fewer_people_than_ballots_do_not_fit() -> None:
    assert hall.fits([HallBallots("yes", 3)], {USER: 2, FAMILY: 1})
    assert not hall.fits([HallBallots("yes", 3)], {USER: 2})
    assert not hall.fits([HallBallots("yes", 1, USER)], {FAMILY: 4})


@pytest.mark.parametrize(
    ("rule", "place", "good"),
    [
        (PLAIN, Place("yes"), True),
        (PLAIN, Place(INVALID), True),
        (PLAIN, Place("maybe"), False),
        (PLAIN, Place("yes", USER), False),
        (BY_ROLE, Place("yes", USER), True),
        (BY_ROLE, Place("yes"), False),
        (APPROVAL, Place("02"), True),
        (APPROVAL, Place(""), True),
        (APPROVAL, Place("20"), False),
        (APPROVAL, Place("03"), False),
    ],
)
def test_what_a_paper_can_say(rule: Rule, place: Place, good: bool) -> None:
    assert hall.is_choice(place, rule) is good


@pytest.mark.parametrize(
    ("entered_by", "member_id", "role", "may"),
    [
        (1, 2, FAMILY, True),
        (1, 1, FAMILY, False),  # the own count
        (1, 2, USER, False),  # the same role
        (None, 2, FAMILY, False),  # by somebody who has been erased
    ],
)
def test_who_may_confirm(entered_by: int | None, member_id: int, role: Role, may: bool) -> None:
    assert hall.may_confirm(entered_by, USER, member_id, role) is may

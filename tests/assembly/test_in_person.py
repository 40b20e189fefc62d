from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import in_person
from assembly.collected import INVALID
from assembly.deciding import decide
from assembly.in_person import MOST, Count, NoNumber, Place, State, TooMany, View
from assembly.outcome import InPersonBallots, Poll
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
    assert in_person.number(text) == expected


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.5", "1 2", "three", "501", "9" * 400, "٣", "²", "1e2", "0x1", "½"]
)
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(NoNumber):
        in_person.number(text)


@given(st.text())
def test_whatever_is_typed_is_a_number_of_people_or_none(text: str) -> None:
    try:
        assert 0 <= in_person.number(text) <= MOST
    except NoNumber:
        assert text.strip() not in map(str, range(MOST + 1))


def test_words_are_asked_for_one_after_the_other() -> None:
    headcounts: dict[Role | None, int] = {None: 4}
    words = ("yes", "no", "abstain", INVALID)
    assert in_person.places(PLAIN, headcounts) == tuple(Place(word) for word in words)
    entered = [InPersonBallots("yes", 2)]
    assert in_person.next_place(PLAIN, entered, headcounts) == Place("no")
    entered.append(InPersonBallots("no", 0))
    assert in_person.next_place(PLAIN, entered, headcounts) == Place("abstain")
    assert in_person.most(Place("abstain"), entered, headcounts) == 2
    assert in_person.most(Place("yes"), entered, headcounts) == 4


def test_when_everybody_has_said_something_the_rest_is_not_asked_for() -> None:
    assert in_person.next_place(PLAIN, [InPersonBallots("yes", 4)], {None: 4}) is None
    assert in_person.next_place(PLAIN, [], {None: 0}) is None


def test_where_the_rule_needs_roles_each_is_asked_that_is_there() -> None:
    headcounts: dict[Role | None, int] = {USER: 2, FAMILY: 0, PROFESSIONAL: 1}
    places = in_person.places(BY_ROLE, headcounts)
    assert {place.role for place in places} == {USER, PROFESSIONAL}
    assert len(places) == 8
    entered = [InPersonBallots("yes", 2, USER)]
    assert in_person.next_place(BY_ROLE, entered, headcounts) == Place("yes", PROFESSIONAL)


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
    assert in_person.settled(said) == settled


@pytest.mark.parametrize(
    ("rule", "headcounts", "counted"),
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
    rule: Rule, headcounts: dict[Role | None, int], counted: dict[Role | None, int] | None
) -> None:
    assert in_person.counted(headcounts, rule) == counted


@pytest.mark.parametrize("rule", [PLAIN, BY_ROLE, QUORUM_BY_ROLE, OF_USERS, OF_NAMED])
@pytest.mark.parametrize("headcounts", [{}, {None: 4}, dict.fromkeys(Role, 2), {USER: 1}])
def test_what_the_hall_says_never_contradicts_its_rule(
    rule: Rule, headcounts: dict[Role | None, int]
) -> None:
    """Otherwise a decision could not be closed."""
    people = in_person.counted(headcounts, rule)
    said: list[InPersonBallots] = []
    while people and (place := in_person.next_place(rule, said, people)):
        said.append(InPersonBallots(place.choice, in_person.most(place, said, people), place.role))
    poll = Poll((), dict.fromkeys(Role, 3), {}, hall=tuple(said), headcounts=people)
    assert decide(rule, poll).turnout.hall == sum((people or {}).values())


def test_never_more_ballots_than_people() -> None:
    entered = [InPersonBallots("yes", 2), InPersonBallots("no", 1)]
    in_person.check(Place("no"), 2, entered, {None: 4})
    with pytest.raises(TooMany) as error:
        in_person.check(Place("no"), 3, entered, {None: 4})
    assert error.value.most == 2
    with pytest.raises(TooMany):
        in_person.check(Place("yes", USER), 2, [], {USER: 1, FAMILY: 9})


@given(
    st.dictionaries(st.sampled_from(list(Role)), st.integers(0, 20)),
    st.lists(
        st.tuples(
            st.sampled_from(in_person.places(BY_ROLE, dict.fromkeys(Role, 1))), st.integers(0, 25)
        )
    ),
)
def test_whatever_is_entered_fits(
    headcounts: dict[Role | None, int], said: list[tuple[Place, int]]
) -> None:
    entered: dict[Place, InPersonBallots] = {}
    for place, ballots in said:
        most = in_person.most(place, list(entered.values()), headcounts)
        if ballots > most:
            with pytest.raises(TooMany):
                in_person.check(place, ballots, list(entered.values()), headcounts)
            continue
        entered[place] = InPersonBallots(place.choice, ballots, place.role)
        assert in_person.fits(list(entered.values()), headcounts)


def test_fewer_people_than_ballots_do_not_fit() -> None:
    assert in_person.fits([InPersonBallots("yes", 3)], {USER: 2, FAMILY: 1})
    assert not in_person.fits([InPersonBallots("yes", 3)], {USER: 2})
    assert not in_person.fits([InPersonBallots("yes", 1, USER)], {FAMILY: 4})


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
    assert in_person.is_choice(place, rule) is good


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
    assert in_person.may_confirm(entered_by, USER, member_id, role) is may


ANNA, BRUNO, CARLA, DARIO = 1, 2, 3, 4
ROLES = {ANNA: USER, BRUNO: FAMILY, CARLA: USER, DARIO: PROFESSIONAL}


@pytest.mark.parametrize(
    ("state", "entered_by", "checked_by", "views"),
    [
        # What Anna, Bruno, Carla and Dario see of a count that a user has entered.
        (State.COUNTING, ANNA, None, (View.ENTER, View.OTHERS, View.OTHERS, View.OTHERS)),
        (State.COUNTING, None, None, (View.OTHERS, View.OTHERS, View.OTHERS, View.OTHERS)),
        (State.HANDED, ANNA, None, (View.WAIT, View.OFFER, View.OTHERS, View.OFFER)),
        (State.HANDED, ANNA, BRUNO, (View.WAIT, View.CHECK, View.OTHERS, View.OTHERS)),
        # Who entered it has been erased: whoever checks it already sees it, nobody else may.
        (State.HANDED, None, None, (View.OTHERS, View.OTHERS, View.OTHERS, View.OTHERS)),
        (State.HANDED, None, BRUNO, (View.OTHERS, View.CHECK, View.OTHERS, View.OTHERS)),
        (State.CONFIRMED, ANNA, BRUNO, (View.CONFIRMED,) * 4),
        (State.CONFIRMED, None, None, (View.CONFIRMED,) * 4),
    ],
)
def test_what_each_facilitator_sees_of_a_count(
    state: State, entered_by: int | None, checked_by: int | None, views: tuple[View, ...]
) -> None:
    count = Count(state, entered_by, USER, checked_by)
    assert tuple(in_person.view(count, who, ROLES[who]) for who in ROLES) == views


@given(
    st.builds(
        Count,
        st.sampled_from(State),
        st.none() | st.sampled_from([*ROLES]),
        st.sampled_from(Role),
        st.none() | st.sampled_from([*ROLES]),
    )
)
def test_the_figures_are_seen_by_one_at_a_time(count: Count) -> None:
    views = [in_person.view(count, who, ROLES[who]) for who in ROLES]
    assert sum(view in (View.ENTER, View.CHECK) for view in views) <= 1


def test_who_has_no_ballot_yet_is_counted_in_the_role_or_on_the_whole() -> None:
    headcounts: dict[Role | None, int] = {USER: 4, FAMILY: 3}
    entered = [
        InPersonBallots("yes", 2, USER),
        InPersonBallots("no", 1, USER),
        InPersonBallots("no", 3, FAMILY),
    ]
    assert in_person.ballots_left(USER, entered, headcounts) == 1
    assert in_person.ballots_left(FAMILY, entered, headcounts) == 0
    assert in_person.ballots_left(PROFESSIONAL, entered, headcounts) == 0
    assert in_person.ballots_left(None, [InPersonBallots("yes", 2)], {None: 7}) == 5


def test_how_many_fit_is_said() -> None:
    with pytest.raises(TooMany, match="at most 3") as raised:
        in_person.check(Place("yes"), 4, [], {None: 3})
    assert raised.value.most == 3

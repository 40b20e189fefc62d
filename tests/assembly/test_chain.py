"""The list that a closed secret decision publishes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.closed_decisions import ROOM, SATURDAYS, closed, decisions, poll, salt, tracker

from assembly.ballot import Ballot
from assembly.chain import PARTS, Closed, Publication, commitment, publish
from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Poll
from assembly.roles import Role
from assembly.rule import DecisionMethod, Parity, Quorum, Rule


def lines(published: Publication, name: str) -> list[str]:
    rows = published.text.split("\n")
    return [row.removeprefix(name + " ") for row in rows if row.startswith(name + " ")]


def only(published: Publication, name: str) -> dict[str, object]:
    [line] = lines(published, name)
    value = json.loads(line)
    assert isinstance(value, dict)
    return value


def sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_the_format_does_not_change_unnoticed() -> None:
    """Lists that stand in a group already have to fit for ever."""
    published = publish(replace(SATURDAYS, rule=replace(SATURDAYS.rule, edition=1)))
    assert published.text.startswith(
        "voci-decision 1\n"
        "decision 17\n"
        'question "Shall we open on Saturdays?"\n'
        'rule {"base":"yes-no","dots":0,"electorate":"all","method":"majority","parity":"none",'
        '"quorum":{"each_role":false,"number":null,"of":"electorate","share":"1/3"},'
        '"seats":1,"secrecy":"secret","threshold":"1/2"}\n'
        'lot {"commitment":"6c86c6aac5fb24bcf5d9939cb7d7d5645ce39418f449e03b262dd4fa14b4b92b",'
        '"order":[],'
        '"seed":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}\n'
        'turnout {"by_phone":9,"cast":9,"each_role":null,"electorate":20,'
        f'"electorate_hash":"{"ab" * 32}","in_hall":0,"needed":7,"present":null,"roles":null}}\n'
        'result {"result":"carried","why":"reached","winners":[]}\n'
        'roll "'
    )
    assert published.head == "557e55df52c94395e0173405597e333dc5934e57d6344da70412dcdb3bfdd665"
    assert published.seal == "12fedcbdb77306bd53470281ac0d14a66bd695b4f81552b93545631a028a384a"


def test_a_later_edition_of_the_rules_is_named() -> None:
    [rule] = lines(publish(SATURDAYS), "rule")
    assert json.loads(rule)["edition"] == 2


def test_every_hash_is_what_the_documentation_says() -> None:
    published = publish(ROOM)
    digests = only(published, "digests")
    for part in PARTS:
        assert digests[part] == sha("".join(f"{part} {line}\n" for line in lines(published, part)))
    [text] = lines(published, "digests")
    assert lines(published, "head") == [published.head] == [sha(f"digests {text}\n")]
    link = published.head
    for line in lines(published, "ballot"):
        stated, _, ballot = line.partition(" ")
        link = sha(f"{link} {ballot}")
        assert stated == link
    assert lines(published, "seal") == [published.seal] == [link]


def test_ballots_and_roll_are_sorted_by_what_tells_nothing() -> None:
    published = publish(ROOM)
    trackers = [json.loads(line.split(" ", 1)[1])["tracker"] for line in lines(published, "ballot")]
    assert trackers == sorted(tracker(number) for number in range(7))
    assert lines(published, "roll") == sorted(lines(published, "roll"))


@given(st.permutations(range(7)), st.permutations(range(7)))
def test_the_order_of_what_is_collected_leaves_no_trace(
    cast: Sequence[int], roll: Sequence[int]
) -> None:
    shuffled = replace(
        ROOM, cast=[ROOM.cast[at] for at in cast], roll=[ROOM.roll[at] for at in roll]
    )
    assert publish(shuffled) == publish(ROOM)


@given(st.sampled_from(DecisionMethod).flatmap(decisions))
def test_the_same_decision_has_the_same_list(of: Closed) -> None:
    assert publish(of) == publish(of)
    assert publish(of).text.encode().decode() == publish(of).text


def test_people_can_write_what_they_like() -> None:
    question = 'Zwei\nZeilen "und" \\ 🌱 \u2028 \x00'
    published = publish(replace(SATURDAYS, question=question))
    [line] = lines(published, "question")
    assert json.loads(line) == question
    assert published.text.count("\n") == publish(SATURDAYS).text.count("\n")


def test_a_commitment_is_of_one_decision_one_member_and_one_salt() -> None:
    one = commitment(17, 3, salt(3))
    assert one == sha(f"17:3:{salt(3).hex()}")
    assert one not in {
        commitment(18, 3, salt(3)),
        commitment(17, 4, salt(3)),
        commitment(17, 3, salt(4)),
    }


def test_too_few_ballots_are_not_published() -> None:
    few = closed(Rule(), poll("yes", "yes", "no", "no"))
    with pytest.raises(ValueError, match="4 ballots are too few"):
        publish(few)


def test_ballots_of_the_hall_hide_nobody() -> None:
    hall = replace(poll("yes", "no"), hall=(InPersonBallots("yes", 9),), headcounts={None: 9})
    with pytest.raises(ValueError, match="2 ballots are too few"):
        publish(closed(Rule(), hall))


def test_a_roll_has_one_line_a_ballot() -> None:
    with pytest.raises(ValueError, match="9 ballots, but 8 on the roll"):
        publish(replace(SATURDAYS, roll=SATURDAYS.roll[1:]))


def of_roles(rule: Rule, families: int, **of_hall: int) -> Publication:
    """Eight users and some family members say yes; in the hall, as many of a role as named."""
    voters = [Role.USER] * 8 + [Role.FAMILY] * families
    with_role = rule.parity is not Parity.NONE
    heads = {Role.USER: 8, Role.FAMILY: families}
    hall: dict[Role | None, int] = {Role(role): people for role, people in of_hall.items()}
    heaps = tuple(InPersonBallots("yes", people, role) for role, people in hall.items())
    ballots = tuple(Ballot("yes", role=role if with_role else None) for role in voters)
    return publish(closed(rule, Poll(ballots, heads, heads, hall=heaps, headcounts=hall)))


def test_roles_stand_on_ballots_where_the_rule_needs_them() -> None:
    published = of_roles(Rule(parity=Parity.EACH_ROLE), 5, user=2)
    assert sum('"role":"family"' in line for line in lines(published, "ballot")) == 5
    assert lines(published, "hall") == ['{"ballots":2,"choice":"yes","role":"user"}']
    assert only(published, "turnout")["roles"] == {
        "user": {"by_phone": 8, "electorate": 8, "in_hall": 2, "present": None},
        "family": {"by_phone": 5, "electorate": 5, "in_hall": 0, "present": None},
        "professional": {"by_phone": 0, "electorate": 0, "in_hall": 0, "present": None},
    }


@pytest.mark.parametrize(
    "published",
    [
        of_roles(Rule(), 8),
        of_roles(Rule(parity=Parity.EACH_ROLE), 4),
        of_roles(Rule(parity=Parity.EACH_ROLE), 4, family=3),
        of_roles(Rule(parity=Parity.EACH_ROLE), 5, professional=6),
        of_roles(Rule(quorum=Quorum(each_role=True)), 4),
    ],
    ids=["not asked", "too few", "too few by phone", "only in the hall", "quorum"],
)
def test_nothing_says_whose_role_is_what_otherwise(published: Publication) -> None:
    assert only(published, "turnout")["roles"] is None
    text = published.text.replace('"each_role"', "").replace('"roles":null', "")
    assert '"role"' not in text
    assert "family" not in text


def test_a_quorum_in_each_role_tells_numbers_but_no_ballots_role() -> None:
    published = of_roles(Rule(quorum=Quorum(each_role=True)), 5)
    assert only(published, "turnout")["roles"] is not None
    assert not any('"role"' in line for line in lines(published, "ballot"))


def test_empty_heaps_of_the_hall_are_left_out() -> None:
    hall = replace(
        poll(*["yes"] * 5),
        hall=(InPersonBallots("no", 2), InPersonBallots("yes", 0)),
        headcounts={None: 3},
    )
    published = publish(closed(Rule(), hall))
    assert lines(published, "hall") == ['{"ballots":2,"choice":"no"}']
    assert only(published, "turnout")["in_hall"] == 3


def test_the_outcome_is_that_of_the_rule() -> None:
    assert decide(ROOM.rule, ROOM.poll) == ROOM.outcome
    assert only(publish(ROOM), "result") == {
        "result": "chosen",
        "why": "counted",
        "winners": [0, 2],
    }

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import closed_decisions as closed

from assembly.ballot import Ballot
from assembly.count import Counting
from assembly.counting import blt, methods
from assembly.counting.table import RANKED, WORDS
from assembly.interchange import as_blt, as_csv, has_blt, readable
from assembly.outcome import InPersonBallots
from assembly.roles import Role
from assembly.rule import DecisionMethod, Parity, Rule

ABC = ("A", "B", "C")
IRV = Rule(DecisionMethod.IRV, ABC)


def ballots(*choices: str) -> list[Ballot]:
    return [Ballot(choice) for choice in choices]


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


# -- BLT --------------------------------------------------------------------------------------


def test_a_ranking_as_blt() -> None:
    hall = (InPersonBallots("20", 2), InPersonBallots("invalid", 3), InPersonBallots("1", 0))
    text = as_blt(IRV, "Which first?", ballots("20", "1", "20", "", "012"), hall)
    assert text == ('3 1\n1 0\n1 1 2 3 0\n1 2 0\n4 3 1 0\n0\n"A"\n"B"\n"C"\n"Which first?"\n')


def test_approval_as_blt() -> None:
    rule = Rule(DecisionMethod.APPROVAL, ABC, seats=2)
    text = as_blt(rule, "Which?", ballots("02", "02", "1"))
    assert text == '3 2\n2 1 3 0\n1 2 0\n0\n"A"\n"B"\n"C"\n"Which?"\n'


@pytest.mark.parametrize(("said", "seats"), [(("0", "0"), 1), (("0", "1"), 2), (("",), 1)])
def test_places_that_stay_free_are_no_seats_elsewhere(said: tuple[str, ...], seats: int) -> None:
    rule = Rule(DecisionMethod.APPROVAL, ABC, seats=3)
    assert blt.parse(as_blt(rule, "Which?", ballots(*said)).encode()).seats == seats


def test_the_order_of_ballots_tells_nothing() -> None:
    said = ballots("20", "1", "012", "1")
    assert as_blt(IRV, "Q", said) == as_blt(IRV, "Q", said[::-1])


@pytest.mark.parametrize(
    "rule",
    [
        Rule(),
        Rule(DecisionMethod.CONSENT),
        Rule(DecisionMethod.SCORE, ABC),
        Rule(DecisionMethod.DOTS, ABC, dots=3),
        Rule(DecisionMethod.APPROVAL, ABC, parity=Parity.EQUAL_WEIGHTS),
    ],
)
def test_what_blt_cannot_hold(rule: Rule) -> None:
    assert not has_blt(rule)
    with pytest.raises(ValueError, match="no way"):
        as_blt(rule, "Q", [])


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Room", "Küche", "部屋"), ("Room", "Küche", "部屋")),
        (('The "blue" room',), ("The 'blue' room",)),
        (("one\ntwo\x07", "a\u2028b"), ("one two", "a b")),
        (("  A ", "A", "A", "A (2)"), ("A", "A (2)", "A (3)", "A (2) (2)")),
        (('"', "'"), ("'", "' (2)")),
        (("\n", " ", "?"), ("?", "? (2)", "? (3)")),
        (("\ud800x",), ("x",)),
        (("# 1", "-1", "0"), ("# 1", "-1", "0")),
    ],
)
def test_names_become_writable(names: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert readable(names) == told


@given(st.lists(st.text(), min_size=1, max_size=20), st.text())
def test_any_names_travel(names: list[str], title: str) -> None:
    rule = Rule(DecisionMethod.IRV, tuple(names))
    election = blt.parse(as_blt(rule, title, ballots("0")).encode())
    assert election.ballots.options == readable(names)
    assert len({*election.ballots.options}) == len(names)
    assert election.title == readable([title])[0]


@pytest.mark.parametrize("method", sorted({*RANKED, DecisionMethod.APPROVAL}))
@settings(max_examples=40)
@given(data=st.data())
def test_counted_elsewhere_it_has_the_same_winners(
    method: DecisionMethod, data: st.DataObject
) -> None:
    """Without the lot a tie is left: the decision's winners are among those tied."""
    decision = data.draw(closed.decisions(method))
    rule, outcome = decision.rule, decision.outcome
    if not has_blt(rule) or outcome.count is None:
        return
    text = as_blt(rule, decision.question, decision.poll.ballots, decision.poll.hall)
    election = blt.parse(text.encode())
    count = methods.tally(Counting(method.value), election.ballots, election.seats)
    assert sum(election.ballots.rankings.values()) == sum(
        heap.ballots for heap in decision.poll.hall if heap.choice != "invalid"
    ) + len(decision.poll.ballots)
    if all(tie.decided_by != "drawn" for tie in outcome.ties):
        assert {*count.winners} == {*outcome.winners}
    else:
        assert {*outcome.winners} <= {*count.winners}


# -- CSV --------------------------------------------------------------------------------------

TABLES = [
    (Rule(), "no", ["choice"], ["no"]),
    (IRV, "20", [*ABC], ["2", "", "1"]),
    (IRV, "", [*ABC], ["", "", ""]),
    (Rule(DecisionMethod.APPROVAL, ABC), "02", [*ABC], ["1", "0", "1"]),
    (Rule(DecisionMethod.SCORE, ABC), "5-0", [*ABC], ["5", "", "0"]),
    (Rule(DecisionMethod.DOTS, ABC, dots=19), "30g", [*ABC], ["3", "0", "16"]),
]


@pytest.mark.parametrize(("rule", "choice", "head", "row"), TABLES)
def test_a_table_has_plain_columns(
    rule: Rule, choice: str, head: list[str], row: list[str]
) -> None:
    text = as_csv(rule, "tracker", [("7K3QX0ZB5M", Ballot(choice))])
    assert text.endswith("\r\n") and text.count("\r\n") == 2
    assert table(text) == [["tracker", *head], ["7K3QX0ZB5M", *row]]


def test_reasons_and_roles_have_columns_where_there_are_any() -> None:
    said = Ballot("block", 'It says "no",\nthat is why', Role.FAMILY)
    text = as_csv(Rule(DecisionMethod.CONSENSUS), "tracker", [("T", said)])
    assert table(text) == [
        ["tracker", "choice", "reason", "role"],
        ["T", "block", 'It says "no",\nthat is why', "family"],
    ]
    assert '"It says ""no"",\nthat is why"' in text


def test_the_hall_s_ballots_follow() -> None:
    hall = (InPersonBallots("yes", 2, Role.USER), InPersonBallots("invalid", 1))
    rows = table(as_csv(Rule(), "name", [("Anna", Ballot("no"))], hall))
    assert rows == [
        ["name", "choice", "role"],
        ["Anna", "no", ""],
        ["hall", "yes", "user"],
        ["hall", "yes", "user"],
        ["hall", "invalid", ""],
    ]
    rows = table(as_csv(IRV, "name", [], (InPersonBallots("invalid", 1),)))
    assert rows[1] == ["hall", "invalid", "invalid", "invalid"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    rule = Rule(DecisionMethod.IRV, (text, "B"))
    assert table(as_csv(rule, "name", [(text, Ballot("0"))])) == [
        ["name", f"'{text}", "B"],
        [f"'{text}", "1", ""],
    ]
    objection = Ballot("object", text)
    [_, row] = table(as_csv(Rule(DecisionMethod.CONSENT), "name", [("A", objection)]))
    assert row == ["A", "object", f"'{text}"]


@pytest.mark.parametrize("method", sorted(DecisionMethod))
@settings(max_examples=40)
@given(data=st.data())
def test_the_columns_add_up(method: DecisionMethod, data: st.DataObject) -> None:
    decision = data.draw(closed.decisions(method))
    rule, poll = decision.rule, decision.poll
    head, *rows = table(as_csv(rule, "tracker", decision.cast, poll.hall))
    assert len(rows) == len(poll.ballots) + sum(heap.ballots for heap in poll.hall)
    assert {len(row) for row in rows} == {len(head)}
    if method in WORDS:
        said = [row[1] for row in rows]
        votes = decision.outcome.votes
        assert all(said.count(word) == number for word, number in votes.items())
    elif method is DecisionMethod.DOTS and decision.outcome.points:
        points = {one.option: one.total for one in decision.outcome.points}
        for option in range(len(rule.options)):
            cells = [row[1 + option] for row in rows]
            assert sum(int(cell) for cell in cells if cell != "invalid") == points[option]

"""`voci verify`: whatever was changed in a published list is found, and named as what it is."""

from __future__ import annotations

import codecs
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from kit.closed_decisions import ROOM, SATURDAYS, SEED, closed, decisions, poll, salt, tracker
from typer.testing import CliRunner

from assembly.ballot import Ballot
from assembly.chain import Closed, publish
from assembly.deciding import decide
from assembly.outcome import Poll
from assembly.roles import Role
from assembly.rule import Base, DecisionMethod, Electorate, Parity, Quorum, Rule
from bot import verify as verifier
from bot.cli import app
from bot.verify import CannotRead, check

Lines = list[str]
Change = Callable[[dict[str, Any], list[Any]], None]


def findings(text: str | bytes) -> list[tuple[int, str]]:
    return check(text.encode() if isinstance(text, str) else text).findings


def line_of(lines: Lines, name: str) -> int:
    """The place in the list of the first line with a name."""
    return next(at for at, line in enumerate(lines) if line.startswith(name + " "))


# ---------------------------------------------------------------------------------------- counting


@pytest.mark.parametrize("method", DecisionMethod)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_it_counts_as_the_bot_counts(method: DecisionMethod, data: st.DataObject) -> None:
    of = data.draw(decisions(method))
    assert findings(publish(of).text) == []


@pytest.mark.parametrize("method", DecisionMethod)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_another_result_is_found_even_if_all_hashes_are_made_anew(
    method: DecisionMethod, data: st.DataObject
) -> None:
    of = data.draw(decisions(method))
    winners = (*of.outcome.winners, 0)
    forged = publish(replace(of, outcome=replace(of.outcome, winners=winners)))
    sheet = check(forged.text.encode())
    if not sheet.unsure:
        [(_, sentence)] = sheet.findings
        assert sentence.startswith("counted again, the ballots give: ")


def by_roles(*, users: int, family: int, users_say: str = "yes") -> Closed:
    """Carried by the users alone, with the rule that each role has to agree."""
    voters = [(Role.USER, users_say)] * users + [(Role.FAMILY, "no")] * family
    cast = {Role.USER: users, Role.FAMILY: family}
    ballots = tuple(Ballot(choice, role=role) for role, choice in voters)
    return closed(Rule(parity=Parity.EACH_ROLE), Poll(ballots, cast, cast))


def test_roles_are_counted_where_five_of_each_took_part() -> None:
    sheet = check(publish(by_roles(users=8, family=5)).text.encode())
    assert (sheet.findings, sheet.unsure) == ([], [])


def test_where_roles_are_hidden_that_is_said() -> None:
    sheet = check(publish(by_roles(users=8, family=4)).text.encode())
    assert sheet.findings == []
    [sentence] = sheet.unsure
    assert sentence.startswith("The rule goes by the roles, and of some role fewer than 5")
    assert sentence.endswith("the ballots can't be counted again.")


def test_a_lot_that_does_not_follow_from_its_seed() -> None:
    lot = replace(ROOM.lot, order=(0, 1, 2, 3))
    of = replace(ROOM, lot=lot, poll=replace(ROOM.poll, drawn=lot.order))
    of = replace(of, outcome=decide(of.rule, of.poll))
    assert [said for _, said in findings(publish(of).text)] == [
        "the order of the lot does not follow from its seed."
    ]


def test_a_seed_that_was_not_committed_to() -> None:
    of = replace(ROOM, lot=replace(ROOM.lot, commitment="00" * 32))
    assert [said for _, said in findings(publish(of).text)] == [
        "the seed of the lot is not the one that was committed to."
    ]


def test_numbers_that_contradict_each_other() -> None:
    turnout = replace(SATURDAYS.outcome.turnout, cast=12, needed=3)
    forged = replace(
        SATURDAYS,
        outcome=replace(SATURDAYS.outcome, turnout=turnout),
        poll=replace(SATURDAYS.poll, electorate={Role.USER: 8}),
    )
    assert [said for _, said in findings(publish(forged).text)] == [
        "12 ballots in all, but 9 by phone and 0 in the hall.",
        "9 ballots of an electorate of 8.",
    ]


def test_a_rule_that_cannot_be_counted() -> None:
    forged = replace(ROOM, rule=replace(ROOM.rule, seats=0))
    assert MALFORMED in [said for _, said in findings(publish(forged).text)]


def test_a_ballot_that_is_none_by_the_rule() -> None:
    cast = [*ROOM.cast[:-1], (ROOM.cast[-1][0], Ballot("09"))]
    [(_, sentence)] = findings(publish(replace(ROOM, cast=cast)).text)
    assert sentence == '"09" is no ballot by this rule.'


# --------------------------------------------------------------- lists whose hashes were made anew


def forge(text: str, change: Callable[[dict[str, Any], list[Any]], None]) -> str:
    """A list with other values and hashes that fit them, as only the bot could have made it.

    `change` is given the values of the parts that have one line, and those of the ballots.
    """
    rows = [line.partition(" ") for line in text.split("\n")[1:-1]]
    parts = {name: json.loads(value) for name, _, value in rows if name in verifier.PARTS}
    many = {name: [value for of, _, value in rows if of == name] for name in verifier.SEVERAL}
    ballots = [json.loads(line.partition(" ")[2]) for line in many["ballot"]]
    change(parts, ballots)
    lines = {name: many.get(name) or [dumps(parts[name])] for name in parts}
    lines |= {"hall": [dumps(heap) for heap in parts["hall"]]} if "hall" in parts else {}
    texts = {
        name: "".join(f"{name} {value}\n" for value in lines.get(name, []))
        for name in verifier.PARTS
    }
    digests = f"digests {dumps({name: sha(texts[name]) for name in texts})}\n"
    link = sha(digests)
    made = ["voci-decision 1\n", *texts.values(), digests, f"head {link}\n"]
    for ballot in ballots:
        link = sha(f"{link} {dumps(ballot)}")
        made.append(f"ballot {link} {dumps(ballot)}\n")
    return "".join([*made, f"seal {link}\n"])


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def to(part: str, **values: object) -> Callable[[dict[str, Any], list[Any]], None]:
    return lambda parts, _: parts[part].update(values)


def to_result(result: str, why: str) -> Change:
    return to("result", result=result, why=why)


def hall(parts: dict[str, Any], _: list[Any]) -> None:
    parts["hall"] = [{"ballots": 3, "choice": "yes"}]
    parts["turnout"]["cast"] += 3


def other_role(_: dict[str, Any], ballots: list[Any]) -> None:
    ballots[0]["role"] = "professional"


def no_role(_: dict[str, Any], ballots: list[Any]) -> None:
    del ballots[0]["role"]


def quorum(**values: object) -> Callable[[dict[str, Any], list[Any]], None]:
    return lambda parts, _: parts["rule"]["quorum"].update(values)


MALFORMED = "something is malformed: it can't be counted again."
BY_ROLES = by_roles(users=8, family=5)
FORGED = [
    (SATURDAYS, lambda parts, ballots: None, None),
    (SATURDAYS, hall, "3 ballots of 0 people in the hall."),
    (SATURDAYS, quorum(number=3), "3 ballots were needed by the rule, not 7."),
    (SATURDAYS, to("turnout", by_phone=-9), '9 lines "ballot", but -9 took part by phone.'),
    (SATURDAYS, to("turnout", electorate="20"), MALFORMED),
    (SATURDAYS, to("turnout", in_hall=-1), MALFORMED),
    (SATURDAYS, to("result", winners=[7]), "counted again, the ballots give: carried."),
    (SATURDAYS, quorum(share="1e999999999"), MALFORMED),
    (SATURDAYS, to("rule", threshold="1e999999999"), MALFORMED),
    (ROOM, to("rule", method="no-such-method"), MALFORMED),
    (ROOM, to("lot", order=[0, 0, 1, 2]), "the order of the lot does not follow from its seed."),
    (BY_ROLES, other_role, "1 ballots of the role professional, not 0."),
    (BY_ROLES, no_role, MALFORMED),
]


@pytest.mark.parametrize(("of", "change", "sentence"), FORGED)
def test_what_contradicts_itself_is_found_although_all_hashes_fit(
    of: Closed, change: Callable[[dict[str, Any], list[Any]], None], sentence: str | None
) -> None:
    found = [said for _, said in findings(forge(publish(of).text, change))]
    if sentence is None:
        assert found == []
    else:
        assert any(said.startswith(sentence) for said in found), found


def too_few_in_a_role(parts: dict[str, Any], _: list[Any]) -> None:
    parts["turnout"]["each_role"] = False
    parts["result"].update(result="no_quorum", why="too_few_in_a_role")


def reason_given(_: dict[str, Any], ballots: list[Any]) -> None:
    ballots[0]["reason"] = "because"


def four_ballots(parts: dict[str, Any], ballots: list[Any]) -> None:
    del ballots[4:]
    parts["turnout"].update(by_phone=4, cast=4)


def hidden(parity: Parity, *, yes: int, no: int = 0) -> Closed:
    """A majority of 17 people of two roles, all of whom took part, and three are too few to tell
    their role; with a quorum of nobody in each role."""
    voters = [Role.USER] * 14 + [Role.FAMILY] * 3
    said = ["yes"] * yes + ["no"] * no
    ballots = tuple(Ballot(word, role=role) for word, role in zip(said, voters, strict=True))
    cast = {Role.USER: 14, Role.FAMILY: 3}
    rule = Rule(parity=parity, quorum=Quorum(Fraction(0), each_role=True))
    return closed(rule, Poll(ballots, cast, cast))


HIDDEN_ROLES = by_roles(users=14, family=3)
CONTRADICTIONS = [
    # 17 no and carried, with roles that nobody sees
    (
        by_roles(users=14, family=3, users_say="no"),
        to_result("carried", "roles_agree"),
        "the totals of all do not",
    ),
    (HIDDEN_ROLES, to_result("no_quorum", "too_few_in_a_role"), "the totals of all do not allow"),
    (HIDDEN_ROLES, to("turnout", each_role=True), "the rule and the turnout differ about a quorum"),
    (SATURDAYS, to_result("carried", "objections"), "what came of it and why contradict"),
    (SATURDAYS, to("rule", surprise=1), "this is no rule as the format has it"),
    (SATURDAYS, to("rule", threshold="1/3"), "this is no rule as the format has it"),
    (SATURDAYS, to("rule", threshold="2/4"), "this is no rule as the format has it"),
    (SATURDAYS, to("rule", edition=99), "this edition of the rules is newer than this verifier."),
    (SATURDAYS, to("rule", seats=2), "more seats than options."),
    (SATURDAYS, lambda _, ballots: ballots[0].update(tracker="!"), "this is no ballot as the"),
    (SATURDAYS, lambda _, ballots: ballots[0].update(role="user"), "a role is missing here, or"),
    (ROOM, to("lot", seed="x" * 64), "this is no lot as the format has it"),
    (
        SATURDAYS,
        to_result("carried", "no_objection"),
        'counted again, the reason is "reached", not',
    ),
    (
        HIDDEN_ROLES,
        to_result("not_carried", "missed"),
        "the totals of all do not allow this result",
    ),
    # one yes of 17 can be one half of two roles, and no more
    (
        hidden(Parity.EQUAL_WEIGHTS, yes=1, no=16),
        to_result("carried", "reached"),
        "the totals of all",
    ),
    (
        hidden(Parity.EACH_ROLE, yes=17),
        to_result("not_carried", "a_role_disagrees"),
        "the totals of",
    ),
    (hidden(Parity.NONE, yes=17), too_few_in_a_role, "the totals of all do not allow this result"),
    (SATURDAYS, reason_given, "a reason, where none is asked for."),
    (SATURDAYS, to("rule", base="present"), "the rule goes by those present, and nobody counted"),
    (SATURDAYS, quorum(of="present"), "the rule goes by those present, and nobody counted them."),
    (ROOM, to("rule", method="irv"), "several seats, by a method that has one winner."),
    (ROOM, to("rule", parity="each-role"), "a rule about roles, by a method that has none."),
    (ROOM, to("rule", method="dots"), "dots are from 1 to 19."),
    (SATURDAYS, four_ballots, "4 ballots by phone: fewer than 5 are never published."),
]


@pytest.mark.parametrize(("of", "change", "sentence"), CONTRADICTIONS)
def test_a_contradiction_is_found_with_all_hashes_made_anew(
    of: Closed, change: Change, sentence: str
) -> None:
    found = [said for _, said in findings(forge(publish(of).text, change))]
    assert any(said.startswith(sentence) for said in found), found


def of_role(parity: Parity = Parity.NONE, *, family: int = 0) -> Closed:
    """A quorum by role, and an electorate of users only, beside whom some of the family stand."""
    voters = [Role.USER] * 6 + [Role.FAMILY] * family
    cast = {Role.USER: 6, Role.FAMILY: family}
    rule = Rule(
        parity=parity,
        quorum=Quorum(Fraction(0), each_role=True),
        electorate=Electorate.USER,
    )
    return closed(rule, Poll(tuple(Ballot("yes", role=role) for role in voters), cast, cast))


def among(electorate: Electorate, present: dict[Role, int] | None) -> Closed:
    """Nine ballots of an electorate of twenty users, and so many who were present."""
    rule = replace(SATURDAYS.rule, electorate=electorate)
    return closed(rule, replace(SATURDAYS.poll, present=present))


NOT_ENTITLED = "people of the role family, with an electorate of the role user."
REFUSED = [
    (
        among(Electorate.PRESENT, None),
        "turnout",
        "the rule goes by those present, and nobody counted them.",
    ),
    (
        among(Electorate.PRESENT, {Role.USER: 19}),
        "turnout",
        "an electorate of 20 of those present, who were 19.",
    ),
    (of_role(family=5), "turnout", NOT_ENTITLED),
    (
        of_role(Parity.EACH_ROLE),
        "rule",
        "a rule about roles, with an electorate of one role.",
    ),
    (replace(SATURDAYS, question=" \n"), "question", "this question is empty."),
    (
        replace(ROOM, rule=replace(ROOM.rule, options=("Garden", "", "C", "D"))),
        "option",
        "this option is empty.",
    ),
]


@pytest.mark.parametrize(("of", "name", "sentence"), REFUSED)
def test_what_voci_never_writes_is_refused_in_one_sentence(
    of: Closed, name: str, sentence: str
) -> None:
    written = publish(of).text
    [(line, said)] = findings(written)
    assert said == sentence
    assert written.split("\n")[line - 1].startswith(f"{name} ")


WRITTEN = [
    among(Electorate.PRESENT, {Role.USER: 20}),
    among(Electorate.PRESENT, {Role.USER: 25}),  # of whom five had just joined
    among(Electorate.NAMED, {Role.USER: 30, Role.FAMILY: 8}),
    among(Electorate.USER, {Role.USER: 20, Role.FAMILY: 8}),
    of_role(),
]


@pytest.mark.parametrize("of", WRITTEN)
def test_more_can_be_present_than_entitled(of: Closed) -> None:
    assert findings(publish(of).text) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (to("rule", edition=99), "this edition of the rules is newer than this verifier."),
        (to("rule", seats=2), "more seats than options."),
    ],
)
def test_a_rule_that_is_not_known_is_not_called_malformed(
    change: Change, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "list"
    path.write_text(forge(publish(SATURDAYS).text, change))
    said, code = verifier.verify(path)
    assert code == 1
    assert said.split("\n")[:2] == ["1 thing does not fit:", f"line 4: {sentence}"]
    assert "malformed" not in said
    assert said.endswith("\n\nNothing was counted again here.")


@pytest.mark.parametrize("key", ["by_phone", "electorate", "in_hall"])
def test_roles_add_up_to_the_totals(key: str) -> None:
    def change(parts: dict[str, Any], _: list[Any]) -> None:
        parts["turnout"]["roles"]["family"][key] += 1

    found = [said for _, said in findings(forge(publish(by_roles(users=8, family=5)).text, change))]
    assert f"{key} of the roles and of all do not add up." in found


def test_options_are_there_once_and_at_most_twenty() -> None:
    twice = publish(replace(ROOM, rule=replace(ROOM.rule, options=("A", "B", "A", "C"))))
    assert (6, "this option is there twice.") in findings(twice.text)
    many = tuple(f"option {number}" for number in range(21))
    found = findings(publish(replace(ROOM, rule=replace(ROOM.rule, options=many))).text)
    assert (4, "21 options: there are at most 20.") in found


def test_what_is_not_in_the_one_form_is_found() -> None:
    for other in ('{"base":"cast","base"', '{ "base"'):
        text = publish(SATURDAYS).text.replace('{"base"', other)
        assert (4, "this is not JSON in the one form of the format.") in findings(text)


ANYTHING = st.sampled_from(
    [
        *(0, 1, 5, 9, 20, 10**9, 10**12, -1, None, True, [], [0], [3, 2, 1, 0], {}),
        *("", "0", "1", "1/2", "2/3", "invalid", "user", "00" * 32, "A" * 10, "0123", "-"),
        *DecisionMethod,
        *Parity,
        *Base,
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from([SATURDAYS, ROOM, BY_ROLES]), st.data())
def test_no_list_whose_hashes_fit_ends_in_a_traceback(of: Closed, data: st.DataObject) -> None:
    def change(parts: dict[str, Any], ballots: list[Any]) -> None:
        for _ in range(data.draw(st.integers(1, 4))):
            values = data.draw(st.sampled_from([*parts.values(), *ballots]))
            while isinstance(values, dict) and values:
                key = data.draw(st.sampled_from(sorted(values)))
                if isinstance(values[key], dict) and data.draw(st.booleans()):
                    values = values[key]
                    continue
                values[key] = data.draw(ANYTHING)
                break

    sheet = check(forge(publish(of).text, change).encode())
    assert all(said.endswith(".") for _, said in sheet.findings)


# ------------------------------------------------------------------------------------- what changed


@pytest.mark.thorough
@pytest.mark.parametrize("of", [SATURDAYS, ROOM], ids=["majority", "ranking"])
def test_every_single_changed_byte_is_found_where_it_is(of: Closed) -> None:
    data = publish(of).text.encode()
    several = [name.encode() for name in verifier.SEVERAL if name != "ballot"]
    missed = []
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]
        line = data.count(b"\n", 0, at) + 1
        name = data.split(b"\n")[line - 1].split(b" ")[0]
        found = findings(changed)
        numbers = {number for number, _ in found}
        if name in several:  # their digest is of all of them
            numbers |= {line for _, said in found if " changed (lines " in said}
        if line not in numbers:
            missed.append((at, data[max(0, at - 20) : at + 1], found))
    assert missed == []


def reworded(name: str, old: str, new: str) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        at = line_of(lines, name)
        assert old in lines[at]
        lines[at] = lines[at].replace(old, new, 1)

    return change


def drop(name: str, further: int = 0) -> Callable[[Lines], None]:
    return lambda lines: lines.__delitem__(line_of(lines, name) + further)


def double(lines: Lines) -> None:
    at = line_of(lines, "ballot") + 2
    lines.insert(at + 1, lines[at])


def double_elsewhere(lines: Lines) -> None:
    lines.insert(line_of(lines, "seal"), lines[line_of(lines, "ballot")])


def add(lines: Lines) -> None:
    at = line_of(lines, "ballot") + 2
    ballot = {"choice": "no", "reason": "", "tracker": "0000000000"}
    lines.insert(at, f"ballot {'ab' * 32} {json.dumps(ballot, separators=(',', ':'))}")


def swap(lines: Lines) -> None:
    at = line_of(lines, "ballot") + 1
    lines[at], lines[at + 1] = lines[at + 1], lines[at]


def new_link(lines: Lines) -> None:
    at = line_of(lines, "ballot") + 1
    lines[at] = f"ballot {'cd' * 32} {lines[at].split(' ')[2]}"


def new_ballot(lines: Lines) -> None:
    at = line_of(lines, "ballot") + 1
    old, new = ("yes", "no") if '"yes"' in lines[at] else ("no", "yes")
    lines[at] = lines[at].replace(f'"{old}"', f'"{new}"')


def move_up(lines: Lines) -> None:
    lines.insert(1, lines.pop(line_of(lines, "rule")))


BALLOT = 19  # the line of the first ballot of SATURDAYS
CHANGES = [
    (reworded("question", "Saturdays", "Sundays"), 3, "the question was changed: the digest is"),
    (reworded("rule", '"1/2"', '"2/3"'), 4, "the rule was changed: the digest is another."),
    (reworded("rule", "yes-no", "cast"), 4, "the rule was changed: the digest is another."),
    (reworded("lot", SEED.hex(), "11" * 32), 5, "the lot was changed: the digest is another."),
    (reworded("lot", SEED.hex(), "11" * 32), 5, "the seed of the lot is not the one that was"),
    (reworded("turnout", '"electorate":20', '"electorate":21'), 6, "the turnout was changed: the"),
    (reworded("result", '"carried"', '"not_carried"'), 7, "the result was changed: the digest is"),
    (reworded("result", '"carried"', '"not_carried"'), 7, "counted again, the ballots give: carr"),
    (reworded("decision", "17", "18"), 2, "the decision was changed: the digest is another."),
    (reworded("roll", "1", "2"), 8, "the roll was changed (lines 8 to 16): the digest is another."),
    (drop("roll"), 8, '8 lines "roll", but 9 took part by phone.'),
    (reworded("digests", "a", "b"), 17, "the digests were changed: the head binds others."),
    (lambda lines: lines.__setitem__(17, f"head {'ab' * 32}"), 18, "the head was changed: the dig"),
    (new_ballot, BALLOT + 1, "this ballot was changed: the chain binds another."),
    (new_link, BALLOT + 1, "the link of this ballot was changed."),
    (drop("ballot"), BALLOT, "before this ballot one was dropped: the chain has a gap."),
    (drop("ballot", 4), BALLOT + 4, "before this ballot one was dropped: the chain has a gap."),
    (drop("ballot", 8), BALLOT + 8, "before the seal a ballot was dropped: it is not the last"),
    (drop("ballot", 4), BALLOT, '8 lines "ballot", but 9 took part by phone.'),
    (double, BALLOT + 3, "this ballot was doubled: it is the one of line 21."),
    (double_elsewhere, BALLOT + 9, "this ballot was doubled: it is the one of line 19."),
    (add, BALLOT + 2, "this ballot was added: the chain goes on without it."),
    (swap, BALLOT + 2, "this is not in its place, or there twice."),
    (lambda lines: lines.__setitem__(-2, f"seal {'ab' * 32}"), 28, "the seal was changed: it is"),
    (drop("seal"), 1, 'one line "seal" was expected, not 0.'),
    (lambda lines: lines.insert(4, lines[3]), 4, 'one line "rule" was expected, not 2.'),
    (move_up, 3, 'a line "decision" does not belong here, but further up.'),
    (lambda lines: lines.insert(4, "secret 1"), 5, 'no line begins with "secret".'),
    (lambda lines: lines.__setitem__(0, "voci-decision 2"), 1, "the first line has to be"),
]


@pytest.mark.parametrize(("change", "number", "sentence"), CHANGES)
def test_a_change_is_named_as_what_it_is(
    change: Callable[[Lines], None], number: int, sentence: str
) -> None:
    lines = publish(SATURDAYS).text.split("\n")
    change(lines)
    found = findings("\n".join(lines))
    assert any(at == number and said.startswith(sentence) for at, said in found), found


def test_changed_options_are_named_as_options() -> None:
    text = publish(ROOM).text
    for changed in (text.replace('"Garden"', '"Cellar"'), text.replace('option "Library"\n', "")):
        assert any("the option was changed (lines 4" in said for _, said in findings(changed))


def test_a_hall_that_was_changed() -> None:
    of = closed(SATURDAYS.rule, replace(poll(*["no"] * 5), headcounts={None: 9}))
    text = publish(of).text
    assert findings(text) == []
    heap = 'hall {"ballots":9,"choice":"yes"}\n'
    found = [said for _, said in findings(text.replace("result {", heap + "result {"))]
    assert "the hall was changed: the digest is another." in found
    assert "5 ballots in all, but 5 by phone and 9 in the hall." in found


# ------------------------------------------------------------------------------- on a command line


class Verifying:
    """Runs the one file where there is nothing else, and `voci verify`."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "list.txt"
        (folder / "verify.py").write_bytes(Path(verifier.__file__).read_bytes())

    def alone(self, data: str | bytes, *arguments: str) -> tuple[int, str]:
        self.file.write_bytes(data.encode() if isinstance(data, str) else data)
        done = subprocess.run(  # noqa: S603 - our own file
            [sys.executable, "-I", "-S", "verify.py", "list.txt", *arguments],
            cwd=self.file.parent,
            capture_output=True,
            check=False,
            env={"LC_ALL": "C"},  # in which Python speaks UTF-8
        )
        assert done.stderr == b""
        return done.returncode, done.stdout.decode()

    def voci(self, data: str, *arguments: str) -> tuple[int, str]:
        self.file.write_text(data)
        result = CliRunner().invoke(app, ["verify", str(self.file), *arguments])
        return result.exit_code, result.stdout


@pytest.fixture
def verifying(tmp_path: Path) -> Verifying:
    return Verifying(tmp_path)


def wrapped(text: str) -> bytes:
    """As a mail program breaks lines at a space once they are long."""
    lines = []
    for line in text.split("\n"):
        while len(line) > 78 and " " in line[60:]:
            at = line.index(" ", 60)
            lines.append(line[:at])
            line = line[at + 1 :]
        lines.append(line)
    return "\n".join(lines).encode()


LIST = publish(ROOM).text
RESAVED = [
    (b"\xef\xbb\xbf" + LIST.encode(), "it begins with a byte order mark."),
    (LIST.replace("\n", "\r\n").encode(), "its lines end in CR LF."),
    (LIST.encode()[:-1], "the end of its last line is missing."),
    (LIST.encode() + b"\n\n", "it ends in empty lines."),
    (LIST.encode("utf-16"), "it was saved as UTF-16."),
    (wrapped(LIST), "its lines were broken, as mail programs do."),
    (LIST.encode("cp1252"), "it was saved in Windows-1252 instead of UTF-8."),
    (LIST.replace("\n", "\r").encode(), "its lines end in CR."),
    ("".join(f"> {line}\n" for line in LIST.splitlines()).encode(), "its lines were quoted, as"),
    (LIST.replace("\n", " \t\n").encode(), "there are spaces at the ends of its lines."),
    (b"\n" + LIST.replace("\nroll", "\n\nroll").encode(), "there are empty lines in it."),
]


@pytest.mark.parametrize(("data", "sentence"), RESAVED)
def test_what_was_only_saved_otherwise_is_put_right_and_no_forgery(
    verifying: Verifying, data: bytes, sentence: str
) -> None:
    assert data != LIST.encode()
    code, text = verifying.alone(data)
    assert code == 0
    assert text.startswith(f"Put right before reading: {sentence}")
    assert "\nEverything in this file fits together.\n" in text


@pytest.mark.parametrize("word", ["option", "rule", "seal"])
def test_a_line_may_be_broken_before_a_word_that_lines_begin_with(word: str) -> None:
    of = replace(SATURDAYS, question=f"Shall we take the {word} that the others took?")
    whole = publish(of).text
    sheet = check(whole.replace(f" {word} that", f"\n{word} that").encode())
    assert sheet.findings == []
    assert sheet.mended == ["its lines were broken, as mail programs do."]


def test_several_things_may_have_happened_to_one_file() -> None:
    quoted = "".join(f"> {line}\r\n" for line in wrapped(LIST).decode().splitlines())
    sheet = check(quoted.encode("cp1252"))
    assert sheet.findings == []
    assert len(sheet.mended) == 4


def test_a_change_is_found_in_what_was_saved_in_another_coding() -> None:
    assert findings(LIST.replace("Garden", "Cellar").encode("cp1252")) != []


def test_a_change_is_found_in_what_was_saved_otherwise() -> None:
    changed = LIST.replace("Garden", "Cellar").replace("\n", "\r\n")
    assert (4, "the option was changed (lines 4 to 7): the digest is another.") in findings(changed)


def test_where_nothing_was_counted_the_last_line_says_so(verifying: Verifying) -> None:
    code, text = verifying.alone(publish(by_roles(users=8, family=4)).text)
    assert code == 0
    assert text.startswith("Nothing in this file contradicts itself, but its result was not")
    assert text.endswith("\nNothing was counted again here.\n")


def test_a_list_that_fits(verifying: Verifying) -> None:
    published = publish(ROOM)
    code, text = verifying.alone(published.text)
    assert code == 0
    assert text.startswith(
        "Everything in this file fits together.\n"
        "The question: Welche zwei Räume? Only two.\n"
        "By stv-scottish: 7 ballots, 7 of them by phone; 0 were needed.\n"
        "The result: chosen: Garden, Stanza «quieta».\n"
    )
    assert "What this does not show: that nobody stuffed the list." in text
    assert text.endswith(f"posted in the group:\n{published.seal}\n")
    assert verifying.voci(published.text) == (code, text)


def test_a_list_that_does_not(verifying: Verifying) -> None:
    code, text = verifying.alone(publish(SATURDAYS).text.replace("Saturdays", "Sundays"))
    assert code == 1
    assert text.startswith(
        "1 thing does not fit:\nline 3: the question was changed: the digest is another.\n"
    )


def test_ones_own_ballot(verifying: Verifying) -> None:
    text = publish(ROOM).text
    code, shown = verifying.alone(text, "--tracker", tracker(3).lower())
    assert (code, "Stanza «quieta» > Küche > Library > Garden." in shown) == (0, True)
    code, shown = verifying.voci(text, "--tracker", "NOTHERE000")
    assert (code, "No ballot here has the tracker NOTHERE000." in shown) == (1, True)


@pytest.mark.parametrize(
    ("rule", "choice", "said"),
    [
        (Rule(DecisionMethod.SCORE, ("A", "B")), "5-", "A: 5, B: -"),
        (Rule(DecisionMethod.APPROVAL, ("A", "B")), "01", "A, B"),
        (Rule(DecisionMethod.IRV, ("A", "B")), "", "blank"),
        (Rule(DecisionMethod.CONSENT), "object", "object (reason: too loud)"),
    ],
)
def test_a_ballot_in_words(rule: Rule, choice: str, said: str) -> None:
    reason = "too loud" if choice == "object" else ""
    of = closed(rule, poll(*[choice] * 5))
    of = replace(of, cast=[(sign, Ballot(choice, reason)) for sign, _ in of.cast])
    sheet = check(publish(of).text.encode())
    assert sheet.findings == []
    sentence, found = verifier.find_tracker(sheet, tracker(0))
    assert (found, sentence.endswith(f": {said}.")) == (True, True)


def test_ones_own_line_on_the_roll(verifying: Verifying) -> None:
    text = publish(ROOM).text
    code, shown = verifying.alone(text, "--roll", f"3:{salt(3).hex()}")
    assert (code, "You stand on the roll, in line " in shown) == (0, True)
    code, shown = verifying.voci(text, "--roll", f"4:{salt(3).hex()}")
    assert (code, "Nobody with this number and salt stands on the roll." in shown) == (1, True)


def test_nothing_in_a_file_steers_the_terminal(verifying: Verifying) -> None:
    text = publish(replace(SATURDAYS, question="\x1b[2J\u202eevil")).text
    _, shown = verifying.alone(text)
    assert "The question: \ufffd[2J\ufffdevil\n" in shown


def test_a_terminal_without_umlauts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "list.txt"
    file.write_text(publish(ROOM).text, encoding="utf-8")
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(screen, "ascii", write_through=True))
    monkeypatch.setattr(sys, "argv", ["verify.py", str(file)])
    assert verifier.main() == 0
    assert b"The question: Welche zwei R?ume? Only two.\n" in screen.getvalue()


# ----------------------------------------------------------------------------------- hostile files

NO_LIST = "list.txt can't be read: this is no list of Voci's: the first line is not \"voci-d"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", NO_LIST),
        (b"\n", NO_LIST),
        (b"\x00\xff\xfe" * 1000, NO_LIST),
        ("Gemüse\n".encode("latin-1"), NO_LIST),
        (b"[" * 200_000, NO_LIST),
        (b"9" * 200_000, NO_LIST),
    ],
)
def test_what_is_no_list_at_all(verifying: Verifying, data: bytes, sentence: str) -> None:
    code, text = verifying.alone(data)
    assert code == 2
    assert text.startswith(sentence)
    assert text.count("\n") == 1


MANY = 100_000
LONG = [
    "x\n" * MANY,  # lines without a name, each of which could go on from the one before
    "".join(f'option "{number % 2}"\n' for number in range(MANY)),
    "".join(f'ballot {"0" * 64} {{"choice":"{number}"}}\n' for number in range(MANY)),
]


@pytest.mark.parametrize("lines", LONG, ids=["garbage", "options", "ballots"])
def test_a_long_list_of_nonsense_takes_no_longer_than_its_lines(lines: str) -> None:
    sheet = check(f"voci-decision 1\n{lines}seal x\n".encode())
    assert len(sheet.findings) >= MANY
    shown = verifier.report(sheet)
    assert len(shown) == 1 + verifier.MOST_SHOWN + 1
    assert shown[-1] == f"And {len(sheet.findings) - verifier.MOST_SHOWN} more."


def test_a_member_number_that_is_no_text_is_on_no_roll() -> None:
    sheet = check(publish(ROOM).text.encode())
    sentence, found = verifier.find_member(sheet, "\udcff:\udcff")
    assert (sentence, found) == ("Nobody with this number and salt stands on the roll.", False)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    assert verifier.verify(file) == (f"{file} can't be read: No such file or directory.", 2)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> IO[bytes]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    file = tmp_path / "list.txt"
    file.touch()
    assert verifier.verify(file) == (f"{file} can't be read: Permission denied.", 2)


HOSTILE = [
    b"[" * 100_000,
    b"9" * 100_000,
    b"-1",
    b"1e9999999999",
    b"NaN",
    b"1.5",
    b"9999999999",
    b'"\\ud800"',
    b'{"a":1,"a":1}',
    b"null",
    b"true",
    b"\xff\xfe",
    b"",
    b'{"order":[99999999999999999999]}',
    b'{"base":[]}',
]


@pytest.mark.parametrize("name", verifier.SECTIONS)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_line_is_named(name: str, value: bytes) -> None:
    lines = publish(ROOM).text.encode().split(b"\n")
    before = b"result " if name == "hall" else name.encode() + b" "  # this list has no hall
    at = next(n for n, line in enumerate(lines) if line.startswith(before))
    lines[at : at + (name != "hall")] = [name.encode() + b" " + value]
    numbers = {number for number, _ in findings(b"\n".join(lines))}
    assert at + 1 in numbers


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 4000), st.integers(0, 300))
@example(b"\xfe\xff", 0, 1)  # another coding from its first sign on
@example(b"\xff\xfe", 0, 0)
def test_whatever_is_put_into_a_list_never_ends_in_a_traceback(
    junk: bytes, at: int, instead: int
) -> None:
    data = publish(SATURDAYS).text.encode()
    changed = data[:at] + junk + data[at + instead :]
    if changed.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        with pytest.raises(CannotRead, match=r"^this is no list"):
            check(changed)
        return
    sheet = check(changed)
    assert bool(sheet.findings or sheet.mended) == (changed != data)


@given(st.binary(max_size=100))
def test_whatever_stands_in_a_file_is_answered_in_a_sentence(junk: bytes) -> None:
    try:
        assert findings(junk)
    except CannotRead as unreadable:
        assert str(unreadable).startswith("this is no list")  # noqa: PT017 - either will do

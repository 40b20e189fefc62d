"""What was collected, put together: ballots by what they say, and head-counts, whole and by role.

Ballots of the hall count with those by phone, and people in the hall are entitled and present.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assembly.forms.form import Form
from assembly.immutable import immutable
from assembly.outcome import InPersonBallots, Poll
from assembly.roles import Role
from assembly.rule import CARRIES_ROLE, Rule

INVALID = "invalid"
"""What a paper says that says nothing that counts; only the hall has them."""


@immutable
class Group:
    """Ballots by what they say, and head-counts: of everybody, or of one role.

    `cast` is the number of ballots, `hall` of those among them that were given there, invalid
    papers included. `said` is empty for a role where the rule does not ask what each role says.
    `present` is None outside an assembly.
    """

    said: Mapping[str, int]
    cast: int
    entitled: int
    present: int | None = None
    hall: int = 0


@immutable
class CollectedBallots:
    """Everybody, and each role that the electorate has."""

    everybody: Group
    roles: Mapping[Role, Group]


def needs_roles(rule: Rule) -> bool:
    """Whether ballots of the hall and people in it are to be counted by role.

    Where that was left out and only the quorum goes by role, the hall counts on the whole alone.
    """
    return rule.parity in CARRIES_ROLE or rule.quorum.each_role


def collect(rule: Rule, poll: Poll, form: Form) -> CollectedBallots:
    """The poll in the terms in which it is counted; `form` is that of the method's ballots.

    Raises ValueError for a poll that contradicts itself or its rule: more ballots than people, a
    negative head-count, a ballot that is none of this decision (Misvote), a role missing where the
    rule asks for it, or a lot that is not an order of all options.
    """
    _check_heads(poll)
    _check_ballots(rule, poll, form)
    _check_hall(rule, poll, form)
    if poll.drawn and sorted(poll.drawn) != list(range(len(rule.options))):
        raise ValueError("what is drawn is an order of all options")
    hall = poll.headcounts or {}
    everybody = Group(
        _said(poll, None),
        len(poll.ballots) + _papers(poll.hall),
        sum(poll.electorate.values()) + sum(hall.values()),
        None if poll.present is None else sum(poll.present.values()) + sum(hall.values()),
        _papers(poll.hall),
    )
    roles = {role: _of_role(rule, poll, role) for role in Role}
    return CollectedBallots(
        everybody, {role: group for role, group in roles.items() if group.entitled}
    )


def _of_role(rule: Rule, poll: Poll, role: Role) -> Group:
    headcounts = (poll.headcounts or {}).get(role, 0)
    papers = _papers(paper for paper in poll.hall if paper.role is role)
    return Group(
        _said(poll, role) if rule.parity in CARRIES_ROLE else {},
        poll.cast.get(role, 0) + papers,
        poll.electorate.get(role, 0) + headcounts,
        None if poll.present is None else poll.present.get(role, 0) + headcounts,
        papers,
    )


def _said(poll: Poll, role: Role | None) -> Mapping[str, int]:
    said = Counter[str]()
    for ballot in poll.ballots:
        if role is None or ballot.role is role:
            said[ballot.choice] += 1
    for paper in poll.hall:
        if paper.ballots and (role is None or paper.role is role):
            said[paper.choice] += paper.ballots
    return said


def _papers(hall: Iterable[InPersonBallots]) -> int:
    return sum(paper.ballots for paper in hall)


def _check_heads(poll: Poll) -> None:
    heads = (poll.electorate, poll.cast, poll.present or {}, poll.headcounts or {})
    if any(number < 0 for counts in heads for number in counts.values()):
        raise ValueError("a head-count is negative")


def _check_ballots(rule: Rule, poll: Poll, form: Form) -> None:
    for choice in {ballot.choice for ballot in poll.ballots}:
        form.check(choice, rule)
    for role in Role:
        cast, electorate = poll.cast.get(role, 0), poll.electorate.get(role, 0)
        if cast > electorate:
            raise ValueError(f"{cast} ballots from an electorate of {electorate}")
    if len(poll.ballots) != sum(poll.cast.values()):
        raise ValueError(f"{len(poll.ballots)} ballots of {sum(poll.cast.values())} people")
    if rule.parity in CARRIES_ROLE:
        roles = Counter(ballot.role for ballot in poll.ballots)
        if any(roles[role] != poll.cast.get(role, 0) for role in Role):
            raise ValueError("the ballots' roles are not those of the people who cast them")


def _check_hall(rule: Rule, poll: Poll, form: Form) -> None:
    for paper in poll.hall:
        if paper.ballots < 0:
            raise ValueError("a number of ballots is negative")
        if paper.choice != INVALID:
            form.check(paper.choice, rule)
    headcounts = poll.headcounts or {}
    if _papers(poll.hall) > sum(headcounts.values()):
        raise ValueError(f"{_papers(poll.hall)} ballots of {sum(headcounts.values())} in the hall")
    if rule.parity not in CARRIES_ROLE:
        return
    if headcounts.get(None) or any(paper.role is None and paper.ballots for paper in poll.hall):
        raise ValueError("the rule asks for roles, and the hall was counted without")
    for role in Role:
        papers = _papers(paper for paper in poll.hall if paper.role is role)
        if papers > headcounts.get(role, 0):
            raise ValueError(
                f"{papers} ballots of {headcounts.get(role, 0)} in the hall, in a role"
            )


def votes(words: Sequence[str], group: Group) -> Mapping[str, int]:
    """Ballots by word, all `words` of the method; invalid papers where there are any."""
    said = {word: group.said.get(word, 0) for word in words}
    if words and group.said.get(INVALID):
        said[INVALID] = group.said[INVALID]
    return said

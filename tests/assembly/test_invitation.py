from __future__ import annotations

from dataclasses import replace

import pytest

from assembly.invitation import Invitation, ask_again_at, expires_at, needs_confirmation, state
from assembly.roles import Role

NOW = 1_800_000_000
GOOD = Invitation(expires_at=NOW + 1, uses_left=1)
CONFIRMABLE = replace(GOOD, needs_confirmation=True)


@pytest.mark.parametrize(
    ("invitation", "expected"),
    [
        (GOOD, "valid"),
        (replace(GOOD, uses_left=50), "valid"),
        (replace(GOOD, expires_at=NOW), "expired"),
        (replace(GOOD, expires_at=NOW - 1), "expired"),
        (replace(GOOD, uses_left=0), "used_up"),
        (replace(GOOD, uses_left=-1), "used_up"),
        (replace(GOOD, revoked=True), "revoked"),
        (CONFIRMABLE, "unconfirmed"),
        (replace(CONFIRMABLE, confirmed=True), "valid"),
        (replace(GOOD, confirmed=True), "valid"),
        # what can least be mended is named first
        (replace(CONFIRMABLE, uses_left=0), "used_up"),
        (replace(CONFIRMABLE, uses_left=0, expires_at=NOW), "expired"),
        (replace(CONFIRMABLE, uses_left=0, expires_at=NOW, revoked=True), "revoked"),
        (replace(CONFIRMABLE, confirmed=True, revoked=True), "revoked"),
    ],
)
def test_state(invitation, expected):
    assert state(invitation, NOW) == expected


def test_an_invitation_lasts_fourteen_days():
    invitation = Invitation(expires_at(NOW), uses_left=1)
    assert state(invitation, NOW + 14 * 86_400 - 1) == "valid"
    assert state(invitation, NOW + 14 * 86_400) == "expired"


@pytest.mark.parametrize(
    ("role", "duty", "facilitators", "expected"),
    [
        (Role.USER, False, 5, False),
        (Role.FAMILY, False, 5, False),
        (Role.PROFESSIONAL, False, 5, True),
        (Role.PROFESSIONAL, False, 2, True),
        (Role.USER, True, 2, True),
        (Role.FAMILY, True, 2, True),
        (Role.PROFESSIONAL, True, 2, True),
        # nobody else to ask: the only facilitator, or the operator's link for the first one
        (Role.PROFESSIONAL, False, 1, False),
        (Role.USER, True, 1, False),
        (Role.USER, True, 0, False),
    ],
)
def test_influence_takes_two_where_there_are_two(role, duty, facilitators, expected):
    assert needs_confirmation(role, duty, facilitators) is expected


@pytest.mark.parametrize(
    ("uses", "facilitators", "expected"),
    [(1, 2, False), (2, 2, True), (5, 2, True), (20, 7, True), (5, 1, False), (20, 0, False)],
)
def test_a_link_for_several_takes_two_where_there_are_two(uses, facilitators, expected):
    for role in (Role.USER, Role.FAMILY):
        assert needs_confirmation(role, False, facilitators, uses) is expected


def test_a_negative_head_count_is_refused():
    with pytest.raises(ValueError, match="head-count"):
        needs_confirmation(Role.USER, False, -1)


def test_an_invitation_that_nobody_could_use_is_refused():
    with pytest.raises(ValueError, match="at least once"):
        needs_confirmation(Role.USER, False, 2, 0)


def test_who_was_declined_may_ask_again_after_two_weeks() -> None:
    assert ask_again_at(NOW) == NOW + 14 * 86_400

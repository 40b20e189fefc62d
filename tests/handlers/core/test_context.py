"""The context that handlers get: who acts is there once a guard has looked, or not at all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import pytest

from assembly.roles import Role
from handlers.core.context import Context, Unguarded
from handlers.core.speech import Speech
from storage.centres import Centre
from storage.members import Member, Presser

CENTRE = Centre(7, -100, "Aurora", "it", "Europe/Rome", None, None, Fraction(1, 2), 0)
ANNA = Member(3, 7, 11, Role.USER, "Anna", "active", 0)


def unguarded() -> Context:
    return Context(cast(Any, None))


@pytest.mark.parametrize("asked", ["member", "centre", "facilitates"])
def test_a_handler_without_a_guard_learns_what_it_lacks(asked: str) -> None:
    with pytest.raises(Unguarded, match="no guard"):
        getattr(unguarded(), asked)


@pytest.mark.parametrize("facilitates", [True, False])
def test_a_guard_gives_everything_in_one_step(facilitates: bool) -> None:
    context, speak = unguarded(), Speech("de", CENTRE.zone)
    context.act_as(Presser(ANNA, CENTRE, facilitates=facilitates, language="de", centres=1), speak)
    assert (context.member, context.centre) == (ANNA, CENTRE)
    assert context.facilitates is facilitates
    assert context.speak is speak

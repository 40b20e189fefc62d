"""Whether a decision is secret or open stands there before the first ballot, and stays."""

from __future__ import annotations

import pytest
from kit.disaster import Disaster
from kit.phone_voters import Voters, gather_voters
from kit.phrases import PUT_A_QUESTION
from kit.stage import Stage

from assembly.choosing import Topic
from assembly.rule import DecisionMethod, Secrecy
from handlers.core.navigation import HowCounted
from handlers.decisions.presses import Cast, OpenDecision
from handlers.decisions.putting.presses import Choose
from storage import decisions

pytestmark = pytest.mark.usefixtures("no_errors")

SAID = {
    Secrecy.OPEN: "By name: your name stands beside your ballot when it closes.",
    Secrecy.SECRET: "Secret: nobody here sees what you say.",
}


async def kept(room: Voters, decision_id: int) -> Secrecy:
    decision = await room.stage.read(decisions.get, room.centre.id, decision_id)
    assert decision is not None
    return decision.rule.secrecy


@pytest.mark.parametrize("method", [DecisionMethod.MAJORITY, DecisionMethod.IRV])
@pytest.mark.parametrize("secrecy", [Secrecy.OPEN, Secrecy.SECRET])
async def test_it_is_told_before_the_first_ballot(
    stage: Stage, secrecy: Secrecy, method: DecisionMethod
) -> None:
    room = await gather_voters(stage)
    await room.put(method, secrecy=secrecy)
    other = Secrecy.OPEN if secrecy is Secrecy.SECRET else Secrecy.SECRET
    paper = await room.open(room.anna)
    assert SAID[secrecy] in paper.words and SAID[other] not in paper.words
    posted = stage.last(room.group).words
    assert ("everybody reads who said what" in posted) == (secrecy is Secrecy.OPEN)
    await room.forge(room.anna, HowCounted(room.centre.id, 1))
    words = stage.last(room.anna).words
    assert ("At closing everybody reads who said what, by name." in words) == (
        secrecy is Secrecy.OPEN
    )


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("secrecy", [Secrecy.OPEN, Secrecy.SECRET])
async def test_no_press_changes_it_once_it_is_put(
    stage: Stage, secrecy: Secrecy, first: bool
) -> None:
    """Neither before the first ballot nor after it, nor by preparing another question."""
    room = await gather_voters(stage)
    facilitator = room.others[3]
    decision_id = await room.put(DecisionMethod.MAJORITY, secrecy=secrecy)
    await room.open(facilitator)
    if first:
        await room.forge(room.others[0], Cast(room.centre.id, decision_id, "yes"))
    wishes = [
        Choose(room.centre.id, Topic.SECRECY, wish.value, nearest)
        for wish in Secrecy
        for nearest in (False, True)
    ]
    for person in (facilitator, room.anna):
        for press in (*wishes, OpenDecision(room.centre.id, "")):
            await room.forge(person, press)
            assert await kept(room, decision_id) is secrecy
    hub = await stage.say(facilitator, "/facilitate")
    await stage.press(facilitator, hub, PUT_A_QUESTION)
    await stage.say(facilitator, "Shall we close on Sundays?")
    for press in wishes:
        await room.forge(facilitator, press)
    assert await kept(room, decision_id) is secrecy


async def test_a_backup_brings_no_ballot_back_and_no_key_is_left(disaster: Disaster) -> None:
    stage = disaster.stage
    room = await gather_voters(stage)
    decision_id = await room.put(DecisionMethod.MAJORITY)
    for person in (room.anna, *room.others):
        await room.open(person)
        await room.forge(person, Cast(room.centre.id, decision_id, "yes"))
    await disaster.back_up()
    await stage.move(601)
    outcome = stage.last(room.group).words
    assert "Carried." in outcome
    done = await disaster.strike()
    assert done.void == 1
    assert await disaster.rows("SELECT status FROM decisions") == [("void",)]
    assert await disaster.rows("SELECT tag FROM ballots") == []
    assert await stage.voci.keys.ballot_keys() == set()
    assert "closed after the copy was made" in stage.last(room.group).words
    await stage.restart()
    await stage.move(3600)
    assert await disaster.rows("SELECT status FROM decisions") == [("void",)]

"""Everything that can be pressed, written or opened, tried by everybody everywhere.

All of it on SQLite. On PostgreSQL, where a try takes longer, each once: by everybody in turn, and
each of it by another than a place further.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from kit.canary_centre import CENTRE, DESK, OWN_GROUP, PLACES, PRIVATE
from kit.canary_walk import Try, Walk, open_walk
from kit.stage import Stage, open_stage

from assembly.immutable import immutable
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.press import Press
from handlers.core.registration import presses
from handlers.core.screen import Screen, lines
from storage import join_requests, members, proposals

NAMES = (
    "an outsider",
    "somebody whose request waits",
    "somebody on the way in",
    "a member",
    "a family member",
    "a professional",
    "a facilitator",
    "a second facilitator",
    "the chair",
    "the recorder",
    "the chair of a later assembly",
    "another centre's facilitator",
    "another centre's member",
    "somebody who has left",
    "somebody erased",
    "the operator",
    "an anonymous administrator",
    "a channel",
    "a bot",
)


@pytest.fixture
async def walk(stage: Stage) -> Walk:
    return await open_walk(stage)


@pytest.mark.thorough
@pytest.mark.timeout(400)  # more than ten thousand tries
async def test_nobody_writes_or_reads_what_is_not_for_them(walk: Walk) -> None:
    faults = []
    for actor in walk.actors.values():
        for place in PLACES:
            thorough = place == PRIVATE or actor.member
            tries = walk.tries(walk.here.centre, place, all_choices=thorough)
            faults += await walk.faults(actor, place, tries)
    assert faults == []
    assert walk.tried > 10_000


async def test_from_another_centre_nothing_of_this_one_is_reached(walk: Walk) -> None:
    """What names their own centre, and rows of this one."""
    faults = []
    for actor in walk.actors.values():
        if actor.elsewhere:
            for place in PLACES:
                faults += await walk.faults(
                    actor, place, walk.tries(walk.here.other, place, all_choices=True)
                )
    assert faults == []


@pytest.fixture
async def on_postgres(
    tmp_path: Path, postgres_url: Callable[[str], Awaitable[str]]
) -> AsyncIterator[Walk]:
    async with open_stage(tmp_path, await postgres_url("main")) as stage:
        yield await open_walk(stage)


@pytest.mark.thorough
@pytest.mark.timeout(200)
async def test_nor_on_postgresql(on_postgres: Walk) -> None:
    walk, faults = on_postgres, []
    turns = cycle(walk.actors.values())
    for place in PLACES:
        for what in walk.tries(walk.here.centre, place, all_choices=False):
            faults += await walk.faults(next(turns), place, [what])
    assert faults == []
    assert walk.tried > 1_000


def test_everybody_is_there_who_could_try(walk: Walk) -> None:
    assert set(walk.actors) == set(NAMES)


@immutable
class Peek(Press, tag="test-peek"):
    """Reads a proposal of any centre for anybody."""

    centre_id: int
    proposal_id: int


@immutable
class Scribble(Press, tag="test-scribble"):
    """Ends a membership for anybody."""

    centre_id: int
    member_id: int


@immutable
class Blurt(Press, tag="test-blurt"):
    """Says in the group what a facilitator reads."""

    centre_id: int
    request_id: int


@immutable
class Whisper(Press, tag="test-whisper"):
    """Reads a proposal for members."""

    centre_id: int
    proposal_id: int


async def peek(press: Peek | Whisper, context: Context) -> None:
    found = await proposals.get(context.tx, press.centre_id, press.proposal_id, 0)
    assert found is not None
    context.toast(found.title)


async def scribble(press: Scribble, context: Context) -> None:
    await members.leave(context.tx, press.member_id, context.now)


async def blurt(press: Blurt, context: Context) -> None:
    found = await join_requests.find(context.tx, press.centre_id, press.request_id)
    assert found is not None
    context.show(Screen(lines(found.name), public=True))


@pytest.mark.parametrize(
    ("kind", "talk", "fault"),
    [(Peek, peek, CENTRE), (Scribble, scribble, "writes +members"), (Blurt, blurt, DESK)],
)
async def test_what_nobody_guards_is_found(
    walk: Walk, kind: type[Press], talk: Callable[[Any, Context], Awaitable[None]], fault: str
) -> None:
    walk.answer_first(presses(kind, talk, may=May.ANYBODY))
    [data] = [press.encode() for press in walk.here.plausible(kind)]
    found = await walk.faults(
        walk.actors["an outsider"], OWN_GROUP, [Try(data, May.ANYBODY, data=data)]
    )
    assert f"an outsider, in the own group: {data}: {fault}" in found


async def test_what_is_guarded_is_not(walk: Walk) -> None:
    walk.answer_first(presses(Whisper, peek, may=May.MEMBERS))
    [data] = [press.encode() for press in walk.here.plausible(Whisper)]
    for actor in walk.actors.values():
        for place in PLACES:
            assert await walk.faults(actor, place, [Try(data, May.MEMBERS, data=data)]) == []

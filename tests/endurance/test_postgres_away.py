"""PostgreSQL goes away in a burst of ballots, and comes back: none is lost, and all are told.

The real server and a real process: it is restarted, crashes, stands still, or the network between
the two stalls or is cut. Voci goes on by itself, and each press is answered with what became of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from endurance.cut_off import Network, Server, own_server
from endurance.replicas import PATIENCE, House, house
from endurance.voting import NOT_SAVED, SAID

Trouble = Callable[[Server, Network], Awaitable[None]]


@pytest.fixture(scope="module")
def server(postgres_server: str) -> Iterator[Server]:
    """A second one; where the first can't start, this one can't either."""
    with own_server() as server:
        yield server


@asynccontextmanager
async def voting(folder: Path, server: Server, seed: int) -> AsyncIterator[tuple[House, Network]]:
    async with (
        Network(server.socket).carrying() as network,
        house(folder, server.make, replicas=1, seed=seed, through=network.through) as made,
    ):
        yield made, network


async def restarted(server: Server, _: Network) -> None:
    await server.restart("fast")


async def crashed(server: Server, _: Network) -> None:
    await server.restart("immediate")


async def stood_still(server: Server, _: Network) -> None:
    with server.standing_still():
        await asyncio.sleep(5)  # more than an update has


async def stalled(_: Server, network: Network) -> None:
    network.stall()
    await asyncio.sleep(5)
    network.heal()


async def stalled_and_cut(_: Server, network: Network) -> None:
    network.stall()
    await asyncio.sleep(5)
    network.cut()
    await asyncio.sleep(1)
    network.heal()


async def cut(_: Server, network: Network) -> None:
    network.cut()
    await asyncio.sleep(3)
    network.heal()


TROUBLES = (restarted, crashed, stood_still, stalled, stalled_and_cut, cut)


async def meet(made: House, network: Network, server: Server, trouble: Trouble) -> None:
    """It happens while they press, and those before and behind it press as well."""
    await made.press(40)
    happening = asyncio.create_task(trouble(server, network))
    await made.press(20)
    await happening
    await made.press(20)


async def check(made: House) -> str:
    """What was confirmed is stored, once and in order; of all else it is said that it is not."""
    await made.taken()
    presses = [(made.member_of[voter.id], said, press) for voter, said, press in made.presses]
    await made.world.until(lambda: all(each.answer for *_, each in presses), PATIENCE)
    kept: dict[int, list[str]] = {}
    for member, choice, press in presses:
        assert press.answer is not None
        told = press.answer.text
        assert told.startswith(SAID[choice]) or told == NOT_SAVED, told
        if told != NOT_SAVED:
            kept.setdefault(member, []).append(choice)
    assert await made.traced() == kept
    [replica] = made.replicas
    assert replica.runs
    refused = sum(
        press.answer is not None and press.answer.text == NOT_SAVED for *_, press in presses
    )
    return f"{len(presses)} presses, {refused} of them not saved, and told so"


@pytest.mark.timeout(300)
async def test_a_server_that_crashes_in_a_burst_loses_nothing(
    tmp_path: Path, server: Server
) -> None:
    async with voting(tmp_path, server, seed=6) as (made, network):
        await meet(made, network, server, crashed)
        print(await check(made))


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_whatever_keeps_it_away_nothing_is_lost(tmp_path: Path, server: Server) -> None:
    async with voting(tmp_path, server, seed=7) as (made, network):
        for trouble in TROUBLES * 3:
            await meet(made, network, server, trouble)
            print(f"\n{trouble.__name__}: {await check(made)}")
        assert [line for line in made.replicas[0].errors if "failed" not in line] == []

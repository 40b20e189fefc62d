"""What is measured of one centre among many: each thing, done in each of the places in turn."""

from __future__ import annotations

import math
import statistics
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bench.neighbours.living import Living

MOST = 0.1  # growth of anything

Step = Callable[[Living], Awaitable[None]]
DONE: Mapping[str, Step] = {
    "a tick": Living.tick,
    "putting a question": Living.put,
    "ten ballots": Living.ballots,
    "closing a question": Living.end,
    "a summary": Living.release,
    "a night’s sweep": Living.sweep,
    "erasing a member": Living.erase,
    "a start after an outage": Living.restart,
}
# What has to be done before, or after, and is not measured.
BEFORE: Mapping[str, Step] = {
    "a tick": Living.tick,  # one comes after the other: connections are warm
    "a summary": Living.window_ends,
    "a night’s sweep": Living.night_comes,
    "a start after an outage": Living.go_away,
}
AFTER: Mapping[str, Step] = {
    "closing a question": Living.wiped,
    "a summary": Living.wiped,
    "a night’s sweep": Living.swept,
    "erasing a member": Living.wiped,
    "a start after an outage": Living.shown_again,
}

Took = dict[str, dict[int, float]]  # by what is done and number of centres: milliseconds


async def best(places: Sequence[Living], rounds: int, clock: Callable[[], float]) -> Took:
    """The best of so many rounds, in seconds of this clock made milliseconds."""
    took: Took = {name: {each.town.centres: math.inf for each in places} for name in DONE}
    for _ in range(rounds):
        for name in DONE:
            for place in places:
                spent, so_far = await _spent(place, name, clock), took[name]
                so_far[place.town.centres] = min(so_far[place.town.centres], spent * 1000)
    for name, of_this in took.items():
        print(name, {centres: round(spent, 1) for centres, spent in of_this.items()})
    return took


async def _spent(place: Living, name: str, clock: Callable[[], float]) -> float:
    if name in BEFORE:
        await BEFORE[name](place)
    begin = clock()
    await DONE[name](place)
    spent = clock() - begin
    if name in AFTER:
        await AFTER[name](place)
    return spent


def exponent(took: Mapping[int, float]) -> float:
    """Of the line through the points in logarithms, by least squares."""
    sizes = [math.log(centres) for centres in took]
    times = [math.log(spent) for spent in took.values()]
    return statistics.linear_regression(sizes, times).slope

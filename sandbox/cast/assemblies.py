"""Scenes around an assembly: it is convened, people say whether they come, it decides."""

from __future__ import annotations

import random
from datetime import datetime

from sandbox.cast.hands import Hands
from sandbox.cast.people import FIGURES
from sandbox.cast.words import OUTING, PLACE
from sandbox.chats import Group
from sandbox.people import Person


async def convene(hands: Hands, host: Person, starts: datetime) -> None:
    """Day and hour by buttons; the place is typed once, and then the same as last time."""
    await at_the_desk(hands, host, "cv", "0", "0")
    hands.press(host, "cvd", str(starts.date().toordinal()))
    await hands.settle()
    hands.press(host, "cvt", str(int(starts.timestamp())))
    await hands.settle()
    if hands.has(host, "cvp", "1"):
        hands.press(host, "cvp", "1")
    else:
        hands.say(host, PLACE)
    await hands.settle()
    hands.press(host, "cva")
    await hands.settle()


async def answer(
    hands: Hands, people: dict[str, Person], group: Group, noise: random.Random
) -> None:
    """Under the newest post about it: I'm coming, maybe, I can't."""
    for figure in FIGURES:
        if noise.random() < 0.75:
            said = noise.choices(("yes", "maybe", "no"), (6, 1, 2))[0]
            hands.press(people[figure.first_name], "att", said, "*", where=group)
    await hands.settle()


async def begin(hands: Hands, host: Person) -> None:
    """Open the assembly at its hour."""
    await at_the_desk(hands, host, "aso")
    if hands.has(host, "aso", "1"):
        hands.press(host, "aso", "1")
        await hands.settle()


async def decide(
    hands: Hands, people: dict[str, Person], host: Person, group: Group, noise: random.Random
) -> None:
    """Put the point that the assembly is at; members press in the group."""
    await at_the_desk(hands, host, "walk")
    hands.press(host, "put")
    await hands.settle()
    hands.press(host, "dop")
    await hands.settle()
    for figure in FIGURES:
        if noise.random() < 0.85:
            choice = noise.choices(("yes", "no", "abstain"), (7, 2, 1))[0]
            hands.press(people[figure.first_name], "cast", choice, where=group)
    await hands.settle()


async def ask_where_to(
    hands: Hands,
    people: dict[str, Person],
    host: Person,
    group: Group,
    noise: random.Random,
    language: str,
) -> None:
    """Five options to be put in order, open for a week; some have done so, most have not yet."""
    await at_the_desk(hands, host, "put", "0")
    hands.say(host, OUTING[language])
    await hands.settle()
    hands.press(host, "dca", "w1")
    await hands.settle()
    hands.press(host, "dop")
    await hands.settle()
    link = hands.link(group)
    ranking = [people[figure.first_name] for figure in FIGURES if noise.random() < 0.3]
    for person in ranking:
        person.open(link)
    for rank in range(3):
        await hands.settle()
        for person in ranking:
            options = hands.choices(person, "fill")[: 5 - rank]  # below them: undo, clear
            hands.press(person, *(noise.choice(options).data or "").split(":"))
    await hands.settle()
    for person in ranking:
        hands.press(person, "cast", "*")
    await hands.settle()


async def end(hands: Hands, host: Person) -> None:
    """One point is done, the others wait for the next time."""
    await at_the_desk(hands, host, "walk")
    hands.press(host, "epn", "decided")
    await hands.settle()
    hands.press(host, "asz", "0")
    await hands.settle()
    hands.press(host, "asz", "1")
    await hands.settle()


async def at_the_desk(hands: Hands, host: Person, tag: str, *values: str) -> None:
    """/facilitate, and one of its buttons."""
    hands.say(host, "/facilitate")
    await hands.settle()
    hands.press(host, tag, *values)
    await hands.settle()

"""Scenes of the weekly assemblies: set up once, led by members in turn, decided and talked."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.cast.hands import CastError, Hands
from sandbox.cast.meetings import WISHES, Matter
from sandbox.cast.people import FIGURES
from sandbox.cast.words import OUTING, PLACE, titles
from sandbox.chats import Group
from sandbox.people import Person

COMING_IN = 60  # seconds until people sit, and the post in the group has been edited
READ = 11 * 60  # seconds: what is agreed on is read for ten minutes, and a ballot is open as long


@dataclass(frozen=True, slots=True)
class Room:
    """Where they meet: everybody, their group, its language, chance, and how time passes."""

    hands: Hands
    people: dict[str, Person]
    group: Group
    language: str
    noise: random.Random
    wait: Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads an assembly: they said yes when they were asked."""

    chair: Person
    recorder: Person


async def set_up_series(hands: Hands, host: Person, weekday: int, minutes: int) -> None:
    """Every week on this day (0: Monday) at this minute of the day; only the place is typed."""
    await at_the_desk(hands, host, "ser", "0")
    for tag, *values in (
        ("srq", f"{weekday}w1", "*", "*", "h"),
        ("srp", "*", str(minutes), "*", "*"),
        ("srq", "*", "*", "*", "p"),
    ):
        hands.press(host, tag, *values)
        await hands.settle()
    hands.say(host, PLACE)
    await hands.settle()
    hands.press(host, "srs")
    await hands.settle()


async def ask_who_comes(hands: Hands, host: Person) -> None:
    """From now on people are asked whether they come."""
    await at_the_desk(hands, host, "ctr")
    for tag, *values in (("ast",), ("asq", "1")):
        hands.press(host, tag, *values)
        await hands.settle()


async def answer(room: Room) -> None:
    """Under the newest post about it: I'm coming, maybe, I can't."""
    for figure in FIGURES:
        if room.noise.random() < 0.4:
            said = room.noise.choices(("yes", "maybe", "no"), (6, 1, 2))[0]
            room.hands.press(room.people[figure.first_name], "att", said, "*", where=room.group)
    await room.hands.settle()


async def wish_to_lead(hands: Hands, people: dict[str, Person]) -> None:
    """Some would like to chair now and then, others to take notes."""
    for name in WISHES:
        hands.say(people[name], "/me")
    await hands.settle()
    for tag, *values in (("meD", "a"), ("dtw",)):
        for name in WISHES:
            hands.press(people[name], tag, *values)
        await hands.settle()
    for name, duty in WISHES.items():
        hands.press(people[name], "dtx", duty, "1")
    await hands.settle()


async def agree_to_lead(hands: Hands, people: dict[str, Person]) -> Leaders:
    """Whoever is asked says yes, and tells their name. Raises CastError where nobody is."""
    found: dict[str, Person] = {}
    for duty in ("chair", "recorder"):
        asked = [
            name for name in WISHES if hands.has(people[name], "dty", duty, "1", anywhere=True)
        ]
        if not asked:
            raise CastError(f"nobody was asked: {duty}")
        found[duty] = people[asked[0]]
        hands.press(found[duty], "dty", duty, "1")
    await hands.settle()
    for person in found.values():
        hands.press(person, "dtn", "1")
    await hands.settle()
    return Leaders(**found)


async def meet(room: Room, led: Leaders, matters: tuple[Matter, ...]) -> None:
    """Open it, say *I'm here*, talk about each of these points, and close it."""
    hands = room.hands
    for person, tag in ((led.chair, "aso"), (led.recorder, "mnw")):
        hands.say(person, "/assembly")
        await hands.settle()
        hands.press(person, tag)
        await hands.settle()
    await room.wait(COMING_IN)
    for figure in FIGURES:
        if room.noise.random() < 0.5:
            hands.press(room.people[figure.first_name], "here", "1", where=room.group)
    await hands.settle()
    left = {titles(room.language)[matter.title]: matter for matter in matters}
    while left:
        message, _ = hands.find(led.chair, "stp", "n")
        heading = message.words.splitlines()[0]
        title = next((each for each in left if each in heading), None)
        if title is not None:
            await _talk(room, led, left.pop(title))
        elif not any(each in heading for each in titles(room.language).values()):
            hands.press(led.chair, "epn", "talked")  # the minutes of the last time, and the like
            await hands.settle()
        if left:
            hands.press(led.chair, "stp", "n")
            await hands.settle()
    for tag, *values in (("mor",), ("asz", "0"), ("asz", "1")):
        hands.press(led.chair, tag, *values)
        await hands.settle()


async def _talk(room: Room, led: Leaders, matter: Matter) -> None:
    """One point: what is said is noted, then it ends; what is to be done is written down."""
    hands, said = room.hands, matter.said[room.language]
    hands.say(led.recorder, said.note)
    await hands.settle()
    if said.agreed is not None:
        await _agree(room, led.chair, said.agreed)
    elif matter.ending == "decided":
        await _decide(room, led.chair)
    if said.task is not None:
        hands.press(led.chair, "tka")
        await hands.settle()
        hands.say(led.chair, said.task)
        await hands.settle()
        for tag, *values in (("tky", "2"), ("walk",)):
            hands.press(led.chair, tag, *values)
            await hands.settle()
    if matter.ending != "agreed":
        hands.press(led.chair, "epn", matter.ending)
        await hands.settle()


async def _agree(room: Room, chair: Person, wording: str) -> None:
    """Without a ballot: the chair words it, everybody reads it, and nobody disagrees."""
    hands = room.hands
    hands.press(chair, "agw")
    await hands.settle()
    hands.say(chair, wording)
    await hands.settle()
    hands.press(chair, "agd")
    await room.wait(READ)


async def _decide(room: Room, chair: Person) -> None:
    """By a ballot, and back to the point once it is counted."""
    hands = room.hands
    await put(room, chair)
    await room.wait(READ)
    hands.say(chair, "/assembly")
    await hands.settle()
    hands.press(chair, "walk")
    await hands.settle()


async def put(room: Room, chair: Person) -> None:
    """The point that the assembly is at becomes a question: members press in the group."""
    hands = room.hands
    for tag in ("mor", "put", "dop"):
        hands.press(chair, tag)
        await hands.settle()
    for figure in FIGURES:
        if room.noise.random() < 0.85:
            choice = room.noise.choices(("yes", "no", "abstain"), (7, 2, 1))[0]
            hands.press(room.people[figure.first_name], "cast", choice, where=room.group)
    await hands.settle()


async def ask_where_to(room: Room, host: Person) -> None:
    """Five options to be put in order, open for a week; some have done so, most have not yet."""
    hands = room.hands
    await at_the_desk(hands, host, "put", "0")
    hands.say(host, OUTING[room.language])
    await hands.settle()
    hands.press(host, "dca", "w1")
    await hands.settle()
    hands.press(host, "dop")
    await hands.settle()
    link = hands.link(room.group)
    ranking = [room.people[each.first_name] for each in FIGURES if room.noise.random() < 0.3]
    for person in ranking:
        person.open(link)
    for rank in range(3):
        await hands.settle()
        for person in ranking:
            options = hands.choices(person, "fill")[: 5 - rank]  # below them: undo, clear
            hands.press(person, *(room.noise.choice(options).data or "").split(":"))
    await hands.settle()
    for person in ranking:
        hands.press(person, "cast", "*")
    await hands.settle()


async def at_the_desk(hands: Hands, host: Person, tag: str, *values: str) -> None:
    """/facilitate, and one of its buttons."""
    hands.say(host, "/facilitate")
    await hands.settle()
    hands.press(host, tag, *values)
    await hands.settle()

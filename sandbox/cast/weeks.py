"""Scenes that come again: proposing, adding one's voice, saying how one is."""

from __future__ import annotations

import random

from sandbox.cast.hands import Hands
from sandbox.cast.people import FIGURES, Figure
from sandbox.cast.words import CHATTER, Idea
from sandbox.chats import Group
from sandbox.people import Person

SKIPPED = "-1"
WEEKLY, PULSE = 3, 5  # questions


async def propose(
    hands: Hands, people: dict[str, Person], ideas: tuple[Idea, ...], language: str
) -> None:
    """Title, "no, mine is new" where the bot asks, reason, and on the list it goes."""
    for idea in ideas:
        hands.say(people[idea.by], "/propose")
    await hands.settle()
    for idea in ideas:
        hands.say(people[idea.by], idea.words[language][0])
    await hands.settle()
    for idea in ideas:
        if hands.has(people[idea.by], "pnw"):
            hands.press(people[idea.by], "pnw")
    await hands.settle()
    for idea in ideas:
        reason = idea.words[language][1]
        if reason is None:
            hands.press(people[idea.by], "psk")
        else:
            hands.say(people[idea.by], reason)
    await hands.settle()
    for idea in ideas:
        hands.press(people[idea.by], "psn", "1" if idea.named else "0")
    await hands.settle()


async def support(
    hands: Hands, people: dict[str, Person], noise: random.Random, most: int, share: float = 0.8
) -> None:
    """A share of them read the list, open up to so many points, and add their voice."""
    readers = [people[each.first_name] for each in FIGURES if noise.random() < share]
    for person in readers:
        hands.say(person, "/agenda")
    await hands.settle()
    for _ in range(most):
        readers = [person for person in readers if noise.random() < 0.85]
        for person in readers:
            button = noise.choice(hands.choices(person, "pse"))
            hands.press(person, "pse", *(button.data or "").split(":")[1:])
        await hands.settle()
        for person in readers:
            if hands.has(person, "sup", "1"):
                hands.press(person, "sup", "1")
        await hands.settle()
        for person in readers:
            hands.press(person, "agenda")
        await hands.settle()


async def check_in(
    hands: Hands, people: dict[str, Person], noise: random.Random, questions: int = WEEKLY
) -> None:
    """The round that has just come: a tap a question, some skipped, some not at all."""
    willing = [each for each in FIGURES if each.mood is not None]
    answering = [each for each in willing if noise.random() * 10 < each.patience]
    for question in range(questions):
        for figure in answering:
            value = _value(figure, noise)
            hands.press(people[figure.first_name], "ans", str(question), value)
        await hands.settle()
    for figure in willing:
        if figure not in answering and noise.random() < 0.4:
            hands.press(people[figure.first_name], "ntw")
    await hands.settle()


def _value(figure: Figure, noise: random.Random) -> str:
    if figure.mood is None or noise.random() < 0.06:
        return SKIPPED
    return str(min(4, max(0, figure.mood + noise.choice((-1, 0, 0, 0, 1)))))


def chat(people: dict[str, Person], group: Group, language: str, number: int) -> None:
    """Something of what people say to each other."""
    name, text = CHATTER[language][number]
    people[name].say(group, text)

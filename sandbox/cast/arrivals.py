"""First scenes: the operator sets the centre up, facilitators invite, everybody comes in."""

from __future__ import annotations

from sandbox.cast.hands import CastError, Hands
from sandbox.cast.people import FIGURES, OPERATOR, Figure
from sandbox.chats import Group
from sandbox.page.theatre import Theatre
from sandbox.people import Person

GUEST = {"user": "u", "family": "f", "professional": "p"}
USES = "20"


def bring_in(theatre: Theatre) -> dict[str, Person]:
    """Everybody of the cast gets an account; by first name, in the order of the list."""
    people: dict[str, Person] = {}
    for figure in (*FIGURES, OPERATOR):
        person = theatre.world.person(
            figure.first_name, last_name=figure.last_name, language_code=figure.language
        )
        people[figure.first_name] = person
        theatre.enter(person, "facilitator" if figure.facilitates else figure.part)
    return people


async def set_up(
    hands: Hands, group: Group, people: dict[str, Person], language: str, zone: str
) -> None:
    """The operator adds the bot and answers its three questions; three take the duty on."""
    operator = people[OPERATOR.first_name]
    operator.add(group, hands.theatre.bot)
    await hands.settle()
    hands.say(operator, "/setup", group)
    await hands.settle()
    for tag, *values in (("suL", language), ("suZ", zone), ("suN",)):
        hands.press(operator, tag, *values, where=group)
        await hands.settle()
    first, *others = [figure for figure in FIGURES if figure.facilitates]
    people[first.first_name].open(hands.link(group))
    await join(hands, people, [first])
    for figure in others:
        link = await invitation(hands, people[first.first_name], "d", "1")
        await confirm(hands, people)
        people[figure.first_name].open(link)
        await join(hands, people, [figure])


async def let_in_everybody(hands: Hands, people: dict[str, Person]) -> None:
    """One invitation a role, used by all who come as such."""
    host = people["Chiara"]
    for part, guest in GUEST.items():
        figures = [each for each in FIGURES if each.part == part and not each.facilitates]
        link = await invitation(hands, host, guest, USES)
        await confirm(hands, people)
        for figure in figures:
            people[figure.first_name].open(link)
        await join(hands, people, figures)


async def invitation(hands: Hands, host: Person, guest: str, uses: str) -> str:
    """Make an invitation; returns its link, which is shown this once."""
    hands.say(host, "/invite")
    await hands.settle()
    hands.press(host, "ivG", guest)
    await hands.settle()
    hands.press(host, "ivM", guest, uses)
    await hands.settle()
    return hands.link(host)


async def confirm(hands: Hands, people: dict[str, Person]) -> None:
    """Where a second facilitator has to agree, the first who is asked does."""
    for figure in FIGURES:
        person = people[figure.first_name]
        if figure.facilitates and hands.has(person, "ivC", "1"):
            hands.press(person, "ivC", "1")
            await hands.settle()
            return


async def join(hands: Hands, people: dict[str, Person], figures: list[Figure]) -> None:
    """From the first screen to the last, all of them side by side."""
    await hands.settle()
    for step in ("s", "l"):
        for figure in figures:
            hands.press(people[figure.first_name], "jS", step)
        await hands.settle()
    for figure in figures:
        hands.press(people[figure.first_name], "jC")
    await hands.settle()
    for figure in figures:
        if hands.has(people[figure.first_name], "jR"):
            hands.press(people[figure.first_name], "jR", figure.part)
    await hands.settle()
    for figure in figures:
        hands.press(people[figure.first_name], "jQ", "0" if figure.mood is None else "1")
    await hands.settle()
    for figure in figures:
        await _choose_name(hands, people[figure.first_name], figure)
    await hands.settle()
    for figure in figures:
        person = people[figure.first_name]
        if not hands.has(person, "agenda"):
            raise CastError(f"{figure.first_name} did not get in: {hands.said(person)[0].words}")


async def _choose_name(hands: Hands, person: Person, figure: Figure) -> None:
    choice = {"": "f", None: "m"}.get(figure.shown, "n")
    hands.press(person, "jN", choice)
    if choice == "n":
        await hands.settle()
        hands.say(person, figure.shown or "")

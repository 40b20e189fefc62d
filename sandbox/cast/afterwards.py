"""Scenes between two assemblies: minutes are corrected, what is to be done is taken and done."""

from __future__ import annotations

from sandbox.cast.assemblies import Leaders, Room
from sandbox.cast.hands import CastError
from sandbox.cast.meetings import FINDS_OTHERWISE, OTHERWISE, Matter
from sandbox.people import Person


async def correct(room: Room, led: Leaders) -> None:
    """Somebody finds something otherwise; the recorder words the note anew, and says so."""
    hands, (found, better) = room.hands, OTHERWISE[room.language]
    finder = room.people[FINDS_OTHERWISE]
    hands.say(finder, "/minutes")
    await hands.settle()
    for tag in ("mnr", "mnk"):
        hands.press(finder, tag)
        await hands.settle()
    hands.say(finder, found)
    await hands.settle()
    recorder = led.recorder
    for tag in ("mnq", "mne"):
        hands.press(recorder, tag)
        await hands.settle()
    await _open_note(room, recorder, better)
    hands.press(recorder, "mnc")
    await hands.settle()
    hands.say(recorder, better)
    await hands.settle()
    for tag in ("mne", "mnq", "mno"):
        hands.press(recorder, tag)
        await hands.settle()


async def _open_note(room: Room, recorder: Person, better: str) -> None:
    """Look through the points for the line that says almost the same. Raises CastError."""
    hands = room.hands
    end = better.partition(".")[2]  # the sentence that stays
    for point in hands.choices(recorder, "mns"):
        hands.press(recorder, *(point.data or "").split(":"))
        await hands.settle()
        shown = hands.said(recorder)[0].words
        if end in shown and hands.has(recorder, "mnl"):
            hands.press(recorder, "mnl")
            await hands.settle()
            return
        hands.press(recorder, "mne")
        await hands.settle()
    raise CastError(f"{recorder.first_name}: no note says {end!r}")


async def take_tasks(room: Room, matters: tuple[Matter, ...]) -> None:
    """Who looks after what follows: with their name, or without it."""
    hands = room.hands
    for matter in matters:
        if matter.taker is None:
            continue
        person = room.people[matter.taker]
        await _see_task(room, person, matter.said[room.language].task or "")
        for tag, *values in (("tkt",), ("tkn", str(int(matter.named)), "1"), ("tkc", "1")):
            hands.press(person, tag, *values)
            await hands.settle()


async def finish_tasks(room: Room, matters: tuple[Matter, ...]) -> None:
    """Whoever took them says that they are done."""
    for matter in matters:
        if matter.taker is not None:
            person = room.people[matter.taker]
            await _see_task(room, person, matter.said[room.language].task or "")
            room.hands.press(person, "tkd", "1")
            await room.hands.settle()


async def _see_task(room: Room, person: Person, what: str) -> None:
    """/tasks, and the number before these words. Raises CastError where they are not there."""
    hands = room.hands
    hands.say(person, "/tasks")
    await hands.settle()
    message, _ = hands.find(person, "tk")
    lines = [line for line in message.words.splitlines() if what in line]
    number = lines[0].partition(".")[0] if lines else ""
    for button in message.buttons:
        if button.label == number:
            hands.press(person, *(button.data or "").split(":"))
            await hands.settle()
            return
    raise CastError(f"{person.first_name}: {what!r} is not to be done: {message.words}")

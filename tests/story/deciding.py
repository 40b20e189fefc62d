"""A chapter of its own: a centre puts every kind of question, and checks what comes of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from kit.phrases import (
    ANNOUNCE,
    BEGIN_TO_COUNT,
    CLOSE_NOW,
    HOW_WAS_COUNTED,
    I_CONSENT,
    I_OBJECT,
    PUT_A_QUESTION,
    PUT_TO_EVERYBODY,
    SAID_YES,
    SHOW_TRACKER,
    TAKE_PART,
)
from story.hands import ZONE, Hand, Story
from story.secrecy import names_in

from handlers.core.speech import Speech
from handlers.decisions.methods.filling.any_options import ON
from sandbox.chats import Message

VERIFY = Path(__file__).parents[2] / "bot" / "verify.py"
CAST = {
    "user": (("Chiara", "it"), ("Anna", "it"), ("Bruno", "de"), ("Carla", "it"), ("Dario", "en")),
    "family": (("Gina", "it"), ("Hans", "de"), ("Iris", "en"), ("Luca", "it"), ("Rita", "it")),
    "professional": (
        ("Bernd", "de"),
        ("Nina", "de"),
        ("Marta", "it"),
        ("Otto", "en"),
        ("Paolo", "it"),
    ),
}
FACILITATORS = ("Chiara", "Bernd")
SATURDAYS = "Apriamo anche il sabato?"
SILENCE = "Hat jemand Einwände gegen eine Stunde Stille am Nachmittag?"
HALF_AN_HOUR = "Hat jemand Einwände gegen eine halbe Stunde Stille am Nachmittag?"
WHY = "Da telefoniere ich mit meiner Mutter. Nachmittags geht es nur dann."
COLOURS = "Welche Farbe bekommt der stille Raum?\nBlau\nGrün\nGelb"
DELEGATES = "Eleggiamo 2 persone per il consiglio\nAmina\nBeatrice\nCosimo\nDelia"
KEYS = "Diamo una chiave a tutti?"
DINNER = "Ceniamo insieme il venerdì?"
TRIP = "Wann fahren wir?\nFreitag\nSamstag"
BACK = "See the preview"


async def gather(story: Story) -> None:
    """Fifteen members, five of each role; two of them facilitate."""
    centre, group = await story.stage.centre("Centro Aurora", language="it")
    story.found(group)
    for role, figures in CAST.items():
        for name, language in figures:
            person = await story.stage.member(
                centre, group, name, role, language=language, facilitator=name in FACILITATORS
            )
            story.people[name] = Hand(story, person, Speech(language, ZONE))


def everybody() -> list[str]:
    return [name for figures in CAST.values() for name, _ in figures]


async def put(host: Hand, text: str, *steps: str) -> Message:
    """Write it, press what is to be changed about it, and put it; its post in the group."""
    await host.writes("/facilitate")
    await host.presses(PUT_A_QUESTION)
    await host.writes(text)
    await host.presses(*steps, "1 hour", PUT_TO_EVERYBODY)
    return host.story.stage.last(host.story.group)


async def taken(hand: Hand, put: Message, *labels: str) -> None:
    """Follow the link below the question, and press what stands on the ballot."""
    [link] = [each.url for each in put.buttons if each.label == hand.story.speak(TAKE_PART)]
    await hand.opens(link)
    for label in labels:
        await hand.presses_exactly(label)


async def ranked(hand: Hand, put: Message, *labels: str) -> None:
    """The options in this order, and given."""
    await taken(hand, put, *labels)
    await hand.presses("Give my ballot")


async def close(host: Hand, text: str) -> Message:
    """Close it early, or where not all have taken part at its time; what the group reads of it."""
    await see(host, text)
    if host.speak(CLOSE_NOW) in host.chat[0].labels:
        await host.presses(CLOSE_NOW, CLOSE_NOW)
    else:
        stage = host.story.stage
        async with stage.voci.database.reading() as tx:
            query = "SELECT MAX(closes_at) AS at FROM decisions WHERE status = 'open'"
            [row] = await tx.statement(query)
        await stage.move(row["at"] - stage.now)
    return host.story.post(text.splitlines()[0])


async def see(hand: Hand, text: str) -> None:
    """Open a question, or what became of it, in private."""
    await hand.writes("/decide")
    labels = hand.chat[0].labels
    [label, *_] = [each for each in labels if text.startswith(each.partition("…")[0])]
    await hand.presses_exactly(label)


async def checked(hand: Hand, text: str, folder: Path, *more: str) -> str:
    """Download the list of a question that is over, and let the stranger's program check it."""
    await see(hand, text)
    await hand.presses(HOW_WAS_COUNTED, "The ballots as a file", "The list, to check it")
    found = hand.story.stage.file(hand.chat[0])
    file = folder / found.name
    file.write_bytes(found.data)
    return verified(file, *more)


def verified(file: Path, *more: str) -> str:
    """What the program says, to whom everything in the file fits together."""
    command = [sys.executable, str(VERIFY), str(file), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout
    return done.stdout


async def majority(story: Story, folder: Path) -> None:
    """In secret; one changes their mind, one looks at their tracker, and finds it in the list."""
    chiara, anna = story["Chiara"], story["Anna"]
    post = await put(chiara, SATURDAYS)
    for name in everybody():
        await story[name].presses_in_group(
            post, "No" if name in ("Hans", "Nina", "Anna") else "Yes"
        )
    await story["Nina"].presses_in_group(post, "Yes")
    await see(anna, SATURDAYS)
    alert = await anna.presses(SHOW_TRACKER)
    found = re.search(r"\b[0-9A-HJKMNP-TV-Z]{10}\b", alert)
    assert found is not None
    told = await close(chiara, SATURDAYS)
    assert "13 sì, 2 no." in told.words
    said = await checked(anna, SATURDAYS, folder, "--tracker", found[0])
    assert re.search(r"Your ballot is in line \d+: no\.", said)
    [sign] = re.findall(r"(?:[0-9a-f]{4} ){4}[0-9a-f]{4}", told.words)
    assert sign.replace(" ", "") in said
    assert found[0] not in "".join(story.heard)


async def objected(story: Story) -> Message:
    """Hans presses that he objects; his reason is still to come."""
    post = await put(story["Bernd"], SILENCE)
    for name in ("Anna", "Bruno", "Iris", "Nina", "Otto", "Marta"):
        hand = story[name]
        await taken(hand, post, hand.speak(I_CONSENT))
    await taken(story["Hans"], post, story["Hans"].speak(I_OBJECT))
    story["Hans"].reads(
        "Why? Write it now: one or two sentences help the others to find a better way."
    )
    return post


async def second_version(story: Story, folder: Path) -> None:
    """The reason reaches it, after the restart; changed, nobody objects any more."""
    bernd, hans = story["Bernd"], story["Hans"]
    await hans.writes(WHY)
    told = await close(bernd, SILENCE)
    assert (
        story.speak.many(
            "Not carried: there is one objection.", "Not carried: there are {n} objections.", 1
        )
        in told.words
    )
    assert WHY in told.words and "Hans" not in told.words
    await see(bernd, SILENCE)
    await bernd.presses("Put it again, changed")
    await bernd.writes(HALF_AN_HOUR)
    await bernd.presses("1 hour", PUT_TO_EVERYBODY)
    post = story.stage.last(story.group)
    assert story.says("Version {n}", n=2) in post.words
    await taken(hans, post)
    for name in ("Anna", "Bruno", "Hans", "Iris", "Nina", "Otto"):
        await taken(story[name], post, story[name].speak(I_CONSENT))
    told = await close(bernd, HALF_AN_HOUR)
    assert story.says("Carried: nobody objected.") in told.words
    await see(hans, HALF_AN_HOUR)
    await hans.presses("What was said before")
    hans.reads(WHY)
    await checked(hans, HALF_AN_HOUR, folder)


async def decided_by_lot(story: Story, folder: Path) -> None:
    """Three say blue, three green: the lot decides that was drawn when it was put."""
    bernd = story["Bernd"]
    post = await put(bernd, COLOURS)
    for n, name in enumerate(("Anna", "Bruno", "Carla", "Hans", "Iris", "Marta")):
        await ranked(story[name], post, *(("Blau", "Gelb") if n % 2 else ("Grün", "Gelb")))
    told = await close(bernd, COLOURS)
    assert story.says("A lot, drawn beforehand, decided.") in told.words
    await checked(story["Iris"], COLOURS, folder)


async def elected(story: Story, folder: Path) -> None:
    """Two seats; the smaller group gets one of them."""
    chiara = story["Chiara"]
    post = await put(chiara, DELEGATES)
    for n, name in enumerate(everybody()):
        order = ("Delia",) if n % 3 == 0 else ("Beatrice", "Amina")
        await ranked(story[name], post, *order)
    told = await close(chiara, DELEGATES)
    assert story.says("Elected: {names}.", names="Beatrice e Delia") in told.words
    await checked(story["Luca"], DELEGATES, folder)


async def each_role(story: Story, folder: Path) -> None:
    """Most say yes, but of the families three of five say no."""
    chiara = story["Chiara"]
    post = await put(chiara, KEYS, "More", "How the roles weigh", "Each role has to agree", BACK)
    for name in everybody():
        no = name in ("Gina", "Hans", "Iris")
        await story[name].presses_in_group(post, "No" if no else "Yes")
    told = await close(chiara, KEYS)
    assert story.says("Not carried: not every role agreed.") in told.words
    await checked(story["Gina"], KEYS, folder)


async def roll_call(story: Story) -> None:
    """Open: who said what is read by name at the end, and not before."""
    bernd = story["Bernd"]
    post = await put(bernd, TRIP, "More", "Secret or by name", "By name", BACK)
    assert story.says("By name: at the end everybody reads who said what.") in post.words
    for name in ("Anna", "Hans", "Otto"):
        await taken(story[name], post, "☐ Samstag")
        assert f"{ON} Samstag" in story[name].chat[0].labels
        await story[name].presses("Give my ballot")
    assert not names_in("\n".join(story.heard), story.people)
    await close(bernd, TRIP)
    called = story.post(story.says("<b>Who said what</b>"))
    assert "Hans: Samstag" in called.words


async def helped(story: Story, post: Message) -> None:
    """Rita's ballot is entered by Luca on his phone; she hears of it."""
    rita, luca = story["Rita"], story["Luca"]
    await see(rita, DINNER)
    await rita.presses("Let somebody help me", "Make a link")
    [link] = re.findall(r"https://t\.me/\S+", rita.chat[0].words)
    await luca.opens(link)
    luca.reads("<b>{name} asks you to help with a ballot.</b>", name="Rita")
    await luca.presses("I’ll help", "Yes")
    luca.reads("The ballot of {name} is entered. Thank you.", name="Rita")
    rita.reads("Your ballot was entered with the help of {name}.", name="Luca")
    await luca.presses_in_group(post, "No")
    await rita.presses("See my ballot")
    rita.reads(SAID_YES)


async def counted_in_the_hall(story: Story, folder: Path) -> None:
    """Seven without a phone; Chiara counts them, Bernd confirms, and a helper is at it too."""
    chiara, bernd = story["Chiara"], story["Bernd"]
    await convened(story)
    await chiara.writes("/facilitate")
    await chiara.presses("Open the assembly", "How many without a phone", "7")
    post = await put(chiara, DINNER)
    for name in ("Anna", "Carla", "Gina", "Marta"):
        await story[name].presses_in_group(post, "Yes")
    await helped(story, post)
    await see(chiara, DINNER)
    await chiara.presses("Ballots from the room", BEGIN_TO_COUNT, "6", "1", "Have it confirmed")
    await bernd.presses("Check the figures", "They are right")
    bernd.reads(
        "The count of the room is confirmed. Its figures are told with the outcome, not before."
    )
    told = await close(chiara, DINNER)
    assert "11 sì, 2 no" in told.words
    dario = story["Dario"]
    await see(dario, DINNER)
    await dario.presses(HOW_WAS_COUNTED)
    assert "at least 8 of 22 take part" in dario.chat[0].words
    said = await checked(dario, DINNER, folder)
    assert "hall" in said


async def convened(story: Story) -> None:
    """An assembly this evening, by the shortest way; it is five o'clock."""
    chiara = story["Chiara"]
    await chiara.writes("/facilitate")
    await chiara.presses("Convene an assembly")
    await chiara.presses_exactly(chiara.chat[0].labels[0])
    await chiara.writes("17:00")
    await chiara.presses("Skip", ANNOUNCE)
    await story.until("2025-12-03 17:00")


async def chapter(story: Story, folder: Path) -> None:
    """All of it, in order; the process ends in the middle, while Hans is still writing why."""
    await gather(story)
    await majority(story, folder)
    await objected(story)
    await story.restarts()
    await second_version(story, folder)
    await decided_by_lot(story, folder)
    await elected(story, folder)
    await each_role(story, folder)
    await counted_in_the_hall(story, folder)
    await story.restarts()
    await roll_call(story)
    await checked(story["Hans"], COLOURS, folder)

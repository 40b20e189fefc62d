"""Chapter 10: what is held about oneself, help, and going."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

from kit.phrases import ANOTHER_NAME, GIVE_A_COPY
from story.arrivals import CENTRE
from story.hands import Story
from story.proposals import COOKING, SATURDAYS, WHY, opens
from story.weeks import OTHERS, SAY, WEEK

CALL = "Sportello d'ascolto: 06 5550 123"


async def about_me(story: Story) -> None:
    """Everything that is held, and changing it."""
    anna, dario = story["Anna"], story["Dario"]
    await anna.writes("/me")
    anna.reads("<b>About you in {centre}</b>", centre=CENTRE)
    anna.reads("{name}, as a user of the service, since {day}.", name="Anna", day="4 dicembre 2025")
    anna.reads(
        "You put forward: {proposals} · voices given: {voices} · weeks answered: {weeks}.",
        proposals=1,
        voices=0,
        weeks=3,
    )
    await dario.writes("/me")
    await dario.presses("My name", ANOTHER_NAME)
    await dario.writes("Dado")
    dario.reads(
        "{name}, as a user of the service, since {day}.", name="Dado", day="4 December 2025"
    )
    await dario.presses("My language")
    await dario.presses_exactly("Deutsch")
    assert dario.chat[0].words.startswith("Centro Aurora: über dich")


async def a_copy(story: Story) -> None:
    """An archive with all of one's own, and with nobody else: to read, and for a program."""
    anna = story["Anna"]
    await anna.presses(GIVE_A_COPY)
    file = anna.chat[0].file
    assert file is not None and file.name == "voci-2026-02-02.zip"
    with ZipFile(BytesIO(file.data)) as archive:
        page, text = (archive.read(f"voci-2026-02-02.{kind}").decode() for kind in ("html", "json"))
    held = json.loads(text)
    assert CENTRE in page and SATURDAYS in page and anna.says(WEEK) in page
    assert CENTRE in held["read_me"]
    assert SATURDAYS in text and WHY in text
    answers = next(each["answers"] for each in held["check_ins"] if each["answers"])
    said = {one["question"]: one["value"] for one in answers}
    assert said == {anna.says(WEEK): 4, anna.says(OTHERS): 3, anna.says(SAY): None}
    others = set(story.people) - {"Anna"}
    assert not [name for name in others if f'"{name}"' in text or f">{name}<" in page]


async def help_and_privacy(story: Story) -> None:
    """Whom to call, as a facilitator wrote it; who sees what; and the way home."""
    chiara, nina = story["Chiara"], story["Nina"]
    await chiara.writes("/help")
    await chiara.presses("Change whom to call")
    await chiara.writes(CALL)
    await nina.writes("/help")
    assert CALL in nina.chat[0].words
    nina.reads("<i>Checked on {day}.</i>", day="2. Februar 2026")
    await nina.presses("Who sees what")
    nina.reads("Your ballots: if secret, nobody, once voting has closed; if by name, everybody.")
    for hand in (nina, story["Zoe"]):
        await hand.writes("/privacy")
        await hand.presses("What Voci is not, and what stays")
        hand.reads("No emergency service, no medical device, no record at the doctor’s.")
    await nina.starts()
    nina.reads("What would you like to do?")
    await nina.presses("The next assembly")
    nina.reads("No assembly is convened at the moment. You will hear of the next one in time.")
    await story["Zoe"].starts()
    story["Zoe"].reads("<b>Voci is for the assemblies of co-produced mental-health centres.</b>")


async def going(story: Story) -> None:
    """One leaves, another erases everything; what is told already stays as it was told."""
    elena, iris, hans = story["Elena"], story["Iris"], story["Hans"]
    await opens(hans, COOKING)
    hans.reads("Put forward by {name}.", name="Iris")
    await elena.writes("/me")
    await elena.presses("Leave the assembly", "Leave, and keep for a return")
    elena.reads(
        "{centre}: you have left the assembly in Voci. It writes to you no more.", centre=CENTRE
    )
    await iris.writes("/me")
    await iris.presses("Erase everything", "Erase everything")
    iris.reads("Everything about you in {centre} is erased.", centre=CENTRE)
    await story.restarts()
    await iris.writes("/me")
    iris.reads("I hold nothing about you.")
    await opens(hans, COOKING)
    hans.reads("Put forward without a name.")
    before = {name: len(story[name].chat) for name in ("Elena", "Iris", "Anna")}
    await story.until("2026-02-04 17:01")
    after = {name: len(story[name].chat) - before[name] for name in before}
    assert after == {"Elena": 0, "Iris": 0, "Anna": 1}, "who has gone is not asked any more"


async def chapter(story: Story) -> None:
    """All of it, in order."""
    await about_me(story)
    await a_copy(story)
    await help_and_privacy(story)
    await going(story)
